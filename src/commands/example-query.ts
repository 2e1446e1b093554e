/** The first query that a newcomer sends: which authors' models most tokens went to. */
export const exampleQuery =
  '{ usage(groupBy: [AUTHOR], orderBy: [{ by: TOTAL_TOKENS }], first: 3) ' +
  '{ rows { author { name } totalTokens share } meta { release { id } } } }';

/** How to send it, and what comes back. */
export function describeExampleQuery(url: string): string {
  const body = JSON.stringify({ query: exampleQuery });
  return `Ask it, in another terminal:

  curl ${url}/graphql -H 'content-type: application/json' -d '${body}'

The answer has the form

  {"data":{"usage":{"rows":[{"author":{"name":"…"},"totalTokens":12345,"share":0.25},…],
                    "meta":{"release":{"id":"openrouter-rankings@…"}}}}}`;
}

import {
  type ErrorCode,
  errorCatalogue,
  exitCodeOf,
  AtlasError,
  sharedErrorCatalogue,
} from '../src/errors.ts';

const introduction = `# Errors

Generated from \`src/errors.ts\` by \`npm run docs:errors\`.

Every error has a code in \`extensions.code\`, a sentence on what to do in \`message\`, particulars such as a limit in \`extensions.details\` where there are any, and \`extensions.requestId\`, which is also the header \`X-Request-Id\` and stands in the server's log. Failures of the server itself are \`INTERNAL\` and say no more. An answer that could not become one, because the request was not HTTP, was too slow or too large in its head, has a code and no request id.

\`\`\`json
{ "errors": [{ "message": "…", "extensions": { "code": "LIMIT_EXCEEDED", "details": { "limit": 5000 }, "requestId": "…" } }] }
\`\`\`

## HTTP status

| the answer has                                          | \`Accept: application/graphql-response+json\` | \`application/json\`, or no \`Accept\` |
| ------------------------------------------------------- | ------------------------------------------- | ---------------------------------- |
| any data, whatever failed beside it                     | 200                                         | 200                                |
| no data, and a code of the tables below                 | the code's, the gravest of several          | the code's, the gravest of several |
| no data, and one of the three codes marked \\*           | 400                                         | 200, as its older clients expect   |
| no GraphQL at all: malformed, too large, another method | the code's                                  | the code's                         |

## Codes of this program

An exit code is what a command ends with that fails so; where there is none, 1.

`;

/** docs/errors.md, whole. */
export function errorsPage(): string {
  const own = Object.entries(errorCatalogue).map(([code, { status, meaning }]) => {
    const exit = exitCodeOf(new AtlasError(code as ErrorCode, ''));
    return [`\`${code}\``, String(status), exit === 1 ? '' : String(exit), cell(meaning)];
  });
  const older = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'];
  const shared = Object.entries(sharedErrorCatalogue).map(([code, { status, meaning }]) => {
    return [`\`${code}\`${older.includes(code) ? ' \\*' : ''}`, String(status), cell(meaning)];
  });
  return [
    introduction,
    table(['code', 'HTTP', 'exit', 'meaning, and what to do'], own),
    '\n## Codes that GraphQL servers share\n\n',
    table(['code', 'HTTP', 'meaning, and what to do'], shared),
  ].join('');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return [head, head.map(() => '---'), ...rows].map(line).join('');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

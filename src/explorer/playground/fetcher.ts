import type { GraphiQLProps } from 'graphiql';
import { keyHeaders } from '../shared/client.ts';
import { unreachable } from '../shared/problem.ts';

type Fetcher = GraphiQLProps['fetcher'];

/**
 * What the editor asks with: shows the whole answer as it is, errors and cost too. The schema is public and asked for
 * without the key, so that the documentation stays where a key has expired.
 */
export const fetcher: Fetcher = async ({ query, variables, operationName }) => {
  const isAboutSchema = operationName === 'IntrospectionQuery';
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
        ...(isAboutSchema ? {} : keyHeaders()),
      },
      body: JSON.stringify({ query, variables, operationName }),
      credentials: 'omit',
    });
    return await response.json();
  } catch {
    // Without this the editor shows the browser's own words and a stack.
    return { errors: [{ message: unreachable().message, extensions: { code: 'UNREACHABLE' } }] };
  }
};

import { expect } from 'vitest';

export const modern = 'application/graphql-response+json';

export interface Attack {
  readonly name: string;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

export interface AttackAnswer {
  readonly status: number;
  /** Of the first error; undefined where there is none. */
  readonly code: string | undefined;
  readonly headers: Headers;
  readonly body: {
    readonly data?: Record<string, never> | null;
    readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  };
}

/** Sends a request as it is: by POST as JSON unless it says otherwise. */
export async function send(url: string, attack: Omit<Attack, 'name'>): Promise<AttackAnswer> {
  const { path = '/graphql', method = 'POST', headers = {}, body } = attack;
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { ...(method === 'POST' && { 'content-type': 'application/json' }), accept: modern, ...headers },
    ...(body !== undefined && { body }),
  });
  const text = await answer.text();
  // Whatever is refused is refused in JSON.
  const parsed = (text === '' ? {} : JSON.parse(text)) as AttackAnswer['body'];
  const { status, headers: received } = answer;
  return { status, code: parsed.errors?.[0]?.extensions.code, headers: received, body: parsed };
}

export function ask(url: string, query: string, variables: object = {}): Promise<AttackAnswer> {
  return send(url, { body: JSON.stringify({ query, variables }) });
}

/** The server answers the next one as if nothing had been. */
export async function expectHealthy(url: string): Promise<void> {
  const { status, body } = await ask(url, '{ __typename }');
  expect([status, body]).toEqual([200, { data: { __typename: 'Query' } }]);
}

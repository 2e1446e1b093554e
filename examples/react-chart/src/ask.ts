import type { TadaDocumentNode } from 'gql.tada';
import { print } from 'graphql';
import { Problem } from './problem.ts';

/** Chosen when the example is built, so that no link can have a visitor's key sent elsewhere. */
const address = `${import.meta.env.VITE_ATLAS_URL ?? 'http://localhost:4000'}/graphql`;

interface Body<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string; readonly requestId?: string };
  }[];
}

export interface AskOptions {
  /** Sent in a header: a key in an address would end in histories and logs. */
  readonly apiKey: string | null;
  readonly signal: AbortSignal;
}

/** Asks the server. Throws a Problem where it does not answer all of the question. */
export async function ask<Result, Variables>(
  question: TadaDocumentNode<Result, Variables>,
  variables: Variables,
  { apiKey, signal }: AskOptions,
): Promise<Result> {
  const response = await send(JSON.stringify({ query: print(question), variables }), apiKey, signal);
  const { data, errors = [] } = await read<Result>(response);
  const [error] = errors;
  if (error !== undefined) {
    const { code = 'UNREADABLE', requestId = null } = error.extensions ?? {};
    throw new Problem(code, error.message, requestId);
  }
  if (data === undefined || data === null) throw unreadable(response);
  return data;
}

async function send(body: string, apiKey: string | null, signal: AbortSignal): Promise<Response> {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, application/json;q=0.9',
    ...(apiKey !== null && { authorization: `Bearer ${apiKey}` }),
  };
  try {
    return await fetch(address, { method: 'POST', headers, body, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Problem(
      'UNREACHABLE',
      `No answer from ${address}: is the server running, and is this page's origin allowed?`,
    );
  }
}

async function read<Result>(response: Response): Promise<Body<Result>> {
  try {
    return (await response.json()) as Body<Result>;
  } catch {
    throw unreadable(response);
  }
}

function unreadable({ status }: Response): Problem {
  return new Problem('UNREADABLE', `${address} answered ${status}, but not as a Token Atlas server does.`);
}

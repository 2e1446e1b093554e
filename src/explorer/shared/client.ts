import { readKey } from './key.ts';
import { Problem, unreachable } from './problem.ts';
import { publishQuota, quotaOf, type Cost } from './quota.ts';

export interface Answer<Data> {
  readonly data: Data;
  /** Errors of fields that are null in the data: the rest was answered. */
  readonly problems: readonly Problem[];
  /** What the question cost; null where no quota applies. */
  readonly cost: Cost | null;
  readonly requestId: string | null;
}

export interface AskOptions {
  readonly signal?: AbortSignal;
  readonly operationName?: string;
  /** Asks without the key, as an embedded chart does. */
  readonly anonymous?: boolean;
}

interface GraphQLBody {
  readonly data?: unknown;
  readonly errors?: readonly { message: string; extensions?: { code?: string; requestId?: string } }[];
  readonly extensions?: { cost?: Cost };
}

/** Asks this server. Throws a Problem where nothing was answered, and the signal's reason where it was aborted. */
export async function ask<Data>(
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  { signal, operationName, anonymous = false }: AskOptions = {},
): Promise<Answer<Data>> {
  const response = await send(JSON.stringify({ query, variables, operationName }), anonymous, signal);
  const requestId = response.headers.get('x-request-id');
  const body = await readBody(response, signal);
  const cost = body.extensions?.cost ?? null;
  publishQuota(quotaOf(response.headers, cost));
  const problems = (body.errors ?? []).map(
    ({ message, extensions }) =>
      new Problem(extensions?.code ?? 'UNREADABLE', message, {
        status: response.status,
        retryAfter: retryAfterOf(response),
        requestId: extensions?.requestId ?? requestId,
      }),
  );
  if (body.data === undefined || body.data === null || isEmpty(body.data, problems)) {
    throw problems[0] ?? new Problem('UNREADABLE', 'The answer has no data.', { status: response.status });
  }
  return { data: body.data as Data, problems, cost, requestId };
}

/** Headers that name the visitor's key, where there is one. */
export function keyHeaders(): Record<string, string> {
  const key = readKey();
  return key === null ? {} : { authorization: `Bearer ${key}` };
}

async function send(body: string, anonymous: boolean, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
        ...(anonymous ? {} : keyHeaders()),
      },
      body,
      credentials: 'omit',
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw unreachable();
  }
}

async function readBody(response: Response, signal: AbortSignal | undefined): Promise<GraphQLBody> {
  try {
    return (await response.json()) as GraphQLBody;
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new Problem(
      'UNREADABLE',
      `The server answered ${response.status}, but not with an answer of its API.`,
      {
        status: response.status,
        retryAfter: retryAfterOf(response),
        requestId: response.headers.get('x-request-id'),
      },
    );
  }
}

/** Errors beside data that are null throughout are a refusal of the whole. */
function isEmpty(data: unknown, problems: readonly Problem[]): boolean {
  return problems.length > 0 && Object.values(data as object).every((value) => value === null);
}

function retryAfterOf(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : null;
}

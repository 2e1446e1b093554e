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
  const response = await send('/graphql', signal, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: answerTypes,
      ...(anonymous ? {} : keyHeaders()),
    },
    body: JSON.stringify({ query, variables, operationName }),
  });
  return readAnswer(response, signal);
}

/** Asks a permanent address of this server, which answers as `ask` does. */
export async function askAddress<Data>(address: string, signal?: AbortSignal): Promise<Answer<Data>> {
  const response = await send(address, signal, { headers: { accept: answerTypes, ...keyHeaders() } });
  return readAnswer(response, signal);
}

/** Gets what this server has at an address, with the visitor's key. Throws a Problem where it refuses. */
export async function getAddress(address: string, signal?: AbortSignal): Promise<Response> {
  const response = await send(address, signal, { headers: keyHeaders() });
  if (response.ok) return response;
  const [problem] = problemsOf(await readBody(response, signal), response);
  throw (
    problem ??
    new Problem('UNREADABLE', `The server answered ${response.status}.`, { status: response.status })
  );
}

/** Headers that name the visitor's key, where there is one. */
export function keyHeaders(): Record<string, string> {
  const key = readKey();
  return key === null ? {} : { authorization: `Bearer ${key}` };
}

const answerTypes = 'application/graphql-response+json, application/json;q=0.9';

async function send(
  address: string,
  signal: AbortSignal | undefined,
  request: RequestInit,
): Promise<Response> {
  try {
    return await fetch(address, { ...request, credentials: 'omit', ...(signal && { signal }) });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw unreachable();
  }
}

async function readAnswer<Data>(response: Response, signal: AbortSignal | undefined): Promise<Answer<Data>> {
  const body = await readBody(response, signal);
  const cost = body.extensions?.cost ?? null;
  publishQuota(quotaOf(response.headers, cost));
  const problems = problemsOf(body, response);
  if (body.data === undefined || body.data === null || isEmpty(body.data, problems)) {
    throw problems[0] ?? new Problem('UNREADABLE', 'The answer has no data.', { status: response.status });
  }
  return { data: body.data as Data, problems, cost, requestId: response.headers.get('x-request-id') };
}

function problemsOf({ errors = [] }: GraphQLBody, response: Response): Problem[] {
  return errors.map(
    ({ message, extensions }) =>
      new Problem(extensions?.code ?? 'UNREADABLE', message, {
        status: response.status,
        retryAfter: retryAfterOf(response),
        requestId: extensions?.requestId ?? response.headers.get('x-request-id'),
      }),
  );
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

import { gamma } from '../../src/catalog/log-buckets.ts';
import {
  continents,
  hostIds,
  type LoggedRequest,
  modelIds,
  providerIds,
  sourceGroups,
} from './gateway-log.ts';

/** Values of one cell; money in millionths. Null where no request of the cell carries the value. */
export type Cell = Record<string, string | number | bigint | null>;

export type SecondKey = 'provider' | 'country' | 'language';

/** What a usage table has to hold by day, model and a second key, counted request by request. */
export function usageByHand(logged: readonly LoggedRequest[], dimension: SecondKey): Cell[] {
  const cells = groups(logged, (request) => ({
    day: request.created_at.slice(0, 10),
    model: modelOf(request),
    [dimension]: dimension === 'provider' ? providerOf(request) : request[dimension],
  }));
  return cells.map(({ key, members }) => {
    const billed = members.filter(({ byok, spend_usd }) => byok !== true && spend_usd !== null);
    return {
      ...key,
      requests: BigInt(members.length),
      prompt_tokens: sum(members, ({ prompt_tokens }) => prompt_tokens),
      completion_tokens: sum(members, ({ completion_tokens }) => completion_tokens),
      reasoning_tokens: sum(members, ({ reasoning_tokens }) => reasoning_tokens),
      cached_tokens: sum(members, ({ cached_tokens }) => cached_tokens),
      total_tokens: sum(members, tokensOf),
      spend: sum(members, spendOf),
      billed_tokens: sum(billed, tokensOf),
      billed_spend: sum(billed, spendOf),
      tool_call_requests: sum(members, (request) => flag(isToolCall(request), 1)),
      tool_call_tokens: sum(members, (request) => flag(isToolCall(request), tokensOf(request))),
      tools_offered_requests: sum(members, ({ tools_offered }) => flag(tools_offered, 1)),
      streamed_requests: sum(members, ({ streamed }) => flag(streamed, 1)),
      cancelled_requests: sum(members, ({ cancelled }) => flag(cancelled, 1)),
      byok_requests: sum(members, ({ byok }) => flag(byok, 1)),
      byok_tokens: sum(members, (request) => flag(request.byok, tokensOf(request))),
    };
  });
}

/** What `active_users` has to hold. */
export function activeUsersByHand(logged: readonly LoggedRequest[]): Cell[] {
  const known = logged.filter(({ user }) => user !== null);
  const groupings: Record<
    string,
    (request: LoggedRequest) => { entity: string | null; label: string | null }
  > = {
    ALL: () => ({ entity: null, label: null }),
    MODEL: (request) => ({ entity: modelOf(request), label: null }),
    AUTHOR: (request) => ({ entity: authorOf(request), label: null }),
    SOURCE_GROUP: (request) => ({ entity: null, label: sourceGroups[modelOf(request) ?? ''] ?? null }),
    COUNTRY: ({ country }) => ({ entity: null, label: country }),
    CONTINENT: ({ country }) => ({ entity: null, label: continents[country ?? ''] ?? null }),
  };
  return (['DAY', 'WEEK', 'MONTH'] as const).flatMap((grain) =>
    Object.entries(groupings).flatMap(([grouping, groupOf]) =>
      groups(known, (request) => ({
        grain,
        period_start: periodStart(grain, request.created_at.slice(0, 10)),
        grouping,
        ...groupOf(request),
      })).map(({ key, members }) => ({
        ...key,
        users: BigInt(new Set(members.map(({ user }) => user)).size),
      })),
    ),
  );
}

/** What `histogram_day_model` has to hold. */
export function histogramsByHand(logged: readonly LoggedRequest[]): Cell[] {
  const kinds: Record<string, (request: LoggedRequest) => number | null> = {
    PROMPT_TOKENS: ({ prompt_tokens }) => prompt_tokens,
    COMPLETION_TOKENS: ({ completion_tokens }) => completion_tokens,
    SEQUENCE_TOKENS: tokensOf,
    LATENCY_MS: ({ latency_ms }) => latency_ms,
    TIME_TO_FIRST_TOKEN_MS: ({ time_to_first_token_ms }) => time_to_first_token_ms,
  };
  return Object.entries(kinds).flatMap(([kind, valueOf]) => {
    const carriers = logged.filter((request) => valueOf(request) !== null);
    return groups(carriers, (request) => ({
      day: request.created_at.slice(0, 10),
      model: modelOf(request),
      kind,
    })).map(({ key, members }) => {
      const buckets = members.map((request) => bucketOf(valueOf(request) ?? 0)).sort((a, b) => a - b);
      const distinct = [...new Set(buckets)];
      const counts = distinct.map((bucket) => buckets.filter((each) => each === bucket).length);
      return { ...key, buckets: distinct.join(','), counts: counts.join(',') };
    });
  });
}

export function tokensOf(request: LoggedRequest): number {
  return request.prompt_tokens + request.completion_tokens;
}

/** Cells in an order of their own, for comparing. */
export function sorted(cells: readonly Cell[]): Cell[] {
  const text = (cell: Cell) => Object.values(cell).join('\n');
  return [...cells].sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

function modelOf({ model }: LoggedRequest): string | null {
  return modelIds[model] ?? null;
}

function authorOf(request: LoggedRequest): string | null {
  const [author = '', ...name] = modelOf(request)?.split('/') ?? [];
  return author === 'unlabelled' || name.length === 0 ? null : author;
}

/** As the log says, else as the model's name tells. */
export function providerOf({ provider, model }: LoggedRequest): string | null {
  return (provider === null ? hostIds[model] : providerIds[provider]) ?? null;
}

function spendOf({ spend_usd }: LoggedRequest): number | null {
  return spend_usd === null ? null : Math.round(Number(spend_usd) * 1e6);
}

function isToolCall({ finish_reason, tools_called }: LoggedRequest): boolean | null {
  return finish_reason === null ? tools_called : finish_reason === 'tool_calls';
}

function flag(is: boolean | null, value: number): number | null {
  return is === null ? null : is ? value : 0;
}

function bucketOf(value: number): number {
  let bucket = value === 0 ? 0 : 1;
  while (value > 0 && gamma ** (bucket - 1) < value) bucket += 1;
  return bucket;
}

function periodStart(grain: 'DAY' | 'WEEK' | 'MONTH', day: string): string {
  if (grain === 'DAY') return day;
  if (grain === 'MONTH') return `${day.slice(0, 7)}-01`;
  const date = new Date(day);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

function sum(members: readonly LoggedRequest[], value: (request: LoggedRequest) => number | null) {
  const known = members.map(value).filter((each) => each !== null);
  return known.length === 0 ? null : known.reduce((total, each) => total + BigInt(each), 0n);
}

function groups(logged: readonly LoggedRequest[], keyOf: (request: LoggedRequest) => Cell) {
  const found = new Map<string, { key: Cell; members: LoggedRequest[] }>();
  for (const request of logged) {
    const key = keyOf(request);
    const name = JSON.stringify(key);
    const group = found.get(name) ?? { key, members: [] };
    group.members.push(request);
    found.set(name, group);
  }
  return [...found.values()];
}

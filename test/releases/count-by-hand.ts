import { type LoggedRequest, modelIds, providerIds } from './gateway-log.ts';

/** Values of one cell; money in millionths. Null where no request of the cell carries the value. */
export type Cell = Record<string, string | number | bigint | null>;

/** What `usage_day_model_provider` or `usage_day_model_country` has to hold, counted request by request. */
export function usageByHand(logged: readonly LoggedRequest[], dimension: 'provider' | 'country'): Cell[] {
  const cells = groups(logged, (request) => ({
    day: request.created_at.slice(0, 10),
    model: modelIds[request.model] ?? null,
    [dimension]: dimension === 'provider' ? providerOf(request) : request.country,
  }));
  return cells.map(({ key, members }) => ({
    ...key,
    requests: BigInt(members.length),
    prompt_tokens: sum(members, ({ prompt_tokens }) => prompt_tokens),
    completion_tokens: sum(members, ({ completion_tokens }) => completion_tokens),
    reasoning_tokens: sum(members, ({ reasoning_tokens }) => reasoning_tokens),
    cached_tokens: sum(members, ({ cached_tokens }) => cached_tokens),
    total_tokens: sum(members, tokensOf),
    spend: sum(members, spendOf),
    billed_tokens: sum(members, (request) => billed(request, tokensOf(request))),
    billed_spend: sum(members, (request) => billed(request, spendOf(request))),
  }));
}

/** What `active_users` has to hold. */
export function activeUsersByHand(logged: readonly LoggedRequest[]): Cell[] {
  const known = logged.filter(({ user }) => user !== null);
  return (['DAY', 'WEEK', 'MONTH'] as const).flatMap((grain) =>
    [true, false].flatMap((perModel) =>
      groups(known, (request) => ({
        grain,
        period_start: periodStart(grain, request.created_at.slice(0, 10)),
        model: perModel ? (modelIds[request.model] ?? null) : null,
      })).map(({ key, members }) => ({
        ...key,
        users: BigInt(new Set(members.map(({ user }) => user)).size),
      })),
    ),
  );
}

export function tokensOf(request: LoggedRequest): number {
  return request.prompt_tokens + request.completion_tokens;
}

/** Cells in an order of their own, for comparing. */
export function sorted(cells: readonly Cell[]): Cell[] {
  const text = (cell: Cell) => Object.values(cell).join('\n');
  return [...cells].sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

function providerOf({ provider }: LoggedRequest): string | null {
  return provider === null ? null : (providerIds[provider] ?? null);
}

function spendOf({ spend_usd }: LoggedRequest): number | null {
  return spend_usd === null ? null : Math.round(Number(spend_usd) * 1e6);
}

function billed(request: LoggedRequest, value: number | null): number | null {
  if (request.spend_usd === null) return null;
  return request.byok === true ? 0 : value;
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

/** What an answer cost, as `extensions.cost` tells it. */
export interface Cost {
  readonly requested: number;
  readonly actual: number;
  readonly remaining: number;
  readonly resetAt: string;
  readonly why: readonly string[];
}

/** Points left in this window of time. */
export interface Quota {
  readonly remaining: number;
  /** Points of a whole window; null where it is not told. */
  readonly points: number | null;
  readonly secondsLeft: number;
}

let latest: Quota | null = null;
const listeners = new Set<(quota: Quota) => void>();

/** The quota after the last answer; null before the first, and where none applies. */
export function latestQuota(): Quota | null {
  return latest;
}

export function onQuotaChange(listener: (quota: Quota) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function publishQuota(quota: Quota | null): void {
  if (quota === null) return;
  latest = quota;
  for (const listener of listeners) listener(quota);
}

/** From `RateLimit: "anonymous";r=19990;t=3600` and `RateLimit-Policy: "anonymous";q=20000;w=3600`. */
export function quotaOf(headers: Headers, cost: Cost | null): Quota | null {
  const limit = headers.get('ratelimit') ?? '';
  const remaining = parameter(limit, 'r') ?? cost?.remaining ?? null;
  if (remaining === null) return null;
  return {
    remaining,
    points: parameter(headers.get('ratelimit-policy') ?? '', 'q'),
    secondsLeft: parameter(limit, 't') ?? 0,
  };
}

function parameter(header: string, name: string): number | null {
  const found = new RegExp(`;\\s*${name}=(\\d+)`).exec(header)?.[1];
  return found === undefined ? null : Number(found);
}

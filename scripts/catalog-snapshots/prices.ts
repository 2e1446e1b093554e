/** USD per token, as decimal text or number, to USD per 1M tokens without binary noise; undefined where unknown. */
export function perMillion(perToken: string | number | null | undefined): number | undefined {
  if (perToken === null || perToken === undefined) return undefined;
  const value = Number(perToken) * 1e6;
  // Routers are listed at -1: their price is that of the model they choose.
  return Number.isFinite(value) && value >= 0 ? Number(value.toPrecision(12)) : undefined;
}

/** The object without its undefined and null values: absent means unknown. */
export function compact<T extends object>(row: T): T {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  ) as T;
}

/** Limits of one usage query. They are stated in the schema and refused, never clamped. */
export const usageLimits = {
  /** Dimensions at once. */
  dimensions: 3,
  /** Rows of one page. */
  pageRows: 5_000,
  defaultPageRows: 1_000,
  /** Periods that the range may touch. */
  periods: 2_000,
  /** Groups that a `top` may keep. */
  topGroups: 100,
  /** Values of one `in` or `notIn`. */
  filterValues: 100,
  /** Conditions in one filter, nested ones counted. */
  filterConditions: 50,
  /** `and` and `or` inside each other. */
  filterDepth: 5,
  /** Keys of `orderBy`. */
  orders: 5,
  /** Rows, with periods times groups as the catalogue knows them, beyond which a `top` is asked for. */
  rows: 500_000,
  /** Rows that one nested `usage` field may have for all its parents together. */
  nestedRows: 20_000,
} as const;

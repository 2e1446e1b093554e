/** A rollup's table in PostgreSQL, as the planner knows it. */
export type RollupName = 'usage_day_model_provider' | 'usage_day_model_country';

/** A column that a rollup keys its rows by; label dimensions are reached through `model_key`. */
export type RollupKey = 'model_key' | 'provider_key' | 'country';

export type EntityName = 'model' | 'author' | 'provider';

/** A dimension: something that usage can be grouped by and filtered on. */
export interface Dimension {
  /** Enum value of the API. */
  readonly name: string;
  /** Field of a usage row, and of the filter. */
  readonly field: string;
  readonly description: string;
  /** ENTITY: rows carry an object of the catalogue; TEXT and BOOLEAN: rows carry the value. */
  readonly type: 'ENTITY' | 'TEXT' | 'BOOLEAN';
  readonly entity?: EntityName;
  /** The values there are, where they are few and fixed: name to description. */
  readonly values?: Readonly<Record<string, string>>;
  /** Form of the values, in upper case, where they are codes. */
  readonly pattern?: RegExp;
  /** What a rollup must be keyed by to know this dimension. */
  readonly needs: RollupKey;
  /** Column that is grouped by: of the usage rows, or of the models they are joined to. */
  readonly column: { readonly of: 'usage' | 'models'; readonly name: string };
}

/** A measure: a number that usage is summed up to. */
export interface Measure {
  /** Enum value of the API. */
  readonly name: string;
  /** Field of a usage row. */
  readonly field: string;
  readonly description: string;
  readonly unit: 'requests' | 'tokens' | 'USD' | 'USD per 1M tokens' | 'users';
  readonly type: 'INTEGER' | 'DECIMAL' | 'FLOAT';
  /** SUM: may be added over every dimension and period. RATIO: computed from sums. DISTINCT: kept for stated groupings only. */
  readonly kind: 'SUM' | 'RATIO' | 'DISTINCT';
  /** Column that a SUM adds up; the expression over sums that a RATIO computes. */
  readonly sql: string;
  /** Columns of the rollup that `sql` sums. */
  readonly columns: readonly string[];
  /** Name in the release's coverage. */
  readonly coverage: string;
}

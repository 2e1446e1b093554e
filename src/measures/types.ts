import type { DataScope } from '../catalog/data-scopes.ts';

export type EntityName = 'model' | 'author' | 'provider' | 'category' | 'tag' | 'country' | 'continent';

/** A column that a rollup keys its rows by; labels are reached from it through the table that it points into. */
export type RollupKey = 'model_key' | 'provider_key' | 'country' | 'language' | 'category_key' | 'tag_key';

/** Tables that a key of the usage rows can be joined to. */
export type LabelTable = 'models' | 'tags' | 'countries';

/** Where a dimension's value is found, given a rollup that has the key. */
export interface DimensionSource {
  readonly key: RollupKey;
  readonly of: 'usage' | LabelTable;
  readonly column: string;
}

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
  /** The values there are, where they are few and fixed, in their order: name to description. */
  readonly values?: Readonly<Record<string, string>>;
  /** Form of the values where they are codes, and an example. */
  readonly code?: { readonly pattern: RegExp; readonly example: string };
  /** The first source whose key the rollup has is used. */
  readonly sources: readonly DimensionSource[];
  /** Needed for anything finer than calendar months, where the data set asks for it. */
  readonly detailScope?: DataScope;
}

/** A measure: a number that usage is summed up to. */
export interface Measure {
  /** Enum value of the API. */
  readonly name: string;
  /** Field of a usage row. */
  readonly field: string;
  readonly description: string;
  readonly unit:
    'requests' | 'tokens' | 'tokens per request' | 'USD' | 'USD per 1M tokens' | 'users' | 'models';
  readonly type: 'INTEGER' | 'DECIMAL' | 'FLOAT';
  /**
   * SUM: may be added over every dimension and period. RATIO: a quotient of sums. MODELS: distinct models,
   * counted anew for each grouping. USERS: kept by a rollup of its own, for stated groupings only.
   */
  readonly kind: 'SUM' | 'RATIO' | 'MODELS' | 'USERS';
  /** SUM: the column summed. RATIO: numerator and denominator columns. */
  readonly columns: readonly string[];
  /** RATIO: what the quotient is multiplied by. */
  readonly factor?: number;
  /** Name in the release's coverage. */
  readonly coverage: string;
  /** Needed where the data set asks for it. */
  readonly scope?: DataScope;
}

/** A distribution kept as a mergeable histogram, of which percentiles are read. */
export interface Distribution {
  /** Value of the rollup's `kind`. */
  readonly name: string;
  readonly field: string;
  readonly description: string;
  readonly unit: 'tokens' | 'ms';
  readonly coverage: string;
}

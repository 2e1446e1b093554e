import type { Day } from './periods.ts';

/** A release as the serving side needs it. Immutable, so it may be kept in memory. */
export interface Release {
  readonly key: number;
  readonly id: string;
  readonly datasetId: string;
  readonly publishedAt: Date;
  readonly periodFrom: Day;
  /** Day after the last day of the data. */
  readonly periodTo: Day;
  readonly licence: string;
  readonly citation: string;
  readonly catalogVersion: string;
  readonly rowsRead: number;
  readonly rowsQuarantined: number;
  readonly totalTokens: number;
  readonly coverage: Coverage;
  /** How content labels were sampled; null where there are none. */
  readonly sampling: Sampling | null;
  /** What was withheld for privacy; null where the data carry no users, so that nothing can be. */
  readonly withheld: Withheld | null;
  readonly rollups: readonly ReleaseRollup[];
}

/** Share of the tokens (0 to 1) that carry each measure and dimension; absent or 0 means not covered. */
export interface Coverage {
  readonly measures: Readonly<Record<string, number>>;
  readonly dimensions: Readonly<Record<string, number>>;
}

/** Content labels are of a random sample of the requests. */
export interface Sampling {
  /** Labelled requests ÷ requests of the labelled days. */
  readonly rate: number;
  readonly rows: number;
  readonly method: string;
  /** Version of the table from paths to tags and categories. */
  readonly taxonomyVersion: string;
}

/** Cells of fewer users than the minimum, folded into others when the release was published. */
export interface Withheld {
  readonly minimumUsers: number;
  /** By table of the release. */
  readonly rollups: Readonly<Record<string, { readonly cells: number; readonly tokenShare: number | null }>>;
}

export interface ReleaseRollup {
  readonly name: string;
  readonly version: number;
  readonly sha256: string;
  readonly table: string;
  readonly rows: number;
  readonly durationMs: number;
}

export interface Dataset {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly kind: string;
  readonly licence: string;
  readonly licenceUrl: string | null;
  readonly citation: string;
  readonly homepage: string | null;
  readonly synthetic: boolean;
  readonly minimumUsers: number | null;
  /** PUBLIC or PARTNER. */
  readonly visibility: string;
  /** Scopes that its measures and grains need. */
  readonly restricted: readonly string[];
  /** Day on which the operator expects the next release; null where none is said. */
  readonly nextUpdate: Day | null;
}

interface EntityBase<Kind extends string> {
  readonly kind: Kind;
  /** The catalogue that the entity is of, and through it the release. */
  readonly catalog: ReleaseCatalog;
}

export interface ModelEntity extends EntityBase<'model'> {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly authorKey: number | null;
  readonly source: string | null;
  readonly origin: string | null;
  readonly sourceGroup: string | null;
  readonly size: string | null;
  readonly parametersBillions: number | null;
  readonly activeParametersBillions: number | null;
  readonly reasoning: boolean | null;
  readonly tools: boolean | null;
  readonly contextTokens: number | null;
  readonly releaseDate: Day | null;
  /** Decimal text, USD per 1M tokens. */
  readonly inputPriceUsd: string | null;
  readonly outputPriceUsd: string | null;
  readonly cachedInputPriceUsd: string | null;
  readonly priceAsOf: Day | null;
  readonly labelled: boolean;
  readonly totalTokens: number | null;
}

export interface AuthorEntity extends EntityBase<'author'> {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly origin: string | null;
  readonly country: string | null;
  readonly homepage: string | null;
  readonly totalTokens: number | null;
}

export interface ProviderEntity extends EntityBase<'provider'> {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly country: string | null;
  readonly totalTokens: number | null;
}

export interface CategoryEntity extends EntityBase<'category'> {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
}

export interface TagEntity extends EntityBase<'tag'> {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly categoryKey: number;
}

export interface CountryEntity extends EntityBase<'country'> {
  /** ISO 3166-1 alpha-2, which the aggregate rows carry. */
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly continent: string | null;
}

export interface ContinentEntity extends EntityBase<'continent'> {
  readonly key: string;
  readonly id: string;
  readonly name: string;
}

/** One kind of entity of one release, found by its id and by what aggregate rows carry for it. */
export class EntitySet<E extends { readonly key: number | string; readonly id: string }> {
  readonly all: readonly E[];
  readonly #byId: ReadonlyMap<string, E>;
  readonly #byKey: ReadonlyMap<number | string, E>;

  constructor(all: readonly E[]) {
    this.all = all;
    this.#byId = new Map(all.map((entity) => [entity.id, entity]));
    this.#byKey = new Map(all.map((entity) => [entity.key, entity]));
  }

  withId(id: string): E | undefined {
    return this.#byId.get(id);
  }

  withKey(key: number | string): E | undefined {
    return this.#byKey.get(key);
  }
}

/** The catalogue as it was when the release was published, by kind of entity. */
export interface ReleaseCatalog {
  readonly release: Release;
  readonly model: EntitySet<ModelEntity>;
  readonly author: EntitySet<AuthorEntity>;
  readonly provider: EntitySet<ProviderEntity>;
  readonly category: EntitySet<CategoryEntity>;
  readonly tag: EntitySet<TagEntity>;
  readonly country: EntitySet<CountryEntity>;
  readonly continent: EntitySet<ContinentEntity>;
}

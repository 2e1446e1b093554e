/** Weights publicly available, or not. */
export type ModelSource = 'OPEN' | 'PROPRIETARY';

/** Primary locale of development: China (mainland, Taiwan, Hong Kong) or anywhere else. */
export type Origin = 'CHINA' | 'REST_OF_WORLD';

/** Total parameters of an open model: under 15B, 15B to under 70B, 70B and more. */
export type SizeClass = 'SMALL' | 'MEDIUM' | 'LARGE';

/** A day, UTC, `YYYY-MM-DD`. */
export type IsoDay = string;

/** ISO 3166-1 alpha-2, upper case. */
export type CountryCode = string;

/** USD per 1M tokens. */
export interface ListPrice {
  readonly inputPerMillionUsd: number;
  readonly outputPerMillionUsd: number;
  /** Tokens read from the prompt cache; null where the source does not say. */
  readonly cachedInputPerMillionUsd: number | null;
  /** The day on which the price was seen. */
  readonly asOf: IsoDay;
}

/** A list price in force from a day on, until the next one. */
export interface DatedListPrice {
  readonly from: IsoDay;
  readonly inputPerMillionUsd: number;
  readonly outputPerMillionUsd: number;
}

/** Null means that no source says; it never means no. */
export interface Model {
  /** `author/name` in lower case, without dates and routing variants. */
  readonly id: string;
  readonly name: string;
  /** Null where nobody has said who makes it. */
  readonly authorId: string | null;
  readonly source: ModelSource | null;
  /** That of the author. */
  readonly origin: Origin | null;
  /** Total, not active. */
  readonly parametersBillions: number | null;
  readonly activeParametersBillions: number | null;
  /** Open models only. */
  readonly sizeClass: SizeClass | null;
  /** Can reason, whether or not it did for a request. */
  readonly reasoning: boolean | null;
  readonly tools: boolean | null;
  readonly contextTokens: number | null;
  /** Of the first snapshot under this name. */
  readonly releaseDate: IsoDay | null;
  readonly listPrice: ListPrice | null;
  /** By `from`, ascending. Starts with the first observation, not with the first price. */
  readonly priceHistory: readonly DatedListPrice[];
  readonly huggingFaceId: string | null;
  /** Author and source are known. */
  readonly labelled: boolean;
}

export interface Author {
  readonly id: string;
  readonly name: string;
  readonly origin: Origin | null;
  readonly country: CountryCode | null;
  readonly homepage: string | null;
  /** Other prefixes of the same author, lower case: Hugging Face organisations, other gateways. */
  readonly aliases: readonly string[];
}

/** Who serves a model: a host of its own or other authors' models, or a gateway in front of hosts. */
export interface Provider {
  readonly id: string;
  readonly name: string;
  /** Other names and model-name prefixes, lower case. */
  readonly aliases: readonly string[];
  /** Seat of the company, not place of the machines. */
  readonly country: CountryCode | null;
}

/** The form of the committed snapshots; `scripts/build-catalog-snapshots.ts` writes it, `evidence.ts` reads it. */

/** Where a snapshot comes from, so that every fact of the catalogue can be traced. */
export interface SnapshotSource {
  readonly source: string;
  readonly url: string;
  readonly commit: string;
  /** Day of the commit, `YYYY-MM-DD`: prices are those of this day. */
  readonly date: string;
  readonly licence: string;
  /** What was done to the source's data. */
  readonly changes: string;
}

/** USD per 1M tokens. Absent means the source does not say. */
export interface SnapshotPrices {
  readonly input?: number;
  readonly output?: number;
  readonly cachedInput?: number;
}

/** A price from a day on: `[YYYY-MM-DD, input, output]`, USD per 1M tokens. */
export type DatedPrice = readonly [from: string, input: number, output: number];

export interface OpenRouterRow extends SnapshotPrices {
  readonly id: string;
  readonly name: string;
  /** The name used in logs and rankings; absent where it equals `id`. */
  readonly canonicalSlug?: string;
  readonly huggingFaceId?: string;
  /** Day on which OpenRouter first listed it. */
  readonly listed: string;
  readonly contextTokens?: number;
  readonly reasoning?: boolean;
  readonly tools?: boolean;
  /** Last day of the listing; absent while it is listed. */
  readonly lastSeen?: string;
  /** Every price observed; the first day is that of the first observation. */
  readonly prices?: readonly DatedPrice[];
}

export interface ModelsDevRow extends SnapshotPrices {
  readonly id: string;
  readonly name: string;
  /** `author`: published by the model's author; `openrouter`: what models.dev records of OpenRouter's offer. */
  readonly from: 'author' | 'openrouter';
  readonly openWeights: boolean;
  readonly huggingFaceId?: string;
  readonly reasoning: boolean;
  readonly tools: boolean;
  readonly contextTokens?: number;
  readonly releaseDate?: string;
}

export interface GenaiPricesRow extends SnapshotPrices {
  readonly id: string;
  readonly name?: string;
  readonly contextTokens?: number;
}

export type Snapshot<Row> = SnapshotSource & { readonly models: readonly Row[] };

import { readFileSync } from 'node:fs';
import { splitVariant } from './names.ts';
import type {
  GenaiPricesRow,
  ModelsDevRow,
  OpenRouterRow,
  Snapshot,
  SnapshotPrices,
} from './snapshot-types.ts';
import { ignoredRows } from './overrides.ts';
import type { DatedListPrice, IsoDay, ListPrice } from './types.ts';

/** What one row of one source says of one model. Null means that it says nothing. */
export interface Evidence {
  /** 0 is the most trusted: OpenRouter, the author's own file, OpenRouter as models.dev sees it, price lists. */
  readonly rank: 0 | 1 | 2 | 3;
  /** As the source spells it, in lower case, without variant. */
  readonly id: string;
  readonly variant: string | null;
  readonly name: string | null;
  /** The dated name that OpenRouter writes into logs and rankings. */
  readonly canonicalSlug: string | null;
  readonly openWeights: boolean | null;
  readonly huggingFaceId: string | null;
  readonly reasoning: boolean | null;
  readonly tools: boolean | null;
  readonly contextTokens: number | null;
  readonly releaseDate: IsoDay | null;
  readonly listed: IsoDay | null;
  readonly listPrice: ListPrice | null;
  readonly priceHistory: readonly DatedListPrice[];
}

/** Everything that the snapshots say, most trusted first. */
export function readEvidence(): Evidence[] {
  const openRouter = readSnapshot<OpenRouterRow>('openrouter.json');
  const modelsDev = readSnapshot<ModelsDevRow>('models-dev.json');
  const genaiPrices = readSnapshot<GenaiPricesRow>('genai-prices.json');
  const keep = (source: string) => (row: { id: string }) =>
    !ignoredRows.some((ignored) => ignored.source === source && ignored.id.test(row.id));
  return [
    ...openRouter.models.map((row) => fromOpenRouter(row, openRouter.date)),
    ...modelsDev.models.filter(keep('models.dev')).map((row) => fromModelsDev(row, modelsDev.date)),
    ...genaiPrices.models.filter(keep('genai-prices')).map((row) => fromGenaiPrices(row, genaiPrices.date)),
  ].sort((a, b) => a.rank - b.rank);
}

function readSnapshot<Row>(file: string): Snapshot<Row> {
  // Checked against its schema by a test, not at every start.
  return JSON.parse(readFileSync(new URL(`./snapshots/${file}`, import.meta.url), 'utf8')) as Snapshot<Row>;
}

function fromOpenRouter(row: OpenRouterRow, date: IsoDay): Evidence {
  return {
    ...nothing,
    ...listedName(row.id),
    rank: 0,
    // "Anthropic: Claude Opus 5 (batch)"
    name: row.name.replace(/^[^:]{2,40}: /, '').replace(/ +\((?:free|batch|thinking)\)$/, ''),
    canonicalSlug: row.canonicalSlug ?? null,
    huggingFaceId: row.huggingFaceId ?? null,
    reasoning: row.reasoning ?? null,
    tools: row.tools ?? null,
    contextTokens: row.contextTokens ?? null,
    listed: row.listed,
    listPrice: listPrice(row, row.lastSeen ?? date),
    priceHistory: (row.prices ?? []).map(([from, input, output]) => ({
      from,
      inputPerMillionUsd: input,
      outputPerMillionUsd: output,
    })),
  };
}

function fromModelsDev(row: ModelsDevRow, date: IsoDay): Evidence {
  return {
    ...nothing,
    ...listedName(row.id),
    rank: row.from === 'author' ? 1 : 2,
    name: row.name,
    openWeights: row.openWeights,
    huggingFaceId: row.huggingFaceId ?? null,
    reasoning: row.reasoning,
    tools: row.tools,
    contextTokens: row.contextTokens ?? null,
    releaseDate: row.releaseDate ?? null,
    listPrice: listPrice(row, date),
  };
}

function fromGenaiPrices(row: GenaiPricesRow, date: IsoDay): Evidence {
  return {
    ...nothing,
    ...listedName(row.id),
    rank: 3,
    name: row.name ?? null,
    contextTokens: row.contextTokens ?? null,
    listPrice: listPrice(row, date),
  };
}

const nothing = {
  name: null,
  canonicalSlug: null,
  openWeights: null,
  huggingFaceId: null,
  reasoning: null,
  tools: null,
  contextTokens: null,
  releaseDate: null,
  listed: null,
  priceHistory: [],
};

/** A tilde marks OpenRouter's names that move to the latest model. */
function listedName(id: string): { id: string; variant: string | null } {
  const { name, variant } = splitVariant(id.toLowerCase().replace(/^~/, ''));
  return { id: name, variant };
}

function listPrice(prices: SnapshotPrices, asOf: IsoDay): ListPrice | null {
  if (prices.input === undefined || prices.output === undefined) return null;
  return {
    inputPerMillionUsd: prices.input,
    outputPerMillionUsd: prices.output,
    cachedInputPerMillionUsd: prices.cachedInput ?? null,
    asOf,
  };
}

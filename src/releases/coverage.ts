import { continentOf, type Model, modelOf, OTHER_MODELS_ID, resolveModel } from '../catalog/index.ts';
import type { Coverage as EventCoverage, KnownShare } from '../rollups/coverage.ts';
import type { DistinctNames } from '../rollups/names.ts';
import { sourceGroupOf } from './entity-columns.ts';
import { coarseShare } from './withheld.ts';

/** Share of a release's tokens, 0 to 1, that carry each measure and dimension; 0 means not covered. */
export interface ReleaseCoverage {
  measures: Record<string, number>;
  dimensions: Record<string, number>;
}

/** A dimension of models is carried where the catalogue has the label; a feed's rest is not a model. */
const isLabelled: Record<string, (model: Model) => boolean> = {
  MODEL: ({ id }) => id !== OTHER_MODELS_ID,
  AUTHOR: ({ authorId }) => authorId !== null,
  SOURCE: ({ source }) => source !== null,
  ORIGIN: ({ origin }) => origin !== null,
  SOURCE_GROUP: (model) => sourceGroupOf(model) !== null,
  SIZE: ({ sizeClass }) => sizeClass !== null,
  REASONING: ({ reasoning }) => reasoning !== null,
};

/**
 * What a release covers, from what its events carry, what the catalogue knows of their names and what content
 * labels say: of a sample the share that is in it, not the share it stands for. Coarse where cells of few users
 * are withheld, since exact shares would tell the tokens of what is folded into unknown.
 */
export function coverageOf(
  events: EventCoverage,
  names: DistinctNames,
  categorisedTokens: number,
  isCoarse: boolean,
): ReleaseCoverage {
  const { measures, dimensions, tokens: all } = events;
  const models = names.models.map(({ raw, tokens }) => ({
    model: modelOf(resolveModel(raw).modelId),
    tokens,
  }));
  const shareOf = (known: readonly { tokens: number }[]) =>
    all === 0 ? 0 : known.reduce((sum, { tokens }) => sum + tokens, 0) / all;
  const byModel = Object.entries(isLabelled).map(([name, has]): [string, number] => [
    name,
    shareOf(models.filter(({ model }) => has(model))),
  ]);
  const published = (shares: Record<string, number>) =>
    isCoarse
      ? Object.fromEntries(Object.entries(shares).map(([name, each]) => [name, coarseShare(each)]))
      : shares;
  return {
    measures: published({
      requests: share(measures.requests),
      promptTokens: share(measures.prompt_tokens),
      completionTokens: share(measures.completion_tokens),
      reasoningTokens: share(measures.reasoning_tokens),
      cachedTokens: share(measures.cached_tokens),
      totalTokens: share(measures.total_tokens),
      spend: share(measures.spend_usd),
      distinctUsers: share(dimensions.user),
      toolCalls: share(measures.tool_call),
      toolsOffered: share(dimensions.tools_offered),
      streamed: share(dimensions.streamed),
      cancelled: share(dimensions.cancelled),
      byok: share(dimensions.byok),
      latency: share(measures.latency_ms),
      timeToFirstToken: share(measures.time_to_first_token_ms),
    }),
    dimensions: published({
      ...Object.fromEntries(byModel),
      CATEGORY: shareOf([{ tokens: categorisedTokens }]),
      TAG: shareOf([{ tokens: categorisedTokens }]),
      PROVIDER: shareOf([...names.providers, ...servedByPrefix(names.models)]),
      COUNTRY: share(dimensions.country),
      CONTINENT: shareOf(names.countries.filter(({ raw }) => continentOf(raw) !== null)),
      LANGUAGE: share(dimensions.language),
    }),
  };
}

/** What the log names no provider for, but the model's name tells one. */
function servedByPrefix(models: DistinctNames['models']): { tokens: number }[] {
  return models
    .filter(({ raw }) => resolveModel(raw).providerId !== null)
    .map(({ tokensWithoutProvider: tokens }) => ({ tokens }));
}

function share(known: KnownShare): number {
  return known.tokens ?? 0;
}

/** Names of the measures and dimensions that no token carries. */
export function notCovered({ measures, dimensions }: ReleaseCoverage) {
  const names = (shares: Record<string, number>) => Object.keys(shares).filter((name) => shares[name] === 0);
  return { measures: names(measures), dimensions: names(dimensions) };
}

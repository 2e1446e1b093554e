import { type Model, modelOf, OTHER_MODELS_ID, resolveModel } from '../catalog/index.ts';
import type { Coverage as EventCoverage, KnownShare } from '../rollups/coverage.ts';
import { sourceGroupOf } from './entity-columns.ts';

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

/** What a release covers, from what its events carry and what the catalogue knows of their models. */
export function coverageOf(
  events: EventCoverage,
  models: readonly { raw: string; tokens: number }[],
): ReleaseCoverage {
  const resolved = models.map(({ raw, tokens }) => ({ tokens, model: modelOf(resolveModel(raw).modelId) }));
  const labelled = (has: (model: Model) => boolean) =>
    resolved.reduce((sum, { model, tokens }) => (has(model) ? sum + tokens : sum), 0);
  const { measures, dimensions, tokens } = events;
  return {
    measures: {
      requests: share(measures.requests),
      promptTokens: share(measures.prompt_tokens),
      completionTokens: share(measures.completion_tokens),
      reasoningTokens: share(measures.reasoning_tokens),
      cachedTokens: share(measures.cached_tokens),
      totalTokens: share(measures.total_tokens),
      spend: share(measures.spend_usd),
      distinctUsers: share(dimensions.user),
    },
    dimensions: {
      ...Object.fromEntries(
        Object.entries(isLabelled).map(([name, has]) => [name, tokens === 0 ? 0 : labelled(has) / tokens]),
      ),
      PROVIDER: share(dimensions.provider),
      COUNTRY: share(dimensions.country),
    },
  };
}

function share(known: KnownShare): number {
  return known.tokens ?? 0;
}

/** Names of the measures and dimensions that no token carries. */
export function notCovered({ measures, dimensions }: ReleaseCoverage) {
  const names = (shares: Record<string, number>) => Object.keys(shares).filter((name) => shares[name] === 0);
  return { measures: names(measures), dimensions: names(dimensions) };
}

import type { Evidence } from './evidence.ts';
import { familyOf } from './families.ts';
import type { EvidenceGroup } from './group-evidence.ts';
import type { AuthorIndex } from './identity.ts';
import { type Override, overrides } from './overrides.ts';
import { publishedParameters } from './parameter-counts.ts';
import { type ParameterCount, parametersFromName, sizeClassOf } from './parameters.ts';
import type { Model, ModelSource } from './types.ts';

/** One model from all that is said of it: an override first, then the most trusted source that says anything. */
export function buildModel({ modelId, evidence }: EvidenceGroup, authors: AuthorIndex): Model {
  const override = overrideOf(modelId);
  const author =
    override.authorId === undefined ? authors.split(modelId).author : authors.find(override.authorId ?? '');
  const huggingFaceId = override.huggingFaceId ?? first(evidence, (row) => row.huggingFaceId);
  const source = override.source === undefined ? sourceOf(modelId, evidence, huggingFaceId) : override.source;
  const parameters = parametersOf(modelId, huggingFaceId);
  // Not that of a variant, which is free or half the price.
  const priced = evidence.find((row) => row.variant === null && row.listPrice !== null);
  return Object.freeze({
    id: modelId,
    name: override.name ?? first(evidence, (row) => row.name) ?? titleOf(modelId),
    authorId: author?.id ?? null,
    source,
    origin: author?.origin ?? null,
    parametersBillions: parameters.total,
    activeParametersBillions: parameters.active,
    sizeClass: source === 'OPEN' ? sizeClassOf(parameters.total) : null,
    reasoning: override.reasoning ?? capability(evidence, (row) => row.reasoning),
    tools: override.tools ?? capability(evidence, (row) => row.tools),
    contextTokens: first(evidence, (row) => row.contextTokens),
    releaseDate: override.releaseDate ?? releaseDateOf(evidence),
    listPrice: priced?.listPrice ? Object.freeze(priced.listPrice) : null,
    priceHistory: Object.freeze((priced?.priceHistory ?? []).map((price) => Object.freeze(price))),
    huggingFaceId,
    labelled: author !== null && source !== null,
  });
}

/** Published weights prove a model open; nothing proves it closed, so models.dev's word comes after the families'. */
function sourceOf(
  modelId: string,
  evidence: readonly Evidence[],
  huggingFaceId: string | null,
): ModelSource | null {
  if (huggingFaceId !== null) return 'OPEN';
  const family = familyOf(modelId);
  if (family !== undefined) return family.source;
  const open = first(evidence, (row) => row.openWeights);
  return open === null ? null : open ? 'OPEN' : 'PROPRIETARY';
}

/** Published counts first, then what the repository's name states, then the model's. */
function parametersOf(modelId: string, huggingFaceId: string | null): ParameterCount {
  const published = parametersByModel.get(modelId);
  if (published !== undefined) return published;
  const stated = huggingFaceId === null ? null : parametersFromName(huggingFaceId);
  return stated ?? parametersFromName(modelId) ?? { total: null, active: null };
}

/** The earliest day in the most trusted source that gives one; OpenRouter's listing only where none does. */
function releaseDateOf(evidence: readonly Evidence[]): string | null {
  for (const rank of [1, 2]) {
    const [earliest] = evidence.flatMap((row) => (row.rank === rank ? (row.releaseDate ?? []) : [])).sort();
    if (earliest !== undefined) return earliest;
  }
  const [listed] = evidence.flatMap((row) => row.listed ?? []).sort();
  return listed ?? null;
}

/** A model can what one of its snapshots or variants can, as far as the most trusted source that speaks of it says. */
function capability(evidence: readonly Evidence[], value: (row: Evidence) => boolean | null): boolean | null {
  const rank = evidence.find((row) => value(row) !== null)?.rank;
  if (rank === undefined) return null;
  return evidence.some((row) => row.rank === rank && value(row) === true);
}

function first<T>(evidence: readonly Evidence[], value: (row: Evidence) => T | null): T | null {
  for (const row of evidence) {
    const found = value(row);
    if (found !== null) return found;
  }
  return null;
}

/** A model may have several entries, each for another fact: the later one adds to the earlier. */
function overrideOf(modelId: string): Override {
  return overridesByModel.get(modelId) ?? noOverride;
}

const noOverride: Override = { models: [], reason: '' };
const overridesByModel = new Map<string, Override>();
for (const override of overrides) {
  for (const modelId of override.models) {
    overridesByModel.set(modelId, { ...overridesByModel.get(modelId), ...override });
  }
}

const parametersByModel = new Map<string, ParameterCount>();
for (const { models, total, active } of publishedParameters) {
  for (const modelId of models) parametersByModel.set(modelId, { total, active });
}

/** The id without its author: better than a title made up from it. */
function titleOf(modelId: string): string {
  return modelId.slice(modelId.indexOf('/') + 1);
}

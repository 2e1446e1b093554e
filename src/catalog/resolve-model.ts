import { catalog, OTHER_MODELS_ID } from './catalog.ts';
import { normaliseName, splitVariant } from './names.ts';
import { type Reading, readPrefixes, spellings } from './readings.ts';
import { providerOfPrefix } from './resolve-provider.ts';
import type { Model } from './types.ts';

/** What a logged model name stands for. */
export interface ResolvedModel {
  readonly modelId: string;
  /** The gateway's routing variant, such as `free`; null for the standard one. */
  readonly variant: string | null;
  /** The host or gateway that the name's prefix tells; null where it tells none. */
  readonly providerId: string | null;
  /** Author and source of the model are known. */
  readonly labelled: boolean;
}

const unlabelledPrefix = 'unlabelled/';

/** Names that loggers write where they keep the model to themselves, or know none. */
const placeholders = new Set(['', 'redacted', 'none', 'null', 'undefined', 'unknown', 'n/a', 'default']);

/**
 * The model of a name as any log or feed writes it. Total and pure: an unknown name becomes an unlabelled model of its
 * own, with an id that is stable, keeps distinct names distinct and resolves to itself. Never matched by likeness.
 */
export function resolveModel(rawName: string): ResolvedModel {
  const { name, variant } = splitVariant(normaliseName(rawName));
  if (name === OTHER_MODELS_ID) return { modelId: name, variant, providerId: null, labelled: false };
  const readings = readPrefixes(name, providerOfPrefix);
  const providerId = readings[0]?.providerId ?? null;
  const known = findModel(readings);
  if (known !== null) return { modelId: known.id, variant, providerId, labelled: known.labelled };
  return { modelId: unknownId(name, readings), variant, providerId, labelled: false };
}

/** The model of an id that `resolveModel` gave, also of one that the catalogue does not hold. */
export function modelOf(modelId: string): Model {
  const known = catalog.models.get(modelId);
  if (known !== undefined) return known;
  const unlabelled = modelId.startsWith(unlabelledPrefix);
  const { author, name } = catalog.authorIndex.split(modelId);
  return Object.freeze({
    id: modelId,
    name: unlabelled ? modelId.slice(unlabelledPrefix.length) : name,
    authorId: author?.id ?? null,
    source: null,
    origin: author?.origin ?? null,
    parametersBillions: null,
    activeParametersBillions: null,
    sizeClass: null,
    reasoning: null,
    tools: null,
    contextTokens: null,
    releaseDate: null,
    listPrice: null,
    priceHistory: Object.freeze([]),
    huggingFaceId: null,
    labelled: false,
  });
}

/** The first reading under which the catalogue has the name, least read into it first. */
function findModel(readings: readonly Reading[]): Model | null {
  for (const reading of readings) {
    for (const { name, fits } of spellings(reading.name, reading.providerId)) {
      const modelId = catalog.nameIndex.find(name);
      const model = modelId === null ? undefined : catalog.models.get(modelId);
      if (model !== undefined && fits(model)) return model;
    }
  }
  return null;
}

/** `author/name` where a known author's prefix stands before an unknown name, else the whole name under `unlabelled/`. */
function unknownId(name: string, readings: readonly Reading[]): string {
  if (name.startsWith(unlabelledPrefix)) return name;
  for (const reading of readings) {
    const { author, name: rest } = catalog.authorIndex.split(reading.name);
    if (author !== null && !rest.includes('/') && !placeholders.has(rest)) return `${author.id}/${rest}`;
  }
  return unlabelledPrefix + (name === '' ? 'unnamed' : name);
}

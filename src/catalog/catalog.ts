import { aliases } from './aliases.ts';
import { buildAuthors } from './authors.ts';
import { buildModel } from './build-models.ts';
import { type Evidence, readEvidence } from './evidence.ts';
import { type EvidenceGroup, groupEvidence } from './group-evidence.ts';
import { AuthorIndex } from './identity.ts';
import { NameIndex } from './name-index.ts';
import { withoutDate } from './names.ts';
import { buildProviders } from './providers.ts';
import type { Author, Model, Provider } from './types.ts';

/** What a usage feed calls the rest of its models: a sum, not a model, and outside the base of every labelled share. */
export const OTHER_MODELS_ID = 'other';

const otherModels: Model = Object.freeze({
  id: OTHER_MODELS_ID,
  name: 'Other models',
  authorId: null,
  source: null,
  origin: null,
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

/** Who is who. Built once when the room is loaded; the same snapshots and overrides always give the same catalogue. */
export interface Catalog {
  readonly models: ReadonlyMap<string, Model>;
  readonly authors: ReadonlyMap<string, Author>;
  readonly providers: ReadonlyMap<string, Provider>;
}

interface BuiltCatalog extends Catalog {
  readonly authorIndex: AuthorIndex;
  readonly nameIndex: NameIndex;
}

export const catalog: BuiltCatalog = buildCatalog(readEvidence());

function buildCatalog(evidence: readonly Evidence[]): BuiltCatalog {
  const authors = buildAuthors(evidence.map(({ id }) => id.slice(0, id.indexOf('/'))));
  const authorIndex = new AuthorIndex(authors.values());
  const nameIndex = new NameIndex(authorIndex);
  const models = new Map<string, Model>([[OTHER_MODELS_ID, otherModels]]);
  for (const group of groupEvidence(evidence, authorIndex)) {
    const model = buildModel(group, authorIndex);
    models.set(model.id, model);
    addNames(nameIndex, model, group);
  }
  for (const { model, names } of aliases) for (const name of names) nameIndex.addOwnName(name, model);
  return Object.freeze({ models, authors, providers: buildProviders(), authorIndex, nameIndex });
}

function addNames(index: NameIndex, { id, name, huggingFaceId }: Model, { evidence }: EvidenceGroup): void {
  index.addOwnName(id, id);
  const prefix = id.slice(0, id.indexOf('/'));
  index.addOtherName(`${prefix}/${name}`, id);
  if (huggingFaceId !== null) index.addOtherName(huggingFaceId.toLowerCase(), id);
  for (const row of evidence) {
    index.addOwnName(row.id, id);
    if (row.canonicalSlug !== null) {
      index.addOwnName(row.canonicalSlug, id);
      index.addOtherName(withoutDate(row.canonicalSlug), id);
    }
    if (row.name !== null) index.addOtherName(`${prefix}/${row.name.toLowerCase()}`, id);
  }
}

import { aliases } from './aliases.ts';
import type { Evidence } from './evidence.ts';
import { familyOf } from './families.ts';
import { type AuthorIndex, productOf, scopedKey, type SplitName } from './identity.ts';
import { overrides } from './overrides.ts';

/** All that is said of one model, most trusted first. Empty where only an override knows it. */
export interface EvidenceGroup {
  readonly modelId: string;
  readonly evidence: Evidence[];
}

/** Brings together the rows of all sources that speak of one model. The identity rule is in docs/catalog.md. */
export function groupEvidence(evidence: readonly Evidence[], authors: AuthorIndex): EvidenceGroup[] {
  const keys = new Map<string, string>();
  const keyOf = (id: string): string => {
    const key = keys.get(id) ?? scopedKey(authors.split(id));
    keys.set(id, key);
    return key;
  };
  const groups = new Map<string, EvidenceGroup>();
  const groupOf = (modelId: string): EvidenceGroup => {
    const group = groups.get(keyOf(modelId)) ?? { modelId, evidence: [] };
    groups.set(keyOf(modelId), group);
    return group;
  };
  const curated = overrides.flatMap((override) => override.models);
  curated.forEach(groupOf);
  const listed = new Set([...evidence.map((row) => row.id), ...curated].map(keyOf));
  const isListed = (split: SplitName) => listed.has(scopedKey(split));
  const separate = new Set(overrides.filter((one) => one.separate).flatMap((one) => one.models.map(keyOf)));

  // Names and repositories under which a row may speak of a model that is there already.
  const otherNames = new Map(
    aliases.flatMap(({ model, names }) => names.map((name) => [keyOf(name), model])),
  );
  const ofRepository = new Map<string, string>();
  const repositoryOf = new Map<string, string>();
  for (const { id, huggingFaceId } of evidence) if (huggingFaceId) repositoryOf.set(keyOf(id), huggingFaceId);

  for (const row of evidence) {
    const key = keyOf(row.id);
    const repository = repositoryOf.get(key);
    // OpenRouter tells models apart by id; elsewhere the same repository is the same model.
    const sameWeights = row.rank > 0 && !groups.has(key) ? ofRepository.get(repository ?? '') : undefined;
    const own = separate.has(key) ? row.id : productId(authors.split(row.id), row, isListed);
    const { modelId, evidence: rows } = groupOf(otherNames.get(key) ?? sameWeights ?? own);
    rows.push(row);
    if (row.rank > 0) continue;
    if (repository !== undefined) setOnce(ofRepository, repository, modelId);
    for (const name of [row.canonicalSlug, repository?.toLowerCase()]) {
      if (name && !groups.has(keyOf(name))) setOnce(otherNames, keyOf(name), modelId);
    }
  }
  for (const group of groups.values()) group.evidence.sort(mostTrustedFirst(group.modelId));
  return [...groups.values()].sort((a, b) => (a.modelId < b.modelId ? -1 : 1));
}

/** Of one source's rows: the model's own before its snapshots', later before earlier, and variants last. */
function mostTrustedFirst(modelId: string): (a: Evidence, b: Evidence) => number {
  const place = (row: Evidence) => (row.variant === null ? 0 : 2) + (row.id === modelId ? 0 : 1);
  return (a, b) => a.rank - b.rank || place(a) - place(b) || ((a.listed ?? '') < (b.listed ?? '') ? 1 : -1);
}

function setOnce(map: Map<string, string>, key: string, value: string): void {
  if (!map.has(key)) map.set(key, value);
}

/** Published weights are a model of their own whatever their name; a snapshot of an API product is that product. */
function productId(split: SplitName, row: Evidence, isListed: (split: SplitName) => boolean): string {
  const open = row.huggingFaceId !== null || familyOf(row.id)?.source === 'OPEN';
  const { prefix, author, name } = open ? split : productOf(split, isListed);
  // OpenRouter's prefix is the study's; other sources may call the author something else.
  const shownPrefix = row.rank === 0 ? prefix : (author?.id ?? prefix);
  return `${shownPrefix ?? ''}/${name}`;
}

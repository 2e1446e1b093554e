import {
  type FieldNode,
  getArgumentValues,
  type GraphQLResolveInfo,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { Releases } from '../../access/visible-releases.ts';
import { AtlasError } from '../../errors.ts';
import { releaseOfCursor } from '../../measures/cursor.ts';
import { isCostPointId, parseCostPointId } from '../../measures/cost-map/cost-point-id.ts';
import type { Release } from '../../measures/release.ts';

/** What one field of the root answers from: a release, the latest of a data set (null: the default), or all. */
export type Read = { readonly release: string } | { readonly dataset: string | null } | 'ALL';

type Arguments = Readonly<Record<string, unknown>>;

/** A release, or a cohort of one. */
const releasePattern = /^(?:cohort:)?([a-z0-9._-]+@\d{4}-\d{2}-\d{2}\.\d+)(?::|$)/i;

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Fields of the root that do not name what they read by `dataset` and `release`. */
export const unusualRoots: Readonly<Record<string, (args: Arguments) => Read[]>> = {
  dataset: ({ id }) => [{ dataset: text(id) }],
  datasets: () => ['ALL'],
  release: ({ id }) => [{ release: String(id) }],
  releaseDifference: ({ from, to }) => [{ release: String(to) }, { release: String(from) }],
  node: ({ id }) => [readOfNode(String(id))],
  nodes: ({ ids }) => (Array.isArray(ids) ? ids.map((id) => readOfNode(String(id))) : []),
};

/** Answer about who asks, and so never twice the same. */
export const rootsOfViewers: readonly string[] = ['viewer', 'key', 'keys'];

/**
 * The releases that an operation's numbers come from, one for each data set that it reads, that of the default data
 * set first where the operation reads it unnamed. What is skipped by a directive counts as read.
 */
export async function releasesRead(info: GraphQLResolveInfo, releases: Releases): Promise<Release[]> {
  const reads = rootFields(info, info.operation.selectionSet).flatMap((field) => readsOf(field, info));
  const named = reads.flatMap((read) =>
    read === 'ALL' || !('dataset' in read) ? [] : [read.dataset ?? releases.defaultDataset],
  );
  const all = reads.includes('ALL') ? [releases.defaultDataset, ...(await idsOf(releases))] : [];
  const latest = await Promise.all(
    [...new Set([...all, ...named])].map((dataset) => latestOf(releases, dataset)),
  );
  const explicit = await Promise.all(
    reads.map((read) => (read !== 'ALL' && 'release' in read ? releases.findRelease(read.release) : null)),
  );
  const found = new Map<string, Release>();
  for (const release of [...latest, ...explicit]) {
    if (release !== null && !found.has(release.datasetId)) found.set(release.datasetId, release);
  }
  const isDefault = ({ datasetId }: Release): boolean => datasetId === releases.defaultDataset;
  return [...found.values()].sort(
    (a, b) => Number(isDefault(b)) - Number(isDefault(a)) || (a.datasetId < b.datasetId ? -1 : 1),
  );
}

function rootFields(info: GraphQLResolveInfo, { selections }: SelectionSetNode): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(info, selection.selectionSet);
    const fragment = info.fragments[selection.name.value];
    return fragment === undefined ? [] : rootFields(info, fragment.selectionSet);
  });
}

function readsOf(field: FieldNode, { schema, variableValues }: GraphQLResolveInfo): Read[] {
  const name = field.name.value;
  const definition = schema.getQueryType()?.getFields()[name];
  // The schema's own fields, such as __typename, read nothing.
  if (definition === undefined) return [];
  if (rootsOfViewers.includes(name)) {
    throw new AtlasError(
      'BAD_ARGUMENT',
      `\`${name}\` answers about who asks: a query with it has no permanent address. Ask for it apart.`,
    );
  }
  const args = getArgumentValues(definition, field, variableValues);
  return unusualRoots[name]?.(args) ?? [usualRead(args)];
}

/** As the fields themselves choose: a list goes on in the release that it began in. */
function usualRead({ release, after, dataset }: Arguments): Read {
  const named = text(release) ?? (text(after) ? releaseOfCursor(String(after)) : null);
  return named === null ? { dataset: text(dataset) } : { release: named };
}

/** Ids of parts of a release say which; others are looked for in one data set after the other. */
function readOfNode(id: string): Read {
  const release = isCostPointId(id) ? parseCostPointId(id)?.release : releasePattern.exec(id)?.[1];
  return release === undefined ? 'ALL' : { release };
}

async function idsOf(releases: Releases): Promise<string[]> {
  return (await releases.datasets()).map(({ id }) => id);
}

/** Null where nothing is published yet, or nothing of this name. */
async function latestOf(releases: Releases, dataset: string): Promise<Release | null> {
  try {
    return await releases.release({ dataset });
  } catch (error) {
    if (error instanceof AtlasError) return null;
    throw error;
  }
}

/** A count of the active users of one group in one period. */
export interface UserCount {
  /** ALL, SOURCE_GROUP, COUNTRY, CONTINENT, AUTHOR or MODEL. */
  readonly grouping: string;
  /** Of the group; empty for ALL. */
  readonly value: string;
  readonly users: number;
}

/** In what larger group a group lies; null where it is not known. */
export interface Kinship {
  continentOf(country: string): string | null;
  authorOf(model: string): string | null;
}

/** A group and those that lie in it, where all of it are published, or a part. */
interface Group {
  /** Null: withheld. */
  count: UserCount | null;
  readonly parts: readonly Group[];
}

/** Groupings whose groups make up all users, and of which no cohorts are kept. */
const besideCohorts = ['SOURCE_GROUP', 'COUNTRY', 'CONTINENT'];

/**
 * Published counts of one period from which those of few users could be had by subtraction, to be withheld as well.
 *
 * What a group has beyond its published parts are users of parts that are withheld or unknown: exactly where parts do
 * not share users, as countries hardly do, and at least so many where they do. Where these are 1 to minimum − 1, the
 * smallest published part joins them. Where the users of all are withheld, for the sake of a cohort, so are the groups
 * that would add up to them.
 */
export function recoverableUsers(
  counts: readonly UserCount[],
  { continentOf, authorOf }: Kinship,
  minimumUsers: number,
): UserCount[] {
  const of = (grouping: string) => counts.filter((count) => count.grouping === grouping);
  const [all] = of('ALL');
  if (all === undefined) return counts.filter(({ grouping }) => besideCohorts.includes(grouping));
  return [
    groupOf(all, nested(of('CONTINENT'), of('COUNTRY'), continentOf)),
    groupOf(all, of('SOURCE_GROUP').map(leaf)),
    groupOf(all, nested(of('AUTHOR'), of('MODEL'), authorOf)),
  ].flatMap((root) => withholdParts(root, minimumUsers));
}

const leaf = (count: UserCount): Group => ({ count, parts: [] });
const groupOf = (count: UserCount | null, parts: readonly Group[]): Group => ({ count, parts });

/** The groups with their parts; parts of a group that is not published stand in one without a count. */
function nested(
  groups: readonly UserCount[],
  parts: readonly UserCount[],
  groupOfPart: (part: string) => string | null,
): Group[] {
  const byGroup = new Map<string | null, UserCount[]>();
  for (const part of parts) {
    const group = groupOfPart(part.value);
    byGroup.set(group, [...(byGroup.get(group) ?? []), part]);
  }
  const published = new Map(groups.map((count) => [count.value, count]));
  return [...new Set([...published.keys(), ...byGroup.keys()])].map((value) =>
    groupOf(value === null ? null : (published.get(value) ?? null), (byGroup.get(value) ?? []).map(leaf)),
  );
}

/** Takes counts out until no group tells of few. */
function withholdParts(root: Group, minimumUsers: number): UserCount[] {
  const withheld: UserCount[] = [];
  for (;;) {
    const telling = firstTelling(root, minimumUsers);
    if (telling === undefined) return withheld;
    const [smallest] = [...telling].sort((a, b) => users(a) - users(b));
    const count = smallest?.count;
    if (smallest === undefined || count == null) throw new Error('a published count is of too few users');
    withheld.push(count);
    smallest.count = null;
  }
}

/** Published parts of the first group, from the bottom up, that has few users beyond them. */
function firstTelling(group: Group, minimumUsers: number): Group[] | undefined {
  for (const part of group.parts) {
    const telling = firstTelling(part, minimumUsers);
    if (telling !== undefined) return telling;
  }
  const { count, parts } = group;
  if (count === null) return undefined;
  return covers
    .map((cover) => parts.flatMap(cover))
    .find((published) => {
      const beyond = count.users - sum(published);
      return beyond > 0 && beyond < minimumUsers;
    });
}

/** Ways to take what is published of a group, which differ where its parts share users or some are withheld. */
const covers: readonly ((group: Group) => Group[])[] = [
  function whole(group): Group[] {
    return group.count === null ? group.parts.flatMap(whole) : [group];
  },
  function inParts(group): Group[] {
    const parts = group.parts.flatMap(inParts);
    return parts.length > 0 || group.count === null ? parts : [group];
  },
  function most(group): Group[] {
    const parts = group.parts.flatMap(most);
    return group.count === null || sum(parts) > group.count.users ? parts : [group];
  },
];

const users = ({ count }: Group): number => count?.users ?? 0;
const sum = (groups: readonly Group[]): number => groups.reduce((total, group) => total + users(group), 0);

import type { GenerationRow } from '../../src/events/event-row.ts';

/** A generation with the values of keys under which it is published. */
export interface Published {
  row: GenerationRow;
  model: string | null;
}

/** What each model of each day is published as, without the days that are left out; null: all as they are. */
export function publishedModels(
  rows: readonly GenerationRow[],
  modelOf: (row: GenerationRow) => string | null,
  minimumUsers: number | null,
): Published[] {
  return groups(rows, dayOf).flatMap((block) => {
    const folded = fold(block, modelOf, minimumUsers);
    return folded === null ? [] : block.map((row) => ({ row, model: folded(modelOf(row)) }));
  });
}

/** The same of a second key, within what is published of a day and model. */
export function publishedSecond(
  published: readonly Published[],
  valueOf: (row: GenerationRow) => string | null,
  minimumUsers: number | null,
): (Published & { second: string | null })[] {
  return groups(published, ({ row, model }) => `${dayOf(row)} ${model}`).flatMap((block) => {
    const folded = fold(
      block.map(({ row }) => row),
      valueOf,
      minimumUsers,
    );
    return folded === null ? [] : block.map((each) => ({ ...each, second: folded(valueOf(each.row)) }));
  });
}

/**
 * What becomes of the values of one block: values of too few users are unknown, and the values of fewest tokens
 * with them as long as all that is unknown has too few users. Null where the whole block has.
 */
function fold(
  block: readonly GenerationRow[],
  valueOf: (row: GenerationRow) => string | null,
  minimumUsers: number | null,
): ((value: string | null) => string | null) | null {
  if (minimumUsers === null) return (value) => value;
  const cells = groups(block, (row) => JSON.stringify(valueOf(row))).map((rows) => ({
    value: valueOf(rows[0] as GenerationRow),
    rows,
  }));
  const isFew = (rows: readonly GenerationRow[]) => usersOf(rows).size < minimumUsers;
  const unknown = cells.filter(({ value, rows }) => value === null || isFew(rows));
  const rest = cells.filter((cell) => !unknown.includes(cell)).sort(bySize);
  while (unknown.length > 0 && isFew(unknown.flatMap(({ rows }) => rows))) {
    const smallest = rest.shift();
    if (smallest === undefined) return null;
    unknown.push(smallest);
  }
  return (value) => (unknown.some((cell) => cell.value === value) ? null : value);
}

interface Cell {
  value: string | null;
  rows: readonly GenerationRow[];
}

/** Keys that are numbers are in the order of numbers. */
function bySize(a: Cell, b: Cell): number {
  const size = ({ rows }: Cell) =>
    rows.reduce((sum, { promptTokens, completionTokens }) => sum + promptTokens + completionTokens, 0);
  const [one, other] = [a.value ?? '', b.value ?? ''];
  return size(a) - size(b) || Number(one) - Number(other) || (one < other ? -1 : 1);
}

export function usersOf(rows: readonly GenerationRow[]): Set<string> {
  return new Set(rows.flatMap(({ user }) => user ?? []));
}

export const dayOf = (row: GenerationRow): string => row.createdAt.slice(0, 10);

/** Rows of one key together, in the order of first appearance. */
export function groups<T>(rows: readonly T[], keyOf: (row: T) => string): T[][] {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = found.get(key);
    if (group === undefined) found.set(key, [row]);
    else group.push(row);
  }
  return [...found.values()];
}

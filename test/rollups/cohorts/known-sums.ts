const tolerance = 1e-9;

export interface KnownSum {
  names: string[];
  sum: number;
}

/**
 * Every sum of unknowns, each at most once, that follows from the known ones by adding, subtracting and scaling: the
 * subsets whose indicator lies in the span of the equations.
 */
export function knownSums(
  values: ReadonlyMap<string, number>,
  equations: readonly (readonly string[])[],
): KnownSum[] {
  // Unknowns that are in the same equations are never told apart: one unknown.
  const groups = new Map<string, { names: string[]; value: number }>();
  for (const [name, value] of values) {
    const signature = equations.map((equation) => (equation.includes(name) ? '1' : '0')).join('');
    const group = groups.get(signature) ?? { names: [], value: 0 };
    group.names.push(name);
    group.value += value;
    groups.set(signature, group);
  }
  // What is in no equation is in no sum.
  const unknowns = [...groups].filter(([signature]) => signature.includes('1')).map(([, group]) => group);
  const rows = equations
    .map((equation) => unknowns.map(({ names }) => (equation.includes(names[0] ?? '') ? 1 : 0)))
    .filter((row) => row.includes(1));
  const freedom = nullSpace(rows, unknowns.length);
  const found: KnownSum[] = [];
  for (let subset = 1; subset < 2 ** unknowns.length; subset += 1) {
    const members = unknowns.map((_, index) => (subset >>> index) & 1);
    const isKnown = freedom.every(
      (direction) =>
        Math.abs(direction.reduce((dot, each, index) => dot + each * (members[index] ?? 0), 0)) < tolerance,
    );
    if (!isKnown) continue;
    const of = unknowns.filter((_, index) => members[index] === 1);
    found.push({
      names: of.flatMap(({ names }) => names),
      sum: of.reduce((sum, { value }) => sum + value, 0),
    });
  }
  return found;
}

/** A basis of what the equations leave open. */
function nullSpace(rows: readonly (readonly number[])[], columns: number): number[][] {
  const matrix = rows.map((row) => [...row]);
  const pivots: number[] = [];
  for (let column = 0; column < columns; column += 1) {
    const rank = pivots.length;
    const pivot = matrix.findIndex((row, index) => index >= rank && Math.abs(row[column] ?? 0) > tolerance);
    if (pivot < 0) continue;
    [matrix[rank], matrix[pivot]] = [matrix[pivot] ?? [], matrix[rank] ?? []];
    const head = matrix[rank]?.[column] ?? 1;
    matrix[rank] = (matrix[rank] ?? []).map((value) => value / head);
    for (const [index, row] of matrix.entries()) {
      const factor = row[column] ?? 0;
      if (index === rank || Math.abs(factor) < tolerance) continue;
      matrix[index] = row.map((value, at) => value - factor * (matrix[rank]?.[at] ?? 0));
    }
    pivots.push(column);
  }
  const free = Array.from({ length: columns }, (_, column) => column).filter(
    (column) => !pivots.includes(column),
  );
  return free.map((column) => {
    const direction = new Array<number>(columns).fill(0);
    direction[column] = 1;
    pivots.forEach((pivot, rank) => (direction[pivot] = -(matrix[rank]?.[column] ?? 0)));
    return direction;
  });
}

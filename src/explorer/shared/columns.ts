/** One column of a table: where its values stand in a row. */
export interface Column {
  /** Fields from the row down, such as `period.start`. */
  readonly path: string;
  readonly title: string;
  readonly numeric: boolean;
}

/** Fields that only repeat, for programs, what another column says for people. */
const leftOut = /(^|\.)(id|__typename|nodeId)$|^others$/;

/** The columns of nested rows: one for each scalar, in the order in which they were asked for. */
export function columnsOf(rows: readonly unknown[]): Column[] {
  const paths = new Map<string, boolean>();
  for (const row of rows) collect(row, '', paths);
  const named = new Set([...paths.keys()].filter((path) => path.endsWith('.name')).map(parentOf));
  // Null in some rows, and an object in others.
  const objects = new Set([...paths.keys()].flatMap(ancestorsOf));
  return [...paths]
    .filter(([path]) => !objects.has(path))
    .filter(([path]) => !leftOut.test(path) || (path.endsWith('.id') && !named.has(parentOf(path))))
    .map(([path, numeric]) => ({ path, title: titleOf(path), numeric }));
}

function collect(value: unknown, path: string, paths: Map<string, boolean>): void {
  if (Array.isArray(value)) return;
  if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value))
      collect(inner, path === '' ? name : `${path}.${name}`, paths);
    return;
  }
  if (path === '') return;
  // A null may be an object in other rows: those say what is in it.
  const known = paths.get(path);
  if (value === null && known === undefined) paths.set(path, true);
  else if (value !== null) paths.set(path, typeof value === 'number' && (known ?? true));
}

function ancestorsOf(path: string): string[] {
  const parent = parentOf(path);
  return parent === '' ? [] : [parent, ...ancestorsOf(parent)];
}

function parentOf(path: string): string {
  return path.split('.').slice(0, -1).join('.');
}

/** `period.start` is the period, `model.name` the model, `shareInterval.low` the share interval: low. */
function titleOf(path: string): string {
  const words = path
    .split('.')
    .filter((name, index, all) => !(index === all.length - 1 && isPlain(name, all)));
  const text = words
    .map((name) => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase())
    .join(': ')
    .replace(/ usd$/, ' (USD)');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function isPlain(name: string, path: readonly string[]): boolean {
  return path.length > 1 && ['name', 'id'].includes(name) ? true : name === 'start' && path[0] === 'period';
}

export function valueAt(row: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], row);
}

/** Rows that hold a list of smaller rows, such as the periods of a cohort, as one row for each of these. */
export function expandRows(rows: readonly unknown[]): readonly unknown[] {
  const first = rows.find((row) => typeof row === 'object' && row !== null);
  const field = Object.entries(first ?? {}).find(([, value]) => isListOfObjects(value))?.[0];
  if (field === undefined) return rows;
  return rows.flatMap((row) => {
    const parts = (row as Record<string, unknown>)[field];
    return Array.isArray(parts)
      ? parts.map((part: unknown) => ({ ...(row as object), [field]: part }))
      : [row];
  });
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && typeof value[0] === 'object' && value[0] !== null;
}

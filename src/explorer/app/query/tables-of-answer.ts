/** What the answer has to show of one report or list. */
export interface AnswerTable {
  /** Where it stands in the answer, such as `usage` or `model.usage`. */
  readonly path: string;
  readonly rows: readonly unknown[];
  /** Where it is a report: what it says of itself. */
  readonly meta: ReportMeta | null;
}

/** As much of a report's `meta` as the query asked for. */
export interface ReportMeta {
  readonly synthetic?: boolean;
  readonly warnings?: readonly string[];
  readonly withheld?: {
    readonly cells?: number;
    readonly tokenShare?: number | null;
    readonly minimumUsers?: number;
  } | null;
}

/** The lists of an answer from the top down: rows of reports, points of maps, nodes of connections, plain lists. */
export function tablesOf(data: unknown, path = ''): AnswerTable[] {
  if (!isObject(data)) return [];
  const meta = isObject(data.meta) ? (data.meta as ReportMeta) : null;
  return Object.entries(data).flatMap(([name, value]) => {
    if (name === 'meta' || name === 'citation') return [];
    // The list of a report goes by the report's name.
    const isOwn = ['rows', 'nodes', 'edges', 'points', 'cohorts'].includes(name) && path !== '';
    const place = isOwn ? path : path === '' ? name : `${path}.${name}`;
    if (Array.isArray(value)) return value.some(isObject) ? [{ path: place, rows: value, meta }] : [];
    return tablesOf(value, place);
  });
}

/** The fields beside lists, each with its value: what is one number or word. */
export function singlesOf(data: unknown, path = ''): (readonly [string, unknown])[] {
  if (!isObject(data)) return [];
  return Object.entries(data).flatMap(([name, value]): (readonly [string, unknown])[] => {
    if (name === 'meta' || name === 'citation' || name === '__typename') return [];
    const place = path === '' ? name : `${path}.${name}`;
    if (isObject(value)) return singlesOf(value, place);
    return Array.isArray(value) && value.some(isObject) ? [] : [[place, value]];
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

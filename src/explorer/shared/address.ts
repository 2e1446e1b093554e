/** What a page shows of a figure, as its address says it: the address is the page's whole state. */
export interface FigureAddress {
  readonly dataset: string | null;
  readonly release: string | null;
  /** Key of the only panel shown; null for all. */
  readonly panel: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly grain: string | null;
  /** Values by field of the filter; all fields must hold, any value of a field may. */
  readonly where: Readonly<Record<string, readonly string[]>>;
  /** Series switched off in the legend. */
  readonly hidden: readonly string[];
}

/** Fields of `UsageFilter`, which are parameters of the address. */
export const filterFields = [
  'model',
  'author',
  'provider',
  'source',
  'origin',
  'sourceGroup',
  'size',
  'reasoning',
  'category',
  'tag',
  'country',
  'continent',
  'language',
] as const;

const plain = ['dataset', 'release', 'panel', 'from', 'to', 'grain'] as const;
const day = /^\d{4}-\d{2}-\d{2}$/;

/** Parameters that are not ours, or that say nothing, are passed over. */
export function readAddress(search: string): FigureAddress {
  const parameters = new URLSearchParams(search);
  const text = (name: string): string | null => parameters.get(name) || null;
  const dayAt = (name: string): string | null => {
    const found = text(name);
    return found !== null && day.test(found) ? found : null;
  };
  const where = Object.fromEntries(
    filterFields
      .map((field) => [field, parameters.getAll(field).filter((value) => value !== '')] as const)
      .filter(([, values]) => values.length > 0),
  );
  return {
    dataset: text('dataset'),
    release: text('release'),
    panel: text('panel'),
    from: dayAt('from'),
    to: dayAt('to'),
    grain: text('grain'),
    where,
    hidden: parameters.getAll('hide').filter((value) => value !== ''),
  };
}

/** The same state has one address, so that links to it are equal. Empty without any. */
export function writeAddress(address: Partial<FigureAddress>): string {
  const parameters = new URLSearchParams();
  for (const name of plain) {
    const value = address[name];
    if (value) parameters.set(name, value);
  }
  for (const field of filterFields)
    for (const value of address.where?.[field] ?? []) parameters.append(field, value);
  for (const series of address.hidden ?? []) parameters.append('hide', series);
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

/** The filter of an address as `UsageFilter`; null without any. */
export function filterOf(where: FigureAddress['where']): Record<string, unknown> | null {
  const fields = Object.entries(where).filter(([, values]) => values.length > 0);
  if (fields.length === 0) return null;
  return Object.fromEntries(
    fields.map(([field, values]) => [
      field,
      field === 'reasoning' ? { eq: values[0] === 'true' } : { in: [...values] },
    ]),
  );
}

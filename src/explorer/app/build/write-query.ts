import type { Choice, Condition } from './choice.ts';
import { limitOf, type Dimension, type Metadata } from './metadata.ts';

/** The document that answers the choice. */
export function writeUsage(choice: Choice, metadata: Metadata): string {
  const { measures } = choice;
  const fields = metadata.dataset.measures
    .filter(({ name }) => measures.includes(name))
    .map(({ field }) => field);
  const compared =
    choice.compareTo === null || fields.length === 0
      ? []
      : [`base { ${fields.join(' ')} }`, `change { ${fields.join(' ')} }`];
  const rows = [
    ...(choice.grain === null ? [] : ['period { start end complete }']),
    ...groupFields(choice, metadata),
    ...(choice.top?.others === 'SHOW' ? ['others'] : []),
    ...fields,
    ...(choice.share === null ? [] : [`share(of: ${choice.share})`]),
    ...compared,
  ];
  const page = limitOf(metadata, 'pageRows');
  const args = [...writeArguments(choice, metadata), ...(page === undefined ? [] : [`first: ${page}`])];
  return `query Usage {
  usage(
${indent(args, 4)}
  ) {
    rows {
${indent(rows, 6)}
    }
    totalRows
    meta {
      release { id }
      from
      to
      synthetic
      shareOf
      comparedTo
      truncated
      withheld { cells tokenShare minimumUsers }
      warnings
    }
    citation { text bibtex url }
    csv: download(format: CSV)
    jsonLines: download(format: JSONL)
    parquet: download(format: PARQUET)
    arrow: download(format: ARROW)
  }
}
`;
}

/** What it would take, or why it would be refused: runs nothing. */
export function writePlan(choice: Choice, metadata: Metadata): string {
  return `query Plan {
  plan(
${indent(writeArguments(choice, metadata), 4)}
  ) {
    cost { points periods groups rows }
    rollup { name }
    tables
    release { id }
  }
}
`;
}

/** Numbers in each row: what the cost grows with. */
export function numbersPerRow({ measures, share }: Choice): number {
  return Math.max(1, measures.length + (share === null ? 0 : 1));
}

function writeArguments(choice: Choice, metadata: Metadata): string[] {
  const { dataset, release, groupBy, grain, weekStart, from, to, top, shareOf, compareTo, measures } = choice;
  const where = writeFilter(choice, metadata.dataset.dimensions);
  const [first] = measures;
  return [
    `dataset: ${quote(dataset ?? metadata.dataset.id)}`,
    ...(release === null ? [] : [`release: ${quote(release)}`]),
    ...(groupBy.length === 0 ? [] : [`groupBy: [${groupBy.join(', ')}]`]),
    ...(grain === null ? [] : [`grain: ${grain}`]),
    ...(grain === 'WEEK' && weekStart !== null ? [`weekStart: ${weekStart}`] : []),
    ...(from === null ? [] : [`from: ${quote(from)}`]),
    ...(to === null ? [] : [`to: ${quote(to)}`]),
    ...(where === null ? [] : [`where: ${where}`]),
    ...(top === null
      ? []
      : [`top: { by: ${top.by}, count: ${top.count}, others: ${top.others}, within: ${top.within} }`]),
    ...(shareOf === null ? [] : [`shareOf: ${shareOf}`]),
    ...(compareTo === null ? [] : [`compareTo: ${compareTo}`]),
    // Without periods the largest come first.
    ...(grain === null && groupBy.length > 0 && first !== undefined ? [`orderBy: [{ by: ${first} }]`] : []),
  ];
}

function groupFields({ groupBy }: Choice, { dataset, row }: Metadata): string[] {
  return groupBy.flatMap((name) => {
    const field = dataset.dimensions.find((each) => each.name === name)?.field;
    if (field === undefined) return [];
    const isEntity = row.fields.find((each) => each.name === field)?.type.kind === 'OBJECT';
    return [isEntity ? `${field} { id name }` : field];
  });
}

function writeFilter({ conditions, match }: Choice, dimensions: readonly Dimension[]): string | null {
  const parts = conditions.flatMap((condition) => {
    const dimension = dimensions.find(({ field }) => field === condition.field);
    return dimension === undefined || condition.values.length === 0
      ? []
      : [writeCondition(condition, dimension)];
  });
  const [only] = parts;
  if (only === undefined) return null;
  if (parts.length === 1) return `{ ${only} }`;
  return `{ ${match === 'any' ? 'or' : 'and'}: [${parts.map((part) => `{ ${part} }`).join(', ')}] }`;
}

function writeCondition({ field, not, values }: Condition, { values: labels, name }: Dimension): string {
  // The only dimension of yes and no: it knows neither lists nor a denial.
  if (name === 'REASONING') return `${field}: { eq: ${(values[0] === 'true') !== not} }`;
  const list = values.map((value) => (labels === null ? quote(value) : enumName(value))).join(', ');
  return `${field}: { ${not ? 'notIn' : 'in'}: [${list}] }`;
}

/** From an address: nothing but a name may get into the document. */
function enumName(value: string): string {
  return /^\w+$/.test(value) ? value : quote(value);
}

function quote(text: string): string {
  return JSON.stringify(text);
}

function indent(lines: readonly string[], spaces: number): string {
  return lines.map((line) => ' '.repeat(spaces) + line).join('\n');
}

import { dataScopes } from '../../catalog/data-scopes.ts';
import { filePath, type PackageFacts } from './descriptor.ts';
import type { LeftOut, PackageTable } from './package-table.ts';

/** What a reader should know before the first table. */
export function writeReadme(facts: PackageFacts, tables: readonly PackageTable[]): string {
  const { release, dataset, publisher, citation, bibtex, url } = facts;
  const parts = [
    `# ${dataset.title}`,
    ...(dataset.synthetic
      ? ['**Synthetic: a simulator made these data. They are no evidence of anything.**']
      : []),
    dataset.description,
    `Release \`${release.id}\`, published by ${publisher} on ${release.publishedAt.toISOString().slice(0, 10)}: the days from ${release.periodFrom} to before ${release.periodTo}, in UTC. A release never changes. This package is at <${url}>.`,
    '## How to cite',
    citation,
    ['```bibtex', bibtex, '```'].join('\n'),
    `Licence: ${release.licence}${dataset.licenceUrl === null ? '' : `, <${dataset.licenceUrl}>`}.`,
    '## Tables',
    'A Frictionless Data Package: `datapackage.json` has the definition and the unit of every column, and which column refers to which table. Files are CSV (RFC 4180) in UTF-8. Missing is empty, and not 0. Text that a spreadsheet could run as a formula begins with an apostrophe.',
    tables.map((table) => `- \`${filePath(table)}\`: ${table.title}. ${table.description}`).join('\n'),
    '## What to mind',
    mindOf(facts)
      .map((each) => `- ${each}`)
      .join('\n'),
    ...leftOutPart(facts.leftOut),
    '## Read it',
    example(tables),
  ];
  return `${parts.join('\n\n')}\n`;
}

function mindOf({ release: { withheld, sampling } }: PackageFacts): string[] {
  return [
    'Each model counts with its own tokenizer, so tokens of different models are not quite the same unit.',
    'Distinct users, percentiles and cohorts can not be added up: each length of period has rows of its own.',
    withheld === null
      ? 'Nothing is withheld: the data carry no users, or no minimum of them was asked for.'
      : `Cells of fewer than ${withheld.minimumUsers} users are withheld and folded into rows without a key. Sums are whole but for days of too few users, which are left out.`,
    ...(sampling === null
      ? []
      : [
          `Categories and tags are of a random sample of ${sampling.rate} of the requests: divide sums by it to estimate all.`,
        ]),
  ];
}

function leftOutPart(leftOut: readonly LeftOut[]): string[] {
  if (leftOut.length === 0) return [];
  return [
    '## What is left out',
    'The data set asks for scopes that whoever downloaded this did not have:',
    leftOut
      .map(({ table, columns, scope, instead }) => {
        const what = columns === null ? `the table ${table}` : `${columns.join(', ')} of ${table}`;
        return `- ${what}${instead === null ? '' : `, with ${instead} in its place`}: \`${scope}\`. ${dataScopes[scope]}`;
      })
      .join('\n'),
  ];
}

function example(tables: readonly PackageTable[]): string {
  const usage = tables.find(({ name, foreignKeys }) => name.startsWith('usage') && foreignKeys.length > 0);
  const statement =
    usage === undefined
      ? `SELECT * FROM 'data/models.csv';`
      : `SELECT models.name, sum(usage.total_tokens) AS total_tokens\nFROM '${filePath(usage)}' AS usage LEFT JOIN 'data/models.csv' AS models ON models.id = usage.model\n${usage.columns.some(({ name }) => name === 'weighting') ? "WHERE weighting = 'EACH'\n" : ''}GROUP BY ALL ORDER BY total_tokens DESC;`;
  return ['```sql', `-- DuckDB`, statement, '```'].join('\n');
}

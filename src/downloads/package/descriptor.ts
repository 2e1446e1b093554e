import type { Dataset, Release } from '../../measures/release.ts';
import { toTableSchema } from '../table-schema.ts';
import type { LeftOut, PackageTable } from './package-table.ts';

/** All that is said about a package beside its tables. */
export interface PackageFacts {
  readonly release: Release;
  readonly dataset: Dataset;
  /** Who publishes the numbers. */
  readonly publisher: string;
  /** Address of this package. */
  readonly url: string;
  /** Address of the release. */
  readonly citeAs: string;
  readonly citation: string;
  readonly bibtex: string;
  /** An item of CSL-JSON. */
  readonly csl: object;
  readonly leftOut: readonly LeftOut[];
}

/** What was written of a table. */
export interface WrittenFile {
  readonly table: PackageTable;
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
  readonly rows: number;
}

export const filePath = ({ name }: PackageTable): string => `data/${name}.csv`;

/** `datapackage.json`: version 2 of the standard, in words that readers of version 1 understand as well. */
export function describePackage(facts: PackageFacts, files: readonly WrittenFile[]): object {
  const { release, dataset, publisher, url, citeAs, citation, bibtex, leftOut } = facts;
  return {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    profile: 'tabular-data-package',
    // A name has fewer characters to choose from than the id of a release.
    name: dataset.id.toLowerCase().replace(/[^-a-z0-9._]+/g, '-'),
    id: citeAs,
    title: dataset.title,
    description: dataset.description,
    version: release.id,
    created: release.publishedAt.toISOString(),
    homepage: citeAs,
    licenses: [licenceOf(facts)],
    sources: [{ title: release.citation, ...(dataset.homepage !== null && { path: dataset.homepage }) }],
    contributors: [{ title: publisher, role: 'publisher', roles: ['publisher'] }],
    url,
    citation,
    bibtex,
    period: { from: release.periodFrom, to: release.periodTo },
    synthetic: dataset.synthetic,
    sampling: release.sampling,
    withheld: release.withheld,
    leftOut,
    resources: files.map(describeFile),
  };
}

function describeFile({ table, bytes, sha256, rows }: WrittenFile): object {
  const { name, title, description, columns, primaryKey, uniqueKey, foreignKeys } = table;
  return {
    name,
    path: filePath(table),
    profile: 'tabular-data-resource',
    type: 'table',
    title,
    description,
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    bytes,
    hash: `sha256:${sha256}`,
    rows,
    dialect: { delimiter: ',', lineTerminator: '\r\n', quoteChar: '"', doubleQuote: true, header: true },
    schema: {
      ...toTableSchema(columns),
      ...(primaryKey.length > 0 && { primaryKey }),
      ...(uniqueKey.length > 0 && { uniqueKeys: [uniqueKey] }),
      ...(foreignKeys.length > 0 && {
        foreignKeys: foreignKeys.map(({ field, table: resource, key }) => ({
          fields: [field],
          reference: { resource, fields: [key] },
        })),
      }),
    },
  };
}

/** Names of licences are identifiers; what an operator wrote in other words is the title. */
function licenceOf({ release: { licence }, dataset: { licenceUrl } }: PackageFacts): object {
  return {
    name: licence.replace(/[^-a-zA-Z0-9._]+/g, '-'),
    title: licence,
    ...(licenceUrl !== null && { path: licenceUrl }),
  };
}

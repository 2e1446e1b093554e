import type { GraphQLSchema } from 'graphql';
import { refuseTooLarge } from '../../../access/guarded-package.ts';
import { fileNameOf } from '../../../downloads/address.ts';
import type { Batches } from '../../../downloads/columns.ts';
import { type DownloadLimits, readingSettings } from '../../../downloads/download-limits.ts';
import type { OpenedDownload } from '../../../downloads/opened-download.ts';
import type { PackageFacts } from '../../../downloads/package/descriptor.ts';
import type { PackageTable } from '../../../downloads/package/package-table.ts';
import { writePackage } from '../../../downloads/package/write-package.ts';
import { AtlasError } from '../../../errors.ts';
import type { RequestContext } from '../../context.ts';
import { citationBibtex, citationCsl, citationText } from '../../release/citation.ts';
import { citedRelease, citingLinks, etagOf } from '../download-head.ts';
import { packageOf } from './package-of.ts';
import { packageUrl } from './package-address.ts';

/** Checks a download of a whole release: what its data set holds back from the viewer is left out. */
export async function openPackage(
  schema: GraphQLSchema,
  context: RequestContext,
  id: string,
  parameters: URLSearchParams,
  limits: DownloadLimits,
): Promise<OpenedDownload> {
  refuseParameters(parameters);
  const { services, packages } = context;
  const release = await services.releases.release({ release: id });
  const dataset = await services.releases.dataset(release.datasetId);
  const { tables, leftOut } = await packageOf(schema, context, release, dataset);
  refuseTooLarge(tables, limits.downloadRows);
  const cited = citedRelease(services, release, dataset);
  const facts: PackageFacts = {
    release,
    dataset,
    publisher: services.publisher,
    url: packageUrl(release, services.publicUrl),
    citeAs: cited.url,
    citation: citationText(cited),
    bibtex: citationBibtex(cited),
    csl: citationCsl(cited),
    leftOut,
  };
  const settings = readingSettings(limits);
  return {
    fileName: fileNameOf(release.id, 'datapackage', 'zip'),
    mediaType: 'application/zip',
    etag: etagOf(JSON.stringify({ ...facts, tables: tables.map(({ name }) => name) })),
    // With a key there may be more at the same address, which caches are to ask for.
    isPinned: leftOut.length === 0,
    links: citingLinks(facts.citeAs, dataset.licenceUrl),
    run: (take) =>
      packages.read(release, tables, settings, (read, count) => {
        async function* counted(table: PackageTable): Batches {
          for await (const rows of table.batches(read)) {
            count(table, rows.length);
            yield rows;
          }
        }
        return take(writePackage(facts, tables, counted));
      }),
  };
}

function refuseParameters(parameters: URLSearchParams): void {
  const [name] = parameters.keys();
  if (name === undefined) return;
  throw new AtlasError(
    'BAD_ARGUMENT',
    `A data package has no '${name.slice(0, 50)}': it is the whole release. Reports take arguments.`,
  );
}

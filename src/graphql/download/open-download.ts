import type { GraphQLArgument, GraphQLSchema } from 'graphql';
import { downloadPath, fileNameOf, type ReportName, reportNames } from '../../downloads/address.ts';
import type { Batches } from '../../downloads/columns.ts';
import { downloadLimits, type DownloadLimits } from '../../downloads/download-limits.ts';
import { type Format, formatOfExtension } from '../../downloads/formats.ts';
import type { OpenedDownload } from '../../downloads/opened-download.ts';
import type { TableDescription } from '../../downloads/table-description.ts';
import { describeTable } from '../../downloads/table-schema.ts';
import { AtlasError } from '../../errors.ts';
import type { RequestContext } from '../context.ts';
import { citationBibtex, citationText } from '../release/citation.ts';
import { readArguments } from './argument-text.ts';
import { argumentsOf, downloadParameters } from './download-address.ts';
import { citedRelease, citingLinks, etagOf } from './download-head.ts';
import type { DownloadSource } from './download-source.ts';
import { openPackage } from './package/open-package.ts';
import { releaseOfFile } from './package/package-address.ts';
import { sources } from './sources.ts';

/** As an address says it: nothing is checked yet. */
export interface AskedDownload {
  readonly report: string;
  readonly extension: string;
  readonly parameters: URLSearchParams;
}

/** What describes a file stands at the same address with this ending. */
const SCHEMA_EXTENSION = 'schema.json';

const schemaFormat = {
  extension: SCHEMA_EXTENSION,
  mediaType: 'application/json; charset=utf-8',
};

/** Checks a download as the API would check the same question; null where there is no such report or format. */
export async function openDownload(
  schema: GraphQLSchema,
  context: RequestContext,
  { report: name, extension, parameters }: AskedDownload,
  limits: DownloadLimits = downloadLimits,
): Promise<OpenedDownload | null> {
  const packaged = releaseOfFile(`${name}.${extension}`);
  if (packaged !== null) return openPackage(schema, context, packaged, parameters, limits);
  const report = reportNames.find((each) => each === name);
  const format = formatOfExtension(extension);
  if (report === undefined || (format === undefined && extension !== SCHEMA_EXTENSION)) return null;
  const taken = argumentsOf(schema, report);
  const given = readParameters(report, taken, parameters);
  const args = readArguments(taken, given);
  const source = await sources[report].open(schema, context, { args, given }, limits);
  const { id: release } = source.release;
  const extras = Object.fromEntries(sources[report].extras.map((extra) => [extra, given.get(extra) ?? null]));
  const pinned = downloadParameters(schema, { report, release, args, extras });
  const { publicUrl } = context.services;
  const addressFor = (ending: string): string => publicUrl + downloadPath(report, ending, pinned);
  const about = describe(source, context, addressFor(extension));
  const { mediaType } = format ?? schemaFormat;
  return {
    fileName: fileNameOf(source.release.id, report, extension),
    mediaType,
    etag: etagOf(addressFor(extension)),
    isPinned: given.has('release'),
    links: [
      ...citingLinks(about.citeAs, about.licenceUrl),
      { url: addressFor(SCHEMA_EXTENSION), relation: 'describedby', mediaType: 'application/json' },
    ],
    run:
      format === undefined
        ? (take) => take(asJson(describeTable(source.columns, about)))
        : (take) =>
            source.read(async (batches) => take(encode(format, source, await startReading(batches), about))),
  };
}

/** Refuses what is unknown or given twice. */
function readParameters(
  report: ReportName,
  args: readonly GraphQLArgument[],
  parameters: URLSearchParams,
): Map<string, string> {
  const known = [...args.map((argument) => argument.name), ...sources[report].extras];
  const given = new Map<string, string>();
  for (const [name, text] of parameters) {
    const shown = name.slice(0, 50);
    if (!known.includes(name)) {
      throw new AtlasError(
        'BAD_ARGUMENT',
        `A download of ${report} has no '${shown}': it takes ${known.join(', ')}.`,
      );
    }
    if (given.has(name)) throw new AtlasError('BAD_ARGUMENT', `Give \`${shown}\` once.`);
    given.set(name, text);
  }
  return given;
}

function describe(
  { release, dataset, report }: DownloadSource,
  { services }: RequestContext,
  url: string,
): TableDescription {
  const cited = citedRelease(services, release, dataset);
  return {
    title: dataset.title,
    dataset: dataset.id,
    release: release.id,
    publishedAt: release.publishedAt.toISOString(),
    asOf: release.periodTo,
    licence: release.licence,
    licenceUrl: dataset.licenceUrl,
    citation: citationText(cited),
    bibtex: citationBibtex(cited),
    citeAs: cited.url,
    url,
    synthetic: dataset.synthetic,
    report,
  };
}

/** Encoders begin before they read, and what can not be read is to be refused before anything is sent. */
async function startReading(batches: Batches): Promise<Batches> {
  const iterator = batches[Symbol.asyncIterator]();
  let next = await iterator.next();
  return (async function* () {
    for (; next.done !== true; next = await iterator.next()) yield next.value;
  })();
}

async function* encode(
  { encode: bytesOf }: Format,
  { columns }: DownloadSource,
  batches: Batches,
  about: TableDescription,
): AsyncGenerator<string | Uint8Array> {
  yield* bytesOf(columns, batches, about);
}

async function* asJson(value: unknown): AsyncGenerator<string> {
  yield `${JSON.stringify(value, null, 2)}\n`;
}

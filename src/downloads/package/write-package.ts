import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Batches } from '../columns.ts';
import { encodeCsv } from '../csv.ts';
import { describePackage, filePath, type PackageFacts, type WrittenFile } from './descriptor.ts';
import type { PackageTable } from './package-table.ts';
import { writeReadme } from './readme.ts';

/**
 * The zip, as it is made: one file after the other, none of them in memory. `datapackage.json` comes last, since it
 * has the sizes and hashes of all others. The same release gives the same bytes.
 */
export async function* writePackage(
  facts: PackageFacts,
  tables: readonly PackageTable[],
  read: (table: PackageTable) => Batches,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const options = { mtime: facts.release.publishedAt, mode: 0o100644 };
  const open = new Set<Readable>();
  const written: WrittenFile[] = [];
  const add = (path: string, chunksOf: () => AsyncIterable<Uint8Array>): void => {
    zip.addReadStreamLazy(path, options, (use) => {
      const stream = Readable.from(chunksOf(), { objectMode: false });
      open.add(stream);
      // The library would wait for the rest for ever.
      stream.on('error', (error) => output.destroy(error));
      use(null, stream);
    });
  };
  const addText = (path: string, textOf: () => string): void =>
    add(path, async function* () {
      yield Buffer.from(textOf());
    });
  addText('README.md', () => writeReadme(facts, tables));
  addText('LICENCE.txt', () => writeLicence(facts));
  addText('citation.bib', () => `${facts.bibtex}\n`);
  addText('citation.csl.json', () => toJson([facts.csl]));
  for (const table of tables) add(filePath(table), () => encodeTable(table, read(table), written));
  addText('datapackage.json', () => toJson(describePackage(facts, written)));
  zip.end();
  try {
    for await (const chunk of output) yield chunk as Uint8Array;
  } finally {
    // Whoever leaves before the end leaves no reader behind.
    for (const stream of open) stream.destroy();
  }
}

async function* encodeTable(
  table: PackageTable,
  batches: Batches,
  written: WrittenFile[],
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let bytes = 0;
  let rows = 0;
  async function* counted(): Batches {
    for await (const batch of batches) {
      rows += batch.length;
      yield batch;
    }
  }
  for await (const text of encodeCsv(table.columns, counted())) {
    const chunk = Buffer.from(text);
    hash.update(chunk);
    bytes += chunk.length;
    yield chunk;
  }
  written.push({ table, bytes, sha256: hash.digest('hex'), rows });
}

function writeLicence({
  release: { licence },
  dataset: { licenceUrl, title },
  citation,
}: PackageFacts): string {
  const where = licenceUrl === null ? [] : [licenceUrl];
  return `${[`${title}: ${licence}`, ...where, '', citation].join('\n')}\n`;
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

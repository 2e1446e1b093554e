import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { fromBuffer, type Options, type ZipFile } from 'yauzl';

export interface Unpacked {
  readonly directory: string;
  /** In the order of the zip. */
  readonly files: ReadonlyMap<string, Buffer>;
  text(name: string): string;
  remove(): Promise<void>;
}

const openZip = promisify<Buffer, Options, ZipFile>(fromBuffer);

/** Unpacks a zip by a library that did not write it, into a directory of its own. */
export async function unpack(bytes: Uint8Array): Promise<Unpacked> {
  const directory = await mkdtemp(path.join(tmpdir(), 'atlas-package-'));
  const files = new Map<string, Buffer>();
  const zip = await openZip(Buffer.from(bytes), { lazyEntries: true });
  const openEntry = promisify(zip.openReadStream.bind(zip)) as (
    entry: unknown,
  ) => Promise<NodeJS.ReadableStream>;
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: { fileName: string }) => {
      openEntry(entry)
        .then((stream) => buffer(stream as never))
        .then(async (content) => {
          files.set(entry.fileName, content);
          const place = path.join(directory, entry.fileName);
          await mkdir(path.dirname(place), { recursive: true });
          await writeFile(place, content);
          zip.readEntry();
        })
        .catch(reject);
    });
    zip.on('end', resolve);
    zip.on('error', reject);
    zip.readEntry();
  });
  return {
    directory,
    files,
    text: (name) => {
      const content = files.get(name);
      if (content === undefined) throw new Error(`There is no ${name}: ${[...files.keys()].join(', ')}`);
      return content.toString();
    },
    remove: () => rm(directory, { recursive: true }),
  };
}

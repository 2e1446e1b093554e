import { createReadStream } from 'node:fs';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import split2 from 'split2';
import { explained, unreadable, type FileHead } from './file-head.ts';
import { maximumRecordLength, type ReadOptions } from './record-source.ts';

const chunkBytes = 65_536;

/**
 * The lines of a text file, plain or gzipped, without their ends. Memory stays bounded whatever the file holds:
 * a longer line than a record may be ends the reading.
 */
export async function* readLines(head: FileHead, options: ReadOptions): AsyncGenerator<string> {
  let line = 0;
  const lines = split2(
    (text: string) => {
      line += 1;
      if (text.length > maximumRecordLength) throw tooLong(head.path, line);
      return line === 1 && text.startsWith('\ufeff') ? text.slice(1) : text;
    },
    { maxLength: maximumRecordLength },
  );
  const bytes = byteStream(head, options);
  // The outcome reaches the loop below through `lines`, which pipeline destroys with the error.
  pipeline(bytes, lines, () => undefined);
  try {
    yield* lines as AsyncIterable<string>;
  } catch (error) {
    if (error instanceof Error && error.message === 'maximum buffer reached') {
      throw tooLong(head.path, line + 1);
    }
    throw explained(head.path, error);
  } finally {
    bytes.destroy();
  }
}

/** The error for a line longer than a record may be. */
export function tooLong(path: string, line: number): Error {
  return unreadable(
    path,
    `the line is longer than ${maximumRecordLength} characters, the most a record may have`,
    line,
  );
}

/** The unpacked bytes of a file, reporting how much of the file itself has been read. */
export function byteStream(head: FileHead, { onProgress, signal }: ReadOptions): Readable {
  const file = createReadStream(head.path, { highWaterMark: chunkBytes, ...(signal ? { signal } : {}) });
  if (onProgress) file.on('data', () => onProgress(file.bytesRead, head.bytesTotal));
  if (!head.gzip) return file;
  const unpacked: Transform = createGunzip({ chunkSize: chunkBytes });
  pipeline(file, unpacked, () => undefined);
  return unpacked;
}

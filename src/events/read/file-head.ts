import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { AtlasError } from '../../errors.ts';
import { maximumRecordLength } from './record-source.ts';

/** What can be known of a file from its first bytes. */
export interface FileHead {
  path: string;
  bytesTotal: number;
  gzip: boolean;
  /** The first bytes, unpacked: a little more than the longest record. */
  bytes: Buffer;
  /** Whether `bytes` is the whole content. */
  whole: boolean;
}

const headBytes = maximumRecordLength + 65_536;

/** Looks at the beginning of a file. Fails on what is no readable file or holds nothing. */
export async function readFileHead(path: string): Promise<FileHead> {
  const bytesTotal = await sizeOf(path);
  const gzip = (await firstBytes(path, 2)).equals(Buffer.from([0x1f, 0x8b]));
  const bytes = gzip ? await unpackedHead(path) : await firstBytes(path, headBytes);
  if (bytes.length === 0) throw unreadable(path, 'the file is empty');
  return { path, bytesTotal, gzip, bytes, whole: bytes.length < headBytes };
}

/** The error for a file that can not be read, naming it and, where known, the line. */
export function unreadable(path: string, reason: string, line?: number): AtlasError {
  return new AtlasError(
    'FILE_UNREADABLE',
    `${path}${line === undefined ? '' : `, line ${line}`}: ${reason}.`,
    {
      details: { file: path, ...(line === undefined ? {} : { line }) },
    },
  );
}

/** Turns an error of the file system or of zlib into one a user can act on; others pass unchanged. */
export function explained(path: string, error: unknown): unknown {
  switch ((error as NodeJS.ErrnoException | null)?.code) {
    case 'ENOENT':
      return unreadable(path, 'there is no such file');
    case 'EISDIR':
      return unreadable(path, 'is a directory; name the files in it');
    case 'EACCES':
    case 'EPERM':
      return unreadable(path, 'reading is not permitted');
    case 'EIO':
      return unreadable(path, 'the disk reports an error');
    case 'Z_BUF_ERROR':
      return unreadable(path, 'the gzip data end too early: the file is cut off');
    case 'Z_DATA_ERROR':
      return unreadable(path, 'the gzip data are damaged');
    default:
      return error;
  }
}

async function sizeOf(path: string): Promise<number> {
  const status = await stat(path).catch((error: unknown) => {
    throw explained(path, error);
  });
  if (status.isDirectory()) throw unreadable(path, 'is a directory; name the files in it');
  if (!status.isFile()) throw unreadable(path, 'is not a regular file');
  return status.size;
}

async function firstBytes(path: string, count: number): Promise<Buffer> {
  const file = await open(path).catch((error: unknown) => {
    throw explained(path, error);
  });
  try {
    const buffer = Buffer.alloc(count);
    let filled = 0;
    while (filled < count) {
      const { bytesRead } = await file.read(buffer, filled, count - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await file.close();
  }
}

async function unpackedHead(path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    await pipeline(createReadStream(path), createGunzip(), async (unpacked: AsyncIterable<Buffer>) => {
      for await (const chunk of unpacked) {
        chunks.push(chunk);
        length += chunk.length;
        if (length >= headBytes) break;
      }
    });
  } catch (error) {
    // Stopping early closes the pipeline, which reports that as an error.
    if (length < headBytes) throw explained(path, error);
  }
  return Buffer.concat(chunks).subarray(0, headBytes);
}

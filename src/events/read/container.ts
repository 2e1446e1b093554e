import { isUtf8 } from 'node:buffer';
import { basename, extname } from 'node:path';
import type { Container } from '../formats/log-format.ts';
import { unreadable, type FileHead } from './file-head.ts';

// Kinds of file that people do try, by their first bytes, and what to do about each.
const otherKinds: readonly (readonly [string, string])[] = [
  ['504b0304', 'is a ZIP archive (or a spreadsheet): unpack it, or save the sheet as CSV'],
  ['28b52ffd', 'is compressed by Zstandard: unpack it, or compress it by gzip'],
  ['425a68', 'is compressed by bzip2: unpack it, or compress it by gzip'],
  ['fd377a585a00', 'is compressed by xz: unpack it, or compress it by gzip'],
  ['fffe', 'is UTF-16 text: save it as UTF-8'],
  ['feff', 'is UTF-16 text: save it as UTF-8'],
  ['1f8b', 'is compressed by gzip twice: unpack it once'],
];

/** What a file holds: by its content first, then by its name. */
export function containerOf(head: FileHead): Container {
  if (head.bytes.subarray(0, 4).equals(Buffer.from('PAR1'))) {
    if (!head.gzip) return 'parquet';
    throw unreadable(head.path, 'is a Parquet file inside gzip: unpack it (Parquet compresses by itself)');
  }
  refuseBinary(head);
  const text = headText(head).trimStart();
  if (text === '') throw unreadable(head.path, 'holds nothing but white space');
  const extension = nameExtension(head.path);
  if (text.startsWith('[')) return 'json';
  if (text.startsWith('{')) {
    return extension === '.ndjson' || extension === '.jsonl' || isLinewise(text) ? 'ndjson' : 'json';
  }
  if (['.json', '.ndjson', '.jsonl', '.parquet'].includes(extension)) {
    throw unreadable(head.path, `is named ${extension} but does not begin like one`);
  }
  return 'csv';
}

/** The beginning of a text file; a character cut at its end is dropped. */
export function headText(head: FileHead): string {
  const text = new TextDecoder('utf-8').decode(head.bytes, { stream: true });
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function refuseBinary({ path, bytes }: FileHead): void {
  const hex = bytes.subarray(0, 6).toString('hex');
  for (const [magic, advice] of otherKinds) if (hex.startsWith(magic)) throw unreadable(path, advice);
  if (bytes.includes(0)) throw unreadable(path, 'is a binary file of an unknown kind');
  const lineEnd = bytes.indexOf('\n');
  if (!isUtf8(bytes.subarray(0, lineEnd === -1 ? Math.min(bytes.length, 4) : lineEnd))) {
    throw unreadable(path, 'is not UTF-8 text', 1);
  }
}

/** Whether the first line is a JSON object by itself and another one follows. */
function isLinewise(text: string): boolean {
  const lineEnd = text.indexOf('\n');
  if (lineEnd === -1 || !text.slice(lineEnd).trimStart().startsWith('{')) return false;
  try {
    JSON.parse(text.slice(0, lineEnd));
    return true;
  } catch {
    return false;
  }
}

function nameExtension(path: string): string {
  return extname(basename(path.toLowerCase()).replace(/\.gz$/, ''));
}

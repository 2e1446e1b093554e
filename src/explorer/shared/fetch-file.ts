import { getAddress } from './client.ts';
import { Problem } from './problem.ts';
import { saveFile } from './save-file.ts';

/** What a page holds in memory before it hands it over. */
const mostBytes = 256 * 2 ** 20;

/** Gets a file with the visitor's key, which no address may have, and saves it. Throws a Problem where it can not. */
export async function fetchFile(address: string): Promise<void> {
  const leave = new AbortController();
  const response = await getAddress(address, leave.signal);
  const parts: BlobPart[] = [];
  let bytes = 0;
  try {
    const reader = response.body?.getReader();
    for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
      bytes += next.value.length;
      if (bytes > mostBytes) break;
      parts.push(next.value);
    }
  } catch {
    throw new Problem('UNREADABLE', 'The file ended before its end.', { status: response.status });
  }
  if (bytes > mostBytes) {
    leave.abort();
    throw new Problem(
      'FILE_TOO_LARGE',
      `With a key the page takes files up to ${mostBytes / 2 ** 20} MB: get this one from its address by another program, with the key in a header.`,
    );
  }
  const type = response.headers.get('content-type') ?? '';
  saveFile(new Blob(parts, { type }), nameOf(response, address));
}

function nameOf({ headers }: Response, address: string): string {
  const named = /filename="([^"]+)"/.exec(headers.get('content-disposition') ?? '')?.[1];
  return named ?? new URL(address, location.origin).pathname.split('/').at(-1) ?? 'download';
}

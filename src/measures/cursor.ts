import { createHash } from 'node:crypto';
import { AtlasError } from '../errors.ts';

/** A place in a list of one release. Releases never change, so it stays true when a newer one is out. */
interface Position {
  readonly release: string;
  /** Hash of everything that decides which entries come in which order. */
  readonly list: string;
  readonly offset: number;
}

/** A list of one release, as its arguments make it. */
export interface PagedList {
  readonly release: string;
  readonly list: string;
}

export function pagedList(release: string, kind: string, args: unknown): PagedList {
  const text = JSON.stringify([kind, args]);
  return { release, list: createHash('sha256').update(text).digest('hex').slice(0, 16) };
}

/** Cursor of the entry at the offset: base64url of JSON. It holds no secret and is checked when it comes back. */
export function encodeCursor({ release, list }: PagedList, offset: number): string {
  const position: Position = { release, list, offset };
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** The release a cursor is of, in which its list goes on. */
export function releaseOfCursor(cursor: string): string {
  return decode(cursor).release;
}

/** Where the list continues behind the cursor, if the cursor belongs to it. */
export function offsetAfter(cursor: string | null | undefined, { release, list }: PagedList): number {
  if (cursor === null || cursor === undefined) return 0;
  const position = decode(cursor);
  if (position.release === release && position.list === list) return position.offset + 1;
  throw new AtlasError(
    'CURSOR_INVALID',
    'The cursor is of another list or release: keep every argument but `first` and `after` as it was, or start without it.',
  );
}

function decode(cursor: string): Position {
  try {
    const position = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Partial<Position> | null;
    const { release, list, offset } = position ?? {};
    const isOffset = typeof offset === 'number' && Number.isSafeInteger(offset) && offset >= 0;
    if (typeof release === 'string' && typeof list === 'string' && isOffset) return { release, list, offset };
  } catch {
    // Not JSON: the same answer as any other text that is no cursor.
  }
  throw new AtlasError('CURSOR_INVALID', 'This is no cursor of this server: start without `after`.');
}

import { nameKey, withoutDate, withoutSnapshotMarks } from './names.ts';
import type { Author } from './types.ts';

/**
 * Authors whose names carry the day or the stage of a snapshot of one product (`gpt-4-0613`, `gemini-2.5-pro-exp-03-25`).
 * Elsewhere such a suffix names other weights (`deepseek-r1-0528`, `codestral-2501`) and is never taken off.
 */
const snapshotAuthors: ReadonlySet<string> = new Set(['anthropic', 'google', 'openai', 'qwen', 'x-ai']);

/** `author/name`, with the author looked up; a bare name has no prefix. */
export interface SplitName {
  readonly prefix: string | null;
  readonly author: Author | null;
  readonly name: string;
}

/** Finds authors by their id or by another prefix of theirs. */
export class AuthorIndex {
  readonly #byPrefix = new Map<string, Author>();

  constructor(authors: Iterable<Author>) {
    for (const author of authors) {
      for (const prefix of [author.id, ...author.aliases]) this.#byPrefix.set(prefix, author);
    }
  }

  find(prefix: string): Author | null {
    return this.#byPrefix.get(prefix) ?? null;
  }

  split(name: string): SplitName {
    const slash = name.indexOf('/');
    if (slash <= 0) return { prefix: null, author: null, name };
    const prefix = name.slice(0, slash);
    return { prefix, author: this.find(prefix), name: name.slice(slash + 1) };
  }
}

/** The key of a name under its author: prefixes of one author and spellings of one name meet. */
export function scopedKey({ prefix, author, name }: SplitName): string {
  return `${author?.id ?? prefix ?? ''}/${nameKey(name)}`;
}

/** Whether marks of a snapshot in this author's names may be taken off. */
export function namesSnapshots(authorId: string | null): boolean {
  return authorId !== null && snapshotAuthors.has(authorId);
}

/**
 * The product of which a listed name is a snapshot, as far as `isListed` knows one: its date is taken off, and for
 * authors who name snapshots also the stage and short date, as long as the rest is listed itself.
 */
export function productOf(split: SplitName, isListed: (split: SplitName) => boolean): SplitName {
  let product = { ...split, name: withoutDate(split.name) };
  if (!namesSnapshots(split.author?.id ?? null)) return product;
  for (;;) {
    const shorter = withoutSnapshotMarks(product.name)
      .map((name) => ({ ...product, name }))
      .find(isListed);
    if (shorter === undefined) return product;
    product = shorter;
  }
}

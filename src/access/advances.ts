import { LRUCache } from 'lru-cache';
import type { QuotaSubject } from './quota.ts';

/** More is not taken before it is asked for: others of the same quota could miss it meanwhile. */
const MOST_POINTS = 8;
/** Subjects that are remembered; others get no advance. */
const REMEMBERED = 10_000;

/**
 * How many points the last request of a subject asked for beyond those that any request costs. The next one
 * takes as many along with its admission, so that most requests ask the counter once instead of thrice.
 */
export class Advances {
  readonly #points = new LRUCache<string, number>({ max: REMEMBERED });

  of({ id }: Pick<QuotaSubject, 'id'>): number {
    return this.#points.get(id) ?? 0;
  }

  /** A quota that is used up gets none: what is refused shall cost one operation. */
  remember({ id }: QuotaSubject, points: number): void {
    const advance = Math.min(points, MOST_POINTS);
    if (advance !== this.of({ id })) this.#points.set(id, advance);
  }
}

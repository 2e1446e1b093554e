import { AtlasError } from '../../errors.ts';

/** Objects in lists below lists that one request may ask for: enough for a catalogue with its usage, not for its powers. */
export const nestedObjectsLimit = 50_000;

/**
 * Lists inside lists multiply, and an author's models have authors again. Each nested list says what it is about
 * to answer with, and the request is refused before more is made than is allowed.
 */
export class ObjectBudget {
  #spent = 0;

  spend<T extends readonly unknown[]>(list: T): T {
    this.#spent += list.length;
    if (this.#spent <= nestedObjectsLimit) return list;
    throw new AtlasError(
      'LIMIT_EXCEEDED',
      `The request asks for more than ${nestedObjectsLimit} objects in lists below lists: ask for fewer entities or fewer levels.`,
      { details: { limit: nestedObjectsLimit } },
    );
  }
}

import { AtlasError } from '../errors.ts';
import type { NewKey } from './key-store.ts';
import { quotaClassNames, type Scope } from './scopes.ts';

/** A week: long enough to deploy a new key, short enough to end a lost one. */
export const defaultOverlapSeconds = 7 * 86_400;
export const mostOverlapSeconds = 90 * 86_400;

/** Checks what a key is asked to be, by the command line or by the API. */
export function checkNewKey(asked: {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly datasets: readonly string[];
  readonly quotaClass: string;
  readonly expiresAt?: Date | null;
}): NewKey {
  const name = asked.name.trim();
  if (name.length === 0 || name.length > 100) {
    throw new AtlasError('BAD_ARGUMENT', 'The name of a key says who uses it, in 1 to 100 characters.');
  }
  const quotaClass = quotaClassNames.find((each) => each === asked.quotaClass);
  if (quotaClass === undefined) {
    throw new AtlasError('BAD_ARGUMENT', `The quota of a key is one of ${quotaClassNames.join(', ')}.`);
  }
  return {
    name,
    quotaClass,
    scopes: [...new Set(asked.scopes)],
    datasets: [...new Set(asked.datasets)],
    expiresAt: asked.expiresAt ?? null,
  };
}

export function checkOverlap(seconds: number): number {
  if (Number.isSafeInteger(seconds) && seconds >= 0 && seconds <= mostOverlapSeconds) return seconds;
  throw new AtlasError(
    'LIMIT_EXCEEDED',
    `The overlap is ${seconds} s; 0 to ${mostOverlapSeconds} s (90 days) are allowed.`,
  );
}

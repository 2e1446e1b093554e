import type { QuotaClass, Scope } from './scopes.ts';

/** A key as its owner and administrators may see it: all but what proves it. */
export interface ApiKey {
  readonly id: string;
  readonly environment: string;
  readonly name: string;
  /** First key of its line of rotations. */
  readonly familyId: string;
  readonly scopes: readonly Scope[];
  /** PARTNER data sets that it opens. */
  readonly datasets: readonly string[];
  readonly quotaClass: QuotaClass;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly replacedById: string | null;
  readonly overlapUntil: Date | null;
}

/** Who asks: someone with a key that was found valid, or anyone. */
export interface Viewer {
  readonly key: ApiKey | null;
}

export const anonymous: Viewer = { key: null };

export type KeyState = 'ACTIVE' | 'REPLACED' | 'EXPIRED' | 'REVOKED';

/** REPLACED: still accepted, until its overlap is over. */
export function stateOf(key: ApiKey, now: Date = new Date()): KeyState {
  if (key.revokedAt !== null && key.revokedAt <= now) return 'REVOKED';
  if (key.overlapUntil !== null && key.overlapUntil <= now) return 'REVOKED';
  if (key.expiresAt !== null && key.expiresAt <= now) return 'EXPIRED';
  return key.replacedById === null ? 'ACTIVE' : 'REPLACED';
}

export function hasScope({ key }: Viewer, scope: Scope): boolean {
  return key?.scopes.includes(scope) === true;
}

import type { Scope } from '../../src/access/scopes.ts';
import type { Viewer } from '../../src/access/viewer.ts';

/** Someone with a key, without the key. */
export function viewerWith({
  scopes = [],
  datasets = [],
}: {
  scopes?: Scope[];
  datasets?: string[];
}): Viewer {
  return {
    key: {
      id: 'AAAAAAAAAAA',
      environment: 'live',
      name: 'Example Inc.',
      familyId: 'AAAAAAAAAAA',
      scopes,
      datasets,
      quotaClass: 'STANDARD',
      createdBy: 'cli:tester',
      createdAt: new Date(),
      expiresAt: null,
      lastUsedAt: null,
      revokedAt: null,
      replacedById: null,
      overlapUntil: null,
    },
  };
}

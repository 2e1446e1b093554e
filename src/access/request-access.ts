import type { Database } from '../database/open-database.ts';
import type { Payer } from './request-cost.ts';
import type { Viewer } from './viewer.ts';
import type { Releases } from './visible-releases.ts';

/** With what, as whom and on whose account one request reads aggregate rows. */
export interface RequestAccess {
  readonly database: Database;
  /** As the viewer may see them. */
  readonly releases: Releases;
  readonly viewer: Viewer;
  readonly payer: Payer;
  /** Fires when the client goes away. */
  readonly signal: AbortSignal;
}

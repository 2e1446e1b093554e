import type { Database } from '../database/open-database.ts';
import { ReleaseReader } from '../measures/release-reader.ts';
import { ObjectBudget } from './shared/object-budget.ts';
import { UsageLoaders } from './usage/usage.loader.ts';

/** What lives as long as the server. */
export interface Services {
  readonly database: Database;
  readonly releases: ReleaseReader;
  /** Address that users see, for citations. */
  readonly publicUrl: string;
}

/** What lives as long as one request. */
export interface RequestContext {
  readonly services: Services;
  readonly requestId: string;
  /** Fires when the client goes away. */
  readonly signal: AbortSignal;
  readonly usageLoaders: UsageLoaders;
  readonly objects: ObjectBudget;
}

export function createServices(
  database: Database,
  settings: { defaultDataset: string; publicUrl: string },
): Services {
  return {
    database,
    releases: new ReleaseReader(database.prisma, settings.defaultDataset),
    publicUrl: settings.publicUrl,
  };
}

export function createContext(
  services: Services,
  { requestId, signal }: { requestId: string; signal: AbortSignal },
): RequestContext {
  return {
    services,
    requestId,
    signal,
    usageLoaders: new UsageLoaders(services.database, signal),
    objects: new ObjectBudget(),
  };
}

import type { AccessControl } from '../access/access-control.ts';
import { GuardedPackage } from '../access/guarded-package.ts';
import { GuardedRetention } from '../access/guarded-retention.ts';
import { GuardedUsage } from '../access/guarded-usage.ts';
import { PinnedReleases } from '../access/pinned-releases.ts';
import { type Payer, type RequestCost, unmetered } from '../access/request-cost.ts';
import { anonymous, type Viewer } from '../access/viewer.ts';
import { type Releases, VisibleReleases } from '../access/visible-releases.ts';
import type { Database } from '../database/open-database.ts';
import { readFigures } from '../figures/catalogue.ts';
import type { Figure } from '../figures/figure.ts';
import { CostMaps } from '../measures/cost-map/cost-map-service.ts';
import { ReleaseReader } from '../measures/release-reader.ts';
import { DocumentStore } from '../permalinks/document-store.ts';
import { FigureRuns } from './figures/figure-runs.ts';
import { Permalinks } from './permalink/permalinks.ts';
import { ObjectBudget } from './shared/object-budget.ts';
import { RetentionLoaders } from './retention/retention.loader.ts';
import { UsageLoaders } from './usage/usage.loader.ts';

/** What lives as long as the server. */
export interface Services {
  readonly database: Database;
  /** In a request: as its viewer may see them. */
  readonly releases: Releases;
  /** Null where nobody is asked for a key: tests and benchmarks. */
  readonly access: AccessControl | null;
  readonly figures: readonly Figure[];
  /** Address that users see, for citations. */
  readonly publicUrl: string;
  /** Who publishes the numbers, for citations. */
  readonly publisher: string;
  /** Documents of permanent addresses. */
  readonly documents: DocumentStore;
}

/** What lives as long as one request. */
export interface RequestContext {
  readonly services: Services;
  readonly requestId: string;
  /** Fires when the client goes away. */
  readonly signal: AbortSignal;
  readonly viewer: Viewer;
  /** Null where no quota applies. */
  readonly cost: RequestCost | null;
  /** The way to aggregate rows: checks scopes and takes points. */
  readonly usage: GuardedUsage;
  /** The same to cohorts of users. */
  readonly retention: GuardedRetention;
  /** The same to whole tables of a release. */
  readonly packages: GuardedPackage;
  readonly usageLoaders: UsageLoaders;
  readonly costMaps: CostMaps;
  readonly retentionLoaders: RetentionLoaders;
  readonly objects: ObjectBudget;
  readonly figureRuns: FigureRuns;
  readonly permalinks: Permalinks;
  /** In UTC; null in answers of a permanent address, which are the same on every day. */
  readonly today: string | null;
}

export interface ServiceSettings {
  readonly defaultDataset: string;
  readonly publicUrl: string;
  readonly publisher?: string;
  readonly permalinkStoreBytes?: number;
}

/** Where the settings do not say; .env.example says the same. */
const usualSettings = { publisher: 'Token Atlas', permalinkStoreBytes: 64 * 2 ** 20 };

export function createServices(
  database: Database,
  settings: ServiceSettings,
  access: AccessControl | null = null,
  figures: readonly Figure[] = readFigures(),
): Services {
  const { defaultDataset, publicUrl, publisher, permalinkStoreBytes } = { ...usualSettings, ...settings };
  return {
    database,
    releases: new ReleaseReader(database.prisma, defaultDataset),
    access,
    figures,
    publicUrl,
    publisher,
    documents: new DocumentStore(database, permalinkStoreBytes),
  };
}

/** The services as one viewer may use them. */
export function servicesFor(services: Services, viewer: Viewer): Services {
  return { ...services, releases: new VisibleReleases(services.releases, viewer) };
}

export interface RequestFacts {
  readonly requestId: string;
  readonly signal: AbortSignal;
  readonly viewer?: Viewer;
  readonly cost?: RequestCost;
}

/** What permanent addresses need of the services. */
export function permalinksOf(services: Services) {
  return {
    findDocument: (hash: string) => services.documents.find(hash),
    createContext: async (facts: RequestFacts, ids: readonly string[]): Promise<RequestContext> => {
      const { releases } = servicesFor(services, facts.viewer ?? anonymous);
      return createContext(services, facts, await PinnedReleases.pin(releases, ids));
    },
  };
}

export function createContext(
  shared: Services,
  { requestId, signal, viewer = anonymous, cost }: RequestFacts,
  pinned: PinnedReleases | null = null,
): RequestContext {
  const visible = servicesFor(shared, viewer);
  const services = pinned === null ? visible : { ...visible, releases: pinned };
  const payer: Payer = cost ?? unmetered;
  const request = { database: services.database, releases: services.releases, viewer, payer, signal };
  const usage = new GuardedUsage(request);
  const retention = new GuardedRetention(request);
  return {
    services,
    permalinks: new Permalinks(services, payer),
    today: pinned === null ? new Date().toISOString().slice(0, 10) : null,
    requestId,
    signal,
    viewer,
    cost: cost ?? null,
    usage,
    retention,
    packages: new GuardedPackage(request),
    usageLoaders: new UsageLoaders(usage),
    costMaps: new CostMaps((query) => usage.answer(query)),
    retentionLoaders: new RetentionLoaders(retention),
    objects: new ObjectBudget(),
    figureRuns: new FigureRuns(),
  };
}

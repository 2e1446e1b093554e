import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Database } from '../database/open-database.ts';
import { Authenticator } from './authenticator.ts';
import { KeyService } from './key-service.ts';
import { findPepper } from './pepper.ts';
import { QuotaCounter } from './quota.ts';
import { openRedis } from './redis.ts';
import { UsageRecorder } from './usage-recorder.ts';

export type AccessSettings = Pick<
  Config,
  'keyPepper' | 'databaseUrl' | 'dataDirectory' | 'keyEnvironment' | 'quotas' | 'redisUrl'
>;

/** All that decides who may ask, and how much; one per server. */
export interface AccessControl {
  readonly authenticator: Authenticator;
  readonly counter: QuotaCounter;
  readonly quotas: Config['quotas'];
  readonly keys: KeyService;
  readonly recorder: UsageRecorder;
  /** Writes what was counted, before the database closes. */
  close(): Promise<void>;
}

export async function openAccess(
  database: Database,
  settings: AccessSettings,
  logger: Logger,
): Promise<AccessControl> {
  const keys = new KeyService(database, settings);
  const recorder = new UsageRecorder(database.prisma, (err) => {
    logger.warn({ err }, 'usage of keys could not be written');
  });
  const redis = settings.redisUrl === undefined ? undefined : openRedis(settings.redisUrl, logger);
  if (redis !== undefined) await waitUntilReady(redis);
  let pepper = await findPepper(settings);
  if (pepper === undefined && (await database.prisma.apiKey.count()) > 0) {
    logger.error(
      'There are API keys, and no pepper to prove them: set ATLAS_KEY_PEPPER. All keys are refused.',
    );
  }
  return {
    keys,
    recorder,
    quotas: settings.quotas,
    counter: new QuotaCounter(settings.quotas, redis),
    authenticator: new Authenticator({
      find: (id) => keys.store.find(id),
      environment: settings.keyEnvironment,
      // The first key of an embedded database makes its pepper while the server runs.
      pepper: async () => (pepper ??= await findPepper(settings)),
      onExpired: (key) => recorder.recordExpired(key),
    }),
    close: async () => {
      await recorder.close();
      redis?.disconnect();
    },
  };
}

/** A server that starts while Redis is away serves all the same. */
async function waitUntilReady(redis: Redis): Promise<void> {
  if (redis.status === 'ready') return;
  await new Promise<void>((resolve) => {
    for (const event of ['ready', 'error', 'close']) redis.once(event, () => resolve());
  });
}

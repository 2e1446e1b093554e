import { Redis } from 'ioredis';
import type { Logger } from 'pino';

/**
 * A connection that never makes a request wait for Redis: what can not be asked at once fails, and quotas are
 * counted in memory meanwhile. Outages are logged when they begin and end, not with every request.
 */
export function openRedis(url: string, logger: Logger): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 500,
    connectTimeout: 5_000,
    retryStrategy: (attempt) => Math.min(200 * attempt, 3_000),
  });
  let isAway = false;
  redis.on('error', ({ message }: Error) => {
    if (!isAway) logger.warn({ reason: message }, 'Redis is away: each server counts quotas for itself');
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) logger.info('Redis is back: servers count quotas together');
    isAway = false;
  });
  return redis;
}

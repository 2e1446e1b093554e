import type { Redis } from 'ioredis';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import type { Config } from '../config.ts';
import { Advances } from './advances.ts';
import { clientNetwork } from './client-address.ts';
import type { ApiKey, Viewer } from './viewer.ts';

export type QuotaClassName = keyof Config['quotas']['points'];

/** Whose points are counted, and how many there are. */
export interface QuotaSubject {
  readonly quotaClass: QuotaClassName;
  readonly id: string;
  readonly points: number;
  readonly windowSeconds: number;
  /** Names the policy in headers. */
  readonly label: string;
  /** The policy itself, as in the header `RateLimit-Policy`. */
  readonly policy: string;
}

export interface QuotaState {
  readonly remaining: number;
  readonly resetsAt: Date;
}

/** A key that is looked up again is another object, and so is its subject. */
const subjectsOfKeys = new WeakMap<ApiKey, QuotaSubject>();

/** Keys are counted by their line of rotations, others by network. */
export function quotaSubject(
  { key }: Viewer,
  address: () => string | undefined,
  quotas: Config['quotas'],
): QuotaSubject {
  if (key === null) return subjectOf('ANONYMOUS', `network:${clientNetwork(address())}`, quotas);
  const known = subjectsOfKeys.get(key);
  if (known !== undefined) return known;
  const subject = subjectOf(key.quotaClass, `key:${key.familyId}`, quotas);
  subjectsOfKeys.set(key, subject);
  return subject;
}

function subjectOf(
  quotaClass: QuotaClassName,
  id: string,
  { points: ofClasses, windowSeconds }: Config['quotas'],
): QuotaSubject {
  const points = ofClasses[quotaClass];
  const label = `"${quotaClass.toLowerCase()}"`;
  return { quotaClass, id, points, windowSeconds, label, policy: `${label};q=${points};w=${windowSeconds}` };
}

/**
 * Points spent per window, in memory or in Redis. A window begins with the first request in it. Points are
 * taken before the work and what was not needed is given back, so no two requests can spend the same ones.
 */
export class QuotaCounter {
  readonly advances = new Advances();
  readonly #limiters: Readonly<Record<QuotaClassName, RateLimiterAbstract>>;

  constructor(quotas: Config['quotas'], redis?: Redis) {
    const { windowSeconds } = quotas;
    const limiter = (quotaClass: QuotaClassName): RateLimiterAbstract => {
      const options = {
        keyPrefix: `atlas:quota:${quotaClass}`,
        points: quotas.points[quotaClass],
        duration: windowSeconds,
      };
      const inMemory = new RateLimiterMemory(options);
      if (redis === undefined) return inMemory;
      // While Redis is away each server counts for itself: open to as many quotas as there are servers, but
      // neither closed to everybody nor open without end.
      return new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter: inMemory });
    };
    this.#limiters = {
      ANONYMOUS: limiter('ANONYMOUS'),
      STANDARD: limiter('STANDARD'),
      LARGE: limiter('LARGE'),
    };
  }

  /** Takes points, all or none. */
  async take(subject: QuotaSubject, points: number): Promise<QuotaState & { readonly taken: boolean }> {
    const { taken, ...state } = await this.takeUpTo(subject, points, points);
    return { taken: taken > 0, ...state };
  }

  /** Takes as many points as are left, but `most` at most; none where fewer than `least` are. */
  async takeUpTo(
    subject: QuotaSubject,
    least: number,
    most: number,
  ): Promise<QuotaState & { readonly taken: number }> {
    const limiter = this.#limiters[subject.quotaClass];
    try {
      return { taken: most, ...stateOf(await limiter.consume(subject.id, most)) };
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      // The limiter counts what it refuses. One point more or less past the end changes nothing; more would
      // take from the smaller requests that could still be answered.
      const excess = refused.consumedPoints - limiter.points;
      if (most - excess >= least) {
        await limiter.reward(subject.id, excess);
        return { taken: most - excess, ...stateOf(refused) };
      }
      if (most > 1) return { taken: 0, ...stateOf(await limiter.reward(subject.id, most)) };
      return { taken: 0, ...stateOf(refused) };
    }
  }

  /** Gives back points that were taken and not needed. */
  async giveBack(subject: QuotaSubject, points: number): Promise<void> {
    await this.#limiters[subject.quotaClass].reward(subject.id, points);
  }

  /** Takes points for work that is done already, even beyond the quota. */
  async charge(subject: QuotaSubject, points: number): Promise<void> {
    await this.#limiters[subject.quotaClass].penalty(subject.id, points);
  }
}

function stateOf({ remainingPoints, msBeforeNext }: RateLimiterRes): QuotaState {
  return {
    remaining: Math.max(0, remainingPoints),
    resetsAt: new Date(Date.now() + Math.max(0, msBeforeNext)),
  };
}

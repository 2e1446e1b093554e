import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QuotaCounter, type QuotaSubject, quotaSubject } from '../../src/access/quota.ts';
import { RequestCost } from '../../src/access/request-cost.ts';
import { anonymous } from '../../src/access/viewer.ts';
import { viewerWith } from '../support/viewers.ts';

const quotas = { windowSeconds: 60, points: { ANONYMOUS: 100, STANDARD: 1_000, LARGE: 10_000 } };
const redisUrl = process.env.TEST_REDIS_URL || undefined;

function subject(id = randomBytes(6).toString('hex')): QuotaSubject {
  return {
    quotaClass: 'ANONYMOUS',
    id: `test:${id}`,
    points: 100,
    windowSeconds: 60,
    label: '"anonymous"',
    policy: '"anonymous";q=100;w=60',
  };
}

function describeCounter(name: string, makeCounter: () => QuotaCounter): void {
  describe(`a quota counted ${name}`, () => {
    let counter: QuotaCounter;
    beforeAll(() => void (counter = makeCounter()));

    it('is spent to the last point and no further', async () => {
      const who = subject();
      expect(await counter.take(who, 60)).toMatchObject({ taken: true, remaining: 40 });
      expect(await counter.take(who, 41)).toMatchObject({ taken: false });
      expect(await counter.take(who, 40)).toMatchObject({ taken: true, remaining: 0 });
      expect(await counter.take(who, 1)).toMatchObject({ taken: false, remaining: 0 });
    });

    it('is not overspent by requests that come at once', async () => {
      const who = subject();
      const answers = await Promise.all(Array.from({ length: 50 }, () => counter.take(who, 7)));
      expect(answers.filter(({ taken }) => taken).length * 7).toBeLessThanOrEqual(100);
      expect(answers.filter(({ taken }) => taken).length).toBeGreaterThan(10);
    });

    it('gets back what was taken and not needed', async () => {
      const who = subject();
      const { cost } = await RequestCost.open(counter, who);
      const answer = await cost.pay(
        'a query',
        90,
        async () => 'answer',
        () => 10,
      );
      expect(answer).toBe('answer');
      expect([cost.requested, cost.actual, cost.state.remaining]).toEqual([91, 11, 89]);
      expect(await counter.take(who, 89)).toMatchObject({ taken: true, remaining: 0 });
    });

    it('is enough for one query that costs more, and is then gone', async () => {
      const who = subject();
      const dear = async (cost: RequestCost) =>
        cost.pay(
          'a query',
          5_000,
          async () => 'answer',
          () => 300,
        );
      expect(await dear((await RequestCost.open(counter, who)).cost)).toBe('answer');
      expect((await RequestCost.open(counter, who)).admitted).toBe(false);
      const begun = { ...who, id: `${who.id}:begun` };
      await counter.take(begun, 1);
      await expect(dear((await RequestCost.open(counter, begun)).cost)).rejects.toMatchObject({
        code: 'QUOTA_EXHAUSTED',
      });
    });

    it('keeps what was held for work that failed', async () => {
      const who = subject();
      const { cost } = await RequestCost.open(counter, who);
      const failing = cost.pay(
        'a query',
        50,
        () => Promise.reject(new Error('broken')),
        () => 1,
      );
      await expect(failing).rejects.toThrow('broken');
      expect(await counter.take(who, 50)).toMatchObject({ taken: false });
      expect(await counter.take(who, 49)).toMatchObject({ taken: true });
    });

    describe('of a subject whose last request asked for 5 points', () => {
      async function askFor(who: QuotaSubject, points: number, needed = points) {
        const { cost, admitted } = await RequestCost.open(counter, who);
        if (!admitted) return { answered: false, remaining: cost.state.remaining };
        const done = cost.pay(
          'a query',
          points,
          async () => true,
          () => needed,
        );
        const answered = await done.catch(() => false);
        cost.close();
        return { answered, remaining: cost.state.remaining };
      }

      it('is charged what each request took, whatever was taken in advance', async () => {
        const who = subject();
        await askFor(who, 5);
        expect(counter.advances.of(who)).toBe(5);
        // As much, less, more, less than it asked for, and nothing at all.
        expect(await askFor(who, 5)).toEqual({ answered: true, remaining: 88 });
        expect(await askFor(who, 2)).toEqual({ answered: true, remaining: 85 });
        expect(await askFor(who, 9)).toEqual({ answered: true, remaining: 75 });
        expect(await askFor(who, 30, 3)).toEqual({ answered: true, remaining: 71 });
        const { cost } = await RequestCost.open(counter, who);
        expect(cost.state.remaining).toBe(70);
        cost.close();
        cost.close();
        expect(await counter.take(who, 70)).toMatchObject({ taken: true, remaining: 0 });
      });

      it('goes to the last point, and is refused from there on in one operation', async () => {
        const who = subject();
        await askFor(who, 5);
        await counter.take(who, 90);
        // Four are left: enough to be admitted, not for another five.
        expect(await askFor(who, 5)).toEqual({ answered: false, remaining: 3 });
        expect(counter.advances.of(who)).toBe(0);
        expect(await askFor(who, 2)).toEqual({ answered: true, remaining: 0 });
        expect((await RequestCost.open(counter, who)).admitted).toBe(false);
      });

      it('is not overspent by requests that come at once', async () => {
        const who = subject();
        await askFor(who, 5);
        const answers = await Promise.all(Array.from({ length: 50 }, () => askFor(who, 5)));
        const answered = answers.filter((answer) => answer.answered).length;
        expect(6 + 6 * answered).toBeLessThanOrEqual(100);
        expect(answered).toBeGreaterThan(10);
      });
    });

    it('says what was asked, what is left, and until when', async () => {
      const who = subject();
      const { cost } = await RequestCost.open(counter, who);
      await cost.pay(
        'a query',
        95,
        async () => 1,
        () => 95,
      );
      const refused = cost.pay(
        'usage by MODEL',
        20,
        async () => 1,
        () => 1,
      );
      await expect(refused).rejects.toThrow(
        /usage by MODEL may cost 20 points, and 4 of 100 per 60 s are left: wait \d+ s/,
      );
    });
  });
}

describeCounter('in memory', () => new QuotaCounter(quotas));

if (redisUrl !== undefined) {
  const redis = new Redis(redisUrl);
  afterAll(() => redis.quit());
  describeCounter('in Redis', () => new QuotaCounter(quotas, redis));

  it('is one for two servers on one Redis', async () => {
    const [one, other] = [new QuotaCounter(quotas, redis), new QuotaCounter(quotas, redis)];
    const who = subject();
    const answers = await Promise.all(
      Array.from({ length: 150 }, (_, index) => (index % 2 === 0 ? one : other).take(who, 1)),
    );
    expect(answers.filter(({ taken }) => taken)).toHaveLength(100);
  });
}

it('is counted by each server for itself while Redis is away', async () => {
  const away = new Redis('redis://127.0.0.1:1', {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    lazyConnect: true,
  });
  away.on('error', () => undefined);
  const counter = new QuotaCounter(quotas, away);
  const who = subject();
  expect(await counter.take(who, 100)).toMatchObject({ taken: true, remaining: 0 });
  expect(await counter.take(who, 1)).toMatchObject({ taken: false });
  away.disconnect();
});

describe('who a quota is counted by', () => {
  it('is the network without a key, and the line of rotations with one', () => {
    expect(quotaSubject(anonymous, () => '2001:db8::1', quotas)).toMatchObject({
      quotaClass: 'ANONYMOUS',
      id: 'network:2001:db8::/64',
      points: 100,
    });
    expect(quotaSubject(viewerWith({}), () => '2001:db8::1', quotas)).toMatchObject({
      quotaClass: 'STANDARD',
      id: 'key:AAAAAAAAAAA',
      points: 1_000,
    });
  });
});

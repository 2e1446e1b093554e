import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalGeneration,
  contentHashOf,
  keyOfContent,
  keyOfDayAndModel,
  keyOfId,
  type StoredGeneration,
} from '../../src/events/identity.ts';
import { atlasRow, csvOf, ndjsonOf, readAll, temporaryFile } from './support.ts';

const name = fc.stringMatching(/^[ -~]{1,20}$/);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const count = fc.nat(1_000_000);

const generation: fc.Arbitrary<StoredGeneration> = fc.record({
  createdAt: fc.constantFrom('2026-01-01 00:00:00.000', '2026-01-01 00:00:00.001'),
  user: maybe(fc.stringMatching(/^[0-9a-f]{32}$/)),
  model: name,
  provider: maybe(name),
  app: maybe(name),
  country: maybe(fc.constantFrom('DE', 'FR')),
  language: maybe(fc.constantFrom('de', 'fr')),
  promptTokens: count,
  completionTokens: count,
  reasoningTokens: maybe(count),
  cachedTokens: maybe(count),
  spendUsd: maybe(fc.constantFrom('0', '0.1')),
  byok: maybe(fc.boolean()),
  streamed: maybe(fc.boolean()),
  cancelled: maybe(fc.boolean()),
  finishReason: maybe(fc.constantFrom('stop' as const, 'length' as const)),
  finishReasonRaw: maybe(name),
  toolsOffered: maybe(fc.boolean()),
  toolsCalled: maybe(fc.boolean()),
  latencyMs: maybe(count),
  timeToFirstTokenMs: maybe(count),
  variant: maybe(name),
});

describe('the content of a generation', () => {
  it('differs whenever one value differs, missing and zero and false being three values', () => {
    fc.assert(
      fc.property(generation, generation, (left, right) => {
        const same = Object.entries(left).every(
          ([field, value]) => value === right[field as keyof StoredGeneration],
        );
        expect(canonicalGeneration(left) === canonicalGeneration(right)).toBe(same);
      }),
    );
    fc.assert(
      fc.property(generation, fc.nat(), (values, choice) => {
        const fields = Object.keys(values) as (keyof StoredGeneration)[];
        const field = fields[choice % fields.length]!;
        const changed = { ...values, [field]: values[field] === null ? 0 : null };
        expect(contentHashOf(canonicalGeneration(changed))).not.toBe(
          contentHashOf(canonicalGeneration(values)),
        );
      }),
    );
  });

  it('does not depend on the order in which the values were set', () => {
    fc.assert(
      fc.property(generation, (values) => {
        const reversed = Object.fromEntries(Object.entries(values).reverse()) as unknown as StoredGeneration;
        expect(canonicalGeneration(reversed)).toBe(canonicalGeneration(values));
      }),
    );
  });
});

describe('keys', () => {
  it('are 32 hex digits, and those of ids, contents and feed rows never meet', () => {
    fc.assert(
      fc.property(name, name, (left, right) => {
        const keys = [keyOfId(left), keyOfContent(left), keyOfDayAndModel(left, right)];
        for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/);
        expect(new Set(keys).size).toBe(3);
      }),
    );
  });

  it('stay as they are: events stored by an earlier version must be found again', () => {
    expect(keyOfId('gen-1')).toBe('2df666fc1ba17d31dc03edbd05e3358f');
    expect(keyOfDayAndModel('2026-05-24', 'openai/gpt-4o')).toBe('f73a0fd19f2e38748f7109c25803e832');
  });
});

describe('the identity of a row that was read', () => {
  it('is the same in CSV and NDJSON, today and tomorrow', async () => {
    const csv = await readAll(await temporaryFile('a.csv', csvOf([atlasRow])));
    const ndjson = await readAll(await temporaryFile('b.ndjson', ndjsonOf([atlasRow])), {
      now: new Date('2027-01-01T00:00:00Z'),
    });
    expect(csv.generations[0]).toEqual({ ...ndjson.generations[0], line: 2 });
    expect(csv.generations[0]?.key).toBe(keyOfId('gen-1'));
  });

  it('is that of the id alone where there is one: a changed row keeps its key and changes its hash', async () => {
    const rows = [atlasRow, { ...atlasRow, completion_tokens: 301 }];
    const { generations } = await readAll(await temporaryFile('a.csv', csvOf(rows)));
    expect(generations[0]?.key).toBe(generations[1]?.key);
    expect(generations[0]?.contentHash).not.toBe(generations[1]?.contentHash);
    expect(generations.map((row) => row.distinctRepeats)).toEqual([false, false]);
  });

  it('is that of the content where there is none: equal rows share a key, and are marked as separate events', async () => {
    const { id: _, ...withoutId } = atlasRow;
    const rows = [withoutId, { ...withoutId, user: 'bob' }, withoutId];
    const { generations } = await readAll(await temporaryFile('a.csv', csvOf(rows)));
    const [first, second, third] = generations;
    expect(first?.key).toBe(third?.key);
    expect(first?.key).not.toBe(second?.key);
    expect(generations.map((row) => row.distinctRepeats)).toEqual([true, true, true]);
  });

  it('is found row by row where some ids are missing', async () => {
    const { generations } = await readAll(
      await temporaryFile('a.csv', csvOf([atlasRow, { ...atlasRow, id: '' }])),
    );
    expect(generations.map((row) => row.distinctRepeats)).toEqual([false, true]);
  });
});

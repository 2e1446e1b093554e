import { beforeAll, expect, it, vi } from 'vitest';
import { askerOf, type Asker } from '../support/ask.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { seedRelease } from '../support/seed-release.ts';
import { fixtureGenerations } from '../support/serving-fixture.ts';

// What CONTRIBUTING promises: a measure is one entry in the list, and all else follows from it.
vi.mock(import('../../src/measures/measure-list.ts'), async (original) => {
  const list = await original();
  const measure = {
    name: 'CACHED_SHARE_OF_PROMPT',
    field: 'cachedShareOfPrompt',
    description: 'Cached tokens ÷ prompt tokens.',
    unit: 'tokens per request',
    type: 'FLOAT',
    kind: 'RATIO',
    columns: ['cached_tokens', 'prompt_tokens'],
    factor: 1,
    coverage: 'cachedTokens',
  } as const;
  // The list's own type is that of its literal entries, to which the test adds one.
  return { ...list, measures: [...list.measures, measure] as unknown as typeof list.measures };
});

const generations = fixtureGenerations(300);

describeOnEachDatabase('a measure added to the list', (open) => {
  let asker: Asker;

  beforeAll(async () => {
    const database = await open();
    await seedRelease(database.pool, generations);
    asker = askerOf(database);
  });

  it('is a field of rows, computed from its columns', async () => {
    const { data } = await asker.ask('{ usage { rows { cachedShareOfPrompt } } }');
    const cached = generations.reduce((sum, each) => sum + (each.cachedTokens ?? 0), 0);
    const prompt = generations.reduce((sum, each) => sum + each.promptTokens, 0);
    const { rows } = data.usage as unknown as { rows: { cachedShareOfPrompt: number }[] };
    expect(rows[0]?.cachedShareOfPrompt).toBeCloseTo(cached / prompt, 12);
  });

  it('can be ranked and ordered by, and compared', async () => {
    const { errors, data } = await asker.ask(`{
      usage(groupBy: [MODEL], top: { by: CACHED_SHARE_OF_PROMPT, count: 2 },
            orderBy: [{ by: CACHED_SHARE_OF_PROMPT }], compareTo: PREVIOUS_YEAR) {
        rows { others base { cachedShareOfPrompt } change { cachedShareOfPrompt } }
      }
    }`);
    expect(errors).toEqual([]);
    expect((data.usage as unknown as { rows: unknown[] }).rows).toHaveLength(3);
  });

  it('is in the metadata of the data set', async () => {
    const { data } = await asker.ask('{ dataset { measures { name field unit covered } } }');
    const { measures } = data.dataset as unknown as { measures: { field: string }[] };
    expect(measures.find(({ field }) => field === 'cachedShareOfPrompt')).toEqual({
      name: 'CACHED_SHARE_OF_PROMPT',
      field: 'cachedShareOfPrompt',
      unit: 'tokens per request',
      covered: true,
    });
  });
});

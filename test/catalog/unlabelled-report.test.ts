import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { resolveModel, unlabelledReport } from '../../src/catalog/index.ts';

const rankings = (
  parse(readFileSync(new URL('../../datasets/openrouter-rankings/rankings_daily.csv', import.meta.url)), {
    columns: true,
  }) as Record<string, string>[]
).map((row) => ({ rawName: row['model_permaslug'] ?? '', tokens: Number(row['total_tokens']) }));

it('labels at least 97 % of the named tokens of the shipped rankings', () => {
  const { labelledShare, namedTokens, unlabelled } = unlabelledReport(rankings);
  const other = rankings.filter(({ rawName }) => rawName === 'other');
  const all = rankings.reduce((sum, { tokens }) => sum + tokens, 0);
  expect(namedTokens).toBe(all - other.reduce((sum, { tokens }) => sum + tokens, 0));
  expect(labelledShare).toBeGreaterThan(0.97);
  expect(unlabelled.map(({ rawName }) => rawName)).not.toContain('other');
});

it('knows the model of every name in the shipped rankings', () => {
  const unknown = new Set(
    rankings.map(({ rawName }) => resolveModel(rawName).modelId).filter((id) => id.startsWith('unlabelled/')),
  );
  expect([...unknown]).toEqual([]);
});

it('adds up a name, leaves the rest out of the base and says what is missing, most tokens first', () => {
  const report = unlabelledReport([
    { rawName: 'openai/gpt-4o', tokens: 50 },
    { rawName: 'secret-model', tokens: 10 },
    { rawName: 'qwen/qwen9-max', tokens: 15 },
    { rawName: 'secret-model', tokens: 10 },
    { rawName: 'openai/gpt-4o:free', tokens: 15 },
    { rawName: 'other', tokens: 1000 },
  ]);
  expect(report).toEqual({
    namedTokens: 100,
    labelledTokens: 65,
    labelledShare: 0.65,
    unlabelled: [
      {
        rawName: 'secret-model',
        modelId: 'unlabelled/secret-model',
        tokens: 20,
        share: 0.2,
        missing: ['author', 'source', 'origin', 'size', 'reasoning'],
      },
      {
        rawName: 'qwen/qwen9-max',
        modelId: 'qwen/qwen9-max',
        tokens: 15,
        share: 0.15,
        missing: ['source', 'size', 'reasoning'],
      },
    ],
  });
});

it('has no share of nothing', () => {
  expect(unlabelledReport([{ rawName: 'other', tokens: 5 }])).toEqual({
    namedTokens: 0,
    labelledTokens: 0,
    labelledShare: null,
    unlabelled: [],
  });
});

import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { fixture, readAll, temporaryFile } from '../support.ts';

const real = fixture('openrouter-activity-66-rows.csv');

describe('an OpenRouter activity export of 24 columns', () => {
  it('is read whole', async () => {
    const { format, generations, refused, ignoredColumns } = await readAll(real);
    expect(format.id).toBe('openrouter-activity-csv');
    expect(refused).toEqual([]);
    expect(generations).toHaveLength(66);
    // Summed over the columns of the file by another program.
    expect(sum(generations.map((row) => row.promptTokens + row.completionTokens))).toBe(8_935_443);
    expect(sum(generations.map((row) => Math.round(Number(row.spendUsd) * 1e6)))).toBe(263_708);
    expect(new Set(generations.map((row) => row.key)).size).toBe(66);
    expect(ignoredColumns).toEqual([
      'cost_web_search',
      'cost_cache',
      'cost_file_processing',
      'api_key_disabled',
      'api_key_name',
    ]);
  });

  it('gives each field of a row', async () => {
    const { generations } = await readAll(real);
    expect(generations[1]).toMatchObject({
      line: 3,
      createdAt: '2026-09-15 02:49:53.824',
      user: null,
      model: 'deepseek/deepseek-v4-flash-20260731',
      provider: 'Relace',
      app: 'Hermes Agent',
      country: null,
      promptTokens: 188687,
      completionTokens: 215,
      reasoningTokens: 177,
      cachedTokens: 0,
      spendUsd: '0.011347',
      byok: false,
      streamed: true,
      cancelled: false,
      finishReason: 'tool_calls',
      finishReasonRaw: 'tool_calls',
      toolsOffered: null,
      latencyMs: 12347,
      timeToFirstTokenMs: 7962,
      variant: null,
      distinctRepeats: false,
    });
    expect(
      generations.some((row) => row.finishReason === 'stop' && row.finishReasonRaw === 'completed'),
    ).toBe(true);
  });

  it('gives the same rows without the two columns that older exports lack', async () => {
    const lines = (await readFile(real, 'utf8')).trimEnd().split('\n');
    const dropped = ['tokens_cached', 'api_key_disabled'].map((name) => lines[0]!.split(',').indexOf(name));
    const narrow = lines.map((line) =>
      line
        .split(',')
        .filter((_, index) => !dropped.includes(index))
        .join(','),
    );
    expect(narrow[0]!.split(',')).toHaveLength(22);
    const older = await readAll(await temporaryFile('older.csv', narrow.join('\n')));
    const newer = await readAll(real);
    expect(older.refused).toEqual([]);
    expect(older.generations.map(({ cachedTokens: _, contentHash: __, ...row }) => row)).toEqual(
      newer.generations.map(({ cachedTokens: _, contentHash: __, ...row }) => row),
    );
    expect(older.generations.every((row) => row.cachedTokens === null)).toBe(true);
  });

  it('tells requests under a key of one’s own by what that key paid, and keeps variants but the standard one', async () => {
    const header = 'created_at,model_permaslug,tokens_prompt,tokens_completion,byok_usage_inference,variant';
    const lines = ['0.002,free', '0,standard', ',nitro', 'x,free'];
    const content = [header, ...lines.map((line) => `2026-09-15 02:50:11.806,m,1,1,${line}`)].join('\n');
    const { generations, refused } = await readAll(await temporaryFile('a.csv', content));
    expect(generations.map(({ byok, variant }) => [byok, variant])).toEqual([
      [true, 'free'],
      [false, null],
      [null, 'nitro'],
    ]);
    expect(refused).toMatchObject([{ line: 5, field: 'byok_usage_inference', code: 'NOT_ALLOWED' }]);
  });
});

describe('an export whose owner removed most columns', () => {
  const stripped = fixture('openrouter-activity-stripped-cut.csv');

  it('is refused with a way out', async () => {
    await expect(readAll(stripped)).rejects.toMatchObject({
      code: 'FORMAT_UNKNOWN',
      message: expect.stringMatching(/openrouter-activity-csv lacks created_at[^]*--set column=value/),
    });
    await expect(readAll(stripped, { format: 'openrouter-activity-csv' })).rejects.toMatchObject({
      code: 'COLUMNS_MISSING',
      message: expect.stringMatching(/stripped-cut\.csv: .*created_at.*--set/),
      details: { missing: ['created_at'] },
    });
  });

  it('is read with the missing column given, every row an event of its own', async () => {
    const { generations, refused } = await readAll(stripped, { constants: { created_at: '2026-06-26' } });
    expect(refused).toEqual([]);
    expect(generations).toHaveLength(20);
    expect(generations[0]).toMatchObject({
      createdAt: '2026-06-26 00:00:00.000',
      model: 'google/gemma-4-31b-it-20260402',
      spendUsd: '0.000242',
      latencyMs: 4852,
      timeToFirstTokenMs: 770,
      cancelled: null,
      distinctRepeats: true,
    });
  });
});

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

import { describe, expect, it } from 'vitest';
import { readAll, temporaryFile } from '../support.ts';

const rows = [
  { date: '2026-05-11', model_permaslug: 'openai/gpt-4o-2024-05-13', total_tokens: '1990781795145' },
  { date: '2026-05-11', model_permaslug: 'openai/gpt-4o-2024-05-13:free', total_tokens: '9876543' },
  { date: '2026-05-11', model_permaslug: 'other', total_tokens: '0' },
];
const csv = ['date,model_permaslug,total_tokens', ...rows.map((row) => Object.values(row).join(','))].join(
  '\n',
);

describe('OpenRouter’s daily rankings', () => {
  it('are read from CSV', async () => {
    const { format, feed } = await readAll(await temporaryFile('rankings.csv', csv));
    expect(format).toMatchObject({ id: 'openrouter-rankings-daily', kind: 'usage_feed' });
    expect(feed).toMatchObject([
      { line: 2, day: '2026-05-11', model: 'openai/gpt-4o-2024-05-13', totalTokens: 1_990_781_795_145 },
      { line: 3, model: 'openai/gpt-4o-2024-05-13:free', totalTokens: 9_876_543 },
      { line: 4, model: 'other', totalTokens: 0 },
    ]);
  });

  it('are the same from the answer of the API, numbered by record', async () => {
    const meta = { as_of: '2026-05-12T02:00:00.000Z', version: 'v1' };
    const json = await readAll(await temporaryFile('answer.json', JSON.stringify({ data: rows, meta })));
    const { feed } = await readAll(await temporaryFile('rankings.csv', csv));
    expect(json.feed).toEqual(feed.map((row) => ({ ...row, line: row.line - 1 })));
  });

  it('have one total per model and day: another one contradicts it', async () => {
    const more = [...rows, { ...rows[0], total_tokens: '5' }, { ...rows[0], date: '2026-05-12' }];
    const { feed } = await readAll(await temporaryFile('answer.json', JSON.stringify(more)));
    expect(feed[3]?.key).toBe(feed[0]?.key);
    expect(feed[3]?.contentHash).not.toBe(feed[0]?.contentHash);
    expect(feed[4]?.key).not.toBe(feed[0]?.key);
    expect(feed.every((row) => !row.distinctRepeats)).toBe(true);
  });

  it.each([
    ['', 'openai/gpt-4o', '1', 'date', 'MISSING'],
    ['2026-02-30', 'openai/gpt-4o', '1', 'date', 'NOT_A_TIME'],
    ['2019-12-31', 'openai/gpt-4o', '1', 'date', 'OUT_OF_RANGE'],
    ['2026-10-03', 'openai/gpt-4o', '1', 'date', 'OUT_OF_RANGE'],
    ['2026-05-11', '', '1', 'model_permaslug', 'MISSING'],
    ['2026-05-11', 'openai/gpt-4o', '-1', 'total_tokens', 'OUT_OF_RANGE'],
    ['2026-05-11', 'openai/gpt-4o', '1.5', 'total_tokens', 'NOT_A_NUMBER'],
    ['2026-05-11', 'openai/gpt-4o', '9007199254740992', 'total_tokens', 'OUT_OF_RANGE'],
  ])('are refused with %s, %s, %s', async (date, model, tokens, field, code) => {
    const content = `date,model_permaslug,total_tokens\n${date},${model},${tokens}\n`;
    const { rows: read } = await readAll(await temporaryFile('rankings.csv', content));
    expect(read).toMatchObject([{ kind: 'refused', line: 2, field, code }]);
  });
});

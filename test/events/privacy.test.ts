import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { logFormats } from '../../src/events/formats/index.ts';
import { readColumns } from '../../src/events/formats/log-format.ts';
import { atlasRow, csvOf, ndjsonOf, readAll, temporaryFile } from './support.ts';

const secret = 'TOP SECRET';
const textColumns = [
  'prompt',
  'messages',
  'response',
  'input',
  'output',
  'content',
  'completion',
  'request_body',
  'response_body',
  'proxy_server_request',
  'system_prompt',
  'reasoning',
];

const text = Object.fromEntries(textColumns.map((column) => [column, `${secret} in ${column}`]));
const withText = { ...text, ...atlasRow };

function parquetOf(row: Record<string, unknown>): Uint8Array {
  const columnData = Object.entries(row).map(([name, value]) => ({
    name,
    data: [String(value)],
    type: 'STRING' as const,
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

describe('what was asked and answered', () => {
  it.each([
    ['CSV', 'log.csv', csvOf([withText])],
    ['NDJSON', 'log.ndjson', ndjsonOf([{ ...withText, messages: [{ role: 'user', content: secret }] }])],
    ['JSON', 'log.json', JSON.stringify([withText])],
    ['Parquet', 'log.parquet', parquetOf(withText)],
  ])('in columns of a %s file reaches no output', async (_, name, content) => {
    const { rows, generations, ignoredColumns } = await readAll(await temporaryFile(name, content));
    expect(generations).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(ignoredColumns).toEqual(expect.arrayContaining(textColumns));
  });

  it.each([
    ['a malformed CSV line', 'log.csv', `${csvOf([withText])}${secret},"${secret}\n`],
    ['a malformed NDJSON line', 'log.ndjson', `${ndjsonOf([withText])}{"prompt": "${secret}\n`],
    [
      'a value in the wrong column',
      'log.csv',
      csvOf(Object.keys(atlasRow).map((column) => ({ ...atlasRow, [column]: `${secret}\n` }))),
    ],
  ])('is not repeated where %s is refused', async (_, name, content) => {
    const { refused } = await readAll(await temporaryFile(name, content));
    expect(refused.length).toBeGreaterThan(0);
    expect(JSON.stringify(refused)).not.toContain(secret);
  });

  it('is not repeated by the error of a file that can not be read', async () => {
    for (const [name, content] of [
      ['document.json', `[{"prompt": "${secret}`],
      ['without-header.csv', `${secret},${secret} again\n`],
      ['lines.ndjson', `{"prompt": "${secret}\n`],
      ['header.csv', `created_at,"${secret}"x\n`],
    ] as const) {
      const file = await temporaryFile(name, content);
      await expect(readAll(file)).rejects.toSatisfy((error) => {
        const { message, details, cause } = error as { message: string; details: unknown; cause?: unknown };
        return !`${message} ${JSON.stringify(details)} ${String(cause)}`.includes(secret);
      });
    }
  });

  it('has no column that any format reads', () => {
    for (const format of logFormats) {
      expect(readColumns(format).filter((column) => textColumns.includes(column))).toEqual([]);
    }
  });
});

describe('users', () => {
  it('leave only as pseudonyms, also where their rows are refused', async () => {
    const users = ['ada@example.org', 'user-42', '+49 170 1234567'];
    const rows = users.flatMap((user) => [
      { ...atlasRow, user, id: `${user} gen` },
      { ...atlasRow, user, model: '' },
      { ...atlasRow, user: `${user}\u0007` },
      { ...atlasRow, country: user, created_at: user },
    ]);
    const read = await readAll(await temporaryFile('log.ndjson', ndjsonOf(rows)));
    expect(read.generations).toHaveLength(3);
    expect(read.refused).toHaveLength(9);
    for (const user of users) expect(JSON.stringify(read.rows)).not.toContain(user);
  });

  it('have one pseudonym over files and formats', async () => {
    const one = await readAll(await temporaryFile('a.ndjson', ndjsonOf([{ ...atlasRow, user: 'ada' }])));
    const other = await readAll(
      await temporaryFile(
        'b.csv',
        'created_at,model_permaslug,tokens_prompt,tokens_completion,user\n2026-01-01,m,1,1, ada\n',
      ),
    );
    expect(one.generations[0]?.user).toBe(other.generations[0]?.user);
  });
});

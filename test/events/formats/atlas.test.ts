import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer, type BasicType } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { atlasRow, csvOf, ndjsonOf, readAll, temporaryFile } from '../support.ts';

const rows = [
  atlasRow,
  { ...atlasRow, id: 'gen-2', user: 'bob', app: 'a "quoted", name', reasoning_tokens: null, spend_usd: null },
  { ...atlasRow, id: 'gen-3', created_at: '2026-09-15T00:00:00.000Z', variant: null, tools_called: true },
];

function parquet(): Uint8Array {
  const typeOf = (column: string): BasicType => {
    if (column === 'created_at') return 'TIMESTAMP';
    const value = atlasRow[column as keyof typeof atlasRow];
    if (typeof value === 'boolean') return 'BOOLEAN';
    return typeof value === 'number' ? 'INT64' : 'STRING';
  };
  const columnData = Object.keys(atlasRow).map((name) => {
    const type = typeOf(name);
    const data = rows.map((row) => {
      const value = row[name as keyof typeof atlasRow];
      if (value === null) return null;
      if (type === 'TIMESTAMP') return new Date(String(value));
      return type === 'INT64' ? BigInt(value) : value;
    });
    return { name, data, type };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 2 }));
}

describe('the project’s own format', () => {
  it.each([
    ['a.csv', csvOf(rows), 2],
    ['a.csv.gz', gzipSync(csvOf(rows)), 2],
    ['a.csv', `\ufeff${csvOf(rows).replaceAll('\n', '\r\n')}`, 2],
    ['a.ndjson', ndjsonOf(rows), 1],
    ['a.jsonl.gz', gzipSync(ndjsonOf(rows)), 1],
    ['a.json', JSON.stringify(rows, null, 2), 1],
    ['a.json.gz', gzipSync(JSON.stringify(rows)), 1],
    ['a.parquet', parquet(), 1],
    // The content decides, not the name.
    ['a.log', gzipSync(ndjsonOf(rows)), 1],
    ['a.json', ndjsonOf(rows), 1],
    ['a.csv', parquet(), 1],
  ])('gives the same events from %s', async (name, content, firstLine) => {
    const reading = await readAll(await temporaryFile(name, content));
    const reference = await readAll(await temporaryFile('reference.ndjson', ndjsonOf(rows)));
    expect(reading.format.id).toBe('atlas');
    expect(reading.refused).toEqual([]);
    expect(reading.generations).toHaveLength(3);
    expect(reading.generations).toEqual(
      reference.generations.map((row, index) => ({ ...row, line: firstLine + index })),
    );
  });

  it('is read from its four required columns alone', async () => {
    const content = 'created_at,model,prompt_tokens,completion_tokens\n1789440611,m,1,2\n';
    const { generations } = await readAll(await temporaryFile('a.csv', content));
    expect(generations[0]).toMatchObject({ createdAt: '2026-09-15 02:50:11.000', model: 'm', user: null });
  });
});

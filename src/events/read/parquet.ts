import {
  asyncBufferFromFile,
  parquetMetadataAsync,
  parquetScan,
  parquetSchema,
  type AsyncBuffer,
  type DecodedArray,
  type FileMetaData,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { unreadable, type FileHead } from './file-head.ts';
import { batchSize, type ReadRow, type RecordSource } from './record-source.ts';

// A row group is decoded as a whole; this bounds the memory, at a usual group a hundredth of it.
const maximumGroupBytes = 1_073_741_824;

/** Opens a Parquet file of any compression. Read by row group and wanted column; rows are numbered from 1. */
export async function openParquet(head: FileHead): Promise<RecordSource> {
  const file = await asyncBufferFromFile(head.path);
  const metadata = await readMetadata(head.path, file);
  const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
  return {
    container: 'parquet',
    columns,
    async *rows(wanted, { onProgress, signal }) {
      const present = columns.filter((column) => wanted.includes(column));
      refuseLargeGroups(head.path, metadata, present);
      const scan = await parquetScan({ file, metadata, columns: present, compressors });
      const rowsTotal = Number(metadata.num_rows);
      for (const { rowStart, rowEnd } of scan.ranges) {
        const data = await Promise.all(
          present.map((column) => scan.readColumn({ column, rowStart, rowEnd })),
        ).catch(() => {
          throw damaged(head.path);
        });
        for (let start = 0; start < rowEnd - rowStart; start += batchSize) {
          signal?.throwIfAborted();
          const end = Math.min(start + batchSize, rowEnd - rowStart);
          onProgress?.(Math.floor((head.bytesTotal * (rowStart + end)) / rowsTotal), head.bytesTotal);
          yield rowBatch(present, data, rowStart, start, end);
        }
      }
    },
  };
}

async function readMetadata(path: string, file: AsyncBuffer): Promise<FileMetaData> {
  try {
    return await parquetMetadataAsync(file);
  } catch {
    throw unreadable(path, 'is a Parquet file without a readable footer: it is damaged or cut off');
  }
}

function damaged(path: string): Error {
  return unreadable(path, 'is a damaged Parquet file');
}

function refuseLargeGroups(
  path: string,
  { row_groups: groups }: FileMetaData,
  columns: readonly string[],
): void {
  for (const group of groups) {
    const bytes = group.columns
      .filter(({ meta_data: column }) => columns.includes(column?.path_in_schema[0] ?? ''))
      .reduce((sum, { meta_data: column }) => sum + Number(column?.total_uncompressed_size ?? 0), 0);
    if (bytes <= maximumGroupBytes) continue;
    throw unreadable(
      path,
      `has a row group of more than ${maximumGroupBytes / 2 ** 20} MiB in the columns read: write smaller row groups`,
    );
  }
}

function rowBatch(
  columns: readonly string[],
  data: readonly DecodedArray[],
  rowStart: number,
  start: number,
  end: number,
): ReadRow[] {
  const rows: ReadRow[] = [];
  for (let index = start; index < end; index += 1) {
    const values: Record<string, unknown> = {};
    columns.forEach((column, position) => {
      values[column] = data[position]?.[index];
    });
    rows.push({ line: rowStart + index + 1, values });
  }
  return rows;
}

import { DuckDBInstance } from '@duckdb/node-api';

export type Json = Record<string, unknown>;

/** SQL over the files of a package, in whose directory paths begin. */
export async function askDuck(directory: string, statement: string): Promise<Json[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run(`SET file_search_path = '${directory}'`);
    return (await connection.runAndReadAll(statement)).getRowObjectsJson() as Json[];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Every cell as the file has it; null where it is empty. */
export function readAll(directory: string, table: string): Promise<Json[]> {
  return askDuck(directory, `SELECT * FROM read_csv('data/${table}.csv', header = true, all_varchar = true)`);
}

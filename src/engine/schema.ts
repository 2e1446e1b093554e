import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { AtlasError } from '../errors.ts';
import type { Engine } from './engine.ts';

const directory = path.join(import.meta.dirname, 'schema');

/**
 * Brings the engine's tables to this version of the program by the files of `schema/`, in the order of their
 * numbers. Each is applied once, and again where the process died half-way: its statements are safe to repeat.
 */
export async function migrateEngine(engine: Engine): Promise<void> {
  await engine.command(
    'schema_versions.create',
    `CREATE TABLE IF NOT EXISTS schema_versions (version UInt32, name String, applied_at DateTime64(3, 'UTC'))
     ENGINE = MergeTree ORDER BY version SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
  );
  const applied = await engine.rows<{ version: number }>(
    'schema_versions.read',
    'SELECT version FROM schema_versions ORDER BY version',
  );
  const steps = await readSteps();
  const current = applied.at(-1)?.version ?? 0;
  const known = steps.at(-1)?.version ?? 0;
  if (current > known) {
    throw new AtlasError(
      'SCHEMA_TOO_NEW',
      `The event engine's tables have version ${current}; this program knows ${known}. Use a newer program.`,
    );
  }
  for (const step of steps.filter(({ version }) => version > current)) await applyStep(engine, step);
}

interface SchemaStep {
  version: number;
  name: string;
}

async function readSteps(): Promise<SchemaStep[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort();
  return files.map((file) => ({ version: Number.parseInt(file, 10), name: path.basename(file, '.sql') }));
}

async function applyStep(engine: Engine, { version, name }: SchemaStep): Promise<void> {
  const text = await readFile(path.join(directory, `${name}.sql`), 'utf8');
  for (const statement of splitStatements(text)) await engine.command(`schema.${name}`, statement);
  await engine.command(
    'schema_versions.record',
    'INSERT INTO schema_versions SELECT {version:UInt32}, {name:String}, now64(3)',
    { version, name },
  );
}

/** The files hold plain DDL: a semicolon at the end of a line ends a statement. */
function splitStatements(text: string): string[] {
  return text
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

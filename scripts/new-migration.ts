// Writes the next migration from prisma/schema.prisma, or with --check tells whether one is missing.
// It uses Prisma's schema engine in WebAssembly over an embedded database, so it needs neither a server nor
// the native engine that `prisma migrate dev` downloads.
//   npm run migration:new -- add_api_keys
//   npm run migration:drift
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type pg from 'pg';
import { openDatabase } from '../src/database/open-database.ts';

const root = path.resolve(import.meta.dirname, '..');
const schemaFile = path.join(root, 'prisma/schema.prisma');
const migrationDirectory = path.join(root, 'prisma/migrations');

interface SchemaEngine {
  diff(input: unknown): Promise<{ stdout: string | null }>;
}
interface EngineModule {
  __wbg_set_wasm(exports: unknown): void;
  SchemaEngine: Record<'new', (input: unknown, log: () => void, adapter: unknown) => Promise<SchemaEngine>>;
}

// Node's types know WebAssembly as a namespace of types only.
const { instantiate } = Reflect.get(globalThis, 'WebAssembly') as {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, unknown>,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

async function loadEngine(): Promise<EngineModule> {
  const bindings = '@prisma/schema-engine-wasm/schema_engine_bg';
  const engine = (await import(bindings)) as EngineModule;
  const script = fileURLToPath(import.meta.resolve(bindings));
  const { instance } = await instantiate(await readFile(script.replace(/\.js$/, '.wasm')), {
    './schema_engine_bg.js': engine,
  });
  engine.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return engine;
}

async function readMigrations() {
  const entries = await readdir(migrationDirectory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => {
      const value = await readFile(path.join(migrationDirectory, name, 'migration.sql'), 'utf8');
      return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } } };
    }),
  );
  const lock = await readFile(path.join(migrationDirectory, 'migration_lock.toml'), 'utf8').catch(() => null);
  return {
    baseDir: migrationDirectory,
    lockfile: { path: 'migration_lock.toml', content: lock },
    shadowDbInitScript: '',
    migrationDirectories,
  };
}

/**
 * Prisma's adapter for node-postgres, with PostgreSQL's internal type "char" (18) added: the catalogue has
 * columns of it, which the schema engine reads as characters and the adapter refuses.
 */
function schemaEngineAdapter(pool: pg.Pool, shadowPool?: pg.Pool): PrismaPg {
  const internalChar = 18;
  const text = 25;
  const charColumns = new Set<string>();
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryArrayResult>;
  pool.query = (async (...args: unknown[]) => {
    const result = await query(...args);
    for (const field of result.fields ?? []) {
      if (field.dataTypeID !== internalChar) continue;
      field.dataTypeID = text;
      charColumns.add(field.name);
    }
    return result;
  }) as typeof pool.query;

  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (statement) => {
      const result = await queryRaw(statement);
      const columnTypes = result.columnTypes.map((type, index) =>
        charColumns.has(result.columnNames[index] ?? '') ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    };
    return adapter;
  };
  if (shadowPool !== undefined) {
    factory.connectToShadowDb = () => schemaEngineAdapter(shadowPool).connect();
  }
  return factory;
}

async function pendingSql(): Promise<string> {
  const registry = { message: '' };
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      get: () => registry.message,
      set_message: (message: string) => {
        registry.message = message;
        console.error(message);
      },
    },
  });
  const { SchemaEngine } = await loadEngine();
  const database = await openDatabase({ databaseDirectory: 'memory://', databasePoolSize: 1 });
  const shadow = await openDatabase({ databaseDirectory: 'memory://', databasePoolSize: 1 });
  const factory = schemaEngineAdapter(database.pool, shadow.pool);
  const schema = await readFile(schemaFile, 'utf8');
  const engine = await SchemaEngine.new(
    { datamodels: [[schemaFile, schema]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...(await readMigrations()) },
      to: { tag: 'schemaDatamodel', files: [{ path: schemaFile, content: schema }] },
      script: true,
      shadowDatabaseUrl: null,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout ?? '';
  } finally {
    await database.close();
    await shadow.close();
  }
}

const [argument] = process.argv.slice(2);
const sql = await pendingSql();
const isEmpty = sql.trim() === '' || sql.includes('This is an empty migration');
if (argument === '--check') {
  if (!isEmpty) {
    console.error(
      `prisma/schema.prisma and the migrations differ; write one with npm run migration:new.\n${sql}`,
    );
    process.exit(1);
  }
  console.log('The migrations make exactly the schema of prisma/schema.prisma.');
} else if (argument === undefined || !/^[a-z0-9_]+$/.test(argument)) {
  console.error('Give the migration a name in lower case, such as: npm run migration:new -- add_api_keys');
  process.exit(1);
} else if (isEmpty) {
  console.log('Nothing to migrate.');
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const directory = path.join(migrationDirectory, `${stamp}_${argument}`);
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, 'migration.sql'), sql);
  console.log(`Wrote ${path.relative(root, directory)}/migration.sql: read it before you commit it.`);
}

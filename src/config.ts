import path from 'node:path';
import { z } from 'zod';
import { AtlasError } from './errors.ts';

const units: Record<string, number> = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };

const byteSize = z
  .string()
  .regex(/^\d+(\.\d+)?(KiB|MiB|GiB|TiB)$/, 'give a number and a unit, such as 512MiB or 2GiB')
  .transform((text) => {
    const unit = text.slice(-3);
    return Math.floor(Number(text.slice(0, -3)) * (units[unit] ?? 1));
  });

const integer = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** Every setting of the program. `.env.example` lists the same names; a test compares them. */
const environmentSchema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'give a postgresql:// address, or leave it unset for the embedded database')
    .optional(),
  DATABASE_POOL_SIZE: integer(1, 500).default(10),
  STATEMENT_TIMEOUT_MS: integer(100, 600_000).default(15_000),
  ATLAS_DATA_DIR: z.string().default('data'),
  ATLAS_DEFAULT_DATASET: z.string().default('openrouter-rankings'),
  ATLAS_ENGINE_MEMORY: byteSize.prefault('1GiB'),
  ATLAS_PSEUDONYM_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'give 64 hexadecimal digits, as `openssl rand -hex 32` prints')
    .optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: integer(0, 65_535).default(4000),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

export const settingNames = Object.keys(environmentSchema.shape);

export type Config = ReturnType<typeof readConfig>;

/** Reads the environment once, reporting every problem together. An empty value counts as unset. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env) {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(set);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new AtlasError('CONFIG_INVALID', `Settings to mend:\n${problems.join('\n')}`);
  }
  const env = parsed.data;
  const dataDirectory = path.resolve(env.ATLAS_DATA_DIR);
  return Object.freeze({
    /** Unset: the embedded database in the data directory. */
    databaseUrl: env.DATABASE_URL,
    databasePoolSize: env.DATABASE_POOL_SIZE,
    statementTimeoutMs: env.STATEMENT_TIMEOUT_MS,
    dataDirectory,
    databaseDirectory: path.join(dataDirectory, 'database'),
    engineDirectory: path.join(dataDirectory, 'engine'),
    /** Declarations of the operator's own data sets, one JSON file each. */
    datasetDirectory: path.join(dataDirectory, 'datasets'),
    defaultDataset: env.ATLAS_DEFAULT_DATASET,
    engineMemoryBytes: env.ATLAS_ENGINE_MEMORY,
    /** Unset: a key is made on first use and kept in the data directory. */
    pseudonymKey: env.ATLAS_PSEUDONYM_KEY,
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    logLevel: env.LOG_LEVEL,
  });
}

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

function integer(least: number, most: number) {
  const error = `give a whole number from ${least} to ${most}`;
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error });
}

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
  ATLAS_SIMULATED_GENERATIONS: integer(0, 1_000_000_000).optional(),
  ATLAS_ENGINE_MEMORY: byteSize.prefault('1GiB'),
  ATLAS_PSEUDONYM_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'give 64 hexadecimal digits, as `openssl rand -hex 32` prints')
    .optional(),
  ATLAS_KEY_PEPPER: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'give 64 hexadecimal digits, as `openssl rand -hex 32` prints')
    .optional(),
  ATLAS_KEY_ENVIRONMENT: z.enum(['live', 'test']).default('live'),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'give a redis:// address, or leave it unset to count in memory')
    .optional(),
  TRUST_PROXY: z
    .string()
    .regex(
      /^(\d+|[0-9a-f.:]+(\/\d+)?(, *[0-9a-f.:]+(\/\d+)?)*|loopback|uniquelocal)$/i,
      'give a number of proxies, their addresses or subnets, loopback or uniquelocal',
    )
    .optional(),
  QUOTA_WINDOW_SECONDS: integer(1, 86_400).default(3_600),
  QUOTA_ANONYMOUS: integer(1, 1_000_000_000).default(20_000),
  QUOTA_STANDARD: integer(1, 1_000_000_000).default(200_000),
  QUOTA_LARGE: integer(1, 1_000_000_000).default(2_000_000),
  HOST: z.string().default('127.0.0.1'),
  PORT: integer(0, 65_535).default(4000),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  CORS_ORIGINS: z
    .string()
    .regex(
      /^(\*|https?:\/\/[^\s,/]+(,https?:\/\/[^\s,/]+)*)$/,
      'give * or origins such as https://a.example,https://b.example',
    )
    .default('*'),
  CORS_CREDENTIALS: z.enum(['true', 'false']).default('false'),
  MAX_CONNECTIONS: integer(1, 1_000_000).default(1_000),
  TRUSTED_DOCUMENTS: z.string().optional(),
  TRUSTED_DOCUMENTS_MODE: z.enum(['allow', 'only']).default('allow'),
  RELEASE_WEBHOOKS: z
    .string()
    .refine(
      (text) => text.split(',').every((address) => isWebhookAddress(address.trim())),
      'give https:// addresses with commas between them; http:// only to this machine, and no passwords in them',
    )
    .optional(),
  RELEASE_WEBHOOK_SECRET: z
    .string()
    .regex(
      /^whsec_(?:[A-Za-z0-9+/]{4}){8,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
      'give whsec_ and at least 24 bytes in base64, as `echo whsec_$(openssl rand -base64 32)` prints',
    )
    .optional(),
  PERMALINK_STORE: byteSize.prefault('64MiB'),
  PUBLISHER: z.string().trim().max(200).default('Token Atlas'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

export const settingNames = Object.keys(environmentSchema.shape);

/** Settings that make no sense together. */
const consistentSchema = environmentSchema
  .refine((env) => env.CORS_CREDENTIALS === 'false' || env.CORS_ORIGINS !== '*', {
    path: ['CORS_CREDENTIALS'],
    error: 'name the origins in CORS_ORIGINS: pages of every origin can not be trusted with credentials',
  })
  .refine((env) => env.RELEASE_WEBHOOKS === undefined || env.RELEASE_WEBHOOK_SECRET !== undefined, {
    path: ['RELEASE_WEBHOOK_SECRET'],
    error: 'receivers know by it who tells them: give one where RELEASE_WEBHOOKS names addresses',
  })
  .refine((env) => env.TRUSTED_DOCUMENTS_MODE === 'allow' || env.TRUSTED_DOCUMENTS !== undefined, {
    path: ['TRUSTED_DOCUMENTS'],
    error: 'name the manifest of the only documents that are answered',
  });

export type Config = ReturnType<typeof readConfig>;

/** Reads the environment once, reporting every problem together. An empty value counts as unset. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env) {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = consistentSchema.safeParse(set);
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
    /** How many generations the first start simulates: 0 leaves the simulated study out, unset is as it declares. */
    simulatedGenerations: env.ATLAS_SIMULATED_GENERATIONS,
    engineMemoryBytes: env.ATLAS_ENGINE_MEMORY,
    /** Unset: a key is made on first use and kept in the data directory. */
    pseudonymKey: env.ATLAS_PSEUDONYM_KEY,
    /** Secret part of the digests of API keys. Unset: with the embedded database one is kept beside it. */
    keyPepper: env.ATLAS_KEY_PEPPER,
    /** Part of the keys made here; keys of the other environment are refused. */
    keyEnvironment: env.ATLAS_KEY_ENVIRONMENT,
    /** Unset: each server counts quotas for itself. */
    redisUrl: env.REDIS_URL,
    /** Which proxies may tell the client's address; unset: none. */
    trustProxy: parseTrustProxy(env.TRUST_PROXY),
    /** Points per window, by class of quota. */
    quotas: Object.freeze({
      windowSeconds: env.QUOTA_WINDOW_SECONDS,
      points: Object.freeze({
        ANONYMOUS: env.QUOTA_ANONYMOUS,
        STANDARD: env.QUOTA_STANDARD,
        LARGE: env.QUOTA_LARGE,
      }),
    }),
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    crossOrigin: {
      origins: env.CORS_ORIGINS === '*' ? ('*' as const) : env.CORS_ORIGINS.split(','),
      credentials: env.CORS_CREDENTIALS === 'true',
    },
    connectionLimits: { connections: env.MAX_CONNECTIONS },
    /** Unset: no document is registered before a client does. */
    trustedDocuments:
      env.TRUSTED_DOCUMENTS === undefined
        ? undefined
        : { file: path.resolve(env.TRUSTED_DOCUMENTS), mode: env.TRUSTED_DOCUMENTS_MODE },
    /** Who is told of new releases; unset: nobody. */
    releaseWebhooks:
      env.RELEASE_WEBHOOKS === undefined || env.RELEASE_WEBHOOK_SECRET === undefined
        ? undefined
        : Object.freeze({
            addresses: env.RELEASE_WEBHOOKS.split(',').map((address) => address.trim()),
            secret: env.RELEASE_WEBHOOK_SECRET,
          }),
    /** Bytes of all documents together that permanent addresses name. */
    permalinkStoreBytes: env.PERMALINK_STORE,
    /** Who publishes the numbers, in citations and feeds. */
    publisher: env.PUBLISHER,
    logLevel: env.LOG_LEVEL,
  });
}

/** What is told is public, and who tells it must not be read or changed on the way. */
function isWebhookAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isHere);
}

/** A number of proxies between client and server, or their addresses and subnets, as Express takes them. */
function parseTrustProxy(text: string | undefined): number | string[] | false {
  if (text === undefined) return false;
  return /^\d+$/.test(text) ? Number(text) : text.split(',').map((part) => part.trim());
}

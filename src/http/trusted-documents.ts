import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type GraphQLSchema, parse, validate } from 'graphql';
import { z } from 'zod';
import { AtlasError } from '../errors.ts';

/** `allow`: these are known by hash from the start, others are answered too. `only`: no others are. */
export type TrustedDocumentsMode = 'allow' | 'only';

export interface TrustedDocuments {
  readonly mode: TrustedDocumentsMode;
  /** By the SHA-256 of their text, in hexadecimal. */
  readonly documents: ReadonlyMap<string, string>;
}

/** As Apollo's `generate-persisted-query-manifest` writes it. */
const manifestSchema = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), name: z.string(), body: z.string() })),
});

/** Reads a manifest and checks every document in it against the schema, so that a mistake stops the start. */
export async function readTrustedDocuments(
  file: string,
  mode: TrustedDocumentsMode,
  schema: GraphQLSchema,
): Promise<TrustedDocuments> {
  const { operations } = parseManifest(await readText(file), file);
  const problems = operations.flatMap(({ id, name, body }) => {
    if (id !== sha256(body)) return [`${name}: its id is not the SHA-256 of its body`];
    return problemsOf(body, schema).map((problem) => `${name}: ${problem}`);
  });
  if (problems.length > 0) {
    const lines = problems.map((problem) => `  ${problem}`);
    throw new AtlasError('CONFIG_INVALID', `Documents to mend in ${file}:\n${lines.join('\n')}`);
  }
  return { mode, documents: new Map(operations.map(({ id, body }) => [id, body])) };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new AtlasError('CONFIG_INVALID', `TRUSTED_DOCUMENTS: ${file} can not be read.`, { cause });
  }
}

function parseManifest(text: string, file: string): z.infer<typeof manifestSchema> {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new AtlasError(
      'CONFIG_INVALID',
      `TRUSTED_DOCUMENTS: ${file} is no manifest as \`generate-persisted-query-manifest\` writes it.`,
      { cause },
    );
  }
}

function problemsOf(body: string, schema: GraphQLSchema): string[] {
  try {
    return validate(schema, parse(body)).map(({ message }) => message);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

import path from 'node:path';
import { z } from 'zod';
import { AtlasError } from '../errors.ts';

/** A data set id is part of release ids and file names. */
const slug = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and single hyphens, such as my-gateway');

const text = z.string().trim().min(1, 'must not be empty');

const declaredFile = z.strictObject({
  /** Relative to the declaration. */
  path: text,
  /** Unset: told from the columns. */
  format: text.optional(),
  /** Columns the file lacks, with the value they have in every row. */
  set: z.record(z.string(), z.string()).optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'give 64 lower-case hexadecimal digits')
    .optional(),
});

const DEFAULT_MINIMUM_USERS = 5;

const declarationSchema = z
  .strictObject({
    id: slug,
    title: text,
    description: text,
    /** GENERATIONS: request logs. USAGE_FEED: already summed by someone else. */
    kind: z.enum(['GENERATIONS', 'USAGE_FEED']),
    licence: text,
    licenceUrl: z.url().optional(),
    citation: text,
    homepage: z.url().optional(),
    /** Where a copy was taken from, and the state it shows. */
    source: z.strictObject({ url: z.url(), asOf: text.optional(), changes: text.optional() }).optional(),
    synthetic: z.boolean().default(false),
    /** Fewest distinct users that a cell is to stand for; null: any. */
    minimumUsers: z.int().min(1).nullable().optional(),
    /** True where the log's users are pseudonyms already. */
    usersArePseudonymous: z.boolean().default(false),
    files: z.array(declaredFile).default([]),
  })
  .refine(({ kind, minimumUsers }) => kind === 'GENERATIONS' || (minimumUsers ?? null) === null, {
    path: ['minimumUsers'],
    error: 'a usage feed carries no users: leave it out',
  })
  .transform(({ minimumUsers, ...declaration }) => ({
    ...declaration,
    minimumUsers:
      minimumUsers === undefined && declaration.kind === 'GENERATIONS'
        ? DEFAULT_MINIMUM_USERS
        : (minimumUsers ?? null),
  }));

/** What an operator says of a data set: whose it is, how to cite it, and what the counting has to know. */
export type DatasetDeclaration = z.output<typeof declarationSchema>;

/** The same as written in a file, where what has a default may be left out. */
export type DatasetDeclarationInput = z.input<typeof declarationSchema>;

/** Checks a declaration and makes the paths of its files absolute; `file` is what errors name. */
export function parseDeclaration(value: unknown, file: string): DatasetDeclaration {
  const parsed = declarationSchema.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) => `  ${issue.path.length > 0 ? issue.path.join('.') : 'the declaration'}: ${issue.message}`,
    );
    throw new AtlasError('DATASET_INVALID', `${file} has fields to mend:\n${problems.join('\n')}`);
  }
  const directory = path.dirname(path.resolve(file));
  const files = parsed.data.files.map((entry) => ({ ...entry, path: path.resolve(directory, entry.path) }));
  return { ...parsed.data, files };
}

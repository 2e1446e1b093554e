import path from 'node:path';
import { z } from 'zod';
import { dataScopeNames, visibilities } from '../catalog/data-scopes.ts';
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

/** How `atlas simulate` makes the rows of a synthetic data set where its options do not say. */
const declaredSimulation = z.strictObject({
  generations: z.int().min(1),
  seed: z.int().min(0),
  /** Calendar months up to November 2025. */
  months: z.int().min(1).max(13),
  /** Part of the generations of the tagged window that carry content labels. */
  labelShare: z.number().min(0).max(1),
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
    /** Day on which the next release is expected, for those who wait for it. */
    nextUpdate: z.iso.date('give a day, such as 2026-12-01').optional(),
    /** Where a copy was taken from, and the state it shows. */
    source: z.strictObject({ url: z.url(), asOf: text.optional(), changes: text.optional() }).optional(),
    synthetic: z.boolean().default(false),
    /** Fewest distinct users that a cell is to stand for; null: any, which is the default of feeds. */
    minimumUsers: z.int().min(1).nullable().optional(),
    /** True where the log's users are pseudonyms already. */
    usersArePseudonymous: z.boolean().default(false),
    /** PUBLIC: open to all. PARTNER: unseen without a key that names it. */
    visibility: z.enum(visibilities).default('PUBLIC'),
    /** Scopes that a key needs for some of its measures and grains; none unless said. */
    restricted: z.array(z.enum(dataScopeNames)).default([]),
    files: z.array(declaredFile).default([]),
    /** Of a synthetic data set: it has no files. */
    simulate: declaredSimulation.optional(),
  })
  .refine(({ synthetic, simulate }) => simulate === undefined || synthetic, {
    path: ['synthetic'],
    error: 'what is simulated is synthetic: set it to true',
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

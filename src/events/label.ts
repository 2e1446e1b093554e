import { z } from 'zod';
import type { FieldReaders } from './record-reader.ts';
import { readName, readNumber } from './values/read-value.ts';

// A path or a name; a longer value is running text in the wrong column, which must not be stored.
const labelLength = 256;
const identifierLength = 512;
const wordLength = 64;

/** Labels below it are not counted: the classifier's own threshold in the study. */
export const minimumConfidence = 0.5;

/** A content label: what a classifier says of a prompt. The prompt itself is no part of it. */
export const labelSchema = z.strictObject({
  generationId: z.string().min(1).max(identifierLength),
  label: z.string().min(1).max(labelLength),
  confidence: z.number().min(0).max(1),
  classifier: z.string().min(1).max(wordLength).nullable(),
  version: z.string().min(1).max(wordLength).nullable(),
});

export type Label = z.infer<typeof labelSchema>;
export type LabelField = keyof Label;

/** How each field of a label is read from what a file holds. */
export const labelReaders: FieldReaders<LabelField> = {
  generationId: readName(identifierLength),
  label: readName(labelLength),
  confidence: readNumber,
  classifier: readName(wordLength),
  version: readName(wordLength),
};

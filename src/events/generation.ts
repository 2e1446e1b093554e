import { z } from 'zod';
import { finishReasonOf, finishReasons } from './finish-reason.ts';
import { refusal, type FieldReaders, type Refusal } from './record-reader.ts';
import {
  readAmount,
  readBoolean,
  readCount,
  readCountry,
  readLanguage,
  readMilliseconds,
  readName,
} from './values/read-value.ts';
import { Fault } from './values/fault.ts';
import { earliestTime, latestTime, readTime, timeRange } from './values/time.ts';

// Names are short; a longer value is running text in the wrong column, which must not be stored.
const nameLength = 256;
const identifierLength = 512;
const wordLength = 64;

const name = z.string().min(1).max(nameLength);
const identifier = z.string().min(1).max(identifierLength);
const word = z.string().min(1).max(wordLength);
const tokens = z.int().nonnegative();
const milliseconds = z
  .int()
  .nonnegative()
  .max(2 ** 32 - 1);

// Both must be passed: a long context can cost over 100 USD, and a short answer may have a high minimum price.
const plausibleUsd = 100;
const plausibleUsdPerMillionTokens = 1_000;

/**
 * The generation record: what is kept of one prompt and its completion. Metadata only: there is no field that
 * could hold what was asked or answered. `now` bounds the time, since a log does not hold the future.
 */
export function generationSchema(now: Date) {
  const latest = latestTime(now);
  return z
    .strictObject({
      id: identifier.nullable(),
      createdAt: z.string(),
      user: identifier.nullable(),
      model: name,
      provider: name.nullable(),
      app: name.nullable(),
      country: z.string().length(2).nullable(),
      language: z.string().min(2).max(3).nullable(),
      promptTokens: tokens,
      completionTokens: tokens,
      reasoningTokens: tokens.nullable(),
      cachedTokens: tokens.nullable(),
      spendUsd: z.string().nullable(),
      byok: z.boolean().nullable(),
      streamed: z.boolean().nullable(),
      cancelled: z.boolean().nullable(),
      finishReason: z.enum(finishReasons).nullable(),
      finishReasonRaw: word.nullable(),
      toolsOffered: z.boolean().nullable(),
      toolsCalled: z.boolean().nullable(),
      latencyMs: milliseconds.nullable(),
      timeToFirstTokenMs: milliseconds.nullable(),
      variant: word.nullable(),
    })
    .check(({ value, issues }) => {
      for (const issue of contradictions(value, latest)) issues.push({ ...issue, input: value });
    });
}

export type Generation = z.infer<ReturnType<typeof generationSchema>>;
export type GenerationField = keyof Generation;

/** What one field says against another, or against the world. */
function contradictions(record: Generation, latest: string): Refusal<GenerationField>[] {
  const { createdAt, promptTokens, completionTokens, reasoningTokens, cachedTokens, spendUsd } = record;
  const found: Refusal<GenerationField>[] = [];
  if (createdAt < earliestTime || createdAt > latest) {
    found.push(refusal('createdAt', 'OUT_OF_RANGE', `is ${createdAt}: ${timeRange(latest)}`));
  }
  if (reasoningTokens !== null && reasoningTokens > completionTokens) {
    const whole = `the ${completionTokens} completion tokens it is part of`;
    found.push(refusal('reasoningTokens', 'INCONSISTENT', `is ${reasoningTokens}, more than ${whole}`));
  }
  if (cachedTokens !== null && cachedTokens > promptTokens) {
    const whole = `the ${promptTokens} prompt tokens it is part of`;
    found.push(refusal('cachedTokens', 'INCONSISTENT', `is ${cachedTokens}, more than ${whole}`));
  }
  if (spendUsd !== null && isImplausible(Number(spendUsd), promptTokens + completionTokens)) {
    const limits = `over ${plausibleUsd} USD and over ${plausibleUsdPerMillionTokens} USD per million tokens`;
    const tokens = promptTokens + completionTokens;
    found.push(refusal('spendUsd', 'IMPLAUSIBLE', `is ${spendUsd} USD for ${tokens} tokens: ${limits}`));
  }
  return found;
}

function isImplausible(usd: number, tokens: number): boolean {
  return usd > plausibleUsd && (usd / tokens) * 1e6 > plausibleUsdPerMillionTokens;
}

const readLongName = readName(nameLength);
const readIdentifier = readName(identifierLength);
const readWord = readName(wordLength);

/** How each field of a generation is read from what a file holds. */
export const generationReaders: FieldReaders<GenerationField> = {
  id: readIdentifier,
  createdAt: readTime,
  user: readIdentifier,
  model: readLongName,
  provider: readLongName,
  app: readLongName,
  country: readCountry,
  language: readLanguage,
  promptTokens: readCount,
  completionTokens: readCount,
  reasoningTokens: readCount,
  cachedTokens: readCount,
  spendUsd: readAmount,
  byok: readBoolean,
  streamed: readBoolean,
  cancelled: readBoolean,
  finishReason: readFinishReason,
  finishReasonRaw: readWord,
  toolsOffered: readBoolean,
  toolsCalled: readBoolean,
  latencyMs: readMilliseconds,
  timeToFirstTokenMs: readMilliseconds,
  variant: readWord,
};

function readFinishReason(value: unknown): string | null | Fault {
  const raw = readWord(value);
  return raw === null || raw instanceof Fault ? raw : finishReasonOf(raw);
}

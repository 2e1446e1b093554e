import type { FinishReason } from './finish-reason.ts';

/** What every accepted row carries, whatever its kind. */
interface EventRowBase {
  /** Identity inside its data set, 32 hex digits: of the gateway's generation id, or of the content where a row has none. */
  key: string;
  /** 32 hex digits over all values: two rows of one key with different hashes contradict each other. */
  contentHash: string;
  /** Line (CSV, NDJSON) or number of the record (JSON, Parquet), counted from 1 in the file as the user sees it. */
  line: number;
  /**
   * What a repeat of this key with the same content hash means within a file. False: the same event again,
   * kept once. True: another event, so that the n-th repeat of one file is the n-th of the next.
   */
  distinctRepeats: boolean;
}

/** One prompt–completion pair as the engine stores it. Missing is null, never 0. */
export interface GenerationRow extends EventRowBase {
  kind: 'generation';
  /** UTC, `YYYY-MM-DD HH:MM:SS.mmm`. */
  createdAt: string;
  /** 32 hex digits; the raw identifier never leaves the door. */
  user: string | null;
  /** The name as logged; the catalogue resolves it when a release is published. */
  model: string;
  provider: string | null;
  app: string | null;
  /** ISO 3166-1 alpha-2 of the billing account. */
  country: string | null;
  /** BCP 47 primary language of the prompt. */
  language: string | null;
  promptTokens: number;
  completionTokens: number;
  /** Part of the completion. */
  reasoningTokens: number | null;
  /** Part of the prompt. */
  cachedTokens: number | null;
  /** Decimal text in USD, at most 12 decimals, under 1,000,000: money paid, after caching. */
  spendUsd: string | null;
  byok: boolean | null;
  streamed: boolean | null;
  cancelled: boolean | null;
  finishReason: FinishReason | null;
  finishReasonRaw: string | null;
  toolsOffered: boolean | null;
  toolsCalled: boolean | null;
  /** From the request to the end of the answer; whole, below 2^32. */
  latencyMs: number | null;
  /** Whole, below 2^32. */
  timeToFirstTokenMs: number | null;
  /** The gateway's routing variant, such as `free` or `nitro`; null for the standard one. */
  variant: string | null;
}

/** A day's tokens of one model, already summed by someone else. */
export interface UsageFeedRow extends EventRowBase {
  kind: 'usage_feed';
  /** UTC day, `YYYY-MM-DD`. */
  day: string;
  model: string;
  totalTokens: number;
}

/** Who used which model on which day, already summed up by someone else: users, but no tokens. */
export interface ActivityRow extends EventRowBase {
  kind: 'activity';
  /** UTC day, `YYYY-MM-DD`. */
  day: string;
  /** 32 hex digits; the raw identifier never leaves the door. */
  user: string;
  model: string;
  /** Of that day, at least 1. */
  requests: number | null;
}

/** What a classifier says a generation is about. It comes in a file of its own, before or after the generation. */
export interface LabelRow extends EventRowBase {
  kind: 'label';
  /** The key of the generation that it labels. */
  generationKey: string;
  /** A content-classification path or a tag, as written; resolved when a release is published. */
  label: string;
  /** From the least that counts to 1, in single precision, which is what classifiers give. */
  confidence: number;
  classifier: string | null;
  version: string | null;
}

export type EventRow = GenerationRow | UsageFeedRow | ActivityRow | LabelRow;

/** A row in order that a counting rule leaves out: counted in the summary and kept nowhere. */
export interface DroppedRow {
  kind: 'dropped';
  line: number;
}

/** What becomes of a row of a file. */
export type ReadEvent = EventRow | RefusedRow | DroppedRow;

/** A row that was refused: kept in quarantine, counted in the summary, never stored with its values. */
export interface RefusedRow {
  kind: 'refused';
  line: number;
  /** The file's own column name, or null where the whole row is at fault. */
  field: string | null;
  code: RefusalCode;
  /** Completes a sentence that begins with the column, or `the row`; repeats numbers and times, never text of the file. */
  reason: string;
}

/** Why a row was refused. DUPLICATE and CONFLICT are found by the engine, the others at the door. */
export const refusalCodes = {
  MISSING: 'A value the row can not do without is absent.',
  NOT_A_NUMBER: 'The value is not a number, or not a whole one where one is needed.',
  OUT_OF_RANGE: 'The value is outside the range its field allows.',
  NOT_A_TIME: 'The value is not a time or day of a documented form.',
  NOT_ALLOWED: 'The value is none of those its field allows.',
  INCONSISTENT: 'Two values of the row contradict each other.',
  IMPLAUSIBLE: 'The value is of the right form but can not be true.',
  MALFORMED: 'The line can not be read as a row.',
  NOT_A_GENERATION: 'The row is in order but logs something other than a prompt and its completion.',
  DUPLICATE: 'The same event was read before.',
  CONFLICT: 'A row of the same identity but another content was read before.',
} as const;

export type RefusalCode = keyof typeof refusalCodes;

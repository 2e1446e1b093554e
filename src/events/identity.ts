import { hash } from 'node:crypto';
import type { ActivityRow, GenerationRow, LabelRow, UsageFeedRow } from './event-row.ts';

type Stored<Row> = Omit<Row, 'kind' | 'key' | 'contentHash' | 'line' | 'distinctRepeats'>;

/** The values of a generation that are stored, its user already a pseudonym. */
export type StoredGeneration = Stored<GenerationRow>;
export type StoredUsageFeed = Stored<UsageFeedRow>;

// NUL separates: no value can hold it, so no two records share a text, and an empty field can only be null.
const separator = '\0';

/** Key of an event that its gateway numbered. Formats of one gateway agree on it. */
export function keyOfId(id: string): string {
  return digest(`id${separator}${id}`);
}

/** Key of an event without a number: all its values. */
export function keyOfContent(canonical: string): string {
  return digest(`content${separator}${canonical}`);
}

/** Key of a feed row: a model has one total a day. */
export function keyOfDayAndModel(day: string, model: string): string {
  return digest(`day-and-model${separator}${day}${separator}${model}`);
}

/** Key of a row of activity: a user has one of a model and day. */
export function keyOfActivity({ day, model, user }: Pick<ActivityRow, 'day' | 'model' | 'user'>): string {
  return digest(['day-model-user', day, model, user].join(separator));
}

/** Key of a label: one classifier, in one version, says a thing of a generation once. */
export function keyOfLabel(
  label: Pick<LabelRow, 'generationKey' | 'label' | 'classifier' | 'version'>,
): string {
  const { generationKey, label: text, classifier, version } = label;
  return digest(['label', generationKey, text, classifier, version].join(separator));
}

/** 32 hex digits over all stored values. */
export function contentHashOf(canonical: string): string {
  return digest(canonical);
}

/** All stored values of a generation as one text, the same for the same values whatever file they came from. */
export function canonicalGeneration(values: StoredGeneration): string {
  return [
    values.createdAt,
    values.user,
    values.model,
    values.provider,
    values.app,
    values.country,
    values.language,
    values.promptTokens,
    values.completionTokens,
    values.reasoningTokens,
    values.cachedTokens,
    values.spendUsd,
    values.byok,
    values.streamed,
    values.cancelled,
    values.finishReason,
    values.finishReasonRaw,
    values.toolsOffered,
    values.toolsCalled,
    values.latencyMs,
    values.timeToFirstTokenMs,
    values.variant,
  ].join(separator);
}

/** All stored values of a feed row as one text. */
export function canonicalUsageFeed(values: StoredUsageFeed): string {
  return [values.day, values.model, values.totalTokens].join(separator);
}

/** What a row of activity says beyond its key. */
export function canonicalActivity({ requests }: Pick<ActivityRow, 'requests'>): string {
  return String(requests);
}

/** What a label says beyond its key. */
export function canonicalLabel({ confidence }: Pick<LabelRow, 'confidence'>): string {
  return String(confidence);
}

function digest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 32);
}

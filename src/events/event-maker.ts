import { activityReaders, activitySchema, type Activity } from './activity.ts';
import type { DroppedRow, EventRow, GenerationRow, ReadEvent, RefusedRow } from './event-row.ts';
import { NotCounted, type LogFormat, type LogRow } from './formats/log-format.ts';
import { generationReaders, generationSchema, type Generation } from './generation.ts';
import {
  canonicalActivity,
  canonicalGeneration,
  canonicalLabel,
  canonicalUsageFeed,
  contentHashOf,
  keyOfActivity,
  keyOfContent,
  keyOfDayAndModel,
  keyOfId,
  keyOfLabel,
} from './identity.ts';
import { type Label, labelReaders, labelSchema, minimumConfidence } from './label.ts';
import { pseudonymiser } from './pseudonym.ts';
import { RecordFault, recordReader } from './record-reader.ts';
import { usageFeedReaders, usageFeedSchema, type UsageFeed } from './usage-feed.ts';
import { Fault } from './values/fault.ts';

export interface EventOptions {
  /** Key of the users' pseudonyms, from `loadPseudonymKey`. */
  pseudonymKey: Buffer;
  /** Whether the file's users are pseudonyms already; they are stored as plain digests then. */
  usersArePseudonymous?: boolean | undefined;
  /** The time that rows must not lie after; the clock's where absent. */
  now?: Date | undefined;
}

/** A function that turns a row of this format into an event, or says why it is refused. */
export function eventMaker(
  format: LogFormat,
  options: EventOptions,
): (line: number, row: LogRow) => ReadEvent {
  const accept = acceptOf(format, options);
  return (line, row) => {
    const raw = format.map(row);
    if (raw instanceof NotCounted) return refused(line, raw.column, raw.fault);
    const event = accept(line, raw);
    if (!(event instanceof RecordFault)) return event;
    return refused(line, format.columnOf(event.field, row), event.fault);
  };
}

type Accept = (line: number, raw: Record<string, unknown>) => EventRow | DroppedRow | RecordFault;

function acceptOf(
  format: LogFormat,
  { pseudonymKey, usersArePseudonymous = false, now = new Date() }: EventOptions,
): Accept {
  switch (format.kind) {
    case 'generation':
      return acceptGeneration(format, now, pseudonymiser(pseudonymKey, usersArePseudonymous));
    case 'usage_feed':
      return acceptUsageFeed(now);
    case 'activity':
      return acceptActivity(now, pseudonymiser(pseudonymKey, usersArePseudonymous));
    case 'label':
      return acceptLabel();
  }
}

function acceptGeneration(format: LogFormat, now: Date, toPseudonym: (user: string) => string): Accept {
  const read = recordReader(generationReaders, generationSchema(now));
  const { identity } = format;
  const idIsRequired = typeof identity === 'object' && format.requiredColumns.includes(identity.id);
  const repeatsAreEvents = format.identicalRows === 'separate-events';
  return (line, raw) => {
    const record = read(raw);
    if (record instanceof RecordFault) return record;
    if (record.id === null && idIsRequired) return new RecordFault('id', missingId);
    return generationRow(line, record, toPseudonym, repeatsAreEvents);
  };
}

const missingId = new Fault('MISSING', 'is missing');

function generationRow(
  line: number,
  record: Generation,
  toPseudonym: (user: string) => string,
  repeatsAreEvents: boolean,
): GenerationRow {
  // Written out field by field: spreading the record costs a fifth of the time of a whole row.
  const row: GenerationRow = {
    kind: 'generation',
    key: '',
    contentHash: '',
    line,
    distinctRepeats: record.id === null && repeatsAreEvents,
    createdAt: record.createdAt,
    user: record.user === null ? null : toPseudonym(record.user),
    model: record.model,
    provider: record.provider,
    app: record.app,
    country: record.country,
    language: record.language,
    promptTokens: record.promptTokens,
    completionTokens: record.completionTokens,
    reasoningTokens: record.reasoningTokens,
    cachedTokens: record.cachedTokens,
    spendUsd: record.spendUsd,
    byok: record.byok,
    streamed: record.streamed,
    cancelled: record.cancelled,
    finishReason: record.finishReason,
    finishReasonRaw: record.finishReasonRaw,
    toolsOffered: record.toolsOffered,
    toolsCalled: record.toolsCalled,
    latencyMs: record.latencyMs,
    timeToFirstTokenMs: record.timeToFirstTokenMs,
    variant: record.variant,
  };
  const canonical = canonicalGeneration(row);
  row.key = record.id === null ? keyOfContent(canonical) : keyOfId(record.id);
  row.contentHash = contentHashOf(canonical);
  return row;
}

function acceptUsageFeed(now: Date): Accept {
  const read = recordReader(usageFeedReaders, usageFeedSchema(now));
  return (line, raw) => {
    const record: UsageFeed | RecordFault = read(raw);
    if (record instanceof RecordFault) return record;
    return {
      kind: 'usage_feed',
      key: keyOfDayAndModel(record.day, record.model),
      contentHash: contentHashOf(canonicalUsageFeed(record)),
      line,
      distinctRepeats: false,
      ...record,
    };
  };
}

function acceptActivity(now: Date, toPseudonym: (user: string) => string): Accept {
  const read = recordReader(activityReaders, activitySchema(now));
  return (line, raw) => {
    const record: Activity | RecordFault = read(raw);
    if (record instanceof RecordFault) return record;
    const row = { ...record, user: toPseudonym(record.user) };
    return {
      kind: 'activity',
      key: keyOfActivity(row),
      contentHash: contentHashOf(canonicalActivity(row)),
      line,
      distinctRepeats: false,
      ...row,
    };
  };
}

function acceptLabel(): Accept {
  const read = recordReader(labelReaders, labelSchema);
  return (line, raw) => {
    const record: Label | RecordFault = read(raw);
    if (record instanceof RecordFault) return record;
    if (record.confidence < minimumConfidence) return { kind: 'dropped', line };
    const { generationId, label, classifier, version } = record;
    const row = {
      generationKey: keyOfId(generationId),
      label,
      // One value for 0.9 whether the file held it in single precision or double.
      confidence: Math.fround(record.confidence),
      classifier,
      version,
    };
    return {
      kind: 'label',
      key: keyOfLabel(row),
      contentHash: contentHashOf(canonicalLabel(row)),
      line,
      distinctRepeats: false,
      ...row,
    };
  };
}

function refused(line: number, field: string | null, fault: Fault): RefusedRow {
  return {
    kind: 'refused',
    line,
    field,
    code: fault.code,
    reason: fault.reason,
  };
}

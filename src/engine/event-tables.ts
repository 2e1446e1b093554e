import type { ActivityRow, EventRow, GenerationRow, LabelRow, UsageFeedRow } from '../events/event-row.ts';
import { plainField, textField } from './tab-separated.ts';

/** How the rows of one kind are written to their staging table and from there to their stored one. */
export interface EventTable {
  staged: string;
  stored: string;
  /** Columns of both tables, apart from the load. */
  columns: readonly string[];
  /** Columns as `eventLine` gives them; identifiers are handed over as hexadecimal digits. */
  writtenColumns: readonly string[];
  /** SQL over the stored columns: what a row adds to the sums of its load. */
  tokens: string;
  spendUsd: string;
  day: string;
}

export type EventKind = EventRow['kind'];

const generationColumns = [
  'key',
  'created_at',
  'user',
  'model',
  'provider',
  'app',
  'country',
  'language',
  'variant',
  'prompt_tokens',
  'completion_tokens',
  'reasoning_tokens',
  'cached_tokens',
  'spend_usd',
  'byok',
  'streamed',
  'cancelled',
  'finish_reason',
  'finish_reason_raw',
  'tools_offered',
  'tools_called',
  'latency_ms',
  'time_to_first_token_ms',
];

const usageFeedColumns = ['day', 'model', 'total_tokens'];
const activityColumns = ['day', 'user', 'model', 'requests'];
const labelColumns = ['generation_key', 'label', 'confidence', 'classifier', 'version'];
const identityColumns = ['row', 'line', 'distinct_repeats', 'key_hex', 'content_hash_hex'];
const identifiers = ['user', 'generation_key'];

/** Keys are written with the identity of every row. */
function writtenColumns(columns: readonly string[]): string[] {
  const fields = columns.filter((column) => column !== 'key');
  return [
    ...identityColumns,
    ...fields.map((column) => (identifiers.includes(column) ? `${column}_hex` : column)),
  ];
}

const noSpend = "CAST(NULL, 'Nullable(Decimal(18, 12))')";

export const eventTables: Readonly<Record<EventKind, EventTable>> = {
  generation: {
    staged: 'staged_generations',
    stored: 'stored_generations',
    columns: generationColumns,
    writtenColumns: writtenColumns(generationColumns),
    tokens: 'prompt_tokens + completion_tokens',
    spendUsd: 'spend_usd',
    day: 'toDate(created_at)',
  },
  usage_feed: {
    staged: 'staged_usage_feed',
    stored: 'stored_usage_feed',
    columns: usageFeedColumns,
    writtenColumns: writtenColumns(usageFeedColumns),
    tokens: 'total_tokens',
    spendUsd: noSpend,
    day: 'day',
  },
  activity: {
    staged: 'staged_activity',
    stored: 'stored_activity',
    columns: activityColumns,
    writtenColumns: writtenColumns(activityColumns),
    tokens: 'toUInt64(0)',
    spendUsd: noSpend,
    day: 'day',
  },
  label: {
    staged: 'staged_labels',
    stored: 'stored_labels',
    columns: labelColumns,
    writtenColumns: writtenColumns(labelColumns),
    tokens: 'toUInt64(0)',
    spendUsd: noSpend,
    day: "CAST(NULL, 'Nullable(Date)')",
  },
};

/** One line of TabSeparated text, in the order of `writtenColumns`; `number` is the row's place in its load. */
export function eventLine(row: EventRow, number: number): string {
  const identity = `${number}\t${row.line}\t${row.distinctRepeats}\t${row.key}\t${row.contentHash}`;
  return `${identity}\t${fieldsOf(row)}\n`;
}

function fieldsOf(row: EventRow): string {
  switch (row.kind) {
    case 'generation':
      return generationFields(row);
    case 'usage_feed':
      return usageFeedFields(row);
    case 'activity':
      return activityFields(row);
    case 'label':
      return labelFields(row);
  }
}

function generationFields(row: GenerationRow): string {
  return (
    `${row.createdAt}\t${plainField(row.user)}\t${textField(row.model)}\t${textField(row.provider)}` +
    `\t${textField(row.app)}\t${textField(row.country)}\t${textField(row.language)}\t${textField(row.variant)}` +
    `\t${row.promptTokens}\t${row.completionTokens}` +
    `\t${plainField(row.reasoningTokens)}\t${plainField(row.cachedTokens)}\t${plainField(row.spendUsd)}` +
    `\t${plainField(row.byok)}\t${plainField(row.streamed)}\t${plainField(row.cancelled)}` +
    `\t${plainField(row.finishReason)}\t${textField(row.finishReasonRaw)}` +
    `\t${plainField(row.toolsOffered)}\t${plainField(row.toolsCalled)}` +
    `\t${plainField(row.latencyMs)}\t${plainField(row.timeToFirstTokenMs)}`
  );
}

function usageFeedFields(row: UsageFeedRow): string {
  return `${row.day}\t${textField(row.model)}\t${row.totalTokens}`;
}

function activityFields(row: ActivityRow): string {
  return `${row.day}\t${row.user}\t${textField(row.model)}\t${plainField(row.requests)}`;
}

function labelFields(row: LabelRow): string {
  return (
    `${row.generationKey}\t${textField(row.label)}\t${row.confidence}` +
    `\t${textField(row.classifier)}\t${textField(row.version)}`
  );
}

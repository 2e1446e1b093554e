import { isMissing } from '../values/read-value.ts';
import { Fault } from '../values/fault.ts';
import { readTime } from '../values/time.ts';
import { defineFormat, type LogRow } from './log-format.ts';

// What LiteLLM writes as user where a request came in under its own master key: nobody.
const masterKeyUser = 'default_user_id';

// call_type names an API method: acompletion, anthropic_messages, aresponses, … Those of the other kinds:
const notCompletions =
  /embedding|image|speech|transcription|moderation|rerank|video|ocr|search|_batch|_file|vector_store|fine_tuning|assistants|thread|mcp|health/i;

/** Rows of LiteLLM's table LiteLLM_SpendLogs, exported as CSV or JSON. */
export const litellmSpendLogs = defineFormat({
  id: 'litellm-spend-logs',
  title: 'LiteLLM spend logs',
  kind: 'generation',
  containers: ['csv', 'ndjson', 'json', 'parquet'],
  description:
    'The table LiteLLM_SpendLogs under its own column names. Times are UTC, with a zone or without. The user is ' +
    'end_user (whom the caller named), else user (whose key it was); default_user_id, LiteLLM’s master key, is ' +
    'nobody. Spend is USD as LiteLLM reckoned it, where 0 can also mean that it knew no price. A failed request ' +
    '(status failure) is kept with the tokens logged and the finish reason error; others have no finish reason, ' +
    'since the table has none. An answer from LiteLLM’s response cache is a generation like any other. Latency is ' +
    'request_duration_ms, else endTime − startTime; time to first token is completionStartTime − startTime, ' +
    'and missing where completionStartTime is endTime, which LiteLLM writes for answers that were not streamed. ' +
    'Calls that produce no completion (embeddings, images, speech, …, by call_type) are not counted. metadata, ' +
    'messages, response and proxy_server_request are not read.',
  requiredColumns: [
    'request_id',
    'startTime',
    ['model', 'model_group'],
    'prompt_tokens',
    'completion_tokens',
  ],
  identity: { id: 'request_id' },
  identicalRows: 'separate-events',
  counted: {
    column: 'call_type',
    accepts: (type) => typeof type !== 'string' || !notCompletions.test(type),
    otherwise: 'is a call that produces no completion',
  },
  fields: {
    id: 'request_id',
    createdAt: 'startTime',
    user: { from: ['end_user', 'user'], value: user },
    model: ['model', 'model_group'],
    provider: 'custom_llm_provider',
    promptTokens: 'prompt_tokens',
    completionTokens: 'completion_tokens',
    spendUsd: 'spend',
    finishReason: { from: ['status'], value: failure },
    finishReasonRaw: { from: ['status'], value: failure },
    latencyMs: { from: ['request_duration_ms', 'startTime', 'endTime'], value: latency },
    timeToFirstTokenMs: { from: ['completionStartTime', 'startTime', 'endTime'], value: timeToFirstToken },
  },
});

function user({ end_user: endUser, user: keyOwner }: LogRow): unknown {
  if (!isMissing(endUser)) return endUser;
  return keyOwner === masterKeyUser ? null : keyOwner;
}

function failure(row: LogRow): unknown {
  return row['status'] === 'failure' ? 'failure' : null;
}

function latency(row: LogRow): unknown {
  const logged = row['request_duration_ms'];
  return isMissing(logged) ? millisecondsBetween(row['startTime'], row['endTime']) : logged;
}

function timeToFirstToken({ startTime, completionStartTime, endTime }: LogRow): unknown {
  const first = millisecondsBetween(startTime, completionStartTime);
  return first === millisecondsBetween(startTime, endTime) ? null : first;
}

/** Null where either is missing or no time, or where the clocks ran backwards: then no duration is known. */
function millisecondsBetween(from: unknown, to: unknown): number | null {
  if (isMissing(from) || isMissing(to)) return null;
  const [start, end] = [readTime(from), readTime(to)];
  if (start instanceof Fault || end instanceof Fault) return null;
  const elapsed = Date.parse(`${end.replace(' ', 'T')}Z`) - Date.parse(`${start.replace(' ', 'T')}Z`);
  return elapsed < 0 ? null : elapsed;
}

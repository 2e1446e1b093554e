import { isMissing } from '../values/read-value.ts';
import { defineFormat, type LogRow } from './log-format.ts';

const decisions =
  'Only main_model is counted: the weak and editor models are settings, not calls. A cost of 0 means that Aider ' +
  'knew no price, so it is no spend rather than a spend of 0. Events carry no id: identical lines are one event ' +
  'sent twice. Model names that Aider was not allowed to report end in REDACTED and are kept as they are. ' +
  'The app is Aider itself.';

/** Aider's `message_send` events as a flat table. */
export const aiderAnalytics = defineFormat({
  id: 'aider-analytics',
  title: 'Aider message_send table',
  kind: 'generation',
  containers: ['csv'],
  description: `Aider’s published analytics events of the kind message_send, one row each. ${decisions}`,
  requiredColumns: [['created_at', 'time'], 'main_model', 'prompt_tokens', 'completion_tokens'],
  identity: 'content',
  identicalRows: 'one-event',
  fields: {
    createdAt: ['created_at', 'time'],
    user: 'user',
    model: 'main_model',
    app: aiderItself(),
    promptTokens: 'prompt_tokens',
    completionTokens: 'completion_tokens',
    spendUsd: knownCost('cost'),
  },
});

/** The file Aider itself writes with `--analytics-log`: every kind of event, one JSON object a line. */
export const aiderAnalyticsLog = defineFormat({
  id: 'aider-analytics-log',
  title: 'Aider analytics log',
  kind: 'generation',
  containers: ['ndjson'],
  description: `The file of Aider’s option --analytics-log. Events other than message_send are not counted. ${decisions}`,
  requiredColumns: ['event', 'time', 'properties.main_model', 'properties.prompt_tokens'],
  identity: 'content',
  identicalRows: 'one-event',
  counted: {
    column: 'event',
    accepts: (event) => event === 'message_send',
    otherwise: 'is not "message_send"',
  },
  fields: {
    createdAt: 'time',
    user: 'user_id',
    model: 'properties.main_model',
    app: aiderItself(),
    promptTokens: 'properties.prompt_tokens',
    completionTokens: 'properties.completion_tokens',
    spendUsd: knownCost('properties.cost'),
  },
});

function aiderItself() {
  return { from: [], value: () => 'aider' };
}

function knownCost(column: string) {
  return {
    from: [column],
    value: (row: LogRow) => (!isMissing(row[column]) && Number(row[column]) === 0 ? null : row[column]),
  };
}

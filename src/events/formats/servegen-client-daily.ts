import { isMissing } from '../values/read-value.ts';
import { defineFormat, type LogRow } from './log-format.ts';

/** What the trace calls its first day; it says which day of the week that is, and no date. */
const firstDay = Date.UTC(2024, 0, 1);
const millisecondsPerDay = 86_400_000;
/** So that a number that is not a day is refused as one, not turned into a date. */
const mostDays = 3_650;

/** Requests by client and day, made of the traces that ServeGen publishes. */
export const servegenClientDaily = defineFormat({
  id: 'servegen-client-daily',
  title: 'ServeGen clients by day',
  kind: 'activity',
  containers: ['csv', 'ndjson', 'json', 'parquet'],
  description:
    'One row per client of a model and day on which it sent requests, made of the traces of ServeGen (Alibaba ' +
    'Cloud Model Studio). Days are numbers from 0; the traces carry no date, so day 0 is set to Monday, ' +
    '2024-01-01, unless the column first_day names another. A client has a number within its category and model, ' +
    'so the user is the three together. Mean tokens are estimates, missing for some clients, and are not read.',
  requiredColumns: ['category', 'model', 'client', 'day', 'requests_est'],
  identity: 'day-model-user',
  identicalRows: 'one-event',
  fields: {
    day: { from: ['day', 'first_day'], value: dayOf },
    user: { from: ['client', 'category', 'model'], value: clientOf },
    model: 'model',
    requests: 'requests_est',
  },
});

function dayOf(row: LogRow): unknown {
  const { day } = row;
  const number = typeof day === 'string' && /^\d{1,4}$/.test(day) ? Number(day) : day;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > mostDays) return day;
  const given = row['first_day'];
  const first = isMissing(given) ? firstDay : Date.parse(String(given));
  if (Number.isNaN(first)) return given;
  return new Date(first + number * millisecondsPerDay).toISOString().slice(0, 10);
}

function clientOf(row: LogRow): unknown {
  const parts = [row['category'], row['model'], row['client']];
  return parts.some(isMissing) ? null : parts.join('/');
}

import { AtlasError } from '../../errors.ts';
import { aiderAnalytics, aiderAnalyticsLog } from './aider-analytics.ts';
import { atlas } from './atlas.ts';
import { atlasLabels } from './atlas-labels.ts';
import { litellmSpendLogs } from './litellm-spend-logs.ts';
import { readColumns, type Container, type LogFormat } from './log-format.ts';
import { openrouterActivityCsv } from './openrouter-activity-csv.ts';
import { openrouterGenerationJson } from './openrouter-generation-json.ts';
import { openrouterRankingsDaily } from './openrouter-rankings-daily.ts';
import { servegenClientDaily } from './servegen-client-daily.ts';

/** Every log format known. */
export const logFormats: readonly LogFormat[] = [
  atlas,
  openrouterActivityCsv,
  openrouterGenerationJson,
  openrouterRankingsDaily,
  litellmSpendLogs,
  aiderAnalytics,
  aiderAnalyticsLog,
  atlasLabels,
  servegenClientDaily,
];

/** The format of this name. */
export function formatNamed(id: string): LogFormat {
  const format = logFormats.find((candidate) => candidate.id === id);
  if (format !== undefined) return format;
  const names = logFormats.map((candidate) => candidate.id).join(', ');
  throw new AtlasError('FORMAT_UNKNOWN', `There is no log format named "${id}". The formats are: ${names}.`);
}

/** The one format whose required columns are all there. The error of none or several lists what each lacks. */
export function detectFormat(columns: readonly string[], container: Container): LogFormat {
  const candidates = logFormats
    .filter((format) => format.containers.includes(container))
    .map((format) => ({ format, missing: missingColumns(format, columns) }))
    .sort((left, right) => left.missing.length - right.missing.length);
  const fitting = candidates.filter(({ missing }) => missing.length === 0).map(({ format }) => format);
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  if (fitting.length > 1) {
    const names = fitting.map(({ id }) => id).join(', ');
    throw new AtlasError(
      'FORMAT_UNKNOWN',
      `The columns fit several log formats: ${names}. Name one with --format.`,
      { details: { formats: fitting.map(({ id }) => id) } },
    );
  }
  const lines = candidates.map(({ format, missing }) => `  ${format.id} lacks ${missing.join(', ')}`);
  throw new AtlasError(
    'FORMAT_UNKNOWN',
    [
      `The columns fit no log format that is read from ${container}${seen(columns)}.`,
      ...lines,
      'Name a format with --format, and give a column that is the same in all rows with --set column=value.',
    ].join('\n'),
    {
      details: { missing: Object.fromEntries(candidates.map(({ format, missing }) => [format.id, missing])) },
    },
  );
}

/** The required columns not among these, alternatives as `one or other`. */
export function missingColumns(format: LogFormat, columns: readonly string[]): string[] {
  const present = new Set(columns);
  return format.requiredColumns
    .map((column) => (typeof column === 'string' ? [column] : column))
    .filter((alternatives) => !alternatives.some((column) => present.has(column)))
    .map((alternatives) => alternatives.join(' or '));
}

// A file without a header has data where names should be: only names that some format knows are repeated.
function seen(columns: readonly string[]): string {
  const known = new Set(logFormats.flatMap(readColumns));
  const names = columns.filter((column) => known.has(column));
  const count = `${columns.length} column${columns.length === 1 ? '' : 's'}`;
  return names.length === 0 ? ` (${count}, none of them known)` : ` (${count}, known: ${names.join(', ')})`;
}

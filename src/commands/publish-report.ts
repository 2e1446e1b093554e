import type { PublishSummary } from '../releases/publish.ts';
import { formatCount, formatShare, formatTable } from './output.ts';

const NAMES_SHOWN = 5;

/** What was published, and what is not in it, for people. */
export function describeRelease(summary: PublishSummary): string {
  const { releaseId, periodFrom, periodTo, rowsRead, rowsQuarantined, totalTokens } = summary;
  return [
    `Published ${releaseId}, from ${periodFrom} until before ${periodTo}`,
    `  ${formatCount(rowsRead)} rows read, ${formatCount(rowsQuarantined)} refused, ${formatCount(totalTokens)} tokens`,
    formatTable(
      ['  rollup', 'version', 'rows', 'ms', 'SHA-256'],
      summary.rollups.map(({ name, version, rows, durationMs, sha256 }) => [
        `  ${name}`,
        version,
        rows,
        durationMs,
        sha256.slice(0, 12),
      ]),
    ),
    `  labelled: ${describeLabels(summary)}`,
    `  not covered: ${describeGaps(summary)}`,
  ].join('\n');
}

function describeLabels({ labelledShare, unlabelled }: PublishSummary): string {
  if (labelledShare === null) return 'no model is named';
  const share = `${formatShare(labelledShare)} of the tokens of named models`;
  if (unlabelled.length === 0) return share;
  const names = unlabelled.slice(0, NAMES_SHOWN).map(({ rawName }) => rawName);
  return `${share}; not, by tokens: ${names.join(', ')}${unlabelled.length > NAMES_SHOWN ? ', …' : ''}`;
}

function describeGaps({ notCovered: { measures, dimensions } }: PublishSummary): string {
  const parts = [
    measures.length > 0 ? `measures ${measures.join(', ')}` : '',
    dimensions.length > 0 ? `dimensions ${dimensions.join(', ')}` : '',
  ];
  return parts.filter((part) => part !== '').join('; ') || 'nothing';
}

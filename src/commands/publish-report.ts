import type { LabelReport, PublishSummary } from '../releases/publish.ts';
import { formatCount, formatCounted, formatShare, formatTable } from './output.ts';

const NAMES_SHOWN = 5;

/** What was published, and what is not in it, for people. */
export function describeRelease(summary: PublishSummary): string {
  const { releaseId, periodFrom, periodTo, rowsRead, rowsQuarantined, totalTokens } = summary;
  return [
    `Published ${releaseId}, from ${periodFrom} until before ${periodTo}`,
    `  ${formatCounted(rowsRead, 'row')} read, ${formatCount(rowsQuarantined)} refused, ${formatCount(totalTokens)} tokens`,
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
    ...(summary.withheld === null ? [] : [`  withheld: ${describeWithheld(summary.withheld)}`]),
    `  labelled: ${describeLabels(summary)}`,
    ...(summary.labels === null ? [] : [`  content labels: ${describeContent(summary.labels)}`]),
    `  not covered: ${describeGaps(summary)}`,
  ].join('\n');
}

/** A small data set may be withheld as a whole, which nobody should have to find out from empty answers. */
function describeWithheld({
  minimumUsers,
  rollups,
  leftOut,
}: NonNullable<PublishSummary['withheld']>): string {
  const cells = Object.values(rollups).reduce((sum, table) => sum + table.cells, 0);
  return (
    `${formatCount(cells)} cells of fewer than ${minimumUsers} users are folded into others, and ` +
    `${formatCount(leftOut.requests)} requests of days with fewer are left out; \`minimumUsers\` of the declaration sets it`
  );
}

function describeLabels({ labelledShare, unlabelled }: PublishSummary): string {
  if (labelledShare === null) return 'no model is named';
  const share = `${formatShare(labelledShare)} of the tokens of named models`;
  if (unlabelled.length === 0) return share;
  const names = unlabelled.slice(0, NAMES_SHOWN).map(({ rawName }) => rawName);
  return `${share}; not, by tokens: ${names.join(', ')}${unlabelled.length > NAMES_SHOWN ? ', …' : ''}`;
}

/** What became of each label, and of how many generations the rest is a sample. */
function describeContent(labels: LabelReport): string {
  const { mapped, unmapped, unmappedLabels, superseded, orphans, generations, rate } = labels;
  const shown = unmappedLabels
    .slice(0, NAMES_SHOWN)
    .map(({ label, labels: n }) => `${label} ${formatCount(n)}`);
  const more = unmappedLabels.length > NAMES_SHOWN ? ', …' : '';
  const parts = [
    `${formatCount(mapped)} mapped`,
    `${formatCount(unmapped)} unmapped${unmapped === 0 ? '' : ` (${shown.join(', ')}${more})`}`,
    ...(superseded === 0 ? [] : [`${formatCount(superseded)} of another classifier or an older version`]),
    ...(orphans === 0 ? [] : [`${formatCount(orphans)} of generations that are not loaded`]),
  ];
  const sample =
    rate === null
      ? 'no labelled generation is loaded'
      : `${formatCount(generations)} generations labelled, a share of ${Number(rate.toPrecision(3))} on their days`;
  return `${parts.join(', ')}; ${sample}`;
}

function describeGaps({ notCovered: { measures, dimensions } }: PublishSummary): string {
  const parts = [
    measures.length > 0 ? `measures ${measures.join(', ')}` : '',
    dimensions.length > 0 ? `dimensions ${dimensions.join(', ')}` : '',
  ];
  return parts.filter((part) => part !== '').join('; ') || 'nothing';
}

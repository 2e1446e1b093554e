import { daysBetween } from '../measures/periods.ts';
import type { Dataset, Release } from '../measures/release.ts';

const counts = new Intl.NumberFormat('en-US');
const shares = new Intl.NumberFormat('en-US', {
  style: 'percent',
  maximumFractionDigits: 2,
  signDisplay: 'exceptZero',
});
const changes = new Intl.NumberFormat('en-US', { signDisplay: 'exceptZero' });

/** What a release holds, and what is new against the one before it, in sentences. */
export function describeChanges(
  release: Release,
  before: Release | null,
  { nextUpdate }: Dataset,
  isLatest: boolean,
): string[] {
  const { periodFrom, periodTo, totalTokens, rowsRead, rowsQuarantined } = release;
  return [
    `Data from ${periodFrom} until before ${periodTo}, ${counts.format(daysBetween(periodFrom, periodTo))} days.`,
    `${counts.format(totalTokens)} tokens; ${counts.format(rowsRead)} rows read, ${counts.format(rowsQuarantined)} of them refused.`,
    ...(before === null ? ['No earlier release is kept.'] : changedSince(release, before)),
    ...(nextUpdate === null || !isLatest ? [] : [`The next release is expected on ${nextUpdate}.`]),
  ];
}

function changedSince(release: Release, before: Release): string[] {
  const tokens = release.totalTokens - before.totalTokens;
  const share = before.totalTokens === 0 ? '' : ` (${shares.format(tokens / before.totalTokens)})`;
  const days = daysBetween(before.periodTo, release.periodTo);
  const redefined = release.rollups
    .filter(({ name, sha256 }) => before.rollups.find((rollup) => rollup.name === name)?.sha256 !== sha256)
    .map(({ name, version }) => `${name} ${version}`);
  return [
    `Against ${before.id}: ${changes.format(tokens)} tokens${share}, the last day ${changes.format(days)} days later.`,
    ...(redefined.length === 0 ? [] : [`Counted by another definition: ${redefined.join(', ')}.`]),
    ...(release.catalogVersion === before.catalogVersion
      ? []
      : ['Models were labelled by a newer catalogue.']),
  ];
}

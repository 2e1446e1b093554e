import type { LoadSummary } from '../engine/load-summary.ts';
import { formatCount, formatCounted, formatTable } from './output.ts';

/** What became of a file, for people. */
export function describeLoad(file: string, summary: LoadSummary): string {
  const { rowsRead, accepted, alreadyLoaded, refused, dropped, totalTokens, spendUsd, from, to } = summary;
  const counts = [
    `${formatCounted(rowsRead, 'row')} read`,
    `${formatCount(accepted)} accepted`,
    `${formatCount(alreadyLoaded)} already loaded`,
    `${formatCount(refused)} refused`,
    ...(dropped === 0 ? [] : [`${formatCount(dropped)} of too little confidence left out`]),
  ];
  const lines = [`${file}: ${counts.join(', ')}`];
  // Content labels have neither tokens nor days of their own.
  if (from !== null) {
    const spend = spendUsd === null ? 'no spend given' : `${spendUsd} USD spent`;
    lines.push(`  ${formatCount(totalTokens)} tokens, ${spend}, from ${from} until before ${to}`);
  }
  if (refused > 0) lines.push(indent(describeRefusals(summary)));
  return lines.join('\n');
}

function describeRefusals({ refusedByReason }: LoadSummary): string {
  return formatTable(
    ['refused rows', 'first line', 'field', 'code', 'reason'],
    refusedByReason.map(({ count, firstLine, field, code, reason }) => [
      count,
      firstLine,
      field,
      code,
      reason,
    ]),
  );
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}

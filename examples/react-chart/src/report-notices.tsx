import type { UsageReport } from './weekly-shares-query.ts';

interface ReportNoticesProps {
  readonly report: UsageReport;
  readonly hasIncomplete: boolean;
}

/** What a reader must know before the numbers: that they are simulated, that some are withheld or incomplete. */
export function ReportNotices({ report, hasIncomplete }: ReportNoticesProps) {
  const { synthetic, withheld, warnings } = report.meta;
  return (
    <>
      {synthetic && (
        <p className="notice synthetic">
          <strong>Synthetic.</strong> A simulator made these data: they are no measurements of any real use.
        </p>
      )}
      {withheld !== null && withheld.cells > 0 && (
        <p className="notice">
          <strong>Withheld for privacy:</strong> {withheld.cells.toLocaleString('en')} cells of the release
          that stand for fewer than {withheld.minimumUsers} users{partOf(withheld.tokenShare)}.
        </p>
      )}
      {hasIncomplete && <p className="notice">The data do not cover the whole of the weeks that are pale.</p>}
      {warnings.map((warning) => (
        <p key={warning} className="notice">
          {warning}
        </p>
      ))}
    </>
  );
}

/** Not told where it would tell the tokens of few users. */
function partOf(tokenShare: number | null): string {
  if (tokenShare === null) return '';
  return `, with ${tokenShare.toLocaleString('en', { style: 'percent', maximumSignificantDigits: 2 })} of its tokens`;
}

import type { ReportName } from '../../downloads/address.ts';
import type { UsageArguments, UsageSelection } from '../../measures/usage-request.ts';
import { writeSelection } from './usage-selection.ts';

/** What a report was asked, of which its downloads are addresses. */
export interface DownloadQuestion {
  readonly report: ReportName;
  /** The release that answered. */
  readonly release: string;
  /** As the API takes them; those that a download does not take are passed over. */
  readonly args: Readonly<Record<string, unknown>>;
  /** What the report was asked by other ways than arguments; null: nothing. */
  readonly extras: Readonly<Record<string, string | null>>;
}

/** Measures come from the fields selected, and below an entity it is `only` that entity. */
export function usageQuestion(
  release: string,
  args: UsageArguments,
  selection: UsageSelection,
  only: string | null = null,
): DownloadQuestion {
  const columns = writeSelection(selection);
  return { report: 'usage', release, args: { ...args }, extras: { columns, only } };
}

import type { ComponentChildren } from 'preact';
import type { Problem } from './problem.ts';

export interface ProblemNoticeProps {
  readonly problem: Problem;
  readonly onRetry?: () => void;
  /** Opens the dialog in which the key is changed. */
  readonly onKey?: () => void;
}

/** Says why there is no answer, what to do, and by which id the server's operator finds it. */
export function ProblemNotice({ problem, onRetry, onKey }: ProblemNoticeProps) {
  const { code, message, requestId, retryAfter, isAboutKey, mayPass } = problem;
  return (
    <div class="notice notice-problem" role="alert">
      <p>
        <strong>{headingOf(problem)}</strong> {message}
        {retryAfter !== null && <> Try again in {retryAfter} s.</>}
      </p>
      <p class="notice-foot">
        <code>{code}</code>
        {requestId !== null && (
          <>
            {' '}
            · request <code>{requestId}</code>
          </>
        )}
      </p>
      <p class="notice-buttons">
        {onRetry !== undefined && mayPass && (
          <button type="button" onClick={onRetry}>
            Try again
          </button>
        )}
        {onKey !== undefined && isAboutKey && (
          <button type="button" onClick={onKey}>
            Change the key
          </button>
        )}
      </p>
    </div>
  );
}

function headingOf({ code, isAboutKey }: Problem): string {
  if (code === 'KEY_EXPIRED') return 'Your key has expired.';
  if (isAboutKey) return 'The key does not allow this.';
  if (code === 'QUOTA_EXHAUSTED') return 'The quota is used up.';
  if (code === 'UNREACHABLE') return 'No answer.';
  return 'This could not be answered.';
}

/** Beside everything that is drawn from data that a simulator made. */
export function SyntheticNotice({ title }: { readonly title: string }) {
  return (
    <p class="notice notice-synthetic">
      <strong>Synthetic.</strong> {title} was made by a simulator: these are not measurements of any real use.
    </p>
  );
}

/** What is not in a chart for the sake of its users. */
export function WithheldNotice({
  cells,
  tokenShare,
  minimumUsers,
}: {
  readonly cells: number;
  /** Null where it would tell the tokens of few users. */
  readonly tokenShare: number | null;
  readonly minimumUsers: number;
}) {
  if (cells === 0) return null;
  const part = tokenShare ?? 0;
  const share = part.toLocaleString('en', { style: 'percent', maximumSignificantDigits: 2 });
  const [what, where] = part > 0 ? [`${share} of the tokens of the release`, ', in'] : ['', ''];
  return (
    <div class="notice notice-withheld">
      {part > 0 && (
        <span class="withheld-band" aria-hidden="true">
          <span style={{ width: `${Math.max(0.5, 100 * part)}%` }} />
        </span>
      )}
      <p>
        <strong>Withheld for privacy:</strong> {what}
        {where} {cells.toLocaleString('en')} cells of the release that stand for fewer than {minimumUsers}{' '}
        users. What can be is folded into others.
      </p>
    </div>
  );
}

/** Anything else that a reader should know. */
export function Notice({ children }: { readonly children: ComponentChildren }) {
  return <div class="notice">{children}</div>;
}

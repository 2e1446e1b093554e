import type { Problem } from './problem.ts';

interface ProblemNoticeProps {
  readonly problem: Problem;
  readonly onRetry: () => void;
}

/** What to do is told by the codes that a page can do something about; the rest is the server's own sentence. */
const headings: Readonly<Record<string, string>> = {
  KEY_EXPIRED: 'The key has expired.',
  KEY_INVALID: 'This is no key of the server.',
  KEY_REVOKED: 'The key was revoked.',
  QUOTA_EXHAUSTED: 'The quota is used up.',
  UNREACHABLE: 'The server does not answer.',
};

export function ProblemNotice({ problem, onRetry }: ProblemNoticeProps) {
  const { code, message, requestId } = problem;
  return (
    <div className="notice problem" role="alert">
      <p>
        <strong>{headings[code] ?? 'This could not be answered.'}</strong> {message}
      </p>
      <p>
        <code>{code}</code>
        {requestId !== null && (
          <>
            , request <code>{requestId}</code>
          </>
        )}{' '}
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      </p>
    </div>
  );
}

/** Why a question was not answered, in terms that a page can act upon. */
export class Problem extends Error {
  /** A code of docs/errors.md, or UNREACHABLE where no answer came, UNREADABLE where it was none of ours. */
  readonly code: string;
  /** Of the HTTP answer; 0 where none came. */
  readonly status: number;
  /** Seconds to wait before asking again; null where waiting does not help or is not told. */
  readonly retryAfter: number | null;
  /** By which the server's log knows the request; null where none came. */
  readonly requestId: string | null;

  constructor(
    code: string,
    message: string,
    {
      status = 0,
      retryAfter = null,
      requestId = null,
    }: { status?: number; retryAfter?: number | null; requestId?: string | null } = {},
  ) {
    super(message);
    this.name = 'Problem';
    this.code = code;
    this.status = status;
    this.retryAfter = retryAfter;
    this.requestId = requestId;
  }

  /** Whether another key, or none, may help. */
  get isAboutKey(): boolean {
    return this.code.startsWith('KEY_') || this.code === 'SCOPE_MISSING';
  }

  /** Whether the same question may be answered later. */
  get mayPass(): boolean {
    return (
      ['UNREACHABLE', 'UNREADABLE', 'QUOTA_EXHAUSTED', 'SERVER_BUSY'].includes(this.code) ||
      this.status >= 500
    );
  }
}

export const unreachable = (): Problem =>
  new Problem(
    'UNREACHABLE',
    'The server does not answer. It may be starting again: your settings are kept, try again in a moment.',
  );

/** Why a question was not answered. */
export class Problem extends Error {
  /** `extensions.code` of the first error; UNREACHABLE where no answer came, UNREADABLE where it was none of the API. */
  readonly code: string;
  /** By which the server's log knows the request; null where none came. */
  readonly requestId: string | null;

  constructor(code: string, message: string, requestId: string | null = null) {
    super(message);
    this.name = 'Problem';
    this.code = code;
    this.requestId = requestId;
  }
}

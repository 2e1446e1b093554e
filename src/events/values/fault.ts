import type { RefusalCode } from '../event-row.ts';

/** Why one value could not be read. Returned, not thrown: a bad value is an expected result and costs no stack. */
export class Fault {
  readonly code: RefusalCode;
  /** Completes a sentence that begins with the column's name. */
  readonly reason: string;

  constructor(code: RefusalCode, reason: string) {
    this.code = code;
    this.reason = reason;
  }
}

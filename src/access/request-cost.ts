import { AtlasError } from '../errors.ts';
import type { QuotaCounter, QuotaState, QuotaSubject } from './quota.ts';

/** One thing that a request paid for. */
export interface CostItem {
  readonly what: string;
  /** The most that it could have cost, as known before it ran. */
  readonly requested: number;
  readonly actual: number;
}

/** Takes points for work before it runs; what the work did not need is given back. */
export interface Payer {
  pay<Result>(
    what: string,
    requested: number,
    work: () => Promise<Result>,
    actualOf: (result: Result) => number,
  ): Promise<Result>;
}

/** Where no quota applies: commands, tests. */
export const unmetered: Payer = { pay: (_what, _requested, work) => work() };

/** What being answered at all costs. */
export const REQUEST_POINTS = 1;

const admission: CostItem = { what: 'the request', requested: REQUEST_POINTS, actual: REQUEST_POINTS };

/** The account of one request, against the quota of who asks. */
export class RequestCost implements Payer {
  readonly subject: QuotaSubject;
  readonly items: CostItem[] = [];
  readonly #counter: QuotaCounter;
  #state: QuotaState;
  /** Points that were taken with the admission, and that nothing was charged for yet. */
  #advance: number;
  /** Points that work asked for; null once some was refused. */
  #asked: number | null = 0;
  #isClosed = false;

  private constructor(counter: QuotaCounter, subject: QuotaSubject, state: QuotaState, advance: number) {
    this.#counter = counter;
    this.subject = subject;
    this.#state = state;
    this.#advance = advance;
  }

  /**
   * Takes the points that any request costs, and in the same operation those that this one is likely to ask
   * for; `admitted` is false where there are none left. To be closed when the answer is known.
   */
  static async open(
    counter: QuotaCounter,
    subject: QuotaSubject,
  ): Promise<{ cost: RequestCost; admitted: boolean }> {
    const most = REQUEST_POINTS + counter.advances.of(subject);
    const state = await counter.takeUpTo(subject, REQUEST_POINTS, most);
    const admitted = state.taken > 0;
    const cost = new RequestCost(counter, subject, state, admitted ? state.taken - REQUEST_POINTS : 0);
    if (admitted) cost.items.push(admission);
    else cost.#asked = null;
    return { cost, admitted };
  }

  get requested(): number {
    return this.items.reduce((sum, { requested }) => sum + requested, 0);
  }

  get actual(): number {
    return this.items.reduce((sum, { actual }) => sum + actual, 0);
  }

  get state(): QuotaState {
    const { remaining, resetsAt } = this.#state;
    // What is kept in advance is the subject's still.
    return { remaining: remaining + this.#advance, resetsAt };
  }

  /** Seconds until the window is over, at least one. */
  get secondsLeft(): number {
    return Math.max(1, Math.ceil((this.#state.resetsAt.getTime() - Date.now()) / 1_000));
  }

  async pay<Result>(
    what: string,
    requested: number,
    work: () => Promise<Result>,
    actualOf: (result: Result) => number,
  ): Promise<Result> {
    // A quota that nothing was spent of is enough for any one query: what is allowed at all must be possible.
    const held = Math.max(1, Math.min(requested, this.subject.points - REQUEST_POINTS));
    const returnable = this.#holdOfAdvance(held) ?? (await this.#hold(held));
    if (returnable === null) throw this.exhausted(what, requested);
    const takenUntil = this.#state.resetsAt;
    // Work that fails was work: nothing is known of how much, so all that was held is kept.
    let actual = held;
    try {
      const result = await work();
      actual = actualOf(result);
      return result;
    } finally {
      this.items.push({ what, requested, actual });
      this.#settle(Math.min(held - actual, returnable), takenUntil);
    }
  }

  /** Gives back what was taken in advance and not asked for. Not waited for; more than once does nothing. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const unused = this.#advance;
    this.#advance = 0;
    this.#settle(unused, this.#state.resetsAt);
    this.#counter.advances.remember(this.subject, this.#asked ?? 0);
  }

  exhausted(what = 'the request', needed: number = REQUEST_POINTS): AtlasError {
    const { points, windowSeconds, quotaClass } = this.subject;
    const advice = quotaClass === 'ANONYMOUS' ? ' A key has a quota of its own.' : '';
    return new AtlasError(
      'QUOTA_EXHAUSTED',
      `${what} may cost ${needed} points, and ${this.state.remaining} of ${points} per ${windowSeconds} s are left: ` +
        `wait ${this.secondsLeft} s, or ask for less.${advice}`,
      {
        details: {
          needed,
          remaining: this.state.remaining,
          quota: points,
          resetsAt: this.#state.resetsAt.toISOString(),
        },
      },
    );
  }

  /** Points that were all taken in advance need not be waited for; undefined where that is not so. */
  #holdOfAdvance(points: number): number | undefined {
    // What was taken of a window that is over is spent.
    if (this.#advance > 0 && this.#state.resetsAt.getTime() <= Date.now()) this.#advance = 0;
    if (this.#asked !== null) this.#asked += points;
    if (points > this.#advance) return undefined;
    this.#advance -= points;
    return points;
  }

  /** Takes points, of the advance first. Returns how many of them may be given back; null where too few are left. */
  async #hold(points: number): Promise<number | null> {
    // Taken before anything is waited for: fields of one request pay at the same time.
    const advanced = this.#advance;
    this.#advance = 0;
    const before = this.#state.resetsAt.getTime();
    const { taken, ...state } = await this.#counter.take(this.subject, points - advanced);
    const isSameWindow = state.resetsAt.getTime() - before < (this.subject.windowSeconds * 1_000) / 2;
    this.#state = state;
    if (!taken) {
      if (isSameWindow && !this.#isClosed) this.#advance += advanced;
      this.#asked = null;
      return null;
    }
    // A point taken of the last window would be a gift to this one.
    return isSameWindow ? points : points - advanced;
  }

  /** Not waited for: the answer need not know that the counter has it. */
  #settle(unused: number, takenUntil: Date): void {
    if (unused === 0) return;
    this.#state = { ...this.#state, remaining: Math.max(0, this.#state.remaining + unused) };
    // Points of a window that is over would be a gift to the next one.
    if (takenUntil.getTime() <= Date.now()) return;
    const settled =
      unused > 0 ? this.#counter.giveBack(this.subject, unused) : this.#counter.charge(this.subject, -unused);
    // A counter that can not be reached has kept more than it should: never less.
    settled.catch(() => undefined);
  }
}

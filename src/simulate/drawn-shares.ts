import { type Engine, exactCount } from '../engine/engine.ts';
import { firstLabelledDay } from './calendar.ts';
import { normalised } from './rake.ts';
import { categoryNames } from './usage.ts';

/** Shares of categories in the tokens of one Monday week, from 0 to 1. */
export interface WeekShares {
  week: string;
  shares: Record<string, number>;
}

/**
 * What the labelled sample is a sample of: the tokens of all generations of the tagged days, labelled or not, by week
 * and category. The world's own shares differ from these by chance.
 */
export class DrawnShares {
  readonly #tokens = new Map<string, number[]>();

  /** Counts the chunk that was drawn. */
  async add(engine: Engine): Promise<void> {
    const rows = await engine.rows<{ week: string; category: number; tokens: string }>(
      'simulate.count_categories',
      `SELECT toMonday(created_at) AS week, category, sum(prompt_tokens + completion_tokens) AS tokens
       FROM simulated_rows
       WHERE created_at >= toDateTime64({from:String}, 3, 'UTC')
       GROUP BY week, category`,
      { from: `${firstLabelledDay} 00:00:00` },
    );
    for (const { week, category, tokens } of rows) {
      const sums = this.#tokens.get(week) ?? categoryNames.map(() => 0);
      sums[category] = (sums[category] ?? 0) + exactCount(tokens);
      this.#tokens.set(week, sums);
    }
  }

  byWeek(): WeekShares[] {
    return [...this.#tokens]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([week, tokens]) => {
        const shares = normalised(tokens);
        return {
          week,
          shares: Object.fromEntries(categoryNames.map((name, place) => [name, shares[place] ?? 0])),
        };
      });
  }
}

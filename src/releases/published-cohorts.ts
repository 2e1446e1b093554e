import type pg from 'pg';
import { periodNumber, periodStart, type CohortGrain } from '../rollups/cohorts/cohort-periods.ts';
import type { CohortSubject } from '../rollups/cohorts/cohort-rows.ts';
import type { CohortSurroundings } from '../rollups/cohorts/publish-cohorts.ts';
import type { ActiveUsers } from '../rollups/cohorts/withhold-cells.ts';
import type { WithheldUsers } from './withhold-users.ts';
import type { Withheld } from './withheld.ts';

interface ActiveRow {
  grouping: string;
  entity_key: number | null;
  grain: CohortGrain;
  period_start: string;
  users: string;
}

interface WithheldPeriods {
  subject: CohortSubject;
  grain: CohortGrain;
  periods: readonly number[];
}

/** Keeps count of what the cohorts of a release withhold, and of the active users that go with them. */
export class CohortWithholding implements CohortSurroundings {
  readonly #published = new Map<string, Map<number, number>>();
  readonly #withheldPeriods: WithheldPeriods[] = [];
  #cells = 0;

  /** Reads the active users that the release has: the cohorts' rollup comes after theirs. */
  static async beside(client: pg.ClientBase, releaseKey: number): Promise<CohortWithholding> {
    const withholding = new CohortWithholding();
    const { rows } = await client.query<ActiveRow>(
      `SELECT active.grouping, entity_key, grain, period_start::text, users FROM active_users AS active
       WHERE release_key = $1
         AND (active.grouping = 'ALL' OR (active.grouping IN ('MODEL', 'AUTHOR') AND entity_key IS NOT NULL))`,
      [releaseKey],
    );
    for (const row of rows) {
      const subject = { grouping: row.grouping, entityKey: String(row.entity_key ?? '\\N') };
      withholding
        .#periodsOf(subject, row.grain)
        .set(periodNumber(row.grain, row.period_start), Number(row.users));
    }
    return withholding;
  }

  activeUsers(subject: CohortSubject, grain: CohortGrain): ActiveUsers {
    return this.#periodsOf(subject, grain);
  }

  onWithheld(subject: CohortSubject, grain: CohortGrain, cells: number, periods: readonly number[]): void {
    this.#cells += cells;
    if (periods.length > 0) this.#withheldPeriods.push({ subject, grain, periods });
  }

  /** Removes the active users that cohorts could be got back from, and returns how many these are. */
  async finish(client: pg.ClientBase, releaseKey: number, withheld: Withheld): Promise<number> {
    let removed = 0;
    for (const { subject, grain, periods } of this.#withheldPeriods) {
      const { rowCount } = await client.query(
        `DELETE FROM active_users AS active
         WHERE release_key = $1 AND grain = $2 AND active.grouping = $3
           AND entity_key IS NOT DISTINCT FROM $4::int AND period_start = ANY ($5::date[])`,
        [
          releaseKey,
          grain,
          subject.grouping,
          subject.entityKey === '\\N' ? null : Number(subject.entityKey),
          periods.map((period) => periodStart(grain, period)),
        ],
      );
      removed += rowCount ?? 0;
    }
    withheld.rollups['retention_cohorts'] = { cells: this.#cells, tokenShare: 0 };
    return removed;
  }

  /** The active users that cohorts could be got back from. */
  withheldUsers(): WithheldUsers[] {
    return this.#withheldPeriods.flatMap(({ subject, grain, periods }) =>
      periods.map((number) => {
        const users = this.#periodsOf(subject, grain).get(number) ?? 0;
        return { grain, period: periodStart(grain, number), users };
      }),
    );
  }

  #periodsOf({ grouping, entityKey }: CohortSubject, grain: CohortGrain): Map<number, number> {
    const key = `${grouping} ${entityKey} ${grain}`;
    const known = this.#published.get(key) ?? new Map<number, number>();
    this.#published.set(key, known);
    return known;
  }
}

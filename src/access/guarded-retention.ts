import type { RetentionQuery } from '../measures/retention/retention-query.ts';
import {
  answerRanking,
  answerRetention,
  type RankingAnswer,
  type RetentionAnswer,
  type RetentionSubject,
} from '../measures/retention/retention-service.ts';
import type { RankingQuery } from '../measures/retention/retention-sql.ts';
import type { Release } from '../measures/release.ts';
import { pointsFor } from '../measures/cost.ts';
import { mostCohorts } from '../measures/retention/retention-cost.ts';
import { requireDataScopes } from './guard.ts';
import { cohortIngredients } from './needed-scopes.ts';
import type { RequestAccess } from './request-access.ts';

/**
 * The one way of requests to cohorts: visibility and scopes are checked, and points taken, before a statement
 * runs. Cohorts are counts of users, whatever is asked of them.
 */
export class GuardedRetention {
  readonly #request: RequestAccess;

  constructor(request: RequestAccess) {
    this.#request = request;
  }

  /** Cohorts of several subjects by their keys. One statement. */
  async answer(
    query: RetentionQuery,
    subjects: readonly RetentionSubject[],
  ): Promise<Map<number | null, RetentionAnswer>> {
    await this.admit(query.release);
    const most = mostCohorts(query) * subjects.length;
    return this.#request.payer.pay(
      `retention: ${subjects.length} subjects × ${mostCohorts(query)} cohorts at most`,
      pointsFor(most),
      () => answerRetention(this.#request.database, query, subjects, this.#request.signal),
      (answers) =>
        pointsFor(
          [...answers.values()].reduce((sum, { cohorts, leftOut }) => sum + cohorts.length + leftOut, 0),
        ),
    );
  }

  /** Subjects by their retention at one age. One statement. */
  async ranking(query: RankingQuery): Promise<RankingAnswer> {
    await this.admit(query.release);
    const catalog = await this.#request.releases.catalog(query.release);
    const entities = catalog[query.grouping === 'MODEL' ? 'model' : 'author'].all.length;
    const most = pointsFor(entities * mostCohorts(query));
    const what = `retention of ${entities} subjects at age ${query.age}`;
    const ranked = () => answerRanking(this.#request.database, query, this.#request.signal);
    return this.#request.payer.pay(what, most, ranked, () => most);
  }

  /** Whether the viewer may ask about users of the release at all; refuses where not. */
  async admit(release: Release): Promise<void> {
    const dataset = await this.#request.releases.dataset(release.datasetId);
    requireDataScopes(this.#request.viewer, dataset, cohortIngredients);
  }
}

import { AtlasError } from '../../errors.ts';
import { cohortGrains, type CohortGrain } from './cohort-periods.ts';
import { type Cohort, cohortLines, cohortsBySubject, subjectOf, type CohortSubject } from './cohort-rows.ts';
import { type ActiveUsers, miscountedPeriod, withholdCells } from './withhold-cells.ts';
import { withholdSizes } from './withhold-sizes.ts';

/** What is published of the active users of a subject, and what becomes of the cohorts withheld. */
export interface CohortSurroundings {
  /** Active users that the release publishes by period, beside which cohorts are withheld. */
  activeUsers(subject: CohortSubject, grain: CohortGrain): ActiveUsers;
  /** Told of each subject and grain. */
  onWithheld(
    subject: CohortSubject,
    grain: CohortGrain,
    cells: number,
    activePeriods: readonly number[],
  ): void;
}

/** Checks the cohorts of the rollup against the active users, and takes out the counts that may not be published. */
export async function* publishCohorts(
  rows: AsyncIterable<Uint8Array>,
  minimumUsers: number | null,
  surroundings: CohortSurroundings,
): AsyncGenerator<Uint8Array> {
  for await (const all of cohortsBySubject(rows)) {
    const subject = subjectOf(all);
    const ofGrain = (grain: CohortGrain) => all.filter((cohort) => cohort.grain === grain);
    const days = new Map(ofGrain('DAY').map(({ period, users }) => [period, users[0] ?? 0]));
    const withheldPeriods = minimumUsers === null ? null : withholdSizes(days, minimumUsers);
    const published: Cohort[] = [];
    for (const grain of cohortGrains) {
      const cohorts = ofGrain(grain);
      const active = surroundings.activeUsers(subject, grain);
      refuseMiscounted(subject, grain, miscountedPeriod(cohorts, active));
      if (withheldPeriods === null || minimumUsers === null) {
        published.push(...cohorts);
        continue;
      }
      const kept = withholdCells(cohorts, withheldPeriods[grain], active, minimumUsers);
      surroundings.onWithheld(subject, grain, kept.withheld, kept.activeWithheld);
      published.push(...kept.cohorts);
    }
    // A subject of which nothing is published is not named either.
    if (published.some(({ users }) => users.length > 0)) yield cohortLines(published);
  }
}

function refuseMiscounted({ grouping, entityKey }: CohortSubject, grain: CohortGrain, period: number | null) {
  if (period === null) return;
  const subject = grouping === 'ALL' ? 'the whole data set' : `${grouping.toLowerCase()} ${entityKey}`;
  throw new AtlasError(
    'INTERNAL',
    `The cohorts of ${subject} do not add up to its active users (${grain} ${period}): nothing was published.`,
  );
}

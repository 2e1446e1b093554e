import { addMonths } from '../../../src/measures/periods.ts';
import { toCohort, type Cohort, type CohortRow } from '../../../src/measures/retention/cohort.ts';
import type { RetentionQuery } from '../../../src/measures/retention/retention-query.ts';
import { randomSource } from '../../support/serving-fixture.ts';

/** A world of monthly cohorts of one model, whose truth is known. */
export interface Truth {
  readonly cohorts: number;
  /** Least and most users of a cohort; sizes are spread evenly in their logarithm. */
  readonly sizes: readonly [number, number];
  /** How far cohorts differ by chance beyond their users: standard deviation of the logarithm of their rate. */
  readonly spread: number;
  /** A cohort whose rate is this many times that of the others at every age above 0. */
  readonly foundational: { readonly cohort: number; readonly times: number } | null;
  /** An age from which on the rate of a cohort is this many times what it would be. */
  readonly boomerang: { readonly cohort: number; readonly age: number; readonly times: number } | null;
  /** Whether it is known who stayed, or only the bound. */
  readonly stayedKnown: boolean;
}

const firstMonth = '2024-01-01';

/**
 * Users have a liking of their own for the model, so that the ages of a user depend on each other; what is common to
 * all is a curve that falls to a plateau, on which any rise is chance.
 */
export function syntheticCohorts(truth: Truth, seed: number): Cohort[] {
  const random = randomSource(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const plateau = 0.08 + 0.2 * random();
  const fall = 0.3 + 0.5 * random();
  const rateAt = (age: number): number => plateau * (1 + Math.exp(-fall * age));
  const [least, most] = truth.sizes;
  return Array.from({ length: truth.cohorts }, (_, number): Cohort => {
    const size = Math.round(least * (most / least) ** random());
    const ages = truth.cohorts - number;
    const shift = Math.exp(truth.spread * normal());
    const users = new Array<number>(ages).fill(0);
    const stayed = new Array<number | null>(ages).fill(0);
    for (let user = 0; user < size; user += 1) {
      // Mean 1: some hardly come back, some nearly always.
      const liking = 2 * random();
      let wasActive = true;
      for (let age = 0; age < ages; age += 1) {
        const rise =
          truth.boomerang?.cohort === number && age >= truth.boomerang.age ? truth.boomerang.times : 1;
        const times = truth.foundational?.cohort === number ? truth.foundational.times : 1;
        const active = age === 0 || random() < rateAt(age) * shift * times * rise * liking;
        if (active) users[age] = (users[age] ?? 0) + 1;
        if (active && wasActive && age > 0) stayed[age] = (stayed[age] ?? 0) + 1;
        wasActive = active;
      }
    }
    const start = addMonths(firstMonth, number);
    const row: CohortRow = { start, users, stayed: truth.stayedKnown ? stayed : stayed.map(() => null) };
    return toCohort(row, queryTo(addMonths(firstMonth, truth.cohorts)), null);
  });
}

/** A query for all of a world that ends before a day. */
export function queryTo(periodTo: string): RetentionQuery {
  return {
    release: {
      key: 1,
      id: `synthetic@${periodTo}.1`,
      datasetId: 'synthetic',
      publishedAt: new Date(0),
      periodFrom: firstMonth,
      periodTo,
      licence: '',
      citation: '',
      catalogVersion: '',
      rowsRead: 0,
      rowsQuarantined: 0,
      totalTokens: 0,
      coverage: { measures: {}, dimensions: {} },
      sampling: null,
      withheld: null,
      rollups: [],
    },
    grouping: 'ALL',
    calendar: { grain: 'MONTH', weekStart: 'MONDAY' },
    from: null,
    to: null,
    minimumCohort: 1,
    lastAge: 63,
  };
}

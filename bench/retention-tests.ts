import { testBoomerangs } from '../src/measures/retention/boomerang.ts';
import type { Cohort } from '../src/measures/retention/cohort.ts';
import { type Against, testFoundational } from '../src/measures/retention/foundational.ts';
import { wilson } from '../src/measures/retention/wilson.ts';
import { syntheticCohorts, type Truth } from '../test/measures/retention/synthetic-cohorts.ts';

/**
 * How often the tests of retention find what is not there, and what is: `npx tsx bench/retention-tests.ts [worlds]`.
 * A world is one report: nine monthly cohorts of 60 to 900 users, unless the line says otherwise.
 */
const worlds = Number(process.argv[2] ?? 1_000);
const level = 0.05;

const nothing: Truth = {
  cohorts: 9,
  sizes: [60, 900],
  spread: 0,
  foundational: null,
  boomerang: null,
  stayedKnown: true,
};

const foundational =
  (against: Against, lift: number) =>
  (cohorts: readonly Cohort[]): string[] =>
    testFoundational(cohorts, { level, ages: 3, lift, against, leftCensored: true })
      .filter(({ passed }) => passed)
      .map(({ cohort }) => `${cohorts.indexOf(cohort)}`);

const boomerang =
  (rise: number) =>
  (cohorts: readonly Cohort[]): string[] =>
    testBoomerangs(cohorts, { level, rise })
      .filter(({ passed }) => passed)
      .map(({ cohort, age }) => `${cohorts.indexOf(cohort)} at ${age}`);

/** Share of the worlds in which `wanted` is found, or anything where nothing is wanted. */
function report(
  name: string,
  truth: Truth,
  find: (cohorts: readonly Cohort[]) => string[],
  wanted: string | null,
) {
  let count = 0;
  for (let seed = 1; seed <= worlds; seed += 1) {
    const found = find(syntheticCohorts(truth, seed));
    if (wanted === null ? found.length > 0 : found.includes(wanted)) count += 1;
  }
  const { low, high } = wilson(count, worlds);
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  console.log(`${percent(count / worlds).padStart(8)}  (${percent(low)} to ${percent(high)})  ${name}`);
}

console.log(`${worlds} worlds each, level ${level}; 95 % intervals\n\nFalse alarms`);
report('foundational, against all later together', nothing, foundational('POOLED', 1.25), null);
report(
  'foundational, against all later together, no lift asked for',
  nothing,
  foundational('POOLED', 1),
  null,
);
report('foundational, against each later, no lift asked for', nothing, foundational('EACH', 1), null);
report('foundational, against the variety, no lift asked for', nothing, foundational('VARIED', 1), null);
for (const spread of [0.1, 0.25, 0.5]) {
  const apart = { ...nothing, spread };
  report(
    `foundational, variety, cohorts ${spread} apart by chance, no lift`,
    apart,
    foundational('VARIED', 1),
    null,
  );
  report(
    `foundational, together, cohorts ${spread} apart by chance`,
    apart,
    foundational('POOLED', 1.25),
    null,
  );
  report(`foundational, each, cohorts ${spread} apart by chance`, apart, foundational('EACH', 1.25), null);
}
report('boomerang', nothing, boomerang(0.01), null);
report('boomerang, no rise asked for', nothing, boomerang(0), null);
report(
  'boomerang, who stayed unknown, no rise asked for',
  { ...nothing, stayedKnown: false },
  boomerang(0),
  null,
);

console.log('\nPower');
for (const times of [1.25, 1.5, 2, 3]) {
  const truth = { ...nothing, foundational: { cohort: 1, times } };
  report(`foundational, ${times} times the retention, together`, truth, foundational('POOLED', 1.25), '1');
  report(`foundational, ${times} times the retention, variety`, truth, foundational('VARIED', 1.25), '1');
  report(`foundational, ${times} times the retention, each`, truth, foundational('EACH', 1.25), '1');
}
for (const times of [1.5, 2, 3]) {
  const truth = { ...nothing, boomerang: { cohort: 2, age: 4, times } };
  report(`boomerang, ${times} times the users`, truth, boomerang(0.01), '2 at 4');
  report(
    `boomerang, ${times} times, who stayed unknown`,
    { ...truth, stayedKnown: false },
    boomerang(0.01),
    '2 at 4',
  );
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Kinship, recoverableUsers, type UserCount } from '../../src/releases/recoverable-users.ts';

const kinship: Kinship = {
  continentOf: (country) => ({ DE: 'EU', FR: 'EU', AD: 'EU', US: 'NA', CA: 'NA', SG: 'AS' })[country] ?? null,
  authorOf: (model) => ({ 1: '10', 2: '10', 3: '20' })[model] ?? null,
};
const count = (grouping: string, value: string, users: number): UserCount => ({ grouping, value, users });
const namesOf = (counts: readonly UserCount[]) => counts.map(({ grouping, value }) => `${grouping} ${value}`);

describe('counts of users beside those of too few', () => {
  it('are withheld where they would tell these by subtraction, the smallest first', () => {
    // The one user of Europe who is not in Germany; America is whole.
    const counts = [
      count('ALL', '', 30),
      count('CONTINENT', 'EU', 10),
      count('CONTINENT', 'NA', 20),
      count('COUNTRY', 'DE', 9),
      count('COUNTRY', 'US', 12),
      count('COUNTRY', 'CA', 8),
    ];
    expect(namesOf(recoverableUsers(counts, kinship, 5))).toEqual(['COUNTRY DE']);
  });

  it('are told by countries where their continent is withheld', () => {
    // Three users of Asia, which is withheld; then Europe, but not the Germans in it.
    const counts = [
      count('ALL', '', 30),
      count('CONTINENT', 'EU', 12),
      count('CONTINENT', 'NA', 15),
      count('COUNTRY', 'DE', 12),
      count('COUNTRY', 'US', 15),
    ];
    expect(namesOf(recoverableUsers(counts, kinship, 5))).toEqual(['CONTINENT EU', 'COUNTRY DE']);
  });

  it('are those of models within their author, and of source groups', () => {
    const counts = [
      count('ALL', '', 40),
      count('AUTHOR', '10', 11),
      count('MODEL', '1', 10),
      count('MODEL', '3', 40),
      count('SOURCE_GROUP', 'PROPRIETARY', 38),
    ];
    expect(namesOf(recoverableUsers(counts, kinship, 5))).toEqual(['SOURCE_GROUP PROPRIETARY', 'MODEL 1']);
  });

  it('stay where parts share users, and where enough are left', () => {
    const counts = [
      count('ALL', '', 20),
      count('SOURCE_GROUP', 'PROPRIETARY', 19),
      count('SOURCE_GROUP', 'CHINESE_OPEN', 12),
      count('CONTINENT', 'EU', 15),
      count('COUNTRY', 'DE', 10),
    ];
    expect(recoverableUsers(counts, kinship, 5)).toEqual([]);
  });

  it('that add up to all are withheld where all is, for the sake of a cohort', () => {
    const counts = [
      count('COUNTRY', 'DE', 10),
      count('SOURCE_GROUP', 'PROPRIETARY', 9),
      count('MODEL', '1', 8),
    ];
    expect(namesOf(recoverableUsers(counts, kinship, 5))).toEqual(['COUNTRY DE', 'SOURCE_GROUP PROPRIETARY']);
  });

  it('tell of no few users of countries, whichever of them are added and subtracted', () => {
    const countries = ['DE', 'FR', 'AD', 'US', 'CA', 'SG', 'none'];
    const minimumUsers = 5;
    const isTold = (users: number) => users === 0 || users >= minimumUsers;
    let withheld = 0;
    fc.assert(
      fc.property(fc.tuple(...countries.map(() => fc.nat(12))), (sizes) => {
        const users = new Map(countries.map((country, place) => [country, sizes[place] ?? 0]));
        const sum = (some: readonly string[]) => some.reduce((all, each) => all + (users.get(each) ?? 0), 0);
        const continents = ['EU', 'NA', 'AS'];
        const within = (continent: string) =>
          countries.filter((country) => kinship.continentOf(country) === continent);
        const counts = [
          count('ALL', '', sum(countries)),
          ...continents.map((each) => count('CONTINENT', each, sum(within(each)))),
          ...countries.slice(0, -1).map((each) => count('COUNTRY', each, sum([each]))),
        ].filter((each) => each.users >= minimumUsers);
        const gone = new Set(recoverableUsers(counts, kinship, minimumUsers));
        withheld += gone.size;
        const published = counts.filter((each) => !gone.has(each));
        // Users have one country here, so that each count is of a set of countries.
        const sets = published.map(({ grouping, value }) =>
          grouping === 'ALL' ? countries : grouping === 'CONTINENT' ? within(value) : [value],
        );
        for (const whole of sets) {
          const parts = sets.filter((part) => part !== whole && part.every((each) => whole.includes(each)));
          for (let choice = 0; choice < 2 ** parts.length; choice += 1) {
            const chosen = parts.filter((_, place) => (choice >> place) % 2 === 1);
            if (new Set(chosen.flat()).size !== chosen.flat().length) continue;
            const rest = sum(whole) - chosen.reduce((all, part) => all + sum(part), 0);
            expect(isTold(rest)).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
    expect(withheld).toBeGreaterThan(100);
  });
});

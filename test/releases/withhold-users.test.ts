import { expect, it } from 'vitest';
import { publish } from '../../src/releases/publish.ts';
import { askerOf } from '../support/ask.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { useCountingSide } from './counting-side.ts';
import { gateway, type LoggedRequest, requests } from './gateway-log.ts';

const side = useCountingSide();
const minimumUsers = 5;

/** A request of each of these people on a day, half of them in one country and half in another. */
function day(created: string, people: readonly number[]): LoggedRequest[] {
  return requests(people.length).map((request, index) => ({
    ...request,
    id: `${created} ${index}`,
    created_at: `${created}T10:00:00.000Z`,
    user: `person-${people[index]}@example.org`,
    country: (people[index] ?? 0) % 2 === 0 ? 'DE' : 'US',
    model: 'openai/gpt-4o',
  }));
}

const people = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describeOnEachDatabase('the users of a period whose sum would tell a small cohort', (open, kind) => {
  it('are withheld under every name that they add up from', async () => {
    const database = await open();
    const declaration = gateway(`cohorts-${kind}`, minimumUsers);
    // Twelve come in January; two of them are back in February, beside fourteen who come then.
    const logged = [...day('2024-01-10', people(0, 12)), ...day('2024-02-14', [...people(20, 34), 0, 1])];
    await side.load(declaration.id, 'log', logged);
    const { releaseId, rollups } = await publish({ engine: side.engine, database, declaration });

    const { ask } = askerOf(database, declaration.id);
    const usersBy = async (grouping: string): Promise<(number | null)[][]> => {
      const { data, errors } = await ask(
        `{ usage(${grouping}grain: MONTH) { rows { period { start } distinctUsers } } }`,
      );
      expect(errors).toEqual([]);
      const { rows } = data['usage'] as unknown as {
        rows: { period: { start: string }; distinctUsers: number | null }[];
      };
      return ['2024-01-01', '2024-02-01'].map((month) =>
        rows.filter(({ period }) => period.start === month).map(({ distinctUsers }) => distinctUsers),
      );
    };
    expect(await usersBy('')).toEqual([[12], [null]]);
    expect(await usersBy('groupBy: [COUNTRY], ')).toEqual([
      [6, 6],
      [null, null],
    ]);
    expect(await usersBy('groupBy: [CONTINENT], ')).toEqual([
      [6, 6],
      [null, null],
    ]);
    for (const grouping of ['SOURCE_GROUP', 'AUTHOR', 'MODEL']) {
      expect(await usersBy(`groupBy: [${grouping}], `)).toEqual([[12], [null]]);
    }

    // The release says how many rows there are, the removed ones aside.
    const { rows } = await database.pool.query<{ rows: string }>(
      `SELECT count(*) AS rows FROM active_users
       WHERE release_key = (SELECT key FROM releases WHERE id = $1)`,
      [releaseId],
    );
    expect(rollups.find(({ table }) => table === 'active_users')?.rows).toBe(Number(rows[0]?.rows));
  });
});

import { describe, expect, it } from 'vitest';
import { fixture, readAll, temporaryFile } from '../support.ts';

const header = 'category,model,client,day,active_windows,requests_est,mean_input_tokens,mean_output_tokens';
const read = async (...lines: string[]) =>
  readAll(await temporaryFile('clients.csv', [header, ...lines].join('\n')));

describe('ServeGen’s clients by day', () => {
  it('are read as activity of users on dates', async () => {
    const { format, activity, refused } = await read(
      'language,m-large,0,0,116,54126,340.6,112.8',
      'language,m-large,0,13,128,78744,,',
      'language,m-mid,0,0,1,10,,',
      'language,m-large,1,0,1,10,,',
    );
    expect(refused).toEqual([]);
    expect(format).toMatchObject({ id: 'servegen-client-daily', kind: 'activity' });
    expect(activity.map(({ day, model, requests }) => [day, model, requests])).toEqual([
      ['2024-01-01', 'm-large', 54_126],
      ['2024-01-14', 'm-large', 78_744],
      ['2024-01-01', 'm-mid', 10],
      ['2024-01-01', 'm-large', 10],
    ]);
    // A number is a client of its model only.
    const users = activity.map(({ user }) => user);
    expect(users[0]).toBe(users[1]);
    expect(new Set(users).size).toBe(3);
    expect(users.every((user) => /^[0-9a-f]{32}$/.test(user))).toBe(true);
  });

  it('begin on another day where one is given', async () => {
    const file = await temporaryFile('clients.csv', `${header}\nlanguage,m-large,0,1,1,10,,`);
    const { activity } = await readAll(file, { constants: { first_day: '2024-06-03' } });
    expect(activity.map(({ day }) => day)).toEqual(['2024-06-04']);
  });

  it.each([
    ['language,m-large,0,,1,10,,', 'day', 'MISSING'],
    ['language,m-large,0,first,1,10,,', 'day', 'NOT_A_TIME'],
    ['language,m-large,0,-1,1,10,,', 'day', 'NOT_A_TIME'],
    ['language,m-large,0,5000,1,10,,', 'day', 'NOT_A_TIME'],
    // Of three columns the first that has a value is named.
    ['language,m-large,,0,1,10,,', 'category', 'MISSING'],
    ['language,,0,0,1,10,,', 'client', 'MISSING'],
    ['language,m-large,0,0,1,0,,', 'requests_est', 'OUT_OF_RANGE'],
    ['language,m-large,0,0,1,2.5,,', 'requests_est', 'NOT_A_NUMBER'],
  ])('are refused where a value does not do: %s', async (line, field, code) => {
    expect((await read(line)).refused).toMatchObject([{ field, code }]);
  });

  it('have one row a day: another number of requests contradicts it', async () => {
    const { activity } = await read('language,m-large,0,0,1,10,,', 'language,m-large,0,0,1,11,,');
    expect(activity[0]?.key).toBe(activity[1]?.key);
    expect(activity[0]?.contentHash).not.toBe(activity[1]?.contentHash);
  });

  it('are all taken from the real file', async () => {
    const { activity, refused } = await readAll(fixture('servegen-client-daily-cut.csv'));
    expect(refused).toEqual([]);
    expect(activity).toHaveLength(2_909);
    expect(new Set(activity.map(({ user }) => user)).size).toBe(313);
  });
});

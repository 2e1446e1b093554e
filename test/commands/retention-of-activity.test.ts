import { cp, writeFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { fixture } from '../events/support.ts';
import { askerOf } from '../support/ask.ts';
import { runHere, useWorkingDirectory } from './run-here.ts';

const declaration = {
  id: 'servegen',
  title: 'ServeGen language clients',
  description: 'Clients of three language models of Alibaba Cloud Model Studio, by day.',
  kind: 'USAGE_FEED',
  licence: 'Apache-2.0',
  citation: 'ServeGen, arXiv:2505.09999, 2025',
  minimumUsers: null,
  files: [{ path: 'clients.csv' }],
};

useWorkingDirectory();
beforeAll(async () => {
  await cp(fixture('servegen-client-daily-cut.csv'), 'clients.csv');
  await writeFile('servegen.json', JSON.stringify(declaration));
});

interface Cohorts {
  cohorts: {
    start: string;
    size: number;
    leftCensored: boolean;
    periods: { users: number; complete: boolean }[];
  }[];
}

it('retention of a feed of clients by day is answered after add, load and publish', async () => {
  expect(await runHere('datasets', 'add', 'servegen.json')).toMatchObject({ exitCode: 0 });
  expect(await runHere('load', '--dataset', 'servegen')).toMatchObject({ exitCode: 0 });
  expect(await runHere('publish', '--dataset', 'servegen')).toMatchObject({ exitCode: 0 });

  const database = await openDatabase(readConfig());
  try {
    const { ask } = askerOf(database, 'servegen');
    const { data, errors } = await ask(`{
      retention(grain: DAY) { cohorts { start size leftCensored periods { users complete } } }
      large: retention(model: "unlabelled/m-large", grain: DAY) { cohorts { size } }
      models(first: 200) { nodes { id totalTokens retention(grain: WEEK) { cohorts { size } } } }
      usage { rows { requests totalTokens } }
    }`);
    expect(errors).toEqual([]);
    const { cohorts } = data.retention as unknown as Cohorts;
    expect(cohorts[0]).toMatchObject({ start: '2024-01-01', size: 217, leftCensored: true });
    expect(cohorts[0]?.periods.map(({ users }) => users)).toEqual([
      217, 196, 192, 158, 163, 165, 181, 185, 190, 191, 187, 173, 170, 185,
    ]);
    expect(cohorts[0]?.periods.every(({ complete }) => complete)).toBe(true);
    // Clients by the day they are first seen, as the file has them.
    const sizes = [217, 17, 15, 8, 2, 5, 8, 7, 10, 8, 3, 5, 6, 2];
    expect(cohorts.map(({ size }) => size)).toEqual(sizes);
    // Users are known, tokens are not.
    expect((data.usage as unknown as { rows: unknown[] }).rows).toEqual([]);
  } finally {
    await database.close();
  }
});

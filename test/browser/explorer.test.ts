import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { hidden } from '../support/hidden-dataset.ts';
import { startWalks } from './walk.ts';

const walks = startWalks();

/** The fixture has no model of the author that this figure is of, so there is no picture of it. */
const missingPicture = { address: /\/figures\/fig-22\.svg/, status: 400 };

const rows = (page: Page) => page.locator('table[id^="rows-"] tbody tr');

it('leads from the gallery to a figure, its filtered rows, these as a file, and its query in the playground', async () => {
  const { page } = await walks.visit('/', { expected: [missingPicture] });
  await page
    .getByRole('link', { name: /Token Share by Source Type and Origin/ })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: /Token Share by Source Type/ }).waitFor();
  await page.locator('.chart-plot svg').first().waitFor();
  const all = await rows(page).count();

  await page.getByRole('combobox', { name: 'Filter', exact: true }).selectOption('AUTHOR');
  await page.getByLabel(/Add a value of author/i).fill('meta');
  await page.getByRole('button', { name: /Remove meta/ }).waitFor();
  await expect.poll(() => rows(page).count(), { timeout: 60_000 }).toBeLessThan(all);
  const groups = await rows(page).locator('td:nth-child(3)').allInnerTexts();
  expect(new Set(groups)).toEqual(new Set(['Proprietary']));
  expect(new URL(page.url()).searchParams.getAll('author')).toEqual(['meta']);

  const saved = page.waitForEvent('download');
  await page
    .getByRole('link', { name: /^CSV: all rows/ })
    .first()
    .click();
  const csv = await readFile(await (await saved).path(), 'utf8');
  expect(csv.trim().split('\r\n')).toHaveLength(1 + groups.length);

  await page.getByRole('link', { name: 'Open in the playground' }).click();
  await page.locator('.graphiql-query-editor').getByText('SourceGroups').waitFor();
  await page.getByRole('button', { name: /Execute query/ }).click();
  await page.locator('.result-window').getByText('"PROPRIETARY"').first().waitFor();
});

it('shows the data sets of a key, and takes them away with it', async () => {
  const { page } = await walks.visit('/', { expected: [missingPicture] });
  const options = page.getByRole('combobox', { name: 'Data set' }).locator('option');
  await options.first().waitFor({ state: 'attached' });
  const isHidden = async (): Promise<boolean> =>
    !(await options.evaluateAll((all) => all.map((each) => each.getAttribute('value')))).includes(hidden);
  expect(await isHidden()).toBe(true);

  await page.getByRole('button', { name: 'Key' }).click();
  await page.getByLabel('Key', { exact: true }).fill(walks.server.partnerKey);
  await page.getByRole('button', { name: 'Use this key' }).click();
  await expect.poll(isHidden, { timeout: 60_000 }).toBe(false);
  expect(page.url()).not.toContain('atlas_');
  expect(await page.evaluate('JSON.stringify({ ...localStorage })')).not.toContain('atlas_live');

  await page.getByRole('button', { name: 'Key in use' }).click();
  await page.getByRole('button', { name: 'Forget the key' }).click();
  await expect.poll(isHidden, { timeout: 60_000 }).toBe(true);
});

it('says that a key has expired, and goes on without it', async () => {
  const { page, expectFailure } = await walks.visit('/figures/fig-01');
  await page.locator('.chart-plot svg').first().waitFor();
  expectFailure({ address: /\/graphql$/, status: 401 });
  await page.getByRole('button', { name: 'Key' }).click();
  await page.getByLabel('Key', { exact: true }).fill(walks.server.expiredKey);
  await page.getByRole('button', { name: 'Use this key' }).click();
  await page.getByRole('alert').filter({ hasText: 'KEY_EXPIRED' }).first().waitFor();

  await page.getByRole('button', { name: 'Change the key' }).first().click();
  await page.getByRole('button', { name: 'Forget the key' }).click();
  await page.getByRole('alert').first().waitFor({ state: 'detached' });
  await page.locator('.chart-plot svg').first().waitFor();
});

it('says that the server is gone, and has the answer once it is back', async () => {
  const { page, expectFailure } = await walks.visit('/figures/fig-01');
  await page.locator('.chart-plot svg').first().waitFor();
  expectFailure({ address: /\/graphql$/, status: 0 });
  await walks.server.stop();
  try {
    await page.getByRole('combobox', { name: 'Periods' }).selectOption('MONTH');
    await page.getByRole('alert').filter({ hasText: 'UNREACHABLE' }).first().waitFor();
  } finally {
    await walks.server.restart();
  }
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await page.getByRole('alert').first().waitFor({ state: 'detached' });
  await expect
    .poll(() => rows(page).locator('td:first-child').allInnerTexts(), { timeout: 60_000 })
    .toContain('2024-02-01');
});

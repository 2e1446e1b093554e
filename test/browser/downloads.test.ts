import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Download, Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { hidden, hiddenRelease } from '../support/hidden-dataset.ts';
import { startWalks } from './walk.ts';

const walks = startWalks();

type Row = Record<string, string>;

/** Follows a link to a file and reads what was saved. */
async function take(page: Page, link: Locator): Promise<{ name: string; bytes: Buffer }> {
  const saved = page.waitForEvent('download');
  await link.click();
  const download: Download = await saved;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

function rowsOf(bytes: Buffer): Row[] {
  return parse<Row>(bytes, { columns: true });
}

/** Cells of the table below the chart, by the words above its columns. */
async function shownRows(page: Page): Promise<Row[]> {
  const table = page.locator('table[id^="rows-"]').first();
  const heads = await table.locator('thead th').allInnerTexts();
  const rows = await table.locator('tbody tr').all();
  return Promise.all(
    rows.map(async (row) => {
      const cells = await row.locator('th, td').allInnerTexts();
      return Object.fromEntries(heads.map((head, index) => [head, cells[index] ?? '']));
    }),
  );
}

const csvLink = (page: Page) => page.getByRole('link', { name: /^CSV: all rows of/ }).first();

async function useKey(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Key' }).click();
  await page.getByLabel('Key', { exact: true }).fill(walks.server.partnerKey);
  await page.getByRole('button', { name: 'Use this key' }).click();
  await page.getByRole('button', { name: 'Key in use' }).waitFor();
}

it('gives the rows of a filtered figure as CSV, those of its table', async () => {
  const { page } = await walks.visit('/figures/fig-01?author=meta&grain=MONTH');
  await page.locator('.chart-plot svg').first().waitFor();
  const shown = await shownRows(page);
  const { name, bytes } = await take(page, csvLink(page));
  expect(name).toBe('fixture_2024-03-07.1_usage.csv');
  const rows = rowsOf(bytes);
  expect(rows.length).toBeGreaterThan(2);
  const tokens = (row: Row) => row['Total tokens'] ?? row['totalTokens'] ?? '';
  expect(new Set(rows.map((row) => row.source_group))).toEqual(new Set(['PROPRIETARY']));
  expect(rows.map((row) => row.total_tokens)).toEqual(shown.map((row) => tokens(row).replace(/\D/g, '')));
  expect(rows.map((row) => row.period_from)).toEqual(shown.map((row) => Object.values(row)[0]));

  for (const [format, start] of [
    ['Parquet', 'PAR1'],
    ['Arrow', 'ARROW1'],
    ['JSON Lines', '{"'],
  ]) {
    const link = page.getByRole('link', { name: new RegExp(`^${format}: all rows of`) }).first();
    expect((await take(page, link)).bytes.toString('latin1').startsWith(start!)).toBe(true);
  }
});

it('fetches what a key opens with the key in a header', async () => {
  const { page } = await walks.visit('/releases');
  await useKey(page);
  await page.goto(`${walks.server.url}/figures/fig-01?dataset=${hidden}&grain=MONTH`);
  await page.locator('.chart-plot svg').first().waitFor();
  const asked: { address: string; header: string | undefined }[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/download/'))
      asked.push({ address: request.url(), header: request.headers().authorization });
  });
  const { name, bytes } = await take(page, csvLink(page));
  expect(name).toBe('undisclosed_2024-03-07.1_usage.csv');
  expect(rowsOf(bytes).map((row) => row.total_tokens)).toEqual(
    (await shownRows(page)).map((row) =>
      (row['Total tokens'] ?? row['totalTokens'] ?? '').replace(/\D/g, ''),
    ),
  );
  expect(asked).toEqual([
    { address: expect.not.stringContaining('atlas_'), header: `Bearer ${walks.server.partnerKey}` },
  ]);

  await page.getByRole('link', { name: 'Releases' }).first().click();
  const link = page.getByRole('link', { name: `data package of ${hiddenRelease} (zip)` });
  const taken = await take(page, link);
  expect(taken.name).toBe('undisclosed_2024-03-07.1_datapackage.zip');
  expect(taken.bytes.subarray(0, 2).toString()).toBe('PK');
});

it('says why a file is refused, beside the link to it', async () => {
  const { page, expectFailure } = await walks.visit('/releases');
  await useKey(page);
  const link = page.getByRole('link', { name: `data package of ${hiddenRelease} (zip)` });
  await link.waitFor();
  await page.evaluate(
    `sessionStorage.setItem('token-atlas-key', ${JSON.stringify(walks.server.expiredKey)})`,
  );
  expectFailure({ address: /\/download\//, status: 401 });
  await link.click();
  await page.getByRole('alert').filter({ hasText: 'KEY_EXPIRED' }).waitFor();
});

it('has links beside built answers, and room for them on a phone', async () => {
  const { page } = await walks.visit('/build?measures=TOTAL_TOKENS&by=MODEL');
  await csvLink(page).waitFor();
  const { bytes } = await take(page, csvLink(page));
  expect(rowsOf(bytes).length).toBeGreaterThan(3);
  await page.setViewportSize({ width: 360, height: 740 });
  for (const path of ['/figures/fig-01', '/releases']) {
    await page.goto(walks.server.url + path);
    await page
      .getByRole('link', { name: /^(CSV: all rows|data package)/ })
      .first()
      .waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  }
});

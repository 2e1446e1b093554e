import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { hidden } from '../support/hidden-dataset.ts';
import { synthetic } from './pages-server.ts';
import { type ReactPage, serveReactPage } from './react-page.ts';
import { startWalks } from './walk.ts';
import { type WatchedPage, watchPage } from './watched-page.ts';

const walks = startWalks();
const patienceMs = 120_000;

let site: ReactPage;
let visits: WatchedPage[] = [];
// An install and a build, on a machine that may do other work.
beforeAll(async () => {
  site = await serveReactPage(walks.server.url);
}, 900_000);
afterAll(() => site?.close());
afterEach(async () => {
  const complaints = visits.flatMap((visit) => visit.complaints);
  for (const visit of visits) await visit.close();
  visits = [];
  expect(complaints).toEqual([]);
});

/** Opens the example, which may reach the server and nothing else, and must have nothing to complain of in the end. */
async function visit(prepare: (page: Page) => Promise<void> = async () => undefined): Promise<WatchedPage> {
  const visited = await watchPage(walks.browser, { origins: [walks.server.url, site.origin] });
  visits.push(visited);
  visited.page.setDefaultTimeout(patienceMs);
  await prepare(visited.page);
  await visited.page.goto(site.origin);
  return visited;
}

interface Row {
  readonly period: { readonly start: string };
  readonly sourceGroup: string | null;
  readonly totalTokens: number;
  readonly share: number;
}

/** Asked as anybody may, without the example's code. */
async function askRows(dataset: string): Promise<Row[]> {
  const query = `query ($dataset: ID) {
    usage(dataset: $dataset, groupBy: [SOURCE_GROUP], grain: WEEK) {
      rows { period { start } sourceGroup totalTokens share }
    }
  }`;
  const response = await fetch(`${walks.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { dataset } }),
  });
  const { data } = (await response.json()) as { data: { usage: { rows: Row[] } } };
  return data.usage.rows;
}

/** In pixels, as the example's specification has it. */
const plotHeight = 320;
const looks: Readonly<Record<string, readonly [name: string, colour: string]>> = {
  CHINESE_OPEN: ['Open, China', '#ff725c'],
  REST_OF_WORLD_OPEN: ['Open, elsewhere', '#efb118'],
  PROPRIETARY: ['Proprietary', '#4269d0'],
};
const nameOf = (group: string | null): string => (group === null ? 'Unknown' : looks[group]![0]);
const colourOf = (group: string | null): string => (group === null ? '#9498a0' : looks[group]![1]);

const bars = (page: Page) => page.locator('.chart svg .mark-rect.role-mark path');
const datasetPicker = (page: Page) => page.getByRole('combobox', { name: 'Data set' });

it('draws a bar for each row of the answer, as high as its share, and tells its numbers', async () => {
  const rows = await askRows('fixture');
  expect(rows.length).toBeGreaterThan(40);
  const { page } = await visit();
  await bars(page).first().waitFor();

  const drawn = await bars(page).evaluateAll((all) =>
    all.map((each) => ({
      height: Number(/^M[^v]*v([\d.]+)/.exec(each.getAttribute('d') ?? '')?.[1]),
      colour: each.getAttribute('fill'),
    })),
  );
  expect(drawn.map(({ colour }) => colour)).toEqual(rows.map(({ sourceGroup }) => colourOf(sourceGroup)));
  drawn.forEach(({ height }, index) => expect(height / plotHeight).toBeCloseTo(rows[index]!.share, 4));

  await page.getByText('The numbers').click();
  const cells = await page
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
  expect(cells).toEqual(
    rows.map(({ period, sourceGroup, totalTokens, share }) => [
      period.start,
      nameOf(sourceGroup),
      totalTokens.toLocaleString('en'),
      share.toLocaleString('en', { style: 'percent', minimumFractionDigits: 2 }),
    ]),
  );
});

it('names the release, how to cite it, and that simulated data are simulated', async () => {
  const { page } = await visit();
  await page.getByRole('link', { name: /^fixture@/ }).waitFor();
  await page.locator('cite').getByText('A fixture').waitFor();
  expect(await page.getByText('Synthetic.').count()).toBe(0);

  await datasetPicker(page).locator(`option[value="${synthetic}"]`).waitFor({ state: 'attached' });
  await datasetPicker(page).selectOption(synthetic);
  await page.getByText('Synthetic.').waitFor();
  await page.getByRole('link', { name: new RegExp(`^${synthetic}@`) }).waitFor();
  await expect.poll(() => bars(page).count()).toBe((await askRows(synthetic)).length);
});

it('opens the data set of a key, keeps the key out of addresses and stores, and forgets it', async () => {
  const { page } = await visit();
  const option = datasetPicker(page).locator(`option[value="${hidden}"]`);
  await bars(page).first().waitFor();
  expect(await option.count()).toBe(0);
  await page.getByLabel('API key').fill(walks.server.partnerKey);
  await page.getByRole('button', { name: 'Use' }).click();
  await option.waitFor({ state: 'attached' });
  await datasetPicker(page).selectOption(hidden);
  await page.getByRole('link', { name: new RegExp(`^${hidden}@`) }).waitFor();
  await bars(page).first().waitFor();

  expect(page.url()).not.toContain('atlas_');
  expect(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).toBe('[{},{}]');
  await page.getByRole('button', { name: 'Forget the key' }).click();
  await page.getByRole('link', { name: /^fixture@/ }).waitFor();
  await option.waitFor({ state: 'detached' });
});

it('says by its code that a key has expired, and goes on without it', async () => {
  const { page, expectFailure } = await visit();
  await bars(page).first().waitFor();
  expectFailure({ address: /\/graphql$/, status: 401 });
  await page.getByLabel('API key').fill(walks.server.expiredKey);
  await page.getByRole('button', { name: 'Use' }).click();
  const alert = page.getByRole('alert');
  await alert.getByText('KEY_EXPIRED', { exact: true }).waitFor();
  expect(await bars(page).count()).toBe(0);
  await page.getByRole('button', { name: 'Forget the key' }).click();
  await bars(page).first().waitFor();
  expect(await alert.count()).toBe(0);
});

it('says that it waits, and that the server is gone, and asks again', async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const { page, expectFailure } = await visit(async (opened) => {
    await opened.route('**/graphql', async (route) => {
      await held;
      await route.continue();
    });
  });
  await page.getByRole('status').getByText('Loading').waitFor();
  release();
  await bars(page).first().waitFor();
  await datasetPicker(page).locator(`option[value="${synthetic}"]`).waitFor({ state: 'attached' });

  expectFailure({ address: /\/graphql$/, status: 0 });
  await walks.server.stop();
  try {
    await datasetPicker(page).selectOption(synthetic);
    await page.getByRole('alert').getByText('UNREACHABLE', { exact: true }).waitFor();
  } finally {
    await walks.server.restart();
  }
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Synthetic.').waitFor();
  await bars(page).first().waitFor();
});

it('is drawn anew when the system turns dark, with light letters on a dark page', async () => {
  const { page } = await visit(async (opened) => {
    await opened.emulateMedia({ colorScheme: 'light' });
  });
  const ink = () => page.locator('.chart .role-axis-label text').first().getAttribute('fill');
  const paper = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
  await expect.poll(ink, { timeout: patienceMs }).toBe('#000');
  expect(await paper()).toBe('rgb(255, 255, 255)');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(ink, { timeout: patienceMs }).toBe('#fff');
  expect(await paper()).toBe('rgb(21, 23, 26)');
  expect(await page.locator('.chart svg.marks').count()).toBe(1);
});

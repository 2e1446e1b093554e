import { expect, it } from 'vitest';
import { startWalks } from './walk.ts';

const walks = startWalks();

it('shows what a choice costs, runs it, and opens again from its address', async () => {
  const { page } = await walks.visit('/build');
  await page.getByText(/At most \d+ points/).waitFor();
  await page.getByRole('checkbox', { name: 'Source group' }).uncheck();
  await page.getByRole('checkbox', { name: 'Model', exact: true }).check();
  await page.getByRole('combobox', { name: 'Grain' }).selectOption('');
  await page.getByRole('combobox', { name: 'Add a condition on' }).selectOption('source');
  await page.getByLabel('Add a value of Source').fill('open');
  await page.getByRole('button', { name: 'Remove open' }).waitFor();
  const written = page.getByLabel('Query', { exact: true });
  await expect
    .poll(() => written.innerText(), { timeout: 60_000 })
    .toContain('where: { source: { in: [OPEN] } }');
  await page.getByText(/1 period × 7 groups: up to 7 rows/).waitFor();

  await page.getByRole('button', { name: 'Run' }).click();
  const cells = page.locator('#answer-rows tbody td:first-child');
  await cells.first().waitFor();
  const models = ['alibaba/large-thinker', 'alibaba/small', 'google/open-medium'];
  expect((await cells.allInnerTexts()).sort()).toEqual(models);
  await page.locator('.chart-plot svg').waitFor();

  const other = await walks.visit(page.url().slice(walks.server.url.length));
  const sameCells = other.page.locator('#answer-rows tbody td:first-child');
  await sameCells.first().waitFor();
  expect((await sameCells.allInnerTexts()).sort()).toEqual(models);
});

it('shows a refusal at the control that it is about', async () => {
  const { page, expectFailure } = await walks.visit('/build');
  expectFailure({ address: /\/graphql$/, status: 400 });
  await page.getByText(/At most \d+ points/).waitFor();
  await page.getByLabel('From', { exact: true }).fill('2024-02-01');
  await page.getByLabel('To before').fill('2024-01-01');
  const days = page.getByRole('group', { name: 'Days' });
  await days.getByRole('alert').filter({ hasText: 'The range is empty' }).waitFor();
  expect(await page.getByRole('button', { name: 'Run' }).isDisabled()).toBe(true);

  await page.getByLabel('To before').fill('2024-03-01');
  await page.getByText(/At most \d+ points/).waitFor();
  expect(await days.getByRole('alert').count()).toBe(0);
});

it('tells the days of a chart as they are in UTC, wherever its reader is', async () => {
  const timezoneId = 'America/Los_Angeles';
  const { page } = await walks.visit('/build?measures=MEAN_PROMPT_TOKENS&grain=WEEK', { timezoneId });
  await page.getByRole('button', { name: 'Run' }).click();
  const days = await page.locator('#answer-rows tbody td:first-child').allInnerTexts();
  const points = page.locator('.chart-plot svg .mark-symbol path');
  await points.first().waitFor();
  const labels = await points.evaluateAll((paths) => paths.map((each) => each.getAttribute('aria-label')));
  expect(labels.length).toBeGreaterThan(5);
  expect(labels.map((label) => /From: (\d{4}-\d\d-\d\d)/.exec(label ?? '')?.[1]).sort()).toEqual(
    [...days].sort(),
  );
});

it('takes its query to the playground', async () => {
  const { page } = await walks.visit('/build?measures=REQUESTS&by=COUNTRY&top=2,REQUESTS,SHOW,RANGE');
  await page.getByText('1 period × 3 groups').waitFor();
  await page.getByRole('link', { name: 'Open in the playground' }).click();
  await page.locator('.graphiql-query-editor').getByText('groupBy: [COUNTRY]').waitFor();
  await page.getByRole('button', { name: /Execute query/ }).click();
  await page.locator('.result-window').getByText('"requests"').first().waitFor();
});

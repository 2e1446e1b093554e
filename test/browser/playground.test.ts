import { expect, it } from 'vitest';
import { hidden } from '../support/hidden-dataset.ts';
import { startWalks } from './walk.ts';

const walks = startWalks();

it('opens with a figure of a link, and fills the editors with the one that is chosen', async () => {
  const { page } = await walks.visit('/playground?figure=fig-01');
  const query = page.locator('.graphiql-query-editor');
  await query.getByText('SourceGroups').waitFor();
  await page.getByRole('button', { name: /OSS Model Size vs Usage/ }).click();
  await query.getByText('OpenSizes').waitFor();
  await page.locator('.graphiql-editor-tool').getByText('"fixture"').first().waitFor();
  await page.getByRole('button', { name: /Execute query/ }).click();
  await page.locator('.result-window').getByText('"SMALL"').first().waitFor();
  expect(new URL(page.url()).searchParams.get('figure')).toBe('fig-04');
});

it('opens with the query and variables of a link', async () => {
  const link = new URLSearchParams({
    query: 'query Titles($id: ID) { dataset(id: $id) { title } }',
    variables: '{"id":"fixture"}',
  });
  const { page } = await walks.visit(`/playground?${link.toString()}`);
  await page.locator('.graphiql-query-editor').getByText('Titles').waitFor();
  await page.getByRole('button', { name: /Execute query/ }).click();
  await page.locator('.result-window').getByText('"Fixture"').waitFor();
});

it('asks with a key, says whose it is, and keeps it for the tab alone', async () => {
  const { page, expectFailure } = await walks.visit('/playground');
  await page.getByLabel('API key').fill(walks.server.partnerKey);
  await page.getByRole('button', { name: 'Use', exact: true }).click();
  await page.getByText('Key of Example Inc.').waitFor();
  const options = page.getByLabel('Data set').locator('option');
  await expect
    .poll(() => options.evaluateAll((all) => all.map((each) => each.getAttribute('value'))), {
      timeout: 60_000,
    })
    .toContain(hidden);
  expect(page.url()).not.toContain('atlas_');
  expect(await page.evaluate('JSON.stringify({ ...localStorage })')).not.toContain('atlas_live');
  await page.getByRole('button', { name: 'Forget the key' }).click();

  expectFailure({ address: /\/graphql$/, status: 401 });
  await page.getByLabel('API key').fill(walks.server.expiredKey);
  await page.getByRole('button', { name: 'Use', exact: true }).click();
  await page
    .locator('output')
    .getByText(/expired/)
    .waitFor();
});

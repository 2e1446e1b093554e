import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { startWalks } from './walk.ts';
import { synthetic } from './pages-server.ts';

const walks = startWalks();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The fixture has not all that figures are of: there are no pictures of these. */
const missingPicture = { address: /\/figures\/fig-2[0-9]\.svg/, status: 400 };

/** Pages, and what of each has to be there before it is looked at. */
const pages: readonly (readonly [path: string, ready: string])[] = [
  ['/', 'img'],
  [`/figures/fig-01?dataset=${synthetic}`, '.chart-plot svg'],
  ['/figures/fig-25', '.chart-plot svg, .notice'],
  ['/figures/fig-28', '.chart-plot svg, .notice'],
  ['/build', 'main pre'],
  ['/releases', 'table'],
  ['/query', 'main'],
  ['/playground', '.graphiql-query-editor'],
  [`/embed/fig-01?dataset=${synthetic}`, '.chart-plot svg'],
];

const looks = [
  ['light', 'light', 1280],
  ['dark', 'dark', 1280],
  ['on a phone', 'light', 390],
] as const;

/** Rules that are broken gravely, and where. */
async function graveFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
    );
}

it.each(looks)('has nothing that axe calls serious or critical (%s)', async (_name, colorScheme, width) => {
  const { page } = await walks.visit('/', { expected: [missingPicture] });
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height: 844 });
  const faults: Record<string, string[]> = {};
  for (const [path, ready] of pages) {
    await page.goto(walks.server.url + path);
    await page.locator(ready).first().waitFor();
    await page.waitForLoadState('networkidle');
    const found = await graveFaults(page);
    if (found.length > 0) faults[path] = found;
  }
  expect(faults).toEqual({});
});

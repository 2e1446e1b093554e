import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { synthetic } from './pages-server.ts';
import { startWalks } from './walk.ts';
import { watchPage } from './watched-page.ts';

const walks = startWalks();

/** A page of somebody else that frames a chart and gives it the height that it asks for. */
const framing = (source: string): string => `<!doctype html>
<html lang="en"><link rel="icon" href="data:,"><title>Elsewhere</title>
<iframe title="Chart" src="${source}" style="width:420px;height:120px"></iframe>
<script>
addEventListener('message', ({ data, source }) => {
  const frame = document.querySelector('iframe');
  if (source === frame.contentWindow && data.type === 'token-atlas:height') frame.style.height = data.height + 'px';
});
</script></html>`;

let elsewhere: Server;
let origin: string;
beforeAll(async () => {
  elsewhere = createServer((request, response) => {
    const source = new URL(request.url ?? '/', 'http://localhost').searchParams.get('source') ?? '';
    response.setHeader('Content-Type', 'text/html').end(framing(source.replaceAll('&', '&amp;')));
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  origin = `http://localhost:${(elsewhere.address() as AddressInfo).port}`;
});
afterAll(() => elsewhere?.close());

it('is drawn in a frame of another origin, with its source, and has the height that it asked for', async () => {
  const source = `${walks.server.url}/embed/fig-01?dataset=${synthetic}&theme=dark`;
  const { page, complaints, close } = await watchPage(walks.browser, { origins: [walks.server.url, origin] });
  await page.goto(`${origin}/?source=${encodeURIComponent(source)}`);
  const frame = page.frameLocator('iframe');
  await frame.locator('.chart-plot svg').waitFor();
  await frame.getByText('Synthetic', { exact: true }).waitFor();
  const link = frame.getByRole('link', { name: /how to cite/ });
  expect(await link.getAttribute('href')).toMatch(
    `/figures/fig-01?dataset=${synthetic}&release=${synthetic}%40`,
  );
  const height = async (): Promise<number> => (await page.locator('iframe').boundingBox())?.height ?? 0;
  await expect.poll(height, { timeout: 60_000 }).toBeGreaterThan(250);
  expect(await frame.locator('html').getAttribute('data-theme')).toBe('dark');
  expect(complaints).toEqual([]);
  await close();
});

it('says what is missing where the figure can not be drawn', async () => {
  const noFigure = { address: /\/embed\/fig-99/, status: 404 };
  const { page } = await walks.visit('/embed/fig-99', { expected: [noFigure] });
  await page.getByRole('alert').filter({ hasText: 'There is no figure' }).waitFor();
});

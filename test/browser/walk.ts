import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openChromium } from './chromium.ts';
import { type PagesServer, servePages } from './pages-server.ts';
import { type Expected, type WatchedPage, watchPage } from './watched-page.ts';

export interface Walks {
  readonly server: PagesServer;
  readonly browser: Browser;
  /** A fresh visitor, who must have nothing to complain of when the test ends. */
  visit(
    path: string,
    options?: { expected?: readonly Expected[]; timezoneId?: string },
  ): Promise<WatchedPage>;
}

/** A server and a browser for the tests of a file. */
export function startWalks(): Walks {
  let server: PagesServer;
  let browser: Browser;
  let visits: WatchedPage[] = [];
  beforeAll(async () => {
    [server, browser] = await Promise.all([servePages(), openChromium()]);
  });
  afterEach(async () => {
    const complaints = visits.flatMap((visit) => visit.complaints);
    for (const visit of visits) await visit.close();
    visits = [];
    expect(complaints).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  return {
    get server() {
      return server;
    },
    get browser() {
      return browser;
    },
    visit: async (path, options) => {
      const visit = await watchPage(browser, { origins: [server.url], ...options });
      visit.page.setDefaultTimeout(patienceMs);
      visits.push(visit);
      await visit.page.goto(server.url + path);
      return visit;
    },
  };
}

/** Long enough for a machine that does other work; what is waited for is a condition. */
const patienceMs = 120_000;

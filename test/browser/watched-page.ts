import type { Browser, Page } from 'playwright-core';

/** What a walk brings about on purpose. */
export interface Expected {
  readonly address: RegExp;
  /** Of the answer; 0 where there is none. */
  readonly status: number;
}

export interface WatchedPage {
  readonly page: Page;
  /** From now on, an answer of this kind is no complaint. */
  expectFailure(expected: Expected): void;
  /** What a visitor's browser would complain of, one line each. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Runs in the page. The console is what is watched. */
const tellViolations = `addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
  console.error('policy violated: ' + violatedDirective + ' by ' + blockedURI);
})`;

/** A page in a profile of its own, under watch: console, requests, their origins, and the content security policy. */
export async function watchPage(
  browser: Browser,
  {
    origins,
    expected = [],
    timezoneId,
  }: { origins: readonly string[]; expected?: readonly Expected[]; timezoneId?: string },
): Promise<WatchedPage> {
  const context = await browser.newContext({ ...(timezoneId !== undefined && { timezoneId }) });
  const page = await context.newPage();
  const complaints: string[] = [];
  const expectations = [...expected];
  const isExpected = (address: string, status: number): boolean =>
    expectations.some((each) => each.status === status && each.address.test(address));

  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const { url } = message.location();
    const status = Number(/status of (\d+)/.exec(message.text())?.[1] ?? 0);
    if (message.text().startsWith('Failed to load resource') && isExpected(url, status)) return;
    complaints.push(`console: ${message.text()} (${url})`);
  });
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol === 'data:' || protocol === 'blob:' || origins.includes(origin)) return;
    complaints.push(`outside request: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // The page gave it up itself, for a newer one.
    if (reason === 'net::ERR_ABORTED' || isExpected(request.url(), 0)) return;
    complaints.push(`request failed: ${request.url()} (${reason})`);
  });
  page.on('response', (response) => {
    if (response.status() < 400 || isExpected(response.url(), response.status())) return;
    complaints.push(`answer ${response.status()}: ${response.url()}`);
  });
  await context.addInitScript({ content: tellViolations });
  return {
    page,
    expectFailure: (expected) => void expectations.push(expected),
    complaints,
    close: () => context.close(),
  };
}

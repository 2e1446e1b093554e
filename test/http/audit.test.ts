import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, runApp } from './running-app.ts';

let running: RunningApp;
beforeAll(async () => {
  running = await runApp();
});
afterAll(() => running.stop());

const audits = serverAudits({
  url: () => `${running.url}/graphql`,
  // The header that every browser client must send with GET, since CSRF prevention is on.
  fetchFn: (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...init.headers, 'apollo-require-preflight': 'true' } }),
});

describe('the GraphQL over HTTP audits', () => {
  it.each(audits.map(({ id, name, fn }) => ({ id, name, fn })))('$id $name', async ({ fn }) => {
    expect(await fn()).toMatchObject({ status: 'ok' });
  });

  it('are these, so that an upgrade that drops one is noticed', () => {
    expect(audits.map(({ id }) => id)).toMatchInlineSnapshot(`
      [
        "22EB",
        "4655",
        "47DE",
        "80D8",
        "82A3",
        "BF61",
        "78D5",
        "2C94",
        "5A70",
        "9C48",
        "9ABE",
        "03D4",
        "A5BF",
        "423L",
        "LKJ0",
        "LKJ1",
        "LKJ2",
        "LKJ3",
        "34A2",
        "13EE",
        "6C00",
        "6C01",
        "6C02",
        "6C03",
        "8161",
        "B8B3",
        "94B0",
        "0220",
        "94B1",
        "0221",
        "94B2",
        "0222",
        "4760",
        "4761",
        "4762",
        "4763",
        "2EA1",
        "28B9",
        "D6D5",
        "6A70",
        "58B0",
        "58B1",
        "58B2",
        "58B3",
        "428F",
        "1B7A",
        "B6DC",
        "BCF8",
        "B7N8",
        "8764",
        "3E3A",
        "572B",
        "FDE2",
        "7B9B",
        "865D",
        "556A",
        "D586",
        "51FE",
        "74FF",
        "5E5B",
        "86EE",
      ]
    `);
  });
});

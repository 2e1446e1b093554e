import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { announce } from '../../src/releases/announce.ts';
import { announcementOf } from '../../src/releases/announcement.ts';
import type { PublishSummary } from '../../src/releases/publish.ts';
import { gateway } from './gateway-log.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const summary: PublishSummary = {
  releaseId: 'announced@2026-01-01.1',
  periodFrom: '2025-01-01',
  periodTo: '2026-01-01',
  rowsRead: 110,
  rowsQuarantined: 3,
  totalTokens: 5_100,
  rollups: [{ name: 'usage', version: 1, sha256: 'ab', table: 'usage', rows: 4, durationMs: 5 }],
  withheld: {
    minimumUsers: 5,
    rollups: {},
    leftOut: { requests: 10, tokens: 100 },
  } as unknown as PublishSummary['withheld'],
  labelledShare: null,
  unlabelled: [],
  labels: null,
  notCovered: { measures: [], dimensions: [] },
};
const announcement = announcementOf(
  { ...gateway('announced'), nextUpdate: '2026-02-01' },
  summary,
  'https://atlas.example',
);

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Answers with these statuses in turn, the last one ever after; 0 cuts the connection. */
async function receiver(...statuses: number[]): Promise<{ address: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const status = statuses[Math.min(received.length, statuses.length - 1)] ?? 200;
      received.push({ headers: request.headers, body });
      if (status === 0) request.socket.destroy();
      else response.writeHead(status, { location: 'https://elsewhere.example/' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/hook?token=not-for-logs`, received };
}

async function tell(...addresses: string[]): Promise<string[]> {
  const outcomes: string[] = [];
  const onOutcome = (sentence: string) => void outcomes.push(sentence);
  await announce([announcement], { addresses, secret }, { onOutcome, firstWaitMs: 1 });
  return outcomes;
}

describe('a receiver of releases', () => {
  it('that fails twice is told a third time, with a signature that holds, of the same message', async () => {
    const { address, received } = await receiver(500, 0, 204);
    const [outcome] = await tell(address);
    expect(outcome).toBe(`Told ${new URL(address).origin} of announced@2026-01-01.1, at attempt 3.`);
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const last = received.at(-1)!;
    const verified = new Webhook(secret).verify(last.body, last.headers as Record<string, string>);
    expect(verified).toMatchObject({
      type: 'release.published',
      data: {
        release: 'announced@2026-01-01.1',
        dataset: 'announced',
        periodTo: '2026-01-01',
        // Without what is left out for privacy, as the release itself says it.
        totalTokens: 5_000,
        rowsRead: 100,
        nextUpdate: '2026-02-01',
        url: 'https://atlas.example/releases/announced@2026-01-01.1',
        feed: 'https://atlas.example/feeds/announced.atom',
      },
    });
    const signed = last.headers as Record<string, string>;
    const forged = { ...signed, 'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}` };
    expect(() => new Webhook(secret).verify(last.body, forged)).toThrow();
    expect(() =>
      new Webhook(secret).verify(`${last.body} `, last.headers as Record<string, string>),
    ).toThrow();
  });

  it.each([
    [[500], 5, 'it answers 500'],
    [[410], 1, 'it answers 410'],
    [[302], 1, 'it answers 302'],
  ])(
    'that answers %s is given up after %s attempts, and nothing fails',
    async (statuses, attempts, reason) => {
      const { address, received } = await receiver(...statuses);
      const [outcome] = await tell(address);
      expect(received).toHaveLength(attempts);
      expect(outcome).toContain(`in ${attempts} attempts: ${reason}. The release is published all the same.`);
      expect(outcome).not.toContain('not-for-logs');
    },
  );

  it('that is away keeps no other from being told', async () => {
    const [away, here] = [await receiver(200), await receiver(200)];
    closing.shift()?.();
    const outcomes = await tell(away.address, here.address);
    expect(outcomes.sort()).toEqual([
      expect.stringMatching(/^Could not tell .* in 5 attempts: ECONN/),
      expect.stringMatching(/^Told /),
    ]);
  });
});

describe('the settings of webhooks', () => {
  const read = (RELEASE_WEBHOOKS: string, RELEASE_WEBHOOK_SECRET?: string) =>
    readConfig({ RELEASE_WEBHOOKS, RELEASE_WEBHOOK_SECRET }).releaseWebhooks;

  it('take https, and http to this machine', () => {
    const addresses = ['https://a.example/hook', 'http://localhost:8080/b', 'http://[::1]:9/c'];
    expect(read(addresses.join(', '), secret)).toEqual({ addresses, secret });
    expect(readConfig({}).releaseWebhooks).toBeUndefined();
  });

  it.each([
    ['http://a.example/hook', secret, 'RELEASE_WEBHOOKS'],
    ['http://localhost.a.example/', secret, 'RELEASE_WEBHOOKS'],
    ['https://user:word@a.example/', secret, 'RELEASE_WEBHOOKS'],
    ['ftp://localhost/', secret, 'RELEASE_WEBHOOKS'],
    ['https://a.example/,nonsense', secret, 'RELEASE_WEBHOOKS'],
    ['https://a.example/', undefined, 'RELEASE_WEBHOOK_SECRET'],
    ['https://a.example/', 'whsec_c2hvcnQ=', 'RELEASE_WEBHOOK_SECRET'],
  ])('refuse %s with %s', (addresses, given, name) => {
    expect(() => read(addresses, given)).toThrow(name);
  });
});

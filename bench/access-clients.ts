import { Agent, request } from 'node:http';

export interface Answered {
  readonly status: number;
  readonly ms: number;
  readonly cost?: { readonly actual: number; readonly remaining: number; readonly resetAt: string };
}

const agent = new Agent({ keepAlive: true, maxSockets: 200 });

/** One query over a kept connection; `fetch` would cost more than what is measured. */
export function post(url: string, query: string, headers: Record<string, string>): Promise<Answered> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/graphql`,
      { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const ms = performance.now() - startedAt;
          const { extensions } = JSON.parse(Buffer.concat(parts).toString()) as {
            extensions?: { cost?: NonNullable<Answered['cost']> };
          };
          const cost = extensions?.cost;
          resolve({ status: response.statusCode ?? 0, ms, ...(cost && { cost }) });
        });
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify({ query }));
  });
}

/** Sends at a rate until told to stop, whether answers come or not. Returns what stops it. */
export function sendAtRate(perSecond: number, send: () => Promise<void>): () => Promise<void> {
  const running = new Set<Promise<void>>();
  const step = (): void => {
    const sent = send().finally(() => running.delete(sent));
    running.add(sent);
  };
  const timer = setInterval(step, 1_000 / perSecond);
  return async () => {
    clearInterval(timer);
    await Promise.all(running);
  };
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function inRandomOrder<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

// What access control costs per query: the same app over the same database without it, with it counting in
// memory, and with it counting in Redis, in turns of one run, on a small query that nothing caches.
// One server of a process may be some per cent quicker than its equal for as long as it lives, by what its code was
// compiled to: so several processes are asked, each with its servers made in another order.
//   [TEST_DATABASE_URL=postgresql://…] [TEST_REDIS_URL=redis://…] npx tsx bench/access-overhead.ts [processes] [rounds]
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { inRandomOrder, percentile, post } from './access-clients.ts';

const [processes = 8, rounds = 20] = process.argv.slice(2).map(Number);
const requestsPerTurn = 200;
// Enough that the server always has one to work on, whatever the others wait for.
const atOnce = 16;
const query = 'query Small { usage(groupBy: [SOURCE_GROUP], grain: MONTH) { rows { totalTokens } } }';

interface Variant {
  readonly name: string;
  readonly url: string;
  readonly headers: Record<string, string>;
}

/** What one turn came to. */
interface Turn {
  readonly perSecond: number;
  readonly cpuMs: number;
}

async function processorMs(child: ChildProcess): Promise<number> {
  child.send('cpu');
  const [ms] = (await once(child, 'message')) as [number];
  return ms;
}

async function turn(child: ChildProcess, { url, headers }: Variant): Promise<Turn> {
  const [startedAt, cpuBefore] = [performance.now(), await processorMs(child)];
  let sent = 0;
  const client = async (): Promise<void> => {
    while (sent < requestsPerTurn) {
      sent += 1;
      const { status } = await post(url, query, headers);
      if (status !== 200) throw new Error(`${url} answered ${status}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, client));
  const seconds = (performance.now() - startedAt) / 1_000;
  return {
    perSecond: requestsPerTurn / seconds,
    cpuMs: ((await processorMs(child)) - cpuBefore) / requestsPerTurn,
  };
}

/** Medians of the rounds, by variant. */
async function askOneProcess(): Promise<Map<string, Turn>> {
  // The servers have a process of their own, whose processor time is theirs alone.
  const child = fork(new URL('access-overhead-server.ts', import.meta.url), {
    execArgv: ['--import', 'tsx'],
  });
  const [variants] = (await once(child, 'message')) as [Variant[]];
  // Code that only one of them runs must be as warm as what they share.
  for (let count = 0; count < 15; count += 1) for (const variant of variants) await turn(child, variant);
  const measured = new Map(variants.map(({ name }) => [name, [] as Turn[]]));
  for (let round = 0; round < rounds; round += 1) {
    // Another order each round, with other neighbours: each pays for what the one before left to collect.
    for (const variant of inRandomOrder(variants))
      measured.get(variant.name)?.push(await turn(child, variant));
  }
  child.send('stop');
  await once(child, 'exit');
  return new Map([...measured].map(([name, turns]) => [name, median(turns)]));
}

function median(turns: readonly Turn[]): Turn {
  return {
    perSecond: percentile(
      turns.map(({ perSecond }) => perSecond),
      0.5,
    ),
    cpuMs: percentile(
      turns.map(({ cpuMs }) => cpuMs),
      0.5,
    ),
  };
}

function percent(ratio: number): string {
  return `${((ratio - 1) * 100).toFixed(1)} %`;
}

const asked: Map<string, Turn>[] = [];
for (let count = 0; count < processes; count += 1) {
  asked.push(await askOneProcess());
  console.error(`${count + 1} of ${processes} processes`);
}
console.log(
  `${processes} processes, ${rounds} rounds of ${requestsPerTurn} requests each, ${atOnce} at once; medians`,
);
for (const name of [...(asked[0]?.keys() ?? [])].sort()) {
  const turns = asked.map((ofProcess) => ofProcess.get(name) ?? missing());
  const ratios = asked.map((ofProcess, index) => {
    const base = ofProcess.get('without') ?? missing();
    const { perSecond, cpuMs } = turns[index] ?? missing();
    return { perSecond: perSecond / base.perSecond, cpuMs: cpuMs / base.cpuMs };
  });
  const [{ perSecond, cpuMs }, ratio] = [median(turns), median(ratios)];
  const each = ratios.map((one) => percent(one.perSecond)).join(', ');
  console.log(
    `${name.padEnd(18)} ${perSecond.toFixed(0)} requests/s (${percent(ratio.perSecond)}: ${each}), ` +
      `${cpuMs.toFixed(2)} ms of processor per request (${percent(ratio.cpuMs)})`,
  );
}

function missing(): never {
  throw new Error('A server was not asked.');
}

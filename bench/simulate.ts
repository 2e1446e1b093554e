/**
 * Generating speed and bytes per stored row at several sizes, in a directory of its own that is removed again.
 *   npx tsx bench/simulate.ts [1000000 10000000 100000000]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEngine } from '../src/engine/open-engine.ts';
import { simulate } from '../src/simulate/simulate.ts';
import { buildWorld } from '../src/simulate/world.ts';

const sizes = process.argv.slice(2).map(Number);
const started = performance.now();
buildWorld({ generations: 1_000, months: 13 });
console.log(`fitting the world, once: ${((performance.now() - started) / 1000).toFixed(1)} s`);

for (const generations of sizes.length > 0 ? sizes : [1_000_000, 10_000_000]) {
  const directory = await mkdtemp(path.join(tmpdir(), 'atlas-bench-'));
  const engine = await openEngine({ directory, maxMemoryBytes: 2 ** 30 });
  try {
    const cpu = process.cpuUsage();
    const from = performance.now();
    await simulate({ engine, dataset: 'world', generations, seed: 1, months: 13, labelShare: 0.0025 });
    const seconds = (performance.now() - from) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const parts = await engine.rows<{ name: string; bytes: string }>(
      'bench.parts',
      `SELECT table AS name, toString(sum(bytes_on_disk)) AS bytes FROM system.parts
       WHERE active AND table IN ('stored_generations', 'stored_keys') GROUP BY table ORDER BY table`,
    );
    const perRow = parts.map(({ name, bytes }) => `${name} ${(Number(bytes) / generations).toFixed(1)}`);
    console.log(
      `${generations.toLocaleString('en')} rows: ${seconds.toFixed(1)} s, ` +
        `${Math.round(generations / seconds).toLocaleString('en')} rows/s, CPU ${((user + system) / 1e6).toFixed(1)} s, ` +
        `peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB; bytes per row: ${perRow.join(', ')}`,
    );
  } finally {
    await engine.close();
    await rm(directory, { recursive: true, force: true });
  }
}

import fc from 'fast-check';
import { expect } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { EventStore } from '../../src/engine/event-store.ts';
import type { EventRow, GenerationRow } from '../../src/events/event-row.ts';
import { decideModelDays, type WithheldModelDays } from '../../src/rollups/model-days.ts';
import type { NameKeys } from '../../src/rollups/names.ts';
import { type NamePrices, registerPrices } from '../../src/rollups/prices.ts';
import { listRollups, type RollupSource } from '../../src/rollups/rollup.ts';
import { runRollup } from '../../src/rollups/run-rollup.ts';
import { digest, generation } from '../engine/event-rows.ts';
import { type Cells, sortedCells } from './brute-force.ts';

export const releaseKey = 42;

const openAi = { authorKey: 3, sourceGroup: 'PROPRIETARY', providerKey: null };

export const names: NameKeys = {
  models: new Map([
    // Two raw names of one model, as two gateways write it.
    ['gpt-4o', { ...openAi, modelKey: 7 }],
    ['openai/gpt-4o', { ...openAi, modelKey: 7 }],
    ['openai/gpt-4o:free', { ...openAi, modelKey: 7 }],
    ["o'hara\\mini\t2", { modelKey: 8, authorKey: 4, sourceGroup: 'CHINESE_OPEN', providerKey: null }],
    ['host/o-two', { modelKey: 10, authorKey: 3, sourceGroup: 'PROPRIETARY', providerKey: 1 }],
    ['unheard-of', { modelKey: 9, authorKey: null, sourceGroup: null, providerKey: null }],
    ['other', { modelKey: null, authorKey: null, sourceGroup: null, providerKey: null }],
  ]),
  providers: new Map([
    ['Azure', 1],
    ['OpenAI', 2],
    ['openai', 2],
  ]),
  continents: new Map([
    ['DE', 'EU'],
    ['FR', 'EU'],
    ['US', 'NA'],
    ['ZZ', null],
  ]),
};

/** Prices that change on a leap day, of which nothing is known in 2025; another name that is free for ever. */
export const prices: ReadonlyMap<string, NamePrices> = new Map([
  [
    'gpt-4o',
    {
      isFree: false,
      prices: [
        { from: '2023-12-31', until: '2024-02-29', inputPerMillionUsd: 2.5, outputPerMillionUsd: 10 },
        { from: '2024-02-29', until: '2025-01-01', inputPerMillionUsd: 0.018, outputPerMillionUsd: 0.000003 },
      ],
    },
  ],
  [
    'openai/gpt-4o:free',
    {
      isFree: true,
      prices: [{ from: '1970-01-01', until: '2149-01-01', inputPerMillionUsd: 0, outputPerMillionUsd: 0 }],
    },
  ],
]);

// Days around the ends of months, of years that begin in the middle of an ISO week, and a leap day.
const edgeDays = [
  '2023-12-31',
  '2024-01-01',
  '2024-02-28',
  '2024-02-29',
  '2024-03-01',
  '2024-12-29',
  '2024-12-30',
  '2024-12-31',
  '2025-01-01',
  '2025-01-05',
  '2025-01-06',
];

const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null, freq: 3 });
const tokens = fc.oneof(
  { weight: 4, arbitrary: fc.nat(5000) },
  { weight: 1, arbitrary: fc.nat(2 ** 31 - 1) },
);

/** Generations on the first of these days only, where a count of users by day is to have many of them. */
export function generationValues(days = edgeDays.length): fc.Arbitrary<Partial<GenerationRow>> {
  return fc.record({
    createdAt: fc
      .tuple(
        fc.constantFrom(...edgeDays.slice(0, days)),
        fc.constantFrom('00:00:00.000', '12:34:56.789', '23:59:59.999'),
      )
      .map(([day, time]) => `${day} ${time}`),
    user: fc.option(
      fc.integer({ min: 1, max: 12 }).map((user) => digest(`user ${user}`)),
      {
        nil: null,
        freq: 8,
      },
    ),
    model: fc.constantFrom(...names.models.keys()),
    provider: optional(fc.constantFrom(...names.providers.keys())),
    country: optional(fc.constantFrom(...names.continents.keys())),
    language: optional(fc.constantFrom('en', 'de', 'zho')),
    promptTokens: tokens,
    completionTokens: tokens,
    reasoningTokens: optional(tokens),
    cachedTokens: optional(tokens),
    spendUsd: optional(fc.nat(10 ** 9).map((picodollars) => `0.${String(picodollars).padStart(12, '0')}`)),
    byok: optional(fc.boolean()),
    streamed: optional(fc.boolean()),
    cancelled: optional(fc.boolean()),
    finishReason: optional(fc.constantFrom('stop', 'tool_calls', 'length')),
    toolsOffered: optional(fc.boolean()),
    toolsCalled: optional(fc.boolean()),
    latencyMs: optional(fc.nat(100_000)),
    timeToFirstTokenMs: optional(fc.nat(5_000)),
    variant: fc.constantFrom(null, null, 'standard', 'free', 'Free', 'nitro'),
  });
}

/** Generations of different identity with these values. */
export function generationsOf(values: readonly Partial<GenerationRow>[], name: string): GenerationRow[] {
  return values.map((each, index) => generation(index, `${name} ${index}`, each));
}

export async function load(
  engine: Engine,
  dataset: string,
  kind: EventRow['kind'],
  rows: readonly EventRow[],
) {
  const session = await new EventStore(engine).beginLoad({ dataset, file: 'log', format: 'atlas', kind });
  await session.append(rows);
  expect(await session.commit()).toMatchObject({ accepted: rows.length });
}

export interface RolledUp {
  /** The rows of every rollup over the source, by its name. */
  cells: Record<string, Cells[]>;
  modelDays: WithheldModelDays;
}

/** Runs all rollups over a source; the names must have been registered. */
export async function rollUp(
  engine: Engine,
  dataset: string,
  source: RollupSource,
  minimumUsers: number | null = null,
): Promise<RolledUp> {
  await registerPrices(engine, prices);
  const modelDays = await decideModelDays(engine, dataset, minimumUsers);
  const cells: RolledUp['cells'] = {};
  for (const rollup of await listRollups(source)) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of runRollup(engine, rollup, { dataset, releaseKey, minimumUsers })) {
      chunks.push(chunk);
    }
    const lines = Buffer.concat(chunks).toString('utf8').split('\n').slice(0, -1);
    const rows = lines.map((line) => line.split('\t').map((field) => (field === '\\N' ? null : field)));
    for (const row of rows) expect(row).toHaveLength(rollup.columns.length);
    cells[rollup.name] = sortedCells(rows);
  }
  return { cells, modelDays };
}

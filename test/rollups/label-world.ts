import fc from 'fast-check';
import type { Engine } from '../../src/engine/engine.ts';
import { EventStore } from '../../src/engine/event-store.ts';
import type { EventRow, GenerationRow, LabelRow } from '../../src/events/event-row.ts';
import { type LabelKeys, type LabelVersion, registerLabels } from '../../src/rollups/labels.ts';
import { decideModelDays } from '../../src/rollups/model-days.ts';
import { registerNames } from '../../src/rollups/names.ts';
import { type NamePrices, registerPrices } from '../../src/rollups/prices.ts';
import { listRollups } from '../../src/rollups/rollup.ts';
import { runRollup } from '../../src/rollups/run-rollup.ts';
import { drawSample } from '../../src/rollups/sample.ts';
import { digest, generation, labelRow } from '../engine/event-rows.ts';

/** Two categories of two tags each, another of one, and what is in none. */
const tagOf: Record<string, LabelKeys | null> = {
  '/A/1': { tagKey: 1, categoryKey: 1 },
  '/a/1': { tagKey: 1, categoryKey: 1 },
  '/A/2': { tagKey: 2, categoryKey: 1 },
  '/B/1': { tagKey: 3, categoryKey: 2 },
  '/B/2': { tagKey: 4, categoryKey: 2 },
  'tag of C': { tagKey: 5, categoryKey: 3 },
  '/nothing': null,
};
export const resolve = (label: string): LabelKeys | null => tagOf[label] ?? null;

/** The older first; labels of another classifier do not count. */
export const versions: LabelVersion[] = [
  { classifier: 'one', version: null },
  { classifier: 'one', version: '2' },
];

const models = { small: 1, 'large/a': 2, 'large/b': 2, 'large/b:free': 2, other: 3 };
export const modelKeyOf = (model: string): number => models[model as keyof typeof models];

/** Names with a list price, which changes with the month; one is free. */
const prices: ReadonlyMap<string, NamePrices> = new Map([
  [
    'small',
    {
      isFree: false,
      prices: [
        { from: '2024-02-01', until: '2024-03-01', inputPerMillionUsd: 0.15, outputPerMillionUsd: 0.6 },
        { from: '2024-03-01', until: '2024-04-01', inputPerMillionUsd: 1, outputPerMillionUsd: 5.25 },
      ],
    },
  ],
  [
    'large/b:free',
    {
      isFree: true,
      prices: [{ from: '1970-01-01', until: '2149-01-01', inputPerMillionUsd: 0, outputPerMillionUsd: 0 }],
    },
  ],
]);

/** In millionths of a millionth of a dollar; null where there is no price. */
export function listPriceByHand(row: GenerationRow): bigint | null {
  const { model, variant, createdAt, promptTokens, completionTokens } = row;
  if (variant === 'free') return 0n;
  if (variant !== null) return null;
  if (model === 'large/b:free') return 0n;
  if (model !== 'small') return null;
  const [input, output] = createdAt < '2024-03-01' ? [150_000n, 600_000n] : [1_000_000n, 5_250_000n];
  return BigInt(promptTokens) * (input ?? 0n) + BigInt(completionTokens) * (output ?? 0n);
}

const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null, freq: 4 });
const count = fc.oneof({ weight: 3, arbitrary: fc.nat(5000) }, { weight: 1, arbitrary: fc.nat(2 ** 31) });

const values = (users: number): fc.Arbitrary<Partial<GenerationRow>> =>
  fc.record({
    createdAt: fc.constantFrom('2024-02-29 23:59:59.999', '2024-03-01 00:00:00.000'),
    user: optional(fc.integer({ min: 1, max: users }).map((user) => digest(`user ${user}`))),
    model: fc.constantFrom(...Object.keys(models)),
    promptTokens: count,
    completionTokens: count,
    reasoningTokens: optional(fc.nat(5000)),
    cachedTokens: optional(fc.nat(5000)),
    spendUsd: optional(fc.nat(10 ** 9).map((pico) => `0.${String(pico).padStart(12, '0')}`)),
    byok: optional(fc.boolean()),
    streamed: optional(fc.boolean()),
    cancelled: optional(fc.boolean()),
    toolsOffered: optional(fc.boolean()),
    toolsCalled: optional(fc.boolean()),
    finishReason: optional(fc.constantFrom('stop', 'tool_calls')),
    variant: fc.constantFrom(null, null, null, 'free', 'nitro'),
  });

const label = fc.record({
  label: fc.constantFrom(...Object.keys(tagOf)),
  version: fc.constantFrom(
    { classifier: 'one', version: '2' },
    { classifier: 'one', version: null },
    { classifier: 'two', version: '9' },
  ),
});

export interface LabelWorld {
  generations: GenerationRow[];
  labels: LabelRow[];
}

/** Generations of few users with up to four labels each, and labels of generations that are not there. */
export function labelWorlds({ users = 8, maxLength = 80 } = {}): fc.Arbitrary<LabelWorld> {
  const each = fc.record({
    values: values(users),
    labels: fc.uniqueArray(label, { maxLength: 4, selector: (each) => JSON.stringify(each) }),
    isLoaded: fc.integer({ min: 0, max: 9 }).map((digit) => digit > 0),
  });
  return fc.array(each, { minLength: 1, maxLength, size: 'max' }).map((all) => ({
    generations: all.flatMap(({ values: own, isLoaded }, index) =>
      isLoaded ? [generation(index + 1, `id ${index}`, own)] : [],
    ),
    labels: all.flatMap(({ labels }, index) =>
      labels.map(({ label: text, version }) => labelRow(index + 1, `id ${index}`, text, version)),
    ),
  }));
}

/** Loads the world as a data set of this name. */
export async function loadWorld(engine: Engine, dataset: string, world: LabelWorld): Promise<void> {
  await load(engine, dataset, 'generation', world.generations);
  await load(engine, dataset, 'label', world.labels);
}

async function load(engine: Engine, dataset: string, kind: EventRow['kind'], rows: readonly EventRow[]) {
  const session = await new EventStore(engine).beginLoad({ dataset, file: 'file', format: 'any', kind });
  await session.append(rows);
  await session.commit();
}

/** Tells the engine all that comes before the sample is drawn. */
export async function prepare(engine: Engine, dataset: string, minimumUsers: number | null): Promise<void> {
  const model = (key: number) => ({ modelKey: key, authorKey: null, sourceGroup: null, providerKey: null });
  await registerNames(engine, {
    models: new Map(Object.entries(models).map(([name, key]) => [name, model(key)])),
    providers: new Map([['OpenAI', 1]]),
    continents: new Map(),
  });
  await registerPrices(engine, prices);
  await registerLabels(engine, { names: new Map(Object.entries(tagOf)), versions });
  await decideModelDays(engine, dataset, minimumUsers);
}

export type RollupRow = Record<string, string | null>;

/** The rows of both rollups over labels, by table. */
export async function rollUpLabels(engine: Engine, dataset: string, minimumUsers: number | null) {
  await prepare(engine, dataset, minimumUsers);
  const sample = await drawSample(engine, dataset, minimumUsers);
  const tables: Record<string, RollupRow[]> = {};
  for (const rollup of await listRollups('labels')) {
    const chunks: Uint8Array[] = [];
    const scope = { dataset, releaseKey: 42, minimumUsers };
    for await (const chunk of runRollup(engine, rollup, scope)) chunks.push(chunk);
    const lines = Buffer.concat(chunks).toString('utf8').split('\n').slice(0, -1);
    tables[rollup.target] = lines.map((line) => {
      const fields = line.split('\t').map((field) => (field === '\\N' ? null : field));
      return Object.fromEntries(rollup.columns.map((column, index) => [column, fields[index] ?? null]));
    });
  }
  return {
    sample,
    category: tables['usage_day_model_category'] ?? [],
    tag: tables['usage_day_model_tag'] ?? [],
  };
}

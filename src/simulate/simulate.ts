import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { GeneratedLoad, type GeneratedTotals } from '../engine/generated-load.ts';
import { createLookupTables, dropLookupTables } from './lookup-tables.ts';
import { writeParquet } from './parquet.ts';
import { otherTaste, personKinds } from './people.ts';
import { DrawnShares, type WeekShares } from './drawn-shares.ts';
import { hostSlots } from './hosts.ts';
import { tagSlots } from './tag-slots.ts';
import { categoryNames } from './usage.ts';
import { storeRows } from './store-rows.ts';
import { buildWorld, type World } from './world.ts';

export interface SimulateOptions {
  engine: Engine;
  dataset: string;
  generations: number;
  /** A whole number from 0 to 2^53: another one draws another world with the same margins. */
  seed: number;
  /** Calendar months up to November 2025. */
  months: number;
  /** Part of the generations of the tagged window that carry content labels. */
  labelShare: number;
  /** A directory for Parquet files of the same rows. */
  out?: string | undefined;
  onProgress?: ((rows: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

export interface SimulateSummary extends GeneratedTotals {
  generations: number;
  labels: number;
  droppedLabels: number;
  /** Of the generations themselves, labelled or not. */
  categoryShares: WeekShares[];
  world: World;
}

// Drawing a row and storing it takes under 1 KiB at the peak.
const bytesPerRow = 1024;
const mostRowsPerChunk = 1_000_000;

// Of the log-normal lengths, in the logarithm.
const spread = 0.7;
// Users at the beginning of a cohort send most: the density falls with the root of their place.
const concentration = 1.8;
// The study reports tools that were offered from then on.
const toolsOfferedFrom = '2025-09-01';

// What half of the users prefer.
const technical = ['programming', 'technology', 'science'].map((name) =>
  categoryNames.findIndex((category) => category === name),
);

/** Draws a synthetic study and stores it as one load: all of it is there, or nothing. */
export async function simulate(options: SimulateOptions): Promise<SimulateSummary> {
  const { engine, dataset, generations, seed, months, labelShare, out } = options;
  const world = buildWorld({ generations, months });
  if (out !== undefined) await mkdir(out, { recursive: true });
  const load = await GeneratedLoad.begin(engine, {
    dataset,
    origin: `atlas simulate --generations ${generations} --seed ${seed} --months ${months} --label-share ${labelShare}`,
    format: 'simulated',
  });
  try {
    await createLookupTables(engine, world);
    const { categoryShares, ...counts } = await drawAll(options, world, load);
    const totals = await load.seal({ generations, ...counts });
    return { generations, ...counts, ...totals, categoryShares, world };
  } catch (error) {
    await load.abort().catch(() => undefined);
    throw error;
  } finally {
    await dropLookupTables(engine).catch(() => undefined);
  }
}

async function drawAll(options: SimulateOptions, world: World, load: GeneratedLoad) {
  const { engine, dataset, generations, seed, labelShare, out, onProgress, signal } = options;
  const drawRows = await readFile(path.join(import.meta.dirname, 'draw.sql'), 'utf8');
  const rowsPerChunk = Math.min(mostRowsPerChunk, Math.floor(engine.statementMemoryBytes / bytesPerRow));
  const counts = { labels: 0, droppedLabels: 0 };
  const drawn = new DrawnShares();
  for (let from = 0; from < generations; from += rowsPerChunk) {
    signal?.throwIfAborted();
    const count = Math.min(rowsPerChunk, generations - from);
    await engine.command('simulate.empty_rows', 'TRUNCATE TABLE simulated_rows');
    await engine.command('simulate.draw', drawRows, {
      from,
      count,
      seed,
      ring: world.ring,
      concentration,
      spread,
      label_share: labelShare,
      other_taste: otherTaste,
      technical,
      person_kinds: personKinds,
      host_slots: hostSlots,
      tag_slots: tagSlots,
      continent_ends: world.people.continentEnds,
      tools_offered_from: toolsOfferedFrom,
    });
    await drawn.add(engine);
    const stored = await storeRows(engine, load, dataset);
    if (out !== undefined) await writeParquet(engine, out, from / rowsPerChunk + 1);
    counts.labels += stored.labels;
    counts.droppedLabels += stored.droppedLabels;
    onProgress?.(from + count);
  }
  return { ...counts, categoryShares: drawn.byWeek() };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countLabels, measureSample } from '../../src/rollups/label-counts.ts';
import { forgetLabels, labelsInUse } from '../../src/rollups/labels.ts';
import { listRollups } from '../../src/rollups/rollup.ts';
import { runRollup } from '../../src/rollups/run-rollup.ts';
import { forgetSample } from '../../src/rollups/sample.ts';
import { generation, labelRow, temporaryEngine } from '../engine/event-rows.ts';
import { cellName, cellsByHand, keysOf, sampleByHand, tokens, type Weighting } from './labels-by-hand.ts';
import {
  labelWorlds,
  listPriceByHand,
  loadWorld,
  modelKeyOf,
  prepare,
  resolve,
  rollUpLabels,
  type RollupRow,
  versions,
} from './label-world.ts';

const weightings: Weighting[] = ['EACH', 'SPLIT'];

/** Rows of one weighting by cell, without their keys. */
function byCell(rows: readonly RollupRow[], table: 'category' | 'tag', weighting: Weighting) {
  const own = rows.filter((row) => row['weighting'] === weighting);
  const cells = own.map(
    ({ release_key, day, model_key, weighting: _, [`${table}_key`]: key, ...values }) =>
      [cellName(day ?? '', model_key ?? 0, key ?? 0), values] as const,
  );
  expect(new Set(cells.map(([cell]) => cell)).size).toBe(cells.length);
  return new Map(cells);
}

const nothing = { cells: 0, tokenShare: 0, areOfEnough: true };

describe('the rollups over labels', () => {
  it('equal a count generation by generation, each generation wholly or in parts', async () => {
    const engine = await temporaryEngine();
    let number = 0;
    await fc.assert(
      fc.asyncProperty(labelWorlds(), async (world) => {
        const dataset = `data set ${(number += 1)}`;
        await loadWorld(engine, dataset, world);
        const published = await rollUpLabels(engine, dataset, null);
        const sample = sampleByHand(world.generations, world.labels, resolve, versions, modelKeyOf);
        for (const table of ['category', 'tag'] as const) {
          for (const weighting of weightings) {
            expect(byCell(published[table], table, weighting)).toEqual(
              cellsByHand(sample, table, weighting, listPriceByHand),
            );
          }
        }
        expect(published.sample).toEqual({
          generations: sample.length,
          withheld: { usage_day_model_category: nothing, usage_day_model_tag: nothing },
        });
      }),
      { numRuns: 25 },
    );
  });

  it('count several labels of one category once in it, and split among categories, not labels', async () => {
    const engine = await temporaryEngine();
    await loadWorld(engine, 'one', {
      generations: [generation(1, 'a', { model: 'small', promptTokens: 7, completionTokens: 2 })],
      labels: ['/A/1', '/A/2', '/B/1'].map((path) =>
        labelRow(1, 'a', path, { classifier: 'one', version: '2' }),
      ),
    });
    const { category, tag } = await rollUpLabels(engine, 'one', null);
    const tokensOf = (rows: RollupRow[], key: string) =>
      rows.map((row) => [row['weighting'], row[key], row['total_tokens'], row['total_tokens_squares']]);
    expect(tokensOf(category, 'category_key')).toEqual([
      ['EACH', '1', '9', '81'],
      ['EACH', '2', '9', '81'],
      ['SPLIT', '1', '4.5', '20.25'],
      ['SPLIT', '2', '4.5', '20.25'],
    ]);
    expect(tokensOf(tag, 'tag_key')).toEqual([
      ['EACH', '1', '9', '81'],
      ['EACH', '2', '9', '81'],
      ['EACH', '3', '9', '81'],
      ['SPLIT', '1', '3', '9'],
      ['SPLIT', '2', '3', '9'],
      ['SPLIT', '3', '3', '9'],
    ]);
  });

  it('refuse labels that were not resolved, and give nothing of another release', async () => {
    const engine = await temporaryEngine();
    const world = {
      generations: [generation(1, 'a', { model: 'small' })],
      labels: [labelRow(1, 'a', '/A/1', { classifier: 'one', version: '2' })],
    };
    await loadWorld(engine, 'one', world);
    await loadWorld(engine, 'other', world);
    expect((await rollUpLabels(engine, 'one', null)).category).toHaveLength(2);
    const rowsOfOther = async () => {
      const rows: Uint8Array[] = [];
      for (const rollup of await listRollups('labels')) {
        const scope = { dataset: 'other', releaseKey: 1, minimumUsers: null };
        for await (const chunk of runRollup(engine, rollup, scope)) rows.push(chunk);
      }
      return Buffer.concat(rows).toString();
    };
    expect(await rowsOfOther()).toBe('');
    await forgetSample(engine);
    await forgetLabels(engine);
    await expect(rowsOfOther()).rejects.toThrow('label "/A/1"');
  });
});

describe('the labels of a data set', () => {
  it('are listed with who made them', async () => {
    const engine = await temporaryEngine();
    await loadWorld(engine, 'one', {
      generations: [],
      labels: [
        labelRow(1, 'a', '/A', { classifier: 'one', version: '1' }),
        labelRow(2, 'a', '/B', { classifier: 'one', version: '2' }),
        labelRow(3, 'b', '/A', { classifier: null, version: null }),
        labelRow(4, 'b', '/C', { classifier: 'one', version: '2' }),
      ],
    });
    expect(await labelsInUse(engine, 'one')).toEqual({
      names: ['/A', '/B', '/C'],
      versions: expect.arrayContaining([
        { classifier: 'one', version: '1' },
        { classifier: 'one', version: '2' },
        { classifier: null, version: null },
      ]),
      generationsByClassifier: new Map([
        ['one', 2],
        [null, 1],
      ]),
    });
    expect(await labelsInUse(engine, 'none')).toBeNull();
  });

  it('are each mapped, unmapped, superseded or without their generation', async () => {
    const engine = await temporaryEngine();
    let number = 0;
    await fc.assert(
      fc.asyncProperty(labelWorlds({ maxLength: 40 }), async (world) => {
        const dataset = `data set ${(number += 1)}`;
        await loadWorld(engine, dataset, world);
        await prepare(engine, dataset, null);
        const counts = await countLabels(engine, dataset);

        const loaded = new Set(world.generations.map(({ key }) => key));
        const present = world.labels.filter(({ generationKey }) => loaded.has(generationKey));
        const rankOf = (version: string | null) => (version === '2' ? 2 : 1);
        const counted = present.filter(
          (label) =>
            label.classifier === 'one' &&
            present.every(
              (other) =>
                other.generationKey !== label.generationKey ||
                other.classifier !== 'one' ||
                rankOf(other.version) <= rankOf(label.version),
            ),
        );
        const unmapped = counted.filter(({ label }) => resolve(label) === null);
        expect(counts).toEqual({
          mapped: counted.length - unmapped.length,
          unmapped: unmapped.length,
          unmappedLabels: unmapped.length === 0 ? [] : [{ label: '/nothing', labels: unmapped.length }],
          superseded: present.length - counted.length,
          orphans: world.labels.length - present.length,
        });
      }),
      { numRuns: 15 },
    );
  });

  it('make a sample: labelled generations among all of the days that have one', async () => {
    const engine = await temporaryEngine();
    let number = 0;
    await fc.assert(
      fc.asyncProperty(labelWorlds({ maxLength: 12 }), async (world) => {
        const dataset = `data set ${(number += 1)}`;
        await loadWorld(engine, dataset, world);
        await prepare(engine, dataset, null);
        const sample = sampleByHand(world.generations, world.labels, resolve, versions, modelKeyOf);
        const days = new Set(sample.map(({ day }) => day));
        const base = world.generations.filter(({ createdAt }) => days.has(createdAt.slice(0, 10)));
        const categorised = sample.filter((each) => keysOf(each, 'category')[0] !== 0);
        expect(await measureSample(engine, dataset)).toEqual({
          generations: sample.length,
          rate: sample.length === 0 ? null : sample.length / base.length,
          categorisedTokens: categorised.reduce((sum, { row }) => sum + tokens(row), 0),
        });
      }),
      { numRuns: 15 },
    );
  });
});

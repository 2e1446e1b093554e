import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openEmbeddedEngine } from '../../src/engine/embedded-engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { EventStore } from '../../src/engine/event-store.ts';
import { migrateEngine } from '../../src/engine/schema.ts';
import type { EventRow } from '../../src/events/event-row.ts';
import { digest, generation, labelRow, temporaryDirectory, temporaryEngine } from './event-rows.ts';

async function load(engine: Engine, rows: readonly EventRow[], dropped = 0, dataset = 'gateway') {
  const kind = rows[0]?.kind ?? 'label';
  const session = await new EventStore(engine).beginLoad({ dataset, file: 'file', format: 'any', kind });
  await session.append(rows);
  session.drop(dropped);
  return session.commit({ maxRefusedShare: 1 });
}

function visibleLabels(engine: Engine, dataset = 'gateway') {
  return engine.rows(
    'test.labels',
    `SELECT load_id, lower(hex(reinterpretAsFixedString(generation_key))) AS generation, label, confidence,
            classifier, version
     FROM labels WHERE dataset = {dataset:String} ORDER BY label, classifier, version`,
    { dataset },
  );
}

describe('a load of labels', () => {
  it('stores every field as it was given, null as null', async () => {
    const engine = await temporaryEngine();
    const summary = await load(engine, [
      labelRow(2, 'a', '/A\tpath\\with "odd" characters – ü', { confidence: Math.fround(0.9) }),
      labelRow(3, 'a', 'tag', { classifier: null, version: null, confidence: 1 }),
    ]);
    expect(summary).toEqual({
      loadId: 1,
      rowsRead: 2,
      accepted: 2,
      alreadyLoaded: 0,
      refused: 0,
      dropped: 0,
      refusedByReason: [],
      totalTokens: 0,
      spendUsd: null,
      from: null,
      to: null,
    });
    expect(await visibleLabels(engine)).toEqual([
      {
        load_id: 1,
        generation: digest('a'),
        label: '/A\tpath\\with "odd" characters – ü',
        confidence: 0.9,
        classifier: 'classifier',
        version: '1',
      },
      { load_id: 1, generation: digest('a'), label: 'tag', confidence: 1, classifier: null, version: null },
    ]);
  });

  it('shows nothing before it is committed and leaves nothing when it is given up', async () => {
    const engine = await temporaryEngine();
    const source = { dataset: 'gateway', file: 'file', format: 'atlas-labels', kind: 'label' } as const;
    const session = await new EventStore(engine).beginLoad(source);
    await session.append([labelRow(1, 'a', '/A')]);
    expect(await visibleLabels(engine)).toEqual([]);
    await session.abort();
    expect(await visibleLabels(engine)).toEqual([]);
    expect(await new EventStore(engine).fingerprint('gateway')).toBeNull();
  });

  it('is swept away where it was sealed by nobody', async () => {
    const engine = await temporaryEngine();
    await load(engine, [labelRow(1, 'a', '/A')]);
    await engine.command(
      'test.unfinished',
      `INSERT INTO stored_labels SELECT * REPLACE (2 AS load_id, '/B' AS label) FROM stored_labels`,
    );
    expect(await visibleLabels(engine)).toHaveLength(1);
    await load(engine, [labelRow(1, 'b', '/C')]);
    const [stored] = await engine.rows(
      'test.stored',
      'SELECT groupArray(label) AS labels FROM stored_labels',
    );
    expect(stored).toEqual({ labels: expect.arrayContaining(['/A', '/C']) });
  });

  it('counts what it left out, adds nothing twice, and refuses another confidence for the same', async () => {
    const engine = await temporaryEngine();
    const rows = [labelRow(1, 'a', '/A'), labelRow(2, 'a', '/B'), labelRow(3, 'b', '/A')];
    expect(await load(engine, rows, 4)).toMatchObject({ rowsRead: 7, accepted: 3, dropped: 4 });
    expect(await load(engine, rows, 4)).toMatchObject({ loadId: null, alreadyLoaded: 3, dropped: 4 });
    const again = [
      labelRow(1, 'a', '/A', { confidence: 0.5 }),
      labelRow(2, 'c', '/A'),
      labelRow(3, 'c', '/A'),
      labelRow(4, 'a', '/A', { version: '2' }),
    ];
    expect(await load(engine, again)).toMatchObject({
      accepted: 2,
      refused: 2,
      refusedByReason: [
        { code: 'CONFLICT', firstLine: 1 },
        { code: 'DUPLICATE', firstLine: 3 },
      ],
    });
    expect(await visibleLabels(engine)).toHaveLength(5);
    expect(await new EventStore(engine).quarantined('gateway')).toHaveLength(2);
  });

  it('changes the fingerprint of its data set, and neither its rows nor its days', async () => {
    const engine = await temporaryEngine();
    const store = new EventStore(engine);
    await load(engine, [generation(1, 'a'), generation(2, 'b')]);
    const before = await store.datasetSummary('gateway');
    const fingerprint = await store.fingerprint('gateway');
    await load(engine, [labelRow(1, 'a', '/A'), labelRow(2, 'a', '/A')], 1);
    await load(engine, [labelRow(1, 'a', '/A')], 0, 'other');
    const { loads, ...after } = await store.datasetSummary('gateway');
    const { loads: loadsBefore, ...expected } = before;
    expect(after).toEqual({ ...expected, labels: 1 });
    expect(loads).toMatchObject([
      ...loadsBefore,
      { kind: 'label', rowsRead: 3, accepted: 1, refused: 1, dropped: 1, totalTokens: 0 },
    ]);
    expect(await store.fingerprint('gateway')).not.toBe(fingerprint);
    expect(await visibleLabels(engine, 'other')).toHaveLength(1);
  });
});

describe('a store made before there were labels', () => {
  it('keeps what it holds and takes labels', async () => {
    const engine = await openEmbeddedEngine({
      directory: await temporaryDirectory(),
      maxMemoryBytes: 512 * 2 ** 20,
    });
    try {
      const file = new URL('../../src/engine/schema/01_events.sql', import.meta.url);
      for (const statement of (await readFile(file, 'utf8')).split(/;\s*$/m).filter((text) => text.trim())) {
        await engine.command('test.first_schema', statement);
      }
      await engine.command(
        'test.versions',
        `CREATE TABLE schema_versions (version UInt32, name String, applied_at DateTime64(3, 'UTC'))
         ENGINE = MergeTree ORDER BY version AS SELECT 1, '01_events', now64(3)`,
      );
      await engine.command(
        'test.event',
        `INSERT INTO stored_generations (dataset, load_id, created_at, model, prompt_tokens)
         VALUES ('gateway', 1, '2025-01-31 10:00:00', 'old', 5)`,
      );
      await engine.command(
        'test.load',
        `INSERT INTO loads (load_id, dataset, kind, accepted, total_tokens, first_day, last_day)
         VALUES (1, 'gateway', 'generation', 1, 5, '2025-01-31', '2025-01-31')`,
      );

      await migrateEngine(engine);
      expect(await load(engine, [generation(1, 'a', { model: 'new' })])).toMatchObject({ loadId: 2 });
      expect(await load(engine, [labelRow(1, 'a', '/A')])).toMatchObject({ loadId: 3 });
      expect(
        await engine.rows(
          'test.rows',
          'SELECT model, key IN (SELECT generation_key FROM labels) AS is_labelled FROM generations ORDER BY model',
        ),
      ).toEqual([
        { model: 'new', is_labelled: 1 },
        { model: 'old', is_labelled: 0 },
      ]);
      const summary = await new EventStore(engine).datasetSummary('gateway');
      expect(summary).toMatchObject({ rows: 2, labels: 1, from: '2025-01-31', to: '2025-03-05' });
    } finally {
      await engine.close();
    }
  });
});

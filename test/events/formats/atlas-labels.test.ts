import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { keyOfId } from '../../../src/events/identity.ts';
import { atlasRow, csvOf, ndjsonOf, readAll, temporaryFile } from '../support.ts';

const label = {
  generation_id: 'gen-1',
  path: '/Computers & Electronics/Programming',
  confidence: 0.9,
  classifier: 'google-classify-text',
  version: 'v2',
};
const rows = [
  label,
  { ...label, path: '/Games/Roleplaying Games', confidence: 0.5 },
  { ...label, generation_id: 'gen-2', classifier: null, version: null, confidence: 1 },
];

function parquet(): Uint8Array {
  const columnData = Object.keys(label).map((name) => ({
    name,
    data: rows.map((row) => row[name as keyof typeof label]),
    type: name === 'confidence' ? ('FLOAT' as const) : ('STRING' as const),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

async function readRows(...content: Record<string, unknown>[]) {
  return readAll(await temporaryFile('labels.ndjson', ndjsonOf(content)));
}

describe('content labels', () => {
  it.each([
    ['labels.csv', csvOf(rows), 2],
    ['labels.csv.gz', gzipSync(csvOf(rows)), 2],
    ['labels.ndjson', ndjsonOf(rows), 1],
    ['labels.json', JSON.stringify({ data: rows }), 1],
    ['labels.parquet', parquet(), 1],
  ])('are the same from %s', async (name, content, firstLine) => {
    const { format, labels, rows: all } = await readAll(await temporaryFile(name, content));
    expect(format.id).toBe('atlas-labels');
    expect(all).toHaveLength(3);
    expect(labels).toMatchObject([
      {
        line: firstLine,
        label: '/Computers & Electronics/Programming',
        confidence: Math.fround(0.9),
        classifier: 'google-classify-text',
        version: 'v2',
      },
      { line: firstLine + 1, label: '/Games/Roleplaying Games', confidence: 0.5 },
      { line: firstLine + 2, confidence: 1, classifier: null, version: null },
    ]);
    const reference = await readRows(...rows);
    expect(labels.map(({ key, contentHash }) => [key, contentHash])).toEqual(
      reference.labels.map((row) => [row.key, row.contentHash]),
    );
  });

  it('point to the key that the generation has under the same id', async () => {
    const log = await readAll(await temporaryFile('log.ndjson', ndjsonOf([{ ...atlasRow, id: ' gen-1 ' }])));
    const { labels } = await readRows(label);
    expect(labels[0]?.generationKey).toBe(log.generations[0]?.key);
    expect(labels[0]?.generationKey).toBe(keyOfId('gen-1'));
    expect(labels[0]?.key).not.toBe(labels[0]?.generationKey);
  });

  it('may be tags; where a row has both, the path counts', async () => {
    const { path, ...withoutPath } = label;
    const { labels } = await readRows(
      { ...withoutPath, tag: 'development-tools' },
      { ...label, tag: 'development-tools' },
    );
    expect(labels.map((row) => row.label)).toEqual(['development-tools', path]);
  });

  it('are left out below a confidence of 0.5, without being refused', async () => {
    const confidences = [0.5, 0.49999999, 0, 1, '0.50', '4.9e-1'];
    const {
      labels,
      rows: all,
      refused,
    } = await readRows(...confidences.map((confidence) => ({ ...label, confidence })));
    expect(labels.map(({ line }) => line)).toEqual([1, 4, 5]);
    expect(all.filter(({ kind }) => kind === 'dropped').map(({ line }) => line)).toEqual([2, 3, 6]);
    expect(refused).toEqual([]);
  });

  it('are known by generation, path or tag, classifier and version, and nothing else', async () => {
    const { labels } = await readRows(
      label,
      { ...label, generation_id: 'gen-2' },
      { ...label, path: '/Adult' },
      { ...label, classifier: 'other' },
      { ...label, version: 'v1' },
      { ...label, version: null },
      { ...label, confidence: 0.8 },
    );
    const [first, ...others] = labels;
    const surer = others.pop();
    expect(new Set(labels.map(({ key }) => key)).size).toBe(6);
    expect(surer?.key).toBe(first?.key);
    expect(surer?.contentHash).not.toBe(first?.contentHash);
  });

  it.each([
    ['generation_id', { generation_id: null }, 'MISSING', 'is missing'],
    ['path', { path: '' }, 'MISSING', 'is missing'],
    ['confidence', { confidence: null }, 'MISSING', 'is missing'],
    ['confidence', { confidence: 'high' }, 'NOT_A_NUMBER', 'is not a number'],
    ['confidence', { confidence: 1.5 }, 'OUT_OF_RANGE', 'is 1.5: the most allowed is 1'],
    ['confidence', { confidence: -0.5 }, 'OUT_OF_RANGE', 'is -0.5: the least allowed is 0'],
    ['path', { path: `/${'prompt text '.repeat(30)}` }, 'OUT_OF_RANGE', 'is longer than 256 characters'],
    ['classifier', { classifier: 'a\nb' }, 'NOT_ALLOWED', 'holds a line break or another control character'],
  ] as const)('with a bad %s (%o) are refused', async (field, change, code, reason) => {
    const { refused, labels } = await readRows({ ...label, ...change }, label);
    expect(refused).toEqual([{ kind: 'refused', line: 1, field, code, reason }]);
    expect(labels).toHaveLength(1);
  });

  it('never carry what was asked', async () => {
    const secret = 'TOP SECRET';
    const withText = { ...label, prompt: secret, text: secret, content: secret, user: secret };
    for (const [name, content] of [
      ['labels.csv', csvOf([withText])],
      ['labels.ndjson', ndjsonOf([withText])],
    ] as const) {
      const { rows: all, ignoredColumns } = await readAll(await temporaryFile(name, content));
      expect(all).toHaveLength(1);
      expect(JSON.stringify(all)).not.toContain(secret);
      expect(ignoredColumns.sort()).toEqual(['content', 'prompt', 'text', 'user']);
    }
  });
});

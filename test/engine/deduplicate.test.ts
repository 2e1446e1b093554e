import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { EventStore } from '../../src/engine/event-store.ts';
import { keySlices } from '../../src/engine/key-slices.ts';
import type { GenerationRow } from '../../src/events/event-row.ts';
import { generation, temporaryEngine } from './event-rows.ts';

type Verdict = 'NEW' | 'ALREADY_LOADED' | 'DUPLICATE' | 'CONFLICT';

/** The rule, row by row: what the engine does for whole files at once must come out the same. */
class SequentialStore {
  readonly #held = new Map<string, GenerationRow[]>();

  load(rows: readonly GenerationRow[]): Verdict[] {
    const before = new Map([...this.#held].map(([key, held]) => [key, held.length]));
    const equalSoFar = new Map<string, number>();
    const firstOfFile = new Map<string, GenerationRow>();
    return rows.map((row) => {
      const reference = this.#held.get(row.key)?.[0] ?? firstOfFile.get(row.key) ?? row;
      firstOfFile.set(row.key, reference);
      if (reference.contentHash !== row.contentHash) return 'CONFLICT';
      const occurrence = (equalSoFar.get(row.key) ?? 0) + 1;
      equalSoFar.set(row.key, occurrence);
      if (occurrence > 1 && !row.distinctRepeats) return 'DUPLICATE';
      if (occurrence <= (before.get(row.key) ?? 0)) return 'ALREADY_LOADED';
      this.#held.set(row.key, [...(this.#held.get(row.key) ?? []), row]);
      return 'NEW';
    });
  }

  get rows(): GenerationRow[] {
    return [...this.#held.values()].flat();
  }
}

const numbered = fc.record({
  id: fc.integer({ min: 0, max: 6 }),
  promptTokens: fc.integer({ min: 1, max: 2 }),
});
const unnumbered = fc.record({ promptTokens: fc.integer({ min: 10, max: 13 }) });
const files = fc.array(
  fc.array(
    fc.oneof(
      numbered.map(({ id, promptTokens }) => ({ id: `id ${id}`, promptTokens, distinctRepeats: false })),
      unnumbered.map(({ promptTokens }) => ({
        id: `content ${promptTokens}`,
        promptTokens,
        distinctRepeats: true,
      })),
    ),
    { minLength: 1, maxLength: 25 },
  ),
  { minLength: 1, maxLength: 4 },
);

describe('de-duplication', () => {
  it('is that of taking the rows of each file one by one, in however many slices it is done', async () => {
    const engine = await temporaryEngine();
    let dataset = 0;
    await fc.assert(
      fc.asyncProperty(files, fc.constantFrom(2 ** 29, 4096), async (contents, statementMemoryBytes) => {
        dataset += 1;
        const expected = new SequentialStore();
        for (const content of contents) {
          const rows = content.map(({ id, ...values }, line) => generation(line + 1, id, values));
          const verdicts = expected.load(rows);
          const summary = await load(withMemory(engine, statementMemoryBytes), `data set ${dataset}`, rows);
          const count = (verdict: Verdict) => verdicts.filter((each) => each === verdict).length;
          expect(summary).toMatchObject({
            accepted: count('NEW'),
            alreadyLoaded: count('ALREADY_LOADED'),
            refused: count('DUPLICATE') + count('CONFLICT'),
          });
          if (summary.loadId !== null) {
            const refusedLines = verdicts.flatMap((code, line) =>
              code === 'DUPLICATE' || code === 'CONFLICT' ? [{ line: line + 1, code }] : [],
            );
            expect(await quarantineOf(engine, summary.loadId)).toEqual(refusedLines);
          }
        }
        expect(await tokensOf(engine, `data set ${dataset}`)).toEqual(
          expected.rows.map((row) => String(row.promptTokens)).sort(),
        );
      }),
      { numRuns: 30 },
    );
  });
});

describe('key slices', () => {
  it('cover the key space without a gap or an overlap', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000_000 }), fc.integer({ min: 2 ** 26, max: 2 ** 34 }), (rows, memory) => {
        const slices = keySlices(rows, memory);
        expect(slices[0]?.from).toBe(0n);
        expect(slices.at(-1)?.to).toBe(2n ** 128n - 1n);
        slices.slice(1).forEach((slice, index) => expect(slice.from).toBe((slices[index]?.to ?? 0n) + 1n));
      }),
    );
  });

  it('grow in number with the rows and not with the memory', () => {
    expect(keySlices(0, 2 ** 30)).toHaveLength(1);
    expect(keySlices(2 ** 20, 2 ** 30)).toHaveLength(1);
    expect(keySlices(10 * 2 ** 20, 2 ** 30)).toHaveLength(10);
    expect(keySlices(10 * 2 ** 20, 2 ** 29)).toHaveLength(20);
  });
});

function withMemory(engine: Engine, statementMemoryBytes: number): Engine {
  return {
    statementMemoryBytes,
    command: (...call) => engine.command(...call),
    rows: (...call) => engine.rows(...call),
    stream: (...call) => engine.stream(...call),
    insert: (...call) => engine.insert(...call),
    close: () => engine.close(),
  };
}

async function load(engine: Engine, dataset: string, rows: readonly GenerationRow[]) {
  const source = { dataset, file: 'log', format: 'atlas', kind: 'generation' } as const;
  const session = await new EventStore(engine).beginLoad(source);
  await session.append(rows);
  return session.commit({ maxRefusedShare: 1 });
}

function quarantineOf(engine: Engine, loadId: number) {
  return engine.rows(
    'test.quarantine',
    'SELECT toUInt32(line) AS line, code FROM quarantine WHERE load_id = {loadId:UInt32} ORDER BY line',
    { loadId },
  );
}

async function tokensOf(engine: Engine, dataset: string): Promise<string[]> {
  const rows = await engine.rows<{ prompt_tokens: string }>(
    'test.tokens',
    'SELECT prompt_tokens FROM generations WHERE dataset = {dataset:String}',
    { dataset },
  );
  return rows.map((row) => row.prompt_tokens).sort();
}

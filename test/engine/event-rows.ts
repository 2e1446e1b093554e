import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import type { GenerationRow, LabelRow, RefusedRow, UsageFeedRow } from '../../src/events/event-row.ts';
import { canonicalLabel, contentHashOf, keyOfLabel } from '../../src/events/identity.ts';

/** 32 hexadecimal digits that stand for the text. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** A generation with values in every field; `id` and the other values give its key and content hash. */
export function generation(line: number, id: string, values: Partial<GenerationRow> = {}): GenerationRow {
  const row: Omit<GenerationRow, 'key' | 'contentHash' | 'line'> = {
    kind: 'generation',
    distinctRepeats: false,
    createdAt: '2025-03-04 05:06:07.089',
    user: digest('user 1'),
    model: 'openai/gpt-4o',
    provider: 'OpenAI',
    app: 'editor',
    country: 'DE',
    language: 'en',
    promptTokens: 100,
    completionTokens: 20,
    reasoningTokens: 5,
    cachedTokens: 30,
    spendUsd: '0.001234567891',
    byok: false,
    streamed: true,
    cancelled: false,
    finishReason: 'stop',
    finishReasonRaw: 'end_turn',
    toolsOffered: true,
    toolsCalled: false,
    latencyMs: 1234,
    timeToFirstTokenMs: 321,
    variant: null,
    ...values,
  };
  return { key: digest(id), contentHash: digest(JSON.stringify(row)), ...row, line };
}

export function feedRow(line: number, day: string, model: string, totalTokens: number): UsageFeedRow {
  return {
    kind: 'usage_feed',
    key: digest(`${day} ${model}`),
    contentHash: digest(`${day} ${model} ${totalTokens}`),
    line,
    distinctRepeats: false,
    day,
    model,
    totalTokens,
  };
}

/** A label of the generation that `generation` makes of the same id. */
export function labelRow(
  line: number,
  id: string,
  label: string,
  values: Partial<Pick<LabelRow, 'confidence' | 'classifier' | 'version'>> = {},
): LabelRow {
  const row = {
    generationKey: digest(id),
    label,
    confidence: 0.75,
    classifier: 'classifier',
    version: '1',
    ...values,
  };
  return {
    kind: 'label',
    key: keyOfLabel(row),
    contentHash: contentHashOf(canonicalLabel(row)),
    line,
    distinctRepeats: false,
    ...row,
  };
}

export function refused(line: number, values: Partial<RefusedRow> = {}): RefusedRow {
  return { kind: 'refused', line, field: 'created_at', code: 'MISSING', reason: 'is missing', ...values };
}

/** A new directory that is gone when the test is over. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'atlas-engine-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** An engine over a new directory, closed when the test is over. */
export async function temporaryEngine(directory?: string): Promise<Engine> {
  const engine = await openEngine({
    directory: directory ?? (await temporaryDirectory()),
    maxMemoryBytes: 512 * 2 ** 20,
  });
  onTestFinished(() => engine.close());
  return engine;
}

/** The stored generations as the views show them, without identity. */
export async function visibleRows(engine: Engine, dataset: string): Promise<Record<string, unknown>[]> {
  return engine.rows(
    'test.visible',
    `SELECT * EXCEPT (dataset, load_id, key) REPLACE (lower(hex(reinterpretAsFixedString(user))) AS user)
     FROM generations WHERE dataset = {dataset:String} ORDER BY created_at, model, prompt_tokens`,
    { dataset },
  );
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type {
  ActivityRow,
  GenerationRow,
  LabelRow,
  ReadEvent,
  RefusedRow,
  UsageFeedRow,
} from '../../src/events/event-row.ts';
import { readEvents, type ReadEventsOptions } from '../../src/events/validate.ts';

export const pseudonymKey = Buffer.alloc(32, 7);
export const now = new Date('2026-10-01T00:00:00Z');

/** The path of a file in test/fixtures/events. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/events/${name}`, import.meta.url));
}

/** Writes a file that is gone when the test is over, and gives its path. */
export async function temporaryFile(name: string, content: string | Uint8Array): Promise<string> {
  const file = path.join(await temporaryDirectory(), name);
  await writeFile(file, content);
  return file;
}

/** A new directory that is gone when the test is over. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'atlas-events-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Reads a whole file through the door. */
export async function readAll(file: string, options: Partial<ReadEventsOptions> = {}) {
  const reading = await readEvents(file, { pseudonymKey, now, ...options });
  const rows: ReadEvent[] = [];
  for await (const batch of reading.rows) rows.push(...batch);
  return {
    ...reading,
    rows,
    refused: rows.filter((row): row is RefusedRow => row.kind === 'refused'),
    generations: rows.filter((row): row is GenerationRow => row.kind === 'generation'),
    feed: rows.filter((row): row is UsageFeedRow => row.kind === 'usage_feed'),
    activity: rows.filter((row): row is ActivityRow => row.kind === 'activity'),
    labels: rows.filter((row): row is LabelRow => row.kind === 'label'),
  };
}

/** A row of the project's own format, with a value in every column. */
export const atlasRow = {
  id: 'gen-1',
  created_at: '2026-09-15T02:50:11.806Z',
  user: 'ada@example.org',
  model: 'openai/gpt-4o',
  provider: 'OpenAI',
  app: 'editor',
  country: 'de',
  language: 'pt-BR',
  prompt_tokens: 1200,
  completion_tokens: 300,
  reasoning_tokens: 100,
  cached_tokens: 1000,
  spend_usd: '0.0123',
  byok: false,
  streamed: true,
  cancelled: false,
  finish_reason: 'end_turn',
  finish_reason_raw: 'end_turn',
  tools_offered: true,
  tools_called: false,
  latency_ms: 2500,
  time_to_first_token_ms: 400,
  variant: 'nitro',
};

export type AtlasRow = Record<string, unknown>;

/** Rows as CSV text; every value that needs quotes has them. */
export function csvOf(rows: readonly AtlasRow[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const cell = (value: unknown) => {
    const text = value === null || value === undefined ? '' : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))]
    .map((cells) => cells.map(cell).join(','))
    .join('\n')
    .concat('\n');
}

/** Rows as NDJSON text. */
export function ndjsonOf(rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/**
 * Cuts the catalogue's source files down to what the catalogue uses and writes src/catalog/snapshots/*.json.
 * Usage and sources: docs/catalog.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { SnapshotSource } from '../src/catalog/snapshot-types.ts';
import { genaiPricesRows } from './catalog-snapshots/genai-prices.ts';
import { modelsDevRows } from './catalog-snapshots/models-dev.ts';
import { openRouterRows } from './catalog-snapshots/openrouter.ts';

const { values } = parseArgs({
  options: {
    'openrouter-models': { type: 'string' },
    'openrouter-events': { type: 'string' },
    'openrouter-commit': { type: 'string' },
    'models-dev-providers': { type: 'string' },
    'models-dev-models': { type: 'string' },
    'models-dev-commit': { type: 'string' },
    'genai-prices': { type: 'string' },
    'genai-prices-commit': { type: 'string' },
  },
});

writeSnapshot(
  'openrouter.json',
  {
    source: 'OpenRouter GET /api/v1/models, with the daily history of the ModelGraveyard project',
    url: 'https://github.com/meni432/ModelGraveyard',
    ...commitOf('openrouter-commit'),
    licence:
      'MIT (ModelGraveyard README); the content is the public answer of an API: ids, prices, limits. OpenRouter states no licence for it.',
    changes:
      'fields dropped (descriptions among them), prices per 1M tokens, models taken off the list added from the history',
  },
  openRouterRows(readJson('openrouter-models'), readJson('openrouter-events')),
);
writeSnapshot(
  'models-dev.json',
  {
    source: 'models.dev',
    url: 'https://github.com/anomalyco/models.dev',
    ...commitOf('models-dev-commit'),
    licence: 'MIT, Copyright (c) 2025 models.dev',
    changes: "fields dropped; only the authors' own files and the openrouter provider",
  },
  modelsDevRows(readJson('models-dev-providers'), readJson('models-dev-models')),
);
writeSnapshot(
  'genai-prices.json',
  {
    source: 'genai-prices (prices/data.json)',
    url: 'https://github.com/pydantic/genai-prices',
    ...commitOf('genai-prices-commit'),
    licence: 'MIT',
    changes:
      "fields dropped; only the authors' own price lists and the openrouter list; price of the snapshot's day",
  },
  genaiPricesRows(readJson('genai-prices'), commitOf('genai-prices-commit').date),
);

/** One model a line: small, and a refresh shows as a readable diff. */
function writeSnapshot(file: string, source: SnapshotSource, rows: readonly { id: string }[]): void {
  const sorted = [...rows].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const head = Object.entries(source).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`,
  );
  const lines = sorted.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
  const text = `{\n${head.join('')}  "models": [\n${lines}\n  ]\n}\n`;
  writeFileSync(new URL(`../src/catalog/snapshots/${file}`, import.meta.url), text);
  console.log(`${file}: ${rows.length} models, ${Buffer.byteLength(text)} bytes`);
}

function readJson(option: keyof typeof values): unknown {
  return JSON.parse(readFileSync(required(option), 'utf8'));
}

/** `--x-commit <sha>@<YYYY-MM-DD>` */
function commitOf(option: keyof typeof values): { commit: string; date: string } {
  const [commit, date] = required(option).split('@');
  if (!commit || !/^\d{4}-\d\d-\d\d$/.test(date ?? '')) {
    throw new Error(`--${option} must be <commit>@<YYYY-MM-DD>`);
  }
  return { commit, date: date ?? '' };
}

function required(option: keyof typeof values): string {
  const value = values[option];
  if (value === undefined) throw new Error(`--${option} is missing: see docs/catalog.md`);
  return value;
}

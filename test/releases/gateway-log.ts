import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import type { DatasetDeclaration } from '../../src/releases/dataset-declaration.ts';
import { parseDeclaration } from '../../src/releases/dataset-declaration.ts';

/** A line of a log in the project's own format. */
export interface LoggedRequest {
  id: string;
  created_at: string;
  user: string | null;
  model: string;
  provider: string | null;
  country: string | null;
  language: string | null;
  prompt_tokens: number;
  completion_tokens: number;
  reasoning_tokens: number | null;
  cached_tokens: number | null;
  /** At most six decimals, so that tests can add in millionths. */
  spend_usd: string | null;
  byok: boolean | null;
  streamed: boolean | null;
  cancelled: boolean | null;
  finish_reason: string | null;
  tools_offered: boolean | null;
  tools_called: boolean | null;
  latency_ms: number | null;
  time_to_first_token_ms: number | null;
}

/** Names as logs write them, and whom they are of: several names may be one, and some nobody knows. */
export const modelIds: Readonly<Record<string, string>> = {
  'openai/gpt-4o': 'openai/gpt-4o',
  'openai/gpt-4o-2024-08-06': 'openai/gpt-4o',
  'openai/gpt-4o:free': 'openai/gpt-4o',
  'deepseek/deepseek-v4-flash-20260423': 'deepseek/deepseek-v4-flash',
  'meta-llama/llama-3.1-8b-instruct': 'meta-llama/llama-3.1-8b-instruct',
  'fireworks_ai/llama-v3p1-8b-instruct': 'meta-llama/llama-3.1-8b-instruct',
  'My Own\\Model': 'unlabelled/my own\\model',
};
/** Hosts that names of models tell. */
export const hostIds: Readonly<Record<string, string>> = {
  'fireworks_ai/llama-v3p1-8b-instruct': 'fireworks',
};
export const sourceGroups: Readonly<Record<string, string>> = {
  'openai/gpt-4o': 'PROPRIETARY',
  'deepseek/deepseek-v4-flash': 'CHINESE_OPEN',
  'meta-llama/llama-3.1-8b-instruct': 'REST_OF_WORLD_OPEN',
};
export const continents: Readonly<Record<string, string>> = { DE: 'EU', SG: 'AS', US: 'NA' };
export const providerIds: Readonly<Record<string, string>> = {
  OpenAI: 'openai',
  DeepInfra: 'deepinfra',
  deepinfra: 'deepinfra',
  Backyard: 'unlabelled/backyard',
};

const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 3 });

const request: fc.Arbitrary<Omit<LoggedRequest, 'id'>> = fc.record({
  // Over the turn of a year and a leap day.
  created_at: fc
    .integer({ min: Date.UTC(2023, 11, 28), max: Date.UTC(2024, 2, 3) - 1 })
    .map((time) => new Date(time).toISOString()),
  user: orNull(fc.integer({ min: 1, max: 20 }).map((number) => `person-${number}@example.org`)),
  model: fc.constantFrom(...Object.keys(modelIds)),
  provider: orNull(fc.constantFrom(...Object.keys(providerIds))),
  country: orNull(fc.constantFrom(...Object.keys(continents))),
  language: orNull(fc.constantFrom('en', 'zh')),
  prompt_tokens: fc.integer({ min: 100, max: 100_000 }),
  completion_tokens: fc.integer({ min: 100, max: 5_000 }),
  reasoning_tokens: orNull(fc.integer({ min: 0, max: 100 })),
  cached_tokens: orNull(fc.integer({ min: 0, max: 100 })),
  spend_usd: orNull(fc.integer({ min: 0, max: 99_999 }).map((millionths) => (millionths / 1e6).toFixed(6))),
  byok: orNull(fc.boolean()),
  streamed: orNull(fc.boolean()),
  cancelled: orNull(fc.boolean()),
  finish_reason: orNull(fc.constantFrom('stop', 'tool_calls', 'length')),
  tools_offered: orNull(fc.boolean()),
  tools_called: orNull(fc.boolean()),
  latency_ms: orNull(fc.integer({ min: 0, max: 60_000 })),
  time_to_first_token_ms: orNull(fc.integer({ min: 0, max: 3_000 })),
});

/** The same requests for the same seed; another seed gives others, with other ids. */
export function requests(count: number, seed = 1): LoggedRequest[] {
  return fc.sample(request, { numRuns: count, seed }).map((logged, index) => ({
    id: `generation ${seed}-${index}`,
    ...logged,
  }));
}

/** Writes a log file and returns its path. */
export async function writeLog(directory: string, name: string, logged: readonly LoggedRequest[]) {
  const file = path.join(directory, name);
  await writeFile(file, logged.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return file;
}

export function gateway(id: string, minimumUsers: number | null = null): DatasetDeclaration {
  const declaration = {
    id,
    title: 'A gateway',
    description: 'Requests made up for a test.',
    kind: 'GENERATIONS',
    licence: 'CC0-1.0',
    citation: 'A gateway, made up.',
    minimumUsers,
  };
  return parseDeclaration(declaration, 'gateway.json');
}

import type { GenerationRow } from '../../src/events/event-row.ts';
import { digest, generation } from './event-rows.ts';

const batchRows = 1000;

/** Rows that depend on nothing but the name of their file and their number, in batches. */
export function* generatedRows(file: string, count: number): Generator<GenerationRow[]> {
  const template = generation(0, 'template');
  for (let start = 0; start < count; start += batchRows) {
    const length = Math.min(batchRows, count - start);
    yield Array.from({ length }, (_, offset) => generatedRow(template, file, start + offset));
  }
}

function generatedRow(template: GenerationRow, file: string, index: number): GenerationRow {
  const key = digest(`${file} ${index}`);
  const createdAt = new Date(Date.UTC(2025, 0, 1) + index * 97_003).toISOString();
  return {
    ...template,
    key,
    contentHash: key,
    line: index + 2,
    createdAt: createdAt.replace('T', ' ').slice(0, 23),
    user: digest(`user ${index % 97}`),
    model: `author/model-${index % 13}`,
    promptTokens: 1 + (index % 1000),
  };
}

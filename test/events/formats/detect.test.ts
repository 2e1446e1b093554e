import { describe, expect, it } from 'vitest';
import { AtlasError } from '../../../src/errors.ts';
import { detectFormat, formatNamed, logFormats, missingColumns } from '../../../src/events/formats/index.ts';
import { containers } from '../../../src/events/formats/log-format.ts';

const required = (index: number) =>
  logFormats[index]!.requiredColumns.map((column) => (typeof column === 'string' ? column : column[0]!));

describe('detectFormat', () => {
  it.each(logFormats.map((format, index) => [format.id, index] as const))(
    'knows %s by its required columns alone, in each of its containers',
    (id, index) => {
      for (const container of logFormats[index]!.containers) {
        expect(detectFormat(required(index), container).id).toBe(id);
        expect(detectFormat(['unknown', ...required(index).reverse()], container).id).toBe(id);
      }
    },
  );

  it('names every format of the container and what each lacks, the nearest first, where none fits', () => {
    const error = failure(() =>
      detectFormat(['tokens_prompt', 'tokens_completion', 'model_permaslug', 'x'], 'csv'),
    );
    expect(error).toMatchObject({ code: 'FORMAT_UNKNOWN' });
    const lines = error.message.split('\n');
    expect(lines[1]).toBe('  openrouter-activity-csv lacks created_at');
    expect(error.message).toContain('aider-analytics lacks created_at or time, main_model');
    expect(error.message).not.toContain('openrouter-generation-json');
    expect(error.message).toContain('known: tokens_prompt, tokens_completion, model_permaslug');
    expect(lines.at(-1)).toMatch(/--format.*--set column=value/);
  });

  it('asks for a name where several fit', () => {
    const both = [...required(0), ...required(4)];
    const error = failure(() => detectFormat(both, 'csv'));
    expect(error).toMatchObject({
      code: 'FORMAT_UNKNOWN',
      details: { formats: ['atlas', 'litellm-spend-logs'] },
    });
  });

  it('repeats no name that no format knows: without a header it would be data', () => {
    const error = failure(() => detectFormat(['ada@example.org', '2026-01-01'], 'csv'));
    expect(error.message).not.toContain('ada');
    expect(error.message).toContain('2 columns, none of them known');
  });
});

describe('formatNamed', () => {
  it('lists the formats where the name is unknown', () => {
    const error = failure(() => formatNamed('open-router'));
    expect(error).toMatchObject({ code: 'FORMAT_UNKNOWN' });
    for (const { id } of logFormats) expect(error.message).toContain(id);
  });
});

describe('every format', () => {
  it.each(logFormats.map((format) => [format.id, format] as const))('%s is declared in full', (_, format) => {
    expect(format.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(format.description.length).toBeGreaterThan(80);
    expect(format.containers.every((container) => containers.includes(container))).toBe(true);
    expect(missingColumns(format, []).length).toBe(format.requiredColumns.length);
    expect(format.optionalColumns.filter((column) => format.requiredColumns.flat().includes(column))).toEqual(
      [],
    );
  });

  it('has an id of its own', () => {
    expect(new Set(logFormats.map(({ id }) => id)).size).toBe(logFormats.length);
  });
});

function failure(step: () => unknown): AtlasError {
  try {
    step();
  } catch (error) {
    if (error instanceof AtlasError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

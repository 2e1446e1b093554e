import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  nameKey,
  normaliseName,
  splitVariant,
  withoutDate,
  withoutDeployment,
  withoutSnapshotMarks,
} from '../../src/catalog/names.ts';

describe('nameKey', () => {
  it.each([
    ['claude-3-5-sonnet', 'claude-3.5-sonnet'],
    ['qwen2p5-coder-32b-instruct', 'Qwen-2.5-Coder_32B Instruct'],
    ['Meta-Llama-3_1-8B', 'meta-llama-3.1-8b'],
    ['command-r+', 'command-r-plus'],
    ['GPT-4o Mini', 'gpt-4o-mini'],
  ])('brings %s and %s together', (one, other) => {
    expect(nameKey(one)).toBe(nameKey(other));
  });

  it.each([
    ['llama-3-70b', 'llama-370b'],
    ['qwen3-4b', 'qwen-34b'],
    ['gpt-4o', 'gpt-40'],
    ['glm-4.5', 'glm-4.5v'],
    ['phi-4', 'phi-4-mini'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other));
  });

  it('is its own key', () => {
    const signs = fc.string({ unit: fc.constantFrom('0', '7', 'p', 'P', 'a', ' ', '-', '.', '+') });
    fc.assert(
      fc.property(fc.oneof(fc.string(), signs), (name) => nameKey(nameKey(name)) === nameKey(name)),
      { numRuns: 2_000, examples: [['0P 0'], ['0 p0']] },
    );
  });
});

describe('splitVariant', () => {
  it.each([
    ['openai/gpt-oss-120b:free', 'openai/gpt-oss-120b', 'free'],
    ['a/b:free:online', 'a/b', 'free:online'],
    ['a/b:standard', 'a/b', null],
    ['a/b', 'a/b', null],
  ])('reads %s', (raw, name, variant) => {
    expect(splitVariant(raw)).toEqual({ name, variant });
  });

  it.each(['us.anthropic.claude-3-5-sonnet-20241022-v2:0', 'llama3.1:8b', 'ft:gpt-4o-mini:org', ':free'])(
    'leaves %s whole: what follows the colon is no routing variant',
    (name) => {
      expect(splitVariant(name)).toEqual({ name, variant: null });
    },
  );
});

describe('withoutDate', () => {
  it.each(['x-20260423', 'x-2026-04-23', 'x@20241022'])('takes the day off %s', (name) => {
    expect(withoutDate(name)).toBe('x');
  });

  it.each(['deepseek-r1-0528', 'mistral-small-2603', 'x-20261323', 'x-2026-0423', '20260423'])(
    'leaves %s: it is not the full day of a snapshot',
    (name) => {
      expect(withoutDate(name)).toBe(name);
    },
  );
});

it('takes marks of a snapshot off one kind at a time, so that the least reading comes first', () => {
  expect(withoutSnapshotMarks('gemini-2.5-pro-exp-03-25')).toEqual(['gemini-2.5-pro-exp', 'gemini-2.5-pro']);
  expect(withoutSnapshotMarks('gpt-4-0613')).toEqual(['gpt-4']);
  expect(withoutSnapshotMarks('gemini-1.5-flash-002')).toEqual(['gemini-1.5-flash']);
  // 25 is no month: the suffix is a year and a month, as Mistral and Qwen version their weights.
  expect(withoutSnapshotMarks('qwen3-235b-a22b-2507')).toEqual([]);
});

it.each([
  ['qwen3-235b-a22b-fp8-tput', 'qwen3-235b-a22b'],
  ['llama-3.3-70b-instruct-turbo', 'llama-3.3-70b-instruct'],
  ['qwen2.5-coder-7b-instruct-q4_k_m', 'qwen2.5-coder-7b-instruct'],
  ['gpt-4-turbo', 'gpt-4-turbo'],
])('reads the deployment %s as %s', (name, model) => {
  expect(withoutDeployment(name)).toBe(model);
});

it('normalises to text that a database takes, and to the same text again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (raw) => {
      const name = normaliseName(raw);
      expect(name).not.toMatch(/\p{Control}|\p{Surrogate}/u);
      expect(normaliseName(name)).toBe(name);
    }),
  );
  expect(normaliseName('a\u0000b\ud800')).toBe('a%0b%d800');
});

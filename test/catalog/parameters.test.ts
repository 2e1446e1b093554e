import { describe, expect, it } from 'vitest';
import { parametersFromName, sizeClassOf } from '../../src/catalog/parameters.ts';

describe('parametersFromName', () => {
  it.each([
    ['meta-llama/Llama-3.3-70B-Instruct', 70, null],
    ['qwen/qwen3-235b-a22b-2507', 235, 22],
    ['nvidia/NVIDIA-Nemotron-3.5-Lightning-30B-A3B-BF16', 30, 3],
    ['mistralai/mixtral-8x7b-instruct', 46.7, 12.9],
    ['microsoft/wizardlm-2-8x22b', 141, 39],
    ['inclusionai/ling-2.6-1t', 1000, null],
    ['qwen/qwen3.8-2.4t-a95b', 2400, 95],
    ['liquid/lfm-2.5-1.2b-instruct', 1.2, null],
    // The 17B are those active; the total is not in the name.
    ['meta-llama/Llama-4-Maverick-17B-128E-Instruct', null, 17],
    ['tencent/hunyuan-a13b-instruct', null, 13],
  ])('reads %s as %s total and %s active', (name, total, active) => {
    expect(parametersFromName(name)).toEqual({ total, active });
  });

  it.each(['openai/gpt-4o', 'google/gemma-3n-e4b-it', 'a/merge-7b-of-13b', 'bge-m3', 'gpt4all2b'])(
    'reads nothing into %s',
    (name) => {
      expect(parametersFromName(name)).toBeNull();
    },
  );
});

it.each([
  [14.9, 'SMALL'],
  [15, 'MEDIUM'],
  [69.9, 'MEDIUM'],
  [70, 'LARGE'],
  [null, null],
])("puts %s billion into the study's class %s", (billions, sizeClass) => {
  expect(sizeClassOf(billions)).toBe(sizeClass);
});

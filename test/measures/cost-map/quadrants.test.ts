import { expect, it } from 'vitest';
import { quadrantOf } from '../../../src/measures/cost-map/quadrants.ts';

// Table 5 and Figures 26 and 27 of the study, by the dividers that its pictures have.
const dividers = { cost: 0.48, tokens: 10 ** (3.82 + 6) };

it.each([
  ['google/gemini-2.0-flash', 0.147, 6.68, 'EFFICIENT_GIANTS'],
  ['deepseek/deepseek-v3-0324', 0.394, 6.55, 'EFFICIENT_GIANTS'],
  ['anthropic/claude-3.7-sonnet', 1.963, 6.87, 'PREMIUM_LEADERS'],
  ['anthropic/claude-sonnet-4', 1.937, 6.84, 'PREMIUM_LEADERS'],
  ['qwen/qwen-2-7b-instruct', 0.052, 2.91, 'LONG_TAIL'],
  ['ibm/granite-4.0-micro', 0.036, 2.95, 'LONG_TAIL'],
  ['openai/gpt-4', 34.068, 3.53, 'PREMIUM_SPECIALISTS'],
  ['openai/gpt-5-pro', 34.965, 3.42, 'PREMIUM_SPECIALISTS'],
] as const)('puts %s where the study does', (_model, cost, log, quadrant) => {
  expect(quadrantOf('MODEL', { cost, tokens: 10 ** (log + 6) }, dividers)).toBe(quadrant);
  expect(quadrantOf('AUTHOR', { cost, tokens: 10 ** (log + 6) }, dividers)).toBe(quadrant);
});

it.each([
  ['technology', 2, 9, 'PREMIUM_WORKLOADS'],
  ['programming, at the median', 0.73, 9, 'MASS_MARKET_VOLUME_DRIVERS'],
  ['finance', 1, 1, 'SPECIALIZED_EXPERTS'],
  ['trivia', 0.5, 1, 'NICHE_UTILITIES'],
  ['a category at both medians', 0.73, 5, 'MASS_MARKET_VOLUME_DRIVERS'],
] as const)('puts %s where the study does', (_category, cost, tokens, quadrant) => {
  expect(quadrantOf('CATEGORY', { cost, tokens }, { cost: 0.73, tokens: 5 })).toBe(quadrant);
});

import { describe, expect, it } from 'vitest';
import { months } from '../../src/simulate/calendar.ts';
import { cohortsOf, plantedRetention } from '../../src/simulate/cohorts.ts';

const steady = months.map(() => 80_000);
const launchedIn = (month: string) =>
  steady.map((requests, index) => ((months[index] ?? '') < month ? 0 : requests));

describe('cohorts', () => {
  it('keep the planted part of their users in each later month', () => {
    const { cohorts, active } = cohortsOf('google/gemini-2.5-pro', launchedIn('2025-03'), 0);
    const june = cohorts.find(({ month }) => months[month] === '2025-06');
    const november = active.at(-1)?.find(({ first }) => first === june?.first);
    expect((november?.active ?? 0) / (june?.size ?? 1)).toBeCloseTo(0.4, 2);
    const july = cohorts.find(({ month }) => months[month] === '2025-07');
    const ordinary = active.at(-1)?.find(({ first }) => first === july?.first);
    expect((ordinary?.active ?? 0) / (july?.size ?? 1)).toBeCloseTo(0.12, 2);
  });

  it('take places of their own, one after the other', () => {
    const { cohorts } = cohortsOf('openai/gpt-4o-mini', steady, 500);
    expect(cohorts).toHaveLength(months.length);
    cohorts.reduce((next, { first, size }) => {
      expect(first).toBe(next);
      return first + size;
    }, 500);
  });

  it('come back where a boomerang is planted, and only there', () => {
    const rises = (model: string, month: string) =>
      plantedRetention(model, month).retention.some((value, age, all) => value > (all[age - 1] ?? 1));
    expect(rises('deepseek/deepseek-r1', '2025-04')).toBe(true);
    expect(rises('deepseek/deepseek-chat-v3-0324', '2025-07')).toBe(true);
    expect(rises('deepseek/deepseek-r1', '2025-05')).toBe(false);
    expect(rises('google/gemini-2.0-flash', '2025-04')).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { weeks } from '../../src/simulate/calendar.ts';
import { studyMargins } from '../../src/simulate/margins.ts';
import { continentShares } from '../../src/simulate/people.ts';
import { meanAbsoluteError } from '../../src/simulate/rake.ts';
import { truthOf } from '../../src/simulate/truth.ts';
import { requestsOf, buildWorld } from '../../src/simulate/world.ts';

const world = buildWorld({ generations: 1_000_000, months: 13 });
const margins = studyMargins(world.usage, world.cellCosts);
const truth = truthOf(world, { generations: 1_000_000, seed: 1, months: 13 }, []);

describe('the simulated world', () => {
  it.each(['fig01', 'fig03', 'fig04', 'fig06', 'fig07', 'fig10', 'fig11', 'fig19', 'fig20', 'fig22', 'tab1'])(
    'follows %s within two percentage points on average',
    (figure) => {
      const own = margins.filter((margin) => margin.figure === figure);
      expect(own).not.toEqual([]);
      expect(meanAbsoluteError(world.usage.tokens, own)).toBeLessThan(2);
    },
  );

  it('has the tokens of no model before its release', () => {
    const { usage } = world;
    usage.models.forEach(({ released }, model) => {
      weeks.forEach((week, number) => {
        if (Date.parse(week) + 7 * 86_400_000 > Date.parse(released)) return;
        expect(usage.tokens[usage.cell(number, model, 0)]).toBe(0);
      });
    });
  });

  it('lets requests grow as long as published', () => {
    const requests = requestsOf(world.usage, world.lengths);
    const mean = (week: number, lengths: Float64Array) => {
      const cells = world.usage.cells(week, () => true);
      const sum = (value: (cell: number) => number) => cells.reduce((whole, cell) => whole + value(cell), 0);
      return sum((cell) => (requests[cell] ?? 0) * (lengths[cell] ?? 0)) / sum((cell) => requests[cell] ?? 0);
    };
    // 1.5K in early 2024 and 6K in late 2025, growing evenly: November 2024 is between them.
    expect(mean(0, world.lengths.prompt)).toBeGreaterThan(2_500);
    expect(mean(0, world.lengths.prompt)).toBeLessThan(3_200);
    const november = [52, 53, 54, 55, 56].map((week) => mean(week, world.lengths.prompt));
    expect(november.reduce((sum, each) => sum + each, 0) / november.length).toBeGreaterThan(5_700);
    expect(mean(56, world.lengths.completion)).toBeCloseTo(400, -1);
  });

  it('uses the models of Table 5 as much as published', () => {
    const { models, tokens } = world.usage;
    for (const [index, { logUsage }] of models.entries()) {
      if (logUsage === null) continue;
      const used = weeks.reduce(
        (sum, _, week) =>
          sum +
          world.usage
            .cells(week, (model) => model === models[index])
            .reduce((all, cell) => all + (tokens[cell] ?? 0), 0),
        0,
      );
      expect(Math.log10(used * 1e6)).toBeGreaterThan(logUsage - 0.1);
    }
  });

  it('plants the elasticity, and keeps the published costs', () => {
    expect(truth.elasticity.ofTheWorld).toBeCloseTo(truth.elasticity.planted, 6);
    const cost = (id: string) => truth.models.find((model) => model.id === id)?.costPerMillionUsd;
    expect(cost('anthropic/claude-sonnet-4')).toBe(1.937);
    expect(cost('openai/gpt-4')).toBe(34.068);
  });

  it('draws continents by what acceptance makes of two draws', () => {
    const { continentEnds, acceptance } = world.people;
    const base = continentEnds.map((end, index) => (end - (continentEnds[index - 1] ?? 0)) / 65_536);
    const meanTaste = 0.85;
    continentShares(world.usage.volume).forEach((shares, week) => {
      const taken = base.map((share, index) => share * (acceptance[week]?.[index] ?? 0) * meanTaste);
      const accepted = taken.reduce((sum, share) => sum + share, 0);
      shares.forEach((share, index) => {
        expect((taken[index] ?? 0) + (1 - accepted) * (base[index] ?? 0)).toBeCloseTo(share, 2);
      });
    });
  });

  it('shares its rows among the days without rest', () => {
    expect(world.days.reduce((sum, { rows }) => sum + rows, 0)).toBe(1_000_000);
    world.days.reduce((next, { firstRow, rows }) => {
      expect(firstRow).toBe(next);
      return firstRow + rows;
    }, 0);
  });

  it('tells the whole truth: shares of categories and tags are one', () => {
    for (const { shares } of truth.categoryShares) {
      expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    }
    const kinds = truth.cohorts.filter(({ kind }) => kind === 'foundational' || kind === 'boomerang');
    expect(kinds.map(({ model, month, kind }) => `${model} ${month} ${kind}`).sort()).toEqual([
      'anthropic/claude-sonnet-4 2025-05 foundational',
      'deepseek/deepseek-chat-v3-0324 2025-07 boomerang',
      'deepseek/deepseek-r1 2025-04 boomerang',
      'google/gemini-2.5-pro 2025-06 foundational',
      'openai/gpt-4o-mini 2024-11 foundational',
    ]);
  });
});

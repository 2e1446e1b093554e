import { interpolateLog, weekOfSunday, weeks } from './calendar.ts';
import { numberOf, optionalNumberOf, readTable, textOf } from './tables.ts';
import { categoryNames, type Usage } from './usage.ts';

/** Mean tokens of a request of each cell. */
export interface Lengths {
  prompt: Float64Array;
  completion: Float64Array;
}

const firstTaggedWeek = weekOfSunday('2025-05-18');
const promptWithoutFigure = 3000;
// Reasoning is part of the completion. Chosen.
const reasoningFactor = 1.6;
const plainFactor = 0.75;

/** Lengths that give figure 16 by category, and the published means over all requests. */
export function lengthsOf(usage: Usage): Lengths {
  const prompts = promptsByCategory();
  const published = readTable('lengths.tsv');
  const meanOf = (column: string) => {
    const points = published.map((row) => ({ day: textOf(row, 'week'), value: numberOf(row, column) }));
    return weeks.map((week) => interpolateLog(points, week));
  };
  const meanPrompts = meanOf('prompt');
  const meanCompletions = meanOf('completion');
  const lengths = {
    prompt: new Float64Array(usage.tokens.length),
    completion: new Float64Array(usage.tokens.length),
  };
  weeks.forEach((_, week) => {
    const early = week < firstTaggedWeek;
    let promptScale = 1;
    let completionScale = 1;
    for (let step = 0; step < 8; step += 1) {
      usage.models.forEach(({ reasoning }, model) => {
        categoryNames.forEach((_name, category) => {
          const cell = usage.cell(week, model, category);
          lengths.prompt[cell] = promptScale * (prompts[week]?.[category] ?? promptWithoutFigure);
          lengths.completion[cell] =
            completionScale * (meanCompletions[week] ?? 0) * (reasoning ? reasoningFactor : plainFactor);
        });
      });
      const means = meansOf(usage, lengths, week);
      if (early) promptScale *= (meanPrompts[week] ?? 0) / means.prompt;
      completionScale *= (meanCompletions[week] ?? 0) / means.completion;
    }
  });
  return lengths;
}

function meansOf(usage: Usage, { prompt, completion }: Lengths, week: number) {
  let requests = 0;
  let prompts = 0;
  let completions = 0;
  for (const cell of usage.cells(week, () => true)) {
    const each = (usage.tokens[cell] ?? 0) / ((prompt[cell] ?? 0) + (completion[cell] ?? 0));
    requests += each;
    prompts += each * (prompt[cell] ?? 0);
    completions += each * (completion[cell] ?? 0);
  }
  return { prompt: prompts / requests, completion: completions / requests };
}

/** Figure 16 with its gaps bridged; before it, the mean of its first month. */
function promptsByCategory(): number[][] {
  const rows = readTable('series/fig16_prompt_tokens_by_category.csv');
  const byCategory = categoryNames.map((name) =>
    bridged(rows.map((row) => (name in row ? optionalNumberOf(row, name) : promptWithoutFigure))),
  );
  return weeks.map((_, week) =>
    byCategory.map((series) => {
      const index = week - firstTaggedWeek;
      if (index >= 0) return series[Math.min(index, series.length - 1)] ?? promptWithoutFigure;
      return series.slice(0, 4).reduce((sum, value) => sum + value, 0) / 4;
    }),
  );
}

/** Values that are missing lie on the line between their neighbours. */
function bridged(series: readonly (number | null)[]): number[] {
  return series.map((value, index) => {
    if (value !== null) return value;
    const before = series.slice(0, index).findLastIndex((each) => each !== null);
    const after = series.findIndex((each, place) => place > index && each !== null);
    const [from, to] = [series[before] ?? null, series[after] ?? null];
    if (from === null || to === null) return from ?? to ?? promptWithoutFigure;
    return from + ((to - from) * (index - before)) / (after - before);
  });
}

import { numberOf, readTable, textOf } from './tables.ts';
import { weeks } from './calendar.ts';
import { categoryNames, type Usage } from './usage.ts';

/** Slope of log usage on log cost over models: 10 % cheaper goes with 0.6 % more use, as the text has it. */
export const plantedElasticity = -0.06;

const factors = new Map(
  readTable('category_costs.tsv').map((row) => [textOf(row, 'category'), numberOf(row, 'factor')]),
);
const categoryFactors = categoryNames.map((name) => factors.get(name) ?? 1);

// USD per 1M tokens, over models: the divider of figure 27.
const medianCost = 0.48;

/**
 * Effective cost by model, USD per 1M tokens: as given where published; the others keep their order but for what
 * moves them until the elasticity is met, and the median.
 */
export function effectiveCosts(usage: Usage): number[] {
  const points = usage.models.map((model, index) => ({ model, usage: Math.log(tokensOf(usage, index)) }));
  const mean = points.reduce((sum, point) => sum + point.usage, 0) / points.length;
  const moved = (shift: number) => {
    const prices = points.map(({ model, usage: log }) => model.price * Math.exp(shift * (log - mean)));
    const scaled = (factor: number) =>
      prices.map((price, index) => {
        const model = usage.models[index];
        return model?.priceIsKept === true ? model.price : price * factor;
      });
    let [least, most] = [0, 100];
    for (let step = 0; step < 50; step += 1) {
      const factor = (least + most) / 2;
      if (median(scaled(factor)) < medianCost) least = factor;
      else most = factor;
    }
    return scaled((least + most) / 2);
  };
  let [low, high] = [-1, 1];
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    const slope = slopeOf(
      moved(middle).map((price) => Math.log(price)),
      points.map((point) => point.usage),
    );
    // The more the price follows usage, the higher the slope.
    if (slope < plantedElasticity) low = middle;
    else high = middle;
  }
  return moved((low + high) / 2);
}

function median(values: readonly number[]): number {
  const ordered = [...values].sort((a, b) => a - b);
  const [low = Number.NaN, high = Number.NaN] = [
    ordered[(ordered.length - 1) >> 1],
    ordered[ordered.length >> 1],
  ];
  return (low + high) / 2;
}

/** Cost of each cell, USD per 1M tokens: categories differ within a model, whose cost as a whole is kept. */
export function cellCosts(usage: Usage, costs: readonly number[]): Float64Array {
  const cells = new Float64Array(usage.tokens.length);
  usage.models.forEach((_, model) => {
    let tokens = 0;
    let weighted = 0;
    for (let week = 0; week < weeks.length; week += 1) {
      categoryFactors.forEach((factor, category) => {
        const each = usage.tokens[usage.cell(week, model, category)] ?? 0;
        tokens += each;
        weighted += each * factor;
      });
    }
    const kept = weighted === 0 ? 1 : tokens / weighted;
    for (let week = 0; week < weeks.length; week += 1) {
      categoryFactors.forEach((factor, category) => {
        cells[usage.cell(week, model, category)] = (costs[model] ?? 0) * kept * factor;
      });
    }
  });
  return cells;
}

export function tokensOf(usage: Usage, model: number): number {
  let tokens = 0;
  for (let week = 0; week < weeks.length; week += 1) {
    for (let category = 0; category < categoryNames.length; category += 1) {
      tokens += usage.tokens[usage.cell(week, model, category)] ?? 0;
    }
  }
  return tokens;
}

/** Slope of the least-squares line of y on x. */
export function slopeOf(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  let covariance = 0;
  let variance = 0;
  x.forEach((value, index) => {
    covariance += (value - mx) * ((y[index] ?? 0) - my);
    variance += (value - mx) ** 2;
  });
  return covariance / variance;
}

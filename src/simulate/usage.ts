import { interpolateLog, weekCount, weekOf, weeks } from './calendar.ts';
import { readModels, type WorldModel } from './models.ts';
import { normalised } from './rake.ts';
import { numberOf, readTable, textOf } from './tables.ts';

export const categoryNames = [
  'programming',
  'roleplay',
  'technology',
  'science',
  'translation',
  'finance',
  'academia',
  'health',
  'legal',
  'marketing',
  'trivia',
  'seo',
] as const;

export type CategoryName = (typeof categoryNames)[number];

const daysPerWeek = 7;

/** Tokens by week, model and category: the cells that the study's series are laid upon. */
export class Usage {
  readonly models: readonly WorldModel[] = readModels();
  readonly tokens: Float64Array;
  /** Tokens of each week, 10^12. */
  readonly volume: readonly number[];

  constructor() {
    const points = readTable('volume.tsv').map((row) => ({
      day: textOf(row, 'week'),
      value: numberOf(row, 'trillion'),
    }));
    this.volume = weeks.map((week) => interpolateLog(points, week));
    this.tokens = new Float64Array(weekCount * this.models.length * categoryNames.length);
    const tastes = readTastes();
    weeks.forEach((_, week) => {
      const weights = normalised(this.models.map((model) => weightIn(model, week)));
      weights.forEach((weight, model) => {
        const taste = tastes.get(this.models[model]?.profile ?? '') ?? [];
        taste.forEach((share, category) => {
          this.tokens[this.cell(week, model, category)] = (this.volume[week] ?? 0) * weight * share;
        });
      });
    });
  }

  cell(week: number, model: number, category: number): number {
    return (week * this.models.length + model) * categoryNames.length + category;
  }

  /** Cells of a week whose model and category fit. */
  cells(
    week: number,
    fits: (model: WorldModel) => boolean,
    categories: readonly CategoryName[] = categoryNames,
  ): Int32Array {
    const wanted = categories.map((name) => categoryNames.indexOf(name));
    const models = this.models.flatMap((model, index) => (fits(model) ? [index] : []));
    return Int32Array.from(models.flatMap((model) => wanted.map((each) => this.cell(week, model, each))));
  }

  /** Cells of all weeks whose model and category fit. */
  cellsOfAllWeeks(
    fits: (model: WorldModel) => boolean,
    categories: readonly CategoryName[] = categoryNames,
  ): Int32Array {
    return Int32Array.from(weeks.flatMap((_, week) => [...this.cells(week, fits, categories)]));
  }
}

/** Usage of a model in a week beside others of its group: none before its release, then up, and down again. */
function weightIn(model: WorldModel, week: number): number {
  const age = week - weekOf(model.released);
  if (age < 0) return 0;
  const lastDayOfWeek = Date.parse(weeks[week] ?? '') + (daysPerWeek - 1) * 86_400_000;
  const days = (lastDayOfWeek - Date.parse(model.released)) / 86_400_000 + 1;
  const firstWeek = Math.min(days / daysPerWeek, 1);
  const risen = 1 - Math.exp(-(age + 1) / model.rise);
  const faded = model.fadeFrom === null ? 0 : Math.max(0, week - weekOf(model.fadeFrom));
  return model.weight * firstWeek * risen * 0.5 ** (faded / (model.halfLife ?? Infinity));
}

function readTastes(): Map<string, number[]> {
  return new Map(
    readTable('profiles.tsv').map((row) => [
      textOf(row, 'profile'),
      normalised(categoryNames.map((category) => numberOf(row, category))),
    ]),
  );
}

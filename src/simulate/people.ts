import { continentOf } from '../catalog/index.ts';
import { normalised, rake, type Margin } from './rake.ts';
import { numberOf, readTable, textOf } from './tables.ts';

/** So many kinds of people there are, all equally frequent. */
export const personKinds = 65_536;

export interface PersonKind {
  country: string;
  language: string;
}

export interface People {
  /** In the order of the continents. */
  kinds: readonly PersonKind[];
  /** The kind after the last one of each continent. */
  continentEnds: readonly number[];
  /** By week and continent: how often a user drawn from there is taken at once; else another is drawn. */
  acceptance: readonly (readonly number[])[];
}

const continentCodes = ['NA', 'AS', 'EU', 'SA', 'OC', 'AF'] as const;

/** How a category that is not to the taste of a user lessens the chance to be taken. Half of all users have each taste. */
export const otherTaste = 0.7;
const meanTaste = (1 + otherTaste) / 2;

/** Users' countries and languages by Tables 2 to 4, and the continents' shares of spend by figure 24. */
export function peopleOf(volume: readonly number[]): People {
  const countries = readTable('countries.tsv').map((row) => ({
    code: textOf(row, 'country'),
    continent: continentCodes.findIndex((code) => code === continentOf(textOf(row, 'country'))),
    percent: numberOf(row, 'percent'),
    language: textOf(row, 'language'),
    english: numberOf(row, 'english') / 100,
  }));
  countries.sort((a, b) => a.continent - b.continent);
  const languages = [...new Set(['en', ...countries.map(({ language }) => language)])];
  const cells = new Float64Array(countries.length * languages.length);
  countries.forEach((country, row) => {
    languages.forEach((language, column) => {
      const base =
        language === 'en' ? country.english : language === country.language ? 1 - country.english : 0;
      cells[row * languages.length + column] = base * country.percent;
    });
  });
  rake(cells, [countryMargin(countries, languages), languageMargin(countries, languages)], 50);

  const kinds: PersonKind[] = [];
  const continentEnds = continentCodes.map(() => 0);
  const whole = cells.reduce((sum, cell) => sum + cell, 0);
  let before = 0;
  countries.forEach((country, row) => {
    languages.forEach((language, column) => {
      before += cells[row * languages.length + column] ?? 0;
      const end = Math.round((before / whole) * personKinds);
      while (kinds.length < end) kinds.push({ country: country.code, language });
    });
    continentEnds[country.continent] = kinds.length;
  });
  return { kinds, continentEnds, acceptance: acceptances(continentEnds, volume) };
}

interface Country {
  code: string;
  percent: number;
  language: string;
}

function countryMargin(countries: readonly Country[], languages: readonly string[]): Margin {
  return {
    figure: 'tab3',
    parts: countries.map((_, row) =>
      Int32Array.from(languages.map((_language, column) => row * languages.length + column)),
    ),
    shares: countries.map(({ percent }) => percent),
  };
}

function languageMargin(countries: readonly Country[], languages: readonly string[]): Margin {
  const rows = readTable('languages.tsv').filter(({ language }) => language !== 'other');
  const named = rows.map(({ language }) => languages.indexOf(language ?? ''));
  const others = languages.flatMap((_, column) => (named.includes(column) ? [] : [column]));
  const cellsOf = (columns: readonly number[]) =>
    Int32Array.from(countries.flatMap((_, row) => columns.map((column) => row * languages.length + column)));
  const shares = rows.map((row) => numberOf(row, 'percent'));
  return {
    figure: 'tab4',
    parts: [...named.map((column) => cellsOf([column])), cellsOf(others)],
    shares: [...shares, 100 - shares.reduce((sum, share) => sum + share, 0)],
  };
}

// Asia's share of spend, in the first weeks and at the end.
const [asiaFrom, asiaTo] = [0.13, 0.31];
const weeksOfRise = 3;

/**
 * Shares of the continents in a week. Asia rises as in figure 24, at the time that makes its whole that of Table 2;
 * North America has what is left, and the others keep their share of Table 2.
 */
export function continentShares(volume: readonly number[]): number[][] {
  const published = readTable('continents.tsv').map((row) => numberOf(row, 'percent') / 100);
  const [, asia = 0, ...others] = published;
  const curve = (middle: number) =>
    volume.map((_, week) => asiaFrom + (asiaTo - asiaFrom) / (1 + Math.exp((middle - week) / weeksOfRise)));
  let [early, late] = [0, volume.length];
  for (let step = 0; step < 40; step += 1) {
    const middle = (early + late) / 2;
    if (weighted(curve(middle), volume) > asia) early = middle;
    else late = middle;
  }
  const rest = others.reduce((sum, share) => sum + share, 0);
  return curve(early).map((share) => [1 - share - rest, share, ...others]);
}

function weighted(values: readonly number[], weights: readonly number[]): number {
  const parts = normalised(weights);
  return values.reduce((sum, value, index) => sum + value * (parts[index] ?? 0), 0);
}

/**
 * Of two users drawn at random the first is taken with the chance a of its continent, else the second whatever it
 * is. A continent with the base b then has the share b (a + 1 - A), where A is the mean of a: so a is p / b - 1 + A.
 */
function acceptances(continentEnds: readonly number[], volume: readonly number[]): number[][] {
  const base = continentEnds.map((end, index) => (end - (continentEnds[index - 1] ?? 0)) / personKinds);
  return continentShares(volume).map((shares) => {
    const ratios = shares.map((share, index) => share / (base[index] ?? 1));
    const least = 1 - Math.min(...ratios);
    const most = meanTaste + 1 - Math.max(...ratios);
    const mean = Math.max(least, Math.min(most, 0.6));
    return ratios.map((ratio) => Math.min(1, Math.max(0, ratio - 1 + mean) / meanTaste));
  });
}

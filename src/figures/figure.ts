import type { DimensionName } from '../measures/dimensions.ts';
import type { Day, DayRange } from '../measures/periods.ts';

/** How sure a number of the study is. */
export const standings = {
  PUBLISHED: 'Stated as a number in the text or a table of the study.',
  MEASURED: 'Measured from the published chart, about ±1 percentage point: not a published number.',
  READ: "Another reader's reading of the chart, loose: not a published number.",
  INFERRED: 'Follows from other numbers of the study, but was never published.',
} as const;
export type Standing = keyof typeof standings;

/** A number of the study, or a word: what a redrawn figure is held against. */
export interface PublishedValue {
  /** Panel of the figure that it is of. */
  readonly panel: string;
  /** Reading of the figure that gives the computed value. */
  readonly reading: string;
  /** Group of the figure, such as a model or a category; several joined by `+` are added up. Empty: there is one. */
  readonly series: string;
  /** First day of the period, a month of age, or a statistic over the periods. Empty: the whole range. */
  readonly period: string;
  /** As written: `47.22`, `>=80`, `40..60`, or a word. */
  readonly text: string;
  /** The least and greatest number that agrees with it; both null where it is a word. */
  readonly least: number | null;
  readonly most: number | null;
  readonly standing: Standing;
  /** Where it was taken from; see SOURCE.md beside the tables. */
  readonly source: string;
  /** False where the study contradicts itself and the other side was taken, or where no data can be held against it. */
  readonly counted: boolean;
  readonly note: string | null;
}

/** How numbers are read from the result of a document. A chart is drawn, and a value found, by the same reading. */
export interface Reading {
  /** What the value is, for people, with its unit. */
  readonly title: string;
  readonly unit: string;
  /** Path to the rows, or to one object that is the only row. */
  readonly rows: string;
  /** Field of a row that is a list of smaller rows: their fields are `<field>.<name>`. */
  readonly flatten?: string;
  /** Path to the group's key within a row; `#` is the place of the row, from 1. None: there is one group. */
  readonly series?: string;
  /** Name of the only group, where `series` is not given. */
  readonly only?: string;
  readonly period?: string;
  /** Path that tells whether the data cover the period to its end. */
  readonly complete?: string;
  readonly value: string;
  /** Path to what the value is divided by. */
  readonly per?: string;
  /** What the value is multiplied by, such as 100 for per cent. */
  readonly factor?: number;
  /** NUMBER; WORD: a name; LIST: the names of all rows together, or `none`. */
  readonly kind?: 'NUMBER' | 'WORD' | 'LIST';
  /** What a group without a row had in a period that has rows: shares have 0, means are not known. */
  readonly absent?: 0;
  /** PERIOD: as per cent of the rows of the period. LISTED: of the groups that the study lists. */
  readonly shareOf?: 'PERIOD' | 'LISTED';
  /** Only differences count: both sides are taken relative to their mean over the groups that the study lists. */
  readonly centred?: boolean;
}

/** A chart of a figure; most have one. */
export interface FigurePanel {
  readonly key: string;
  readonly title: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A chart specification in JSON. */
export type ChartSpec = Readonly<Record<string, unknown>>;

export interface FigureDefinition {
  readonly id: string;
  /** As the study numbers it; tables have no numbers there and are counted here. */
  readonly number: string;
  readonly title: string;
  readonly question: string;
  readonly section: string;
  /** Name of the document that the figure is drawn from. */
  readonly document: string;
  /** Documents for more of the same figure, such as its markers. */
  readonly related?: readonly string[];
  readonly dimensions: readonly DimensionName[];
  /** Names under which releases state the coverage of measures. */
  readonly measures: readonly string[];
  /** The days that the study draws; fidelity asks for these. */
  readonly window: DayRange;
  readonly panels: readonly FigurePanel[];
  /** The first is the figure's own. */
  readonly readings: Readonly<Record<string, Reading>>;
  readonly chart: (panel: FigurePanel) => ChartSpec;
  /** Where the study contradicts itself: which side was taken. */
  readonly decision?: string;
}

export interface FigureDocument {
  readonly name: string;
  readonly text: string;
}

/** A figure with its documents and the numbers of the study. */
export interface Figure extends FigureDefinition {
  readonly documents: readonly FigureDocument[];
  readonly published: readonly PublishedValue[];
}

/** A number or word found in a result. */
export interface Point {
  readonly series: string;
  readonly period: string;
  readonly value: number | string | null;
  readonly complete: boolean;
}

export type { Day, DayRange };

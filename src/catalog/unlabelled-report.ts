import { OTHER_MODELS_ID } from './catalog.ts';
import { modelOf, resolveModel } from './resolve-model.ts';
import type { Model } from './types.ts';

export type MissingLabel = 'author' | 'source' | 'origin' | 'size' | 'reasoning';

export interface UnlabelledName {
  readonly rawName: string;
  readonly modelId: string;
  readonly tokens: number;
  /** Of the named tokens, 0 to 1. */
  readonly share: number;
  /** Author and source are those that count for the labelled share. */
  readonly missing: readonly MissingLabel[];
}

export interface UnlabelledReport {
  /** Tokens of all names but the feed's own rest, which is no model. */
  readonly namedTokens: number;
  readonly labelledTokens: number;
  /** Null where there are no named tokens. */
  readonly labelledShare: number | null;
  /** Names whose model lacks an author or a source, most tokens first. */
  readonly unlabelled: readonly UnlabelledName[];
}

/** How much of a usage the catalogue can speak of, and which names to label next. */
export function unlabelledReport(
  tokensByRawName: Iterable<{ readonly rawName: string; readonly tokens: number }>,
): UnlabelledReport {
  const totals = new Map<string, number>();
  for (const { rawName, tokens } of tokensByRawName) {
    totals.set(rawName, (totals.get(rawName) ?? 0) + tokens);
  }
  const named = [...totals]
    .map(([rawName, tokens]) => ({ rawName, tokens, model: modelOf(resolveModel(rawName).modelId) }))
    .filter(({ model }) => model.id !== OTHER_MODELS_ID);
  const namedTokens = sum(named);
  const labelledTokens = sum(named.filter(({ model }) => model.labelled));
  return {
    namedTokens,
    labelledTokens,
    labelledShare: namedTokens === 0 ? null : labelledTokens / namedTokens,
    unlabelled: named
      .filter(({ model }) => !model.labelled)
      .map(({ rawName, tokens, model }) => ({
        rawName,
        modelId: model.id,
        tokens,
        share: namedTokens === 0 ? 0 : tokens / namedTokens,
        missing: missingLabels(model),
      }))
      .sort((a, b) => b.tokens - a.tokens || (a.rawName < b.rawName ? -1 : 1)),
  };
}

function missingLabels(model: Model): MissingLabel[] {
  const labels: [MissingLabel, boolean][] = [
    ['author', model.authorId === null],
    ['source', model.source === null],
    ['origin', model.origin === null],
    // A proprietary model has no size class: there is none to miss.
    ['size', model.source !== 'PROPRIETARY' && model.parametersBillions === null],
    ['reasoning', model.reasoning === null],
  ];
  return labels.filter(([, isMissing]) => isMissing).map(([label]) => label);
}

function sum(rows: readonly { readonly tokens: number }[]): number {
  return rows.reduce((total, { tokens }) => total + tokens, 0);
}

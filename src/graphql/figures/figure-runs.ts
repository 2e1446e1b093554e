import { execute, parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { AtlasError, type ErrorCode } from '../../errors.ts';
import type { Figure, FigurePanel } from '../../figures/figure.ts';
import { askingMeta } from '../../figures/panel-meta.ts';
import type { RequestContext } from '../context.ts';
import { askingDownloads, isDownload } from './panel-downloads.ts';

/** Different documents with variables that one request may have run: every figure of the study, twice. */
export const figureRunsLimit = 120;

/** What a release can not answer, rather than what went wrong. */
const notAnswered: ReadonlySet<ErrorCode> = new Set([
  'BAD_ARGUMENT',
  'DIMENSION_NOT_COVERED',
  'NO_ROLLUP',
  'NOT_ADDITIVE',
]);

export type PanelResult = { readonly data: unknown } | { readonly refused: string; readonly code: ErrorCode };

interface Asking {
  /** The document, with what its reports say of themselves. */
  readonly reports: DocumentNode;
  readonly reportsAndDownloads: DocumentNode;
}

/** By the text of the document. */
const parsed = new Map<string, Asking>();

/**
 * Runs documents of figures within a request: through its own schema, with its own context, so that its caller's
 * rights, quotas and budgets hold for them. The same document with the same variables is run once.
 */
export class FigureRuns {
  readonly #runs = new Map<string, Promise<PanelResult>>();

  run(
    schema: GraphQLSchema,
    context: RequestContext,
    { documents }: Figure,
    panel: FigurePanel,
    more: Readonly<Record<string, unknown>>,
  ): Promise<PanelResult> {
    const [document] = documents;
    if (document === undefined) throw new Error('A figure has a document.');
    const variables = { ...panel.variables, ...more };
    const key = JSON.stringify([document.name, variables]);
    const known = this.#runs.get(key);
    if (known !== undefined) return known;
    if (this.#runs.size >= figureRunsLimit) {
      throw new AtlasError(
        'LIMIT_EXCEEDED',
        `One request runs at most ${figureRunsLimit} documents of figures: ask for fewer figures or data sets.`,
        { details: { limit: figureRunsLimit } },
      );
    }
    const run = runDocument(schema, context, document.text, variables);
    this.#runs.set(key, run);
    return run;
  }
}

async function runDocument(
  schema: GraphQLSchema,
  contextValue: RequestContext,
  text: string,
  variableValues: Record<string, unknown>,
): Promise<PanelResult> {
  const { reports, reportsAndDownloads } = askingOf(text);
  const asked = { schema, contextValue, variableValues };
  const whole = await execute({ ...asked, document: reportsAndDownloads });
  // A filter may be too long for an address, and is answered all the same.
  const isTooLong = whole.errors?.some(({ path }) => isDownload(path?.at(-1))) === true;
  const { data, errors = [] } = isTooLong ? await execute({ ...asked, document: reports }) : whole;
  const [error] = errors;
  if (error === undefined) return { data };
  const cause = error.originalError ?? error;
  if (cause instanceof AtlasError && notAnswered.has(cause.code))
    return { refused: cause.message, code: cause.code };
  throw cause;
}

function askingOf(text: string): Asking {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const reports = askingMeta(parse(text));
  const asking = { reports, reportsAndDownloads: askingDownloads(reports) };
  parsed.set(text, asking);
  return asking;
}

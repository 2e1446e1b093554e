import { Router, type Request } from 'express';
import { AtlasError } from '../errors.ts';
import type { RequestScope } from './request-scope.ts';

/** What of a figure is drawn; what is not given is the server's choice, and all days of the release. */
export interface AskedChart {
  readonly figure: string;
  readonly dataset: string | null;
  readonly release: string | null;
  readonly panel: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly grain: string | null;
  /** A UsageFilter in JSON. */
  readonly where: string | null;
  readonly theme: string | null;
}

/** A chart with its data in JSON; null where there is no such figure. */
export type DescribeChart = (asked: AskedChart, request: RequestScope) => Promise<object | null>;

const parameters = ['dataset', 'release', 'panel', 'from', 'to', 'grain', 'where', 'theme'] as const;

/** `/embed/<figure>.vl.json`: a figure as Vega-Lite for those who draw it themselves. Of a release it may be kept. */
export function chartRoutes(describe: (asked: AskedChart) => Promise<object | null>): Router {
  const router = Router();
  router.get('/embed/:figure.vl.json', async (request, response) => {
    const asked = readAsked(request);
    const chart = await describe(asked);
    if (chart === null)
      throw new AtlasError('NOT_FOUND', 'There is no figure with this id: list them with `figures`.');
    const who = request.get('authorization') ?? request.get('x-api-key');
    const seconds = asked.release === null ? 60 : 3600;
    response
      .set('Cache-Control', `${who === undefined ? 'public' : 'private'}, max-age=${seconds}`)
      .json(chart);
  });
  return router;
}

function readAsked({ params, query }: Request<{ figure: string }>): AskedChart {
  const unknown = Object.keys(query).find((name) => !parameters.some((known) => known === name));
  if (unknown !== undefined) {
    throw new AtlasError('BAD_ARGUMENT', `'${unknown.slice(0, 50)}' is none of ${parameters.join(', ')}.`);
  }
  const given = (name: (typeof parameters)[number]): string | null => {
    const value = query[name];
    if (value === undefined) return null;
    if (typeof value === 'string') return value;
    throw new AtlasError('BAD_ARGUMENT', `Give '${name}' once.`);
  };
  return {
    figure: params.figure,
    dataset: given('dataset'),
    release: given('release'),
    panel: given('panel'),
    from: given('from'),
    to: given('to'),
    grain: given('grain'),
    where: given('where'),
    theme: given('theme'),
  };
}

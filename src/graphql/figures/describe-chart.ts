import { coerceInputValue, isInputType, type GraphQLSchema } from 'graphql';
import { AtlasError } from '../../errors.ts';
import { chartRows } from '../../figures/chart-rows.ts';
import { chartConfig } from '../../figures/charts/chart-theme.ts';
import type { ChartSpec, Figure, FigurePanel } from '../../figures/figure.ts';
import { titledChart } from '../../figures/titled-chart.ts';
import { panelOf, type FigureView } from '../../figures/view.ts';
import type { RequestContext } from '../context.ts';
import { citationText, releaseUrl } from '../release/citation.ts';

/** As an address says it: nothing is checked yet. */
export interface WantedChart {
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

/**
 * A panel of a figure as Vega-Lite with its rows in it, as this caller may see them, and with where they come from in
 * `usermeta.source`; null where there is no such figure.
 */
export async function describeChart(
  schema: GraphQLSchema,
  context: RequestContext,
  wanted: WantedChart,
): Promise<ChartSpec | null> {
  const { services, figureRuns } = context;
  const figure = services.figures.find(({ id }) => id === wanted.figure);
  if (figure === undefined) return null;
  const theme = themeOf(wanted.theme);
  const panel = panelOf(figure, findPanel(figure, wanted.panel), readView(schema, wanted));
  const release = await services.releases.release(wanted);
  const dataset = await services.releases.dataset(release.datasetId);
  const about = { dataset: dataset.id, release: release.id };
  const answer = await figureRuns.run(schema, context, figure, panel, about);
  if ('refused' in answer) throw new AtlasError(answer.code, answer.refused);
  const spec = titledChart(figure, panel, release, dataset);
  const { publisher, publicUrl } = services;
  const url = releaseUrl(release, publicUrl);
  const citation = citationText({ release, dataset, publisher, url, query: null, accessed: null });
  return {
    ...spec,
    ...theme,
    datasets: chartRows(spec, answer.data),
    usermeta: {
      source: {
        figure: { id: figure.id, number: figure.number, title: figure.title },
        panel: { key: panel.key, title: panel.title },
        dataset: { id: dataset.id, title: dataset.title, synthetic: dataset.synthetic },
        release: release.id,
        licence: release.licence,
        citation,
        url: `${publicUrl}/figures/${figure.id}?${new URLSearchParams(about)}`,
      },
    },
  };
}

function findPanel({ id, panels }: Figure, key: string | null): FigurePanel {
  const panel = key === null ? panels[0] : panels.find((each) => each.key === key);
  if (panel !== undefined) return panel;
  const keys = panels.map((each) => each.key).join(', ');
  throw new AtlasError('BAD_ARGUMENT', `${id} has no panel of this name; it has ${keys}.`);
}

function readView(schema: GraphQLSchema, { from, to, grain, where }: WantedChart): FigureView {
  return {
    from: checked(schema, 'from', 'Date', from),
    to: checked(schema, 'to', 'Date', to),
    grain: checked(schema, 'grain', 'TimeGrain', grain),
    where: checked(schema, 'where', 'UsageFilter', where === null ? null : asJson(where)),
  };
}

/** The value as it was given, once the type of the schema takes it. */
function checked<Value>(schema: GraphQLSchema, name: string, typeName: string, value: unknown): Value | null {
  if (value === null) return null;
  const type = schema.getType(typeName);
  if (!isInputType(type)) throw new Error(`${typeName} is an input of the schema.`);
  coerceInputValue(value, type, (_path, _value, { message }) => {
    throw new AtlasError('BAD_ARGUMENT', `'${name}' can not be read: ${message}`, {
      details: { argument: name },
    });
  });
  return value as Value;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AtlasError('BAD_ARGUMENT', "'where' is a UsageFilter of the schema, written in JSON.");
  }
}

/** Without a theme the chart brings no colours of its own: it is drawn in those of the page. */
function themeOf(theme: string | null): ChartSpec {
  if (theme === null) return {};
  if (theme === 'light' || theme === 'dark') return { config: chartConfig(theme) };
  throw new AtlasError('BAD_ARGUMENT', "'theme' is light or dark.");
}

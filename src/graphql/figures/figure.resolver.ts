import type { GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import { Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { chartRows } from '../../figures/chart-rows.ts';
import type { ChartSpec, Figure as FigureRecord, FigurePanel as PanelRecord } from '../../figures/figure.ts';
import { compareWithStudy } from '../../figures/fidelity.ts';
import { metaOf } from '../../figures/panel-meta.ts';
import { titledChart } from '../../figures/titled-chart.ts';
import { controlsOf, panelOf } from '../../figures/view.ts';
import { AtlasError } from '../../errors.ts';
import type { Dataset, Release } from '../../measures/release.ts';
import type { RequestContext, Services } from '../context.ts';
import { ReleaseArgs } from '../shared/release.args.ts';
import { JsonObjectScalar } from '../shared/scalars.ts';
import { Withheld } from '../usage/report.type.ts';
import { FigureFidelity } from './fidelity.type.ts';
import { toFidelity } from './fidelity.report.ts';
import { FigureArgs, PanelArgs } from './figure.args.ts';
import { coverageOf, filtersOf } from './figure-coverage.ts';
import {
  Figure,
  FigureControls,
  FigureCoverage,
  FigureDocument,
  FigureNeeds,
  FigurePanel,
  PublishedValue,
  type AskedRelease,
} from './figure.type.ts';
import type { PanelResult } from './figure-runs.ts';
import { PanelDownload } from './panel-download.type.ts';
import { downloadsOf } from './panel-downloads.ts';
import { toPublished } from './published-value.ts';

@Resolver(() => Figure)
export class FigureResolver {
  @Query(() => [Figure], {
    description: 'Every figure and table of the study, in its order, ready to be drawn from a data set.',
  })
  async figures(
    @Args(() => ReleaseArgs) args: ReleaseArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<Figure[]> {
    const asked = await checkAsked(services, args);
    return services.figures.map((figure) => toFigure(figure, asked));
  }

  @Query(() => Figure, { nullable: true, description: 'One figure; null if there is none with this id.' })
  async figure(
    @Args(() => FigureArgs) { id, ...args }: FigureArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<Figure | null> {
    const asked = await checkAsked(services, args);
    const figure = services.figures.find((each) => each.id === id);
    return figure === undefined ? null : toFigure(figure, asked);
  }

  @FieldResolver(() => FigureDocument, { description: 'The document that it is drawn from.' })
  document(@Root() { figure }: Figure): FigureDocument {
    const [document] = figure.documents;
    if (document === undefined) throw new Error(`${figure.id} has no document`);
    return document;
  }

  @FieldResolver(() => [FigureDocument], { description: 'Documents for more of it, such as its markers.' })
  relatedDocuments(@Root() { figure }: Figure): FigureDocument[] {
    return figure.documents.slice(1);
  }

  @FieldResolver(() => FigureNeeds, { description: 'What data must carry to be drawn so.' })
  needs(@Root() { figure }: Figure): FigureNeeds {
    return { dimensions: figure.dimensions, measures: figure.measures };
  }

  @FieldResolver(() => FigureCoverage, { description: 'Whether the release carries it.' })
  async coverage(
    @Root() { figure, asked }: Figure,
    @Ctx() { services }: RequestContext,
  ): Promise<FigureCoverage> {
    return coverageOf(figure, await services.releases.release(asked));
  }

  @FieldResolver(() => FigureControls, { description: 'What `panels` takes, beside days.' })
  async controls(
    @Root() { figure, asked }: Figure,
    @Ctx() { services }: RequestContext,
  ): Promise<FigureControls> {
    const release = await services.releases.release(asked);
    return { grain: controlsOf(figure).grain, filters: filtersOf(figure, release) };
  }

  @FieldResolver(() => [FigureCoverage], {
    description: 'The same of the latest release of every data set that has one and that this viewer sees.',
  })
  async coverageByDataset(
    @Root() { figure }: Figure,
    @Ctx() { services: { releases } }: RequestContext,
  ): Promise<FigureCoverage[]> {
    const datasets = await releases.datasets();
    const latest = await Promise.all(datasets.map(({ id }) => latestOf(releases, id)));
    return latest.flatMap((release) => (release === null ? [] : [coverageOf(figure, release)]));
  }

  @FieldResolver(() => [FigurePanel], { description: 'Its charts: at least one.' })
  panels(
    @Root() { figure, asked }: Figure,
    @Args(() => PanelArgs) { keys, ...view }: PanelArgs,
  ): FigurePanel[] {
    return pickPanels(figure, keys ?? null).map((each) => {
      const panel = panelOf(figure, each, view);
      return { ...panel, variables: { ...panel.variables }, figure, panel, asked };
    });
  }

  @FieldResolver(() => [PublishedValue], {
    description: 'What the study says of it; empty where it has no numbers for it.',
  })
  published(@Root() { figure }: Figure): PublishedValue[] {
    return figure.published.map((value) => toPublished(value, figure));
  }

  @FieldResolver(() => FigureFidelity, {
    description:
      'It computed from the release, beside the study. Runs its document once for each panel, as the same caller.',
  })
  async fidelity(
    @Root() { figure, asked }: Figure,
    @Ctx() context: RequestContext,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<FigureFidelity> {
    const { release, dataset } = await releaseOf(context, asked);
    const compared = new Set(figure.published.map(({ panel }) => panel));
    const panels = figure.panels.filter(({ key }) => compared.has(key));
    const more = { dataset: dataset.id, release: release.id, ...figure.window };
    const answers = await Promise.all(
      panels.map(async (panel) => ({
        panel,
        answer: await context.figureRuns.run(schema, context, figure, panel, more),
      })),
    );
    const results = new Map(
      answers.flatMap(({ panel, answer }) => ('data' in answer ? [[panel.key, answer.data] as const] : [])),
    );
    const notes = answers.flatMap(({ panel, answer }) =>
      'refused' in answer ? [`${panel.title}: ${answer.refused}`] : [],
    );
    return toFidelity(figure, compareWithStudy(figure, results), { release, dataset, notes });
  }
}

@Resolver(() => FigurePanel)
export class FigurePanelResolver {
  @FieldResolver(() => JsonObjectScalar, {
    description:
      'The chart in Vega-Lite. It has no data: `usermeta.rows` says which rows of the result of the document it takes under which name. Its title names the release, and says so where the data are simulated.',
  })
  async chart(
    @Root() { figure, panel, asked }: FigurePanel,
    @Ctx() context: RequestContext,
  ): Promise<ChartSpec> {
    const { release, dataset } = await releaseOf(context, asked);
    return titledChart(figure, panel, release, dataset);
  }

  @FieldResolver(() => JsonObjectScalar, {
    nullable: true,
    description:
      'The rows of the chart, by the names that it has for them: runs the document, as the same caller. Null where the release can not answer it.',
  })
  async rows(
    @Root() panel: FigurePanel,
    @Ctx() context: RequestContext,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<Record<string, unknown[]> | null> {
    const answer = await runPanel(panel, context, schema);
    if (!('data' in answer)) return null;
    const rows = chartRows(panel.figure.chart(panel.panel), answer.data);
    for (const list of Object.values(rows)) context.objects.spend(list);
    return rows;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why the release can not answer it, in a sentence; null where there are rows.',
  })
  async refused(
    @Root() panel: FigurePanel,
    @Ctx() context: RequestContext,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<string | null> {
    const answer = await runPanel(panel, context, schema);
    return 'refused' in answer ? answer.refused : null;
  }

  @FieldResolver(() => Withheld, {
    nullable: true,
    description:
      'What was withheld for privacy from the rollup that answered; null where nothing can be, or nothing is answered.',
  })
  async withheld(
    @Root() panel: FigurePanel,
    @Ctx() context: RequestContext,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<Withheld | null> {
    const answer = await runPanel(panel, context, schema);
    return 'data' in answer ? metaOf(answer.data).withheld : null;
  }

  @FieldResolver(() => [String], {
    description: 'What a reader should know about the rows, in sentences; empty where nothing is answered.',
  })
  async warnings(
    @Root() panel: FigurePanel,
    @Ctx() context: RequestContext,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<string[]> {
    const answer = await runPanel(panel, context, schema);
    return 'data' in answer ? metaOf(answer.data).warnings : [];
  }

  @FieldResolver(() => [PanelDownload], {
    description:
      'Its reports as files, in every format, with all that the document asks of them; empty where the release can not answer it, or where the filter is too long for an address.',
  })
  async downloads(
    @Root() panel: FigurePanel,
    @Ctx() context: RequestContext,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<PanelDownload[]> {
    const answer = await runPanel(panel, context, schema);
    return 'data' in answer ? downloadsOf(answer.data) : [];
  }
}

/** Null where nothing was published yet. */
async function latestOf(releases: Services['releases'], dataset: string): Promise<Release | null> {
  try {
    return await releases.release({ dataset });
  } catch (error) {
    if (error instanceof AtlasError && error.code === 'NOTHING_PUBLISHED') return null;
    throw error;
  }
}

/** Once per request, however many fields need it. */
async function runPanel(
  { figure, panel, asked }: FigurePanel,
  context: RequestContext,
  schema: GraphQLSchema,
): Promise<PanelResult> {
  const { release, dataset } = await releaseOf(context, asked);
  const more = { dataset: dataset.id, release: release.id };
  return context.figureRuns.run(schema, context, figure, panel, more);
}

function pickPanels({ id, panels }: FigureRecord, keys: readonly string[] | null): readonly PanelRecord[] {
  if (keys === null) return panels;
  const unknown = keys.find((key) => !panels.some((panel) => panel.key === key));
  if (unknown === undefined) return panels.filter(({ key }) => keys.includes(key));
  throw new AtlasError(
    'BAD_ARGUMENT',
    `${id} has no panel ${unknown}: it has ${panels.map(({ key }) => key).join(', ')}.`,
  );
}

/** A data set or release that is named is looked up at once, so that a wrong name is refused whatever is selected. */
async function checkAsked(
  { releases }: Services,
  { dataset = null, release = null }: ReleaseArgs,
): Promise<AskedRelease> {
  const asked = { dataset, release };
  if (dataset !== null || release !== null) await releases.release(asked);
  return asked;
}

async function releaseOf(
  { services }: RequestContext,
  asked: AskedRelease,
): Promise<{ release: Release; dataset: Dataset }> {
  const release = await services.releases.release(asked);
  return { release, dataset: await services.releases.dataset(release.datasetId) };
}

function toFigure(figure: FigureRecord, asked: AskedRelease): Figure {
  const { id, number, title, question, section, decision = null } = figure;
  return { id, number, title, question, section, decision, figure, asked };
}

import { type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { anonymous } from '../../access/viewer.ts';
import { AtlasError } from '../../errors.ts';
import { chartRows } from '../../figures/chart-rows.ts';
import type { ChartTheme } from '../../figures/charts/chart-theme.ts';
import type { Figure } from '../../figures/figure.ts';
import { Artist } from '../../figures/pictures/artist.ts';
import { titledChart } from '../../figures/titled-chart.ts';
import type { Dataset, Release } from '../../measures/release.ts';
import { createContext, servicesFor, type Services } from '../context.ts';
import { coverageOf } from './figure-coverage.ts';

export interface AskedPicture {
  readonly id: string;
  readonly dataset: string | null;
  readonly release: string | null;
  readonly theme: ChartTheme;
}

interface Drawable {
  readonly figure: Figure;
  readonly release: Release;
  readonly dataset: Dataset;
  readonly theme: ChartTheme;
}

/** All figures of two releases in both themes; a picture has some 40 kB. */
const picturesKept = 160;

/**
 * Small pictures of the figures, of what anybody may see. Nobody is charged for them: there are as many as there
 * are figures, themes and releases, and each is made once.
 */
export class FigurePictures {
  readonly #schema: GraphQLSchema;
  readonly #services: Services;
  readonly #artist = new Artist();
  readonly #pictures: LRUCache<string, string, Drawable>;

  constructor(schema: GraphQLSchema, services: Services) {
    this.#schema = schema;
    this.#services = servicesFor(services, anonymous);
    this.#pictures = new LRUCache({
      max: picturesKept,
      // A release never changes, so neither does its picture. Asked for twice at once, it is made once.
      fetchMethod: (_key, _stale, { context }) => this.#make(context),
    });
  }

  /** SVG. Throws where there is no such figure or release, or it can not be drawn from it. */
  async picture({ id, dataset: datasetId, release: releaseId, theme }: AskedPicture): Promise<string> {
    const figure = this.#services.figures.find((each) => each.id === id);
    if (figure === undefined) throw new AtlasError('NOT_FOUND', `There is no figure ${id}.`);
    const { releases } = this.#services;
    const release = await releases.release({ dataset: datasetId, release: releaseId });
    const { covered, missing } = coverageOf(figure, release);
    if (!covered) {
      throw new AtlasError('DIMENSION_NOT_COVERED', `${release.id} does not carry ${missing.join(', ')}.`);
    }
    const dataset = await releases.dataset(release.datasetId);
    const context = { figure, release, dataset, theme };
    const svg = await this.#pictures.fetch(`${id} ${release.id} ${theme}`, { context });
    if (svg === undefined) throw new Error('Making a picture ended without one.');
    return svg;
  }

  /** Makes the first picture come sooner. */
  prepare(): void {
    this.#artist.prepare();
  }

  close(): Promise<void> {
    return this.#artist.close();
  }

  /** As anybody's request would ask, but on nobody's account. */
  async #make({ figure, release, dataset, theme }: Drawable): Promise<string> {
    const context = createContext(this.#services, {
      requestId: `picture of ${figure.id}`,
      signal: new AbortController().signal,
    });
    const [panel] = figure.panels;
    if (panel === undefined) throw new Error(`${figure.id} has no panel`);
    const more = { dataset: dataset.id, release: release.id };
    const answer = await context.figureRuns.run(this.#schema, context, figure, panel, more);
    if ('refused' in answer) throw new AtlasError('NO_ROLLUP', answer.refused);
    const spec = titledChart(figure, panel, release, dataset);
    const rows = chartRows(spec, answer.data);
    return this.#artist.draw({ spec, rows: plain(rows), theme, synthetic: dataset.synthetic });
  }
}

/** Rows of an execution have no prototype and may hold dates: as a client of the API would get them. */
function plain<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

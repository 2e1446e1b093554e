import type { Dataset, Release, ReleaseCatalog } from '../measures/release.ts';
import {
  otherDataset,
  prunedRelease,
  type ReleaseReader,
  unknownDataset,
  unknownRelease,
} from '../measures/release-reader.ts';
import type { Viewer } from './viewer.ts';

/** Data sets and releases as one viewer sees them. */
export type Releases = Pick<
  ReleaseReader,
  | 'datasets'
  | 'dataset'
  | 'release'
  | 'findRelease'
  | 'findPruned'
  | 'releasesOf'
  | 'catalog'
  | 'defaultDataset'
>;

/** PARTNER data sets are seen with a key that names them. */
export function isVisible({ id, visibility }: Dataset, { key }: Viewer): boolean {
  return visibility === 'PUBLIC' || key?.datasets.includes(id) === true;
}

/**
 * The one way of requests to data sets: whatever a viewer may not see is answered as if it did not exist, by
 * id, by list, by release and by node alike.
 */
export class VisibleReleases implements Releases {
  readonly defaultDataset: string;
  readonly #reader: Releases;
  readonly #viewer: Viewer;
  /** One request sees one list. */
  #datasets: Promise<Dataset[]> | undefined;
  /** And one release of each data set as its latest, whatever is published meanwhile. */
  readonly #latest = new Map<string, Promise<Release>>();

  constructor(reader: Releases, viewer: Viewer) {
    this.#reader = reader;
    this.#viewer = viewer;
    this.defaultDataset = reader.defaultDataset;
  }

  datasets(): Promise<Dataset[]> {
    this.#datasets ??= this.#reader
      .datasets()
      .then((all) => all.filter((dataset) => isVisible(dataset, this.#viewer)));
    return this.#datasets;
  }

  async dataset(id?: string | null): Promise<Dataset> {
    const visible = await this.datasets();
    const asked = id ?? this.defaultDataset;
    const found = visible.find((dataset) => dataset.id === asked);
    if (found !== undefined) return found;
    throw unknownDataset(
      asked,
      visible.map((dataset) => dataset.id),
    );
  }

  async release({
    dataset,
    release,
  }: { dataset?: string | null; release?: string | null } = {}): Promise<Release> {
    if (release === undefined || release === null) {
      return this.#latestOf((await this.dataset(dataset)).id);
    }
    const found = await this.findRelease(release);
    if (found === null) throw await this.#missing(release);
    if (dataset !== undefined && dataset !== null && dataset !== found.datasetId) {
      throw otherDataset(found, dataset);
    }
    return found;
  }

  async findRelease(id: string): Promise<Release | null> {
    const release = await this.#reader.findRelease(id);
    return release !== null && (await this.#sees(release.datasetId)) ? release : null;
  }

  /** When it was pruned; null where it is kept, or never was. */
  async findPruned(id: string): Promise<Date | null> {
    return (await this.#sees(id.slice(0, id.lastIndexOf('@')))) ? this.#reader.findPruned(id) : null;
  }

  async releasesOf(datasetId: string, most?: number): Promise<Release[]> {
    return (await this.#sees(datasetId)) ? this.#reader.releasesOf(datasetId, most) : [];
  }

  async catalog(release: Release): Promise<ReleaseCatalog> {
    if (await this.#sees(release.datasetId)) return this.#reader.catalog(release);
    throw unknownRelease(release.id);
  }

  #latestOf(dataset: string): Promise<Release> {
    const known = this.#latest.get(dataset) ?? this.#reader.release({ dataset });
    this.#latest.set(dataset, known);
    return known;
  }

  async #missing(release: string): Promise<Error> {
    const prunedAt = await this.findPruned(release);
    return prunedAt === null ? unknownRelease(release) : prunedRelease(release, prunedAt);
  }

  async #sees(datasetId: string): Promise<boolean> {
    return (await this.datasets()).some(({ id }) => id === datasetId);
  }
}

import { AtlasError } from '../errors.ts';
import type { Dataset, Release, ReleaseCatalog } from '../measures/release.ts';
import type { Releases } from './visible-releases.ts';

/**
 * Data sets as they were when a permanent address was made: wherever the latest release would answer, the one that
 * the address names does. Who may see what is decided by the releases that it wraps, as it is today.
 */
export class PinnedReleases implements Releases {
  readonly defaultDataset: string;
  readonly #releases: Releases;
  /** By data set. */
  readonly #pins: ReadonlyMap<string, Release>;

  private constructor(releases: Releases, pins: ReadonlyMap<string, Release>) {
    this.#releases = releases;
    this.#pins = pins;
    // What the default of the server is today says nothing of the day on which the address was made.
    this.defaultDataset = pins.keys().next().value ?? releases.defaultDataset;
  }

  /** Refuses releases that are not there: at once, whatever the document reads of them. */
  static async pin(releases: Releases, ids: readonly string[]): Promise<PinnedReleases> {
    const found = await Promise.all(ids.map((release) => releases.release({ release })));
    const pins = new Map<string, Release>();
    for (const release of found) {
      if (pins.has(release.datasetId)) {
        throw new AtlasError(
          'BAD_ARGUMENT',
          `The address names two releases of the data set '${release.datasetId}': name one.`,
        );
      }
      pins.set(release.datasetId, release);
    }
    return new PinnedReleases(releases, pins);
  }

  async datasets(): Promise<Dataset[]> {
    return (await this.#releases.datasets()).filter(({ id }) => this.#pins.has(id));
  }

  dataset(id?: string | null): Promise<Dataset> {
    return this.#releases.dataset(id ?? this.defaultDataset);
  }

  async release(asked: { dataset?: string | null; release?: string | null } = {}): Promise<Release> {
    if (asked.release !== undefined && asked.release !== null) return this.#releases.release(asked);
    const { id } = await this.dataset(asked.dataset);
    const pinned = this.#pins.get(id);
    if (pinned !== undefined) return pinned;
    throw new AtlasError(
      'RELEASE_NOT_PINNED',
      `The document reads the data set '${id}', and the address names no release of it: add \`release=<id>\`.`,
    );
  }

  findRelease(id: string): Promise<Release | null> {
    return this.#releases.findRelease(id);
  }

  findPruned(id: string): Promise<Date | null> {
    return this.#releases.findPruned(id);
  }

  /** Those that were published until then, as far as they are kept. */
  async releasesOf(datasetId: string): Promise<Release[]> {
    const pinned = await this.release({ dataset: datasetId });
    return (await this.#releases.releasesOf(datasetId)).filter(({ key }) => key <= pinned.key);
  }

  catalog(release: Release): Promise<ReleaseCatalog> {
    return this.#releases.catalog(release);
  }
}

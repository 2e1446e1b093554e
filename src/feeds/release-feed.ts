import { Feed } from 'feed';
import type { Releases } from '../access/visible-releases.ts';
import type { Dataset, Release } from '../measures/release.ts';
import { describeChanges } from './release-changes.ts';

/** Entries of one feed, newest first. */
const entriesLimit = 50;

export interface FeedServices {
  /** As the reader may see them. */
  readonly releases: Releases;
  readonly publicUrl: string;
  readonly publisher: string;
}

export interface FeedDocument {
  readonly xml: string;
  readonly updatedAt: Date;
}

interface Entry {
  readonly release: Release;
  readonly before: Release | null;
  readonly dataset: Dataset;
  readonly isLatest: boolean;
}

export function feedUrl(dataset: string | null, publicUrl: string): string {
  return `${publicUrl}/feeds/${dataset ?? 'releases'}.atom`;
}

/** The releases of one data set, or of all that the reader sees (null), as an Atom feed. */
export async function releaseFeed(services: FeedServices, id: string | null): Promise<FeedDocument> {
  const { releases, publicUrl, publisher } = services;
  const datasets = id === null ? await releases.datasets() : [await releases.dataset(id)];
  const lists = await Promise.all(datasets.map((dataset) => entriesOf(releases, dataset)));
  const entries = lists
    .flat()
    .sort((a, b) => b.release.publishedAt.getTime() - a.release.publishedAt.getTime())
    .slice(0, entriesLimit);
  const updatedAt = entries[0]?.release.publishedAt ?? new Date(0);
  const [only] = id === null ? [] : datasets;
  const self = feedUrl(id, publicUrl);
  const feed = new Feed({
    id: self,
    title: plain(only === undefined ? `${publisher}: releases` : `${only.title}: releases`),
    ...(only !== undefined && { description: plain(only.description), copyright: plain(only.licence) }),
    link: publicUrl,
    feed: self,
    updated: updatedAt,
    author: { name: plain(publisher) },
    generator: 'Token Atlas',
  });
  for (const entry of entries) feed.addItem(itemOf(entry, publicUrl));
  return { xml: feed.atom1(), updatedAt };
}

async function entriesOf(releases: Releases, dataset: Dataset): Promise<Entry[]> {
  const list = await releases.releasesOf(dataset.id, entriesLimit + 1);
  return list
    .slice(0, entriesLimit)
    .map((release, index) => ({ release, dataset, before: list[index + 1] ?? null, isLatest: index === 0 }));
}

function itemOf({ release, before, dataset, isLatest }: Entry, publicUrl: string) {
  const link = `${publicUrl}/releases/${release.id}`;
  const synthetic = dataset.synthetic ? ['A simulator made these data.'] : [];
  const lines = [...synthetic, ...describeChanges(release, before, dataset, isLatest)];
  return {
    id: link,
    link,
    title: html(`${dataset.title}: ${release.id}`),
    date: release.publishedAt,
    published: release.publishedAt,
    content: `<ul>${lines.map((line) => `<li>${html(line)}</li>`).join('')}</ul>`,
    category: [{ term: dataset.id }],
    copyright: plain(release.licence),
  };
}

/** Text of operators may hold what HTML would take for markup. */
function html(text: string): string {
  return plain(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** XML has no way to write most control characters, nor halves of surrogate pairs. */
function plain(text: string): string {
  return text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}

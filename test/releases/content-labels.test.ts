import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { categories, resolveLabel, tags, taxonomyVersion } from '../../src/catalog/index.ts';
import type { Database } from '../../src/database/open-database.ts';
import { parseDeclaration } from '../../src/releases/dataset-declaration.ts';
import { loadFile } from '../../src/releases/load-files.ts';
import { prune } from '../../src/releases/prune.ts';
import { publish } from '../../src/releases/publish.ts';
import { versionsThatCount } from '../../src/releases/release-labels.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { useCountingSide } from './counting-side.ts';
import { gateway, type LoggedRequest, modelIds, requests } from './gateway-log.ts';

const side = useCountingSide();

interface LabelLine {
  generation_id: string;
  path: string;
  confidence: number;
  classifier: string;
  version: string;
}

const paths = [
  '/Computers & Electronics/Programming/Other',
  '/Computers & Electronics/Programming/Development Tools',
  '/Games/Roleplaying Games',
  '/Science/Computer Science/Machine Learning & Artificial Intelligence',
  '/Sports/Team Sports/Soccer',
];
const classifier = { classifier: 'google-classify-text', version: 'v2' };

/** One, two or three labels of every fourth request, some of them too doubtful to count. */
function labelsOf(logged: readonly LoggedRequest[]): LabelLine[] {
  return logged
    .filter((_, index) => index % 4 === 0)
    .flatMap(({ id }, index) =>
      Array.from({ length: 1 + (index % 3) }, (_, nth) => ({
        generation_id: id,
        path: paths[(index + 2 * nth) % paths.length] ?? '',
        confidence: index % 11 === 0 && nth === 1 ? 0.3 : 0.5 + (index % 5) / 10,
        ...classifier,
      })),
    );
}

async function loadLabels(declaration: ReturnType<typeof gateway>, labels: readonly object[]) {
  const file = path.join(side.directory, `${declaration.id}-labels.ndjson`);
  await writeFile(file, labels.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return loadFile({ store: side.store, declaration, file, pseudonymKey: Buffer.alloc(32) });
}

/** Tokens in every category and day of a release, in thousandths, counted label by label. */
function tokensByHand(logged: readonly LoggedRequest[], labels: readonly LabelLine[], weighting: string) {
  const cells = new Map<string, number>();
  for (const request of logged) {
    const own = labels.filter((label) => label.generation_id === request.id && label.confidence >= 0.5);
    const found = new Set(own.flatMap((label) => resolveLabel(label.path)?.categoryId ?? []));
    const keys = own.length > 0 && found.size === 0 ? ['none'] : [...found];
    for (const key of keys) {
      const cell = `${request.created_at.slice(0, 10)} ${modelIds[request.model]} ${key}`;
      const part = weighting === 'SPLIT' ? keys.length : 1;
      cells.set(cell, (cells.get(cell) ?? 0) + (request.prompt_tokens + request.completion_tokens) / part);
    }
  }
  return rounded(cells);
}

function rounded(cells: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries(
    [...cells].sort().map(([cell, value]) => [cell, Math.round(value * 1000) / 1000]),
  );
}

describeOnEachDatabase('content labels', (open, kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });
  const named = (name: string, minimumUsers: number | null = null) =>
    gateway(`${name}-${kind}`, minimumUsers);
  const publishNow = (declaration: ReturnType<typeof gateway>) =>
    publish({ engine: side.engine, database, declaration });

  async function publishedTokens(release: string, weighting: string) {
    const { rows } = await database.pool.query<{ cell: string; tokens: string }>(
      `SELECT usage.day || ' ' || models.id || ' ' || coalesce(categories.id, 'none') AS cell, usage.total_tokens AS tokens
       FROM usage_day_model_category AS usage
       JOIN releases ON releases.key = usage.release_key
       JOIN models ON models.release_key = usage.release_key AND models.key = usage.model_key
       LEFT JOIN categories ON categories.release_key = usage.release_key AND categories.key = usage.category_key
       WHERE releases.id = $1 AND weighting = $2 AND usage.grain = 'DAY' AND usage.level = 'BOTH'`,
      [release, weighting],
    );
    return rounded(new Map(rows.map(({ cell, tokens }) => [cell, Number(tokens)])));
  }

  it('go from files to the tables of a release, with their sample, and are reported', async () => {
    const declaration = named('labelled');
    const logged = requests(2_000);
    const labels = labelsOf(logged);
    const orphan = { ...labels[0], generation_id: 'never logged' };
    const doubtful = labels.filter(({ confidence }) => confidence < 0.5).length;
    const sure = labels.filter(({ confidence }) => confidence >= 0.5);
    expect(doubtful).toBeGreaterThan(10);

    // Labels may come before what they label.
    expect(await loadLabels(declaration, [...labels, orphan])).toMatchObject({
      rowsRead: labels.length + 1,
      accepted: sure.length + 1,
      dropped: doubtful,
      refused: 0,
      totalTokens: 0,
    });
    await expect(publishNow(declaration)).rejects.toMatchObject({ code: 'NOTHING_LOADED' });
    await side.load(declaration.id, 'log', logged);
    const summary = await publishNow(declaration);

    for (const weighting of ['EACH', 'SPLIT']) {
      expect(await publishedTokens(summary.releaseId, weighting)).toEqual(
        tokensByHand(logged, labels, weighting),
      );
    }
    const labelled = new Set(sure.map((label) => label.generation_id));
    const days = new Set(
      logged.filter(({ id }) => labelled.has(id)).map((each) => each.created_at.slice(0, 10)),
    );
    const base = logged.filter((each) => days.has(each.created_at.slice(0, 10)));
    const unmapped = sure.filter((label) => label.path.startsWith('/Sports')).length;
    const rate = labelled.size / base.length;
    expect(summary.labels).toEqual({
      mapped: sure.length - unmapped,
      unmapped,
      unmappedLabels: [{ label: '/Sports/Team Sports/Soccer', labels: unmapped }],
      superseded: 0,
      orphans: 1,
      generations: labelled.size,
      rate,
    });

    const release = await database.prisma.release.findUniqueOrThrow({
      where: { id: summary.releaseId },
      include: { categories: true, tags: true, rollups: true },
    });
    expect(release.sampling).toEqual({
      rate,
      rows: labelled.size,
      method: expect.stringContaining('google-classify-text (v2) of confidence 0.5 and over'),
      taxonomyVersion: taxonomyVersion(),
    });
    expect(release.rowsRead).toBe(2_000n);
    expect(release.rollups.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['usage_day_model_category', 'usage_day_model_tag']),
    );
    expect(release.categories.map(({ id }) => id).sort()).toEqual([...categories().keys()].sort());
    const idOf = new Map(release.categories.map(({ key, id }) => [key, id]));
    expect(new Map(release.tags.map((tag) => [tag.id, idOf.get(tag.categoryKey)]))).toEqual(
      new Map(
        [...tags().values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map((tag) => [tag.id, tag.categoryId]),
      ),
    );

    const isCategorised = ({ id }: LoggedRequest) =>
      sure.some((label) => label.generation_id === id && resolveLabel(label.path) !== null);
    const tokens = (each: LoggedRequest[]) =>
      each.reduce((sum, request) => sum + request.prompt_tokens + request.completion_tokens, 0);
    const share = tokens(logged.filter(isCategorised)) / tokens(logged);
    const { dimensions } = release.coverage as { dimensions: Record<string, number> };
    expect(dimensions['CATEGORY']).toBeCloseTo(share, 9);
    expect(dimensions['TAG']).toBeCloseTo(share, 9);
  });

  it('are as much a part of the data as the log: new ones make a new release, the same do not', async () => {
    const declaration = named('again');
    const logged = requests(200);
    await side.load(declaration.id, 'log', logged);
    const without = await publishNow(declaration);
    expect(without.labels).toBeNull();
    const { sampling } = await database.prisma.release.findUniqueOrThrow({
      where: { id: without.releaseId },
    });
    expect(sampling).toBeNull();
    expect(without.notCovered.dimensions).toEqual(expect.arrayContaining(['CATEGORY', 'TAG']));

    const labels = labelsOf(logged);
    await loadLabels(declaration, labels);
    const labelled = await publishNow(declaration);
    expect(labelled.labels?.generations).toBeGreaterThan(40);
    expect(labelled.notCovered.dimensions).not.toContain('CATEGORY');
    expect(await loadLabels(declaration, labels)).toMatchObject({ accepted: 0, loadId: null });
    await expect(publishNow(declaration)).rejects.toMatchObject({ code: 'NOTHING_CHANGED' });

    // A newer version of the classifier takes the place of the older one, where it has labels.
    const [first] = labels;
    await loadLabels(declaration, [{ ...first, version: 'v10', path: '/Adult', confidence: 1 }]);
    const renewed = await publishNow(declaration);
    expect(renewed.labels?.superseded).toBe(
      labels.filter((label) => label.generation_id === first?.generation_id && label.confidence >= 0.5)
        .length,
    );
    const counts = async () => {
      const { rows } = await database.pool.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM usage_day_model_tag JOIN releases ON releases.key = release_key
         WHERE dataset_id = $1`,
        [declaration.id],
      );
      return rows[0]?.count ?? 0;
    };
    const before = await counts();
    await prune({ database, dataset: declaration.id, keep: 1 });
    expect(await counts()).toBeLessThan(before);
  });

  it('are published for enough users only', async () => {
    const declaration = named('private', 5);
    const logged = requests(1_500, 2);
    await side.load(declaration.id, 'log', logged);
    await loadLabels(declaration, labelsOf(logged));
    const { releaseId, withheld } = await publishNow(declaration);
    const { rows } = await database.pool.query<{ day: string; model: string; category: string }>(
      `SELECT usage.day::text, models.id AS model, categories.id AS category
       FROM usage_day_model_category AS usage
       JOIN releases ON releases.key = usage.release_key
       JOIN models ON models.release_key = usage.release_key AND models.key = usage.model_key
       JOIN categories ON categories.release_key = usage.release_key AND categories.key = usage.category_key
       WHERE releases.id = $1 AND usage.grain = 'DAY' AND usage.level = 'BOTH'`,
      [releaseId],
    );
    // Few of 30 requests a day are labelled, so hardly any cell stands for five users.
    for (const { day, model } of rows) {
      const users = logged
        .filter((each) => each.created_at.startsWith(day) && modelIds[each.model] === model)
        .flatMap(({ user }) => user ?? []);
      expect(new Set(users).size).toBeGreaterThanOrEqual(5);
    }
    expect(withheld?.rollups['usage_day_model_category']?.cells).toBeGreaterThan(100);
    expect(withheld?.rollups['usage_day_model_tag']?.tokenShare).toBeGreaterThan(0.5);
  });

  it('belong to request logs, not to a usage feed', async () => {
    const feed = { ...gateway('any'), kind: 'USAGE_FEED' as const, minimumUsers: null, files: [] };
    const declaration = parseDeclaration({ ...feed, id: `feed-${kind}` }, 'feed.json');
    await expect(loadLabels(declaration, labelsOf(requests(4)))).rejects.toMatchObject({
      code: 'KIND_MISMATCH',
      message: expect.stringMatching(/atlas-labels holds labels of GENERATIONS, and .* USAGE_FEED/),
    });
  });
});

describe('of several classifiers and versions', () => {
  const version = (classifierName: string | null, name: string | null) => ({
    classifier: classifierName,
    version: name,
  });

  it('the classifier that labelled most generations counts, its older versions first', () => {
    const inUse = {
      names: [],
      versions: [
        version('b', '2024-12-01'),
        version('a', 'v10'),
        version('a', null),
        version('a', 'v2'),
        version(null, 'v11'),
      ],
      generationsByClassifier: new Map([
        ['b', 9],
        ['a', 10],
        [null, 3],
      ]),
    };
    expect(versionsThatCount(inUse)).toEqual([version('a', null), version('a', 'v2'), version('a', 'v10')]);
  });

  it('the first by name counts where two labelled as many', () => {
    const inUse = {
      names: [],
      versions: [version('b', '1'), version('a', '1')],
      generationsByClassifier: new Map([
        ['b', 2],
        ['a', 2],
      ]),
    };
    expect(versionsThatCount(inUse)).toEqual([version('a', '1')]);
  });
});

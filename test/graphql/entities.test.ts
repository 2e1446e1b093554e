import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../support/databases.ts';
import { askerOf, type Asker } from '../support/ask.ts';
import { seedRelease } from '../support/seed-release.ts';
import { fixtureGenerations } from '../support/serving-fixture.ts';

describeOnEachDatabase('entities', (open) => {
  let asker: Asker;

  beforeAll(async () => {
    const database = await open();
    await seedRelease(database.pool, fixtureGenerations(50));
    asker = askerOf(database);
  });

  it('are listed with filters, all of which must hold', async () => {
    const { data } = await asker.ask(
      '{ models(filter: { source: OPEN, origin: CHINA, reasoning: true }) { totalCount nodes { id } } }',
    );
    expect(data.models).toEqual({ totalCount: 1, nodes: [{ id: 'alibaba/large-thinker' }] });
  });

  it('page by cursor', async () => {
    const page = async (after: string | null) => {
      const { data } = await asker.ask(
        'query ($after: String) { models(first: 4, orderBy: ID, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      return data.models as unknown as {
        nodes: { id: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    };
    const first = await page(null);
    const second = await page(first.pageInfo.endCursor);
    expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual([
      'alibaba/large-thinker',
      'alibaba/small',
      'google/closed',
      'google/open-medium',
      'meta/closed',
      'unlabelled/mystery',
    ]);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  it('are found again by the id they carry, whatever their type', async () => {
    const { data } = await asker.ask(`{
      datasets { id }
      dataset { latestRelease { id } }
      models(first: 1) { nodes { id } }
      authors(first: 1) { nodes { id } }
      providers(first: 1) { nodes { id } }
    }`);
    const { datasets, dataset, models, authors, providers } = data as unknown as {
      datasets: { id: string }[];
      dataset: { latestRelease: { id: string } };
    } & Record<'models' | 'authors' | 'providers', { nodes: { id: string }[] }>;
    const ids = [
      datasets[0]!.id,
      dataset.latestRelease.id,
      models.nodes[0]!.id,
      authors.nodes[0]!.id,
      providers.nodes[0]!.id,
      'nobody/nothing',
    ];
    const { data: found } = await asker.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', {
      ids,
    });
    expect(found.nodes).toEqual([
      { __typename: 'Dataset', id: ids[0] },
      { __typename: 'Release', id: ids[1] },
      { __typename: 'Model', id: ids[2] },
      { __typename: 'Author', id: ids[3] },
      { __typename: 'Provider', id: ids[4] },
      null,
    ]);
  });

  it('tells authors and providers of one name apart, and takes the name alone where the kind is clear', async () => {
    const { data } = await asker.ask(
      '{ author(id: "google") { id } provider(id: "provider:google") { id slug } }',
    );
    expect(data).toEqual({
      author: { id: 'author:google' },
      provider: { id: 'provider:google', slug: 'google' },
    });
  });
});

import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-csl';
import { beforeAll, expect, it } from 'vitest';
import { type Asker, askerOf } from '../support/ask.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { countStatements } from '../support/statements.ts';
import { seedRelease } from '../support/seed-release.ts';
import { fixtureGenerations, fixtureRange } from '../support/serving-fixture.ts';

const release = `fixture@${fixtureRange.to}.1`;
const hostile = 'Über 50 % & {more}_tokens \\ #1 ~ ^ "of" <models>';

interface Citation {
  readonly text: string;
  readonly bibtex: string;
  readonly csl: Record<string, unknown>;
  readonly url: string;
  readonly permalink: string;
  readonly accessed: string;
}

describeOnEachDatabase('a citation', (open) => {
  let asker: Asker;
  beforeAll(async () => {
    const { pool, ...database } = await open();
    await seedRelease(pool, fixtureGenerations(300));
    await pool.query('UPDATE datasets SET title = $1', [hostile]);
    await pool.query('UPDATE releases SET citation = $1', [`Source: ${hostile}`]);
    asker = askerOf({ ...database, pool });
  });

  const cite = async (field: string, of = 'RELEASE'): Promise<Citation> => {
    const { data, errors } = await asker.ask(
      `{ ${field} { citation { text(of: ${of}) bibtex(of: ${of}) csl(of: ${of}) url permalink accessed } } }`,
    );
    expect(errors).toEqual([]);
    return (Object.values(data)[0] as unknown as { citation: Citation }).citation;
  };

  it.each([
    'usage',
    'costMap(of: MODEL)',
    'retention',
    'retentionRanking',
    `release(id: "${release}")`,
    'figure(id: "fig-01") { fidelity',
  ])('of `%s` names data set, release, publisher, year, licence and address', async (field) => {
    const isNested = field.includes('{');
    const { data, errors } = await asker.ask(
      `{ ${field} { citation { text url permalink } } ${isNested ? '}' : ''} }`,
    );
    expect(errors).toEqual([]);
    const found = Object.values(data)[0] as unknown as { fidelity?: object };
    const { citation } = (found.fidelity ?? found) as { citation: Citation };
    expect(citation.text).toBe(
      `Token Atlas (2024). ${hostile}, release ${release} [data set]. Source: ${hostile}. Licence: CC0-1.0. https://atlas.example/releases/${release}`,
    );
    expect(citation.permalink).toMatch(/^https:\/\/atlas\.example\/q\/[0-9a-f]{64}\?release=/);
  });

  it.each(['RELEASE', 'QUERY'])('of a %s is read by a parser of BibTeX as it was meant', async (of) => {
    const { bibtex, url, permalink, accessed } = await cite('usage(groupBy: [MODEL])', of);
    const [item] = new Cite(bibtex, { forceType: '@biblatex/text' }).data as Record<string, unknown>[];
    expect(item).toMatchObject({
      title: of === 'QUERY' ? `Query of ${hostile}` : hostile,
      publisher: 'Token Atlas',
      version: release,
      URL: of === 'QUERY' ? permalink : url,
      note: `Data set. Source: ${hostile}. Licence: CC0-1.0`,
      issued: { 'date-parts': [[2024]] },
    });
    expect(JSON.stringify(item!.author)).toContain('Token Atlas');
    expect(bibtex).toContain(`urldate = {${accessed}}`);
    expect(bibtex.split('\n')[0]).toMatch(/^@misc\{fixture_2024_03_07_1(_[0-9a-f]{12})?,$/);
  });

  it.each(['RELEASE', 'QUERY'])('of a %s is formatted from CSL-JSON', async (of) => {
    const { csl, url, permalink, accessed } = await cite('usage(groupBy: [MODEL])', of);
    expect(csl).toMatchObject({
      type: 'dataset',
      version: release,
      license: 'CC0-1.0',
      issued: { 'date-parts': [[2024, 3, 7]] },
      accessed: { 'date-parts': [accessed.split('-').map(Number)] },
    });
    const formatted = new Cite(csl).format('bibliography', { format: 'text', template: 'apa' }) as string;
    for (const part of ['Token Atlas', '(2024', of === 'QUERY' ? permalink : url]) {
      expect(formatted).toContain(part);
    }
  });

  it('takes no statement of its own unless it keeps a document', async () => {
    await asker.ask('{ usage { totalRows } }');
    const { statements } = await countStatements(() =>
      asker.ask('{ usage { totalRows citation { text bibtex csl url accessed } } }'),
    );
    expect(
      statements.filter((text) => !/FROM "public"\."(datasets|releases|release_rollups)"/.test(text)),
    ).toHaveLength(1);
    const kept = () => countStatements(() => cite('usage(grain: WEEK)', 'QUERY'));
    const of = ({ statements: sent }: { statements: string[] }): string[] =>
      sent.filter((text) => text.includes('permanent_documents'));
    // Is it known, how much is kept, keep it; then only the first.
    expect([of(await kept()).length, of(await kept()).length]).toEqual([3, 1]);
  });
});

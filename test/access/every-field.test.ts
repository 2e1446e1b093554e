import { parse, validate } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { dataScopeNames } from '../../src/catalog/data-scopes.ts';
import { buildAtlasSchema } from '../../src/graphql/schema.ts';
import { measures } from '../../src/measures/measures.ts';
import type { Measure } from '../../src/measures/types.ts';
import { type Answer, type Asker, askerOf } from '../support/ask.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { canary, hidden, hiddenRelease, seedHiddenDataset } from '../support/hidden-dataset.ts';
import { viewerWith } from '../support/viewers.ts';
import { allFields, type Arguments, WholeDocuments } from '../support/whole-documents.ts';

const schema = buildAtlasSchema();
const roots = schema.getQueryType()!.getFields();

/** Fields of the root that answer from data sets, with the ids of something in the hidden one. */
const dataRoots: Readonly<Record<string, Arguments>> = {
  author: { id: '"author:canary/google"' },
  authors: {},
  categories: {},
  category: { id: '"category:canary/science"' },
  continent: { id: '"continent:EU"' },
  continents: {},
  costMap: { of: 'MODEL' },
  countries: {},
  country: { id: '"country:DE"' },
  dataset: { id: `"${hidden}"` },
  datasets: {},
  figure: { id: '"fig-01"' },
  figures: {},
  model: { id: '"canary/alibaba/small"' },
  models: {},
  node: { id: '"canary/alibaba/small"' },
  nodes: { ids: `["${hidden}", "${hiddenRelease}", "canary/alibaba/small", "provider:canary/google"]` },
  plan: {},
  provider: { id: '"provider:canary/google"' },
  providers: {},
  release: { id: `"${hiddenRelease}"` },
  releaseDifference: { from: `"${hiddenRelease}"`, to: `"${hiddenRelease}"` },
  retention: {},
  retentionRanking: {},
  usage: { groupBy: '[MODEL]' },
};

/** Public on purpose: what anybody may know of themselves. */
const openRoots = ['viewer'];
/** Need a key with keys:admin. */
const adminRoots = ['key', 'keys'];
const keyTypes = ['ApiKey', 'KeyUsage', 'KeyAuditEntry', 'CreatedKey'];

/** Public on purpose, of every data set that is seen. */
const openMeasures = [
  'requests',
  'promptTokens',
  'completionTokens',
  'reasoningTokens',
  'cachedTokens',
  'totalTokens',
  'toolCallRequests',
  'toolCallTokens',
  'toolsOfferedRequests',
  'streamedRequests',
  'cancelledRequests',
  'byokRequests',
  'byokTokens',
  'meanPromptTokens',
  'meanCompletionTokens',
  'meanReasoningTokens',
  'meanSequenceTokens',
  'distinctModels',
];

/** Types that nothing but the guarded costs and cohorts leads to. */
const guardedTypes = [
  'CostPoint',
  'CostDividers',
  'CostLeftOut',
  'EffectiveCost',
  'ListCost',
  'RetentionCurvePoint',
  'RetentionPeriod',
  'RetentionRankingRow',
];

/** Fields whose names sound like what is restricted, and are not: what a question costs, what it may hold. */
const soundAlike = ['ReportMeta.cost', 'QueryPlan.cost', 'Withheld.minimumUsers'];

const codesOf = ({ errors }: Answer): unknown[] =>
  errors.map((error) => (error.originalError as { code?: string } | undefined)?.code ?? error.message);

describe('every field of the schema', () => {
  it('of the root is known to answer from data sets, to be open, or to need keys:admin', () => {
    expect(Object.keys(roots).sort()).toEqual(
      [...Object.keys(dataRoots), ...openRoots, ...adminRoots].sort(),
    );
  });

  it('is walked by the tests below, or is of a key, or of the viewer', () => {
    const documents = new WholeDocuments(schema);
    for (const [name, given] of Object.entries(dataRoots)) documents.query(roots[name]!, given, 5);
    for (const name of openRoots) documents.query(roots[name]!, {}, 5);
    const mutations = Object.keys(schema.getMutationType()!.getFields()).map((name) => `Mutation.${name}`);
    const rest = allFields(schema).filter((field) => !documents.asked.has(field));
    const ofKeys = rest.filter((field) => keyTypes.includes(field.split('.')[0]!));
    expect(rest.filter((field) => !ofKeys.includes(field)).sort()).toEqual(
      [...adminRoots.map((name) => `Query.${name}`), ...mutations].sort(),
    );
  });

  it('that is a measure is public on purpose, or has a scope', () => {
    const unscoped = (measures as readonly Measure[]).filter(({ scope }) => scope === undefined);
    expect(unscoped.map(({ field }) => field)).toEqual(openMeasures);
  });
});

describeOnEachDatabase('a data set for partners', (open) => {
  let nobody: Asker;
  let partner: Asker;
  let scoped: Asker;
  beforeAll(async () => {
    const database = await open();
    await seedHiddenDataset(database.pool);
    nobody = askerOf(database);
    partner = askerOf(database, 'fixture', viewerWith({ datasets: [hidden] }));
    scoped = askerOf(database, 'fixture', viewerWith({ datasets: [hidden], scopes: [...dataScopeNames] }));
  });

  const ways = (name: string): Arguments[] => {
    const given = dataRoots[name]!;
    const names = roots[name]!.args.map((argument) => argument.name);
    return [
      given,
      ...(names.includes('dataset') ? [{ ...given, dataset: `"${hidden}"` }] : []),
      ...(names.includes('release') ? [{ ...given, release: `"${hiddenRelease}"` }] : []),
    ];
  };

  it.each(Object.keys(dataRoots))('is not there for who asks `%s` without a key for it', async (name) => {
    for (const given of ways(name)) {
      const document = new WholeDocuments(schema).query(roots[name]!, given, 3);
      expect(validate(schema, parse(document))).toEqual([]);
      const { data, errors } = await nobody.ask(document);
      const isAsked = JSON.stringify(given).includes(hidden);
      // The id that was asked for may stand in the refusal; nothing else of the data set may.
      const told = JSON.stringify([data, errors.map(({ message }) => message)]);
      expect(told.replaceAll(hiddenRelease, '').replaceAll(`'${hidden}'`, ''), document).not.toMatch(
        new RegExp(`${canary}|${hidden}@|"${hidden}"`),
      );
      if (isAsked && name !== 'nodes')
        expect(Object.values(data ?? {}).every((value) => value === null)).toBe(true);
    }
  });

  it.each(Object.keys(dataRoots))(
    'is there for who asks `%s` with a key for it and its scopes',
    async (name) => {
      const given = ways(name).at(-1)!;
      const document = new WholeDocuments(schema).query(roots[name]!, given, name === 'usage' ? 4 : 2);
      const { data, errors } = await scoped.ask(document);
      expect(errors).toEqual([]);
      expect(JSON.stringify(data)).toMatch(new RegExp(`${canary}|${hidden}|continent:EU`));
    },
  );

  it('is as unknown as one that does not exist, in the same words', async () => {
    for (const field of [
      'usage(dataset: "ID") { totalRows }',
      'dataset(id: "ID") { id }',
      'usage(release: "ID@2024-03-07.1") { totalRows }',
    ]) {
      const [one] = (await nobody.ask(`{ ${field.replace('ID', hidden)} }`)).errors;
      const [other] = (await nobody.ask(`{ ${field.replace('ID', 'nowhere')} }`)).errors;
      expect(one!.message).toBe(other!.message.replaceAll('nowhere', hidden));
    }
    const mixed = await nobody.ask(
      `{ usage(dataset: "fixture", release: "${hiddenRelease}") { totalRows } }`,
    );
    expect(codesOf(mixed)).toEqual(['RELEASE_UNKNOWN']);
  });

  const money = (measures as readonly Measure[]).filter(({ scope }) => scope === 'spend:read');
  const users = (measures as readonly Measure[]).filter(({ scope }) => scope === 'users:read');
  const usage = (args: string, fields: string): string =>
    `{ usage(dataset: "${hidden}", grain: MONTH, ${args}) { ${fields} } }`;
  const restricted = [...money, ...users].flatMap(({ name, field, kind }) => [
    usage('groupBy: []', `rows { ${field} }`),
    usage('groupBy: []', `rows { totalTokens } totals { ${field} }`),
    usage(`orderBy: [{ by: ${name} }]`, 'totalRows'),
    `{ plan(dataset: "${hidden}", grain: MONTH, orderBy: [{ by: ${name} }]) { tables } }`,
    ...['models', 'authors', 'countries'].map(
      (list) => `{ ${list}(dataset: "${hidden}") { nodes { usage(grain: MONTH) { rows { ${field} } } } } }`,
    ),
    `{ node(id: "canary/alibaba/small") { ... on Model { usage(grain: MONTH) { rows { ${field} } } } } }`,
    ...(kind === 'USERS'
      ? []
      : [
          usage('compareTo: PREVIOUS_PERIOD', `rows { base { ${field} } }`),
          usage('compareTo: PREVIOUS_PERIOD', `rows { change { ${field} } }`),
          usage(`groupBy: [MODEL], top: { count: 1, by: ${name} }`, 'totalRows'),
          `{ plan(dataset: "${hidden}", groupBy: [MODEL], top: { count: 1, by: ${name} }) { tables } }`,
        ]),
    ...(kind === 'SUM'
      ? [usage('groupBy: [MODEL]', `rows { share(of: ${name}) shareInterval(of: ${name}) { low } }`)]
      : []),
  ]);
  // Costs and cohorts, at the root, below entities and by the ids of their parts.
  const costPoint = new URLSearchParams({ of: 'MODEL', entity: 'canary/alibaba/small' }).toString();
  restricted.push(
    ...['MODEL', 'AUTHOR', 'PROVIDER', 'CATEGORY'].map(
      (of) => `{ costMap(dataset: "${hidden}", of: ${of}) { leftOut { __typename } } }`,
    ),
    `{ node(id: "cost-point:${hiddenRelease}?${costPoint}") { id } }`,
    ...['models', 'authors', 'providers', 'categories'].map(
      (list) => `{ ${list}(dataset: "${hidden}") { nodes { effectiveCost { totalTokens } } } }`,
    ),
    `{ retention(dataset: "${hidden}") { cohorts { size } } }`,
    `{ retention(dataset: "${hidden}", author: "canary/google") { cohorts { size } } }`,
    `{ retentionRanking(dataset: "${hidden}", of: AUTHOR) { totalRows } }`,
    `{ node(id: "cohort:${hiddenRelease}:MONTH:2024-01-01:all") { id } }`,
    ...['models', 'authors'].map(
      (list) => `{ ${list}(dataset: "${hidden}") { nodes { retention { cohorts { size } } } } }`,
    ),
  );
  const difference = (fields: string): string =>
    `{ releaseDifference(from: "${hiddenRelease}", to: "${hiddenRelease}") { ${fields} } }`;
  restricted.push(
    difference('rows(measure: SPEND_USD) { totalRows }'),
    difference('revisedDays(measure: SPEND_USD) { totalRows }'),
    difference('totals(measures: [SPEND_USD]) { after }'),
    difference('rows(groupBy: COUNTRY, grain: DAY) { totalRows }'),
  );
  // Days and weeks of countries, however they are asked for.
  const fine = [
    'grain: DAY',
    'grain: WEEK',
    'grain: WEEK, weekStart: SUNDAY',
    'from: "2024-01-03"',
    'to: "2024-02-14"',
  ];
  restricted.push(
    ...fine.flatMap((range) => [
      `{ usage(dataset: "${hidden}", ${range}, groupBy: [COUNTRY]) { totalRows } }`,
      `{ usage(dataset: "${hidden}", ${range}, groupBy: [CONTINENT]) { totalRows } }`,
      `{ usage(dataset: "${hidden}", ${range}, where: { country: { eq: "DE" } }) { totalRows } }`,
      `{ usage(dataset: "${hidden}", ${range}, where: { or: [{ continent: { known: true } }] }) { totalRows } }`,
      `{ plan(dataset: "${hidden}", ${range}, groupBy: [COUNTRY]) { tables } }`,
      `{ countries(dataset: "${hidden}") { nodes { usage(${range}) { rows { totalTokens } } } } }`,
      `{ continents(dataset: "${hidden}") { nodes { usage(${range}) { rows { totalTokens } } } } }`,
    ]),
  );

  it.each(restricted)('asks for a scope for %s', async (document) => {
    const refused = await partner.ask(document);
    expect(new Set(codesOf(refused)), document).toEqual(new Set(['SCOPE_MISSING']));
    expect(codesOf(await scoped.ask(document)), document).toEqual([]);
  });

  it.each([
    usage('groupBy: [MODEL]', 'rows { model { id } totalTokens share }'),
    usage('groupBy: [COUNTRY]', 'rows { country { id } totalTokens }'),
    `{ usage(dataset: "${hidden}", groupBy: [CONTINENT]) { rows { totalTokens } } }`,
    `{ usage(dataset: "${hidden}", grain: DAY, groupBy: [MODEL]) { rows { totalTokens } } }`,
  ])('asks for none for %s', async (document) => {
    expect(codesOf(await partner.ask(document))).toEqual([]);
  });

  it('restricts every field that sounds of money or users, wherever it stands', async () => {
    const sounding = allFields(schema).filter(
      (field) => /spend|cost|users|paid/i.test(field.split('.')[1]!) && !soundAlike.includes(field),
    );
    const covered = restricted.join();
    for (const field of sounding) {
      const [type, name] = field.split('.') as [string, string];
      if (guardedTypes.includes(type)) continue;
      if (['UsageRow', 'UsageBase', 'UsageChange', 'Query'].includes(type) || name === 'effectiveCost')
        expect(covered).toMatch(new RegExp(`\\b${name}\\b`));
      else expect.unreachable(`${field}: say in this test how it is restricted, or that it is not`);
    }
    expect(sounding.length).toBeGreaterThan(5);
  });

  it('tells who asks which measures they lack a scope for', async () => {
    const lacking = async (asker: Asker): Promise<string[]> => {
      const { data } = await asker.ask(`{ dataset(id: "${hidden}") { measures { field lackedScope } } }`);
      const { measures: listed } = data.dataset as unknown as {
        measures: { field: string; lackedScope: string | null }[];
      };
      return listed.filter(({ lackedScope }) => lackedScope !== null).map(({ field }) => field);
    };
    expect(await lacking(partner)).toEqual(['spendUsd', 'effectiveCostUsd', 'distinctUsers']);
    expect(await lacking(scoped)).toEqual([]);
  });
});

describeOnEachDatabase('a public data set that asks for scopes', (open) => {
  it('answers nobody what it restricts, and all what it does not', async () => {
    const database = await open();
    await seedHiddenDataset(database.pool);
    await database.pool.query(`UPDATE datasets SET restricted = '{spend:read}' WHERE id = 'fixture'`);
    const nobody = askerOf(database);
    expect(codesOf(await nobody.ask('{ usage { rows { spendUsd } } }'))).toEqual(['KEY_MISSING']);
    expect(
      codesOf(await nobody.ask('{ usage(grain: DAY, groupBy: [COUNTRY]) { rows { totalTokens } } }')),
    ).toEqual([]);
    const { text, errors } = await nobody
      .ask('{ usage(grain: DAY, groupBy: []) { rows { distinctUsers totalTokens } } }')
      .then((answer) => ({ text: JSON.stringify(answer.data), errors: answer.errors }));
    expect([errors, text.includes('distinctUsers')]).toEqual([[], true]);
  });
});

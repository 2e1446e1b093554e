import type { GraphQLSchema } from 'graphql';
import type { ColumnOf } from '../../downloads/columns.ts';
import { entityColumns } from '../../downloads/entity-columns.ts';
import { SHARE, USD_PER_MILLION } from '../../downloads/units.ts';
import { costMapQuery } from '../../measures/cost-map/cost-request.ts';
import type { CostSubject } from '../../measures/cost-map/quadrants.ts';
import type { RequestContext } from '../context.ts';
import type { CostMapArgs } from '../cost/cost.args.ts';
import { askedOf, toCostReport } from '../cost/cost.report.ts';
import type { CostPoint } from '../cost/cost.type.ts';
import { toMeta } from '../usage/usage.report.ts';
import { type DownloadSource, readAtOnce } from './download-source.ts';
import { columnsOfType } from './schema-columns.ts';

/** The points of a cost map. */
export async function costDownload(
  schema: GraphQLSchema,
  { services: { releases }, usage, costMaps }: RequestContext,
  { dataset: datasetId, release: releaseId, weighting, ...request }: CostMapArgs,
): Promise<DownloadSource> {
  const release = await releases.release({ dataset: datasetId ?? null, release: releaseId ?? null });
  const catalog = await releases.catalog(release);
  const query = costMapQuery(catalog, request);
  const plan = await usage.plan(query);
  const dataset = await releases.dataset(release.datasetId);
  const columns = costColumns(schema, request.of);
  const asked = { query: askedOf(query), plan, rows: [], totalRows: 0 };
  const { cost, truncated, complete, ...report } = toMeta(asked, catalog, dataset);
  return {
    release,
    dataset,
    columns,
    report: { ...report },
    read: readAtOnce(columns, async () => {
      const answered = await costMaps.load(catalog, request);
      return toCostReport(answered, weighting, catalog, dataset).points;
    }),
  };
}

function costColumns(schema: GraphQLSchema, of: CostSubject): ColumnOf<CostPoint>[] {
  const point = columnsOfType(schema, 'CostPoint');
  const list = columnsOfType(schema, 'ListCost');
  return [
    ...subjectColumns(of),
    ...(of === 'MODEL' ? [point<CostPoint>('source', 'TEXT', ({ source }) => source)] : []),
    point('totalTokens', 'INTEGER', ({ totalTokens }) => totalTokens, { unit: 'tokens' }),
    point('requests', 'INTEGER', ({ requests }) => requests, { unit: 'requests' }),
    point('pricedTokens', 'INTEGER', ({ pricedTokens }) => pricedTokens, { unit: 'tokens' }),
    point('spendUsd', 'DECIMAL', ({ spendUsd }) => spendUsd, { unit: 'USD' }),
    point('effectiveCostUsd', 'FLOAT', ({ effectiveCostUsd }) => effectiveCostUsd, { unit: USD_PER_MILLION }),
    point('estimatedShare', 'FLOAT', ({ estimatedShare }) => estimatedShare, { unit: SHARE }),
    point('logTokens', 'FLOAT', ({ logTokens }) => logTokens),
    point('quadrant', 'TEXT', ({ quadrant }) => quadrant),
    list('basis', 'TEXT', ({ listCost }) => listCost?.basis ?? null, { name: 'list_basis' }),
    list('listUsd', 'FLOAT', ({ listCost }) => listCost?.listUsd ?? null, { unit: USD_PER_MILLION }),
    list('paidUsd', 'FLOAT', ({ listCost }) => listCost?.paidUsd ?? null, { unit: USD_PER_MILLION }),
    list('cachingGap', 'FLOAT', ({ listCost }) => listCost?.cachingGap ?? null),
    list('tokenShare', 'FLOAT', ({ listCost }) => listCost?.tokenShare ?? null, {
      name: 'list_token_share',
      unit: SHARE,
    }),
  ];
}

function subjectColumns(of: CostSubject): ColumnOf<CostPoint>[] {
  const author = entityColumns<CostPoint>('AUTHOR', (point) => point.author);
  if (of === 'MODEL') return [...entityColumns<CostPoint>('MODEL', ({ model }) => model), ...author];
  if (of === 'AUTHOR') return author;
  if (of === 'PROVIDER') return entityColumns('PROVIDER', ({ provider }) => provider);
  return entityColumns('CATEGORY', ({ category }) => category);
}

import { toBatches } from '../../downloads/columns.ts';
import { type DownloadLimits, readingSettings } from '../../downloads/download-limits.ts';
import { usageColumns } from '../../downloads/usage-columns.ts';
import { refuseTooDear } from '../../measures/cost.ts';
import { type DimensionName, dimensions } from '../../measures/dimensions.ts';
import { entityKey, parseGlobalId } from '../../measures/entity-id.ts';
import type { UsageQuery } from '../../measures/query.ts';
import type { ReleaseCatalog } from '../../measures/release.ts';
import type { Dimension } from '../../measures/types.ts';
import { validateUsage } from '../../measures/usage-request.ts';
import type { RequestContext } from '../context.ts';
import type { UsageArgs } from '../usage/usage.args.ts';
import { toMeta } from '../usage/usage.report.ts';
import type { DownloadSource } from './download-source.ts';
import { readSelection } from './usage-selection.ts';

/** What a download takes beside the arguments of `usage`. */
export interface UsageExtras {
  readonly columns: string | undefined;
  /** Id of the one entity whose rows are wanted, as `usage` below it gives them: with shares of everything. */
  readonly only: string | undefined;
}

/** All rows of a `usage` question, whatever pages it would have. */
export async function usageDownload(
  { services: { releases }, usage }: RequestContext,
  args: UsageArgs,
  extras: UsageExtras,
  limits: DownloadLimits,
): Promise<DownloadSource> {
  const release = await releases.release({ dataset: args.dataset ?? null, release: args.release ?? null });
  const catalog = await releases.catalog(release);
  const asked = validateUsage(catalog, args, readSelection(extras.columns, release));
  const query = withOnly({ ...asked, limit: limits.downloadRows + 1, offset: 0 }, extras.only, catalog);
  refuseTooDear(query, catalog, limits.downloadRows);
  const plan = await usage.plan(query);
  const dataset = await releases.dataset(release.datasetId);
  const columns = usageColumns(query, plan, catalog);
  // These are known of rows only.
  const { cost, truncated, complete, ...report } = toMeta(
    { query, plan, rows: [], totalRows: 0 },
    catalog,
    dataset,
  );
  const settings = readingSettings(limits);
  return {
    release,
    dataset,
    columns,
    report: { ...report },
    read: (use) => usage.stream(query, settings, (rows) => use(toBatches(columns, rows))),
  };
}

/** As `usage` below an entity asks: its dimension is grouped by, and its rows are kept after shares were taken. */
function withOnly(query: UsageQuery, id: string | undefined, catalog: ReleaseCatalog): UsageQuery {
  if (id === undefined) return query;
  const { entity, name } = parseGlobalId(id);
  const key = entityKey(entity, name, catalog);
  const dimension = dimensionOf(entity);
  const { groupBy } = query;
  return {
    ...query,
    groupBy: groupBy.includes(dimension) ? groupBy : [dimension, ...groupBy],
    only: { dimension, keys: [key] },
  };
}

function dimensionOf(entity: Dimension['entity']): DimensionName {
  const dimension = (dimensions as readonly Dimension[]).find((each) => each.entity === entity);
  if (dimension === undefined) throw new Error(`No dimension is of the kind ${entity}`);
  return dimension.name as DimensionName;
}

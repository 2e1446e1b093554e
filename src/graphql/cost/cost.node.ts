import { isCostPointId, parseCostPointId } from '../../measures/cost-map/cost-point-id.ts';
import type { RequestContext } from '../context.ts';
import { toPoint } from './cost.report.ts';
import type { CostPoint } from './cost.type.ts';

export { isCostPointId };

/** The point of an id, computed anew with its map; null where there is none. Points of one map share a statement. */
export async function findCostPoint(
  { services: { releases }, costMaps }: RequestContext,
  id: string,
): Promise<CostPoint | null> {
  const parsed = parseCostPointId(id);
  const release = parsed === null ? null : await releases.findRelease(parsed.release);
  if (parsed === null || release === null) return null;
  const catalog = await releases.catalog(release);
  const { map } = await costMaps.load(catalog, parsed.request);
  const points = map.points.map((point) => toPoint(point, parsed.request, catalog));
  return points.find((point) => point?.id === id) ?? null;
}

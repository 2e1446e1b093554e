import type { ModelEntity, ProviderEntity } from '../../measures/release.ts';
import { validateUsage } from '../../measures/usage-request.ts';
import type { UsageLoaders } from '../usage/usage.loader.ts';

/** Hosts of a model in its release: usage by provider, through the same loader as any nested usage. */
export async function providersOf(model: ModelEntity, loaders: UsageLoaders): Promise<ProviderEntity[]> {
  const { catalog } = model;
  if (!catalog.release.coverage.dimensions.PROVIDER) return [];
  const query = validateUsage(
    catalog,
    { groupBy: ['PROVIDER'], orderBy: [{ by: 'TOTAL_TOKENS', direction: 'DESC' }] },
    { measures: [], shares: [], distributions: [] },
  );
  const { rows } = await loaders.load(query, 'MODEL', model.key);
  return rows.flatMap(({ groups }) => {
    const provider =
      typeof groups.PROVIDER === 'number' ? catalog.provider.withKey(groups.PROVIDER) : undefined;
    return provider === undefined ? [] : [provider];
  });
}

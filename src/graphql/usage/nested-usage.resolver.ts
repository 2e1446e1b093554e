import type { GraphQLResolveInfo } from 'graphql';
import { Args, type ClassType, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { DimensionName } from '../../measures/dimensions.ts';
import { globalId } from '../../measures/entity-id.ts';
import type { ReleaseCatalog } from '../../measures/release.ts';
import type { EntityName } from '../../measures/types.ts';
import { validateUsage } from '../../measures/usage-request.ts';
import { Author } from '../author/author.type.ts';
import { Category, Tag } from '../category/category.type.ts';
import type { RequestContext } from '../context.ts';
import { Continent, Country } from '../country/country.type.ts';
import { usageQuestion } from '../download/download-question.ts';
import { Model } from '../model/model.type.ts';
import { Provider } from '../provider/provider.type.ts';
import { UsageReport } from './report.type.ts';
import { NestedUsageArgs } from './usage.args.ts';
import { toReport } from './usage.report.ts';
import { selectionOf } from './usage.selection.ts';

interface UsedEntity {
  readonly key: number | string;
  readonly id: string;
  readonly kind: EntityName;
  readonly catalog: ReleaseCatalog;
}

/** Gives an entity type its `usage`, answered for a whole list by one statement. */
function usageResolver(type: ClassType<object>, dimension: DimensionName): ClassType<object> {
  @Resolver(() => type)
  class EntityUsageResolver {
    @FieldResolver(() => UsageReport, {
      description:
        'Usage of this one alone, in the release that it was listed from. Shares are of everything, not of this one. One statement answers it for a whole list, a second one its totals; it has no pages.',
    })
    async usage(
      @Root() { key, id, kind, catalog }: UsedEntity,
      @Args(() => NestedUsageArgs) args: NestedUsageArgs,
      @Ctx() { services, usageLoaders, objects }: RequestContext,
      @Info() info: GraphQLResolveInfo,
    ): Promise<UsageReport> {
      const selection = selectionOf(info);
      const query = validateUsage(catalog, args, selection);
      const answer = await usageLoaders.load(query, dimension, key);
      objects.spend(answer.rows);
      const totals = selection.totals ? await usageLoaders.totals(query, dimension, key) : null;
      const dataset = await services.releases.dataset(catalog.release.datasetId);
      const only = globalId(kind, id);
      const question = usageQuestion(catalog.release.id, args, selection, only);
      return toReport(answer, totals, catalog, dataset, question);
    }
  }
  return EntityUsageResolver;
}

export const nestedUsageResolvers = [
  usageResolver(Model, 'MODEL'),
  usageResolver(Author, 'AUTHOR'),
  usageResolver(Provider, 'PROVIDER'),
  usageResolver(Category, 'CATEGORY'),
  usageResolver(Tag, 'TAG'),
  usageResolver(Country, 'COUNTRY'),
  usageResolver(Continent, 'CONTINENT'),
] as const;

import { Args, type ClassType, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { costQuery } from '../../measures/cost-map/cost-request.ts';
import { effectiveCostOf, refuseUnkept } from '../../measures/cost-map/effective-cost.ts';
import type { CostSubject } from '../../measures/cost-map/quadrants.ts';
import type { AuthorEntity, CategoryEntity, ModelEntity, ProviderEntity } from '../../measures/release.ts';
import { Author } from '../author/author.type.ts';
import { Category } from '../category/category.type.ts';
import type { RequestContext } from '../context.ts';
import { Model } from '../model/model.type.ts';
import { Provider } from '../provider/provider.type.ts';
import { EffectiveCostArgs } from './cost.args.ts';
import { toCost } from './cost.report.ts';
import { EffectiveCost } from './cost.type.ts';

type CostedEntity = ModelEntity | AuthorEntity | ProviderEntity | CategoryEntity;

/** Gives an entity type its `effectiveCost`, answered for a whole list by one statement. */
function effectiveCostResolver(type: ClassType<object>, subject: CostSubject): ClassType<object> {
  @Resolver(() => type)
  class EntityCostResolver {
    @FieldResolver(() => EffectiveCost, {
      nullable: true,
      description:
        'What its usage cost, in the release that it was listed from; null where it was not used. One statement answers it for a whole list.',
    })
    async effectiveCost(
      @Root() entity: CostedEntity,
      @Args(() => EffectiveCostArgs) args: EffectiveCostArgs,
      @Ctx() { usageLoaders, objects }: RequestContext,
    ): Promise<EffectiveCost | null> {
      const query = costQuery(entity.catalog, args);
      const { rows } = await usageLoaders.load(query, subject, entity.key);
      const [row] = objects.spend(rows);
      if (row === undefined) return null;
      refuseUnkept(rows, args, entity.catalog.release);
      return toCost(effectiveCostOf(row, args, entity.kind === 'model' ? entity : null));
    }
  }
  return EntityCostResolver;
}

export const nestedCostResolvers = [
  effectiveCostResolver(Model, 'MODEL'),
  effectiveCostResolver(Author, 'AUTHOR'),
  effectiveCostResolver(Provider, 'PROVIDER'),
  effectiveCostResolver(Category, 'CATEGORY'),
] as const;

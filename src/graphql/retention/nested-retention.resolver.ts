import { Args, type ClassType, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { AuthorEntity, ModelEntity } from '../../measures/release.ts';
import { hasCohorts, validateRetention } from '../../measures/retention/retention-query.ts';
import { Author } from '../author/author.type.ts';
import type { RequestContext } from '../context.ts';
import { Model } from '../model/model.type.ts';
import { RetentionReport } from './report.type.ts';
import { NestedRetentionArgs } from './retention.args.ts';
import { toReport } from './retention.report.ts';

/** Gives an entity type its `retention`, answered for a whole list by one statement. */
function retentionResolver(type: ClassType<object>, grouping: 'MODEL' | 'AUTHOR'): ClassType<object> {
  @Resolver(() => type)
  class EntityRetentionResolver {
    @FieldResolver(() => RetentionReport, {
      nullable: true,
      description:
        'Retention of its users, in the release that it was listed from; null where the data carry no users. One statement answers it for a whole list.',
    })
    async retention(
      @Root() entity: ModelEntity | AuthorEntity,
      @Args(() => NestedRetentionArgs) args: NestedRetentionArgs,
      @Ctx() { services, retentionLoaders, objects }: RequestContext,
    ): Promise<RetentionReport | null> {
      const { release } = entity.catalog;
      if (!hasCohorts(release)) return null;
      const query = validateRetention(release, grouping, args);
      const answer = await retentionLoaders.load(query, entity);
      for (const { periods } of answer.cohorts) objects.spend(periods);
      const dataset = await services.releases.dataset(release.datasetId);
      return toReport(answer, entity, dataset, args);
    }
  }
  return EntityRetentionResolver;
}

export const nestedRetentionResolvers = [
  retentionResolver(Model, 'MODEL'),
  retentionResolver(Author, 'AUTHOR'),
] as const;

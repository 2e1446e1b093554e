import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { globalId } from '../../measures/entity-id.ts';
import type { CategoryEntity, TagEntity } from '../../measures/release.ts';
import type { RequestContext } from '../context.ts';
import { pageOf, type ConnectionOf } from '../shared/connection.ts';
import { catalogOf, findEntity } from '../shared/entities.ts';
import { ListArgs, ReleaseArgs } from '../shared/release.args.ts';
import { Category, CategoryConnection, Tag } from './category.type.ts';

@Resolver(() => Category)
export class CategoryResolver {
  @Query(() => CategoryConnection, {
    description: 'Categories of the release; none where the data set has no content labels.',
  })
  async categories(
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<ConnectionOf<CategoryEntity>> {
    const { release, category } = await catalogOf(services, args);
    return pageOf(release.id, 'categories', null, category.all, args);
  }

  @Query(() => Category, {
    nullable: true,
    description: 'One category; null if the release does not know it.',
  })
  async category(
    @Arg('id', () => ID, { description: '`category:name`, or the name alone.' }) id: string,
    @Args(() => ReleaseArgs) args: ReleaseArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<CategoryEntity | null> {
    return findEntity('category', (await catalogOf(services, args)).category, id);
  }

  @FieldResolver(() => ID)
  id(@Root() category: CategoryEntity): string {
    return globalId('category', category.id);
  }

  @FieldResolver(() => String)
  slug(@Root() category: CategoryEntity): string {
    return category.id;
  }

  @FieldResolver(() => [Tag], { description: 'Tags that make it up.' })
  tags(@Root() category: CategoryEntity, @Ctx() { objects }: RequestContext): TagEntity[] {
    return objects.spend(category.catalog.tag.all.filter(({ categoryKey }) => categoryKey === category.key));
  }
}

@Resolver(() => Tag)
export class TagResolver {
  @FieldResolver(() => ID)
  id(@Root() tag: TagEntity): string {
    return globalId('tag', tag.id);
  }

  @FieldResolver(() => String)
  slug(@Root() tag: TagEntity): string {
    return tag.id;
  }

  @FieldResolver(() => Category, { nullable: true, description: 'The category that it belongs to.' })
  category(@Root() tag: TagEntity): CategoryEntity | null {
    return tag.catalog.category.withKey(tag.categoryKey) ?? null;
  }
}

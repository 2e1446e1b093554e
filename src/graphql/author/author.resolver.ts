import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { globalId } from '../../measures/entity-id.ts';
import type { AuthorEntity, ModelEntity } from '../../measures/release.ts';
import type { RequestContext } from '../context.ts';
import { Model } from '../model/model.type.ts';
import { pageOf, type ConnectionOf } from '../shared/connection.ts';
import { labelEnum } from '../shared/enums.ts';
import {
  catalogOf,
  compareEntities,
  EntityOrderEnum,
  findEntity,
  matchesSearch,
  type EntityOrder,
} from '../shared/entities.ts';
import { ListArgs, ReleaseArgs } from '../shared/release.args.ts';
import { Author, AuthorConnection } from './author.type.ts';

@ArgsType()
class AuthorsArgs extends ListArgs {
  @Field(() => String, { nullable: true, description: 'Text in the id or name, in any case.' })
  declare search?: string | null;

  @Field(() => labelEnum('origin'), { nullable: true, description: 'Locale of development.' })
  declare origin?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Used in the release.' })
  declare used?: boolean | null;

  @Field(() => EntityOrderEnum, { defaultValue: 'TOTAL_TOKENS', description: 'Order of the list.' })
  declare orderBy: EntityOrder;
}

@Resolver(() => Author)
export class AuthorResolver {
  @Query(() => AuthorConnection, { description: 'Authors of the catalogue, as a release knows them.' })
  async authors(
    @Args(() => AuthorsArgs) args: AuthorsArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<ConnectionOf<AuthorEntity>> {
    const { release, authors } = await catalogOf(services, args);
    const { search, origin, used, orderBy } = args;
    const found = authors.all.filter(
      (author) =>
        matchesSearch(author, search) &&
        (origin === null || origin === undefined || author.origin === origin) &&
        (used === null || used === undefined || (author.totalTokens !== null) === used),
    );
    found.sort(compareEntities(orderBy));
    return pageOf(release.id, 'authors', { search, origin, used, orderBy }, found, args);
  }

  @Query(() => Author, { nullable: true, description: 'One author; null if the release does not know it.' })
  async author(
    @Arg('id', () => ID, { description: '`author:name`, or the name alone.' }) id: string,
    @Args(() => ReleaseArgs) args: ReleaseArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<AuthorEntity | null> {
    return findEntity('author', (await catalogOf(services, args)).authors, id);
  }

  @FieldResolver(() => ID)
  id(@Root() author: AuthorEntity): string {
    return globalId('author', author.id);
  }

  @FieldResolver(() => String)
  slug(@Root() author: AuthorEntity): string {
    return author.id;
  }

  @FieldResolver(() => [Model], { description: 'Its models, most tokens first.' })
  models(@Root() author: AuthorEntity): ModelEntity[] {
    return author.catalog.models.all
      .filter(({ authorKey }) => authorKey === author.key)
      .sort(compareEntities('TOTAL_TOKENS'));
  }
}

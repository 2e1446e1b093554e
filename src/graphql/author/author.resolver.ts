import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { globalId } from '../../measures/entity-id.ts';
import type { AuthorEntity, ModelEntity } from '../../measures/release.ts';
import type { RequestContext } from '../context.ts';
import { Model } from '../model/model.type.ts';
import type { ConnectionOf } from '../shared/connection.ts';
import { labelEnum } from '../shared/enums.ts';
import { catalogOf, compareEntities, findEntity } from '../shared/entities.ts';
import { listUsedEntities, UsedEntitiesArgs } from '../shared/entity-list.ts';
import { ReleaseArgs } from '../shared/release.args.ts';
import { Author, AuthorConnection } from './author.type.ts';

@ArgsType()
class AuthorsArgs extends UsedEntitiesArgs {
  @Field(() => labelEnum('origin'), { nullable: true, description: 'Locale of development.' })
  declare origin?: string | null;
}

@Resolver(() => Author)
export class AuthorResolver {
  @Query(() => AuthorConnection, { description: 'Authors of the catalogue, as a release knows them.' })
  async authors(
    @Args(() => AuthorsArgs) args: AuthorsArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<ConnectionOf<AuthorEntity>> {
    const { release, author } = await catalogOf(services, args);
    const { origin } = args;
    return listUsedEntities('authors', release, author, args, {
      asked: origin,
      passes: (each) => origin === null || origin === undefined || each.origin === origin,
    });
  }

  @Query(() => Author, { nullable: true, description: 'One author; null if the release does not know it.' })
  async author(
    @Arg('id', () => ID, { description: '`author:name`, or the name alone.' }) id: string,
    @Args(() => ReleaseArgs) args: ReleaseArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<AuthorEntity | null> {
    return findEntity('author', (await catalogOf(services, args)).author, id);
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
  models(@Root() author: AuthorEntity, @Ctx() { objects }: RequestContext): readonly ModelEntity[] {
    return objects.spend(modelsOf(author));
  }
}

/** Releases never change, so the models of an author are looked for once. */
const modelsByAuthor = new WeakMap<AuthorEntity, readonly ModelEntity[]>();

function modelsOf(author: AuthorEntity): readonly ModelEntity[] {
  const known = modelsByAuthor.get(author);
  if (known !== undefined) return known;
  const models = author.catalog.model.all
    .filter(({ authorKey }) => authorKey === author.key)
    .sort(compareEntities('TOTAL_TOKENS'));
  modelsByAuthor.set(author, models);
  return models;
}

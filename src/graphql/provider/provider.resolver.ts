import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { globalId } from '../../measures/entity-id.ts';
import type { ProviderEntity } from '../../measures/release.ts';
import type { RequestContext } from '../context.ts';
import { pageOf, type ConnectionOf } from '../shared/connection.ts';
import {
  catalogOf,
  compareEntities,
  EntityOrderEnum,
  findEntity,
  matchesSearch,
  type EntityOrder,
} from '../shared/entities.ts';
import { ListArgs, ReleaseArgs } from '../shared/release.args.ts';
import { Provider, ProviderConnection } from './provider.type.ts';

@ArgsType()
class ProvidersArgs extends ListArgs {
  @Field(() => String, { nullable: true, description: 'Text in the id or name, in any case.' })
  declare search?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Used in the release.' })
  declare used?: boolean | null;

  @Field(() => EntityOrderEnum, { defaultValue: 'TOTAL_TOKENS', description: 'Order of the list.' })
  declare orderBy: EntityOrder;
}

@Resolver(() => Provider)
export class ProviderResolver {
  @Query(() => ProviderConnection, { description: 'Providers of the catalogue, as a release knows them.' })
  async providers(
    @Args(() => ProvidersArgs) args: ProvidersArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<ConnectionOf<ProviderEntity>> {
    const { release, providers } = await catalogOf(services, args);
    const { search, used, orderBy } = args;
    const found = providers.all.filter(
      (provider) =>
        matchesSearch(provider, search) &&
        (used === null || used === undefined || (provider.totalTokens !== null) === used),
    );
    found.sort(compareEntities(orderBy));
    return pageOf(release.id, 'providers', { search, used, orderBy }, found, args);
  }

  @Query(() => Provider, {
    nullable: true,
    description: 'One provider; null if the release does not know it.',
  })
  async provider(
    @Arg('id', () => ID, { description: '`provider:name`, or the name alone.' }) id: string,
    @Args(() => ReleaseArgs) args: ReleaseArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<ProviderEntity | null> {
    return findEntity('provider', (await catalogOf(services, args)).providers, id);
  }

  @FieldResolver(() => ID)
  id(@Root() provider: ProviderEntity): string {
    return globalId('provider', provider.id);
  }

  @FieldResolver(() => String)
  slug(@Root() provider: ProviderEntity): string {
    return provider.id;
  }
}

import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { globalId } from '../../measures/entity-id.ts';
import type { ProviderEntity } from '../../measures/release.ts';
import type { RequestContext } from '../context.ts';
import type { ConnectionOf } from '../shared/connection.ts';
import { catalogOf, findEntity } from '../shared/entities.ts';
import { listUsedEntities, UsedEntitiesArgs } from '../shared/entity-list.ts';
import { ReleaseArgs } from '../shared/release.args.ts';
import { Provider, ProviderConnection } from './provider.type.ts';

@Resolver(() => Provider)
export class ProviderResolver {
  @Query(() => ProviderConnection, { description: 'Providers of the catalogue, as a release knows them.' })
  async providers(
    @Args(() => UsedEntitiesArgs) args: UsedEntitiesArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<ConnectionOf<ProviderEntity>> {
    const { release, provider } = await catalogOf(services, args);
    return listUsedEntities('providers', release, provider, args);
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
    return findEntity('provider', (await catalogOf(services, args)).provider, id);
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

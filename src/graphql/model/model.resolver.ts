import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { AuthorEntity, ModelEntity, ProviderEntity } from '../../measures/release.ts';
import { Author } from '../author/author.type.ts';
import type { RequestContext } from '../context.ts';
import { Provider } from '../provider/provider.type.ts';
import { pageOf, type ConnectionOf } from '../shared/connection.ts';
import { catalogOf, compareEntities, findEntity } from '../shared/entities.ts';
import { ReleaseArgs } from '../shared/release.args.ts';
import { ModelsArgs } from './model.args.ts';
import { authorOf, passesFilter } from './model.filter.ts';
import { providersOf } from './model.providers.ts';
import { ListPrice, Model, ModelConnection } from './model.type.ts';

@Resolver(() => Model)
export class ModelResolver {
  @Query(() => ModelConnection, { description: 'Models of the catalogue, as a release knows them.' })
  async models(
    @Args(() => ModelsArgs) args: ModelsArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<ConnectionOf<ModelEntity>> {
    const { release, model } = await catalogOf(services, args);
    const filter = args.filter ?? {};
    const found = model.all.filter((each) => passesFilter(each, filter));
    found.sort(compareEntities(args.orderBy));
    return pageOf(release.id, 'models', [filter, args.orderBy], found, args);
  }

  @Query(() => Model, { nullable: true, description: 'One model; null if the release does not know it.' })
  async model(
    @Arg('id', () => ID, { description: '`author/model`.' }) id: string,
    @Args(() => ReleaseArgs) args: ReleaseArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<ModelEntity | null> {
    return findEntity('model', (await catalogOf(services, args)).model, id);
  }

  @FieldResolver(() => Author, { nullable: true, description: 'Who made it; null where not known.' })
  author(@Root() model: ModelEntity): AuthorEntity | null {
    return authorOf(model);
  }

  @FieldResolver(() => [Provider], {
    description:
      'Hosts that served it in the release, most tokens first. Empty where the data set carries no provider.',
  })
  async providers(
    @Root() model: ModelEntity,
    @Ctx() { usageLoaders, objects }: RequestContext,
  ): Promise<ProviderEntity[]> {
    return objects.spend(await providersOf(model, usageLoaders));
  }

  @FieldResolver(() => ListPrice, { nullable: true, description: 'List price; null where none is known.' })
  listPrice(@Root() model: ModelEntity): ListPrice | null {
    const { inputPriceUsd: inputUsd, outputPriceUsd: outputUsd, cachedInputPriceUsd: cachedInputUsd } = model;
    if (inputUsd === null && outputUsd === null) return null;
    return { inputUsd, outputUsd, cachedInputUsd, asOf: model.priceAsOf };
  }
}

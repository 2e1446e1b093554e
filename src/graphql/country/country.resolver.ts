import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { globalId } from '../../measures/entity-id.ts';
import type { ContinentEntity, CountryEntity } from '../../measures/release.ts';
import type { RequestContext } from '../context.ts';
import { pageOf, type ConnectionOf } from '../shared/connection.ts';
import { catalogOf, findEntity } from '../shared/entities.ts';
import { ListArgs, ReleaseArgs } from '../shared/release.args.ts';
import { Continent, ContinentConnection, Country, CountryConnection } from './country.type.ts';

@Resolver(() => Country)
export class CountryResolver {
  @Query(() => CountryConnection, { description: 'Countries that the release has usage from, by code.' })
  async countries(
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<ConnectionOf<CountryEntity>> {
    const { release, country } = await catalogOf(services, args);
    return pageOf(release.id, 'countries', null, country.all, args);
  }

  @Query(() => Country, {
    nullable: true,
    description: 'One country; null if the release has no usage from it.',
  })
  async country(
    @Arg('id', () => ID, { description: '`country:DE`, or the code alone.' }) id: string,
    @Args(() => ReleaseArgs) args: ReleaseArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<CountryEntity | null> {
    return findEntity('country', (await catalogOf(services, args)).country, id);
  }

  @FieldResolver(() => ID)
  id(@Root() country: CountryEntity): string {
    return globalId('country', country.id);
  }

  @FieldResolver(() => String)
  code(@Root() country: CountryEntity): string {
    return country.key;
  }

  @FieldResolver(() => Continent, { nullable: true, description: 'The continent that it lies in.' })
  continent(@Root() country: CountryEntity): ContinentEntity | null {
    return country.continent === null ? null : (country.catalog.continent.withKey(country.continent) ?? null);
  }
}

@Resolver(() => Continent)
export class ContinentResolver {
  @Query(() => ContinentConnection, { description: 'Continents that the release has usage from, by code.' })
  async continents(
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<ConnectionOf<ContinentEntity>> {
    const { release, continent } = await catalogOf(services, args);
    return pageOf(release.id, 'continents', null, continent.all, args);
  }

  @Query(() => Continent, {
    nullable: true,
    description: 'One continent; null if the release has no usage from it.',
  })
  async continent(
    @Arg('id', () => ID, { description: '`continent:EU`, or the code alone.' }) id: string,
    @Args(() => ReleaseArgs) args: ReleaseArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<ContinentEntity | null> {
    return findEntity('continent', (await catalogOf(services, args)).continent, id);
  }

  @FieldResolver(() => ID)
  id(@Root() continent: ContinentEntity): string {
    return globalId('continent', continent.id);
  }

  @FieldResolver(() => String)
  code(@Root() continent: ContinentEntity): string {
    return continent.key;
  }

  @FieldResolver(() => [Country], { description: 'Its countries that the release has usage from.' })
  countries(@Root() { key, catalog }: ContinentEntity, @Ctx() { objects }: RequestContext): CountryEntity[] {
    return objects.spend(catalog.country.all.filter(({ continent }) => continent === key));
  }
}

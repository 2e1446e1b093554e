import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AuthorResolver } from './author/author.resolver.ts';
import { CategoryResolver, TagResolver } from './category/category.resolver.ts';
import { ContinentResolver, CountryResolver } from './country/country.resolver.ts';
import { DatasetResolver } from './dataset/dataset.resolver.ts';
import { ModelResolver } from './model/model.resolver.ts';
import { NodeResolver } from './node/node.resolver.ts';
import { ProviderResolver } from './provider/provider.resolver.ts';
import { ReleaseResolver } from './release/release.resolver.ts';
import { nestedUsageResolvers } from './usage/nested-usage.resolver.ts';
import { UsageResolver } from './usage/usage.resolver.ts';

/** The whole schema. Arguments are checked where they are used, so that refusals can say what would be accepted. */
export function buildAtlasSchema(): GraphQLSchema {
  return buildSchemaSync({
    resolvers: [
      DatasetResolver,
      ReleaseResolver,
      ModelResolver,
      AuthorResolver,
      ProviderResolver,
      CategoryResolver,
      TagResolver,
      CountryResolver,
      ContinentResolver,
      NodeResolver,
      UsageResolver,
      ...nestedUsageResolvers,
    ],
    validate: false,
  });
}

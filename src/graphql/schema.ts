import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AuthorResolver } from './author/author.resolver.ts';
import { DatasetResolver } from './dataset/dataset.resolver.ts';
import { ModelResolver } from './model/model.resolver.ts';
import { NodeResolver } from './node/node.resolver.ts';
import { ProviderResolver } from './provider/provider.resolver.ts';
import { ReleaseResolver } from './release/release.resolver.ts';
import {
  AuthorUsageResolver,
  ModelUsageResolver,
  ProviderUsageResolver,
  UsageResolver,
} from './usage/usage.resolver.ts';

/** The whole schema. Arguments are checked where they are used, so that refusals can say what would be accepted. */
export function buildAtlasSchema(): GraphQLSchema {
  return buildSchemaSync({
    resolvers: [
      DatasetResolver,
      ReleaseResolver,
      ModelResolver,
      AuthorResolver,
      ProviderResolver,
      NodeResolver,
      UsageResolver,
      ModelUsageResolver,
      AuthorUsageResolver,
      ProviderUsageResolver,
    ],
    validate: false,
  });
}

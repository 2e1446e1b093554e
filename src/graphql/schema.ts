import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AuthorResolver } from './author/author.resolver.ts';
import { CategoryResolver, TagResolver } from './category/category.resolver.ts';
import { CostMapResolver } from './cost/cost.resolver.ts';
import { nestedCostResolvers } from './cost/nested-cost.resolver.ts';
import { ContinentResolver, CountryResolver } from './country/country.resolver.ts';
import { DatasetResolver } from './dataset/dataset.resolver.ts';
import { DifferenceResolver } from './difference/difference.resolver.ts';
import { downloadResolvers } from './download/download.resolver.ts';
import { DataPackageResolver } from './download/package/package.resolver.ts';
import { KeyResolver } from './keys/key.resolver.ts';
import { FigurePanelResolver, FigureResolver } from './figures/figure.resolver.ts';
import { ModelResolver } from './model/model.resolver.ts';
import { NodeResolver } from './node/node.resolver.ts';
import { ProviderResolver } from './provider/provider.resolver.ts';
import { CitationResolver } from './release/citation.resolver.ts';
import { ReleaseResolver } from './release/release.resolver.ts';
import { RetentionCohortResolver, RetentionReportResolver } from './retention/derived.resolver.ts';
import { nestedRetentionResolvers } from './retention/nested-retention.resolver.ts';
import { RetentionResolver } from './retention/retention.resolver.ts';
import { nestedUsageResolvers } from './usage/nested-usage.resolver.ts';
import { UsageResolver } from './usage/usage.resolver.ts';
import { ViewerResolver } from './viewer/viewer.resolver.ts';

/** The whole schema. Arguments are checked where they are used, so that refusals can say what would be accepted. */
export function buildAtlasSchema(): GraphQLSchema {
  return buildSchemaSync({
    resolvers: [
      DatasetResolver,
      ReleaseResolver,
      CitationResolver,
      DifferenceResolver,
      ModelResolver,
      AuthorResolver,
      ProviderResolver,
      CategoryResolver,
      TagResolver,
      CountryResolver,
      ContinentResolver,
      NodeResolver,
      UsageResolver,
      ViewerResolver,
      KeyResolver,
      ...nestedUsageResolvers,
      CostMapResolver,
      ...nestedCostResolvers,
      RetentionResolver,
      RetentionReportResolver,
      RetentionCohortResolver,
      ...nestedRetentionResolvers,
      ...downloadResolvers,
      DataPackageResolver,
      FigureResolver,
      FigurePanelResolver,
    ],
    validate: false,
  });
}

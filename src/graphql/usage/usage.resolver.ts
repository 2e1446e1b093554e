import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { releaseOfCursor } from '../../measures/cursor.ts';
import type { DimensionName } from '../../measures/dimensions.ts';
import type { AuthorEntity, ModelEntity, ProviderEntity } from '../../measures/release.ts';
import { answerUsage } from '../../measures/usage-service.ts';
import { validateUsage } from '../../measures/usage-request.ts';
import { Author } from '../author/author.type.ts';
import type { RequestContext } from '../context.ts';
import { Model } from '../model/model.type.ts';
import { Provider } from '../provider/provider.type.ts';
import { NestedUsageArgs, UsageArgs } from './usage.args.ts';
import { toReport } from './usage.report.ts';
import { selectionOf } from './usage.selection.ts';
import { UsageReport } from './usage.type.ts';

@Resolver()
export class UsageResolver {
  @Query(() => UsageReport, {
    description:
      'Usage of one data set, summed by any dimensions and periods that its rollups keep. Which measures are computed follows from the fields selected.',
  })
  async usage(
    @Args(() => UsageArgs) args: UsageArgs,
    @Ctx() { services, signal }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UsageReport> {
    const { releases, database, publicUrl } = services;
    // A list goes on in the release that it began in, even when a newer one is out.
    const id = args.release ?? (args.after ? releaseOfCursor(args.after) : null);
    const release = await releases.release({ dataset: args.dataset ?? null, release: id });
    const catalog = await releases.catalog(release);
    const query = validateUsage(catalog, args, selectionOf(info));
    const answer = await answerUsage(database, query, signal);
    return toReport(answer, catalog, await releases.dataset(release.datasetId), publicUrl);
  }
}

const nested = {
  description:
    'Usage of this one alone, in the release that it was listed from. Shares are of everything, not of this one. One statement answers it for a whole list.',
};

@Resolver(() => Model)
export class ModelUsageResolver {
  @FieldResolver(() => UsageReport, nested)
  usage(
    @Root() model: ModelEntity,
    @Args(() => NestedUsageArgs) args: NestedUsageArgs,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UsageReport> {
    return usageOf(model, 'MODEL', args, context, info);
  }
}

@Resolver(() => Author)
export class AuthorUsageResolver {
  @FieldResolver(() => UsageReport, nested)
  usage(
    @Root() author: AuthorEntity,
    @Args(() => NestedUsageArgs) args: NestedUsageArgs,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UsageReport> {
    return usageOf(author, 'AUTHOR', args, context, info);
  }
}

@Resolver(() => Provider)
export class ProviderUsageResolver {
  @FieldResolver(() => UsageReport, nested)
  usage(
    @Root() provider: ProviderEntity,
    @Args(() => NestedUsageArgs) args: NestedUsageArgs,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UsageReport> {
    return usageOf(provider, 'PROVIDER', args, context, info);
  }
}

async function usageOf(
  entity: ModelEntity | AuthorEntity | ProviderEntity,
  dimension: DimensionName,
  args: NestedUsageArgs,
  { services, usageLoaders }: RequestContext,
  info: GraphQLResolveInfo,
): Promise<UsageReport> {
  const { catalog } = entity;
  const query = validateUsage(catalog, args, selectionOf(info));
  const answer = await usageLoaders.load(query, dimension, entity.key);
  const dataset = await services.releases.dataset(catalog.release.datasetId);
  return toReport(answer, catalog, dataset, services.publicUrl);
}

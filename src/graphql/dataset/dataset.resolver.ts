import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { lackedScope } from '../../access/guard.ts';
import { downloadLimits } from '../../downloads/download-limits.ts';
import { feedUrl } from '../../feeds/release-feed.ts';
import { dimensions } from '../../measures/dimensions.ts';
import { usageLimits } from '../../measures/limits.ts';
import { measures } from '../../measures/measures.ts';
import type { Dataset as DatasetRecord, Release as ReleaseRecord } from '../../measures/release.ts';
import type { Dimension, Measure } from '../../measures/types.ts';
import type { RequestContext } from '../context.ts';
import { requestLimits } from '../shared/request-limits.ts';
import { Release } from '../release/release.type.ts';
import { Dataset, DimensionInfo, Limit, MeasureInfo } from './dataset.type.ts';

@Resolver(() => Dataset)
export class DatasetResolver {
  @Query(() => [Dataset], { description: 'The data sets that this server has published.' })
  datasets(@Ctx() { services }: RequestContext): Promise<DatasetRecord[]> {
    return services.releases.datasets();
  }

  @Query(() => Dataset, { description: "One data set: the server's default when no id is given." })
  dataset(
    @Arg('id', () => ID, { nullable: true, description: 'Short name of the data set.' }) id: string | null,
    @Ctx() { services }: RequestContext,
  ): Promise<DatasetRecord> {
    return services.releases.dataset(id);
  }

  @FieldResolver(() => Release, { description: 'The release that answers when none is named.' })
  latestRelease(@Root() dataset: DatasetRecord, @Ctx() { services }: RequestContext): Promise<ReleaseRecord> {
    return services.releases.release({ dataset: dataset.id });
  }

  @FieldResolver(() => [Release], { description: 'Every release that is kept, newest first.' })
  releases(@Root() dataset: DatasetRecord, @Ctx() { services }: RequestContext): Promise<ReleaseRecord[]> {
    return services.releases.releasesOf(dataset.id);
  }

  @FieldResolver(() => String, {
    description: 'Address of its Atom feed, which has an entry for each release with what changed in it.',
  })
  feedUrl(@Root() { id }: DatasetRecord, @Ctx() { services }: RequestContext): string {
    return feedUrl(id, services.publicUrl);
  }

  @FieldResolver(() => [DimensionInfo], { description: 'All dimensions, and which of them the data carry.' })
  async dimensions(
    @Root() dataset: DatasetRecord,
    @Ctx() { services }: RequestContext,
  ): Promise<DimensionInfo[]> {
    const { coverage } = await services.releases.release({ dataset: dataset.id });
    return (dimensions as readonly Dimension[]).map(({ name, field, description, values }) => ({
      name,
      field,
      description,
      values: values
        ? Object.entries(values).map(([value, text]) => ({ name: value, description: text }))
        : null,
      ...coverageOf(coverage.dimensions[name]),
    }));
  }

  @FieldResolver(() => [MeasureInfo], { description: 'All measures, and which of them the data carry.' })
  async measures(
    @Root() dataset: DatasetRecord,
    @Ctx() { services, viewer }: RequestContext,
  ): Promise<MeasureInfo[]> {
    const { coverage } = await services.releases.release({ dataset: dataset.id });
    return (measures as readonly Measure[]).map(
      ({ name, field, description, unit, kind, coverage: key, scope }) => ({
        lackedScope: lackedScope(viewer, dataset, scope),
        name,
        field,
        description,
        unit,
        kind,
        ...coverageOf(coverage.measures[key]),
      }),
    );
  }

  @FieldResolver(() => [Limit], { description: 'Limits of one request.' })
  limits(): Limit[] {
    const limits = { ...usageLimits, ...requestLimits, ...downloadLimits };
    return Object.entries(limits).map(([name, most]) => ({ name, most }));
  }
}

function coverageOf(tokenShare = 0): { covered: boolean; tokenShare: number } {
  return { covered: tokenShare > 0, tokenShare };
}

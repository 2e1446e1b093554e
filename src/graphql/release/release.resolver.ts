import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Dataset as DatasetRecord, Release as ReleaseRecord } from '../../measures/release.ts';
import type { RequestContext } from '../context.ts';
import { Dataset } from '../dataset/dataset.type.ts';
import { Citation } from './citation.type.ts';
import { CoverageEntry } from './provenance.type.ts';
import { Release } from './release.type.ts';

@Resolver(() => Release)
export class ReleaseResolver {
  @Query(() => Release, {
    nullable: true,
    description: 'One release; null if there is none or it was pruned.',
  })
  release(
    @Arg('id', () => ID, { description: 'Id of the release.' }) id: string,
    @Ctx() { services }: RequestContext,
  ): Promise<ReleaseRecord | null> {
    return services.releases.findRelease(id);
  }

  @FieldResolver(() => Dataset, { description: 'The data set that it is of.' })
  dataset(@Root() release: ReleaseRecord, @Ctx() { services }: RequestContext): Promise<DatasetRecord> {
    return services.releases.dataset(release.datasetId);
  }

  @FieldResolver(() => [CoverageEntry], {
    description: 'How much of the data carries each measure and dimension.',
  })
  coverage(@Root() { coverage }: ReleaseRecord): CoverageEntry[] {
    return Object.entries({ ...coverage.measures, ...coverage.dimensions }).map(([name, tokenShare]) => ({
      name,
      tokenShare,
    }));
  }

  @FieldResolver(() => Citation, { description: 'How to cite it.' })
  citation(@Root() release: ReleaseRecord): Citation {
    return { release };
  }
}

import { Arg, Args, Ctx, FieldResolver, Float, Query, Resolver, Root } from 'type-graphql';
import { AtlasError } from '../../errors.ts';
import { elasticityOf } from '../../measures/cost-map/elasticity.ts';
import type { RequestContext } from '../context.ts';
import { CostMapArgs } from './cost.args.ts';
import { elasticitySentence } from './elasticity-sentence.ts';
import { toCostReport } from './cost.report.ts';
import { CostFit, CostMap, Elasticity } from './cost.type.ts';

@Resolver(() => CostFit)
export class CostMapResolver {
  @Query(() => CostMap, {
    description:
      'Effective cost against use, a point for each model, author, provider or category with usage in the range. One statement answers it.',
  })
  async costMap(
    @Args(() => CostMapArgs) args: CostMapArgs,
    @Ctx() { services, costMaps, objects }: RequestContext,
  ): Promise<CostMap> {
    const { dataset: datasetId, release: releaseId, weighting, ...request } = args;
    const release = await services.releases.release({
      dataset: datasetId ?? null,
      release: releaseId ?? null,
    });
    const catalog = await services.releases.catalog(release);
    const answered = await costMaps.load(catalog, request);
    objects.spend(answered.map.points);
    const dataset = await services.releases.dataset(release.datasetId);
    return toCostReport(answered, weighting, catalog, dataset);
  }

  @FieldResolver(() => Elasticity, {
    nullable: true,
    description:
      'What the line says of another price: the study\'s "a 10 % cut goes with x % more use". Null without a line, or where the number would be beyond all bounds.',
  })
  elasticity(
    @Root() { line, weighting }: CostFit,
    @Arg('priceChange', () => Float, {
      defaultValue: -0.1,
      description: 'Difference in price, above −1: −0.1 is 10 % lower, 0.2 is 20 % higher.',
    })
    priceChange: number,
  ): Elasticity | null {
    if (!(priceChange > -1)) {
      throw new AtlasError(
        'BAD_ARGUMENT',
        `\`priceChange\` is ${priceChange}: give more than -1, such as -0.1 for a price 10 % lower.`,
      );
    }
    if (line === null) return null;
    const elasticity = elasticityOf(line, priceChange);
    if (elasticity === null) return null;
    return {
      priceChange,
      ...elasticity,
      sentence: elasticitySentence(line, weighting, priceChange, elasticity),
    };
  }
}

import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, Info, Query, Resolver } from 'type-graphql';
import { costOf, refuseTooDear } from '../../measures/cost.ts';
import { releaseOfCursor } from '../../measures/cursor.ts';
import type { UsageQuery } from '../../measures/query.ts';
import type { ReleaseCatalog } from '../../measures/release.ts';
import { validateUsage, type UsageSelection } from '../../measures/usage-request.ts';
import type { RequestContext, Services } from '../context.ts';
import { usageQuestion } from '../download/download-question.ts';
import { QueryPlan, UsageReport } from './report.type.ts';
import { UsageArgs } from './usage.args.ts';
import { rollupOf, toReport } from './usage.report.ts';
import { selectionOf } from './usage.selection.ts';

@Resolver()
export class UsageResolver {
  @Query(() => UsageReport, {
    description:
      'Usage of one data set, summed by any dimensions and periods that its rollups keep. Which measures are computed follows from the fields selected.',
  })
  async usage(
    @Args(() => UsageArgs) args: UsageArgs,
    @Ctx() { services, usage }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UsageReport> {
    const selection = selectionOf(info);
    const { query, catalog } = await checkedQuery(services, args, selection);
    const answer = await usage.answer(query);
    const totals = selection.totals ? await usage.totals(query) : null;
    const dataset = await services.releases.dataset(query.release.datasetId);
    const question = usageQuestion(query.release.id, args, selection);
    return toReport(answer, totals, catalog, dataset, question);
  }

  @Query(() => QueryPlan, {
    description:
      'How `usage` with these arguments would be answered, and what it would take, for one measure; or why it would be refused. Runs nothing.',
  })
  async plan(
    @Args(() => UsageArgs) args: UsageArgs,
    @Ctx() { services, usage }: RequestContext,
  ): Promise<QueryPlan> {
    const selection = { measures: ['TOTAL_TOKENS' as const], shares: [], distributions: [] };
    const { query, catalog } = await checkedQuery(services, args, selection);
    const plan = await usage.plan(query);
    return {
      release: query.release,
      rollup: rollupOf(query.release, plan),
      tables: [plan.rollup.name, ...plan.joins],
      cost: costOf(query, catalog),
    };
  }
}

async function checkedQuery(
  { releases }: Services,
  args: UsageArgs,
  selection: UsageSelection,
): Promise<{ query: UsageQuery; catalog: ReleaseCatalog }> {
  // A list goes on in the release that it began in, even when a newer one is out.
  const id = args.release ?? (args.after ? releaseOfCursor(args.after) : null);
  const release = await releases.release({ dataset: args.dataset ?? null, release: id });
  const catalog = await releases.catalog(release);
  const query = validateUsage(catalog, args, selection);
  refuseTooDear(query, catalog);
  return { query, catalog };
}

import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { retentionLimits } from '../../measures/retention/retention-query.ts';
import { checkPageSize } from '../../measures/usage-request.ts';
import type { RequestContext } from '../context.ts';
import { RetentionRanking, RetentionReport } from './report.type.ts';
import { RankingArgs, RetentionArgs } from './retention.args.ts';
import { rankingQuestion, retentionQuestion } from './retention.question.ts';
import { metaOf, toRankingRows, toReport } from './retention.report.ts';

@Resolver()
export class RetentionResolver {
  @Query(() => RetentionReport, {
    description:
      'Retention of the users of one model, of one author, or of a whole data set, by the period of their first use.',
  })
  async retention(
    @Args(() => RetentionArgs) args: RetentionArgs,
    @Ctx() { services, retention }: RequestContext,
  ): Promise<RetentionReport> {
    const { catalog, subject, query, asked } = await retentionQuestion(services, args);
    const answers = await retention.answer(query, [asked]);
    const answer = answers.get(asked.key) ?? { query, cohorts: [], leftOut: 0 };
    const dataset = await services.releases.dataset(catalog.release.datasetId);
    return toReport(answer, subject, dataset, args);
  }

  @Query(() => RetentionRanking, {
    description:
      'Models or authors ranked by retention at one age: of each, the cohorts together whose period of that age is complete. One statement.',
  })
  async retentionRanking(
    @Args(() => RankingArgs) args: RankingArgs,
    @Ctx() { services, retention }: RequestContext,
  ): Promise<RetentionRanking> {
    const rows = checkPageSize(args.first, retentionLimits.rankingRows);
    const { catalog, query } = await rankingQuestion(services, args, rows);
    const { release } = catalog;
    const answer = await retention.ranking(query);
    const dataset = await services.releases.dataset(release.datasetId);
    const withheld = answer.rows.reduce((sum, row) => sum + row.withheld, 0);
    const warnings =
      withheld > 0 ? [`${withheld} cohorts are left out, their count at this age being withheld.`] : [];
    return {
      age: args.age,
      totalRows: answer.totalRows,
      rows: toRankingRows(answer, query, catalog),
      meta: metaOf(release, dataset, warnings),
      citation: { release },
      question: { report: 'retentionRanking', release: release.id, args: { ...args }, extras: {} },
    };
  }
}

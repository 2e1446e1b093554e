import type { GraphQLResolveInfo } from 'graphql';
import { Arg, type ClassType, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { type FormatName, formats } from '../../downloads/formats.ts';
import type { RequestContext } from '../context.ts';
import { CostMap } from '../cost/cost.type.ts';
import { RetentionRanking, RetentionReport } from '../retention/report.type.ts';
import { UsageReport } from '../usage/report.type.ts';
import { DownloadFormat } from './download.enum.ts';
import { downloadUrl } from './download-address.ts';
import type { DownloadQuestion } from './download-question.ts';

/** Gives a type of report its `download`. */
function downloadResolver(type: ClassType<{ question: DownloadQuestion }>, what: string): ClassType<object> {
  @Resolver(() => type)
  class ReportDownloadResolver {
    @FieldResolver(() => String, {
      description: `Address of ${what} as a file, with the release that answered: GET, with the key in a header where one is needed. The same arguments, without pages.`,
    })
    download(
      @Root() { question }: { question: DownloadQuestion },
      @Arg('format', () => DownloadFormat, { description: 'Format of the file.' }) format: FormatName,
      @Ctx() { services }: RequestContext,
      @Info() { schema }: GraphQLResolveInfo,
    ): string {
      return downloadUrl(schema, question, formats[format].extension, services.publicUrl);
    }
  }
  return ReportDownloadResolver;
}

export const downloadResolvers = [
  downloadResolver(UsageReport, 'all rows of the report, with the measures selected in `rows` and `totals`,'),
  downloadResolver(RetentionReport, 'all cohorts in all their periods'),
  downloadResolver(RetentionRanking, 'the whole ranking'),
  downloadResolver(CostMap, 'the points'),
] as const;

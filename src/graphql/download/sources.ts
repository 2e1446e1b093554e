import type { GraphQLSchema } from 'graphql';
import type { ReportName } from '../../downloads/address.ts';
import type { DownloadLimits } from '../../downloads/download-limits.ts';
import type { RequestContext } from '../context.ts';
import type { CostMapArgs } from '../cost/cost.args.ts';
import type { RankingArgs, RetentionArgs } from '../retention/retention.args.ts';
import type { UsageArgs } from '../usage/usage.args.ts';
import { costDownload } from './cost-download.ts';
import type { DownloadSource } from './download-source.ts';
import { rankingDownload, retentionDownload } from './retention-download.ts';
import { usageDownload } from './usage-download.ts';

/** What the schema made of the parameters of an address: its types are those of the classes that declare them. */
export interface CheckedParameters {
  readonly args: unknown;
  /** Text of the parameters that are no arguments of the field. */
  readonly given: ReadonlyMap<string, string>;
}

interface ReportSource {
  /** Arguments that a download does not take: pages are for who reads some rows at a time. */
  readonly without: readonly string[];
  /** Parameters beside the arguments. */
  readonly extras: readonly string[];
  readonly open: (
    schema: GraphQLSchema,
    context: RequestContext,
    checked: CheckedParameters,
    limits: DownloadLimits,
  ) => Promise<DownloadSource>;
}

/** How each report is checked and read. */
export const sources: Readonly<Record<ReportName, ReportSource>> = {
  usage: {
    without: ['first', 'after'],
    extras: ['columns', 'only'],
    open: (_schema, context, { args, given }, limits) =>
      usageDownload(
        context,
        args as UsageArgs,
        { columns: given.get('columns'), only: given.get('only') },
        limits,
      ),
  },
  retention: {
    without: [],
    extras: [],
    open: (schema, context, { args }) => retentionDownload(schema, context, args as RetentionArgs),
  },
  retentionRanking: {
    without: ['first'],
    extras: [],
    open: (schema, context, { args }, limits) =>
      rankingDownload(schema, context, args as RankingArgs, limits.downloadRows),
  },
  costMap: {
    without: [],
    extras: [],
    open: (schema, context, { args }) => costDownload(schema, context, args as CostMapArgs),
  },
};

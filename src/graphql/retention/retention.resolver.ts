import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { AtlasError } from '../../errors.ts';
import { entityNameOf } from '../../measures/entity-id.ts';
import type { ReleaseCatalog } from '../../measures/release.ts';
import {
  checkAge,
  refuseWithoutUsers,
  retentionLimits,
  validateRetention,
} from '../../measures/retention/retention-query.ts';
import { checkPageSize } from '../../measures/usage-request.ts';
import type { RequestContext } from '../context.ts';
import { catalogOf } from '../shared/entities.ts';
import { RetentionRanking, RetentionReport } from './report.type.ts';
import { RankingArgs, RetentionArgs } from './retention.args.ts';
import { subjectOf } from './retention.loader.ts';
import { metaOf, toReport, type ReportSubject } from './retention.report.ts';

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
    const catalog = await catalogOf(services, args);
    const { release } = catalog;
    refuseWithoutUsers(release);
    const subject = findSubject(catalog, args);
    const grouping = subject === null ? 'ALL' : subject.kind === 'model' ? 'MODEL' : 'AUTHOR';
    const query = validateRetention(release, grouping, args);
    const asked = subject === null ? { key: null, releaseDate: null } : subjectOf(subject);
    const answers = await retention.answer(query, [asked]);
    const answer = answers.get(asked.key) ?? { query, cohorts: [], leftOut: 0 };
    const dataset = await services.releases.dataset(release.datasetId);
    return toReport(answer, subject, dataset);
  }

  @Query(() => RetentionRanking, {
    description:
      'Models or authors ranked by retention at one age: of each, the cohorts together whose period of that age is complete. One statement.',
  })
  async retentionRanking(
    @Args(() => RankingArgs) args: RankingArgs,
    @Ctx() { services, retention }: RequestContext,
  ): Promise<RetentionRanking> {
    const catalog = await catalogOf(services, args);
    const { release } = catalog;
    const { of: grouping, grain, age, from = null, to = null, minimumSize } = args;
    refuseWithoutUsers(release);
    checkAge('age', age, 1);
    if (minimumSize < 1)
      throw new AtlasError('BAD_ARGUMENT', `\`minimumSize\` is ${minimumSize}; the least is 1.`);
    const rows = checkPageSize(args.first, retentionLimits.rankingRows);
    const leftCensored = args.includeLeftCensored;
    const query = { release, grouping, grain, age, from, to, minimumSize, leftCensored, rows };
    const answer = await retention.ranking(query);
    const dataset = await services.releases.dataset(release.datasetId);
    const withheld = answer.rows.reduce((sum, row) => sum + row.withheld, 0);
    const warnings =
      withheld > 0 ? [`${withheld} cohorts are left out, their count at this age being withheld.`] : [];
    return {
      age,
      totalRows: answer.totalRows,
      rows: answer.rows.map(({ key, withheld: cohortsWithheld, ...row }, index) => ({
        ...row,
        cohortsWithheld,
        rank: index + 1,
        model: grouping === 'MODEL' ? (catalog.model.withKey(key) ?? null) : null,
        author: grouping === 'AUTHOR' ? (catalog.author.withKey(key) ?? null) : null,
      })),
      meta: metaOf(release, dataset, warnings),
      citation: { release },
    };
  }
}

function findSubject(catalog: ReleaseCatalog, { model, author }: RetentionArgs): ReportSubject {
  const isGiven = (id: string | null | undefined): id is string => id !== null && id !== undefined;
  if (isGiven(model) && isGiven(author)) {
    throw new AtlasError(
      'BAD_ARGUMENT',
      'Give `model` or `author`, or neither for the whole data set, not both.',
    );
  }
  if (isGiven(model))
    return found('model', model, catalog.model.withId(entityNameOf('model', model)), catalog);
  if (isGiven(author))
    return found('author', author, catalog.author.withId(entityNameOf('author', author)), catalog);
  return null;
}

function found<E>(
  kind: 'model' | 'author',
  id: string,
  entity: E | undefined,
  { release }: ReleaseCatalog,
): E {
  if (entity !== undefined) return entity;
  throw new AtlasError(
    'BAD_ARGUMENT',
    `The release ${release.id} knows no ${kind} '${id.slice(0, 100)}'. \`${kind}s { nodes { id } }\` lists them.`,
    { details: { entity: kind } },
  );
}

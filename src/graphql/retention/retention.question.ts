import { AtlasError } from '../../errors.ts';
import { entityNameOf } from '../../measures/entity-id.ts';
import type { ReleaseCatalog } from '../../measures/release.ts';
import {
  checkAge,
  refuseWithoutUsers,
  type RetentionQuery,
  validateRetention,
} from '../../measures/retention/retention-query.ts';
import type { RetentionSubject } from '../../measures/retention/retention-service.ts';
import type { RankingQuery } from '../../measures/retention/retention-sql.ts';
import type { Services } from '../context.ts';
import { catalogOf } from '../shared/entities.ts';
import type { RankingArgs, RetentionArgs } from './retention.args.ts';
import { subjectOf } from './retention.loader.ts';
import type { ReportSubject } from './retention.report.ts';

export interface RetentionQuestion {
  readonly catalog: ReleaseCatalog;
  readonly subject: ReportSubject;
  readonly query: RetentionQuery;
  readonly asked: RetentionSubject;
}

/** Checks the arguments of `retention` at the root. */
export async function retentionQuestion(services: Services, args: RetentionArgs): Promise<RetentionQuestion> {
  const catalog = await catalogOf(services, args);
  const { release } = catalog;
  refuseWithoutUsers(release);
  const subject = findSubject(catalog, args);
  const grouping = subject === null ? 'ALL' : subject.kind === 'model' ? 'MODEL' : 'AUTHOR';
  const query = validateRetention(release, grouping, args);
  return { catalog, subject, query, asked: subjectOf(subject) };
}

/** Checks the arguments of `retentionRanking`, of which an answer has so many rows. */
export async function rankingQuestion(
  services: Services,
  args: Omit<RankingArgs, 'first'>,
  rows: number,
): Promise<{ catalog: ReleaseCatalog; query: RankingQuery }> {
  const catalog = await catalogOf(services, args);
  const { release } = catalog;
  const { of: grouping, grain, age, from = null, to = null, minimumSize } = args;
  refuseWithoutUsers(release);
  checkAge('age', age, 1);
  if (minimumSize < 1)
    throw new AtlasError('BAD_ARGUMENT', `\`minimumSize\` is ${minimumSize}; the least is 1.`);
  const leftCensored = args.includeLeftCensored;
  return { catalog, query: { release, grouping, grain, age, from, to, minimumSize, leftCensored, rows } };
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

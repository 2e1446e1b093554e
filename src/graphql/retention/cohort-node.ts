import { parseGlobalId } from '../../measures/entity-id.ts';
import { hasCohorts, retentionGrains, validateRetention } from '../../measures/retention/retention-query.ts';
import { addDays } from '../../measures/periods.ts';
import type { RequestContext } from '../context.ts';
import type { RetentionCohort } from './cohort.type.ts';
import { subjectOf } from './retention.loader.ts';
import { toCohortNode, type ReportSubject } from './retention.report.ts';

const idPattern = /^cohort:([^:]+):(DAY|WEEK|MONTH):(\d{4}-\d\d-\d\d):(.+)$/;

/** A cohort by its id; null where there is none. */
export async function findCohort(
  { services, retention }: Pick<RequestContext, 'services' | 'retention'>,
  id: string,
): Promise<RetentionCohort | null> {
  const [, releaseId = '', grainName, start = '', name = ''] = idPattern.exec(id) ?? [];
  const grain = retentionGrains.find((each) => each === grainName);
  const release = grain === undefined ? null : await services.releases.findRelease(releaseId);
  if (grain === undefined || release === null || !hasCohorts(release) || Number.isNaN(Date.parse(start)))
    return null;
  const catalog = await services.releases.catalog(release);
  const parsed = parseGlobalId(name);
  let subject: ReportSubject | undefined = null;
  if (name !== 'all') {
    if (parsed.entity !== 'model' && parsed.entity !== 'author') return null;
    subject = catalog[parsed.entity].withId(parsed.name);
    if (subject === undefined) return null;
  }
  const grouping = subject === null ? 'ALL' : subject.kind === 'model' ? 'MODEL' : 'AUTHOR';
  const query = validateRetention(release, grouping, {
    grain,
    from: start,
    to: addDays(start, 1),
    minimumCohort: 1,
  });
  const asked = subject === null ? { key: null, releaseDate: null } : subjectOf(subject);
  const answers = await retention.answer(query, [asked]);
  const [cohort] = answers.get(asked.key)?.cohorts ?? [];
  return cohort === undefined ? null : toCohortNode(cohort, query, subject);
}

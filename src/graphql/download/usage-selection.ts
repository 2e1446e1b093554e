import { AtlasError } from '../../errors.ts';
import {
  type AdditiveMeasureName,
  distributionOfField,
  type DistributionName,
  distributions,
  measureNamed,
  measureOfField,
  type MeasureName,
  measures,
} from '../../measures/measures.ts';
import type { Release } from '../../measures/release.ts';
import type { UsageSelection } from '../../measures/usage-request.ts';

const usual: readonly MeasureName[] = ['TOTAL_TOKENS', 'REQUESTS'];
const SHARE = 'Share';

/**
 * `columns=totalTokens,totalTokensShare,promptLength`: fields of a row of the API, and shares of sums. Without it
 * tokens and requests, as far as the data carry them.
 */
export function readSelection(text: string | undefined, { coverage }: Release): UsageSelection {
  if (text === undefined) {
    const covered = usual.filter((name) => coverage.measures[measureNamed(name).coverage]);
    return { measures: covered, shares: [], distributions: [] };
  }
  const fields = text.split(',');
  const repeated = fields.find((field, index) => fields.indexOf(field) !== index);
  if (repeated !== undefined) {
    throw new AtlasError('BAD_ARGUMENT', `\`columns\` names ${repeated.slice(0, 50)} twice.`);
  }
  const chosen = fields.map(readField);
  return {
    measures: chosen.flatMap(({ measure }) => measure ?? []),
    shares: chosen.flatMap(({ share }) => share ?? []),
    distributions: chosen.flatMap(({ distribution }) => distribution ?? []),
  };
}

/** The inverse; null where nothing was selected. */
export function writeSelection({
  measures: chosen,
  shares,
  distributions: read,
}: UsageSelection): string | null {
  const fields = [
    ...chosen.map((name) => measureNamed(name).field),
    ...shares.map((name) => measureNamed(name).field + SHARE),
    ...distributions.filter(({ name }) => read.includes(name)).map(({ field }) => field),
  ];
  return fields.length === 0 ? null : fields.join(',');
}

function readField(field: string): {
  measure?: MeasureName;
  share?: AdditiveMeasureName;
  distribution?: DistributionName;
} {
  const measure = measureOfField(field);
  if (measure !== undefined) return { measure: measure.name as MeasureName };
  const distribution = distributionOfField(field);
  if (distribution !== undefined) return { distribution: distribution.name as DistributionName };
  const whole = field.endsWith(SHARE) ? measureOfField(field.slice(0, -SHARE.length)) : undefined;
  if (whole?.kind === 'SUM') return { share: whole.name as AdditiveMeasureName };
  const known = [...measures, ...distributions].map((each) => each.field);
  throw new AtlasError(
    'BAD_ARGUMENT',
    `\`columns\` has no '${field.slice(0, 50)}': give fields of a usage row (${known.join(', ')}), or a sum with ${SHARE} behind it, such as totalTokens${SHARE}.`,
  );
}

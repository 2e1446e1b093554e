import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { lackedScope } from '../../access/guard.ts';
import { AtlasError } from '../../errors.ts';
import { refuseTooDear } from '../../measures/cost.ts';
import {
  authorDifference,
  modelDifference,
  rollupDifference,
} from '../../measures/difference/catalog-difference.ts';
import { numberDifference, rowDifferences } from '../../measures/difference/row-difference.ts';
import { usageLimits } from '../../measures/limits.ts';
import { type AdditiveMeasureName, measureNamed, measures } from '../../measures/measures.ts';
import { type DayRange, daysBetween } from '../../measures/periods.ts';
import type { Release as ReleaseRecord, ReleaseCatalog } from '../../measures/release.ts';
import type { Measure } from '../../measures/types.ts';
import { checkPageSize, type UsageArguments, validateUsage } from '../../measures/usage-request.ts';
import type { PlannedResult } from '../../measures/usage-service.ts';
import type { RequestContext } from '../context.ts';
import { Citation } from '../release/citation.type.ts';
import { AdditiveMeasure } from '../shared/enums.ts';
import { DifferenceArgs, DifferenceRowsArgs, differenceLimits, RevisedDaysArgs } from './difference.args.ts';
import {
  AuthorDifference,
  DifferenceRows,
  MeasureDifference,
  ModelDifference,
  ReleaseDifference,
  RollupDifference,
} from './difference.type.ts';

@Resolver(() => ReleaseDifference)
export class DifferenceResolver {
  @Query(() => ReleaseDifference, {
    description:
      'What moved from one release of a data set to another. Sums, rows and days take two statements each, one for each release.',
  })
  async releaseDifference(
    @Args(() => DifferenceArgs) { from, to, days }: DifferenceArgs,
    @Ctx() { services: { releases } }: RequestContext,
  ): Promise<ReleaseDifference> {
    const earlier = await releases.release({ release: from });
    const later = await releases.release({ release: to, dataset: earlier.datasetId });
    const shared = Math.max(0, daysOf(sharedRange(earlier, later)));
    return Object.assign(new ReleaseDifference(), {
      earlier: await releases.catalog(earlier),
      later: await releases.catalog(later),
      from: earlier,
      to: later,
      days,
      daysAdded: daysOf(periodOf(later)) - shared,
      daysGone: daysOf(periodOf(earlier)) - shared,
    });
  }

  @FieldResolver(() => [MeasureDifference], { description: 'Sums over all days compared.' })
  async totals(
    @Root() difference: ReleaseDifference,
    @Arg('measures', () => [AdditiveMeasure], {
      nullable: true,
      description: 'Which. None: those that both releases carry and that you may ask for.',
    })
    asked: AdditiveMeasureName[] | null,
    @Ctx() context: RequestContext,
  ): Promise<MeasureDifference[]> {
    const names = asked ?? (await allowedMeasures(difference, context));
    if (names.length === 0) return [];
    const [before, after] = await answers(difference, context, {}, [...new Set(names)]);
    return names.map((name) => {
      const { field, unit } = measureNamed(name);
      return {
        field,
        unit,
        ...numberDifference(before.rows[0]?.measures[name], after.rows[0]?.measures[name]),
      };
    });
  }

  @FieldResolver(() => DifferenceRows, { description: 'Groups and periods whose number moved.' })
  async rows(
    @Root() difference: ReleaseDifference,
    @Args(() => DifferenceRowsArgs) { groupBy = null, measure, first, ...args }: DifferenceRowsArgs,
    @Ctx() context: RequestContext,
  ): Promise<DifferenceRows> {
    checkPageSize(first, differenceLimits.rows);
    const given = { ...args, groupBy: groupBy === null ? [] : [groupBy] };
    const [before, after] = await answers(difference, context, given, [measure]);
    const rows = rowDifferences(
      measure,
      groupBy,
      { rows: before.rows, catalog: difference.earlier },
      { rows: after.rows, catalog: difference.later },
    );
    return { rows: context.objects.spend(rows.slice(0, first)), totalRows: rows.length };
  }

  @FieldResolver(() => DifferenceRows, {
    description: 'Days that both releases cover and whose number is not the same in both.',
  })
  revisedDays(
    @Root() difference: ReleaseDifference,
    @Args(() => RevisedDaysArgs) args: RevisedDaysArgs,
    @Ctx() context: RequestContext,
  ): Promise<DifferenceRows> | DifferenceRows {
    if (daysOf(sharedRange(difference.from, difference.to)) <= 0) return { rows: [], totalRows: 0 };
    const shared = Object.assign(new ReleaseDifference(), difference, { days: 'SHARED' as const });
    return this.rows(shared, { ...args, grain: 'DAY', weekStart: 'MONDAY' }, context);
  }

  @FieldResolver(() => ModelDifference, { description: 'Models added, gone, renamed and relabelled.' })
  models(@Root() { earlier, later }: ReleaseDifference, @Ctx() { objects }: RequestContext): ModelDifference {
    const difference = modelDifference(earlier, later);
    for (const list of Object.values(difference)) objects.spend(list);
    return difference;
  }

  @FieldResolver(() => AuthorDifference, { description: 'Authors added, gone, renamed and relabelled.' })
  authors(
    @Root() { earlier, later }: ReleaseDifference,
    @Ctx() { objects }: RequestContext,
  ): AuthorDifference {
    const difference = authorDifference(earlier, later);
    for (const list of Object.values(difference)) objects.spend(list);
    return difference;
  }

  @FieldResolver(() => [RollupDifference], { description: 'Rollups that are not the same in both.' })
  rollups(@Root() { from, to }: ReleaseDifference): RollupDifference[] {
    return rollupDifference(from.rollups, to.rollups);
  }

  @FieldResolver(() => Citation, {
    description: 'How to cite the later release; the earlier one has its own at `from`.',
  })
  citation(@Root() { to }: ReleaseDifference): Citation {
    return { release: to };
  }
}

/** The same question to both releases, through the guard of `usage`. Two statements. */
function answers(
  { earlier, later, days }: ReleaseDifference,
  context: RequestContext,
  args: UsageArguments,
  asked: readonly AdditiveMeasureName[],
): Promise<[PlannedResult, PlannedResult]> {
  const range = days === 'SHARED' ? checkedRange(sharedRange(earlier.release, later.release)) : {};
  const answer = async (catalog: ReleaseCatalog): Promise<PlannedResult> => {
    const selection = { measures: asked, shares: [], distributions: [] };
    const first = usageLimits.pageRows;
    const query = validateUsage(catalog, { ...args, ...range, first }, selection);
    refuseTooDear(query, catalog);
    const answered = await context.usage.answer(query);
    if (answered.totalRows <= first) return answered;
    throw new AtlasError(
      'LIMIT_EXCEEDED',
      `${catalog.release.id} has ${answered.totalRows} rows to compare; at most ${first} are. Ask for a coarser grain.`,
      { details: { limit: first } },
    );
  };
  return Promise.all([answer(earlier), answer(later)]);
}

async function allowedMeasures(
  { from, to }: ReleaseDifference,
  { services, viewer }: RequestContext,
): Promise<AdditiveMeasureName[]> {
  const dataset = await services.releases.dataset(to.datasetId);
  const carried = ({ coverage }: ReleaseRecord, key: string): boolean => Boolean(coverage.measures[key]);
  return (measures as readonly Measure[])
    .filter(
      ({ kind, coverage, scope }) =>
        kind === 'SUM' &&
        carried(from, coverage) &&
        carried(to, coverage) &&
        lackedScope(viewer, dataset, scope) === null,
    )
    .map(({ name }) => name as AdditiveMeasureName);
}

function periodOf({ periodFrom, periodTo }: ReleaseRecord): DayRange {
  return { from: periodFrom, to: periodTo };
}

function daysOf({ from, to }: DayRange): number {
  return daysBetween(from, to);
}

/** Not in order where they share no day. */
function sharedRange(a: ReleaseRecord, b: ReleaseRecord): DayRange {
  return {
    from: a.periodFrom > b.periodFrom ? a.periodFrom : b.periodFrom,
    to: a.periodTo < b.periodTo ? a.periodTo : b.periodTo,
  };
}

function checkedRange(range: DayRange): DayRange {
  if (range.from < range.to) return range;
  throw new AtlasError('BAD_ARGUMENT', 'The two releases share no day: compare ALL days.');
}

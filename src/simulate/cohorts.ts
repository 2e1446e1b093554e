import { months } from './calendar.ts';
import { readTable, textOf } from './tables.ts';

/** Users of one cohort of a model that are active in a month: a run of places on the ring of users. */
export interface ActiveCohort {
  first: number;
  active: number;
}

export interface ModelCohorts {
  /** By month of first use: size, place of the first user, and the planted part of it that is active k months later. */
  cohorts: { month: number; first: number; size: number; retention: readonly number[] }[];
  /** By month: who is active. */
  active: ActiveCohort[][];
}

/** Requests of a user with a model in a month: enough that hardly any active user is without one. */
const requestsPerActiveUser = 8;
// Some users are new in any month, however many of the old ones stay.
const leastNew = 0.15;

interface PlantedCurve {
  model: string;
  cohort: string;
  kind: string;
  retention: readonly number[];
}

export const plantedCurves: readonly PlantedCurve[] = readTable('retention.tsv').map((row) => ({
  model: textOf(row, 'model'),
  cohort: textOf(row, 'cohort'),
  kind: textOf(row, 'kind'),
  retention: [1, ...textOf(row, 'retention').split(' ').map(Number)],
}));

/** Planted part of a cohort that is active `age` months after its first use. */
export function plantedRetention(model: string, month: string): PlantedCurve {
  const fits = (of: string, cohort: string) =>
    plantedCurves.find((curve) => curve.model === of && curve.cohort === cohort);
  const curve = fits(model, month) ?? fits(model, '*') ?? fits('*', '*');
  if (curve === undefined) throw new RangeError('retention.tsv has no curve for all models');
  return curve;
}

/**
 * Lays the users of a model on a ring, cohort after cohort. Those that are still active stand at the beginning of
 * their cohort, so who leaves first comes back last, and a curve that rises brings back those that left.
 */
export function cohortsOf(model: string, requests: readonly number[], start: number): ModelCohorts {
  const cohorts: ModelCohorts['cohorts'] = [];
  const active: ActiveCohort[][] = [];
  let next = start;
  requests.forEach((expected, month) => {
    if (expected <= 0) {
      active.push([]);
      return;
    }
    const stay = cohorts.map((cohort) => ({
      first: cohort.first,
      active: Math.max(1, Math.round(cohort.size * retentionAt(cohort.retention, month - cohort.month))),
    }));
    const wanted = expected / requestsPerActiveUser;
    const staying = stay.reduce((sum, cohort) => sum + cohort.active, 0);
    const size = Math.max(1, Math.round(Math.max(wanted - staying, leastNew * wanted)));
    const { retention } = plantedRetention(model, months[month] ?? '');
    cohorts.push({ month, first: next, size, retention });
    active.push([...stay, { first: next, active: size }]);
    next += size;
  });
  return { cohorts, active };
}

function retentionAt(retention: readonly number[], age: number): number {
  return retention[Math.min(age, retention.length - 1)] ?? 0;
}

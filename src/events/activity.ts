import { z } from 'zod';
import { refusal, type FieldReaders } from './record-reader.ts';
import { readCount, readName } from './values/read-value.ts';
import { earliestTime, latestTime, readDay, timeRange } from './values/time.ts';

const nameLength = 256;
const identifierLength = 512;

/** A row of activity: one user used one model on one UTC day, as someone else summed it up. */
export function activitySchema(now: Date) {
  const latest = latestTime(now);
  return z
    .strictObject({
      day: z.string(),
      user: z.string().min(1).max(identifierLength),
      model: z.string().min(1).max(nameLength),
      requests: z.int().positive().nullable(),
    })
    .check(({ value, issues }) => {
      if (value.day >= earliestTime.slice(0, 10) && value.day <= latest) return;
      issues.push({
        ...refusal('day', 'OUT_OF_RANGE', `is ${value.day}: ${timeRange(latest)}`),
        input: value,
      });
    });
}

export type Activity = z.infer<ReturnType<typeof activitySchema>>;
export type ActivityField = keyof Activity;

/** How each field of a row of activity is read from what a file holds. */
export const activityReaders: FieldReaders<ActivityField> = {
  day: readDay,
  user: readName(identifierLength),
  model: readName(nameLength),
  requests: readCount,
};

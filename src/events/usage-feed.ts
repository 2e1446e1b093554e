import { z } from 'zod';
import { refusal, type FieldReaders } from './record-reader.ts';
import { readCount, readName } from './values/read-value.ts';
import { earliestTime, latestTime, readDay, timeRange } from './values/time.ts';

const nameLength = 256;

/** A row of a usage feed: the tokens of one model on one UTC day, already summed by someone else. */
export function usageFeedSchema(now: Date) {
  const latest = latestTime(now);
  return z
    .strictObject({
      day: z.string(),
      model: z.string().min(1).max(nameLength),
      totalTokens: z.int().nonnegative(),
    })
    .check(({ value, issues }) => {
      if (value.day >= earliestTime.slice(0, 10) && value.day <= latest) return;
      issues.push({
        ...refusal('day', 'OUT_OF_RANGE', `is ${value.day}: ${timeRange(latest)}`),
        input: value,
      });
    });
}

export type UsageFeed = z.infer<ReturnType<typeof usageFeedSchema>>;
export type UsageFeedField = keyof UsageFeed;

/** How each field of a feed row is read from what a file holds. */
export const usageFeedReaders: FieldReaders<UsageFeedField> = {
  day: readDay,
  model: readName(nameLength),
  totalTokens: readCount,
};

import type { PrismaClient } from '../database/generated/client.ts';

/** What a key asked for on one day, by name of the operation. */
export interface KeyUsage {
  readonly day: string;
  readonly operation: string;
  readonly requests: number;
  readonly points: number;
  readonly errors: number;
}

/** Of a key and those that it replaced, newest day first. The range is half-open; null leaves it open. */
export async function readKeyUsage(
  prisma: PrismaClient,
  familyId: string,
  { from, to }: { readonly from: string | null; readonly to: string | null },
  limit: number,
): Promise<KeyUsage[]> {
  const rows = await prisma.$queryRaw<
    { day: string; operation: string; requests: bigint; points: bigint; errors: bigint }[]
  >`
    SELECT day::text AS day, operation, sum(requests)::bigint AS requests, sum(points)::bigint AS points,
      sum(errors)::bigint AS errors
    FROM key_usage JOIN api_keys ON api_keys.id = key_usage.key_id
    WHERE api_keys.family_id = ${familyId}
      AND (${from}::date IS NULL OR day >= ${from}::date) AND (${to}::date IS NULL OR day < ${to}::date)
    GROUP BY day, operation
    ORDER BY day DESC, operation
    LIMIT ${limit}`;
  return rows.map(({ day, operation, requests, points, errors }) => ({
    day,
    operation,
    requests: Number(requests),
    points: Number(points),
    errors: Number(errors),
  }));
}

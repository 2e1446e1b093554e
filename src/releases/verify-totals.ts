import pg from 'pg';
import { AtlasError } from '../errors.ts';
import type { Rollup } from '../rollups/rollup.ts';

/**
 * The line checks itself: whatever way tokens are broken down, their sum in each table must be what the event
 * store holds of the data set, less the days that are not published.
 */
export async function verifyTotals(
  client: pg.ClientBase,
  releaseKey: number,
  rollups: readonly Rollup[],
  totalTokens: number,
): Promise<void> {
  const counted = rollups.filter(
    ({ source, columns }) => source !== 'labels' && columns.includes('total_tokens'),
  );
  for (const table of new Set(counted.map(({ target }) => target))) {
    const { rows } = await client.query<{ sum: string }>(
      `SELECT coalesce(sum(total_tokens), 0) AS sum FROM ${pg.escapeIdentifier(table)}
       WHERE release_key = $1 AND grain = 'DAY' AND level = 'BOTH'`,
      [releaseKey],
    );
    if (rows[0]?.sum === `${totalTokens}`) continue;
    throw new AtlasError(
      'INTERNAL',
      `${table} holds ${rows[0]?.sum} tokens, but ${totalTokens} were loaded: nothing was published.`,
      { details: { table, counted: rows[0]?.sum, loaded: totalTokens } },
    );
  }
}

/** The same of the sample with content labels: split among its labels, each of its generations is one. */
export async function verifySample(
  client: pg.ClientBase,
  releaseKey: number,
  rollups: readonly Rollup[],
  generations: number,
): Promise<void> {
  for (const { target: table } of rollups.filter(({ source }) => source === 'labels')) {
    const { rows } = await client.query<{ sum: string }>(
      `SELECT round(coalesce(sum(requests), 0))::text AS sum FROM ${pg.escapeIdentifier(table)}
       WHERE release_key = $1 AND weighting = 'SPLIT' AND grain = 'DAY' AND level = 'BOTH'`,
      [releaseKey],
    );
    if (rows[0]?.sum === `${generations}`) continue;
    throw new AtlasError(
      'INTERNAL',
      `${table} holds ${rows[0]?.sum} labelled generations, but there are ${generations}: nothing was published.`,
      { details: { table, counted: rows[0]?.sum, labelled: generations } },
    );
  }
}

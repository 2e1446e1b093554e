import type { Engine } from './engine.ts';
import type { EventTable } from './event-tables.ts';
import type { KeySlice } from './key-slices.ts';

/**
 * Compares the staged rows with each other and with all the data set holds, and writes down those that are not
 * to be stored. The outcome is that of taking the rows one by one, in the order of the file:
 *
 * - a row with the identity of an earlier event but other values contradicts it: CONFLICT;
 * - a row equal to an event stored by an earlier load is ALREADY_LOADED. Where equal rows are separate events,
 *   the n-th one of a file is the n-th one stored, so that a file loaded twice, or an export that overlaps an
 *   earlier one, adds nothing twice;
 * - a row equal to an earlier row of the file is a DUPLICATE, unless equal rows are separate events.
 */
export async function decideRepeats(
  engine: Engine,
  dataset: string,
  table: EventTable,
  slices: readonly KeySlice[],
): Promise<void> {
  for (const { from, to } of slices) {
    await engine.command('load.decide_repeats', verdictsOfSlice(table), { dataset, from, to });
  }
}

// Stored events take part as row 0 of the file, so one ordering by row settles what came first.
const verdictsOfSlice = (table: EventTable) => `
  INSERT INTO staged_verdicts (key, row, line, verdict, first_line)
  WITH
    staged AS (
      SELECT key, row, line, content_hash, distinct_repeats
      FROM ${table.staged}
      WHERE key BETWEEN {from:UInt128} AND {to:UInt128}
    ),
    events AS (
      SELECT key, row, line, content_hash, distinct_repeats FROM staged
      UNION ALL
      SELECT key, 0 AS row, 0 AS line, content_hash, false AS distinct_repeats
      FROM stored_keys
      WHERE dataset = {dataset:String}
        AND key BETWEEN {from:UInt128} AND {to:UInt128}
        AND key IN (SELECT key FROM staged)
        AND load_id IN (SELECT load_id FROM loads)
    ),
    compared AS (
      SELECT
        key,
        row,
        line,
        distinct_repeats,
        content_hash != first_value(content_hash) OVER (PARTITION BY key ORDER BY row) AS contradicts,
        first_value(line) OVER (PARTITION BY key ORDER BY row) AS first_line_of_key,
        minIf(line, row > 0) OVER (PARTITION BY key, content_hash) AS first_equal_line,
        countIf(row = 0) OVER (PARTITION BY key, content_hash) AS stored_before,
        row_number() OVER (PARTITION BY key, content_hash ORDER BY row) - stored_before AS occurrence
      FROM events
    )
  SELECT
    key,
    row,
    line,
    multiIf(
      contradicts, 'CONFLICT',
      occurrence > 1 AND NOT distinct_repeats, 'DUPLICATE',
      occurrence <= stored_before, 'ALREADY_LOADED',
      'NEW'
    ) AS verdict,
    if(contradicts, first_line_of_key, first_equal_line) AS first_line
  FROM compared
  WHERE row > 0 AND verdict != 'NEW'`;

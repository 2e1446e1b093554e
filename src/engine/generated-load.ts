import { AtlasError } from '../errors.ts';
import type { Engine } from './engine.ts';
import { exactCount } from './engine.ts';
import { eventTables } from './event-tables.ts';
import { plainField, textField } from './tab-separated.ts';
import { lastLoadId, readBack, type StoredLoad, sweepUnfinished } from './store-load.ts';

export interface GeneratedSource {
  dataset: string;
  /** What made the rows, as the records of loads have it in place of a file. */
  origin: string;
  format: string;
}

export interface GeneratedLoads {
  generations: number;
  /** Labels that are stored. */
  labels: number;
  /** Labels that a counting rule leaves out. */
  droppedLabels: number;
}

export type GeneratedTotals = Pick<StoredLoad, 'totalTokens' | 'spendUsd' | 'from' | 'to'>;

/**
 * Generations and labels that statements of the engine write to the stored tables themselves, under the numbers of
 * two loads. As with files, nothing can be seen before they are sealed, both at one moment, and what an unfinished
 * one has left is swept away when the next load begins.
 */
export class GeneratedLoad {
  readonly #engine: Engine;
  readonly #source: GeneratedSource;
  readonly #startedAt = new Date();
  /** Numbers of the loads, for the rows that are written. */
  readonly generationsId: number;
  readonly labelsId: number;

  private constructor(engine: Engine, source: GeneratedSource, lastId: number) {
    this.#engine = engine;
    this.#source = source;
    this.generationsId = lastId + 1;
    this.labelsId = lastId + 2;
  }

  /** Rows are not compared with others, so the data set must be empty. */
  static async begin(engine: Engine, source: GeneratedSource): Promise<GeneratedLoad> {
    const [held] = await engine.rows<{ loads: string }>(
      'generated.held',
      'SELECT count() AS loads FROM loads WHERE dataset = {dataset:String}',
      { dataset: source.dataset },
    );
    if (held?.loads !== '0') {
      throw new AtlasError(
        'BAD_ARGUMENT',
        `The data set ${source.dataset} holds events already: simulate into another one (--dataset <id>).`,
      );
    }
    await sweepUnfinished(engine);
    return new GeneratedLoad(engine, source, await lastLoadId(engine));
  }

  /** Makes all rows visible, after counting them. */
  async seal({ generations, labels, droppedLabels }: GeneratedLoads): Promise<GeneratedTotals> {
    const { dataset } = this.#source;
    await this.#refuseRepeatedKeys();
    const load = { dataset, loadId: this.generationsId };
    const stored = await readBack(this.#engine, eventTables.generation, load, generations);
    const lines = [this.#line('generation', stored, generations, 0)];
    if (labels + droppedLabels > 0) {
      const ofLabels = { dataset, loadId: this.labelsId };
      const storedLabels = await readBack(this.#engine, eventTables.label, ofLabels, labels);
      lines.push(this.#line('label', storedLabels, labels, droppedLabels));
    }
    await this.#engine.insert('generated.seal', 'loads', columns, Buffer.from(lines.join('')));
    return stored;
  }

  /** Removes what was written. */
  async abort(): Promise<void> {
    await sweepUnfinished(this.#engine);
  }

  async #refuseRepeatedKeys(): Promise<void> {
    // Keys are digests of numbers that differ: a repeat is a fault of the statement. A sample of the key space shows it.
    const [repeated] = await this.#engine.rows<{ keys: string }>(
      'generated.repeated_keys',
      `SELECT count() AS keys FROM (
         SELECT key FROM stored_keys
         WHERE dataset = {dataset:String} AND load_id >= {loadId:UInt32} AND key < {below:UInt128}
         GROUP BY key HAVING count() > 1)`,
      { dataset: this.#source.dataset, loadId: this.generationsId, below: (1n << 128n) / 64n },
    );
    if (exactCount(repeated?.keys ?? '0') === 0) return;
    throw new AtlasError('ENGINE_FAILED', `${repeated?.keys} generated rows have the key of another one.`);
  }

  #line(kind: 'generation' | 'label', stored: StoredLoad, accepted: number, dropped: number): string {
    const { dataset, origin, format } = this.#source;
    const { from, to, loadId, totalTokens, spendUsd } = stored;
    const fields = [
      plainField(loadId),
      textField(dataset),
      kind,
      textField(origin),
      textField(format),
      plainField(accepted + dropped),
      plainField(accepted),
      plainField(0),
      plainField(0),
      plainField(totalTokens),
      plainField(spendUsd),
      plainField(from),
      plainField(to === null ? null : dayBefore(to)),
      plainField(moment(this.#startedAt)),
      plainField(moment(new Date())),
      plainField(dropped),
    ];
    return `${fields.join('\t')}\n`;
  }
}

const columns = [
  'load_id',
  'dataset',
  'kind',
  'file',
  'format',
  'rows_read',
  'accepted',
  'already_loaded',
  'refused',
  'total_tokens',
  'spend_usd',
  'first_day',
  'last_day',
  'started_at',
  'committed_at',
  'dropped',
];

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

function moment(time: Date): string {
  return time.toISOString().replace('T', ' ').replace('Z', '');
}

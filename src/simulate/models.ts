import { modelOf } from '../catalog/index.ts';
import { numberOf, optionalNumberOf, readTable, textOf } from './tables.ts';

export type SourceGroup = 'CHINESE_OPEN' | 'REST_OF_WORLD_OPEN' | 'PROPRIETARY';

/** A model of the world: what the catalogue says of it, and what is planted. */
export interface WorldModel {
  id: string;
  author: string;
  open: boolean;
  /** Null where nobody knows where its author is, as of most community fine-tuners. */
  group: SourceGroup | null;
  reasoning: boolean;
  /** Of open models, where their parameters are known. */
  size: 'SMALL' | 'MEDIUM' | 'LARGE' | null;
  /** First day of use, `YYYY-MM-DD`. */
  released: string;
  profile: string;
  weight: number;
  /** Weeks. */
  rise: number;
  fadeFrom: string | null;
  /** Weeks. */
  halfLife: number | null;
  /** Effective cost, USD per 1M tokens. */
  price: number;
  /** It is published, or that of a model with the same list price: it does not move with the others. */
  priceIsKept: boolean;
  /** Share of tokens in the free variant. */
  free: number;
  /** Its column in the series of figures 3 or 13. */
  series: string | null;
  /** As published: log10 of million tokens in the whole window. */
  logUsage: number | null;
}

export function readModels(): WorldModel[] {
  return readTable('models.tsv').map((row) => {
    const id = textOf(row, 'model');
    const known = modelOf(id);
    const released = row.released === '' ? known?.releaseDate : row.released;
    if (known?.id !== id || known.authorId === null || known.source === null || !released) {
      throw new RangeError(`the catalogue does not know enough of ${id}`);
    }
    return {
      id,
      author: known.authorId,
      open: known.source === 'OPEN',
      group: groupOf(known.source, known.origin),
      reasoning: known.reasoning === true,
      size: known.sizeClass,
      released,
      profile: textOf(row, 'profile'),
      weight: numberOf(row, 'weight'),
      rise: numberOf(row, 'rise'),
      fadeFrom: row.fade_from || null,
      halfLife: optionalNumberOf(row, 'half_life'),
      price: numberOf(row, 'price'),
      priceIsKept: row.price_mark !== 'chosen',
      free: numberOf(row, 'free'),
      series: row.series || null,
      logUsage: optionalNumberOf(row, 'log_usage'),
    };
  });
}

function groupOf(source: 'OPEN' | 'PROPRIETARY', origin: string | null): SourceGroup | null {
  if (source === 'PROPRIETARY') return 'PROPRIETARY';
  if (origin === null) return null;
  return origin === 'CHINA' ? 'CHINESE_OPEN' : 'REST_OF_WORLD_OPEN';
}

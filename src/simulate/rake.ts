/**
 * A published whole and its parts: the cells of each part together are to have its share of the whole. The whole
 * keeps its size. With `price`, shares are of cells × price: of spend rather than tokens.
 */
export interface Margin {
  /** The figure or table it is of. */
  figure: string;
  /** Cells of each part; a cell belongs to one part. */
  parts: readonly Int32Array[];
  /** Of the parts, as large as you like: only their proportions count. */
  shares: readonly number[];
  price?: Float64Array;
  /** What the whole is to be; unset: it keeps its size. */
  whole?: number;
  /** How far towards the target one step goes, from 0 to 1: less for what other margins contradict. */
  strength?: number;
}

// A published 0.0 is less than half of a tenth of a percent.
const roundedToZero = 0.0002;

/** Cells that together are to have so much or more, and not more than that, whatever the margins leave of them. */
export interface Bound {
  cells: Int32Array;
  least?: number;
  most?: number;
}

/**
 * Iterative proportional fitting: scales the cells of one margin after the other towards its shares, round after
 * round. Margins that agree are all met in the end; of those that contradict each other the later one is closer.
 */
export function rake(
  cells: Float64Array,
  margins: readonly Margin[],
  rounds: number,
  bounds: readonly Bound[] = [],
): void {
  for (let round = 0; round < rounds; round += 1) {
    for (const bound of bounds) hold(cells, bound);
    for (const margin of margins) scale(cells, margin);
  }
}

function hold(cells: Float64Array, { cells: part, least = 0, most = Infinity }: Bound): void {
  const now = sum(cells, part);
  if (now === 0 || (now >= least && now <= most)) return;
  const factor = Math.min(Math.max(now, least), most) / now;
  for (const cell of part) cells[cell] = (cells[cell] ?? 0) * factor;
}

function scale(cells: Float64Array, margin: Margin): void {
  const { parts, shares, whole, price, strength = 1 } = margin;
  const targets = normalised(shares.map((share) => Math.max(share, 0)));
  const before = whole ?? total(cells, parts);
  const current = normalised(parts.map((part) => sum(cells, part, price)));
  parts.forEach((part, index) => {
    const target = targets[index] || roundedToZero;
    const now = current[index] ?? 0;
    if (now === 0) return;
    const factor = (target / now) ** strength;
    for (const cell of part) cells[cell] = (cells[cell] ?? 0) * factor;
  });
  const factor = before / total(cells, parts);
  if (!Number.isFinite(factor)) return;
  for (const part of parts) for (const cell of part) cells[cell] = (cells[cell] ?? 0) * factor;
}

/** The parts' shares as they are, in the order of the margin. */
export function sharesOf(cells: Float64Array, { parts, price }: Margin): number[] {
  return normalised(parts.map((part) => sum(cells, part, price)));
}

/** Mean absolute error over the parts of all margins of a figure, in percentage points. */
export function meanAbsoluteError(cells: Float64Array, margins: readonly Margin[]): number {
  const errors = margins.flatMap((margin) => {
    const targets = normalised(margin.shares);
    return sharesOf(cells, margin).map((share, index) => 100 * Math.abs(share - (targets[index] ?? 0)));
  });
  return errors.reduce((whole, error) => whole + error, 0) / errors.length;
}

export function normalised(values: readonly number[]): number[] {
  const whole = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => (whole === 0 ? 0 : value / whole));
}

export function sum(cells: Float64Array, part: Int32Array, price?: Float64Array): number {
  let whole = 0;
  for (const cell of part) whole += (cells[cell] ?? 0) * (price?.[cell] ?? 1);
  return whole;
}

function total(cells: Float64Array, parts: readonly Int32Array[]): number {
  return parts.reduce((whole, part) => whole + sum(cells, part), 0);
}

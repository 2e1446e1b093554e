import { parse } from 'csv-parse/sync';
import { shapeOf } from '../values/shape.ts';
import { maximumRecordLength, type ReadRow } from './record-source.ts';

/** Records of CSV text, or undefined where one is not well-formed. */
export function parseCsv(text: string): string[][] | undefined {
  try {
    return parse(text, { relax_column_count: true, record_delimiter: '\n' });
  } catch {
    // The parser's own message quotes the data, which may name a user.
    return undefined;
  }
}

interface Line {
  text: string;
  line: number;
}

const badQuotes = 'has quotes that are not well-formed CSV';

/**
 * Turns the lines of a CSV file into rows. A line without a quote is a record whose fields lie between its
 * commas; only the others need the CSV parser, which takes ten times as long. A quote that is never closed
 * costs its own line only: the lines it swallowed are read again by themselves.
 */
export class CsvRows {
  readonly #width: number;
  readonly #names: string[];
  readonly #positions: number[];
  readonly #emptyRow: () => Record<string, unknown>;
  #batch: ReadRow[] = [];
  /** Quoted lines that are records by themselves, parsed together when the batch is taken. */
  #quoted: (Line & { index: number })[] = [];
  /** A record whose quote is still open. */
  #open: { first: number; texts: string[]; length: number } | null = null;

  constructor(columns: readonly string[], wanted: readonly string[]) {
    this.#width = columns.length;
    this.#names = wanted.filter((name) => columns.includes(name));
    this.#positions = this.#names.map((name) => columns.indexOf(name));
    this.#emptyRow = shapeOf(this.#names);
  }

  get count(): number {
    return this.#batch.length;
  }

  add(text: string, line: number): void {
    if (this.#open === null && !text.includes('"')) {
      if (text !== '') this.#batch.push(this.#row(line, text.split(',')));
      return;
    }
    this.#read([{ text, line }]);
  }

  /** Ends the file: a quote still open is at fault. */
  finish(): void {
    while (this.#open !== null) this.#read(this.#giveUp('opens a quote that the file never closes'));
  }

  /** The rows so far, in the order of their lines. */
  take(): ReadRow[] {
    this.#parseQuoted();
    const batch = this.#batch;
    this.#batch = [];
    return batch;
  }

  #read(lines: Line[]): void {
    const left = lines.reverse();
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      for (const again of this.#readOne(next).reverse()) left.push(again);
    }
  }

  /** Takes one line; gives back lines that must be read again by themselves. */
  #readOne({ text, line }: Line): Line[] {
    const closesOrOpens = hasOddQuotes(text);
    if (this.#open === null) {
      if (closesOrOpens) this.#open = { first: line, texts: [text], length: text.length };
      else if (text.includes('"'))
        this.#quoted.push({ text, line, index: this.#batch.push({ line, malformed: badQuotes }) - 1 });
      else if (text !== '') this.#batch.push(this.#row(line, text.split(',')));
      return [];
    }
    this.#open.texts.push(text);
    this.#open.length += text.length + 1;
    if (this.#open.length > maximumRecordLength) {
      return this.#giveUp(`opens a quote that is not closed within ${maximumRecordLength} characters`);
    }
    return closesOrOpens ? this.#close(this.#open) : [];
  }

  #close({ first, texts }: { first: number; texts: string[] }): Line[] {
    const [cells, ...more] = parseCsv(texts.join('\n')) ?? [];
    if (cells === undefined || more.length > 0) return this.#giveUp(badQuotes);
    if (cells.length !== this.#width) return this.#giveUp(this.#badWidth(cells));
    this.#open = null;
    this.#batch.push(this.#row(first, cells));
    return [];
  }

  #giveUp(malformed: string): Line[] {
    if (this.#open === null) return [];
    const { first, texts } = this.#open;
    this.#open = null;
    this.#batch.push({ line: first, malformed });
    return texts.slice(1).map((text, index) => ({ text, line: first + 1 + index }));
  }

  #parseQuoted(): void {
    const quoted = this.#quoted;
    this.#quoted = [];
    if (quoted.length === 0) return;
    const together = parseCsv(quoted.map(({ text }) => text).join('\n'));
    const usable = together?.length === quoted.length;
    quoted.forEach(({ text, line, index }, position) => {
      const cells = usable ? together[position] : parseCsv(text)?.[0];
      if (cells !== undefined) this.#batch[index] = this.#row(line, cells);
    });
  }

  #badWidth(cells: string[]): string {
    return `has ${cells.length} fields where the header has ${this.#width}`;
  }

  #row(line: number, cells: string[]): ReadRow {
    if (cells.length !== this.#width) return { line, malformed: this.#badWidth(cells) };
    const values = this.#emptyRow();
    const names = this.#names;
    for (let index = 0; index < names.length; index += 1) {
      values[names[index] as string] = cells[this.#positions[index] as number];
    }
    return { line, values };
  }
}

function hasOddQuotes(text: string): boolean {
  let odd = false;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) odd = !odd;
  return odd;
}

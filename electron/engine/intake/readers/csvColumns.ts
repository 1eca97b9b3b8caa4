/** The different texts of a few columns of a text file, without cutting every record into its cells. */
import type { CsvSplitter } from './csvSplit.ts';

/** What is looked for: columns (0-based) of the records after `after` up to `last`, at most `limit` texts each. */
export interface WantedTexts {
  columns: readonly number[];
  after: number;
  last: number;
  limit: number;
}

/** Collects texts by column; a text that repeats from record to record costs one comparison. */
class Texts {
  readonly found: Map<number, Set<string>>;
  private readonly wanted: WantedTexts;
  private readonly latest = new Map<number, string>();

  constructor(wanted: WantedTexts) {
    this.wanted = wanted;
    this.found = new Map(wanted.columns.map((column) => [column, new Set<string>()]));
  }

  add(row: number, column: number, text: string): void {
    if (row <= this.wanted.after || row > this.wanted.last || text === this.latest.get(column)) return;
    this.latest.set(column, text);
    const texts = this.found.get(column);
    if (texts && texts.size < this.wanted.limit && text.trim() !== '') texts.add(text);
  }

  /** Whether the text at a place is the latest of its column, from there to `end`. */
  repeats(column: number, text: string, from: number, end: number): boolean {
    const latest = this.latest.get(column);
    return latest !== undefined && end - from === latest.length && text.startsWith(latest, from);
  }
}

/**
 * Scans blocks of text line by line as long as lines are records: no quotes, line ends of one kind. From the
 * first block that is otherwise the splitter reads on. Gives the same texts as reading every row.
 */
export class ColumnScanner {
  private readonly texts: Texts;
  private readonly columns: readonly number[];
  private readonly delimiter: string;
  private readonly makeSplitter: () => CsvSplitter;
  private splitter: CsvSplitter | null = null;
  private pending = '';
  /** Lines are no longer records. */
  private isOdd = false;
  private row = 0;
  private rowsBefore = 0;

  constructor(wanted: WantedTexts, delimiter: string, makeSplitter: () => CsvSplitter) {
    this.texts = new Texts(wanted);
    this.columns = [...wanted.columns].sort((a, b) => a - b);
    this.delimiter = delimiter;
    this.makeSplitter = makeSplitter;
  }

  push(block: string): void {
    if (this.splitter) {
      this.takeRows(this.splitter.push(block));
      return;
    }
    const text = this.pending === '' ? block : this.pending + block;
    if (block.includes('"')) this.isOdd = true;
    const done = this.isOdd ? 0 : this.scan(text);
    this.pending = done === 0 ? text : text.slice(done);
    if (this.isOdd) this.readOn();
  }

  finish(): Map<number, Set<string>> {
    if (!this.splitter) this.readOn();
    if (this.splitter) this.takeRows(this.splitter.finish());
    return this.texts.found;
  }

  /** What is left goes to the splitter, and all that comes. */
  private readOn(): void {
    this.splitter = this.makeSplitter();
    this.rowsBefore = this.row;
    this.takeRows(this.splitter.push(this.pending));
    this.pending = '';
  }

  private takeRows(rows: readonly { row: number; text: string[] }[]): void {
    for (const { row, text } of rows)
      for (const column of this.columns) this.texts.add(row + this.rowsBefore, column, text[column] ?? '');
  }

  /** Scans whole lines; returns where the first line begins that it does not take. */
  private scan(text: string): number {
    let start = 0;
    let mark = text.indexOf('\r');
    for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', start)) {
      if (mark >= 0 && mark < feed - 1) {
        // A carriage return inside a line ends a record too.
        this.isOdd = true;
        return start;
      }
      const end = mark >= 0 && mark === feed - 1 ? mark : feed;
      if (mark >= 0 && mark <= feed) mark = text.indexOf('\r', feed + 1);
      this.row += 1;
      this.scanLine(text, start, end);
      start = feed + 1;
    }
    // Without a line feed in a whole block, returns may be the line ends.
    if (start === 0 && mark >= 0) this.isOdd = true;
    return start;
  }

  private scanLine(text: string, start: number, end: number): void {
    let at = start;
    let column = 0;
    for (const wanted of this.columns) {
      for (; column < wanted; column += 1) {
        const next = text.indexOf(this.delimiter, at);
        if (next < 0 || next >= end) return;
        at = next + 1;
      }
      const next = text.indexOf(this.delimiter, at);
      const stop = next < 0 || next > end ? end : next;
      if (!this.texts.repeats(wanted, text, at, stop)) this.texts.add(this.row, wanted, text.slice(at, stop));
    }
  }
}

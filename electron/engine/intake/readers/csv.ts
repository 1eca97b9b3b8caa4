import { addNote, defaultCaps, defaultTextRows, type ReadingOptions, throwIfCancelled } from './caps.ts';
import { ColumnScanner, type WantedTexts } from './csvColumns.ts';
import { CsvSplitter } from './csvSplit.ts';
import {
  countBytes,
  type DetectedEncoding,
  decodeBytes,
  detectEncoding,
  readText,
  type TextEncoding,
} from './textEncoding.ts';
import type { ByteSource, FileNote, OpenedFile, SheetRow, TextSpan } from './types.ts';

const sampleBytes = 64 * 1024;
const sampleRecords = 60;
const delimiters = [',', '\t', ';', '|'] as const;

/**
 * Opens delimited text as a workbook of one sheet named after the file.
 *
 * Encoding and delimiter are decided here; rows stream in constant memory. Cells are text as it
 * stands: nothing is ever turned into a number. `row` counts every record, blank ones too.
 */
export async function openCsv(source: ByteSource, options: ReadingOptions): Promise<OpenedFile> {
  const notes: FileNote[] = [];
  const detected = await detectEncoding(source);
  describeEncoding(detected, notes);
  const sample = await readSample(source, detected);
  const declared = /^sep=([^\r\n])(?:\r|\n|$)/i.exec(sample)?.[1];
  const delimiter = declared ?? detectDelimiter(sample);
  const skipFirst = declared !== undefined;

  async function* readRows(signal?: AbortSignal): AsyncGenerator<SheetRow[]> {
    const splitter = new CsvSplitter(delimiter, options.caps, source.name);
    const marker = spanMarker(detected, delimiter);
    for await (const { text, to } of readText(source, detected, options.chunkBytes)) {
      throwIfCancelled(signal);
      const clean = dropNulls(text, notes);
      if (clean !== text) marker.giveUp();
      const span = marker.begin();
      const rows = splitter.push(clean, span);
      marker.end(span, splitter, to);
      if (skipFirst && rows[0]?.row === 1) rows.shift();
      if (rows.length > 0) yield rows;
    }
    const span = marker.begin();
    const rows = splitter.finish(span);
    marker.end(span, splitter, source.size);
    if (skipFirst && rows[0]?.row === 1) rows.shift();
    const { unclosedQuoteAt } = splitter.findings;
    if (unclosedQuoteAt !== undefined) {
      addNote(
        notes,
        'csv.unclosed-quote',
        `A quotation mark opened in record ${unclosedQuoteAt} is never closed, so everything after it was read as one cell. Check that record.`,
      );
    }
    if (rows.length > 0) yield rows;
  }

  async function readTexts(wanted: WantedTexts, signal?: AbortSignal): Promise<Map<number, Set<string>>> {
    const scanner = new ColumnScanner(
      wanted,
      delimiter,
      () => new CsvSplitter(delimiter, options.caps, source.name),
    );
    for await (const { text } of readText(source, detected, options.chunkBytes)) {
      throwIfCancelled(signal);
      scanner.push(dropNulls(text, notes));
    }
    return scanner.finish();
  }

  return {
    format: 'csv',
    notes,
    sheets: [
      {
        name: sheetNameOf(source.name),
        visibility: 'visible',
        merges: () => [],
        rows: readRows,
        distinctTexts: readTexts,
      },
    ],
    close: () => source.close(),
  };
}

/** Says of the rows of each block where they stand. */
function spanMarker({ encoding, markBytes }: DetectedEncoding, delimiter: string) {
  let from = markBytes;
  let before = 0;
  let exact = encoding !== 'utf-8-damaged';
  return {
    /** Characters were left out: bytes and text no longer agree. */
    giveUp(): void {
      exact = false;
    },
    /** The span of the next rows; its end is known once they are split. */
    begin(): TextSpan | undefined {
      return exact ? { from, to: from, before, encoding, delimiter } : undefined;
    },
    /** `end` is the place after the last byte that the splitter was given. */
    end(span: TextSpan | undefined, splitter: CsvSplitter, end: number): void {
      // Without rows the next span still begins where this one did.
      if (!span || splitter.records === before) return;
      span.to = end - (countBytes(splitter.rest, encoding) ?? 0);
      from = span.to;
      before = splitter.records;
    },
  };
}

/** The records of a span, from its bytes: the same rows that `openCsv` gave for it. */
export function readSpan(bytes: Buffer, span: TextSpan): SheetRow[] {
  const splitter = new CsvSplitter(span.delimiter, { ...defaultCaps, maxRows: defaultTextRows }, '');
  const rows = splitter.push(decodeBytes(bytes, span.encoding as TextEncoding));
  rows.push(...splitter.finish());
  for (const row of rows) row.row += span.before;
  return rows;
}

/**
 * The delimiter that splits a sample most evenly: the one under which most records have the same
 * number of cells, two or more. A comma when nothing speaks for any.
 */
export function detectDelimiter(sample: string): string {
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const score = scoreDelimiter(sample, delimiter);
    if (score > best.score + 0.02) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Evenness of the records under a delimiter, 0 to about 1.25; less where quotes do not fit it. */
function scoreDelimiter(sample: string, delimiter: string): number {
  const counts = new Map<number, number>();
  let records = 0;
  let misfits = 0;
  let at = 0;
  while (at < sample.length && records < sampleRecords) {
    const record = measureRecord(sample, at, delimiter);
    at = record.end;
    // The sample may cut its last record; it counts only when there is no other.
    if (record.cut && records > 0) break;
    if (record.blank) continue;
    records += 1;
    if (record.misfit) misfits += 1;
    counts.set(record.cells, (counts.get(record.cells) ?? 0) + 1);
  }
  let split = 0;
  let even = 0;
  for (const [width, times] of counts) {
    if (width < 2) continue;
    split += times;
    even = Math.max(even, times);
  }
  // Evenness decides; that a record is split at all counts a little, for ragged files.
  return records === 0 ? 0 : (even + split * 0.25 - misfits) / records;
}

interface MeasuredRecord {
  cells: number;
  blank: boolean;
  /** A closing quote is followed by something that neither ends the cell nor the record. */
  misfit: boolean;
  cut: boolean;
  end: number;
}

function measureRecord(sample: string, start: number, delimiter: string): MeasuredRecord {
  const record: MeasuredRecord = { cells: 1, blank: true, misfit: false, cut: true, end: sample.length };
  let cellStart = true;
  for (let at = start; at < sample.length; at++) {
    const character = sample[at];
    if (character === '\n' || character === '\r') {
      record.cut = false;
      record.end = at + 1;
      return record;
    }
    record.blank = false;
    if (character === delimiter) {
      record.cells += 1;
      cellStart = true;
      continue;
    }
    if (character === '"' && cellStart) {
      at = skipQuoted(sample, at);
      const next = sample[at + 1];
      if (next !== undefined && next !== delimiter && next !== '\n' && next !== '\r') record.misfit = true;
    }
    cellStart = false;
  }
  return record;
}

/** The closing quote of the cell that opens at `at`; the end of the sample when it stays open. */
function skipQuoted(sample: string, at: number): number {
  let close = sample.indexOf('"', at + 1);
  while (close >= 0 && sample[close + 1] === '"') close = sample.indexOf('"', close + 2);
  return close < 0 ? sample.length : close;
}

function dropNulls(block: string, notes: FileNote[]): string {
  if (!block.includes('\0')) return block;
  addNote(notes, 'csv.nul-bytes', 'The file holds NUL bytes, which no text has; they were left out.');
  return block.replaceAll('\0', '');
}

async function readSample(source: ByteSource, detected: DetectedEncoding): Promise<string> {
  const bytes = await source.read(detected.markBytes, sampleBytes);
  const whole = detected.encoding.startsWith('utf-16') ? bytes.subarray(0, bytes.length & ~1) : bytes;
  return decodeBytes(whole, detected.encoding);
}

function describeEncoding({ encoding }: DetectedEncoding, notes: FileNote[]): void {
  if (encoding === 'windows-1252') {
    addNote(
      notes,
      'csv.encoding-guessed',
      'The file is not UTF-8, so it was read as Windows-1252 (Western European). Check names with accents and pound signs.',
    );
  } else if (encoding === 'utf-8-damaged') {
    addNote(
      notes,
      'csv.encoding-mixed',
      'The file is UTF-8 with some bytes that are not; those were read as Windows-1252. Check names with accents and pound signs.',
    );
  }
}

/** The last part of the name, without its ending: `returns.zip › north/calls.csv` holds the sheet `calls`. */
function sheetNameOf(fileName: string): string {
  const last = fileName.replace(/^.* › (?:.*\/)?/, '');
  return last.replace(/\.[^.]*$/, '') || last;
}

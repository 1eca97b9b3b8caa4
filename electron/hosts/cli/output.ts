/** What the command line prints: one JSON document to stdout with `--json`, else tables and plain lines. */

import type { Progress } from '../../../shared/contract/schemas.ts';
import type { CellValue } from '../../../shared/grid/query.ts';

/** Prints a value as JSON, in pieces: the cells of a large workbook would make one very long string. */
export function printJson(value: unknown): void {
  let waiting = '';
  for (const piece of splitJson(value, '', 4)) {
    waiting += piece;
    if (waiting.length < 65_536) continue;
    process.stdout.write(waiting);
    waiting = '';
  }
  process.stdout.write(`${waiting}\n`);
}

/** The pieces of `JSON.stringify(value, null, 2)`, taking lists and objects apart down to a depth. */
function* splitJson(value: unknown, indent: string, depth: number): Generator<string> {
  if (typeof value !== 'object' || value === null || depth === 0 || 'toJSON' in value) {
    yield (JSON.stringify(value, null, 2) ?? 'null').replaceAll('\n', `\n${indent}`);
    return;
  }
  const isList = Array.isArray(value);
  const entries = isList
    ? value.map((each) => ['', each] as const)
    : Object.entries(value).filter(([, each]) => each !== undefined);
  if (entries.length === 0) {
    yield isList ? '[]' : '{}';
    return;
  }
  let before = isList ? '[' : '{';
  for (const [name, each] of entries) {
    yield `${before}\n${indent}  ${isList ? '' : `${JSON.stringify(name)}: `}`;
    yield* splitJson(each, `${indent}  `, depth - 1);
    before = ',';
  }
  yield `\n${indent}${isList ? ']' : '}'}`;
}

export function printLine(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** Text for a terminal: imported text must not move the cursor or change colours. */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}

/** Columns under headings, cut to fit; numbers to the right. */
export function printTable(
  headings: readonly string[],
  rows: readonly (readonly (CellValue | undefined)[])[],
  widest = 44,
): void {
  const cells = rows.map((row) =>
    row.map((value) => {
      const text = plain(value === null || value === undefined ? '' : String(value));
      return text.length > widest ? `${text.slice(0, widest - 1)}…` : text;
    }),
  );
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const numeric = headings.map(
    (_, column) =>
      rows.length > 0 && rows.every((row) => typeof row[column] === 'number' || row[column] === null),
  );
  const line = (row: readonly string[]) =>
    row
      .map((text, column) =>
        numeric[column] ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  printLine(line(headings));
  printLine(widths.map((width) => '─'.repeat(width)).join('  '));
  for (const row of cells) printLine(line(row));
}

/** A progress line on a terminal; nothing elsewhere. */
export function progressLine(): { show(progress: Progress): void; end(): void } {
  const started = Date.now();
  const terminal = process.stderr.isTTY;
  return {
    show(progress) {
      if (!terminal) return;
      const seconds = (Date.now() - started) / 1000;
      const rate =
        seconds > 0.5 && progress.unit === 'rows'
          ? `, ${Math.round(progress.done / seconds).toLocaleString('en-GB')} rows a second`
          : '';
      const amount = progress.total
        ? `${Math.round((progress.done / progress.total) * 100)} %`
        : `${progress.done.toLocaleString('en-GB')} ${progress.unit}`;
      process.stderr.write(`\r\u001b[2K${plain(progress.stage)}: ${amount}${rate}`);
    },
    end() {
      if (terminal) process.stderr.write('\r\u001b[2K');
    },
  };
}

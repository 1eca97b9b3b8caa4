import { longestCell } from './cellText.ts';
import { innerWidth, wrapLines } from './measure.ts';

/** Of texts and of headings, in points. */
export const bodySize = 10;
export const lineHeight = 13;

/** Excel stops at 409 points for a row; thirty lines leave a little air. */
const mostLines = 30;

/** A row that has to go on goes on in pieces of which three stand on a page: a row is not broken by a page's end. */
const linesOfPiece = 15;

export interface SplitRow {
  /** Text of every cell of this printed row. */
  readonly texts: readonly string[];
  readonly lines: number;
}

/**
 * Spreads a row over as many printed rows as its longest text needs: no row grows past Excel's
 * tallest, no cell past its longest text, and nothing is cut off. The parts of a column put together
 * are its text again.
 */
export function splitRow(texts: readonly string[], widths: readonly number[]): SplitRow[] {
  const wrapped = texts.map((text, index) =>
    text === '' ? [''] : wrapLines(text, innerWidth(widths[index] ?? 10), bodySize),
  );
  const fits = wrapped.every((lines) => lines.length <= mostLines);
  const columns = wrapped.map((lines) => groupLines(lines, fits ? mostLines : linesOfPiece));
  const height = Math.max(1, ...columns.map((parts) => parts.length));
  return Array.from({ length: height }, (_unused, part) => ({
    texts: columns.map((parts) => parts[part]?.text ?? ''),
    lines: Math.max(1, ...columns.map((parts) => parts[part]?.lines ?? 1)),
  }));
}

function groupLines(lines: readonly string[], most: number): { text: string; lines: number }[] {
  const parts: { text: string; lines: number }[] = [];
  let text = '';
  let count = 0;
  for (const line of lines) {
    if (count > 0 && (count === most || text.length + line.length > longestCell)) {
      parts.push({ text, lines: count });
      text = '';
      count = 0;
    }
    text += line;
    count += 1;
  }
  parts.push({ text, lines: count });
  return parts;
}

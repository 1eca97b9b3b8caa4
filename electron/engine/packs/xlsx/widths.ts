import type { PackColumn } from '../../../../shared/packs/columns.ts';
import { innerWidth, wrapLines } from './measure.ts';
import { bodySize } from './splitRow.ts';

/** Sum of column widths that fills A4 landscape at full size, in characters of the default font. */
const fullPage = 140;

/** Printed room of A4 landscape between the margins of every sheet, in points. */
const page = { width: 791, height: 509 };

/** Smaller than this nobody reads it at five in the morning. */
const smallestScale = 0.7;

/** The link back to the contents stands in the first column. */
const narrowestFirst = 9;

/** Bold letters are wider than the plain ones that `wrapLines` measures. */
const bold = 1.05;

/** By how much a column may grow so that no reference or number in it is broken, in characters. */
const mostGrowth = 8;

type Sized = Pick<PackColumn, 'heading' | 'width'> & { readonly kind: string };

/**
 * Widths of the columns of a sheet, in characters: as the table of columns says, but no word of a heading
 * is broken, no reference and no phone number, and a sheet of few columns fills the page by giving its
 * texts the room.
 *
 * @param textsOf the printed texts of a column, by its place
 */
export function fitWidths(
  columns: readonly Sized[],
  textsOf: (place: number) => readonly string[] = () => [],
): number[] {
  const widths = columns.map(({ heading, kind, width }, index) => {
    const whole = kind === 'reference' || kind === 'phones' ? longestLine(textsOf(index)) : '';
    const wanted = whole === '' ? 0 : Math.min(width + mostGrowth, widthOfLine(whole, 1, width));
    return Math.max(index === 0 ? narrowestFirst : 0, width, widthOfWords(heading), wanted);
  });
  const stretched = columns.map(({ kind }) => kind === 'text' || kind === 'longText' || kind === 'list');
  const sumOf = (wanted: boolean) =>
    widths.reduce((sum, width, index) => (stretched[index] === wanted ? sum + width : sum), 0);
  const room = fullPage - sumOf(false);
  const factor = sumOf(true) === 0 ? 1 : Math.min(2.5, Math.max(1, room / sumOf(true)));
  return widths.map((width, index) => (stretched[index] ? Math.floor(width * factor) : width));
}

function widthOfWords(heading: string): number {
  return Math.max(...heading.split(/\s+/).map((word) => widthOfLine(word, bold, 4)));
}

/** Width at which a text stands on one line, at least `from`; texts of over a hundred characters may break. */
function widthOfLine(text: string, weight: number, from: number): number {
  let width = from;
  while (width < 120 && wrapLines(text, innerWidth(width) / weight, bodySize).length > 1) width += 1;
  return width;
}

function longestLine(texts: readonly string[]): string {
  let longest = '';
  for (const text of texts) {
    for (const line of text.split('\n')) if (line.length > longest.length) longest = line;
  }
  return longest;
}

/**
 * How many pages the sheet may take at most, or 0 for as many as it needs: where the last page would hold
 * but a few rows, the sheet is printed a little smaller instead.
 *
 * @param widths of the columns, in characters
 * @param repeated height of the rows on top of every page, in points
 * @param heights of the other rows, in points
 */
export function limitPages(widths: readonly number[], repeated: number, heights: readonly number[]): number {
  const scale = Math.min(1, page.width / widths.reduce((sum, width) => sum + width * 5.25, 0));
  const room = page.height / scale - repeated;
  let pages = 1;
  let used = 0;
  for (const height of heights) {
    if (used > 0 && used + height > room) {
      pages += 1;
      used = 0;
    }
    used += height;
  }
  if (pages === 1 || pages > 6) return 0;
  const smaller = scale * (1 - used / (room * (pages - 1)) - 0.04);
  return used < room * 0.15 && smaller >= smallestScale ? pages - 1 : 0;
}

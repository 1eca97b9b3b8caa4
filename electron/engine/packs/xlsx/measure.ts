/**
 * Widths of the printable ASCII characters in Arial (and the fonts made to its measure), in
 * thousandths of the font size. Excel does not size rows for wrapped text when a file is opened, so
 * the writer has to know how many lines a text takes.
 */
const asciiWidths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
  500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
  556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
  278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/** Room for hinting and for fonts a little wider than Arial. */
const safety = 1.07;

/** Points of text that fit across a column of the given width (in characters of the default font). */
export function innerWidth(columnWidth: number): number {
  return Math.max(10, (columnWidth * 7 - 7) * 0.75);
}

/**
 * Cuts text into the pieces that stand on one line each when wrapped to `width` points. The pieces
 * put together are the text again, spaces and line ends included.
 */
export function wrapLines(text: string, width: number, fontSize: number): string[] {
  if (text === '') return [''];
  const limit = (width * 1000) / (fontSize * safety);
  const lines: string[] = [];
  let start = 0;
  let lastBreak = 0;
  let used = 0;
  let sinceBreak = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) ?? 0;
    const next = at + (code > 0xffff ? 2 : 1);
    if (code === 10) {
      lines.push(text.slice(start, next));
      start = next;
      lastBreak = next;
      used = 0;
      sinceBreak = 0;
      at = next;
      continue;
    }
    const step = widthOf(code);
    if (code === 32) {
      // A space may hang over the edge: the line breaks after it.
      used += step;
      lastBreak = next;
      sinceBreak = 0;
    } else {
      if (used + step > limit && at > start) {
        const cut = lastBreak > start ? lastBreak : at;
        lines.push(text.slice(start, cut));
        used = cut === at ? 0 : sinceBreak;
        start = cut;
        lastBreak = cut;
        if (cut === at) sinceBreak = 0;
      }
      used += step;
      sinceBreak += step;
    }
    at = next;
  }
  if (start < text.length || text.endsWith('\n')) lines.push(text.slice(start));
  return lines;
}

function widthOf(code: number): number {
  if (code < 32) return 0;
  if (code < 127) return asciiWidths[code - 32] ?? 556;
  if (code < 0x300) return 611;
  if (code < 0x370 || code === 0x200d || (code >= 0xfe00 && code <= 0xfe0f)) return 0;
  return code < 0x1100 ? 667 : 1000;
}

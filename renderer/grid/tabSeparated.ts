/** Blocks of cells as spreadsheets put them on the clipboard. */

/**
 * Cells of a block from the clipboard, every row as long as the longest. A cell that begins with a quotation mark
 * may hold tabs and line ends up to its closing one; a mark that is never closed is an ordinary character.
 */
export function readTabSeparated(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const quoted = text[at] === '"' ? readQuoted(text, at) : null;
    const end = quoted?.end ?? findEnd(text, at);
    row.push(quoted?.cell ?? text.slice(at, end));
    at = end;
    if (text[at] === '\t') {
      at += 1;
      // A tab at the very end has one more cell behind it, a blank one.
      if (at === text.length) row.push('');
      continue;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  return rows.map((cells) => [...cells, ...Array<string>(width - cells.length).fill('')]);
}

function findEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !'\t\r\n'.includes(text.charAt(at))) at += 1;
  return at;
}

/** A quoted cell that starts here, and where it ends; null when its mark is never closed as a cell's would be. */
function readQuoted(text: string, from: number): { cell: string; end: number } | null {
  let at = from + 1;
  while (at < text.length) {
    const mark = text.indexOf('"', at);
    if (mark < 0) return null;
    if (text[mark + 1] === '"') {
      at = mark + 2;
      continue;
    }
    if (mark + 1 < text.length && !'\t\r\n'.includes(text.charAt(mark + 1))) return null;
    return { cell: text.slice(from + 1, mark).replace(/""/g, '"'), end: mark + 1 };
  }
  return null;
}

/** Rows as a spreadsheet takes them: what `readTabSeparated` reads again to the letter. */
export function writeTabSeparated(rows: readonly (readonly string[])[]): string {
  const write = (cell: string) =>
    /[\t\r\n]/.test(cell) || cell.startsWith('"') ? `"${cell.replace(/"/g, '""')}"` : cell;
  return rows.map((row) => `${row.map(write).join('\t')}\r\n`).join('');
}

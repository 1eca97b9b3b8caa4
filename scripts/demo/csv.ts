/** Quotes a cell only where the delimiter, a quote or a line break asks for it. */
function quoteCell(cell: string, delimiter: string): string {
  return /["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** CSV text with CRLF after every line, as the exporting systems write it. */
export function toCsv(rows: readonly (readonly string[])[], delimiter: string): string {
  return rows.map((row) => `${row.map((cell) => quoteCell(cell, delimiter)).join(delimiter)}\r\n`).join('');
}

/** Windows-1252 bytes. Only the letters that the demonstration uses; anything else is a mistake here. */
export function encodeWindows1252(text: string): Uint8Array {
  const special = new Map([
    ['€', 0x80],
    ['‘', 0x91],
    ['’', 0x92],
    ['–', 0x96],
  ]);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    const code = special.get(character) ?? text.charCodeAt(index);
    if (code > 0xff) throw new Error(`Windows-1252 has no ${character}`);
    bytes[index] = code;
  }
  return bytes;
}

/** UTF-8 bytes, with a byte order mark if asked. */
export function encodeUtf8(text: string, byteOrderMark = false): Uint8Array {
  return new TextEncoder().encode(byteOrderMark ? `\uFEFF${text}` : text);
}

import { inflateSync } from 'node:zlib';

/** Counts the pages of a PDF that this program wrote, from the largest count of its page trees. */
export function countPages(pdf: Buffer): number {
  const text = pdf.toString('latin1');
  let most = largestCount(text);
  for (const match of text.matchAll(/\/Type\s*\/ObjStm[\s\S]*?stream\r?\n/g)) {
    const start = (match.index ?? 0) + match[0].length;
    const end = text.indexOf('endstream', start);
    if (end === -1) continue;
    try {
      most = Math.max(most, largestCount(inflateSync(pdf.subarray(start, end)).toString('latin1')));
    } catch {
      // Not deflated: the plain text has been looked through already.
    }
  }
  return most;
}

function largestCount(text: string): number {
  let most = 0;
  for (const match of text.matchAll(
    /\/Type\s*\/Pages\b[^>]*?\/Count\s+(\d+)|\/Count\s+(\d+)[^>]*?\/Type\s*\/Pages\b/g,
  )) {
    most = Math.max(most, Number(match[1] ?? match[2]));
  }
  return most;
}

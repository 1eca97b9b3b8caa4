import type { SearchMatch } from '../../../shared/contract/areas/search.ts';
import type { Column } from '../../../shared/grid/types.ts';
import { formatValue, type Labels } from '../../grid/format.ts';

type Range = readonly [number, number];

/** Places of the digits of a text. */
const digitPlaces = (text: string) => [...text.matchAll(/\d/g)].map(({ index }) => index);

/** Ranges of a stored number on the same number as people write it: both end with the same digit. */
export function moveDigits(stored: string, shown: string, ranges: readonly Range[]): Range[] {
  const from = digitPlaces(stored);
  const to = digitPlaces(shown);
  const shift = to.length - from.length;
  return ranges.flatMap(([start, end]): Range[] => {
    const inside = from.flatMap((place, index) => (place >= start && place < end ? [index + shift] : []));
    const first = to[Math.max(0, inside[0] ?? 0)];
    const last = to[Math.max(0, inside.at(-1) ?? -1)];
    return inside.length === 0 || first === undefined || last === undefined ? [] : [[first, last + 1]];
  });
}

/** A match as people read it: dates and phones in their usual form, references by their labels. */
export function showMatch(
  match: SearchMatch,
  column: Column | undefined,
  labels: Labels,
): { text: string; ranges: readonly Range[] } {
  if (column?.type === 'phone') {
    const text = formatValue(column, match.text);
    return { text, ranges: text === match.text ? match.ranges : moveDigits(match.text, text, match.ranges) };
  }
  if (column && ['date', 'datetime', 'ref', 'refs'].includes(column.type)) {
    const text = formatValue(column, match.text, labels);
    return { text, ranges: [[0, text.length]] };
  }
  return match;
}

/** A text with parts of it marked. */
export function MarkedText({ text, ranges }: { text: string; ranges: readonly Range[] }) {
  const parts: { at: number; text: string; isMarked: boolean }[] = [];
  let at = 0;
  for (const [from, to] of ranges) {
    if (from > at) parts.push({ at, text: text.slice(at, from), isMarked: false });
    parts.push({ at: from, text: text.slice(from, to), isMarked: true });
    at = to;
  }
  if (at < text.length) parts.push({ at, text: text.slice(at), isMarked: false });
  return parts.map((part) =>
    part.isMarked ? <mark key={part.at}>{part.text}</mark> : <span key={part.at}>{part.text}</span>,
  );
}

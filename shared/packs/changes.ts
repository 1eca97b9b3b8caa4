import type { PackColumn } from './columns.ts';
import { formatStrike, formatValue } from './format.ts';
import type { PackChange, PackChanges, PackData } from './packData.ts';
import { type PackSecrets, redactPack } from './redact.ts';
import { listSections, rowsOfSection } from './sections.ts';

type Row = Readonly<Record<string, unknown>>;

/** Fields by which a row is called, the first that the audience may see and that is filled. */
const nameFields = ['name', 'title', 'heading', 'number', 'address', 'event', 'what', 'role', 'metric'];

/** Longer texts are shown as the part that differs, with this much around it. */
const longest = 240;
const around = 40;

/**
 * What `after` says otherwise than `before`, as its audience would read it: only sections and columns that
 * `after` prints, values as they are printed, in printing order; records that are gone stand last in their
 * section. When the earlier issue was made under other rules of naming or redaction, its values are not
 * repeated: what it could show then, this audience may not see now. How many values came from a file is no news:
 * each of those values is.
 */
export function comparePacks(before: PackData, after: PackData): PackChange[] {
  const repeatable = rulesOf(before) === rulesOf(after);
  const hide = (change: PackChange): PackChange => ({
    ...change,
    name: change.kind === 'removed' ? change.ref : change.name,
    before: null,
  });
  const changes = [
    ...compareHeaders(before, after),
    ...listSections(after).flatMap(({ id, columns }) =>
      compareRows(
        id,
        columns.filter(({ field }) => id !== 'sourceFiles' || field !== 'values'),
        rowsOfSection(before, id),
        rowsOfSection(after, id),
      ),
    ),
  ];
  return repeatable ? changes : changes.map(hide);
}

/** The changes as they are printed in `after`. `before` is the last issue of an earlier version. */
export function describeChanges(before: PackData, after: PackData): PackChanges {
  return {
    since: before.header.version,
    sinceAt: before.header.preparedAt,
    rows: comparePacks(before, after),
  };
}

/**
 * An earlier issue as the audience of `after` may see it today: who may not be named any more is not named in what
 * stood before either.
 */
export function asSeenNow(before: PackData, after: PackData, secrets: PackSecrets): PackData {
  const { data } = redactPack({ ...before, spec: after.spec, sources: [], findings: [], forms: [] }, secrets);
  return { ...data, spec: before.spec };
}

function rulesOf({ spec }: PackData): string {
  const redactions = Object.entries(spec.redactions)
    .map(([id, fields]) => [id, [...(fields ?? [])].sort()] as const)
    .sort(([first], [second]) => (first < second ? -1 : 1));
  return JSON.stringify([
    redactions,
    spec.naming.children,
    spec.naming.victims,
    spec.readers,
    spec.ceiling,
    spec.conditional,
  ]);
}

/** What stands on the cover and is not of one copy: told under the pack's first section. */
function compareHeaders(before: PackData, after: PackData): PackChange[] {
  const section = after.spec.sections[0]?.id;
  if (section === undefined) return [];
  const lines = ({ header }: PackData): readonly (readonly [string, string])[] => [
    ['Operation', header.operation],
    ['Strike', formatStrike(header)],
    ['Marking', header.marking],
    ['Force', header.force ?? ''],
    ['Reference', header.reference ?? ''],
    ['Team', header.team ?? ''],
  ];
  const earlier = new Map(lines(before));
  return lines(after).flatMap(([field, now]): PackChange[] => {
    const then = earlier.get(field) ?? '';
    if (then === now) return [];
    return [
      {
        section,
        ref: 'OP-1',
        name: after.header.operation,
        kind: 'changed',
        field,
        before: then || null,
        after: now || null,
      },
    ];
  });
}

function compareRows(
  section: PackChange['section'],
  columns: readonly PackColumn[],
  before: readonly Row[],
  after: readonly Row[],
): PackChange[] {
  const earlier = new Map(before.map((row) => [refOf(row), row]));
  const whole = (row: Row, kind: 'added' | 'removed'): PackChange => ({
    section,
    ref: refOf(row),
    name: nameOf(row, columns),
    kind,
    field: null,
    before: null,
    after: null,
  });
  const standing = after.flatMap((row): PackChange[] => {
    const then = earlier.get(refOf(row));
    earlier.delete(refOf(row));
    return then === undefined
      ? [whole(row, 'added')]
      : columns.flatMap((column) => compareValues(section, column, columns, then, row));
  });
  return [...standing, ...[...earlier.values()].map((row) => whole(row, 'removed'))];
}

function compareValues(
  section: PackChange['section'],
  column: PackColumn,
  columns: readonly PackColumn[],
  then: Row,
  now: Row,
): PackChange[] {
  const before = print(column, then);
  const after = print(column, now);
  const same = column.kind === 'photograph' ? then[column.field] === now[column.field] : before === after;
  if (same) return [];
  const [shortBefore, shortAfter] = shorten(before, after);
  return [
    {
      section,
      ref: refOf(now),
      name: nameOf(now, columns),
      kind: 'changed',
      field: column.heading,
      before: shortBefore || null,
      after: shortAfter || null,
    },
  ];
}

function print(column: PackColumn, row: Row): string {
  const value = row[column.field];
  if (column.kind !== 'photograph') return formatValue(value, column.kind);
  if (value === null || value === undefined) return '';
  const taken = formatValue(row.photographDate, 'date');
  return taken === '' ? 'Photograph, date not known' : `Photograph of ${taken}`;
}

/** Two texts cut to where they differ, in whole characters; short ones as they stand. */
function shorten(before: string, after: string): [string, string] {
  if (before.length <= longest && after.length <= longest) return [before, after];
  const first = [...before];
  const second = [...after];
  const least = Math.min(first.length, second.length);
  let start = 0;
  while (start < least && first[start] === second[start]) start += 1;
  let end = 0;
  while (end < least - start && first[first.length - 1 - end] === second[second.length - 1 - end]) end += 1;
  const from = Math.max(0, start - around);
  const cut = (text: readonly string[]) => {
    const to = Math.min(text.length, text.length - end + around);
    const shown = text.slice(from, to);
    const tooLong = shown.length > longest;
    const part = (tooLong ? shown.slice(0, longest) : shown).join('');
    return `${from > 0 ? '…' : ''}${part}${tooLong || to < text.length ? '…' : ''}`;
  };
  return [first.length === 0 ? '' : cut(first), second.length === 0 ? '' : cut(second)];
}

function refOf(row: Row): string {
  return String(row.ref);
}

/** What the record is called in this pack, or its reference. */
function nameOf(row: Row, columns: readonly PackColumn[]): string {
  for (const field of nameFields) {
    const column = columns.find((each) => each.field === field);
    if (column === undefined) continue;
    const text = formatValue(row[field], column.kind).split('\n')[0] ?? '';
    if (text !== '') return text.length > 120 ? `${text.slice(0, 119)}…` : text;
  }
  return refOf(row);
}

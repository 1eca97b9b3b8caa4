/** One record with everything behind it: where every value came from, links, photographs, history. */
import type { RecordDetail, RecordLink, SourcedValue } from '../../../shared/contract/schemas.ts';
import { grids, makeRef } from '../../../shared/grid/grids.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { Grid, GridName } from '../../../shared/grid/types.ts';
import { originColumns } from '../../../shared/intake/kinds.ts';
import type { ReadDatabase } from '../database/connection.ts';
import type { EvidencePlace } from '../database/queries/evidence.ts';
import { readPlace, shownText } from '../database/queries/evidence.ts';
import type { Moment } from '../database/queries/expressions.ts';
import { labelOf, mentionedRefs, readLabels, readRow } from '../database/queries/rows.ts';
import { all, get } from '../database/sql.ts';
import { openConflicts } from '../exchange/conflicts.ts';
import { lettersOf, readOwnCopy } from '../exchange/copies.ts';
import { columnLetter } from '../intake/guess.ts';
import type { Viewer } from '../journal/entries.ts';
import { listEntries } from '../journal/entries.ts';
import { membersOf, mergedSince } from './groups.ts';
import type { ManualRow, RecordRow } from './materialise.ts';
import { chooseValues, createdField, readManual, readRecords, removedField } from './materialise.ts';

const maximumCalls = 20;

/** Everything about one record but its findings. The row must exist. */
export function showRecord(
  database: ReadDatabase,
  gridName: GridName,
  id: number,
  moment: Moment,
  viewer: Viewer,
): Omit<RecordDetail, 'findings'> {
  const grid = grids[gridName];
  const row = readRow(database, gridName, id, moment);
  const ref = makeRef(gridName, id);
  const links = readLinks(database, gridName, id);
  const values = readValues(database, gridName, id, row);
  const labels = readLabels(database, [...mentionedRefs(grid, [row]), ...links.map((link) => link.ref)]);
  return {
    ref,
    members: membersOf(database, gridName, id).flatMap((member) => {
      const since = member === id ? undefined : mergedSince(database, gridName, member);
      return since ? [{ ref: makeRef(gridName, member), since: since.at, by: since.user }] : [];
    }),
    kind: grid.noun,
    grid: gridName,
    label: labelOf(grid, { ...row, ref }),
    row,
    values,
    links: links.map((link) => ({ ...link, label: labels[link.ref] ?? link.ref })),
    history: listEntries(database, { limit: 200, filter: { ref }, viewer }),
    photographs: all<{ id: number; takenOn: string | null; caption: string | null }>(
      database,
      'SELECT id, taken_on AS takenOn, caption FROM photograph WHERE grid = ? AND row_id = ? AND standing = 1 ORDER BY taken_on DESC, id DESC',
      gridName,
      id,
    ).map((photograph) => ({ ...photograph, id: String(photograph.id) })),
    labels,
  };
}

/** A value with the row of evidence and the columns (0-based) that it was read from; none for a manual one. */
export interface PlacedValue extends SourcedValue {
  evidence?: { id: number; columns: number[] };
}

/** Every value of a record by field, the preferred one first. `row` is the record's row in its grid. */
export function readValues(
  database: ReadDatabase,
  gridName: GridName,
  id: number,
  row: Record<string, unknown>,
): Record<string, PlacedValue[]> {
  if (gridName === 'communications') return callValues(database, id, row);
  const values = sourcedValues(database, grids[gridName], id);
  if (gridName === 'phones' && values.number === undefined && typeof row.number === 'string')
    values.number = numberFromCalls(database, id, row.number);
  return values;
}

/** A reader of places that remembers blocks already opened: a record's rows often stand together. */
function placeReader(database: ReadDatabase): (evidenceId: number) => EvidencePlace | undefined {
  const seen = new Map<number, EvidencePlace | undefined>();
  return (evidenceId) => {
    if (!seen.has(evidenceId)) seen.set(evidenceId, readPlace(database, evidenceId));
    return seen.get(evidenceId);
  };
}

function fromPlace(
  place: EvidencePlace,
  prefix: string,
  field: string,
  part = 0,
): Pick<PlacedValue, 'raw' | 'file' | 'sheet' | 'row' | 'column' | 'evidence'> {
  const columns = originColumns(prefix, field, place.mapping, part);
  const shown = columns.filter((column) => shownText(place.cells, column) !== '');
  const used = shown.length > 0 ? shown : columns;
  return {
    raw: used.map((column) => shownText(place.cells, column)).join(' | '),
    file: place.file,
    sheet: place.sheet,
    row: place.row,
    column: used.map((column) => place.headers[column] || columnLetter(column)).join(' + ') || null,
    evidence: { id: place.evidenceId, columns: used },
  };
}

function sourcedValues(database: ReadDatabase, grid: Grid, id: number): Record<string, PlacedValue[]> {
  const records = readRecords(database, grid.name, id);
  const manual = readManual(database, grid.name, id);
  const chosen = chooseValues(records, manual);
  const placeOf = placeReader(database);
  const values: Record<string, PlacedValue[]> = {};
  const add = (field: string, value: PlacedValue) => {
    values[field] ??= [];
    values[field].push(value);
  };
  for (const record of records) {
    const place = placeOf(record.evidence_id);
    if (!place) continue;
    const repairs = JSON.parse(record.repairs ?? '{}') as Record<string, string>;
    for (const [field, value] of Object.entries(JSON.parse(record.fields) as Record<string, CellValue>)) {
      if (value === null) continue;
      const counts = chosen.counts(record, field);
      add(field, {
        value,
        ...fromPlace(place, record.prefix, field, record.part),
        grade: record.grade,
        preferred: counts && isPreferred(chosen.from.get(field), record, records, field, value),
        ...(repairs[field] ? { repaired: repairs[field] } : {}),
        ...(record.state === 'withdrawn' ? { withdrawn: true } : counts ? {} : { superseded: true }),
      });
    }
  }
  for (const entry of manual) {
    if (entry.field === createdField || entry.field === removedField) continue;
    add(entry.field, {
      value: entry.value,
      raw: null,
      file: 'analyst',
      sheet: null,
      row: null,
      column: null,
      grade: null,
      preferred: chosen.from.get(entry.field) === `m${entry.seq}`,
      ...(entry.overruled === 1 ? { superseded: true } : {}),
      ...enteredBy(database, grid.name, entry),
    });
  }
  for (const { field, said } of otherSayings(database, grid.name, id)) add(field, said);
  for (const list of Object.values(values)) list.sort((a, b) => Number(b.preferred) - Number(a.preferred));
  return values;
}

/** Who entered a value, when, and on which copy of the operation, where that was another. */
function enteredBy(
  database: ReadDatabase,
  grid: GridName,
  { atom, field, seq }: ManualRow,
): Pick<PlacedValue, 'by' | 'at' | 'copy'> {
  const entered = get<{ at: string; user: string; copy: number | null }>(
    database,
    `SELECT coalesce(e.at, j.at) AS at, coalesce(e.user, j.user) AS user, e.copy
     FROM journal j LEFT JOIN exchange_origin e ON e.grid = ? AND e.row_id = ? AND e.field = ? AND e.seq = j.seq
     WHERE j.seq = ?`,
    grid,
    atom,
    field,
    seq,
  );
  return entered ? { by: entered.user, at: entered.at, ...copyOf(database, entered.copy) } : {};
}

function copyOf(database: ReadDatabase, copy: number | null): { copy?: string } {
  const own = readOwnCopy(database)?.number;
  return copy === null || own === undefined || copy === own ? {} : { copy: lettersOf(copy) };
}

/** What other copies say of fields, while nobody has decided between them. */
function otherSayings(
  database: ReadDatabase,
  grid: GridName,
  id: number,
): { field: string; said: PlacedValue }[] {
  return openConflicts(database, { grid, id }).flatMap(({ kind, field, options }) =>
    kind !== 'value' || field.startsWith('$')
      ? []
      : options
          .filter(({ standing }) => !standing)
          .map(({ value, user, at, copy }) => ({
            field,
            said: {
              value: value as CellValue,
              raw: null,
              file: 'analyst',
              sheet: null,
              row: null,
              column: null,
              grade: null,
              preferred: false,
              ...(user === null || at === null ? {} : { by: user, at }),
              ...copyOf(database, copy),
            },
          })),
  );
}

/** The value that the row shows; of several equal ones, all that say it. */
function isPreferred(
  from: string | undefined,
  record: RecordRow,
  records: readonly RecordRow[],
  field: string,
  value: CellValue,
): boolean {
  if (from === undefined || from.startsWith('m')) return false;
  if (from === String(record.id)) return true;
  const preferred = records.find((each) => String(each.id) === from);
  return (
    preferred !== undefined && (JSON.parse(preferred.fields) as Record<string, CellValue>)[field] === value
  );
}

function callValues(
  database: ReadDatabase,
  id: number,
  row: Record<string, unknown>,
): Record<string, PlacedValue[]> {
  const call = get<{ evidence_id: number }>(
    database,
    'SELECT evidence_id FROM communication WHERE id = ?',
    id,
  );
  const place = call ? readPlace(database, call.evidence_id) : undefined;
  if (!place) return {};
  const values: Record<string, PlacedValue[]> = {};
  for (const column of grids.communications.columns) {
    const value = row[column.field] as CellValue | undefined;
    if (value === null || value === undefined) continue;
    values[column.field] = [{ value, ...fromPlace(place, '', column.field), grade: null, preferred: true }];
  }
  return values;
}

/** A number that only call data knows: the first calls in which it stands. */
function numberFromCalls(database: ReadDatabase, id: number, number: string): PlacedValue[] {
  const calls = all<{ evidence_id: number; side: string }>(
    database,
    `SELECT evidence_id, side FROM (
       SELECT evidence_id, 'aNumber' AS side, start FROM communication WHERE a_phone = ?
       UNION ALL SELECT evidence_id, 'bNumber', start FROM communication WHERE b_phone = ?)
     ORDER BY start LIMIT ${maximumCalls}`,
    id,
    id,
  );
  return calls.flatMap((call) => {
    const place = readPlace(database, call.evidence_id);
    return place ? [{ value: number, ...fromPlace(place, '', call.side), grade: null, preferred: true }] : [];
  });
}

function readLinks(database: ReadDatabase, grid: GridName, id: number): RecordLink[] {
  const rows = all<{ grid: GridName; row_id: number; relation: string; evidence_id: number }>(
    database,
    `SELECT b_grid AS grid, b_id AS row_id, relation, evidence_id FROM link WHERE a_grid = ? AND a_id = ?
     UNION ALL SELECT a_grid, a_id, relation, evidence_id FROM link WHERE b_grid = ? AND b_id = ? LIMIT 2000`,
    grid,
    id,
    grid,
    id,
  );
  const placeOf = placeReader(database);
  const links = new Map<string, RecordLink>();
  for (const row of rows) {
    const ref = makeRef(row.grid, row.row_id);
    const key = `${ref} ${row.relation}`;
    const link = links.get(key) ?? { ref, label: ref, relation: row.relation, sources: [] };
    const place = placeOf(row.evidence_id);
    if (place) link.sources.push({ file: place.file, sheet: place.sheet, row: place.row });
    links.set(key, link);
  }
  for (const mention of readMentions(database, makeRef(grid, id)))
    links.set(`${mention.ref} ${mention.relation}`, mention);
  return [...links.values()];
}

/** Records of the plan that name this one: its targets, warrants, teams, safeguarding plans. */
function readMentions(database: ReadDatabase, ref: string): RecordLink[] {
  const links: RecordLink[] = [];
  for (const grid of Object.values(grids)) {
    for (const column of grid.columns) {
      if (column.derived || !column.editable || (column.type !== 'ref' && column.type !== 'refs')) continue;
      const name = column.field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      const rows = all<{ id: number }>(
        database,
        column.type === 'ref'
          ? `SELECT id FROM "${grid.table}" WHERE "${name}" = ? LIMIT 200`
          : `SELECT id FROM "${grid.table}" WHERE ',' || "${name}" || ',' LIKE '%,' || ? || ',%' LIMIT 200`,
        ref,
      );
      for (const row of rows)
        links.push({
          ref: makeRef(grid.name, row.id),
          label: '',
          relation: `${column.title.toLowerCase()} of ${grid.noun}`,
          sources: [],
        });
    }
  }
  return links;
}

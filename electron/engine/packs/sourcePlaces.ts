import { parseRef } from '../../../shared/grid/grids.ts';
import { originColumns } from '../../../shared/intake/kinds.ts';
import { formatMoment } from '../../../shared/packs/format.ts';
import type { PackData, SourceEntry, SourceFileRow } from '../../../shared/packs/packData.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { type EvidencePlace, type OpenBlock, readBlock, shownText } from '../database/queries/evidence.ts';
import { all, get } from '../database/sql.ts';
import { chooseValues, readManual, readRecords } from '../entities/materialise.ts';
import { columnLetter } from '../intake/guess.ts';
import { inOrder } from './collect/networkRows.ts';
import type { Snapshot } from './snapshot.ts';
import { listTrails, tracedSections } from './sourceOrigins.ts';

type Place = Pick<SourceEntry, 'file' | 'sheet' | 'row' | 'column' | 'raw'>;

/** Lists, for every printed value that came from somewhere, the file, sheet, row and column, and what stood there. */
export function listSources(
  snapshot: Snapshot,
  data: Omit<PackData, 'sources' | 'sourceFiles'>,
): { sources: SourceEntry[]; sourceFiles: SourceFileRow[] } {
  const finder = placeFinder(snapshot.database);
  const sources: SourceEntry[] = [];
  for (const section of tracedSections) {
    for (const row of data[section]) {
      const printed = row as unknown as Readonly<Record<string, unknown>>;
      for (const { field, ref, origin, value } of listTrails(snapshot, section, row)) {
        if (isBlank(printed[field])) continue;
        for (const place of finder.placesOf(ref, origin))
          sources.push({ section, ref: row.ref, field, value, ...place });
      }
    }
  }
  sources.push(...linkSources(snapshot, data));
  return { sources, sourceFiles: listFiles(snapshot.database, sources) };
}

/** The rows of evidence behind each link, in the order of the links. */
function linkSources(snapshot: Snapshot, data: Pick<PackData, 'links'>): SourceEntry[] {
  const readEvidence = evidenceReader(snapshot.database);
  const wanted = data.links.map(({ ref, from, kind }) => {
    const ids = (snapshot.links.get(from) ?? [])
      .filter((link) => `${inOrder(link.from, link.to).join(' ')} ${link.relation}` === ref)
      .map(({ evidenceId }) => evidenceId);
    return { ref, kind, ids: [...new Set(ids)] };
  });
  // Read in the order in which the rows are kept, so that each block is opened once.
  const places = new Map<number, EvidencePlace | undefined>();
  for (const id of [...new Set(wanted.flatMap(({ ids }) => ids))].sort((first, second) => first - second))
    places.set(id, readEvidence(id));
  return wanted.flatMap(({ ref, kind, ids }) =>
    ids.flatMap((id) => {
      const place = places.get(id);
      if (place === undefined) return [];
      const { file, sheet, row } = place;
      return [
        {
          section: 'links' as const,
          ref,
          field: 'kind',
          value: kind,
          file,
          sheet,
          row,
          column: null,
          raw: '',
        },
      ];
    }),
  );
}

function placeFinder(database: ReadDatabase): { placesOf(ref: string, field: string): readonly Place[] } {
  const known = new Map<string, ReadonlyMap<string, readonly Place[]>>();
  const readEvidence = evidenceReader(database);
  return {
    placesOf(ref, field) {
      let places = known.get(ref);
      if (places === undefined) {
        places = placesOfRecord(database, ref, readEvidence);
        known.set(ref, places);
      }
      return places.get(field) ?? [];
    },
  };
}

/** For each field of one record the places of its preferred value. */
function placesOfRecord(
  database: ReadDatabase,
  ref: string,
  readEvidence: (id: number) => EvidencePlace | undefined,
): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>();
  const parsed = parseRef(ref);
  if (parsed === null) return places;
  const records = readRecords(database, parsed.grid.name, parsed.id);
  const manual = readManual(database, parsed.grid.name, parsed.id);
  const { values, from, counts } = chooseValues(records, manual);
  for (const record of records) {
    const fields = Object.entries(JSON.parse(record.fields) as Record<string, unknown>);
    const place = fields.length === 0 ? undefined : readEvidence(record.evidence_id);
    if (place === undefined) continue;
    for (const [field, value] of fields) {
      if (value === null || value === '' || from.get(field)?.startsWith('m') === true) continue;
      if (!counts(record, field)) continue;
      const chosen = String(values.get(field) ?? '').toLowerCase();
      if (from.get(field) !== String(record.id) && !chosen.includes(String(value).toLowerCase())) continue;
      push(places, field, describePlace(place, record.prefix, field, record.part));
    }
  }
  for (const [field, value] of values) {
    const entry = from.get(field);
    if (entry?.startsWith('m') !== true) continue;
    const journal = get<{ at: string; user: string }>(
      database,
      'SELECT at, user FROM journal WHERE seq = ?',
      Number(entry.slice(1)),
    );
    push(places, field, {
      file:
        journal === undefined
          ? 'Entered by an analyst'
          : `Entered by ${journal.user}, ${formatMoment(journal.at)}`,
      sheet: null,
      row: null,
      column: null,
      raw: String(value ?? ''),
    });
  }
  return places;
}

function describePlace(place: EvidencePlace, prefix: string, field: string, part: number): Place {
  const columns = originColumns(prefix, field, place.mapping, part);
  const filled = columns.filter((column) => shownText(place.cells, column) !== '');
  const used = filled.length > 0 ? filled : columns;
  return {
    file: place.file,
    sheet: place.sheet,
    row: place.row,
    column: used.map((column) => place.headers[column] || columnLetter(column)).join(' + ') || null,
    raw: used.map((column) => shownText(place.cells, column)).join(' | '),
  };
}

/** Reads rows of evidence, keeping the blocks last opened: rows of a pack often stand together. */
function evidenceReader(database: ReadDatabase): (id: number) => EvidencePlace | undefined {
  const blocks: OpenBlock[] = [];
  const sheets = new Map<number, Pick<EvidencePlace, 'file' | 'sheet' | 'headers' | 'mapping'> | undefined>();
  return (id) => {
    let block = blocks.find((each) => id >= each.firstId && id < each.firstId + each.rows.length);
    if (block === undefined) {
      block = readBlock(database, id);
      if (block === undefined) return undefined;
      if (blocks.push(block) > 16) blocks.shift();
    }
    if (!sheets.has(block.sheetId)) sheets.set(block.sheetId, readSheet(database, block.sheetId));
    const sheet = sheets.get(block.sheetId);
    const row = block.rows[id - block.firstId];
    if (sheet === undefined || row === undefined) return undefined;
    return { evidenceId: id, sheetId: block.sheetId, ...sheet, row: row[0], cells: row[1] };
  };
}

function readSheet(
  database: ReadDatabase,
  id: number,
): Pick<EvidencePlace, 'file' | 'sheet' | 'headers' | 'mapping'> | undefined {
  const row = get<{ file: string; sheet: string; headers: string; mapping: string }>(
    database,
    'SELECT file, sheet, headers, mapping FROM source_sheet WHERE id = ?',
    id,
  );
  if (row === undefined) return undefined;
  return {
    file: row.file,
    sheet: row.sheet,
    headers: JSON.parse(row.headers) as string[],
    mapping: JSON.parse(row.mapping) as (string | null)[],
  };
}

function listFiles(database: ReadDatabase, sources: readonly SourceEntry[]): SourceFileRow[] {
  const used = new Map<string, number>();
  for (const { file } of sources) used.set(file, (used.get(file) ?? 0) + 1);
  const rows = all<{ file: string; sheet: string; sha256: string; at: string }>(
    database,
    `SELECT s.file, s.sheet, f.sha256, i.at FROM source_sheet s
     JOIN source_file f ON f.id = s.file_id JOIN import i ON i.id = s.import
     WHERE i.state = 'standing' ORDER BY s.id`,
  );
  const files = new Map<string, SourceFileRow>();
  for (const { file, sheet, sha256, at } of rows) {
    const values = used.get(file);
    if (values === undefined) continue;
    const key = `${sha256} ${file}`;
    const known = files.get(key);
    files.set(
      key,
      known === undefined
        ? { ref: `F${files.size + 1}`, file, sheets: [sheet], sha256, imported: at, values }
        : { ...known, sheets: [...new Set([...known.sheets, sheet])] },
    );
  }
  return [...files.values()];
}

function push(places: Map<string, Place[]>, field: string, place: Place): void {
  const known = places.get(field);
  if (known === undefined) places.set(field, [place]);
  else if (
    !known.some((each) => each.file === place.file && each.sheet === place.sheet && each.row === place.row)
  )
    known.push(place);
}

function isBlank(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

import { createHash } from 'node:crypto';
import { dataAsAt, strikeAt } from './dates.ts';
import { groupPeople, listColumn, listImportedRows, normalisePhone, normaliseText } from './distinct.ts';
import type { Table } from './table.ts';

/** Pairs that look alike and must not be joined without a person deciding it. */
const lookalikes = [
  {
    left: 'Thomas Redfern-Lowe (N-006)',
    right: 'Thomas Redfern-Lowe (N-007)',
    why: 'same name, another date of birth: father and son',
  },
  {
    left: 'Callum Brackenridge (N-004)',
    right: 'Connor Brackenridge (N-005)',
    why: 'same surname and date of birth: twins',
  },
  {
    left: 'Siân Pryce-Ellis (N-008)',
    right: 'PRYCE ELLIS, Sian (custody)',
    why: 'name alike, born a day apart, no PNC ID',
  },
  {
    left: 'Jordan Mistry (N-010)',
    right: 'MISTRY, Jordan (custody)',
    why: 'same name; the nominal has no date of birth',
  },
  {
    left: 'Ellis Fenwick-Shaw (N-009)',
    right: 'FENWICK-SHAW, Ellis (custody)',
    why: 'same name; the date of birth in custody is ambiguous',
  },
  {
    left: 'Oliver Ravenglass-Hill (N-043)',
    right: 'Ollie Ravenglass-Hill (PR-007)',
    why: 'same surname and date of birth, nickname as forename',
  },
] as const;

function describeTable(table: Table): unknown {
  const listed = table.rows.map((row, index) => ({ row: table.headerRow + index + 1, fate: row.fate }));
  const skippedRows = listed.flatMap(({ row, fate }) =>
    fate.fate === 'skipped' ? [{ row, reason: fate.reason }] : [],
  );
  const rejectedRows = listed.flatMap(({ row, fate }) =>
    fate.fate === 'rejected' ? [{ row, code: fate.code, reason: fate.reason }] : [],
  );
  return {
    sheet: table.sheet,
    kind: table.kind,
    headerRow: table.headerRow,
    mapping: Object.fromEntries(table.columns.map((column) => [column.header, column.field])),
    rows: table.rows.length,
    imported: listImportedRows(table).length,
    skipped: skippedRows.length,
    rejected: rejectedRows.length,
    skippedRows,
    rejectedRows,
    issues: table.issues,
  };
}

function countDistinct(texts: readonly string[]): number {
  return new Set(texts).size;
}

function describeDistinct(find: (file: string) => Table): unknown {
  const nominals = find('nominals.xlsx');
  const groups = groupPeople(nominals, find('custody.csv'), find('partner referrals.xlsx'));
  const nominalPhones = listColumn(nominals, 'Mobile').map(normalisePhone);
  const subscriberPhones = listColumn(find('subscribers.csv'), 'Telephone Number').map(normalisePhone);
  const officerPhones = listColumn(find('officers and duties.xlsx'), 'Mobile').map(normalisePhone);
  const callData = find('call data.csv');
  const callParties = [...listColumn(callData, 'A Number'), ...listColumn(callData, 'B Number')].map(
    normalisePhone,
  );
  const homes = listColumn(nominals, 'Home address').map(normaliseText);
  const places = listColumn(find('premises.xlsx'), 'Address').map(normaliseText);
  const marks = [...listColumn(find('vehicles.xlsx'), 'VRM'), ...listColumn(nominals, 'Vehicle')].map(
    normaliseText,
  );
  return {
    people: {
      rule: 'Rows of kinds person, custody and referral, joined by the same valid PNC ID or the same full name and date of birth. Names that stand in subscriber, vehicle and warrant rows are not counted.',
      records: groups.reduce((sum, group) => sum + group.length, 0),
      distinct: groups.length,
      distinctInNominals: groups.filter((group) => group.some((record) => record.file === nominals.file))
        .length,
      joined: groups
        .filter((group) => group.length > 1)
        .map((group) => group.map((record) => ({ file: record.file, row: record.row }))),
      lookalikes,
    },
    phones: {
      inNominals: countDistinct(nominalPhones),
      inSubscribers: countDistinct(subscriberPhones),
      inNominalsOrSubscribers: countDistinct([...nominalPhones, ...subscriberPhones]),
      ofOfficers: countDistinct(officerPhones),
      inCallData: countDistinct(callParties.filter((number) => number.startsWith('+'))),
      shortCodesInCallData: [...new Set(callParties.filter((number) => !number.startsWith('+')))].sort(),
      inAnyFileWithoutOfficers: countDistinct(
        [...nominalPhones, ...subscriberPhones, ...callParties].filter((number) => number.startsWith('+')),
      ),
    },
    premises: {
      rule: 'Address text without spaces, punctuation and case.',
      inPremises: countDistinct(places),
      inNominals: countDistinct(homes),
      inAnyFile: countDistinct([...homes, ...places]),
    },
    vehicles: { inAnyFile: countDistinct(marks) },
  };
}

/**
 * What the importer must find in the demonstration files: rows and their fate, sampled cells, issues,
 * and how many people and things are left after joining.
 */
export function makeTruth(tables: readonly Table[], files: ReadonlyMap<string, Uint8Array>): unknown {
  const find = (file: string): Table => {
    const table = tables.find((candidate) => candidate.file === file);
    if (!table) throw new Error(`no table of ${file}`);
    return table;
  };
  const names = [...new Set(tables.map((table) => table.file))];
  const listed = tables.flatMap((table) =>
    table.rows.flatMap((row, index) =>
      row.fate.fate === 'rejected'
        ? [
            {
              file: table.file,
              sheet: table.sheet,
              row: table.headerRow + index + 1,
              code: row.fate.code,
              reason: row.fate.reason,
            },
          ]
        : [],
    ),
  );
  return {
    about:
      'Row numbers are 1-based: as Excel shows them, and for CSV counting every line. "rows" are all rows after the header up to the last one of the table, blank ones included. Codes are words, not a contract. Dates are ISO and local. A row that repeats a phone, vehicle or officer counts as imported here; an importer may call it updated.',
    operation: 'Operation Fellgate',
    dataAsAt,
    strikeAt,
    files: names.map((file) => ({
      file,
      sha256: createHash('sha256')
        .update(files.get(file) ?? new Uint8Array(0))
        .digest('hex'),
      sheets: tables.filter((table) => table.file === file).map(describeTable),
      ...(file === 'nominals.xlsx' ? { sheetsWithoutTable: ['Notes'] } : {}),
    })),
    rejected: listed,
    ambiguousDates: tables.flatMap((table) =>
      table.issues
        .filter((issue) => issue.code === 'date.ambiguous')
        .map((issue) => ({ file: table.file, sheet: table.sheet, ...issue })),
    ),
    distinct: describeDistinct(find),
    samples: tables.flatMap((table) =>
      table.samples.map((sample) => ({ file: table.file, sheet: table.sheet, ...sample })),
    ),
  };
}

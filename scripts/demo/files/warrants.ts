import { toDayFirst, toExcelDate } from '../dates.ts';
import { people } from '../people.ts';
import { addBlankRow, addDataRow, addRejectedRow, createTable, expectIssue, type Table } from '../table.ts';
import { createWorkbook, drawSheet, packWorkbook } from '../workbook.ts';
import { premises } from '../world.ts';

export const warrantsFile = 'warrants.xlsx';

const columns = [
  { header: 'Warrant No', field: 'number', width: 14 },
  { header: 'Power', field: 'power', width: 24 },
  { header: 'Issuing court', field: 'court', width: 24 },
  { header: 'Issued by', field: 'authority', width: 18 },
  { header: 'Date issued', field: 'issued', width: 12 },
  { header: 'Expires', field: 'expires', width: 12 },
  { header: 'Entry', field: 'entries', width: 12 },
  { header: 'Premises to be searched', field: 'premises.address', width: 42 },
  { header: 'Person named', field: 'personText', width: 26 },
  { header: 'Status', field: 'status', width: 12 },
  { header: 'Remarks', field: 'note', width: 36 },
] as const;

export interface Warrant {
  number: string;
  power: string;
  issued: string;
  expires: string;
  entries: string;
  /** Position in the list of premises. */
  place: number;
  person: string;
  note: string;
}

/** number | power as written | issued | expires | entries | premises | person | remarks */
const lines = `
FE/26/1101|s.23(3) MDA 1971|2026-11-17|2026-12-17|Single|0|N-016|
FE/26/1102|S.23 MDA|2026-11-17|2026-12-17|single|2|N-007|
FE/26/1103|s8 PACE|2026-11-18|2027-02-18|Multiple|3|N-013|
FE/26/1104|Sec 8 PACE 1984|2026-11-18|2027-02-18|Single entry|7|N-009|
FE/26/1105|S23 Misuse of Drugs Act|2026-11-10|2027-02-10|Single|8|N-041|
FE/26/1106|s.23 MDA|2026-10-29|2026-11-29|Single|9||Lock-up
AM/26/0871|s.8 PACE (all premises)|2026-11-19|2027-02-19|Multi|20|N-001|
AM/26/0872|PACE s8|2026-11-19|2027-02-19|Single|21|N-002|2nd entry planned 04/12/2026 0600
FE/26/1107|s.23(3) M.D.A.|2026-11-20|2026-12-20|Single|10|N-020|
FE/26/1108|S.23 MDA|2026-11-20|2026-12-20|1|11|N-052|
FE/26/1109|s26 Theft Act 1968|2026-11-20|2027-02-20|Single|18||Stolen tools
AM/26/0880|MDA 1971 s 23|2026-11-23|2026-12-23|Single|22|N-012|
FE/26/1110|s.23 MDA|2026-11-23|2026-12-23|Single|14|N-056|Children at weekends
FE/26/1111|S.8 PACE|2026-11-23|2027-02-23|multiple entry|17|N-018|
`;

/** The fourteen warrants. */
export const warrants: readonly Warrant[] = lines
  .trim()
  .split('\n')
  .map((line) => {
    const [
      number = '',
      power = '',
      issued = '',
      expires = '',
      entries = '',
      place = '',
      person = '',
      note = '',
    ] = line.split('|');
    return { number, power, issued, expires, entries, place: Number(place), person, note };
  });

function writePerson(ref: string, index: number): string | null {
  const person = people.find((candidate) => candidate.ref === ref);
  if (!person) return null;
  return index % 2 === 0
    ? `${person.surname.toUpperCase()}, ${person.forenames}`
    : `${person.forenames} ${person.surname}`;
}

/** Warrants: powers as people write them, three of them with something wrong, and one row with nothing to hold on to. */
export function buildWarrantsTable(): Table {
  const table = createTable(warrantsFile, 'Warrants', 'warrant', 4, columns);
  warrants.forEach((warrant, index) => {
    if (index === 6) {
      addRejectedRow(
        table,
        [null, null, null, null, null, null, null, null, null, 'TBC', 'Awaiting court listing'],
        'row.nothing-usable',
        'No warrant number, premises or person: nothing to hold on to',
      );
    }
    if (index === 11) addBlankRow(table);
    const place = premises[warrant.place];
    if (!place) throw new Error(`no premises for ${warrant.number}`);
    const cleaned: Record<string, string> = {};
    if (index === 0) cleaned['Date issued'] = warrant.issued;
    if (index === 2) cleaned['Date issued'] = warrant.issued;
    if (index === 4) cleaned.Expires = warrant.expires;
    const row = addDataRow(
      table,
      [
        warrant.number,
        warrant.power,
        warrant.number.startsWith('AM') ? 'Aldermoor Magistrates’ Court' : 'Fellshire Magistrates’ Court',
        index % 3 === 0 ? 'DJ Whitbarrow' : 'JP',
        index % 4 === 2 ? toDayFirst(warrant.issued) : toExcelDate(warrant.issued),
        toExcelDate(warrant.expires),
        warrant.entries,
        `${place.address} ${place.postcode}`,
        writePerson(warrant.person, index),
        'Issued',
        warrant.note === '' ? null : warrant.note,
      ],
      cleaned,
    );
    if (warrant.number === 'FE/26/1105') {
      expectIssue(
        table,
        row,
        'Expires',
        'warrant.too-long',
        'A section 23 warrant was given three months, not one',
      );
    }
    if (warrant.number === 'FE/26/1106') {
      expectIssue(table, row, 'Expires', 'warrant.expired', 'Expires four days before the strike');
    }
    if (warrant.number === 'AM/26/0872') {
      expectIssue(
        table,
        row,
        'Entry',
        'warrant.second-entry',
        'A second entry is planned on a single entry warrant',
      );
    }
  });
  return table;
}

/** The workbook of warrants. */
export async function drawWarrants(table: Table): Promise<Uint8Array> {
  const workbook = createWorkbook('Op Fellgate planning cell');
  drawSheet(workbook, table, {
    titles: ['Op FELLGATE – warrants', 'OFFICIAL-SENSITIVE', 'Strike 03/12/2026 0530'],
    font: 'Calibri',
    headerColour: 'FFF8CBAD',
  });
  return packWorkbook(workbook);
}

import { toDayFirst, toDotted, toExcelDate, toLongDate } from '../dates.ts';
import { shortenPncId, spacePhone, toE164 } from '../identifiers.ts';
import { findPerson, type Person, people } from '../people.ts';
import {
  addBlankRow,
  addDataRow,
  addRepeatedHeader,
  addTotalRow,
  type Cell,
  createTable,
  expectIssue,
  type Table,
} from '../table.ts';
import { createWorkbook, drawNotes, drawSheet, packWorkbook } from '../workbook.ts';
import { findHome, phones, vehicles } from '../world.ts';

export const nominalsFile = 'nominals.xlsx';

const columns = [
  { header: 'Nominal Ref', field: 'localRef', width: 11 },
  { header: 'SURNAME', field: 'surname', width: 20 },
  { header: 'Forename(s)', field: 'forenames', width: 16 },
  { header: 'AKA / Street name', field: 'aliases', width: 18 },
  { header: 'Sex', field: 'sex', width: 6 },
  { header: 'D.O.B', field: 'dob', width: 12 },
  { header: 'PNC ID', field: 'pncId', width: 15 },
  { header: 'CRO', field: 'croNumber', width: 13 },
  { header: 'Home address', field: 'premises.address', width: 34 },
  { header: 'Postcode', field: 'premises.postcode', width: 11 },
  { header: 'Mobile', field: 'phone.number', width: 16 },
  { header: 'Vehicle', field: 'vehicle.vrm', width: 11 },
  { header: 'Role', field: 'role', width: 20 },
  { header: 'Warning markers', field: 'markers', width: 28 },
  { header: 'Status', field: 'status', width: 12 },
] as const;

function writeDob(dob: string | null, index: number): Cell {
  if (dob === null) return null;
  if (index % 3 === 1) return toDayFirst(dob);
  if (index % 10 === 2) return toDotted(dob);
  if (index % 10 === 6) return toLongDate(dob);
  return toExcelDate(dob);
}

function writeMobile(number: string, index: number): Cell {
  if (index % 5 === 1) return spacePhone(number);
  if (index % 5 === 2) return `+44 ${number.slice(1, 5)} ${number.slice(5)}`;
  if (index % 7 === 3) return `0044${number.slice(1)}`;
  // What Excel leaves of a mobile typed into a cell of numbers: no leading zero.
  return Number(number);
}

function writePostcode(postcode: string, index: number): string {
  if (index % 6 === 1) return postcode.toLowerCase();
  if (index % 6 === 4) return postcode.replace(' ', '');
  return postcode;
}

function addPerson(table: Table, person: Person, index: number): void {
  const home = findHome(person.ref);
  // The line holder's own row shows the current number of the line.
  const phone = phones.find((candidate) => candidate.holder === person.ref);
  const vehicle = vehicles.find((candidate) => candidate.keeper === `${person.forenames} ${person.surname}`);
  const surname = index % 2 === 0 ? person.surname.toUpperCase() : person.surname;
  const sex = index % 4 === 2 ? (person.sex === 'M' ? 'Male' : 'Female') : person.sex;
  const pncId = person.pncId !== null && index % 3 === 2 ? shortenPncId(person.pncId) : person.pncId;
  const vrm = vehicle ? `${vehicle.vrm.slice(0, 4)} ${vehicle.vrm.slice(4)}` : null;
  const cells: Cell[] = [
    person.ref,
    index % 8 === 3 ? `${surname}  ` : surname,
    index % 9 === 4 ? `\u00a0${person.forenames}\u00a0` : person.forenames,
    person.aka,
    sex,
    writeDob(person.dob, index),
    pncId,
    person.croNumber,
    home ? home.address + (index % 7 === 5 ? ' ' : '') : null,
    home ? writePostcode(home.postcode, index) : null,
    phone ? writeMobile(phone.number, index) : null,
    index % 3 === 0 && vrm !== null ? vrm.toLowerCase() : vrm,
    person.role,
    person.markers === '' ? null : person.markers,
    person.status,
  ];
  const cleaned: Record<string, string> = {};
  if (index === 3) cleaned.SURNAME = person.surname;
  if (index === 4) cleaned['Forename(s)'] = person.forenames;
  if (index === 2 || index === 7) cleaned['Forename(s)'] = person.forenames;
  if (index === 0) cleaned['AKA / Street name'] = person.aka;
  if ([0, 1, 2, 4, 6, 7, 42].includes(index) && person.dob !== null) cleaned['D.O.B'] = person.dob;
  if ([0, 2, 5].includes(index) && person.pncId !== null) cleaned['PNC ID'] = person.pncId;
  if (index === 0 && person.croNumber !== null) cleaned.CRO = person.croNumber;
  if ([1, 4, 7, 8].includes(index) && home) cleaned.Postcode = home.postcode;
  if ([1, 2, 3, 4, 5, 8].includes(index) && phone) cleaned.Mobile = toE164(phone.number);
  if ([0, 1].includes(index) && vehicle) cleaned.Vehicle = vehicle.vrm;
  addDataRow(table, cells, cleaned);
}

/** The sheet of nominals: sixty people, two of them entered twice. */
export function buildNominalsTable(): Table {
  const table = createTable(nominalsFile, 'Nominals', 'person', 5, columns);
  people.forEach((person, index) => {
    if (index === 22) addBlankRow(table);
    if (index === 35) addRepeatedHeader(table);
    if (index === 48) addBlankRow(table);
    addPerson(table, person, index);
  });
  const castellane = findPerson('Castellane');
  const married = addDataRow(
    table,
    // Entered again under a married name: only the PNC ID says that it is the same person.
    [
      'N-061',
      'CASTELLANE-ROE',
      'Bianca',
      'Bee',
      'F',
      null,
      shortenPncId(castellane.pncId ?? ''),
      null,
      null,
      null,
      null,
      null,
      'Recruiter',
      null,
      'Live',
    ],
    { 'PNC ID': castellane.pncId ?? '' },
  );
  expectIssue(table, married, 'PNC ID', 'person.duplicate', 'Same PNC ID as N-023');
  const vasquez = findPerson('Vasquez-Holt');
  const decomposed = addDataRow(
    table,
    // Same name and date of birth; the accent is a separate character and the surname is in capitals.
    [
      'N-062',
      'VASQUEZ-HOLT',
      ' Zoe\u0308',
      'Zo-Zo',
      'F',
      toDayFirst(vasquez.dob ?? ''),
      null,
      null,
      '7 plover mews,  Aldermoor',
      'am64hj',
      null,
      null,
      'Recruiter',
      'Conceals',
      'Live ',
    ],
    { 'Forename(s)': 'Zoë', 'D.O.B': vasquez.dob ?? '', Postcode: 'AM6 4HJ' },
  );
  expectIssue(table, decomposed, 'D.O.B', 'person.duplicate', 'Same name and date of birth as N-011');
  addBlankRow(table);
  addTotalRow(table, ['TOTAL', 62]);
  return table;
}

/** The workbook of nominals, with a second sheet of notes that holds no table. */
export async function drawNominals(table: Table): Promise<Uint8Array> {
  const workbook = createWorkbook('Intelligence Unit');
  drawSheet(workbook, table, {
    titles: [
      'OPERATION FELLGATE – NOMINAL LIST',
      'OFFICIAL-SENSITIVE',
      'Fellshire Constabulary, Serious and Organised Crime. Correct as at 23/11/2026. Not to be copied without authority.',
      '',
    ],
    font: 'Calibri',
    headerColour: 'FFD9E1F2',
  });
  drawNotes(workbook, 'Notes', [
    'OFFICIAL-SENSITIVE',
    'Everyone and every place on this list is invented.',
    'Children are listed as victims. They are not targets; see the safeguarding plan.',
    'Still to do: chase photographs for Thornrigg nominals.',
  ]);
  return packWorkbook(workbook);
}

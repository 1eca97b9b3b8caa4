import { encodeUtf8, toCsv } from '../csv.ts';
import { toDayFirst, toLongDate, toMonthFirst } from '../dates.ts';
import { makePncId, shortenPncId, spoilPncId } from '../identifiers.ts';
import { findPerson } from '../people.ts';
import { addDataRow, createTable, expectIssue, showCell, type Table } from '../table.ts';

export const custodyFile = 'custody.csv';

const columns = [
  { header: 'Custody No', field: 'custodyNumber' },
  { header: 'Detained Person', field: 'name' },
  { header: 'DOB', field: 'dob' },
  { header: 'PNCID', field: 'pncId' },
  { header: 'Arrest Date/Time', field: 'arrestedAt' },
  { header: 'Offence', field: 'offence' },
  { header: 'Station', field: 'station' },
  { header: 'Disposal', field: 'disposal' },
  { header: 'Release Date/Time', field: 'releasedAt' },
] as const;

export interface CustodyRecord {
  surname: string;
  forenames: string;
  /** ISO; null where the sheet cannot tell. */
  dob: string | null;
  pncId: string | null;
  arrestedAt: string;
  releasedAt: string;
  offence: string;
  disposal: string;
}

const supply = 'PWITS Class A (heroin / crack)';

/** surname | forename | arrested | released | offence | disposal; people of the cast. */
const nominalRecords = `
Harcastle|Devon|2026-03-14T06:12|2026-03-15T18:40|Conspiracy to supply Class A|RUI
Okonjo-Reid|Tariq|2025-11-06T21:05|2025-11-07T15:30|Possession of bladed article|Charged
Wierzba|Łukasz|2026-10-04T02:44|2026-10-04T19:10|Drive whilst disqualified|Charged
Brackenridge|Callum|2026-08-19T13:20|2026-08-20T09:55|${supply}|RUI
Brackenridge|Connor|2026-08-19T13:20|2026-08-20T10:25|${supply}|RUI
Redfern-Lowe|Thomas|2026-05-02T07:31|2026-05-02T23:12|Permit premises to be used|NFA
Fenwick-Shaw|Ellis|2026-09-21T16:45|2026-09-22T08:05|Possession of Class B|Caution
Kowalczuk|Marta|2026-07-30T11:00|2026-07-30T20:15|Acquire criminal property|RUI
Adeyemi-Cole|Femi|2026-06-25T22:18|2026-06-27T10:00|Section 18 wounding|Charged, remanded
Trelawick|Jago|2026-09-03T18:02|2026-09-04T12:47|${supply}|Bail 28 days
Dunmail|Ryan|2026-10-11T09:36|2026-10-11T21:30|Theft from shop|Charged
Oduya|Samuel|2026-04-27T20:20|2026-04-28T17:17|${supply}|RUI
Farraday-Nash|Kyle|2026-10-28T23:50|2026-10-29T20:05|Affray|Bail 28 days
Hollis-Tunde|Reece|2026-09-16T15:05|2026-09-16T22:40|${supply}|RUI; NRM submitted; to carer
Nwosu-Bright|Chidi|2026-11-05T12:12|2026-11-06T11:11|${supply}|Bail 28 days
Mensah-Doyle|Kwame|2026-02-18T04:55|2026-02-18T23:59|Possession of bladed article|Charged
Bowfell-James|Tyrone|2026-11-13T19:29|2026-11-14T16:00|${supply}|RUI
Osei-Grant|Emmanuel|2026-01-22T01:15|2026-01-22T14:45|Drive without insurance|Charged
`;

/** People of no other file, and people who only look like somebody of another file. */
const otherRecords: readonly CustodyRecord[] = [
  // Not Siân Pryce-Ellis: no accent, no hyphen, born a day later, no PNC ID to say so.
  other(
    'Pryce Ellis',
    'Sian',
    '1985-10-31',
    null,
    '2026-06-08T10:10',
    'Theft from shop',
    'Community resolution',
  ),
  // The nominal Jordan Mistry has neither date of birth nor PNC ID.
  other(
    'Mistry',
    'Jordan',
    '1998-05-22',
    makePncId(2016, 512_044),
    '2026-07-17T17:40',
    'Possession of Class A',
    'Caution',
  ),
  other('Ollerenshaw', 'Dean', '1990-01-16', makePncId(2009, 77_120), '2026-08-28T03:33', supply, 'Charged'),
  other(
    'Tull-Marsden',
    'Priya',
    '2002-11-18',
    makePncId(2022, 4_318),
    '2026-09-30T14:14',
    'Assault emergency worker',
    'Charged',
  ),
  other(
    'Varley-Oakes',
    'Grant',
    '1977-04-25',
    makePncId(1995, 1_204_551),
    '2026-10-15T22:02',
    'Drunk and disorderly',
    'PND',
  ),
  other('Moss-Adebayo', 'Curtis', '1999-12-28', makePncId(2017, 88_013), '2026-11-19T05:48', supply, 'RUI'),
];

function other(
  surname: string,
  forenames: string,
  dob: string,
  pncId: string | null,
  arrestedAt: string,
  offence: string,
  disposal: string,
): CustodyRecord {
  return {
    surname,
    forenames,
    dob,
    pncId,
    arrestedAt,
    releasedAt: `${arrestedAt.slice(0, 11)}23:30`,
    offence,
    disposal,
  };
}

/** The twenty-four records as they are in truth; the ambiguous date of birth is null. */
export const custodyRecords: readonly CustodyRecord[] = [
  ...nominalRecords
    .trim()
    .split('\n')
    .map((line): CustodyRecord => {
      const [surname = '', forename = '', arrestedAt = '', releasedAt = '', offence = '', disposal = ''] =
        line.split('|');
      const person = findPerson(surname, forename);
      const { forenames, pncId } = person;
      const dob = surname === 'Fenwick-Shaw' ? null : person.dob;
      return { surname, forenames, dob, pncId, arrestedAt, releasedAt, offence, disposal };
    }),
  ...otherRecords,
];

/** The wrong PNC ID of the one record that has one. */
export const wrongPncId = spoilPncId(makePncId(2011, 45_102));

/**
 * Hands typed this column in both orders, so it decides nothing: each date must say its own order,
 * and all but one do, by a day above twelve or a month in letters.
 */
function writeDob(record: CustodyRecord, index: number): string {
  if (record.dob === null) return '04/07/1999';
  if (Number(record.dob.slice(8)) <= 12) return toLongDate(record.dob);
  return index % 2 === 0 ? toMonthFirst(record.dob) : toDayFirst(record.dob);
}

function writeStamp(stamp: string): string {
  return `${toMonthFirst(stamp)} ${stamp.slice(11)}`;
}

/** Custody records of a system set to American dates. */
export function buildCustodyTable(): Table {
  const table = createTable(custodyFile, null, 'custody', 1, columns);
  custodyRecords.forEach((record, index) => {
    const isWrong = record.surname === 'Kowalczuk';
    const pncId = isWrong ? wrongPncId : (record.pncId ?? '');
    const cleaned: Record<string, string> = {};
    if (index === 2) cleaned['Arrest Date/Time'] = '2026-10-04T02:44:00';
    if (index === 3) cleaned['Release Date/Time'] = '2026-08-20T09:55:00';
    if ([0, 3, 4].includes(index) && record.dob) cleaned.DOB = record.dob;
    if (index === 1 && record.pncId) cleaned.PNCID = record.pncId;
    const row = addDataRow(
      table,
      [
        `FE0${1 + (index % 2)}/${record.arrestedAt.slice(2, 4)}/${String(4_107 + index * 13)}`,
        `${record.surname.toUpperCase()}, ${record.forenames}`,
        writeDob(record, index),
        index % 2 === 1 && pncId !== '' ? shortenPncId(pncId) : pncId,
        writeStamp(record.arrestedAt),
        record.offence,
        index % 2 === 0 ? 'Hollinbeck' : 'Merebridge',
        record.disposal,
        writeStamp(record.releasedAt),
      ],
      cleaned,
    );
    if (record.dob === null) expectIssue(table, row, 'DOB', 'date.ambiguous', '4 July or 7 April 1999');
    if (isWrong)
      expectIssue(table, row, 'PNCID', 'pnc.check', 'The check letter is wrong: warn, never block');
  });
  return table;
}

/** The file: UTF-8 with byte order mark. */
export function drawCustody(table: Table): Uint8Array {
  const rows = table.rows.map((row) => columns.map((_, index) => showCell(row.cells[index] ?? null)));
  return encodeUtf8(toCsv([columns.map((column) => column.header), ...rows], ','), true);
}

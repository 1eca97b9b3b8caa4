import { addDays, toDayFirst, toExcelDate } from '../dates.ts';
import { spacePhone } from '../identifiers.ts';
import { findPerson, type Person } from '../people.ts';
import { addBlankRow, addDataRow, createTable, expectIssue, type Table } from '../table.ts';
import { createWorkbook, drawSheet, packWorkbook } from '../workbook.ts';
import { findHome, lineNumber, phones, vehicles } from '../world.ts';
import { makeIntelligenceText } from './intelligenceTexts.ts';

export const intelligenceFile = 'intelligence log.xlsx';

const columns = [
  { header: 'URN', field: 'urn', width: 16 },
  { header: 'Date of report', field: 'reportDate', width: 12 },
  { header: 'Info from', field: 'infoFrom', width: 12 },
  { header: 'Info to', field: 'infoTo', width: 12 },
  { header: 'Grading', field: 'grade', width: 9 },
  { header: 'Handling conditions', field: 'conditions', width: 28 },
  { header: 'Subject(s)', field: 'subjects', width: 26 },
  { header: 'Area', field: 'area', width: 14 },
  { header: 'Intelligence', field: 'text', width: 70 },
  { header: 'Officer', field: 'officer', width: 14 },
  { header: 'Source ref (intelligence unit only)', field: 'sourceRef', width: 16 },
  { header: 'Provenance', field: 'provenance', width: 26 },
  { header: 'GSC', field: 'marking', width: 20 },
] as const;

/** Position in the log of the eight reports that still carry a 5x5x5 grade. */
export const oldGrades = new Map([
  [2, 'E41'],
  [7, 'B31'],
  [13, 'E42'],
  [18, 'C41'],
  [26, 'A11'],
  [33, 'E41'],
  [41, 'E44'],
  [52, 'B21'],
]);
export const missingGradeAt = 37;
/** The one report on this target is untested and uncorroborated. */
export const restsOnOneSource = findPerson('Achebe-Thorne');
const oneSourceAt = 45;
/** A report that breaks the rule on source wording, for the check before export. */
const sourceWordingAt = 29;

const grades = [
  '2CP',
  '1AP',
  '2DP',
  '2 C P',
  '1BP',
  '2/C/P',
  '3DP',
  '2CC',
  '1AP',
  '2cp',
  '2EP',
  '1BC',
  '2-D-P',
  '1CP',
];

const conditions = [
  'A2 – covert use only. Consult originator before any action.',
  'S2 – consult originator before sanitising.',
  'Not to leave the planning team before 03/12/2026.',
  'A1; no operational use that could point to the origin.',
];

const subjects: readonly Person[] = [
  'Harcastle',
  'Okonjo-Reid',
  'Wierzba',
  'Trelawick',
  'Adeyemi-Cole',
  'Dunmail',
  'Vasquez-Holt',
  'Oduya',
  'Farraday-Nash',
  'Hawksby',
  'Mbeki-Lawson',
  'Castellane',
  'Mistry',
  'Fenwick-Shaw',
  'Abernathy-Cross',
  'Mensah-Doyle',
  'Pendragon-Fox',
  'Bowfell-James',
  'Petrov-Hale',
  'Osei-Grant',
].map((surname) => findPerson(surname));

function writeGrade(index: number): string | null {
  if (index === missingGradeAt) return null;
  if (index === oneSourceAt) return '2DP';
  return oldGrades.get(index) ?? grades[index % grades.length] ?? null;
}

function isConditional(grade: string | null): boolean {
  return grade !== null && /^[1-3][\s/-]?[A-E][\s/-]?C$/i.test(grade);
}

/** Sixty logs: 3x5x2 in several spellings, eight 5x5x5, one without a grade. */
export function buildIntelligenceTable(): Table {
  const table = createTable(intelligenceFile, 'Log', 'intelligence', 4, columns);
  for (let index = 0; index < 60; index += 1) {
    if (index === 24) addBlankRow(table);
    const person =
      index === oneSourceAt ? restsOnOneSource : (subjects[index % subjects.length] ?? restsOnOneSource);
    const name = `${person.forenames} ${person.surname}`;
    const home = findHome(person.ref);
    const phone = phones.find((candidate) => candidate.holder === person.ref);
    const vehicle = vehicles.find((candidate) => candidate.keeper === name);
    const reported = addDays('2026-09-01', Math.floor((index * 83) / 60));
    const from = addDays(reported, -(index % 5) - 1);
    const grade = writeGrade(index);
    const conditional = isConditional(grade);
    const text = makeIntelligenceText(index, {
      name,
      home: home ? home.address : 'an address in Aldermoor',
      phone: spacePhone(phone?.number ?? lineNumber),
      vehicle: vehicle ? `${vehicle.colour.toLowerCase()} ${vehicle.make} ${vehicle.vrm}` : 'taxi',
    });
    const cleaned: Record<string, string> = {};
    if (index === 3 || index === 9) cleaned.Grading = index === 3 ? '2CP' : '2CP';
    if (index === 2) cleaned.Grading = 'E41';
    if (index === 0 || index === 1) cleaned['Date of report'] = reported;
    if (index === 4) cleaned['Info from'] = from;
    if (index === 5) cleaned['Source ref (intelligence unit only)'] = `ISR-${7_040 + index}`;
    if (index === 6) cleaned.Intelligence = text;
    const row = addDataRow(
      table,
      [
        `FE/INT/26/${String(1_201 + index * 7)}`,
        toExcelDate(reported),
        index % 3 === 1 ? toDayFirst(from) : toExcelDate(from),
        index % 4 === 0 ? null : toExcelDate(reported),
        grade,
        conditional ? (conditions[index % conditions.length] ?? null) : null,
        index % 3 === 0 ? `${name}; Marlo line` : name,
        home?.postcode.startsWith('FE') ? (home.address.split(', ').at(-1) ?? null) : 'Aldermoor',
        index === sourceWordingAt ? `${text}\nThe caller said she overheard this at the shop.` : text,
        `DC ${['Wasdale', 'Greenup', 'Silverhow', 'Raise'][index % 4]}`,
        `ISR-${7_040 + index}`,
        index % 3 === 2
          ? null
          : (['Open report', 'Patrol', 'Partner agency', 'Sensitive'][index % 4] ?? null),
        index % 6 === 5 ? 'OFFICIAL' : 'OFFICIAL-SENSITIVE',
      ],
      cleaned,
    );
    if (grade === null) expectIssue(table, row, 'Grading', 'grade.missing', 'No grade: never assume one');
    if (oldGrades.has(index)) {
      expectIssue(
        table,
        row,
        'Grading',
        'grade.legacy',
        'Old scheme: keep verbatim and propose a conversion',
      );
    }
    if (index === sourceWordingAt) {
      expectIssue(
        table,
        row,
        'Intelligence',
        'text.source-wording',
        'Wording points to a source: warn before export',
      );
    }
  }
  return table;
}

/** The workbook of the intelligence log. */
export async function drawIntelligence(table: Table): Promise<Uint8Array> {
  const workbook = createWorkbook('Intelligence Unit');
  drawSheet(workbook, table, {
    titles: [
      'Op Fellgate intelligence log',
      'OFFICIAL-SENSITIVE',
      'Source references stay in the intelligence unit.',
    ],
    font: 'Arial',
    headerColour: 'FFEDEDED',
  });
  return packWorkbook(workbook);
}

import { makePhone, spacePhone, toE164 } from '../identifiers.ts';
import { addBlankRow, addDataRow, createTable, type Table } from '../table.ts';
import { createWorkbook, drawSheet, packWorkbook } from '../workbook.ts';

export const officersFile = 'officers and duties.xlsx';

const officerColumns = [
  { header: 'Collar No', field: 'collar', width: 10 },
  { header: 'Rank', field: 'rank', width: 8 },
  { header: 'Name', field: 'name', width: 22 },
  { header: 'Skills', field: 'skills', width: 40 },
  { header: 'Mobile', field: 'phone', width: 16 },
] as const;

const dutyColumns = [
  { header: 'Team', field: 'team', width: 12 },
  { header: 'Role', field: 'role', width: 20 },
  { header: 'Collar', field: 'collar', width: 10 },
  { header: 'Officer', field: 'name', width: 22 },
  { header: 'Call sign', field: 'callSign', width: 12 },
  { header: 'Duty', field: 'duty', width: 16 },
] as const;

export interface Officer {
  collar: string;
  rank: string;
  name: string;
  skills: string;
  phone: string;
  team: string;
  role: string;
  callSign: string;
  duty: string;
}

/** collar | rank | name | skills | role on the day; seven teams of four, the first of each leads. */
const lines = `
1042|DCI|Ruth Ainstable|POLSA; strategic firearms|Gold support
2087|DI|Martin Birkrigg|Bronze; MAGIC trained|Bronze search
3310|DS|Sunita Kharel|Search; disclosure|Log keeper
4471|DC|Owen Littledale|CDI; phones|Digital media
2214|PS|Fiona Cragdale|MOE L1; search|Team leader
5120|PC|Adil Bashir-Webb|MOE L2; method of entry|Entry
5133|PC|Kirsty Dalemain|Search; Taser|Search
5208|PC|Tom Egremond|Taser; driver std|Arrest
2219|PS|Graham Holmrook|Search; PSU L2|Team leader
5241|PC|Yusuf Mardale|MOE L1; Taser|Entry
5266|PC|Beth Nibthwaite|Search; first aid+|Search
5290|PC|Craig Orton-Lee|Driver adv; Taser|Arrest
2225|PS|Helen Patterdale|Search; negotiator|Team leader
5304|PC|Lewis Rydal-Khan|MOE L1|Entry
5317|PC|Aoife Satterthwaite|Search; family liaison|Search
5322|PC|Marek Zieliński|Taser; Polish speaker|Arrest
2231|PS|David Troutal|MOE L2; search|Team leader
5345|PC|Hannah Uldale|Taser; MOE L1|Entry
5359|PC|Ben Wythburn|Search|Search
5361|PC|Carys Yewbarrow|Driver std; Taser|Arrest
2240|PS|Imran Zafar-Cole|PSU L2; Taser; search|Team leader
5377|PC|Jo Aldersyke|MOE L2|Entry
5382|PC|Neil Bampton|Dog handler (drugs)|Dog
5399|PC|Rosie Catbells|Search; child interview (ABE)|Search
2256|PS|Stuart Dovenby|Custody sergeant|Custody
5406|PC|Ella Eamont|Appropriate adult liaison|Prisoner processing
5418|DC|Farid Goodwin-Shah|Interview tier 3|Interviews
7712|PSt|Gwen Hartsop|Safeguarding co-ordinator|Safeguarding desk
`;

const teams = ['Command', 'Red', 'Blue', 'Green', 'Amber', 'Silver', 'Custody'];

/** The twenty-eight officers of the day. */
export const officers: readonly Officer[] = lines
  .trim()
  .split('\n')
  .map((line, index) => {
    const [collar = '', rank = '', name = '', skills = '', role = ''] = line.split('|');
    const team = teams[Math.floor(index / 4)] ?? '';
    return {
      collar,
      rank,
      name,
      skills,
      phone: makePhone(900 + index),
      team,
      role,
      callSign: `FG${Math.floor(index / 4)}${(index % 4) + 1}`,
      duty: team === 'Custody' ? '0600-1600' : '0400-1400',
    };
  });

/** Officers: collar numbers partly numbers, partly text. */
export function buildOfficersTable(): Table {
  const table = createTable(officersFile, 'Officers', 'officer', 3, officerColumns);
  officers.forEach((officer, index) => {
    const cleaned: Record<string, string> = {};
    if (index === 0 || index === 1) cleaned['Collar No'] = officer.collar;
    if (index === 2) cleaned.Mobile = toE164(officer.phone);
    if (index === 15) cleaned.Name = officer.name;
    addDataRow(
      table,
      [
        index % 2 === 0 ? Number(officer.collar) : officer.collar,
        officer.rank,
        officer.name,
        officer.skills,
        index % 3 === 2 ? Number(officer.phone) : spacePhone(officer.phone),
      ],
      cleaned,
    );
  });
  return table;
}

/** Duties: the same officers by team. */
export function buildDutiesTable(): Table {
  const table = createTable(officersFile, 'Duties 3 Dec', 'officer', 4, dutyColumns);
  officers.forEach((officer, index) => {
    if (index > 0 && index % 12 === 0) addBlankRow(table);
    addDataRow(
      table,
      [
        officer.team,
        officer.role,
        Number(officer.collar),
        `${officer.rank} ${officer.name}`,
        officer.callSign,
        officer.duty,
      ],
      index === 4 ? { Team: 'Red', Collar: officer.collar, 'Call sign': officer.callSign } : {},
    );
  });
  return table;
}

/** The workbook of officers and duties. */
export async function drawOfficers(officersTable: Table, dutiesTable: Table): Promise<Uint8Array> {
  const workbook = createWorkbook('Resource Management');
  drawSheet(workbook, officersTable, {
    titles: ['Op Fellgate – officers', 'OFFICIAL-SENSITIVE'],
    font: 'Tahoma',
    headerColour: 'FFBDD7EE',
  });
  drawSheet(workbook, dutiesTable, {
    titles: ['Duties for 3 December 2026', 'OFFICIAL-SENSITIVE', 'Briefing 0430 at Hollinbeck. Strike 0530.'],
    font: 'Tahoma',
    headerColour: 'FFBDD7EE',
  });
  return packWorkbook(workbook);
}

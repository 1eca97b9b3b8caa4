/**
 * A workspace with a line whose phone falls silent while its holder is in custody, a child with referrals, and a plan.
 * Everything in it is invented; times are on the UK clock.
 */
import type { Bench } from './support.ts';
import { importPaths, makeWorkspace, onlyRef, writeCsv } from './support.ts';

export const lineNumber = '07700900417';
const customers = ['07700900501', '07700900502', '07700900503', '07700900504'];
export const silentFrom = '2026-09-20';
export const silentTo = '2026-09-28';
export const callDays = 40;

const two = (value: number) => String(value).padStart(2, '0');
const callHeadings = [
  'A Number',
  'B Number',
  'Call Type',
  'Direction',
  'Start Date',
  'Start Time',
  'Duration (s)',
];

/** Ten calls and texts a day from 1 September, none from 20 to 27 September. */
function callRows(): string[][] {
  const rows: string[][] = [];
  for (let day = 0; day < callDays; day += 1) {
    const date = new Date(Date.UTC(2026, 8, 1 + day)).toISOString().slice(0, 10);
    if (date >= silentFrom && date < silentTo) continue;
    for (let call = 0; call < 10; call += 1) {
      const isText = call % 2 === 0;
      rows.push([
        lineNumber,
        customers[(day + call) % customers.length] ?? '',
        isText ? 'SMS' : 'Voice',
        'Out',
        `${date.slice(8)}/${date.slice(5, 7)}/${date.slice(0, 4)}`,
        `${two(10 + call)}:${two((day * 7) % 60)}:00`,
        isText ? '0' : '90',
      ]);
    }
  }
  return rows;
}

export interface TimelineBench {
  bench: Bench;
  line: string;
  holder: string;
  child: string;
  phone: string;
}

export async function makeTimelineWorkspace(name = 'Operation Fellgate'): Promise<TimelineBench> {
  const bench = await makeWorkspace(name);
  const { client } = bench;
  await importPaths(bench, [
    writeCsv(bench, 'nominals.csv', [
      ['Surname', 'Forenames', 'DOB', 'Mobile'],
      ['Harrowby', 'Jo', '02/02/1990', lineNumber],
      ['Fenwick', 'Tam', '14/05/2011', ''],
    ]),
  ]);
  await importPaths(bench, [
    writeCsv(bench, 'calls.csv', [callHeadings, ...callRows()]),
    writeCsv(bench, 'custody.csv', [
      [
        'Custody No',
        'Detained Person',
        'DOB',
        'Arrest Date/Time',
        'Offence',
        'Station',
        'Disposal',
        'Release Date/Time',
      ],
      [
        'FE01/26/1',
        'HARROWBY, Jo',
        '02/02/1990',
        '19/09/2026 23:10',
        'PWITS Class A',
        'Hollinbeck',
        'RUI',
        '27/09/2026 18:00',
      ],
      ['FE01/26/2', 'FENWICK, Tam', '14/05/2011', '16/09/2026', 'PWITS Class A', 'Hollinbeck', 'NFA', ''],
      [
        'FE01/26/3',
        'HARROWBY, Jo',
        '02/02/1990',
        '03/10/2026 12:00',
        'Theft',
        'Hollinbeck',
        'NFA',
        '03/10/2026 09:00',
      ],
    ]),
    writeCsv(bench, 'referrals.csv', [
      ['Referral Ref', 'Name', 'DOB', 'Category', 'Concern', 'Agency', 'Date of referral'],
      [
        'R1',
        'Tam Fenwick',
        '14/05/2011',
        'Missing from home',
        'Found in Hollinbeck',
        'Fellshire Children’s Services',
        '10/09/2026',
      ],
      ['R2', 'Tam Fenwick', '14/05/2011', 'Child', 'Missing school', 'St Bega Academy', '12/09/2026'],
      ['R3', 'Tam Fenwick', '14/05/2011', 'Child', 'Bruises', 'St Bega Academy', ''],
    ]),
    writeCsv(bench, 'intelligence log.csv', [
      [
        'URN',
        'Date of report',
        'Information from',
        'Information to',
        'Intelligence',
        'Grade',
        'Subject',
        'Phone',
      ],
      [
        'I1',
        '05/09/2026',
        '01/09/2026',
        '04/09/2026',
        'The number sells to customers.',
        '1AP',
        'Jo Harrowby',
        lineNumber,
      ],
      ['I2', '06/09/2026', '', '', 'Seen in Hollinbeck.', '3DP', 'Tam Fenwick', ''],
      ['I3', '', '', '', 'No date was given.', '', '', ''],
    ]),
  ]);
  const refOf = async (grid: 'people' | 'phones', where: Record<string, string>) =>
    (await client.grids.page({ grid, where })).rows[0]?.ref ?? '';
  const holder = await refOf('people', { surname: 'Harrowby' });
  const child = await refOf('people', { surname: 'Fenwick' });
  const phone = await refOf('phones', { number: `+44${lineNumber.slice(1)}` });
  const line = onlyRef(await client.records.add({ grid: 'lines', values: { name: 'Max', phone } }));
  await client.records.set({ edits: [{ ref: 'OP-1', values: { strike: '2026-10-20T05:30' } }] });
  const premises = onlyRef(
    await client.records.add({ grid: 'premises', values: { address: '4 Slate Row, Hollinbeck' } }),
  );
  const warrant = onlyRef(
    await client.records.add({
      grid: 'warrants',
      values: {
        number: 'W1',
        power: 'mda-s23-3',
        premises,
        issued: '2026-10-01',
        strike: '2026-10-20T05:30',
      },
    }),
  );
  const team = onlyRef(
    await client.records.add({
      grid: 'teams',
      values: {
        name: 'Red',
        premises,
        briefAt: '2026-10-20T03:30',
        strikeAt: '2026-10-20T05:30',
        finishAt: '2026-10-20T09:00',
      },
    }),
  );
  await client.records.add({ grid: 'targets', values: { subject: holder, premises, warrant, team } });
  await client.records.add({
    grid: 'actions',
    values: { title: 'Ask the provider', due: '2026-10-10', about: line },
  });
  return { bench, line, holder, child, phone };
}

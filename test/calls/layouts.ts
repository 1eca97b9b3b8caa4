/** The same call data as several providers would return it. */
import type { PlantedRow } from './plantedCalls.ts';

const two = (value: number) => String(value).padStart(2, '0');

function partsOf(at: number) {
  const time = new Date(at * 1000);
  const clock = `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())}`;
  return { y: time.getUTCFullYear(), m: two(time.getUTCMonth() + 1), d: two(time.getUTCDate()), clock };
}

const spoken = (seconds: number) =>
  `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
const quarters = ['Station', 'Market', 'Mill Lane', 'Castle'];
const codeOf = (town: string | null, cell: number) =>
  town === null ? '' : `${town.slice(0, 3).toUpperCase()}${100 + cell * 37}`;
const isOut = (row: PlantedRow) => row.from === row.subject;

export interface Layout {
  name: string;
  preamble: string[][];
  headings: string[];
  cells: (row: PlantedRow) => string[];
}

export const layouts: readonly Layout[] = [
  {
    // Caller and called as they were; the direction is the subject's. Cells by code and name.
    name: 'caller first',
    preamble: [['Communications data result', 'FE/2026/0001'], ['Time zone', 'UK local time'], []],
    headings: [
      'A Number',
      'B Number',
      'Call Type',
      'Direction',
      'Start Date',
      'Start Time',
      'Duration (s)',
      'IMEI',
      'IMSI',
      'First Cell',
      'Last Cell',
      'Cell Name',
      'Message',
    ],
    cells(row) {
      const { y, m, d, clock } = partsOf(row.at);
      const code = codeOf(row.town, row.cell);
      return [
        row.from,
        row.to,
        row.type,
        isOut(row) ? 'Out' : 'In',
        `${d}/${m}/${y}`,
        clock,
        String(row.duration),
        row.imei,
        row.imsi,
        code,
        code,
        `${row.town} ${quarters[row.cell]}`,
        row.text ?? '',
      ];
    },
  },
  {
    // The subject first whichever way the call went; ISO times; addresses of masts with the town last; no SIM.
    name: 'subject first',
    preamble: [],
    headings: ['Target', 'Other Party', 'Direction', 'Event', 'Date/Time', 'Duration', 'IMEI', 'Site'],
    cells(row) {
      const { y, m, d, clock } = partsOf(row.at);
      const other = isOut(row) ? row.to : row.from;
      return [
        row.subject,
        other,
        isOut(row) ? 'Outgoing' : 'Incoming',
        row.type,
        `${y}-${m}-${d} ${clock}`,
        spoken(row.duration),
        row.imei,
        `${quarters[row.cell]} ${row.cell + 1}, ${row.town}`,
      ];
    },
  },
  {
    // Direction in the type; international numbers; codes of cells alone.
    name: 'codes alone',
    preamble: [['Return'], []],
    headings: [
      'Calling Number',
      'Called Number',
      'Service',
      'Start',
      'Duration (s)',
      'IMEI',
      'IMSI',
      'Cell ID',
    ],
    cells(row) {
      const { y, m, d, clock } = partsOf(row.at);
      const long = (number: string) => (number.startsWith('07') ? `44${number.slice(1)}` : number);
      const type = row.type === 'Voicemail' ? 'Voicemail' : `${row.type} ${isOut(row) ? 'MO' : 'MT'}`;
      return [
        long(row.from),
        long(row.to),
        type,
        `${d}-${m}-${y} ${clock}`,
        String(row.duration),
        `${row.imei.slice(0, 14)}0`,
        row.imsi,
        codeOf(row.town, row.cell),
      ];
    },
  },
  {
    // Neither type nor direction: who called whom, when and how long, with handset and cell name.
    name: 'bare',
    preamble: [],
    headings: ['From', 'To', 'Date', 'Time', 'Duration', 'IMEI', 'Cell Name'],
    cells(row) {
      const { y, m, d, clock } = partsOf(row.at);
      return [
        row.from,
        row.to,
        `${d}/${m}/${y}`,
        clock,
        String(row.duration),
        row.imei,
        `${String(row.town).toUpperCase()}_${quarters[row.cell]?.toUpperCase()}_${row.cell + 1}`,
      ];
    },
  },
];

/** The rows of a file in a layout. */
export const sheetOf = (layout: Layout, rows: readonly PlantedRow[]): string[][] => [
  ...layout.preamble,
  layout.headings,
  ...rows.map(layout.cells),
];

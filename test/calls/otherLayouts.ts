/** The same calls as other operators, other years and a download of a phone would write them. */
import type { OtherRow } from './otherHabits.ts';

const two = (value: number) => String(value).padStart(2, '0');
/** The clocks of the United Kingdom went back at 02:00 on 25 October 2026 and forward on 29 March 2026. */
const summerFrom = Date.parse('2026-03-29T01:00:00Z') / 1000;
const summerTo = Date.parse('2026-10-25T01:00:00Z') / 1000;
const streets = ['Exchange', 'Tower', 'Water Works', 'Football Ground', 'Bus Station'];

/** UTC as the network's clock had it: the made-up calls are on the clock of the United Kingdom. */
const utc = (at: number) => (at >= summerFrom && at - 3600 < summerTo ? at - 3600 : at);

function clockOf(at: number) {
  const time = new Date(at * 1000);
  return {
    y: String(time.getUTCFullYear()),
    m: two(time.getUTCMonth() + 1),
    d: two(time.getUTCDate()),
    clock: `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())}`,
  };
}

const national = (number: string) => number.replace(/^0(?=[17])/, '');
const plain = (number: string) => (/^0[17]/.test(number) ? `44${national(number)}` : number);
const long = (number: string) => (/^0[17]/.test(number) ? `0044 ${national(number)}` : number);
const plus = (number: string) => (/^0[17]/.test(number) ? `+44${national(number)}` : number);
const code = (row: OtherRow) =>
  row.town === '' ? '' : String(20_000 + row.cell + 100 * (row.town.charCodeAt(0) + row.town.length));

export interface OtherLayout {
  name: string;
  head: string[][];
  cells(row: OtherRow): string[];
}

export const otherLayouts: readonly OtherLayout[] = [
  {
    name: 'originating and terminating, UTC, mast addresses',
    head: [
      ['Subject Access Output', '', ''],
      ['All times UTC'],
      [
        'Originating Number',
        'Terminating Number',
        'Event Type',
        'Start Date',
        'Start Time',
        'Duration (secs)',
        'IMEI',
        'IMSI',
        'Start Cell ID',
        'Cell Address',
      ],
    ],
    cells(row) {
      const { y, m, d, clock } = clockOf(utc(row.at));
      const kind = {
        voice: row.isOut ? 'MOC' : 'MTC',
        text: row.isOut ? 'SMS-MO' : 'SMS-MT',
        data: 'GPRS',
        voicemail: 'VOICEMAIL',
      }[row.kind];
      const site =
        row.town === ''
          ? ''
          : `${row.cell + 1} ${streets[row.cell]} Road, ${row.town}, RB${1 + (row.town.length % 9)} ${row.cell}AA`;
      return [
        plain(row.from),
        plain(row.to),
        kind,
        `${d}/${m}/${y}`,
        clock,
        String(row.seconds),
        row.imei,
        row.imsi,
        code(row),
        site,
      ];
    },
  },
  {
    name: 'cells by number with the town beside, no SIM',
    head: [
      [
        'CALLING_NBR',
        'CALLED_NBR',
        'CALL_TYPE',
        'CALL_DATE',
        'CALL_TIME',
        'DURATION',
        'IMEI',
        'CELL_ID',
        'TOWN',
      ],
    ],
    cells(row) {
      const { y, m, d, clock } = clockOf(row.at);
      const kind = { voice: 'SPEECH', text: 'SMS', data: 'DATA', voicemail: 'VM' }[row.kind];
      return [
        plain(row.from),
        plain(row.to),
        kind,
        `${y}${m}${d}`,
        clock,
        String(row.seconds),
        row.imei,
        code(row),
        row.town.toUpperCase(),
      ];
    },
  },
  {
    name: 'subject first, 0044, minutes and seconds, global cells',
    head: [['MSISDN', 'Other Party', 'Direction', 'Service', 'Date Time', 'Duration', 'IMEI', 'IMSI', 'CGI']],
    cells(row) {
      const { y, m, d, clock } = clockOf(row.at);
      const [own, other] = row.isOut ? [row.from, row.to] : [row.to, row.from];
      const kind = { voice: 'Voice call', text: 'Text message', data: 'Internet', voicemail: 'Voicemail' }[
        row.kind
      ];
      const cell =
        row.town === ''
          ? ''
          : `234-10-${1000 + row.town.charCodeAt(0) * 10 + row.town.length}-${40_000 + row.cell}`;
      return [
        long(own),
        long(other),
        row.isOut ? 'Outgoing' : 'Incoming',
        kind,
        `${d}/${m}/${y} ${clock}`,
        `${two(Math.floor(row.seconds / 3600))}:${two(Math.floor(row.seconds / 60) % 60)}:${two(row.seconds % 60)}`,
        row.imei,
        row.imsi,
        cell,
      ];
    },
  },
  {
    name: 'a download: from, to, body, offset of the clock',
    head: [['#', 'From', 'To', 'Direction', 'Timestamp', 'Type', 'Duration', 'Body', 'IMEI', 'Cell Name']],
    cells(row) {
      const { y, m, d, clock } = clockOf(utc(row.at));
      const kind = { voice: 'Call', text: 'SMS', data: 'Data', voicemail: 'Voicemail' }[row.kind];
      return [
        '',
        plus(row.from),
        plus(row.to),
        row.isOut ? 'Outgoing' : 'Incoming',
        `${d}/${m}/${y} ${clock}(UTC+0)`,
        kind,
        String(row.seconds),
        row.text,
        row.imei,
        row.town === '' ? '' : `${row.town} ${streets[row.cell]}`,
      ];
    },
  },
  {
    name: 'cell names for some rows only, A and B party',
    head: [
      ['Ref 123/26'],
      [],
      [
        'A Party',
        'B Party',
        'Type of call',
        'Date',
        'Time',
        'Duration',
        'A IMEI',
        'A IMSI',
        'First Cell',
        'Cell Name',
        'Message',
      ],
    ],
    cells(row) {
      const { y, m, d, clock } = clockOf(row.at);
      const isNamed = row.cell !== 2;
      const short =
        row.town === ''
          ? ''
          : `${row.town.slice(0, 3).toUpperCase()}${String(row.cell + 1).padStart(4, '0')}`;
      const kind = {
        voice: row.isOut ? 'Call out' : 'Call in',
        text: row.isOut ? 'Text out' : 'Text in',
        data: 'Data',
        voicemail: 'Voicemail',
      }[row.kind];
      return [
        row.from,
        row.to,
        kind,
        `${d}.${m}.${y}`,
        clock,
        String(row.seconds),
        row.imei,
        row.imsi,
        short,
        isNamed && row.town !== '' ? `${row.town} - ${streets[row.cell]}` : '',
        row.text,
      ];
    },
  },
];

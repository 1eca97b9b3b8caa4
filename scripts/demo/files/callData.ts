import { encodeUtf8, toCsv } from '../csv.ts';
import { toDayFirst } from '../dates.ts';
import { toE164 } from '../identifiers.ts';
import {
  addBlankRow,
  addDataRow,
  addRejectedRow,
  addRepeatedHeader,
  createTable,
  showCell,
  type Table,
} from '../table.ts';
import { lineNumber, phones, runnerNumber } from '../world.ts';
import { type CallEvent, firstDay, handsetSwapDate, lastDay, makeCallEvents } from './callEvents.ts';

export const callDataFile = 'call data.csv';
const rowCount = 20_000;
const impossibleRow = 17_300;

const columns = [
  { header: 'A Number', field: 'aNumber' },
  { header: 'B Number', field: 'bNumber' },
  { header: 'Call Type', field: 'type' },
  { header: 'Direction', field: 'direction' },
  { header: 'Start Date', field: 'start.date' },
  { header: 'Start Time', field: 'start.time' },
  { header: 'Duration (s)', field: 'durationS' },
  { header: 'IMEI', field: 'imei' },
  { header: 'IMSI', field: 'imsi' },
  { header: 'First Cell', field: 'cellStart' },
  { header: 'Last Cell', field: 'cellEnd' },
  { header: 'Cell Name', field: 'cellName' },
] as const;

function findHandset(event: CallEvent): { imei: string; imsi: string } {
  const line = phones[0];
  const formerLine = phones[1];
  const runner = phones.find((phone) => phone.number === runnerNumber);
  if (!line || !formerLine || !runner) throw new Error('the line and the runner have phones');
  if (event.subject === 'runner') return runner;
  // Until the swap the line's SIM sat in the handset of its former number.
  return { imei: event.at < handsetSwapDate ? formerLine.imei : line.imei, imsi: line.imsi };
}

/** The two subjects are with different networks, and the second one prints numbers with 44. */
function writeNumber(number: string, event: CallEvent): string {
  return event.subject === 'runner' && number.startsWith('07') ? toE164(number).slice(1) : number;
}

function writeEvent(event: CallEvent): string[] {
  const handset = findHandset(event);
  return [
    writeNumber(event.from, event),
    writeNumber(event.to, event),
    event.type,
    event.direction,
    toDayFirst(event.at),
    event.at.slice(11),
    String(event.duration),
    handset.imei,
    handset.imsi,
    event.cell?.id ?? '',
    event.lastCell?.id ?? '',
    event.cell?.name ?? '',
  ];
}

/** Call data of the line and of one runner: 20,000 records, one of them on a day that does not exist. */
export function buildCallDataTable(): Table {
  const table = createTable(callDataFile, null, 'communication', 7, columns);
  makeCallEvents(rowCount).forEach((event, index) => {
    const cells = writeEvent(event);
    if (index === 8_000) addRepeatedHeader(table);
    if (index === 12_000) addBlankRow(table);
    if (index === impossibleRow) {
      cells[4] = '31/11/2026';
      addRejectedRow(table, cells, 'date.impossible', 'The start date does not exist (31 November)');
      return;
    }
    const sampled = index === 0 || index === 5_000 || index === 15_001;
    const phone = (number: string): string => (number.startsWith('07') ? toE164(number) : number);
    addDataRow(
      table,
      cells,
      sampled
        ? {
            'A Number': phone(event.from),
            'B Number': phone(event.to),
            'Start Date': event.at,
            'Duration (s)': event.duration,
          }
        : {},
    );
  });
  return table;
}

/** The file: six lines of preamble, header, records. */
export function drawCallData(table: Table): Uint8Array {
  const preamble = [
    ['OFFICIAL-SENSITIVE'],
    ['Communications data result', 'FE/2026/0417'],
    ['Subject numbers', lineNumber, runnerNumber],
    ['Period', `${toDayFirst(firstDay)} 00:00:00 to ${toDayFirst(lastDay)} 23:59:59`],
    ['Time zone', 'UK local time'],
    [''],
  ];
  const width = columns.length;
  const rows = table.rows.map((row) =>
    Array.from({ length: width }, (_, index) => showCell(row.cells[index] ?? null)),
  );
  return encodeUtf8(toCsv([...preamble, columns.map((column) => column.header), ...rows], ','));
}

import { encodeWindows1252, toCsv } from '../csv.ts';
import { spacePhone, toE164 } from '../identifiers.ts';
import { people } from '../people.ts';
import {
  addBlankRow,
  addDataRow,
  addRejectedRow,
  createTable,
  expectIssue,
  showCell,
  type Table,
} from '../table.ts';
import { type Phone, phones } from '../world.ts';

export const subscribersFile = 'subscribers.csv';

const columns = [
  { header: 'Telephone Number', field: 'number' },
  { header: 'IMEI', field: 'imei' },
  { header: 'IMSI', field: 'imsi' },
  { header: 'ICCID', field: 'iccid' },
  { header: 'Network', field: 'network' },
  { header: 'Subscriber', field: 'subscriber' },
  { header: 'Attributed to', field: 'attribution' },
  { header: 'Status', field: 'status' },
  { header: 'Notes', field: 'note' },
] as const;

const roundedImeiIndex = 6;

function writeNumber(number: string, index: number): string {
  const form = index % 6;
  if (form === 0) return `+44 (0)${number.slice(1, 5)} ${number.slice(5)}`;
  if (form === 1) return number.slice(1);
  if (form === 2) return spacePhone(number);
  if (form === 3) return toE164(number).slice(1);
  if (form === 4) return `${number.slice(0, 5)}-${number.slice(5, 8)}-${number.slice(8)}`;
  return ` ${number} `;
}

/** The encoding of the file has no Ł: the exporting system wrote L. */
function writeName(name: string): string {
  return name.replaceAll('Ł', 'L');
}

function writePhone(phone: Phone, index: number): string[] {
  const holder = people.find((person) => person.ref === phone.holder);
  return [
    writeNumber(phone.number, index),
    index === roundedImeiIndex ? '9.9001E+14' : phone.imei,
    phone.imsi,
    index % 5 === 4 ? '' : phone.iccid,
    phone.network,
    writeName(phone.subscriber),
    holder ? writeName(`${holder.forenames} ${holder.surname}`) : '',
    phone.status,
    index === 8 ? 'Topped up £10 at a time – cash' : phone.note,
  ];
}

/** Subscriber checks: thirty-five phones, one of them twice, and one row whose number is lost. */
export function buildSubscribersTable(): Table {
  const table = createTable(subscribersFile, null, 'phone', 1, columns);
  phones.forEach((phone, index) => {
    if (index === 20) {
      addRejectedRow(
        table,
        ['4.47E+11', '', '', '', '', '', '', '', 'Awaiting network'],
        'phone.rounded',
        'The only number in the row was rounded to 4.47E+11; it cannot be restored',
      );
    }
    if (index === 28) addBlankRow(table);
    const cells = writePhone(phone, index);
    const cleaned: Record<string, string> = {};
    if ([0, 1, 3, 4, 5].includes(index)) cleaned['Telephone Number'] = toE164(phone.number);
    if (index === 2) cleaned.IMEI = phone.imei;
    if (index === 3) cleaned.ICCID = phone.iccid;
    if (index === 10) cleaned['Attributed to'] = 'Zoë Vasquez-Holt';
    if (index === 8) cleaned.Notes = 'Topped up £10 at a time – cash';
    const row = addDataRow(table, cells, cleaned);
    if (index === roundedImeiIndex) {
      expectIssue(
        table,
        row,
        'IMEI',
        'imei.rounded',
        'Rounded by a spreadsheet: the row lives, the IMEI is lost',
      );
    }
  });
  const line = phones[0];
  if (!line) throw new Error('the line has a phone');
  const again = addDataRow(
    table,
    [spacePhone(line.number), line.imei, '', '', line.network, '', '', 'Active', 'Second check 20 Nov'],
    {
      'Telephone Number': toE164(line.number),
    },
  );
  expectIssue(table, again, 'Telephone Number', 'phone.duplicate', 'Same number as the first row');
  return table;
}

/** The file: semicolons, Windows-1252, CRLF. */
export function drawSubscribers(table: Table): Uint8Array {
  const rows = table.rows.map((row) => columns.map((_, index) => showCell(row.cells[index] ?? null)));
  return encodeWindows1252(toCsv([columns.map((column) => column.header), ...rows], ';'));
}

import { addBlankRow, addDataRow, createTable, type Table } from '../table.ts';
import { createWorkbook, drawSheet, packWorkbook } from '../workbook.ts';
import { premises } from '../world.ts';

export const premisesFile = 'premises.xlsx';

const columns = [
  { header: 'Ser', field: null, width: 6 },
  { header: 'Address', field: 'address', width: 38 },
  { header: 'Post code', field: 'postcode', width: 11 },
  { header: 'UPRN', field: 'uprn', width: 15 },
  { header: 'Type', field: 'type', width: 18 },
  { header: 'Occupants', field: 'occupants', width: 18 },
  { header: 'Children?', field: 'children', width: 14 },
  { header: 'Vulnerable adults', field: 'vulnerableAdults', width: 16 },
  { header: 'Cuckooed', field: 'cuckooed', width: 12 },
  { header: 'Dogs', field: 'dogs', width: 18 },
  { header: 'Hazards', field: 'hazards', width: 22 },
  { header: 'Access / MOE', field: 'access', width: 30 },
  { header: 'Remarks', field: 'note', width: 26 },
] as const;

/** Twenty-five premises under a header of two lines: bands above, column names below. */
export function buildPremisesTable(): Table {
  const table = createTable(premisesFile, 'Premises', 'premises', 4, columns);
  premises.forEach((place, index) => {
    if (index === 20) addBlankRow(table);
    const text = (value: string): string | null => (value === '' ? null : value);
    const cleaned: Record<string, string> = {};
    if (index === 3) cleaned['Post code'] = place.postcode;
    if (index === 5) cleaned['Post code'] = place.postcode;
    if (index === 0) cleaned.UPRN = place.uprn;
    if (index === 9) cleaned.Address = place.address;
    addDataRow(
      table,
      [
        index + 1,
        index === 9 ? `${place.address}  ` : place.address,
        index % 5 === 3
          ? place.postcode.replace(' ', '')
          : index === 5
            ? `${place.postcode.toLowerCase()} `
            : place.postcode,
        // Twelve digits as a number: Excel keeps them all, but shows them as it likes.
        index % 4 === 0 ? Number(place.uprn) : place.uprn,
        place.type,
        text(place.occupants),
        text(place.children),
        text(place.vulnerableAdults),
        text(place.cuckooed),
        text(place.dogs),
        text(place.hazards),
        text(place.access),
        text(place.note),
      ],
      cleaned,
    );
  });
  return table;
}

/** The workbook of premises. */
export async function drawPremises(table: Table): Promise<Uint8Array> {
  const workbook = createWorkbook('Op Fellgate planning cell');
  const sheet = drawSheet(workbook, table, {
    titles: ['Op FELLGATE – premises of interest', 'OFFICIAL-SENSITIVE'],
    bands: [
      { text: 'PREMISES', span: 5 },
      { text: 'WHO IS THERE', span: 4 },
      { text: 'RISK AND ACCESS', span: 4 },
    ],
    font: 'Arial',
    headerColour: 'FFFCE4D6',
  });
  sheet.getColumn(4).numFmt = '0';
  return packWorkbook(workbook);
}

import { addBlankRow, addDataRow, createTable, expectIssue, type Table } from '../table.ts';
import { createWorkbook, drawSheet, packWorkbook } from '../workbook.ts';
import { vehicles } from '../world.ts';

export const vehiclesFile = 'vehicles.xlsx';

const columns = [
  { header: 'VRM', field: 'vrm', width: 12 },
  { header: 'Make', field: 'make', width: 16 },
  { header: 'Model', field: 'model', width: 14 },
  { header: 'Colour', field: 'colour', width: 10 },
  { header: 'Registered keeper', field: 'keeper', width: 26 },
  { header: 'Markers', field: 'markers', width: 20 },
  { header: 'Notes', field: 'note', width: 26 },
] as const;

const letterForZero = 'JU10GRD';

function writeMark(vrm: string, index: number): string {
  if (vrm === letterForZero) return 'JU1O GRD';
  if (index % 4 === 1) return vrm.toLowerCase();
  if (index % 4 === 2) return `${vrm.slice(0, 4)} ${vrm.slice(4)} `;
  if (index % 4 === 3) return `${vrm.slice(0, 2)} ${vrm.slice(2, 4)} ${vrm.slice(4).toLowerCase()}`;
  return vrm;
}

/** Twenty vehicles, the first of them entered again at the end. */
export function buildVehiclesTable(): Table {
  const table = createTable(vehiclesFile, 'Vehicles', 'vehicle', 3, columns);
  vehicles.forEach((vehicle, index) => {
    if (index === 12) addBlankRow(table);
    const text = (value: string): string | null => (value === '' ? null : value);
    const row = addDataRow(
      table,
      [
        writeMark(vehicle.vrm, index),
        index % 5 === 2 ? vehicle.make.toUpperCase() : vehicle.make,
        vehicle.model,
        vehicle.colour,
        text(vehicle.keeper),
        text(vehicle.markers),
        text(vehicle.note),
      ],
      [0, 1, 2, 3].includes(index) ? { VRM: vehicle.vrm } : {},
    );
    if (vehicle.vrm === letterForZero) {
      expectIssue(
        table,
        row,
        'VRM',
        'vehicle.format',
        'Letter O where a zero should stand; never silently changed',
      );
    }
  });
  const first = vehicles[0];
  if (!first) throw new Error('there are vehicles');
  const again = addDataRow(
    table,
    [
      `${first.vrm.slice(0, 4).toLowerCase()} ${first.vrm.slice(4).toLowerCase()}`,
      first.make,
      null,
      null,
      null,
      null,
      'ANPR hit M-way J9, 19/11',
    ],
    { VRM: first.vrm },
  );
  expectIssue(table, again, 'VRM', 'vehicle.duplicate', 'Same mark as the first row');
  return table;
}

/** The workbook of vehicles. */
export async function drawVehicles(table: Table): Promise<Uint8Array> {
  const workbook = createWorkbook('Roads Policing');
  drawSheet(workbook, table, {
    titles: ['Vehicles linked to Op Fellgate', 'OFFICIAL-SENSITIVE'],
    font: 'Calibri',
    headerColour: 'FFE2EFDA',
  });
  return packWorkbook(workbook);
}

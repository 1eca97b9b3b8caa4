import ExcelJS from 'exceljs';
import { writePdf } from '../../electron/engine/packs/pdf/writePdf.ts';
import { writeXlsx } from '../../electron/engine/packs/xlsx/writeXlsx.ts';
import { formatValue } from '../../shared/packs/format.ts';
import type { PackData, PackPhotographs } from '../../shared/packs/packData.ts';
import { listSections, rowsOfSection } from '../../shared/packs/sections.ts';
import { buildPackData } from '../../test/packs/fixtures/buildPackData.ts';

/** A trial: the harness runs both and compares CPU time and peak memory. */
export interface Trial {
  name: string;
  /** Prepares the input; not measured. */
  setup: () => Promise<void>;
  /** What the subject is measured against. */
  baseline: () => Promise<void>;
  subject: () => Promise<void>;
  /** Budget of subject over baseline, in CPU time. */
  budget: number;
  note: string;
}

const size = { targets: 300, warrants: 100, photographs: 40 };

let built: { data: PackData; photographs: PackPhotographs } | undefined;

/** The command pack as a workbook, against the same cells written by exceljs without any look. */
export const packXlsx: Trial = {
  name: 'Command pack, Excel, 300 targets, 100 warrants, 40 photographs',
  budget: 4,
  note: 'CPU over exceljs writing the same values unstyled; under 3 s',
  setup,
  baseline: writePlainWorkbook,
  async subject() {
    const { data, photographs } = input();
    await writeXlsx(data, photographs);
  },
};

/** The command pack as a PDF of several hundred tagged pages, against the same plain workbook. */
export const packPdf: Trial = {
  name: 'Command pack, PDF, 300 targets, 100 warrants, 40 photographs',
  budget: 40,
  note: 'CPU over exceljs writing the same values unstyled; under 4 s',
  setup,
  baseline: writePlainWorkbook,
  async subject() {
    const { data, photographs } = input();
    await writePdf(data, photographs);
  },
};

async function setup(): Promise<void> {
  built = buildPackData(size);
}

function input(): { data: PackData; photographs: PackPhotographs } {
  built ??= buildPackData(size);
  return built;
}

async function writePlainWorkbook(): Promise<void> {
  const { data } = input();
  const workbook = new ExcelJS.Workbook();
  for (const section of listSections(data)) {
    const sheet = workbook.addWorksheet(section.title);
    for (const row of rowsOfSection(data, section.id)) {
      sheet.addRow(section.columns.map(({ field, kind }) => formatValue(row[field], kind)));
    }
  }
  const index = workbook.addWorksheet('Source index');
  for (const { section, ref, field, file, sheet, row, column, raw } of data.sources) {
    index.addRow([section, ref, field, file, sheet, row, column, raw]);
  }
  await workbook.xlsx.writeBuffer();
}

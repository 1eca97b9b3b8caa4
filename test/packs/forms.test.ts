import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport, SheetReport } from '../../shared/contract/schemas.ts';
import type { GridRow } from '../../shared/grid/query.ts';
import type { GridName } from '../../shared/grid/types.ts';
import { forms, signHeading } from '../../shared/packs/forms.ts';
import {
  allRows,
  type Bench,
  cleanUp,
  dumpGrids,
  importPaths,
  makeWorkspace,
  onlyRef,
} from '../engine/support.ts';

type Cell = string | number | Date | null;

/** A sheet of the returned workbook as a person would see it: a heading row and cells by heading. */
class OpenSheet {
  readonly sheet: ExcelJS.Worksheet;
  readonly headerRow: number;
  private readonly columns = new Map<string, number>();

  constructor(sheet: ExcelJS.Worksheet) {
    this.sheet = sheet;
    let found = 0;
    sheet.eachRow((row, number) => {
      row.eachCell((cell, column) => {
        if (found === 0 && cell.text === signHeading) found = number;
        if (number === found) this.columns.set(cell.text, column);
      });
    });
    if (found === 0) throw new Error(`${sheet.name} is no form`);
    this.headerRow = found;
  }

  column(heading: string): number {
    const column = this.columns.get(heading);
    if (column === undefined) throw new Error(`no column ${heading}`);
    return column;
  }

  /** Rows (1-based) whose column says this. */
  rowsWith(heading: string, text: string): number[] {
    const rows: number[] = [];
    this.sheet.eachRow((row, number) => {
      if (number > this.headerRow && row.getCell(this.column(heading)).text === text) rows.push(number);
    });
    return rows;
  }

  fill(row: number | undefined, values: Record<string, Cell>): void {
    if (row === undefined) throw new Error('no such row');
    for (const [heading, value] of Object.entries(values))
      this.sheet.getRow(row).getCell(this.column(heading)).value = value;
  }
}

interface Returned {
  workbook: ExcelJS.Workbook;
  results: OpenSheet;
  exhibits: OpenSheet;
}

let bench: Bench;
const ref: Record<string, string> = {};
let files = 0;

const add = async (grid: GridName, values: Record<string, string | number | null>, to = bench) =>
  onlyRef(await to.client.records.add({ grid, values }));
const set = (of: string | undefined, values: Record<string, string | number | null>) =>
  bench.client.records.set({ edits: [{ ref: of ?? '', values }] });
const undo = () => bench.client.history.undo({});

async function issue(from = bench, change: { recipient?: string; pack?: string; team?: string } = {}) {
  files += 1;
  const folder = join(from.folder, `pack-${files}`);
  mkdirSync(folder);
  const grant = from.engine.grants.add(folder, 'export');
  const request = { pack: 'command', recipient: 'Silver', reason: 'Warrant day', ...change };
  for await (const event of await from.client.packs.export({
    ...request,
    formats: ['xlsx'],
    folder: grant,
  })) {
    if (event.type === 'done') return join(folder, event.report.files[0]?.file ?? '');
  }
  throw new Error('the export ended without a report');
}

async function open(path: string): Promise<Returned> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  const named = (title: string) => {
    const sheet = workbook.getWorksheet(title);
    if (!sheet) throw new Error(`no sheet ${title}`);
    return new OpenSheet(sheet);
  };
  return { workbook, results: named(forms.results.title), exhibits: named(forms.exhibits.title) };
}

async function save({ workbook }: Pick<Returned, 'workbook'>): Promise<string> {
  files += 1;
  const path = join(bench.folder, `returned ${files}.xlsx`);
  await workbook.xlsx.writeFile(path);
  return path;
}

async function bring(
  path: string,
  options: Parameters<typeof importPaths>[2] = {},
  mode: 'commit' | 'preview' = 'commit',
): Promise<FileReport> {
  const report = await importPaths(bench, [path], options, mode);
  const file = report.files[0];
  if (!file) throw new Error('no file was reported');
  for (const sheet of file.sheets)
    expect(sheet.rows).toBe(
      sheet.imported + sheet.updated + sheet.unchanged + sheet.skipped + sheet.rejected,
    );
  return file;
}

const sheetsOf = (file: FileReport, kind: SheetReport['kind']) =>
  file.sheets.filter((sheet) => sheet.kind === kind);
const only = (file: FileReport, kind: SheetReport['kind']): SheetReport => {
  const [sheet, other] = sheetsOf(file, kind);
  if (!sheet || other) throw new Error('one sheet was expected');
  return sheet;
};
const _conflictsOf = (file: FileReport) =>
  file.sheets.flatMap(({ issues }) => issues.filter(({ code }) => code === 'form.conflict'));
const results = () => allRows(bench.client, 'results');
const seizures = () => allRows(bench.client, 'seizures');
const resultOf = async (of: string | undefined): Promise<GridRow | undefined> =>
  (await results()).find((row) => row.warrant === of || (row.warrant === null && row.premises === of));

beforeAll(async () => {
  bench = await makeWorkspace();
  await set('OP-1', { strike: '2026-12-03T05:00' });
  ref.house = await add('premises', { address: '4 Slate Row', postcode: 'FE1 1AB' });
  ref.flat = await add('premises', { address: '9 Mill Bank', postcode: 'FE1 2AB' });
  ref.garage = await add('premises', { address: 'Garage 7, Tarn Lane', postcode: 'FE1 3AB' });
  const warrant = (number: string, premises: string | undefined) =>
    add('warrants', { number, power: 'mda-s23-3', premises: premises ?? '', issued: '2026-11-20' });
  ref.first = await warrant('W1', ref.house);
  ref.second = await warrant('W2', ref.flat);
  ref.amber = await add('teams', { name: 'Amber', premises: ref.house });
  await add('targets', { subject: ref.garage, team: ref.amber });
  ref.basalt = await add('teams', { name: 'Basalt', premises: ref.flat });
}, 120_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

describe('forms that came back', { timeout: 120_000 }, () => {
  it('are printed alike each time, and for a team with its own premises alone', async () => {
    const path = await issue();
    expect(readFileSync(await issue()).equals(readFileSync(path))).toBe(false);
    const [one, two] = [await open(path), await open(await issue())];
    const signs = ({ results }: Returned) =>
      [...results.sheet.getColumn(results.column(signHeading)).values].map(String);
    expect(signs(two)).toEqual(signs(one));
    expect(signs(one).filter((text) => text.startsWith('RF-'))).toHaveLength(3);
    const team = await open(await issue(bench, { pack: 'team', team: 'Basalt' }));
    expect(signs(team).filter((text) => text.startsWith('RF-'))).toHaveLength(1);
    expect(team.results.rowsWith('Warrant or premises', ref.second ?? '')).toHaveLength(1);
    expect(team.exhibits.rowsWith('Warrant or premises', ref.first ?? '')).toHaveLength(0);
    expect(signs(team)).not.toContain(signs(one).find((text) => text.startsWith('RF-WAR2')));
  });

  it('land on the right warrant and premises, and go again with one undo', async () => {
    const before = await dumpGrids(bench.client);
    const book = await open(await issue());
    const at = (sheet: OpenSheet, of: string | undefined) =>
      sheet.rowsWith('Warrant or premises', of ?? '')[0];
    book.results.fill(at(book.results, ref.second), {
      Entered: new Date('2026-12-03T05:12:00Z'),
      'Found what was sought': 'Yes',
      Arrests: 2,
      'Method used': 'Enforcer',
      Note: 'Line one\nline two',
    });
    book.results.fill(at(book.results, ref.garage), { Entered: '03/12/2026 05:30', 'Nobody in': 'yes' });
    book.exhibits.fill(at(book.exhibits, ref.second), {
      Exhibit: 'SW/1',
      What: '=cmd|calc',
      Category: 'Drugs',
      'Weight (g)': 12.5,
      Seized: new Date('2026-12-03T06:00:00Z'),
    });
    const path = await save(book);

    const looked = await bench.client.imports.inspect({ grant: bench.engine.grants.add(path, 'file') });
    expect(looked.sheets.filter(({ kind }) => kind !== null).map(({ sheet, kind }) => [sheet, kind])).toEqual(
      [
        [forms.results.title, 'result'],
        [forms.exhibits.title, 'exhibit'],
      ],
    );
    const preview = await bring(path, {}, 'preview');
    expect(await dumpGrids(bench.client)).toEqual(before);
    const file = await bring(path);
    expect(file.sheets).toEqual(preview.sheets);
    expect(only(file, 'result')).toMatchObject({ imported: 2, updated: 0, rejected: 0, issues: [] });
    expect(only(file, 'exhibit')).toMatchObject({ imported: 1, rejected: 0 });
    for (const sheet of sheetsOf(file, null))
      expect(sheet.skippedBy).toEqual(sheet.rows > 0 ? { 'another sheet of the pack': sheet.rows } : {});

    expect(await resultOf(ref.second)).toMatchObject({
      premises: ref.flat,
      enteredAt: '2026-12-03T05:12:00',
      found: 'yes',
      arrests: 2,
      entryMethod: 'forced',
      note: 'Line one\nline two',
    });
    expect(await resultOf(ref.garage)).toMatchObject({
      warrant: null,
      premises: ref.garage,
      nobodyIn: 'yes',
    });
    const [seizure] = await seizures();
    const result = await resultOf(ref.second);
    expect(seizure).toMatchObject({
      exhibit: 'SW/1',
      what: '=cmd|calc',
      category: 'drugs',
      weightG: 12.5,
      premises: ref.flat,
      result: result?.ref,
    });
    const shown = await bench.client.records.show({ ref: result?.ref ?? '' });
    expect(shown.values.found?.[0]).toMatchObject({
      value: 'yes',
      raw: 'Yes',
      sheet: forms.results.title,
      column: 'Found what was sought',
      row: at(book.results, ref.second),
    });
    expect(shown.history[0]?.method).toBe('imports.commit');

    expect((await bring(path)).status).toBe('unchanged');
    // The same cells in a file of other bytes.
    const again = await bring(await save(book));
    expect(only(again, 'result')).toMatchObject({ imported: 0, updated: 0, unchanged: 2 });
    expect(only(again, 'exhibit')).toMatchObject({ imported: 0, updated: 0, unchanged: 1 });
    const landed = await dumpGrids(bench.client);
    await undo();
    await undo();
    expect(await dumpGrids(bench.client)).toEqual(before);
    await bench.client.history.redo({});
    expect(await dumpGrids(bench.client)).toEqual(landed);
    await undo();
  });
});

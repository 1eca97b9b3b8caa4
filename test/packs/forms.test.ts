import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, utils, write } from '@e965/xlsx';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSign, readSign } from '../../electron/engine/packs/forms/sign.ts';
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
const conflictsOf = (file: FileReport) =>
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
    expect(shown.history.find(({ operation }) => operation !== 'consultation')?.method).toBe(
      'imports.commit',
    );

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

  it('land wherever their sheets, columns and rows have gone, written by another program', async () => {
    const book = await open(await issue());
    const at = (of: string | undefined) => book.results.rowsWith('Warrant or premises', of ?? '')[0];
    book.results.fill(at(ref.first), { Arrests: 1, Damage: 'Front door' });
    book.results.fill(at(ref.second), { Arrests: 3 });
    const lines = book.exhibits.rowsWith('Warrant or premises', ref.first ?? '');
    book.exhibits.fill(lines[0], { Exhibit: 'AB/1', What: 'Scales' });
    const issued = await save(book);

    const sheets = read(readFileSync(issued), { cellDates: true, UTC: true });
    const rowsOf = (title: string) =>
      utils.sheet_to_json<Cell[]>(sheets.Sheets[title] ?? {}, { header: 1, raw: true, defval: null });
    const back = utils.book_new();
    const printed = rowsOf(forms.results.title);
    const heading = printed.findIndex((row) => row.includes(signHeading));
    // Reversed, with the columns the other way round and one of somebody's own among them.
    const turned = [...printed.slice(heading + 1)].reverse().map((row) => ['checked', ...[...row].reverse()]);
    utils.book_append_sheet(
      back,
      utils.aoa_to_sheet([['Ours'], ['Mine', ...[...(printed[heading] ?? [])].reverse()], ...turned]),
      'Tabelle1',
    );
    const exhibits = rowsOf(forms.exhibits.title);
    const place = exhibits.findIndex((row) => row.includes('AB/1'));
    const columns = exhibits.find((row) => row.includes(signHeading)) ?? [];
    const further = (exhibits[place] ?? []).map((cell, column) =>
      columns[column] === 'Exhibit' ? 'AB/2' : columns[column] === 'What' ? 'Phone' : cell,
    );
    const added = [...exhibits.slice(0, place + 1), further, ...exhibits.slice(place + 1)];
    const bare = columns.map((column) =>
      column === 'Exhibit' ? 'AB/3' : column === 'What' ? 'Notes' : null,
    );
    utils.book_append_sheet(back, utils.aoa_to_sheet([...added, bare]), 'Mill');
    const path = join(bench.folder, 'turned.xlsx');
    writeFileSync(path, write(back, { type: 'buffer', bookType: 'xlsx' }) as Buffer);

    const file = await bring(path);
    expect(
      file.sheets.map(({ sheet, kind, imported, rejected }) => [sheet, kind, imported, rejected]),
    ).toEqual([
      ['Tabelle1', 'result', 2, 0],
      ['Mill', 'exhibit', 2, 1],
    ]);
    expect(only(file, 'exhibit').issues).toMatchObject([
      {
        code: 'form.reference',
        outcome: 'rejected',
        message: expect.stringContaining('Copy the form reference'),
      },
    ]);
    expect(await resultOf(ref.first)).toMatchObject({
      arrests: 1,
      damage: 'Front door',
      premises: ref.house,
    });
    expect(await resultOf(ref.second)).toMatchObject({ arrests: 3 });
    expect((await seizures()).map(({ exhibit, premises }) => [exhibit, premises])).toEqual([
      ['AB/1', ref.house],
      ['AB/2', ref.house],
    ]);
    await undo();
    expect([...(await results()), ...(await seizures())]).toEqual([]);
  });

  it('amend what the same form said, never with blanks, and take copies of a sheet for what they are', async () => {
    const path = await issue();
    const fill = async (values: Record<string, Cell>, exhibit: Record<string, Cell>) => {
      const book = await open(path);
      book.results.fill(book.results.rowsWith('Warrant or premises', ref.first ?? '')[0], values);
      book.exhibits.fill(book.exhibits.rowsWith('Warrant or premises', ref.first ?? '')[0], exhibit);
      return book;
    };
    await bring(await save(await fill({ Arrests: 1, Damage: 'Door' }, { Exhibit: 'CD/1', What: 'Bag' })));
    const amended = await bring(await save(await fill({ Arrests: 2 }, { Exhibit: 'cd 1', Quantity: '4' })));
    expect([only(amended, 'result'), only(amended, 'exhibit')]).toMatchObject([
      { updated: 1, imported: 0 },
      { updated: 1, imported: 0 },
    ]);
    const result = await resultOf(ref.first);
    expect(result).toMatchObject({ arrests: 2, damage: 'Door' });
    expect(await seizures()).toMatchObject([{ exhibit: 'CD/1', what: 'Bag', quantity: '4' }]);
    const shown = await bench.client.records.show({ ref: result?.ref ?? '' });
    expect(
      shown.values.arrests?.map(({ value, preferred, superseded }) => [value, preferred, superseded]),
    ).toEqual([
      [2, true, undefined],
      [1, false, true],
    ]);

    const book = await fill({ Arrests: 2, 'Nobody in': 'No' }, { Exhibit: 'CD/1', What: 'Bag' });
    const copy = book.workbook.addWorksheet('Copy');
    book.results.sheet.eachRow((row, number) => {
      row.eachCell((cell, column) => {
        copy.getRow(number).getCell(column).value = cell.value;
      });
    });
    const filled = book.results.rowsWith('Warrant or premises', ref.first ?? '')[0] ?? 0;
    const same = await bring(await save(book), {}, 'preview');
    expect(sheetsOf(same, 'result').map(({ updated, unchanged }) => [updated, unchanged])).toEqual([
      [1, 0],
      [0, 1],
    ]);
    copy.getRow(filled).getCell(book.results.column('Nobody in')).value = 'Yes';
    const other = await bring(await save(book));
    expect(conflictsOf(other)).toMatchObject([
      { row: filled, column: 'Nobody in', raw: 'Yes', stands: 'No', ref: result?.ref },
    ]);
    expect(await resultOf(ref.first)).toMatchObject({ nobodyIn: 'no', arrests: 2 });
    await undo();
    await undo();
    expect(await resultOf(ref.first)).toMatchObject({ arrests: 1, nobodyIn: null });
    await undo();
    expect(await results()).toEqual([]);
  });

  it('leave what the plan has changed since, say so, and give way only when asked', async () => {
    ref.result = await add('results', {
      warrant: ref.first ?? '',
      premises: ref.house ?? '',
      arrests: 1,
      damage: 'Gate',
    });
    const path = await issue();
    const printed = await open(path);
    const at = printed.results.rowsWith('Warrant or premises', ref.first ?? '')[0] ?? 0;
    expect(printed.results.sheet.getRow(at).getCell(printed.results.column('Arrests')).value).toBe(1);
    expect(printed.results.sheet.getRow(at).getCell(printed.results.column('Damage')).value).toBe(null);
    await set(ref.result, { arrests: 4, damage: 'Gate and fence', note: 'Ours' });
    printed.results.fill(at, { Arrests: 2, Note: 'Theirs', 'Nobody in': 'No' });
    const returned = await save(printed);
    const file = await bring(returned);
    // The damage stands as it was printed: nobody has said anything about it.
    expect(conflictsOf(file).map(({ column, raw, stands, ref: of }) => [column, raw, stands, of])).toEqual([
      ['Arrests', '2', '4', ref.result],
      ['Note', 'Theirs', 'Ours', ref.result],
    ]);
    expect(await resultOf(ref.first)).toMatchObject({
      arrests: 4,
      damage: 'Gate and fence',
      note: 'Ours',
      nobodyIn: 'no',
    });
    expect((await bring(returned)).status).toBe('unchanged');
    const taken = await bring(returned, { conflicts: 'take' });
    expect(only(taken, 'result')).toMatchObject({ updated: 1, issues: [] });
    expect(await resultOf(ref.first)).toMatchObject({ arrests: 2, damage: 'Gate and fence', note: 'Theirs' });
    await undo();
    expect(await resultOf(ref.first)).toMatchObject({ arrests: 4, note: 'Ours' });
    await undo();
    expect(await resultOf(ref.first)).toMatchObject({ arrests: 4, nobodyIn: null });

    // A value that has stood since the issue is what the form was filled in over.
    const current = await open(await issue());
    current.results.fill(at, { Arrests: 5 });
    expect(only(await bring(await save(current)), 'result')).toMatchObject({ updated: 1, issues: [] });
    expect(await resultOf(ref.first)).toMatchObject({ arrests: 5 });
    // The other recipient's form, issued before that, says something else.
    printed.results.fill(at, { Arrests: 7 });
    expect(conflictsOf(await bring(await save(printed))).map(({ raw }) => raw)).toContain('7');
  });

  it('refuse a sign that was changed, invented, of another form or of another workspace', async () => {
    const elsewhere = await makeWorkspace('Operation Elsewhere');
    const there = await add('premises', { address: '1 Far Row' }, elsewhere);
    await add(
      'warrants',
      { number: 'X1', power: 'mda-s23-3', premises: there, issued: '2026-11-20' },
      elsewhere,
    );
    const foreign = await open(await issue(elsewhere));
    await elsewhere.engine.close();

    const book = await open(await issue());
    const before = await dumpGrids(bench.client);
    const at = (sheet: OpenSheet, of: string | undefined) =>
      sheet.rowsWith('Warrant or premises', of ?? '')[0];
    const signAt = (sheet: OpenSheet, row: number | undefined) =>
      sheet.sheet.getRow(row ?? 0).getCell(sheet.column(signHeading)).text;
    const [first, second, third] = [ref.first, ref.second, ref.garage].map((of) => at(book.results, of));
    const moved = signAt(book.results, second).replace('WAR2', 'WAR1');
    expect(moved).not.toBe(signAt(book.results, second));
    book.results.fill(first, { [signHeading]: moved, Damage: 'None' });
    book.results.fill(second, {
      [signHeading]: signAt(foreign.results, at(foreign.results, 'WAR-1')),
      Damage: 'None',
    });
    book.results.fill(third, {
      [signHeading]: signAt(book.exhibits, at(book.exhibits, ref.garage)),
      Damage: 'None',
    });
    book.exhibits.fill(at(book.exhibits, ref.second), { [signHeading]: 'EF-WAR2-0000-0000-0000-00000' });
    const file = await bring(await save(book));
    expect(only(file, 'result')).toMatchObject({ imported: 0, updated: 0, rejected: 3 });
    expect(only(file, 'result').issues.map(({ code, row }) => [code, row])).toEqual([
      ['form.reference', first],
      ['form.reference', second],
      ['form.reference', third],
    ]);
    expect(only(file, 'exhibit')).toMatchObject({ rejected: 1 });
    expect(await dumpGrids(bench.client)).toEqual(before);
  });

  it('know a sign by every one of its characters', () => {
    const key = randomBytes(32);
    const row = { form: 'exhibits', about: 'PRM-12', state: 40_961, issue: '7QX2' } as const;
    const sign = makeSign(key, row);
    expect(readSign(key, sign)).toEqual(row);
    expect(readSign(randomBytes(32), sign)).toBeNull();
    for (const [place, character] of [...sign].entries()) {
      for (const other of '0123456789ABCDEFGHJKMNPQRSTVWXYZ-') {
        if (other === character) continue;
        const changed = sign.slice(0, place) + other + sign.slice(place + 1);
        expect(readSign(key, changed), changed).toBeNull();
      }
    }
  });

  it('take a sign as people copy it, and leave out only the cells that the grid would refuse', async () => {
    const book = await open(await issue());
    const row = book.results.rowsWith('Warrant or premises', ref.second ?? '')[0];
    const sign = book.results.sheet.getRow(row ?? 0).getCell(book.results.column(signHeading)).text;
    book.results.fill(row, {
      [signHeading]: ` ${sign.toLowerCase().replaceAll('-', '–')} `,
      Arrests: 'several',
      'Method used': 'By magic',
      'Nobody in': 'maybe',
      Entered: '5am',
      Damage: 'None',
    });
    const file = await bring(await save(book));
    expect(only(file, 'result')).toMatchObject({ imported: 1, rejected: 0 });
    expect(
      only(file, 'result').issues.map(({ code, column, raw, outcome }) => [code, column, raw, outcome]),
    ).toEqual(
      [
        ['Entered', '5am'],
        ['Method used', 'By magic'],
        ['Nobody in', 'maybe'],
        ['Arrests', 'several'],
      ].map(([column, raw]) => ['form.value', column, raw, 'kept']),
    );
    expect(await resultOf(ref.second)).toMatchObject({ damage: 'None', arrests: null, enteredAt: null });
    expect(JSON.stringify(file.sheets.map(({ issues }) => issues.map(({ message }) => message)))).not.toMatch(
      /magic|several|5am/,
    );
  });
});

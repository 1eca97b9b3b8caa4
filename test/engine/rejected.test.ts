/** Rejected rows leave as a workbook, are mended and come back; the ledger leaves as a PDF. Both are disclosures. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, describe, expect, it } from 'vitest';
import { findImport } from '../../electron/engine/intake/outputs/findImport.ts';
import { layoutLedger } from '../../electron/engine/intake/outputs/layoutLedger.ts';
import { readAll } from '../readers/support/readCells.ts';
import type { Bench } from './support.ts';
import {
  allRows,
  cleanUp,
  demoFolder,
  importPaths,
  makeFolder,
  makeWorkspace,
  refusal,
  sessionOf,
  writeCsv,
  writeXlsx,
} from './support.ts';

afterAll(cleanUp);

const exportTo = (bench: Bench, folder: string) => bench.engine.grants.add(folder, 'export');

async function writeRejected(bench: Bench, ref = 'IMP-1'): Promise<{ path: string; rows: number }> {
  const out = makeFolder();
  const written = await bench.client.imports.exportRejected({
    ref,
    folder: exportTo(bench, out),
    reason: 'to be mended',
  });
  return { path: join(out, written.file), rows: written.rows };
}

const persons = [
  ['Row', 'Surname', 'DOB', 'Colour', 'Remarks'],
  ['1', 'FELL', '13/04/2001', '', 'kept'],
  ['2', '', '31/02/1990', '', '=HYPERLINK("http://example.invalid","x")'],
  ['3', '', '32/01/1990', '', '@SUM(1+1)*cmd|x'],
  ['4', '', 'soon', '', '+44 or -44\ttab'],
];

describe('imports.exportRejected', () => {
  it('writes the rows as they were shown, with number and reason, as texts that can never act', async () => {
    const bench = await makeWorkspace();
    const path = writeCsv(bench, 'persons.csv', persons);
    const report = await importPaths(bench, [path], { kind: 'person' });
    const rejected = report.files[0]?.sheets[0]?.issues.filter((issue) => issue.outcome === 'rejected') ?? [];
    expect(rejected.map((issue) => issue.row)).toEqual([3, 4, 5]);
    const written = await writeRejected(bench);
    expect(written.rows).toBe(3);
    const { sheets } = await readAll(readFileSync(written.path));
    expect(sheets[0]?.name).toBe('persons');
    const lines = sheets[0]?.rows.map((row) => row.text) ?? [];
    expect(lines[0]).toEqual(['OFFICIAL-SENSITIVE']);
    expect(lines[2]).toEqual(['Row in the source', 'Why it was rejected', ...(persons[0] ?? [])]);
    expect(lines.slice(3)).toEqual(
      rejected.map((issue) => [String(issue.row), issue.message, ...(persons[issue.row - 1] ?? [])]),
    );
    // Another reader sees texts too, those that begin like a formula marked as quoted.
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(written.path);
    const sheet = workbook.worksheets[0];
    expect(sheet?.getCell('G4').type).toBe(ExcelJS.ValueType.String);
    expect(sheet?.getCell('G4').value).toBe(persons[2]?.[4]);
    expect(sheet?.headerFooter.oddHeader).toContain('OFFICIAL-SENSITIVE');
    const raw = execFileSync('unzip', ['-p', written.path, 'xl/worksheets/sheet1.xml'], { encoding: 'utf8' });
    expect(raw).not.toContain('<f>');
    expect(raw).not.toContain('hyperlink');
    expect([...raw.matchAll(/<c r="G\d" s="5" t="inlineStr">/g)]).toHaveLength(3);
  });

  it('comes back mended: heading found, own columns left aside, kind kept, ledger true', async () => {
    const bench = await makeWorkspace();
    const rows = [
      ['Wanted nominals'],
      ['Surname', 'Forenames', 'DOB', 'Row in the plan', 'Mobile'],
      ['FELL', 'Ann', '13/04/2001', '1', '07700 900123'],
      ['', '', '31/02/1990', '2', ''],
      ['', '', '14/05/1991', '3', ''],
    ];
    const path = await writeXlsx(bench, 'Barrow list.xlsx', { 'Week 12': rows, Empty: [['Nothing']] });
    await importPaths(bench, [path], { kind: 'person', sheet: 'Week 12' });
    const written = await writeRejected(bench);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(written.path);
    const sheet = workbook.getWorksheet('Week 12');
    expect(sheet?.rowCount).toBe(5);
    const mended = sheet?.getRow(4);
    if (!mended) throw new Error('the workbook has no such row');
    mended.getCell(3).value = 'BECK';
    mended.getCell(4).value = 'Tom';
    mended.getCell(5).value = '28/02/1990';
    await workbook.xlsx.writeFile(written.path);
    const grant = bench.engine.grants.add(written.path, 'file');
    const inspected = await bench.client.imports.inspect({ grant });
    expect(inspected.sheets).toHaveLength(1);
    expect(inspected.sheets[0]).toMatchObject({ sheet: 'Week 12', kind: 'person', headerRow: 3 });
    expect(inspected.sheets[0]?.columns.map((column) => column.field).slice(0, 5)).toEqual([
      null,
      null,
      'surname',
      'forenames',
      'dob',
    ]);
    const again = await importPaths(bench, [written.path]);
    expect(again.files[0]?.sheets[0]).toMatchObject({ rows: 2, imported: 1, rejected: 1 });
    const people = await allRows(bench.client, 'people');
    expect(people.map((row) => [row.name, row.dob])).toContainEqual([
      expect.stringMatching(/BECK/i),
      '1990-02-28',
    ]);
    expect((await bench.client.history.verify()).ok).toBe(true);
  });

  it('keeps the kind that a person chose, though its headings would not say it', async () => {
    const bench = await makeWorkspace();
    const path = writeCsv(bench, 'list.csv', [
      ['Address', 'Remarks'],
      ['1 Fell Road, Barrow LA14 1AA', ''],
      ['', 'nothing else'],
    ]);
    await importPaths(bench, [path], { kind: 'premises' });
    const written = await writeRejected(bench);
    const grant = bench.engine.grants.add(written.path, 'file');
    expect((await bench.client.imports.inspect({ grant })).sheets[0]?.kind).toBe('premises');
  });

  it('has every rejected row, however many, of every sheet', async () => {
    const bench = await makeWorkspace();
    const many = (length: number) => [
      ['Surname', 'Forenames', 'DOB', 'Remarks'],
      ...Array.from({ length }, (_, index) => ['', '', '31/02/1990', `remark ${index}`]),
      ['FELL', 'Ann', '13/04/2001', ''],
    ];
    const paths = [writeCsv(bench, 'one.csv', many(2500)), writeCsv(bench, 'two.csv', many(3))];
    await importPaths(bench, paths, { kind: 'person' });
    const written = await writeRejected(bench);
    expect(written.rows).toBe(2503);
    const { sheets } = await readAll(readFileSync(written.path));
    expect(sheets.map((sheet) => [sheet.name, sheet.rows.length])).toEqual([
      ['one', 2503],
      ['two', 6],
    ]);
    const numbers = sheets[0]?.rows.slice(3).map((row) => Number(row.text[0]));
    expect(numbers).toEqual(Array.from({ length: 2500 }, (_, index) => index + 2));
  });

  it('is a disclosure with its reason, and refuses where there is nothing to write', async () => {
    const bench = await makeWorkspace();
    await importPaths(bench, [writeCsv(bench, 'persons.csv', persons)], { kind: 'person' });
    await writeRejected(bench);
    const { entries } = await bench.client.history.list({ limit: 1 });
    expect(entries[0]).toMatchObject({
      operation: 'disclosure',
      method: 'imports.exportRejected',
      reason: 'to be mended',
    });
    const clean = writeCsv(bench, 'clean.csv', [persons[0] ?? [], ['W/2', ...(persons[1]?.slice(1) ?? [])]]);
    await importPaths(bench, [clean], { kind: 'person' });
    expect((await refusal(writeRejected(bench, 'IMP-2'))).message).toContain('No row');
    expect((await refusal(writeRejected(bench, 'IMP-9'))).code).toBe('not-found');
    expect((await refusal(writeRejected(bench, 'SRC-1'))).code).toBe('not-found');
  });
});

describe('imports.exportLedger', () => {
  it('prints marking, fingerprints, counts that add up, reasons and mapping', async () => {
    const bench = await makeWorkspace('Operation Fellgate');
    await importPaths(
      bench,
      ['nominals.xlsx', 'subscribers.csv', 'warrants.xlsx'].map((file) => join(demoFolder, file)),
    );
    const out = makeFolder();
    const written = await bench.client.imports.exportLedger({
      ref: 'IMP-1',
      folder: exportTo(bench, out),
      reason: 'for the file',
    });
    expect(written.file).toBe('IMP-1 loss ledger.pdf');
    const bytes = readFileSync(join(out, written.file));
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(written.pages).toBeGreaterThan(1);
    const { entries } = await bench.client.history.list({ limit: 1 });
    expect(entries[0]).toMatchObject({ operation: 'disclosure', reason: 'for the file', target: 'IMP-1' });
    const found = findImport(sessionOf(bench).reader, 'IMP-1');
    const printed = layoutLedger(
      found,
      { name: 'Operation Fellgate', marking: 'OFFICIAL-SENSITIVE' },
      '2026-11-24T12:00:00Z',
    );
    expect(printed.marking).toBe('OFFICIAL-SENSITIVE');
    for (const [index, file] of found.report.files.entries()) {
      const page = printed.files[index];
      expect(page?.facts[0]).toEqual(['SHA-256', file.sha256]);
      for (const [place, sheet] of file.sheets.entries()) {
        const shown = page?.sheets[place];
        const [rows = Number.NaN, ...terms] = (shown?.equation.match(/[\d,]+/g) ?? []).map((text) =>
          Number(text.replaceAll(',', '')),
        );
        expect(rows).toBe(sheet.rows);
        expect(terms.reduce((sum, term) => sum + term, 0)).toBe(rows);
        const sum = (list: string[][] | undefined) =>
          (list ?? []).reduce((total, [count]) => total + Number(count?.replaceAll(',', '')), 0);
        expect(sum(shown?.skipped)).toBe(sheet.skipped);
        expect(shown?.rejected).toHaveLength(sheet.rejected);
        expect(shown?.repairs.every(([, words]) => words && !/^[a-z]+\.[a-z-]+$/.test(words))).toBe(true);
      }
    }
  }, 60_000);

  it('says of an import that was undone that it was, and of no import that there is none', async () => {
    const bench = await makeWorkspace();
    await importPaths(bench, [writeCsv(bench, 'persons.csv', persons)], { kind: 'person' });
    await bench.client.history.undo({});
    const folder = exportTo(bench, makeFolder());
    const written = await bench.client.imports.exportLedger({ ref: 'IMP-1', folder, reason: 'x' });
    expect(written.pages).toBe(1);
    expect(
      (await refusal(bench.client.imports.exportLedger({ ref: 'IMP-7', folder, reason: 'x' }))).code,
    ).toBe('not-found');
  }, 60_000);
});

/** Tables for other tools: what they hold, what they may not, and what a spreadsheet program would make of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readZip } from '../../electron/engine/packs/stableZip.ts';
import type { TableReport, TableRequest } from '../../shared/contract/tableSchemas.ts';
import { type Bench, cleanUp, makeFolder, sessionOf } from '../engine/support.ts';
import { makeHostileWorkspace, planted } from './fixtures/hostileWorkspace.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await makeHostileWorkspace();
  const { writer } = sessionOf(bench);
  writer.exec(`UPDATE person SET note = '=HYPERLINK("http://x")', description = 'line one
line two, with "quotes"' WHERE id = 1`);
}, 120_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

async function write(request: Partial<TableRequest>): Promise<{ report: TableReport; folder: string }> {
  const folder = makeFolder();
  const events = await bench.client.tables.write({
    profile: 'table',
    format: 'csv',
    recipient: 'Intelligence unit',
    reason: 'Link chart',
    ...request,
    folder: bench.engine.grants.add(folder, 'export'),
  });
  for await (const event of events) if (event.type === 'done') return { report: event.report, folder };
  throw new Error('no report');
}

/** Rows of a CSV file by RFC 4180, read by nothing of ours. */
function readCsv(path: string): string[][] {
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  const rows: string[][] = [[]];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g;
  for (const match of text.matchAll(cells)) {
    if (match[0] === '' && rows.at(-1)?.length === 0) break;
    rows.at(-1)?.push((match[1] ?? match[2] ?? '').replaceAll('""', '"'));
    if (match[3] === '\r\n') rows.push([]);
    if (match[3] === '') break;
  }
  return rows.filter((row) => row.length > 0);
}

const bare = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

describe('tables as CSV', () => {
  it('hold every grid, each as many cells as headings, nothing that a spreadsheet runs', async () => {
    const { report, folder } = await write({});
    expect(report.files.length).toBeGreaterThan(20);
    for (const { file, rows } of report.files) {
      expect(file.startsWith('OFFICIAL')).toBe(true);
      const bytes = readFileSync(join(folder, file));
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      const table = readCsv(join(folder, file));
      expect(table.length - 1, file).toBe(rows);
      for (const row of table) {
        expect(row.length, file).toBe(table[0]?.length);
        for (const cell of row) expect(cell, file).not.toMatch(/^[=+@\t\r]|^-\D/);
      }
    }
    expect(report.warnings.join()).toMatch(/apostrophe/);
  });

  it('keep line ends, quotes and the text of a formula as text', async () => {
    const { folder, report } = await write({ grid: 'people' });
    const table = readCsv(join(folder, report.files[0]?.file ?? ''));
    const row = table.find(([ref]) => ref === 'NOM-1') ?? [];
    const at = (heading: string) => row[table[0]?.indexOf(heading) ?? -1];
    expect(at('Description')).toBe('line one\nline two, with "quotes"');
    expect(at('Note')).toBe(`'=HYPERLINK("http://x")`);
  });

  it('never hold what says who a source is, and count what stays', async () => {
    for (const profile of ['table', 'network'] as const) {
      const { report, folder } = await write({ profile });
      const text = bare(report.files.map(({ file }) => readFileSync(join(folder, file), 'utf8')).join('\n'));
      for (const secret of planted.restricted) expect(text.includes(bare(secret)), secret).toBe(false);
      expect(report.withheld.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(0);
    }
  });

  it('are journaled with recipient, reason and hashes', async () => {
    const { report } = await write({ grid: 'vehicles' });
    const { entries } = await bench.client.history.list({ limit: 1 });
    expect(entries[0]).toMatchObject({ operation: 'disclosure', reason: 'Link chart' });
    expect(JSON.stringify(entries[0])).toContain('Intelligence unit');
    expect(report.files[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect((await bench.client.history.verify()).ok).toBe(true);
  });
});

describe('the network', () => {
  it('has identities that its links refer to', async () => {
    const { report, folder } = await write({ profile: 'network' });
    const [entities, links] = report.files.map(({ file }) => readCsv(join(folder, file)));
    const known = new Map(entities?.slice(1).map((row) => [row[0], row.slice(0, 3)]));
    expect(known.size).toBe((entities?.length ?? 0) - 1);
    for (const row of links?.slice(1) ?? []) {
      expect(known.get(row[0])).toEqual(row.slice(0, 3));
      expect(known.get(row[4])).toEqual(row.slice(4, 7));
    }
  });

  it('is refused for one grid', async () => {
    await expect(write({ profile: 'network', grid: 'people' })).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('tables as a workbook', () => {
  it('open with another library, marked, and run nothing', async () => {
    const { report, folder } = await write({ format: 'xlsx' });
    const path = join(folder, report.files[0]?.file ?? '');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(path);
    expect(workbook.worksheets.length).toBeGreaterThan(20);
    for (const sheet of workbook.worksheets) {
      expect(sheet.headerFooter.oddHeader).toContain('OFFICIAL');
      sheet.eachRow((row) => row.eachCell((cell) => expect(cell.formula).toBeUndefined()));
    }
    const people = workbook.getWorksheet('People');
    const note = people?.getRow(1).values as string[];
    expect(people?.getRow(2).getCell(note.indexOf('Note')).value).toBe('=HYPERLINK("http://x")');
    for (const { content } of readZip(readFileSync(path)))
      for (const secret of planted.restricted) expect(content.toString('utf8')).not.toContain(secret);
  });

  it('come out the same from the same state', async () => {
    const first = await write({ format: 'xlsx', grid: 'people' });
    const second = await write({ format: 'xlsx', grid: 'people' });
    expect(second.report.files[0]?.sha256).toBe(first.report.files[0]?.sha256);
  });
});

describe('trouble', () => {
  it('leaves nothing in a folder that holds such a file', async () => {
    const { folder, report } = await write({ grid: 'people' });
    const before = readFileSync(join(folder, report.files[0]?.file ?? ''));
    const events = bench.client.tables.write({
      profile: 'table',
      format: 'csv',
      recipient: 'x',
      reason: 'y',
      folder: bench.engine.grants.add(folder, 'export'),
    });
    await expect(
      (async () => {
        for await (const event of await events) void event;
      })(),
    ).rejects.toThrow();
    expect(readdirSync(folder)).toHaveLength(1);
    expect(existsSync(join(folder, report.files[0]?.file ?? ''))).toBe(true);
    expect(readFileSync(join(folder, report.files[0]?.file ?? '')).equals(before)).toBe(true);
  });
});

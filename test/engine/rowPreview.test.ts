/** The row preview reads as the import does: outcomes, repairs and problems, each in its cell. */
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { PreviewRow, RowFilter } from '../../shared/contract/intakeSchemas.ts';
import type { SheetMapping } from '../../shared/contract/schemas.ts';
import type { Bench } from './support.ts';
import {
  cleanUp,
  demoFiles,
  demoFolder,
  importPaths,
  makeEngine,
  makeWorkspace,
  refusal,
  writeCsv,
  writeXlsx,
} from './support.ts';

afterAll(cleanUp);

async function mappingOf(bench: Pick<Bench, 'client'>, grant: string, index = 0): Promise<SheetMapping> {
  const sheet = (await bench.client.imports.inspect({ grant })).sheets[index];
  if (!sheet) throw new Error('the file has no such sheet');
  return {
    sheet: sheet.sheet,
    kind: sheet.kind,
    headerRow: sheet.headerRow,
    headerRows: sheet.headerRows,
    columns: sheet.columns.map((column) => column.field),
    layout: sheet.layout,
    ...(sheet.table ? { table: sheet.table } : {}),
    ...(sheet.sameWhile ? { sameWhile: sheet.sameWhile } : {}),
    ...(sheet.timeZone ? { timeZone: sheet.timeZone } : {}),
  };
}

/** Every page of a preview, in pages of `limit` rows. */
async function allPreviewRows(
  bench: Pick<Bench, 'client'>,
  grant: string,
  mapping: SheetMapping,
  only: RowFilter,
  limit = 1000,
): Promise<PreviewRow[]> {
  const rows: PreviewRow[] = [];
  let from: number | undefined;
  for (;;) {
    const page = await bench.client.imports.rows({
      grant,
      mapping,
      only,
      limit,
      ...(from === undefined ? {} : { from }),
    });
    rows.push(...page.rows);
    if (page.next === null) return rows;
    expect(page.next).toBeGreaterThan(from ?? 0);
    from = page.next;
  }
}

const messy = [
  ['Prepared by the desk'],
  ['Surname', 'Forenames', 'DOB', 'Mobile', 'Remarks'],
  ['FELL', 'Ann', '03/04/2001', '7700 900123', 'seen twice'],
  [],
  [],
  ['', '', '31/02/1990', '', 'nobody'],
  ['BECK', 'Tom', '31/02/1990', '0770090012', ''],
  ['Surname', 'Forenames', 'DOB', 'Mobile', 'Remarks'],
  ['Total', '2'],
];

describe('imports.rows', () => {
  it('shows raw beside cleaned, and each problem in its cell', async () => {
    const bench = await makeWorkspace();
    const grant = bench.engine.grants.add(writeCsv(bench, 'nominals.csv', messy), 'file');
    const rows = await allPreviewRows(bench, grant, await mappingOf(bench, grant), 'all');
    const first = rows.find((row) => row.row === 3);
    expect(first?.outcome).toBe('import');
    expect(first?.cells[3]).toMatchObject({
      raw: '7700 900123',
      field: 'phone.number',
      value: '+447700900123',
      repaired: 'phone.zero-restored',
      issue: null,
    });
    expect(first?.cells[4]).toMatchObject({ raw: 'seen twice' });
    const beck = rows.find((row) => row.row === 7);
    expect(beck?.cells[2]).toMatchObject({ raw: '31/02/1990', value: null });
    expect(beck?.cells[2]?.issue?.code).toMatch(/^date\./);
    expect(beck?.cells[0]?.issue).toBeNull();
    const rejected = rows.find((row) => row.row === 6);
    expect(rejected?.outcome).toBe('reject');
    expect(rejected?.reason).toBeTruthy();
  });

  it('filters as the ledger counts, in pages of any size', async () => {
    const bench = await makeWorkspace();
    const path = writeCsv(bench, 'nominals.csv', messy);
    const grant = bench.engine.grants.add(path, 'file');
    const mapping = await mappingOf(bench, grant);
    const report = (await importPaths(bench, [path], { sheets: [mapping] }, 'preview')).files[0]?.sheets[0];
    for (const limit of [1, 2, 1000]) {
      const of = async (only: RowFilter) => allPreviewRows(bench, grant, mapping, only, limit);
      const rejected = await of('rejected');
      expect(rejected.map((row) => row.row)).toEqual(
        report?.issues.filter((issue) => issue.outcome === 'rejected').map((issue) => issue.row),
      );
      expect((await of('skipped')).map((row) => [row.row, row.reason])).toEqual([
        [4, 'blank rows, up to row 5'],
        [8, 'repeated heading'],
        [9, 'total row'],
      ]);
      expect((await of('problems')).map((row) => row.row)).toEqual([6, 7]);
      expect((await of('repaired')).map((row) => row.row)).toContain(3);
      expect((await of('all')).map((row) => row.row)).toEqual([3, 4, 6, 7, 8, 9]);
    }
  });

  it('goes on from any row, though no page led there', async () => {
    const bench = await makeWorkspace();
    const grant = bench.engine.grants.add(writeCsv(bench, 'nominals.csv', messy), 'file');
    const mapping = await mappingOf(bench, grant);
    const page = await bench.client.imports.rows({ grant, mapping, only: 'all', from: 5, limit: 2 });
    expect(page.rows.map((row) => row.row)).toEqual([6, 7]);
    expect(page.next).toBe(8);
  });

  it('agrees with the import on every sheet of the demonstration, calls aside', async () => {
    const bench = await makeWorkspace();
    for (const file of demoFiles.filter((name) => name !== 'call data.csv')) {
      const path = join(demoFolder, file);
      const grant = bench.engine.grants.add(path, 'file');
      const sheets = (await bench.client.imports.inspect({ grant })).sheets;
      const report = await importPaths(bench, [path], {}, 'preview');
      for (const [index, sheet] of (report.files[0]?.sheets ?? []).entries()) {
        if (sheet.kind === null || sheets[index]?.kind !== sheet.kind) continue;
        const mapping = await mappingOf(bench, grant, index);
        const rows = await allPreviewRows(bench, grant, mapping, 'all', 300);
        const count = (outcome: string) => rows.filter((row) => row.outcome === outcome).length;
        expect(count('import'), `${file} ${sheet.sheet}`).toBe(sheet.imported + sheet.updated);
        expect(count('reject')).toBe(sheet.rejected);
        const repaired = rows.flatMap((row) => row.cells.filter((cell) => cell.repaired !== null)).length;
        if (Object.keys(sheet.repairs).length > 0) expect(repaired, file).toBeGreaterThan(0);
      }
    }
  });

  it('reads on from the rows above where a thing stands over several rows, from any row', async () => {
    const bench = await makeWorkspace();
    const path = writeCsv(bench, 'warrants.csv', [
      ['Warrant No', 'Power', 'Issued', 'Address', 'Remarks'],
      ['W/1', 's.23 MDA', '01/11/2026', '1 Fell Road, Barrow LA14 1AA', 'first'],
      ['', '', '', '', 'more of it'],
      ['W/2', 's.23 MDA', '02/11/2026', '2 Fell Road, Barrow LA14 1AA', 'first'],
      ['', '', '', '', 'more of it'],
      ['W/3', 's.23 MDA', '03/11/2026', '3 Fell Road, Barrow LA14 1AA', 'only'],
    ]);
    const grant = bench.engine.grants.add(path, 'file');
    const mapping: SheetMapping = {
      sheet: 'warrants',
      kind: 'warrant',
      headerRow: 1,
      columns: ['number', 'power', 'issued', 'premises.address', 'note'],
      sameWhile: { column: 0, when: 'blank' },
    };
    for (const from of [2, 3, 5]) {
      const page = await bench.client.imports.rows({ grant, mapping, only: 'all', from });
      expect(page.rows.map((row) => [row.row, row.outcome])).toEqual(
        [2, 3, 4, 5, 6].filter((row) => row >= from).map((row) => [row, 'import']),
      );
    }
  });

  it('shows what a sheet stores where that is not what it shows', async () => {
    const bench = await makeWorkspace();
    const path = await writeXlsx(bench, 'phones.xlsx', {
      Phones: [
        ['Mobile', 'Subscriber'],
        [7700900124, 'Ann Fell'],
      ],
    });
    const grant = bench.engine.grants.add(path, 'file');
    const [row] = await allPreviewRows(bench, grant, await mappingOf(bench, grant), 'all');
    expect(row?.cells[0]).toMatchObject({ stored: 7700900124, value: '+447700900124' });
  });

  it('shows the rows of a sheet that is left out as they stand', async () => {
    const bench = await makeWorkspace();
    const grant = bench.engine.grants.add(writeCsv(bench, 'nominals.csv', messy), 'file');
    const mapping = { ...(await mappingOf(bench, grant)), kind: null };
    const rows = await allPreviewRows(bench, grant, mapping, 'all');
    expect(rows[0]).toMatchObject({ row: 1, outcome: 'skip', reason: 'sheet left out' });
  });

  it('refuses a mapping that does not fit, and a cancelled call, by name', async () => {
    const bench = makeEngine();
    const grant = bench.engine.grants.add(join(demoFolder, 'nominals.xlsx'), 'file');
    const mapping = await mappingOf(bench, grant);
    const misfit = await refusal(
      bench.client.imports.rows({ grant, mapping: { ...mapping, columns: ['no such field'] }, only: 'all' }),
    );
    expect(misfit.code).toBe('mapping.misfit');
    const signal = AbortSignal.abort();
    const stopped = await refusal(bench.client.imports.rows({ grant, mapping, only: 'all' }, { signal }));
    expect(stopped.code).toBe('cancelled');
  });

  it('lets other calls have their turn while it looks through very many rows', async () => {
    const bench = await makeWorkspace();
    const path = writeCsv(bench, 'phones.csv', [
      ['Mobile', 'Subscriber'],
      ...Array.from({ length: 30_000 }, (_, index) => [
        `07700 9${String(index % 1000).padStart(5, '0')}`,
        'Ann Fell',
      ]),
    ]);
    const grant = bench.engine.grants.add(path, 'file');
    const mapping = await mappingOf(bench, grant);
    const order: string[] = [];
    const scan = bench.client.imports
      .rows({ grant, mapping, only: 'rejected' })
      .then((page) => order.push(`scan ${page.scanned}`));
    await bench.client.workspace.status();
    order.push('status');
    await scan;
    expect(order).toEqual(['status', 'scan 30000']);
  });
});

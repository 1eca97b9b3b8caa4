/** From any value to the row as it stood: the marked cells hold what the value was read from. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceView } from '../../shared/contract/intakeSchemas.ts';
import type { GridName } from '../../shared/grid/types.ts';
import type { Bench } from './support.ts';
import {
  allRows,
  cleanUp,
  demoFolder,
  importDemo,
  importPaths,
  makeFolder,
  makeWorkspace,
  onlyRef,
  refusal,
  reopen,
  writeCsv,
  writeXlsx,
} from './support.ts';

afterAll(cleanUp);

const rowOf = (view: SourceView) => view.rows.find((row) => row.row === view.row);

describe('sources.view', () => {
  let demo: Bench;
  beforeAll(async () => {
    demo = await makeWorkspace();
    await importDemo(demo);
  }, 120_000);

  it('marks, for every value of records of every kind, the cells that it was read from', async () => {
    let checked = 0;
    const named: GridName[] = [
      'people',
      'phones',
      'premises',
      'vehicles',
      'intelligence',
      'communications',
      'warrants',
      'officers',
      'custody',
      'referrals',
    ];
    for (const grid of named) {
      const { rows } = await demo.client.grids.page({ grid, limit: 4 });
      expect(rows.length, grid).toBeGreaterThan(0);
      for (const { ref } of rows) {
        const { values } = await demo.client.records.show({ ref });
        for (const [field, list] of Object.entries(values)) {
          for (const [which, value] of list.entries()) {
            const view = await demo.client.sources.view({ ref, field, which });
            const place = `${ref} ${field} ${which}`;
            expect([view.file, view.sheet, view.row], place).toEqual([value.file, value.sheet, value.row]);
            const cells = rowOf(view)?.cells ?? [];
            expect(view.columns.map((column) => cells[column]?.text ?? '').join(' | '), place).toBe(
              value.raw,
            );
            if (value.raw !== '') expect(view.columns.length, place).toBeGreaterThan(0);
            checked += 1;
          }
        }
      }
    }
    expect(checked).toBeGreaterThan(100);
  }, 120_000);

  it('shows the heading, its neighbours, who brought it and what was said about it', async () => {
    const view = await demo.client.sources.view({ ref: 'COM-20', field: 'start', around: 2 });
    expect(view.rows).toHaveLength(5);
    expect(view.rows[2]?.row).toBe(view.row);
    expect(view.head.at(-1)?.row).toBe(view.headerRow);
    expect(view.head.at(-1)?.cells.length).toBeGreaterThan(3);
    expect(view.importedBy).toBe('A Analyst');
    expect(view.importedAt).toMatch(/^2026-11-24T/);
    const [rejected] = (await demo.client.imports.report({ ref: 'IMP-1' })).files.flatMap((file) =>
      file.sheets.flatMap((sheet) => sheet.issues.map((issue) => ({ ...issue, sheet: sheet.sheet }))),
    );
    const sources = await allRows(demo.client, 'sources');
    const source = sources.find((row) => row.sheet === rejected?.sheet);
    const row = await demo.client.sources.view({ ref: String(source?.ref), row: rejected?.row ?? 0 });
    expect(row.issues.map((issue) => issue.code)).toContain(rejected?.code);
  });

  it('is a consultation', async () => {
    await demo.client.sources.view({ ref: 'NOM-1', field: 'name' });
    const { entries } = await demo.client.history.list({ limit: 1, ref: 'NOM-1' });
    expect(entries[0]).toMatchObject({ operation: 'consultation', method: 'sources.view' });
  });

  it('says who entered a value by hand, and when, and that a sheet says something too', async () => {
    await demo.client.records.set({ edits: [{ ref: 'NOM-2', values: { role: 'runner' } }] });
    const refused = await refusal(demo.client.sources.view({ ref: 'NOM-2', field: 'role' }));
    expect(refused.code).toBe('not-found');
    expect(refused.message).toMatch(/by hand by A Analyst on 2026-11-24/);
    const added = onlyRef(await demo.client.records.add({ grid: 'people', values: { name: 'Ann FELL' } }));
    expect((await refusal(demo.client.sources.view({ ref: added }))).message).toContain('by hand');
    expect((await refusal(demo.client.sources.view({ ref: added, field: 'name' }))).details).toMatchObject({
      by: 'A Analyst',
      others: 0,
    });
  });

  it('refuses what is not there', async () => {
    for (const question of [
      { ref: 'NOM-9999' },
      { ref: 'SRC-9999', row: 2 },
      { ref: 'SRC-1', row: 99_999 },
      { ref: 'NOM-1', field: 'name', which: 99 },
      { ref: 'nonsense' },
    ])
      expect((await refusal(demo.client.sources.view(question))).code).toBe('not-found');
  });

  it('finds every row of a sheet by its number, over block edges and blank rows', async () => {
    const bench = await makeWorkspace();
    const lines = Array.from({ length: 2500 }, (_, index) =>
      index % 7 === 3 ? [] : [`Fell ${index}`, `07700 9${String(index % 1000).padStart(5, '0')}`],
    );
    const path = writeCsv(bench, 'phones.csv', [
      ['Prepared for the desk'],
      ['Subscriber', 'Mobile'],
      ...lines,
    ]);
    await importPaths(bench, [path]);
    for (const index of [0, 1, 2, 996, 997, 998, 1001, 1997, 2002, 2499]) {
      const question = bench.client.sources.view({ ref: 'SRC-1', row: index + 3, around: 1 });
      if (index % 7 === 3) expect((await refusal(question)).message).toContain('blank');
      else expect(rowOf(await question)?.cells[0]?.text).toBe(`Fell ${index}`);
    }
    const view = await bench.client.sources.view({ ref: 'SRC-1', row: 3 });
    expect(view.head.map((row) => row.cells[0]?.text)).toEqual(['Prepared for the desk', 'Subscriber']);
  });

  it('keeps what a sheet stores beside what it shows, after reopening', async () => {
    const bench = await makeWorkspace();
    const path = await writeXlsx(bench, 'phones.xlsx', {
      Phones: [
        ['Mobile', 'Subscriber'],
        [7700900124, 'Ann Fell'],
      ],
    });
    await importPaths(bench, [path]);
    await reopen(bench);
    const [phone] = await allRows(bench.client, 'phones');
    const view = await bench.client.sources.view({ ref: String(phone?.ref), field: 'number' });
    expect(view.columns).toEqual([0]);
    expect(rowOf(view)?.cells[0]?.stored).toBe(7700900124);
  });
});

describe('sources.exportOriginal', () => {
  it('writes the very bytes that were imported, as a disclosure, never over another file', async () => {
    const bench = await makeWorkspace();
    const path = join(demoFolder, 'nominals.xlsx');
    await importPaths(bench, [path]);
    const out = makeFolder();
    writeFileSync(join(out, 'nominals.xlsx'), 'mine');
    const folder = bench.engine.grants.add(out, 'export');
    const written = await bench.client.sources.exportOriginal({
      ref: 'SRC-1',
      folder,
      reason: 'for the file',
    });
    expect(written.file).toBe('nominals (2).xlsx');
    expect(readdirSync(out).sort()).toEqual(['nominals (2).xlsx', 'nominals.xlsx']);
    expect(readFileSync(join(out, 'nominals.xlsx'), 'utf8')).toBe('mine');
    const bytes = readFileSync(join(out, written.file));
    expect(bytes).toEqual(readFileSync(path));
    expect(written.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    const { entries } = await bench.client.history.list({ limit: 1 });
    expect(entries[0]).toMatchObject({ operation: 'disclosure', reason: 'for the file', target: 'SRC-1' });
    expect((await bench.client.history.verify()).ok).toBe(true);
  });

  it('leaves nothing where it cannot write, and records nothing', async () => {
    const bench = await makeWorkspace();
    await importPaths(bench, [join(demoFolder, 'nominals.xlsx'), join(demoFolder, 'vehicles.xlsx')]);
    const before = (await bench.client.history.list({ limit: 1 })).entries[0]?.seq;
    const gone = bench.engine.grants.add(join(makeFolder(), 'gone'), 'export');
    const failed = refusal(bench.client.sources.exportOriginal({ ref: 'SRC-1', folder: gone, reason: 'x' }));
    expect((await failed).code).toBe('pack.failed');
    const folder = bench.engine.grants.add(makeFolder(), 'export');
    const several = refusal(bench.client.sources.exportOriginal({ ref: 'IMP-1', folder, reason: 'x' }));
    expect((await several).message).toMatch(/SRC-1, SRC-/);
    expect((await bench.client.history.list({ limit: 1 })).entries[0]?.seq).toBe(before);
  });
});

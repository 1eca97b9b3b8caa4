/**
 * Whatever a sheet holds: rows read are rows accounted for, and no cleaned value loses its raw text. The
 * sheets are generated from real headings, real-looking cells and rubbish.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImportKind, SheetReport } from '../../shared/contract/schemas.ts';
import { kindList } from '../../shared/intake/kinds.ts';
import type { Bench } from './support.ts';
import { cleanUp, importPaths, makeWorkspace } from './support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await makeWorkspace('Ledger');
});
afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

const cell = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  {
    weight: 3,
    arbitrary: fc.constantFrom('07700 900123', '+44 (0)7700 900456', '7700900789', '4.47E+11', 'withheld'),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '03/04/2026',
      '31/12/2025',
      '2026-02-30',
      '12/31/2025',
      'c.1998',
      '1/1/99 09:30',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'SMITHSON, Jo',
      "Ó'Riada Éanna",
      'unknown',
      'Total',
      'AB12CDE',
      'FE1 2AB',
      '2CP',
      'E41',
    ),
  },
  { weight: 2, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom('   ', 'a\nb', '"quoted"', ',', '=1+1', '\t', 'x'.repeat(400)) },
);

/** What stands among the rows of real sheets: gaps, pages, totals, notes, another table. */
type Between = 'blank' | 'heading' | 'total' | 'note' | 'continued' | 'table' | 'titled table';

interface Sheet {
  kind: ImportKind;
  headings: string[];
  rows: string[][];
}

const between = fc.constantFrom<Between>(
  'blank',
  'heading',
  'total',
  'note',
  'continued',
  'table',
  'titled table',
);

const headingsOf = (kind: (typeof kindList)[number]) =>
  fc.subarray(
    kind.fields.map((field) => field.headings[0] ?? field.field),
    { minLength: 2 },
  );

const rowsUnder = (headings: readonly string[]) =>
  fc.array(fc.array(cell, { minLength: 0, maxLength: headings.length + 2 }), { minLength: 1, maxLength: 12 });

const oneTable = fc
  .constantFrom(...kindList)
  .chain((kind) =>
    headingsOf(kind).chain((headings) =>
      rowsUnder(headings).map((rows): Sheet => ({ kind: kind.kind, headings, rows })),
    ),
  );

/** A table with whatever interrupts the rows of real ones. */
const sheet: fc.Arbitrary<Sheet> = fc
  .tuple(oneTable, fc.array(fc.tuple(between, oneTable), { maxLength: 3 }))
  .map(([first, others]) => ({
    ...first,
    rows: [
      ...first.rows,
      ...others.flatMap(([what, other]) => {
        switch (what) {
          case 'blank':
            return [[], [''], ...other.rows];
          case 'heading':
            return [first.headings, ...other.rows];
          case 'total':
            return [['Total', String(other.rows.length)], ...other.rows];
          case 'note':
            return [[], ['Source: returns of the North team'], ...other.rows];
          case 'continued':
            return other.rows.map((row) => ['', ...row.slice(1)]);
          case 'table':
            return [[], other.headings, ...other.rows];
          default:
            return [[], [`Returns of ${other.kind}`], other.headings, ...other.rows];
        }
      }),
    ],
  }));

/** Cells as a text table can carry them: line ends and lone halves of characters are what the file makes of them. */
const carried = (text: string) => text.replace(/\r\n?/g, '\n').replace(/\0/g, '').toWellFormed();

function writeSheet(path: string, { headings, rows }: Sheet): string[][] {
  const table = [headings, ...rows].map((row) => row.map(carried));
  const line = (row: string[]) => row.map((text) => `"${text.replace(/"/g, '""')}"`).join(',');
  writeFileSync(path, `\ufeff${table.map(line).join('\n')}\n`);
  return table;
}

const accounted = (report: SheetReport) =>
  report.imported + report.updated + report.unchanged + report.skipped + report.rejected;

/** Rows below the heading, blank ones between them included, down to the last with anything in it. */
function rowsExpected(table: string[][]): number {
  const last = table.findLastIndex((row) => row.some((text) => text.trim() !== ''));
  return Math.max(0, last);
}

let files = 0;
function nextPath(): string {
  files += 1;
  return join(bench.folder, `sheet ${files}.csv`);
}

describe('the ledger', () => {
  test('accounts for every row of any sheet', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(sheet, async (made) => {
        const path = nextPath();
        const table = writeSheet(path, made);
        const report = await importPaths(bench, [path], { kind: made.kind }, 'preview');
        rmSync(path);
        const [file] = report.files;
        // A sheet whose headings are not the first row that fits is refused or read from a lower row.
        if (file?.status === 'refused') return;
        const ledgers = file?.sheets ?? [];
        const [first] = ledgers;
        if (!first) throw new Error('a sheet without a report');
        for (const ledger of ledgers) {
          expect(accounted(ledger)).toBe(ledger.rows);
          for (const issue of ledger.issues) {
            expect(issue.row).toBeLessThanOrEqual(table.length);
            if (issue.outcome !== 'kept') expect(issue.message).not.toBe('');
          }
          expect(ledger.issues.filter((issue) => issue.outcome === 'rejected')).toHaveLength(ledger.rejected);
        }
        // Tables one below another account together for every row under the first heading.
        const beside = ledgers.some((ledger) => ledger.table?.includes('column'));
        const rows = ledgers.reduce((sum, ledger) => sum + ledger.rows, 0);
        // One that is left out has its heading counted as well.
        const heading = first.kind === null ? 1 : 0;
        if (first.headerRow === 1 && !beside) expect(rows).toBe(rowsExpected(table) + heading);
        if (beside) expect(rows).toBeGreaterThanOrEqual(rowsExpected(table));
      }),
      { numRuns: 2000 },
    );
  });

  test('keeps the raw text of every cleaned value', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(sheet, async (made) => {
        const path = nextPath();
        const table = writeSheet(path, made);
        const report = await importPaths(bench, [path], { kind: made.kind });
        rmSync(path);
        if (report.ref === null) return;
        try {
          const kind = kindList.find((each) => each.kind === made.kind);
          const page = await bench.client.grids.page({ grid: kind?.grid ?? 'people', limit: 50 });
          for (const row of page.rows) {
            const detail = await bench.client.records.show({ ref: row.ref });
            for (const value of Object.values(detail.values).flat()) {
              if (value.row === null) continue;
              const cells = table[value.row - 1] ?? [];
              const stood = cells.filter((text) => text !== '');
              for (const part of (value.raw ?? '').split(' | ')) {
                expect(part === '' || stood.some((text) => text.includes(part) || part.includes(text))).toBe(
                  true,
                );
              }
            }
          }
        } finally {
          await bench.client.history.undo({});
        }
        expect((await bench.client.grids.page({ grid: 'sources', limit: 1 })).total).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

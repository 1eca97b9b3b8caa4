/** The ten demonstration spreadsheets against what `truth.json` says is in them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportReport, RecordDetail, SheetReport } from '../../shared/contract/schemas.ts';
import type { GridRow } from '../../shared/grid/query.ts';
import type { GridName } from '../../shared/grid/types.ts';
import type { Bench } from './support.ts';
import { allRows, cleanUp, demoFolder, importDemo, makeWorkspace } from './support.ts';

interface TruthSheet {
  sheet: string | null;
  kind: string;
  headerRow: number;
  mapping: Record<string, string | null>;
  rows: number;
  imported: number;
  skipped: number;
  rejected: number;
  skippedRows: { row: number; reason: string }[];
  rejectedRows: { row: number; code: string }[];
  issues: { row: number; column: string; code: string }[];
}
interface Truth {
  files: { file: string; sha256: string; sheets: TruthSheet[]; sheetsWithoutTable?: string[] }[];
  rejected: { file: string; row: number; code: string }[];
  ambiguousDates: { file: string; row: number; column: string }[];
  distinct: {
    people: {
      records: number;
      distinct: number;
      distinctInNominals: number;
      joined: { file: string; row: number }[][];
    };
    phones: {
      inNominalsOrSubscribers: number;
      shortCodesInCallData: string[];
      inAnyFileWithoutOfficers: number;
    };
    premises: { inAnyFile: number };
    vehicles: { inAnyFile: number };
  };
  samples: {
    file: string;
    sheet: string | null;
    row: number;
    column: string;
    raw: string;
    field: string;
    cleaned: string | number;
  }[];
}
const truth: Truth = JSON.parse(readFileSync(join(demoFolder, 'truth.json'), 'utf8'));

const sheets = truth.files.flatMap(({ file, sheets }) => sheets.map((sheet) => ({ file, ...sheet })));
const sheetName = (file: string, sheet: string | null) => sheet ?? file.replace(/\.csv$/, '');

let bench: Bench;
let report: ImportReport;
/** Rows of the grids but call data, by the place of each row of evidence behind them. */
const byPlace = new Map<string, { grid: GridName; row: GridRow }[]>();
const at = (file: string, row: number) => byPlace.get(`${file}|${row}`) ?? [];
const details = new Map<string, RecordDetail>();

async function show(ref: string): Promise<RecordDetail> {
  const known = details.get(ref);
  if (known) return known;
  const detail = await bench.client.records.show({ ref });
  details.set(ref, detail);
  return detail;
}

function sheetReport(file: string, sheet: string | null): SheetReport {
  const found = report.files
    .find((each) => each.file === file)
    ?.sheets.find((each) => each.sheet === sheetName(file, sheet));
  if (!found) throw new Error(`nothing is reported of ${file}`);
  return found;
}

beforeAll(async () => {
  bench = await makeWorkspace();
  report = await importDemo(bench);
  for (const grid of [
    'people',
    'phones',
    'premises',
    'vehicles',
    'intelligence',
    'custody',
    'referrals',
    'officers',
    'warrants',
  ] as const) {
    const page = await bench.client.grids.page({ grid, limit: 100_000, sources: true });
    for (const row of page.rows) {
      if (!Array.isArray(row.sources)) throw new Error('sources were asked for');
      for (const place of row.sources) {
        const key = `${place.file}|${place.row}|${place.sheet}`;
        for (const name of [key, `${place.file}|${place.row}`]) {
          const list = byPlace.get(name) ?? [];
          list.push({ grid, row });
          byPlace.set(name, list);
        }
      }
    }
  }
}, 120_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

describe('every sheet', () => {
  it('is imported from the file that truth.json means', () => {
    expect(report.files.map((file) => [file.file, file.status, file.sha256]).sort()).toEqual(
      truth.files.map((file) => [file.file, 'imported', file.sha256]).sort(),
    );
  });

  it.each(sheets.map((sheet) => [sheet.file, sheetName(sheet.file, sheet.sheet), sheet] as const))(
    '%s, %s: kind, heading row and mapping are recognised',
    (file, _, sheet) => {
      const found = sheetReport(file, sheet.sheet);
      expect({ kind: found.kind, headerRow: found.headerRow, mapping: found.mapping }).toEqual({
        kind: sheet.kind,
        headerRow: sheet.headerRow,
        mapping: sheet.mapping,
      });
    },
  );

  it.each(sheets.map((sheet) => [sheet.file, sheetName(sheet.file, sheet.sheet), sheet] as const))(
    '%s, %s: every row is accounted for',
    (file, _, sheet) => {
      const found = sheetReport(file, sheet.sheet);
      expect(found.rows).toBe(
        found.imported + found.updated + found.unchanged + found.skipped + found.rejected,
      );
      expect({
        rows: found.rows,
        imported: found.imported + found.updated,
        unchanged: found.unchanged,
        skipped: found.skipped,
        rejected: found.rejected,
      }).toEqual({
        rows: sheet.rows,
        imported: sheet.imported,
        unchanged: 0,
        skipped: sheet.skipped,
        rejected: sheet.rejected,
      });
      const reasons = Map.groupBy(sheet.skippedRows, (row) => row.reason);
      expect(found.skippedBy).toEqual(
        Object.fromEntries([...reasons].map(([reason, rows]) => [reason, rows.length])),
      );
      // Blank rows are counted; the others are named.
      const named = found.issues.filter((issue) => issue.outcome === 'skipped');
      expect(named.map((issue) => [issue.row, issue.message])).toEqual(
        sheet.skippedRows
          .filter((row) => row.reason !== 'blank row')
          .map((row) => [row.row, `Skipped: ${row.reason}.`]),
      );
    },
  );

  it('without a table is left out, and its rows are counted', () => {
    for (const { file, sheetsWithoutTable } of truth.files) {
      const known = sheets
        .filter((sheet) => sheet.file === file)
        .map((sheet) => sheetName(file, sheet.sheet));
      const extra = report.files
        .find((each) => each.file === file)
        ?.sheets.filter((sheet) => !known.includes(sheet.sheet));
      expect(extra?.map((sheet) => sheet.sheet)).toEqual(sheetsWithoutTable ?? []);
      for (const sheet of extra ?? []) {
        expect(sheet.kind).toBeNull();
        expect(sheet.skipped).toBe(sheet.rows);
        expect(sheet.rows).toBeGreaterThan(0);
      }
    }
  });
});

describe('rows that cannot be used', () => {
  it('are exactly the three, each with its reason and its raw text', () => {
    const rejected = report.files.flatMap((file) =>
      file.sheets.flatMap((sheet) =>
        sheet.issues
          .filter((issue) => issue.outcome === 'rejected')
          .map((issue) => ({ file: file.file, row: issue.row, code: issue.code, raw: issue.raw })),
      ),
    );
    expect(rejected.map(({ raw: _, ...rest }) => rest).sort((a, b) => a.row - b.row)).toEqual(
      truth.rejected.map(({ file, row, code }) => ({ file, row, code })).sort((a, b) => a.row - b.row),
    );
    for (const { raw } of rejected) expect(raw.length).toBeGreaterThan(3);
  });

  it('leave nothing in the grids', () => {
    for (const { file, row } of truth.rejected) expect(at(file, row), `${file} row ${row}`).toEqual([]);
  });
});

describe('flags on rows that live', () => {
  // What is left in truth.json is for the readiness check or for a person: these are the importer's own.
  const own = new Set(['grade.legacy', 'imei.rounded', 'vehicle.format', 'date.ambiguous', 'pnc.check']);

  it.each(sheets.map((sheet) => [sheet.file, sheetName(sheet.file, sheet.sheet), sheet] as const))(
    '%s, %s: are those of truth.json and no others',
    (file, _, sheet) => {
      const places = (issues: readonly { row: number; column: string | null; code: string }[]) =>
        issues.map((issue) => `${issue.row} ${issue.column} ${issue.code}`).sort();
      const rejected = new Set(sheet.rejectedRows.map((row) => row.row));
      const found = sheetReport(file, sheet.sheet).issues.filter(
        (issue) => issue.outcome === 'kept' && !rejected.has(issue.row),
      );
      expect(places(found)).toEqual(places(sheet.issues.filter((issue) => own.has(issue.code))));
    },
  );

  it('leave the one ambiguous date without a value', async () => {
    expect(truth.ambiguousDates).toHaveLength(1);
    for (const { file, row, column } of truth.ambiguousDates) {
      const issue = sheetReport(file, null).issues.find((each) => each.row === row);
      expect(issue).toMatchObject({ column, code: 'date.ambiguous', outcome: 'kept', raw: '04/07/1999' });
      const records = at(file, row);
      expect(records.map((record) => record.grid).sort()).toEqual(['custody', 'people']);
      for (const record of records) {
        expect(record.row.dob).toBeNull();
        const values = (await show(record.row.ref)).values.dob ?? [];
        expect(values.filter((value) => value.row === row && value.file === file)).toEqual([]);
      }
    }
  });

  it('say which intelligence needs a grade', () => {
    const sheet = sheets.find((each) => each.kind === 'intelligence');
    const without = sheet?.issues.filter((issue) => issue.code.startsWith('grade.')) ?? [];
    expect(without.length).toBeGreaterThan(5);
    for (const issue of without) {
      expect(at('intelligence log.xlsx', issue.row)[0]?.row.needsRegrade, `row ${issue.row}`).toBe('yes');
    }
  });
});

describe('who and what the rows are about', () => {
  it('counts people, phones, premises and vehicles as truth.json does', async () => {
    const { distinct } = truth;
    const phones = await allRows(bench.client, 'phones');
    expect({
      people: (await allRows(bench.client, 'people')).length,
      numbers: phones.filter((row) => String(row.number).startsWith('+')).length,
      shortCodes: phones
        .map((row) => String(row.number))
        .filter((number) => !number.startsWith('+'))
        .sort(),
      subscribed: phones.filter((row) => Number(row.sources) > 0).length,
      premises: (await allRows(bench.client, 'premises')).length,
      vehicles: (await allRows(bench.client, 'vehicles')).length,
      officers: (await allRows(bench.client, 'officers')).length,
      communications: (await bench.client.grids.page({ grid: 'communications', limit: 0 })).total,
    }).toEqual({
      people: distinct.people.distinct,
      numbers: distinct.phones.inAnyFileWithoutOfficers,
      shortCodes: distinct.phones.shortCodesInCallData,
      subscribed: distinct.phones.inNominalsOrSubscribers,
      premises: distinct.premises.inAnyFile,
      vehicles: distinct.vehicles.inAnyFile,
      officers: 28,
      communications: 19_999,
    });
  });

  const person = (file: string, row: number): string => {
    const found = at(file, row).filter((record) => record.grid === 'people');
    expect(found, `people of ${file} row ${row}`).toHaveLength(1);
    return found[0]?.row.ref ?? '';
  };

  it('joins every pair that has to be joined, and only those', () => {
    const joined = truth.distinct.people.joined;
    expect(joined.length).toBeGreaterThan(30);
    const refs = joined.map((group) => {
      const own = new Set(group.map((place) => person(place.file, place.row)));
      expect([...own], JSON.stringify(group)).toHaveLength(1);
      return [...own][0];
    });
    expect(new Set(refs).size).toBe(joined.length);
    const inNominals = new Set<string>();
    for (const [key, records] of byPlace) {
      if (!key.startsWith('nominals.xlsx|')) continue;
      for (const record of records) if (record.grid === 'people') inNominals.add(record.row.ref);
    }
    expect(inNominals.size).toBe(truth.distinct.people.distinctInNominals);
  });

  it('keeps look-alikes apart', async () => {
    const people = await allRows(bench.client, 'people');
    const nominal = (ref: string) => people.find((row) => row.localRef === ref)?.ref;
    const custody = await allRows(bench.client, 'custody');
    const inCustody = (name: RegExp) =>
      custody.filter((row) => name.test(String(row.name))).map((row) => String(row.person));
    expect(nominal('N-006')).toBeDefined();
    expect(nominal('N-006')).not.toBe(nominal('N-007'));
    expect(nominal('N-004')).not.toBe(nominal('N-005'));
    for (const [ref, name] of [
      ['N-008', /pryce[- ]ellis/i],
      ['N-010', /mistry/i],
      ['N-009', /fenwick-shaw/i],
    ] as const) {
      const others = inCustody(name);
      expect(others.length, ref).toBeGreaterThan(0);
      expect(others, ref).not.toContain(nominal(ref));
    }
    const referrals = await allRows(bench.client, 'referrals');
    const ollie = referrals.find((row) => row.reference === 'PR-007');
    expect(ollie?.person).toMatch(/^NOM-\d+$/);
    expect(ollie?.person).not.toBe(nominal('N-043'));
  });
});

describe('cleaned values', () => {
  it('are those of every sample, with the raw text beside them', async () => {
    expect(truth.samples.length).toBeGreaterThan(80);
    for (const sample of truth.samples) {
      const name = `${sample.file} row ${sample.row} ${sample.column}`;
      const field = sample.field.startsWith('start.') ? 'start' : (sample.field.split('.').at(-1) ?? '');
      const records =
        sample.file === 'call data.csv'
          ? await callAt(sample.row)
          : (byPlace.get(`${sample.file}|${sample.row}|${sheetName(sample.file, sample.sheet)}`) ?? []);
      const refs = new Set(records.map((record) => record.row.ref));
      const found = [];
      for (const ref of refs) {
        for (const value of (await show(ref)).values[field] ?? [])
          if (
            value.file === sample.file &&
            value.row === sample.row &&
            value.sheet === sheetName(sample.file, sample.sheet) &&
            value.column?.split(' + ').includes(sample.column)
          )
            found.push(value);
      }
      // An old grade stays as written until an analyst decides: the field for grades stays empty.
      const kept =
        sample.file === 'intelligence log.xlsx' && field === 'grade' && /^[A-E]\d/.test(sample.raw)
          ? at(sample.file, sample.row).map((record) => ({
              value: record.row.originalGrade,
              raw: sample.raw,
            }))
          : found;
      expect(kept.length, name).toBeGreaterThan(0);
      for (const value of kept) {
        expect(value.value, name).toBe(sample.cleaned);
        expect(value.raw?.split(' | '), name).toContain(sample.raw);
      }
    }
  });

  /** Calls are too many to list with their places: the row is found by its number among its neighbours. */
  async function callAt(row: number): Promise<{ grid: GridName; row: GridRow }[]> {
    const page = await bench.client.grids.page({
      grid: 'communications',
      offset: row - 8 - 5,
      limit: 12,
      ...(row < 20 ? { offset: 0 } : {}),
      sources: true,
    });
    return page.rows
      .filter((each) => Array.isArray(each.sources) && each.sources.some((place) => place.row === row))
      .map((each) => ({ grid: 'communications' as const, row: each }));
  }
});

/** Every column of every grid against an oracle in plain JavaScript, paging at depth, hostile filters, plans. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wherePart } from '../../electron/engine/database/queries/where.ts';
import { gridList, grids, makeRef } from '../../shared/grid/grids.ts';
import type { CellValue, Condition, GridRow, Sort } from '../../shared/grid/query.ts';
import type { Column, GridName } from '../../shared/grid/types.ts';
import type { Bench } from './support.ts';
import {
  allRows,
  cleanUp,
  demoFolder,
  importPaths,
  makeWorkspace,
  onlyRef,
  refusal,
  sessionOf,
} from './support.ts';

let bench: Bench;
const rowsOf = new Map<GridName, GridRow[]>();
const rows = (grid: GridName) => rowsOf.get(grid) ?? [];
const cellOf = (row: GridRow, field: string) => (row[field] ?? null) as CellValue;

/** Calls with many ties and gaps: 2,600 rows, so that paging needs several anchors. */
function writeCalls(folder: string): string {
  const path = join(folder, 'calls.csv');
  const lines = ['A Number,B Number,Call Type,Start Date,Start Time,Duration (s),Cell Name'];
  for (let index = 0; index < 2600; index += 1) {
    const minute = String(Math.floor(index / 7) % 60).padStart(2, '0');
    const day = String(1 + (index % 5)).padStart(2, '0');
    const duration = index % 3 === 0 ? '' : String(index % 11);
    lines.push(
      `07700900${String(index % 40).padStart(3, '0')},07700900${String((index * 7) % 50).padStart(3, '0')},${index % 4 ? 'Voice' : 'SMS'},${day}/10/2026,08:${minute}:00,${duration},${index % 6 ? `Mast ${index % 9}` : ''}`,
    );
  }
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

beforeAll(async () => {
  bench = await makeWorkspace();
  const { client } = bench;
  await importPaths(bench, [
    ...[
      'nominals.xlsx',
      'premises.xlsx',
      'vehicles.xlsx',
      'subscribers.csv',
      'custody.csv',
      'warrants.xlsx',
    ].map((file) => join(demoFolder, file)),
    ...['partner referrals.xlsx', 'intelligence log.xlsx', 'officers and duties.xlsx'].map((file) =>
      join(demoFolder, file),
    ),
    writeCalls(bench.folder),
  ]);
  await client.records.makeTargets({ refs: ['NOM-1', 'NOM-2', 'PRM-1'] });
  await client.records.set({
    edits: [{ ref: 'TGT-1', values: { priority: '1', note: "O'Hara 100% _x\\y" } }],
  });
  for (const grid of [
    'lines',
    'groups',
    'teams',
    'crimes',
    'safeguarding',
    'actions',
    'results',
    'seizures',
    'arrests',
    'outcomes',
    'lineNumbers',
    'commanders',
    'decisions',
  ] as const) {
    for (const note of ['first', null]) {
      const values = Object.fromEntries(
        grids[grid].columns
          .filter(
            (column) =>
              column.editable && (column.required || column.field === 'note' || column.field === 'location'),
          )
          .map((column) => [column.field, exampleOf(column, note)]),
      );
      await client.records.add({ grid, values });
    }
  }
  for (const { name } of gridList) rowsOf.set(name, await allRows(client, name));
}, 120_000);

function exampleOf(column: Column, note: string | null): CellValue {
  if (column.type === 'ref') return makeRef(column.to?.[0] ?? 'people', 1);
  if (column.type === 'code' || column.type === 'codes') return exampleCode(column);
  return column.required ? `some ${column.field}` : note;
}

function exampleCode(column: Column): string {
  const sql = column.codes ?? '';
  const first: Record<string, string> = { power: 'mda-s23-3' };
  return first[sql] ?? codes[sql] ?? '';
}
const { codeLists } = await import('../../shared/reference/codeLists.ts');
const codes = Object.fromEntries(
  Object.entries(codeLists).map(([name, list]) => [name, list[0]?.code ?? '']),
);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

async function found(grid: GridName, field: string, condition: Condition): Promise<string[]> {
  const page = await bench.client.grids.page({ grid, where: { [field]: condition }, limit: 100_000 });
  expect(page.total).toBe(page.rows.length);
  return page.rows.map((row) => row.ref).sort();
}

/** Letters A to Z without regard to case, as SQLite's NOCASE has it. */
const fold = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

const keep = (grid: GridName, test: (row: GridRow) => boolean) =>
  rows(grid)
    .filter(test)
    .map((row) => row.ref)
    .sort();

/** Values of a column, with what has to be compared as text. */
const isText = (column: Column) => !['number', 'date', 'datetime'].includes(column.type);

const everyColumn = gridList.flatMap((grid) =>
  grid.columns.map((column) => [grid.name, column.field, column] as const),
);

describe('every column', () => {
  it('of every grid but packs has been given rows', () => {
    for (const { name } of gridList) if (name !== 'packs') expect(rows(name).length, name).toBeGreaterThan(0);
  });

  it.each(everyColumn)('%s.%s filters as it should', async (grid, field, column) => {
    const values = [...new Set(rows(grid).map((row) => cellOf(row, field)))];
    const blank = (value: CellValue) => value === null || value === '';
    expect(await found(grid, field, { blank: true })).toEqual(keep(grid, (row) => blank(cellOf(row, field))));
    expect(await found(grid, field, { blank: false })).toEqual(
      keep(grid, (row) => !blank(cellOf(row, field))),
    );
    const some = values.filter((value) => !blank(value)).slice(0, 3);
    // A day alone means the whole day; that has a test of its own.
    for (const value of some) {
      const same = (other: CellValue) =>
        typeof value === 'string' ? fold(String(other ?? '')) === fold(value) : other === value;
      expect(await found(grid, field, { eq: value }), `eq ${value}`).toEqual(
        keep(grid, (row) => same(cellOf(row, field))),
      );
      expect(await found(grid, field, value)).toEqual(await found(grid, field, { eq: value }));
      expect(await found(grid, field, { ne: value }), `ne ${value}`).toEqual(
        keep(grid, (row) => !same(cellOf(row, field))),
      );
      if (isText(column) && typeof value === 'string') {
        const part = value.slice(1, 6);
        if (part.trim() === part && part.length > 2 && !['phone', 'vrm', 'postcode'].includes(column.type)) {
          expect(await found(grid, field, { contains: part.toUpperCase() }), `contains ${part}`).toEqual(
            keep(grid, (row) => fold(String(cellOf(row, field) ?? '')).includes(fold(part.toUpperCase()))),
          );
        }
      }
      if (!isText(column)) {
        expect(await found(grid, field, { gte: value })).toEqual(
          keep(grid, (row) => !blank(cellOf(row, field)) && (cellOf(row, field) ?? '') >= (value ?? '')),
        );
        expect(await found(grid, field, { lt: value })).toEqual(
          keep(grid, (row) => !blank(cellOf(row, field)) && (cellOf(row, field) ?? '') < (value ?? '')),
        );
      }
    }
    expect(await found(grid, field, { in: some })).toEqual(
      keep(grid, (row) =>
        some.some((value) => fold(String(value)) === fold(String(cellOf(row, field) ?? ''))),
      ),
    );
    expect(await found(grid, field, { in: [] })).toEqual([]);
    const counted = await bench.client.grids.values({ grid, field, limit: 1000 });
    if (counted.complete)
      expect(counted.values.reduce((sum, each) => sum + each.count, 0)).toBe(rows(grid).length);
    else expect(counted.values).toHaveLength(1000);
  });

  const several = everyColumn.filter(([, , column]) => column.type === 'codes' || column.type === 'refs');

  it.each(several)('%s.%s is counted and found by each of its values', async (grid, field) => {
    const parts = (row: GridRow) => String(cellOf(row, field) ?? '').split(',');
    const answer = await bench.client.grids.values({ grid, field, each: true, limit: 1000 });
    expect(answer.complete).toBe(true);
    const counts = new Map<string, number>();
    for (const row of rows(grid))
      for (const part of new Set(parts(row))) counts.set(part, (counts.get(part) ?? 0) + 1);
    expect(new Map(answer.values.map(({ value, count }) => [value ?? '', count]))).toEqual(counts);
    for (const { value } of answer.values.slice(0, 20))
      expect(await found(grid, field, { has: [value === null ? null : String(value)] })).toEqual(
        keep(grid, (row) => parts(row).includes(String(value ?? ''))),
      );
    const some = answer.values.slice(0, 3).map(({ value }) => (value === null ? null : String(value)));
    expect(await found(grid, field, { has: some })).toEqual(
      keep(grid, (row) => parts(row).some((part) => some.includes(part === '' ? null : part))),
    );
    expect(await found(grid, field, { has: [] })).toEqual([]);
  });

  it.each(everyColumn)('%s.%s sorts both ways', async (grid, field, column) => {
    const compare = (a: CellValue, b: CellValue): number => {
      if (a === b) return 0;
      if (a === null) return -1;
      if (b === null) return 1;
      if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
      const [left, right] = isText(column) ? [fold(a), fold(b)] : [a, b];
      return Buffer.compare(Buffer.from(left), Buffer.from(right));
    };
    for (const direction of ['asc', 'desc'] as const) {
      const page = await bench.client.grids.page({ grid, sort: [{ field, direction }], limit: 100_000 });
      expect(page.rows).toHaveLength(rows(grid).length);
      const sign = direction === 'asc' ? 1 : -1;
      page.rows.forEach((row, index) => {
        const next = page.rows[index + 1];
        if (!next) return;
        const order = compare(cellOf(row, field), cellOf(next, field)) * sign;
        expect(order, `${row.ref} before ${next.ref}`).toBeLessThanOrEqual(0);
        // Ties stand by reference, so that pages never repeat a row.
        if (order === 0)
          expect((Number(next.ref.split('-')[1]) - Number(row.ref.split('-')[1])) * sign).toBeGreaterThan(0);
      });
    }
  });
});

describe('pages', () => {
  const refs = (page: { rows: GridRow[] }) => page.rows.map((row) => row.ref);

  it('of any sort and depth are pieces of the whole list', async () => {
    const fields = ['ref', ...grids.communications.columns.map((column) => column.field)];
    const sort = fc.option(
      fc.record({
        field: fc.constantFrom(...fields),
        direction: fc.constantFrom('asc' as const, 'desc' as const),
      }),
    );
    const where = fc.constantFrom<Record<string, Condition> | undefined>(
      undefined,
      { type: 'SMS' },
      { cellName: { blank: true } },
      { durationS: { gte: 3 } },
      { aNumber: { contains: '9000' } },
    );
    const wholes = new Map<string, string[]>();
    await fc.assert(
      fc.asyncProperty(
        sort,
        where,
        fc.nat(2800),
        fc.integer({ min: 1, max: 300 }),
        async (by, filter, offset, limit) => {
          const request = {
            grid: 'communications' as const,
            ...(by ? { sort: [by as Sort] } : {}),
            ...(filter ? { where: filter } : {}),
          };
          const key = JSON.stringify(request);
          const whole =
            wholes.get(key) ?? refs(await bench.client.grids.page({ ...request, limit: 100_000 }));
          wholes.set(key, whole);
          const page = await bench.client.grids.page({ ...request, offset, limit });
          expect(refs(page)).toEqual(whole.slice(offset, offset + limit));
          expect(page.total).toBe(whole.length);
        },
      ),
      { numRuns: 120, seed: 11 },
    );
  });

  it('sort by several columns, and count nothing where none is asked for', async () => {
    const sort: Sort[] = [
      { field: 'type', direction: 'asc' },
      { field: 'durationS', direction: 'desc' },
    ];
    const whole = await bench.client.grids.page({ grid: 'communications', sort, limit: 3000 });
    const late = await bench.client.grids.page({ grid: 'communications', sort, offset: 1700, limit: 40 });
    expect(refs(late)).toEqual(refs(whole).slice(1700, 1740));
    expect(await bench.client.grids.page({ grid: 'communications', limit: 0 })).toMatchObject({
      total: 2600,
      rows: [],
    });
  });

  it('follow changes at once', async () => {
    const added = await bench.client.records.add({ grid: 'vehicles', values: { vrm: 'AA19 AAA' } });
    const sort: Sort[] = [{ field: 'vrm', direction: 'asc' }];
    const page = await bench.client.grids.page({ grid: 'vehicles', sort, limit: 1 });
    expect(refs(page)).toEqual(refs(added));
    await bench.client.history.undo({});
    expect((await bench.client.grids.page({ grid: 'vehicles', limit: 0 })).total).toBe(
      rows('vehicles').length,
    );
  });
});

describe('filters', () => {
  it('take hostile text for what it is', async () => {
    const hostile = [
      "'",
      '"',
      "'; DROP TABLE person; --",
      '%',
      '_',
      '\\',
      '%%%',
      '[',
      '*',
      '?',
      '); --',
      "O'Hara 100% _x\\y",
    ];
    for (const text of hostile) {
      for (const field of ['note', '*']) {
        const expected = keep('targets', (row) =>
          (field === 'note'
            ? [row.note]
            : Object.entries(row)
                .filter(([name]) => name !== 'ref')
                .map(([, value]) => value)
          ).some((value) => typeof value === 'string' && fold(value).includes(fold(text))),
        );
        expect(await found('targets', field, { contains: text }), `${field} contains ${text}`).toEqual(
          expected,
        );
      }
      expect(await found('targets', 'note', { eq: text })).toEqual(
        keep('targets', (row) => row.note === text),
      );
      expect(await found('targets', 'note', { startsWith: text })).toEqual(
        keep('targets', (row) => String(row.note ?? '').startsWith(text)),
      );
    }
    expect((await allRows(bench.client, 'people')).length).toBe(rows('people').length);
  });

  it('never fail on any text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.constantFrom('eq', 'ne', 'contains', 'startsWith', 'gt', 'lte'),
        fc.constantFrom('name', 'dob', 'note', 'phones', '*'),
        async (text, operator, field) => {
          const condition = field === '*' ? { contains: text } : { [operator]: text };
          const page = await bench.client.grids.page({
            grid: 'people',
            where: { [field]: condition },
            limit: 5,
          });
          expect(page.total).toBeLessThanOrEqual(rows('people').length);
        },
      ),
      { numRuns: 150, seed: 3 },
    );
  });

  it('refuse fields that there are not, by name', async () => {
    for (const field of ['nothing', 'id', 'name" OR 1=1 --', 't.name']) {
      const error = await refusal(bench.client.grids.page({ grid: 'people', where: { [field]: 'x' } }));
      expect(error.code).toBe('usage');
      expect(
        (await refusal(bench.client.grids.page({ grid: 'people', sort: [{ field, direction: 'asc' }] })))
          .code,
      ).toBe('usage');
      expect((await refusal(bench.client.grids.values({ grid: 'people', field }))).code).toBe('usage');
    }
  });

  it('find identifiers however they are spaced', async () => {
    const phone = rows('phones').find((row) => row.number === '+447700900103')?.ref ?? '';
    for (const text of ['07700 900103', '+44 7700 900103', '00447700900103', '07700-900-103'])
      expect(await found('phones', 'number', { eq: text }), text).toEqual([phone]);
    const { ref, vrm } = rows('vehicles')[0] ?? { ref: '', vrm: '' };
    expect(
      await found('vehicles', 'vrm', `${String(vrm).slice(0, 4).toLowerCase()} ${String(vrm).slice(4)}`),
    ).toEqual([ref]);
  });

  it('take a day for the whole day', async () => {
    const day = '2026-10-02';
    const expected = keep('communications', (row) => String(row.start).startsWith(day));
    expect(expected.length).toBeGreaterThan(100);
    expect(await found('communications', 'start', day)).toEqual(expected);
    expect(await found('communications', 'start', { gte: day, lte: day })).toEqual(expected);
  });

  it('take references of the grid, in any of their forms, and no others', async () => {
    expect(await found('people', 'ref', 'NOM-3')).toEqual(['NOM-3']);
    expect(await found('people', 'ref', 'nom-03')).toEqual(['NOM-3']);
    expect(await found('people', 'ref', { eq: 'NOM-3' })).toEqual(['NOM-3']);
    expect(await found('people', 'ref', { in: ['NOM-3', 'NOM-5', 'PRM-1'] })).toEqual(['NOM-3', 'NOM-5']);
    expect(await found('people', 'ref', 'PRM-3')).toEqual([]);
    expect(await found('people', 'ref', 'nonsense')).toEqual([]);
    expect(
      (await refusal(bench.client.grids.page({ grid: 'people', where: { ref: { gt: 'NOM-3' } } }))).code,
    ).toBe('usage');
  });
});

describe('labels and find', () => {
  it('name every record that a row mentions', async () => {
    const page = await bench.client.grids.page({ grid: 'people', limit: 100 });
    const mentioned = page.rows.flatMap((row) =>
      [row.phones, row.premises, row.vehicles].flatMap((refs) => (refs ? String(refs).split(',') : [])),
    );
    expect(mentioned.length).toBeGreaterThan(50);
    for (const ref of mentioned) expect(page.labels[ref], ref).toBeTruthy();
  });

  it('find by name, number, reference and nothing hostile', async () => {
    const { client } = bench;
    expect((await client.records.find({ text: 'nom-3' })).matches[0]).toMatchObject({
      ref: 'NOM-3',
      grid: 'people',
    });
    expect(
      (await client.records.find({ text: '07700 900103' })).matches.map((match) => match.grid),
    ).toContain('phones');
    expect(
      (await client.records.find({ text: 'redfern', grids: ['people'] })).matches.length,
    ).toBeGreaterThan(1);
    for (const text of ['";--', '%%', '___', '\\', '   ', 'no such thing at all'])
      expect((await client.records.find({ text })).matches, text).toEqual([]);
  });
});

describe('query plans', () => {
  const plan = (sql: string, parameters: unknown[] = []) =>
    (
      sessionOf(bench)
        .reader.prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...parameters) as { detail: string }[]
    )
      .map((row) => row.detail)
      .join('\n');
  const moment = { strike: null, today: '2026-11-24' };
  const calls = (where: Record<string, Condition>, order: string) => {
    const part = wherePart(grids.communications, where, moment);
    return plan(
      `SELECT t.id FROM communication AS t WHERE ${part.sql} ORDER BY ${order} LIMIT 200`,
      part.parameters,
    );
  };

  it('of call data use their indexes', () => {
    expect(calls({}, 't.id')).not.toMatch(/TEMP B-TREE/);
    expect(calls({}, 't.start DESC, t.id DESC')).toMatch(/communication_start/);
    expect(calls({}, 't.start DESC, t.id DESC')).not.toMatch(/TEMP B-TREE/);
    expect(calls({ start: { gte: '2026-10-01', lt: '2026-10-02' } }, 't.start ASC, t.id ASC')).toMatch(
      /SEARCH t USING .*communication_start \(start>\? AND start<\?\)/,
    );
    expect(calls({ aNumber: '07700900001' }, 't.start ASC, t.id ASC')).toMatch(
      /SEARCH t USING .*communication_a/,
    );
    expect(calls({ aNumber: '07700900001' }, 't.start ASC, t.id ASC')).toMatch(
      /SEARCH phone USING .*phone_number/,
    );
    expect(calls({ bNumber: '07700900001' }, 't.start ASC, t.id ASC')).toMatch(
      /SEARCH t USING .*communication_b/,
    );
    expect(calls({ ref: 'COM-5' }, 't.id')).toMatch(/SEARCH t USING INTEGER PRIMARY KEY/);
  });

  it('of a record and its evidence use theirs', () => {
    expect(
      plan('SELECT 1 FROM record WHERE grid = ? AND row_id = ? ORDER BY evidence_id, id', ['people', 1]),
    ).toMatch(/SEARCH record USING INDEX record_row/);
    expect(plan('SELECT 1 FROM entity_key WHERE grid = ? AND key = ?', ['people', 'x'])).toMatch(/SEARCH/);
    expect(
      plan('SELECT first_id FROM evidence_block WHERE first_id <= ? ORDER BY first_id DESC LIMIT 1', [5]),
    ).toMatch(/SEARCH evidence_block USING INTEGER PRIMARY KEY/);
    expect(plan('SELECT 1 FROM link WHERE a_grid = ? AND a_id = ?', ['people', 1])).toMatch(/link_a/);
  });
});

describe('cells with several references', () => {
  it('are not found by a reference that begins like one of theirs', async () => {
    const { client } = bench;
    for (let index = 0; index < 12; index += 1)
      await client.records.add({ grid: 'officers', values: { name: `Officer ${index}` } });
    const team = async (members: string) =>
      onlyRef(await client.records.add({ grid: 'teams', values: { name: members, members } }));
    const shorter = await team('OFF-2,OFF-1');
    await team('OFF-12');
    const found = await client.grids.page({ grid: 'teams', where: { members: { has: ['OFF-1'] } } });
    expect(found.rows.map(({ ref }) => ref)).toEqual([shorter]);
    const { values, labels } = await client.grids.values({ grid: 'teams', field: 'members', each: true });
    expect(values).toContainEqual({ value: 'OFF-12', count: 1 });
    for (const { value } of values) if (value !== null) expect(labels?.[value]).toBeTruthy();
  });
});

/** Merging rows and taking them apart: what follows, what comes back, and that no row of evidence is ever lost. */
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { mergeRows, splitRow } from '../../electron/engine/entities/merge.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { GridName } from '../../shared/grid/types.ts';
import type { Bench } from './support.ts';
import {
  allRows,
  cleanUp,
  dumpGrids,
  importPaths,
  makeWorkspace,
  onlyRef,
  refusal,
  reopen,
  sessionOf,
  writeCsv,
} from './support.ts';

afterAll(cleanUp);

const merge = (bench: Bench, ...refs: string[]) =>
  sessionOf(bench).exclusively(() => mergeRows(sessionOf(bench), refs));
const split = (bench: Bench, ref: string, off: { members?: string[]; records?: number[] }) =>
  sessionOf(bench).exclusively(() => splitRow(sessionOf(bench), { ref, ...off }));

const refsOf = async (bench: Bench, grid: GridName) =>
  (await allRows(bench.client, grid)).map((row) => row.ref);
const rowOf = async (bench: Bench, grid: GridName, ref: string) =>
  (await allRows(bench.client, grid)).find((row) => row.ref === ref);

/** Records of a grid with the texts that the record is made of, by the row in which they count. */
function recordsOf(bench: Bench, ref: string): { id: number; fields: string }[] {
  const [, id] = ref.split('-');
  return sessionOf(bench)
    .writer.prepare(
      "SELECT id, fields FROM record_now WHERE grid = 'people' AND row_id = ? ORDER BY evidence_id",
    )
    .all(Number(id)) as { id: number; fields: string }[];
}

const nominals = [
  ['Name', 'DOB', 'Mobile', 'Home address', 'Postcode', 'Sex'],
  ['Maud Ellery', '03/04/1990', '07700900001', '4 Kiln Row', 'FE1 2HJ', 'F'],
  ['Maudie Ellery', '04/03/1990', '07700900002', '9 Mill Lane', 'FE1 3AB', ''],
  ['Alec Thorne', '05/06/1988', '', '', '', 'M'],
];
const custody = [
  ['Custody number', 'Name', 'DOB', 'Arrested', 'Offence'],
  ['C1', 'Maudie Ellery', '04/03/1990', '01/09/2026 10:00', 'PWITS class A'],
];

describe('a merge', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await makeWorkspace();
    await importPaths(bench, [writeCsv(bench, 'nominals.csv', nominals)], { kind: 'person' });
    await importPaths(bench, [writeCsv(bench, 'custody.csv', custody)], { kind: 'custody' });
  });

  it('makes one row of two, and what names the second names the first', async () => {
    const target = onlyRef(await bench.client.records.makeTargets({ refs: ['NOM-2'] }));
    const before = await dumpGrids(bench.client);
    await merge(bench, 'NOM-1', 'NOM-2');
    expect(await refsOf(bench, 'people')).toEqual(['NOM-1', 'NOM-3']);
    const row = await rowOf(bench, 'people', 'NOM-1');
    expect(row).toMatchObject({ phones: 'PHN-1,PHN-2', sources: 3, conflicts: 'dob, forenames, name' });
    expect(await rowOf(bench, 'targets', target)).toMatchObject({ subject: 'NOM-1' });
    expect((await allRows(bench.client, 'custody'))[0]).toMatchObject({ person: 'NOM-1' });
    const detail = await bench.client.records.show({ ref: 'NOM-2' });
    expect(detail.ref).toBe('NOM-1');
    expect(detail.values.name?.map((value) => value.value).sort()).toEqual([
      'Maud Ellery',
      'Maudie Ellery',
      'Maudie Ellery',
    ]);
    await reopen(bench);
    await bench.client.history.undo({});
    expect(await dumpGrids(bench.client)).toEqual(before);
    await bench.client.history.redo();
    expect(await refsOf(bench, 'people')).toEqual(['NOM-1', 'NOM-3']);
    expect(await rowOf(bench, 'targets', target)).toMatchObject({ subject: 'NOM-1' });
  });

  it('lets the word of the row that stays win, and says that the two differed', async () => {
    await bench.client.records.set({ edits: [{ ref: 'NOM-1', values: { status: 'wanted' } }] });
    await bench.client.records.set({
      edits: [{ ref: 'NOM-2', values: { status: 'in custody', sex: 'female' } }],
    });
    await merge(bench, 'NOM-1', 'NOM-2');
    expect(await rowOf(bench, 'people', 'NOM-1')).toMatchObject({ status: 'wanted', sex: 'F' });
    expect((await rowOf(bench, 'people', 'NOM-1'))?.conflicts).toContain('status');
    await bench.client.records.set({ edits: [{ ref: 'NOM-2', values: { status: 'at large' } }] });
    expect(await rowOf(bench, 'people', 'NOM-1')).toMatchObject({ status: 'at large' });
    expect((await rowOf(bench, 'people', 'NOM-1'))?.conflicts).not.toContain('status');
  });

  it('gives a later row of the second to the second, inside the first', async () => {
    await merge(bench, 'NOM-1', 'NOM-2');
    await importPaths(
      bench,
      [
        writeCsv(bench, 'later.csv', [
          nominals[0] ?? [],
          ['Maudie Ellery', '04/03/1990', '07700900009', '', '', ''],
        ]),
      ],
      { kind: 'person' },
    );
    expect(await refsOf(bench, 'people')).toEqual(['NOM-1', 'NOM-3']);
    expect(await rowOf(bench, 'people', 'NOM-1')).toMatchObject({ phones: 'PHN-1,PHN-2,PHN-3' });
    const merged = (await bench.client.history.list({})).entries.find(
      (entry) => entry.method === 'matching.merge',
    );
    await bench.client.history.undo({ seq: merged?.seq ?? 0 });
    expect(await rowOf(bench, 'people', 'NOM-2')).toMatchObject({ phones: 'PHN-2,PHN-3' });
    expect(await rowOf(bench, 'people', 'NOM-1')).toMatchObject({ phones: 'PHN-1' });
  });

  it('outlives the undo of one of its imports, and holds again when that is redone', async () => {
    await importPaths(
      bench,
      [writeCsv(bench, 'more.csv', [nominals[0] ?? [], ['M Ellery', '', '07700900007', '', '', '']])],
      { kind: 'person' },
    );
    await merge(bench, 'NOM-1', 'NOM-4');
    await merge(bench, 'NOM-4', 'NOM-2');
    const after = await dumpGrids(bench.client);
    const first = (await bench.client.history.list({})).entries.find((entry) =>
      entry.summary.includes('nominals.csv'),
    );
    await bench.client.history.undo({ seq: first?.seq ?? 0 });
    expect(await refsOf(bench, 'people')).toEqual(['NOM-1']);
    await bench.client.history.redo();
    expect(await dumpGrids(bench.client)).toEqual(after);
  });

  it('is refused for rows of two kinds, for one row, and for two numbers', async () => {
    expect((await refusal(merge(bench, 'NOM-1', 'PHN-1'))).code).toBe('invalid');
    expect((await refusal(merge(bench, 'NOM-1', 'nom-1'))).code).toBe('invalid');
    expect((await refusal(merge(bench, 'PHN-1', 'PHN-2'))).message).toContain('two numbers are two phones');
    expect((await refusal(merge(bench, 'CUS-1', 'CUS-1'))).code).toBe('invalid');
  });
});

describe('a split', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await makeWorkspace();
    await importPaths(bench, [writeCsv(bench, 'nominals.csv', nominals)], { kind: 'person' });
    await importPaths(bench, [writeCsv(bench, 'custody.csv', custody)], { kind: 'custody' });
  });

  it('takes a row of evidence out with its phones, and what it was read for goes along', async () => {
    const before = await dumpGrids(bench.client);
    const [, arrested] = recordsOf(bench, 'NOM-2');
    const done = await split(bench, 'NOM-2', { records: [arrested?.id ?? 0] });
    expect(done.ref).toBe('NOM-4');
    expect(await rowOf(bench, 'people', 'NOM-4')).toMatchObject({ name: 'Maudie Ellery', sources: 1 });
    expect(await rowOf(bench, 'people', 'NOM-2')).toMatchObject({ sources: 1, phones: 'PHN-2' });
    expect((await allRows(bench.client, 'custody'))[0]).toMatchObject({ person: 'NOM-4' });
    expect(
      (await refusal(split(bench, 'NOM-4', { records: recordsOf(bench, 'NOM-4').map(({ id }) => id) })))
        .message,
    ).toContain('Nothing would stay');
    await bench.client.history.undo({});
    expect(await dumpGrids(bench.client)).toEqual(before);
  });

  it('takes a merged row out again, whichever it is', async () => {
    await merge(bench, 'NOM-1', 'NOM-2', 'NOM-3');
    await split(bench, 'NOM-1', { members: ['NOM-1'] });
    expect(await refsOf(bench, 'people')).toEqual(['NOM-1', 'NOM-2']);
    expect(await rowOf(bench, 'people', 'NOM-2')).toMatchObject({ sources: 3 });
    await split(bench, 'NOM-2', { members: ['NOM-3'] });
    expect(await refsOf(bench, 'people')).toEqual(['NOM-1', 'NOM-2', 'NOM-3']);
    expect((await refusal(split(bench, 'NOM-2', { members: ['NOM-1'] }))).code).toBe('invalid');
  });

  it('is not undone while the plan names what it made', async () => {
    const [, arrested] = recordsOf(bench, 'NOM-2');
    const done = await split(bench, 'NOM-2', { records: [arrested?.id ?? 0] });
    await bench.client.records.makeTargets({ refs: [done.ref] });
    expect((await refusal(bench.client.history.undo({ seq: done.seq }))).code).toBe('journal.blocked');
  });
});

/** People of two sheets that overlap, some by certain keys, some not. */
const sheets = [
  [
    ['Maud Ellery', '03/04/1990', '07700900001', '4 Kiln Row', 'FE1 2HJ', 'F'],
    ['Alec Thorne', '05/06/1988', '07700900002', '9 Mill Lane', 'FE1 3AB', 'M'],
  ],
  [
    ['Maud Ellery', '03/04/1990', '07700900003', '1 Tenter Bank', 'FE1 4AA', ''],
    ['Maudie Ellery', '', '07700900001', '', '', ''],
  ],
  [
    ['A Thorne', '', '07700900002', '9 Mill Lane', 'FE1 3AB', ''],
    ['Bram Ostler', '09/09/1999', '', '4 Kiln Row', 'FE1 2HJ', 'M'],
    ['Maud Ellery', '03/04/1990', '', '', '', ''],
  ],
];

/** Rows of which later sheets are put together: they speak of people who may have been merged or taken apart by then. */
const pool = [
  ...sheets.flat(),
  ['Maudie Ellery', '03/04/1990', '07700900003', '4 Kiln Row', 'FE1 2HJ', 'F'],
  ['Alec Thorne', '05/06/1988', '07700900001', '1 Tenter Bank', 'FE1 4AA', ''],
  ['Bram Ostler', '09/09/1999', '07700900002', '', '', 'M'],
];

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('merge' as const), a: fc.nat(9), b: fc.nat(9), c: fc.nat(9) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('take' as const), a: fc.nat(9), b: fc.nat(9) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('part' as const), a: fc.nat(9), b: fc.nat(9), c: fc.nat(9) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('import' as const), a: fc.nat(2) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('another' as const),
      rows: fc.array(fc.nat(pool.length - 1), { minLength: 1, maxLength: 4 }),
      custody: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      a: fc.nat(9),
      b: fc.nat(9),
      said: fc.constantFrom('different' as const, 'unsure' as const, null),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('groups' as const), a: fc.nat(9), b: fc.nat(9), c: fc.nat(9) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('target' as const), a: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), a: fc.nat(9) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('undo' as const), a: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('redo' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(list.length, 1)];

async function take(bench: Bench, wanted: Step): Promise<void> {
  const { client } = bench;
  const session = sessionOf(bench);
  const people = await refsOf(bench, 'people');
  const ref = 'a' in wanted ? (pick(people, wanted.a) ?? '') : '';
  switch (wanted.do) {
    case 'merge': {
      const grid = wanted.c % 4 === 0 ? 'premises' : 'people';
      const refs = await refsOf(bench, grid);
      await merge(bench, pick(refs, wanted.a) ?? '', pick(refs, wanted.b) ?? '', pick(refs, wanted.c) ?? '');
      return;
    }
    case 'take': {
      const members = session.writer
        .prepare("SELECT row_id FROM merged_row WHERE grid = 'people' AND root = ?")
        .all(Number(ref.slice(4))) as { row_id: number }[];
      await split(bench, ref, {
        members: [pick([ref, ...members.map((member) => `NOM-${member.row_id}`)], wanted.b) ?? ''],
      });
      return;
    }
    case 'part': {
      const records = recordsOf(bench, ref).map(({ id }) => id);
      await split(bench, ref, {
        records: [
          pick(records, wanted.b) ?? 0,
          ...(wanted.c % 3 === 0 ? [pick(records, wanted.c) ?? 0] : []),
        ],
      });
      return;
    }
    case 'import':
      await importPaths(
        bench,
        [writeCsv(bench, `sheet${wanted.a}.csv`, [nominals[0] ?? [], ...(sheets[wanted.a] ?? [])])],
        { kind: 'person' },
      );
      return;
    case 'another': {
      const rows = wanted.rows.map((at) => pool[at] ?? []);
      const name = `${wanted.custody ? 'custody' : 'people'} ${wanted.rows.join(' ')}.csv`;
      const [custodyHeading = []] = custody;
      await importPaths(
        bench,
        [
          writeCsv(
            bench,
            name,
            wanted.custody
              ? [
                  custodyHeading,
                  ...rows.map((row, at) => [
                    `C${wanted.rows.join('')}${at}`,
                    row[0] ?? '',
                    row[1] ?? '',
                    '01/09/2026 10:00',
                    'PWITS',
                  ]),
                ]
              : [nominals[0] ?? [], ...rows],
          ),
        ],
        { kind: wanted.custody ? 'custody' : 'person' },
      );
      return;
    }
    case 'say':
      await client.matching.decide({ a: ref, b: pick(people, wanted.b) ?? '', said: wanted.said });
      return;
    case 'groups': {
      const refs = [wanted.a, wanted.b, wanted.c].map((at) => pick(people, at) ?? '');
      await client.matching.mergeAll({ groups: [refs.slice(0, 2), refs.slice(1)], threshold: 0.9 });
      return;
    }
    case 'target':
      await client.records.makeTargets({ refs: [ref] });
      return;
    case 'edit':
      await client.records.set({ edits: [{ ref, values: { status: `status ${wanted.a}` } }] });
      return;
    case 'undo': {
      const { entries } = await client.history.list({});
      await client.history.undo({
        seq:
          pick(
            entries.filter((entry) => entry.state === 'done'),
            wanted.a,
          )?.seq ?? 0,
      });
      return;
    }
    default:
      await client.history.redo();
  }
}

/** Every record counts in exactly one row, which is there; every row rests on something. */
async function expectWhole(bench: Bench): Promise<void> {
  const { writer } = sessionOf(bench);
  for (const [grid, table] of [
    ['people', 'person'],
    ['premises', 'premises'],
    ['phones', 'phone'],
  ] as const) {
    const rows = writer.prepare(`SELECT id, sources FROM "${table}" ORDER BY id`).all() as {
      id: number;
      sources: number;
    }[];
    const records = writer
      .prepare(
        'SELECT row_id AS id, count(*) AS count FROM record_now WHERE grid = ? GROUP BY row_id ORDER BY row_id',
      )
      .all(grid) as { id: number; count: number }[];
    expect(records.map(({ id, count }) => [id, count])).toEqual(rows.map(({ id, sources }) => [id, sources]));
    const all = writer.prepare('SELECT count(*) AS count FROM record WHERE grid = ?').get(grid) as {
      count: number;
    };
    expect(records.reduce((sum, row) => sum + row.count, 0)).toBe(all.count);
    const stray = writer
      .prepare(
        `SELECT count(*) AS count FROM link WHERE (a_grid = @grid AND a_id NOT IN (SELECT id FROM "${table}"))
           OR (b_grid = @grid AND b_id NOT IN (SELECT id FROM "${table}"))`,
      )
      .get({ grid }) as { count: number };
    expect(stray.count).toBe(0);
  }
  const people = new Set(await refsOf(bench, 'people'));
  for (const target of await allRows(bench.client, 'targets')) expect(people).toContain(target.subject);
}

/**
 * Undoes an entry that can be, from the place `from` on, the newest first; false when none stands. Where entries were
 * undone out of their order, an older one may have to go before the newest.
 */
async function undoOne(bench: Bench, from: number): Promise<boolean> {
  const done = (await bench.client.history.list({})).entries.filter((entry) => entry.state === 'done');
  const start = from % Math.max(done.length, 1);
  const standing = [...done.slice(start), ...done.slice(0, start)];
  let blocked: unknown;
  for (const { seq } of standing) {
    try {
      await bench.client.history.undo({ seq });
      return true;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'journal.blocked') throw error;
      blocked = error;
    }
  }
  if (standing.length > 0) throw blocked;
  return false;
}

/** Rows of the tables in which groups, decisions and what was imported stand. */
const leftOver = (bench: Bench) =>
  ['merged_row', 'moved_record', 'manual_value', 'record', 'link', 'entity_key'].map((table) => [
    table,
    sessionOf(bench).writer.prepare(`SELECT * FROM ${table}`).all(),
  ]);

it('whatever is merged, split, imported and undone: every row of evidence is in one entity, and undoing all gives the start', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 8, maxLength: 24 }),
      fc.array(fc.nat(30)),
      async (steps, order) => {
        const bench = await makeWorkspace();
        try {
          const start = await dumpGrids(bench.client);
          const tables = leftOver(bench);
          await take(bench, { do: 'import', a: 0 });
          await take(bench, { do: 'import', a: 1 });
          for (const wanted of steps) {
            try {
              await take(bench, wanted);
            } catch (error) {
              if (!(error instanceof AppError)) throw error;
            }
            await expectWhole(bench);
          }
          // The first of them in any order, the rest from the newest on.
          for (const from of order) {
            await undoOne(bench, from);
            await expectWhole(bench);
          }
          while (await undoOne(bench, 0)) await expectWhole(bench);
          expect(await dumpGrids(bench.client)).toEqual(start);
          expect(leftOver(bench)).toEqual(tables);
          expect(await bench.client.history.verify()).toMatchObject({ ok: true });
        } finally {
          await bench.engine.close();
        }
      },
    ),
    { numRuns: 20, endOnFailure: false },
  );
}, 120_000);

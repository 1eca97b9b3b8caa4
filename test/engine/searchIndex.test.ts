import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import '../seed.ts';
import type { WriteDatabase } from '../../electron/engine/database/connection.ts';
import { catchUp, misfits, rebuildIndex } from '../../electron/engine/search/keepIndex.ts';
import { countWaiting } from '../../electron/engine/search/queue.ts';
import type { Bench } from './support.ts';
import {
  cleanUp,
  importDemo,
  importPaths,
  makeWorkspace,
  openWorkspaceAt,
  sessionOf,
  writeCsv,
  writeXlsx,
} from './support.ts';

const patience = 120_000;

function finish(database: WriteDatabase): void {
  while (catchUp(database, 1000).waiting > 0);
}

/** Every word at its place, every identifier, and what rows are narrowed by. */
function dump(database: WriteDatabase): Record<string, unknown[]> {
  const tables = ['search_word', 'search_part', 'search_cell'];
  const words = tables.map((table) => {
    database.exec(
      `CREATE VIRTUAL TABLE IF NOT EXISTS temp.held_${table} USING fts5vocab('main', '${table}', 'instance')`,
    );
    return [
      table,
      database
        .prepare(`SELECT term, doc, col, offset FROM temp.held_${table} ORDER BY doc, col, offset, term`)
        .raw()
        .all(),
    ];
  });
  const docs = database.prepare('SELECT id, day, grade, sheets FROM search_doc ORDER BY id').raw().all();
  return { ...Object.fromEntries(words), docs };
}

const vocabulary = (database: WriteDatabase) =>
  database.prepare('SELECT word FROM search_term ORDER BY word').pluck().all() as string[];

/** Fails unless the index is what a new one of the same rows would be. */
function expectInStep(database: WriteDatabase): void {
  finish(database);
  expect(misfits(database)).toEqual([]);
  const kept = dump(database);
  const words = vocabulary(database);
  rebuildIndex(database);
  finish(database);
  expect(kept).toEqual(dump(database));
  // Words that an edit took away may stay; none may be missing.
  expect(words).toEqual(expect.arrayContaining(vocabulary(database)));
}

describe('the index of the search', () => {
  let bench: Bench;
  afterEach(async () => {
    await bench.engine.close();
  });
  afterAll(cleanUp);

  it(
    'is what a new one would be after imports, edits, undo and redo',
    async () => {
      bench = await makeWorkspace();
      await importDemo(bench);
      const database = sessionOf(bench).writer;
      finish(database);
      await bench.client.records.set({
        edits: [{ ref: 'NOM-3', values: { aliases: 'Kestrel', dob: null } }],
      });
      await bench.client.records.add({
        grid: 'premises',
        values: { address: '9 Nowhere Lane', postcode: 'ZE1 9AA' },
      });
      expectInStep(database);
      await bench.client.history.undo({});
      expectInStep(database);
      await bench.client.history.redo();
      expectInStep(database);
    },
    patience,
  );

  it(
    'holds nothing of an import that was undone, and all of it again after the redo',
    async () => {
      bench = await makeWorkspace();
      const database = sessionOf(bench).writer;
      finish(database);
      const empty = dump(database);
      const words = vocabulary(database);
      const report = writeXlsx(bench, 'people.xlsx', {
        People: [
          ['Surname', 'Forename', 'DOB', 'Mobile', 'Remark'],
          ['Quillfeather', 'Ann', '01/02/1990', '07700 900111', 'limps'],
          ['Thistlewood', 'Bob', '03/02/1991', '', 'whistles'],
        ],
      });
      const messages = writeCsv(bench, 'messages.csv', [
        ['Calling Number', 'Called Number', 'Start Date', 'Start Time', 'Call Type', 'Message'],
        ['07700900111', '07700900222', '01/10/2026', '10:00:00', 'SMS', 'meet by the weathercock'],
        ['07700900111', '07700900333', '01/10/2026', '11:00:00', 'SMS', ''],
      ]);
      await importPaths(bench, [await report, messages]);
      finish(database);
      const full = dump(database);
      expect((await bench.client.search.find({ text: 'weathercock' })).hits[0]?.grid).toBe('communications');
      await bench.client.history.undo({});
      finish(database);
      expect(dump(database)).toEqual(empty);
      expect(vocabulary(database)).toEqual(words);
      await bench.client.history.redo();
      finish(database);
      expect(dump(database)).toEqual(full);
      expectInStep(database);
    },
    patience,
  );

  it(
    'stays in step through any order of additions, changes, removals, undo and redo',
    async () => {
      bench = await makeWorkspace();
      const { client } = bench;
      const database = sessionOf(bench).writer;
      const name = fc.constantFrom(
        'Ann Quill',
        'Bob Thistle',
        'Zoë O’Neill',
        'Łukasz Wren',
        '07700 900123',
        'AB12 CDE',
      );
      const step = fc.oneof(
        fc.record({ kind: fc.constant('add' as const), name }),
        fc.record({ kind: fc.constant('set' as const), at: fc.nat(), name }),
        fc.record({ kind: fc.constant('remove' as const), at: fc.nat() }),
        fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const, 'catchUp' as const) }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (steps) => {
          for (const each of steps) {
            const rows = (await client.grids.page({ grid: 'people', limit: 50 })).rows;
            const row = 'at' in each ? rows[each.at % Math.max(1, rows.length)] : undefined;
            // What cannot be done now is refused, and the index must bear that too.
            const quiet = (work: Promise<unknown>) => work.catch(() => undefined);
            if (each.kind === 'add')
              await quiet(
                client.records.add({
                  grid: 'people',
                  values: { name: each.name, note: `seen with ${each.name}` },
                }),
              );
            if (each.kind === 'set' && row)
              await quiet(client.records.set({ edits: [{ ref: row.ref, values: { aliases: each.name } }] }));
            if (each.kind === 'remove' && row) await quiet(client.records.remove({ refs: [row.ref] }));
            if (each.kind === 'undo') await quiet(client.history.undo({}));
            if (each.kind === 'redo') await quiet(client.history.redo());
            if (each.kind === 'catchUp') catchUp(database, 5);
          }
          expectInStep(database);
        }),
        { numRuns: 12 },
      );
    },
    patience,
  );

  it(
    'is built in pieces, tells how far it is, and answers from what is there',
    async () => {
      bench = await makeWorkspace();
      const rows = Array.from({ length: 3000 }, (_, at) => [`Person${at}`, 'Ann', `remark ${at}`]);
      await importPaths(bench, [writeCsv(bench, 'many.csv', [['Surname', 'Forename', 'Remark'], ...rows])], {
        kind: 'person',
      });
      const database = sessionOf(bench).writer;
      rebuildIndex(database);
      const all = countWaiting(database);
      expect(all).toBeGreaterThan(6000);
      const { done, waiting } = catchUp(database, 1);
      expect(done).toBeGreaterThan(0);
      expect(waiting).toBeGreaterThan(0);
      const early = await bench.client.search.find({ text: 'ann' });
      expect(early.index.ready).toBe(false);
      expect(early.index.waiting).toBeGreaterThan(0);
      let seen = 0;
      for await (const event of await bench.client.search.index()) {
        if (event.type === 'progress') {
          expect(event.done).toBeGreaterThanOrEqual(seen);
          seen = event.done;
        } else expect(event.report).toEqual({ ready: true, waiting: 0, share: 1 });
      }
      const answer = await bench.client.search.find({ text: 'person2999' });
      expect(answer.hits[0]?.label).toBe('Ann Person2999');
      // Counts go so far, and say so.
      expect(await bench.client.search.facets({ text: 'ann' })).toMatchObject({
        total: 6000,
        complete: false,
      });
      expectInStep(database);
    },
    patience,
  );

  it(
    'is built again when it is of another version, or does not fit the rows',
    async () => {
      bench = await makeWorkspace();
      await bench.client.records.add({ grid: 'people', values: { name: 'Ann Quillfeather' } });
      const database = sessionOf(bench).writer;
      finish(database);
      database.exec("UPDATE search_state SET value = 'older' WHERE key = 'version'; DELETE FROM search_doc");
      database.exec("INSERT INTO search_word (search_word) VALUES ('delete-all')");
      await bench.client.workspace.close();
      bench = await openWorkspaceAt(bench.workspace);
      expect((await bench.client.search.find({ text: 'quillfeather' })).hits[0]?.ref).toBe('NOM-1');
      const again = sessionOf(bench).writer;
      again.exec(
        "DELETE FROM search_doc WHERE id IN (SELECT id FROM search_doc LIMIT 1); INSERT INTO search_word (search_word) VALUES ('delete-all')",
      );
      expect(misfits(again)).not.toEqual([]);
      await bench.client.workspace.close();
      bench = await openWorkspaceAt(bench.workspace);
      for await (const _ of await bench.client.search.index());
      expect(misfits(sessionOf(bench).writer)).toEqual([]);
      expect((await bench.client.search.find({ text: 'quillfeather' })).hits[0]?.ref).toBe('NOM-1');
    },
    patience,
  );

  it(
    'does not disturb an import, and follows it',
    async () => {
      bench = await makeWorkspace();
      await bench.client.records.add({ grid: 'people', values: { name: 'Ann Quillfeather' } });
      const path = writeCsv(bench, 'more.csv', [
        ['Surname', 'Forename'],
        ...Array.from({ length: 500 }, (_, at) => [`Person${at}`, 'Bob']),
      ]);
      let asked = 0;
      const answers: Promise<unknown>[] = [];
      await importPaths(bench, [path], { kind: 'person' }, 'commit', () => {
        asked += 1;
        answers.push(bench.client.search.find({ text: 'quillfeather' }));
      });
      await Promise.all(answers);
      expect(asked).toBeGreaterThan(0);
      for await (const _ of await bench.client.search.index());
      expect((await bench.client.search.find({ text: 'person499' })).hits[0]?.label).toBe('Bob Person499');
    },
    patience,
  );

  it(
    'holds the rows around a damaged block of a sheet',
    async () => {
      bench = await makeWorkspace();
      const database = sessionOf(bench).writer;
      const rows = Array.from({ length: 2500 }, (_, at) => [`Person${at}`, 'Bob', `remark${at}`]);
      await importPaths(bench, [
        await writeXlsx(bench, 'many.xlsx', { People: [['Surname', 'Forename', 'Left aside'], ...rows] }),
      ]);
      database
        .prepare(
          'UPDATE evidence_block SET content = ? WHERE first_id = (SELECT min(first_id) FROM evidence_block)',
        )
        .run(Buffer.from('no block'));
      rebuildIndex(database);
      finish(database);
      const found = async (text: string) =>
        database.prepare('SELECT count(*) FROM search_cell WHERE search_cell MATCH ?').pluck().get(text);
      expect(await found('remark2')).toBe(0);
      expect(await found('remark2400')).toBe(1);
    },
    patience,
  );

  it(
    'looks through its words once for several sheets that went',
    async () => {
      bench = await makeWorkspace();
      const database = sessionOf(bench).writer;
      finish(database);
      const words = vocabulary(database);
      await importPaths(
        bench,
        ['one', 'two', 'three'].map((name) =>
          writeCsv(bench, `${name}.csv`, [
            ['Surname', 'Forename'],
            [`${name}feather`, 'Ann'],
          ]),
        ),
        { kind: 'person' },
      );
      finish(database);
      await bench.client.history.undo({});
      const waiting = () =>
        database.prepare("SELECT count(*) FROM search_queue WHERE what = 'words'").pluck().get();
      let most = 0;
      for (let left = 1; left > 0; ) {
        left = catchUp(database, 0).waiting;
        most = Math.max(most, Number(waiting()));
      }
      expect(most).toBe(1);
      expect(vocabulary(database)).toEqual(words);
    },
    patience,
  );
});

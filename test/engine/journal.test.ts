/** Undo, redo and the hash chain: what is taken back is back as it was, and what was done stays said. */
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Bench } from './support.ts';
import {
  allRows,
  cleanUp,
  countTables,
  demoFolder,
  dumpGrids,
  importPaths,
  makeWorkspace,
  onlyRef,
  refusal,
  reopen,
  sessionOf,
  writeCsv,
} from './support.ts';

const open: Bench[] = [];

async function start(): Promise<Bench> {
  const bench = await makeWorkspace();
  open.push(bench);
  return bench;
}

afterEach(async () => {
  for (const bench of open.splice(0)) await bench.engine.close();
});
afterAll(cleanUp);

/** Tables that say what was done rather than what is so; undo never shortens them. */
const kept = ['journal', 'journal_ref', 'import', 'source_file', 'source_file_chunk', 'counter', 'setting'];

const demo = (file: string) => join(demoFolder, file);

const people = (bench: Bench, name: string, rows: string[][]) =>
  writeCsv(bench, name, [['Name', 'DOB', 'Mobile', 'Home address', 'Postcode'], ...rows]);

const subscribers = (bench: Bench, name: string, rows: string[][]) =>
  writeCsv(bench, name, [['Telephone Number', 'Subscriber', 'Attributed to', 'Network'], ...rows]);

const calls = (bench: Bench, name: string, rows: string[][]) =>
  writeCsv(bench, name, [
    ['A Number', 'B Number', 'Call Type', 'Start Date', 'Start Time', 'Duration (s)'],
    ...rows,
  ]);

const twoCalls = [
  ['07700900001', '07700900002', 'Voice', '14/09/2026', '08:14:09', '12'],
  ['07700900003', '07700900001', 'SMS', '15/09/2026', '09:00:00', '0'],
];

describe('undo and redo of edits', () => {
  it('walk back and forth through every state, across reopenings', async () => {
    const bench = await start();
    const { client } = bench;
    const states = [await dumpGrids(client)];
    const steps: (() => Promise<unknown>)[] = [
      () => client.records.add({ grid: 'people', values: { name: 'Maud Ellery', dob: '03/04/1990' } }),
      () => client.records.add({ grid: 'premises', values: { address: '4 Kiln Row', postcode: 'fe12hj' } }),
      () =>
        client.records.set({
          edits: [
            { ref: 'NOM-1', values: { note: 'seen twice', sex: 'female' } },
            { ref: 'PRM-1', values: { children: '2, aged 4 and 6' } },
          ],
        }),
      () => client.records.makeTargets({ refs: ['NOM-1', 'PRM-1'], values: { objective: 'Arrest' } }),
      () => client.records.set({ edits: [{ ref: 'NOM-1', values: { note: null } }] }),
      () => client.records.remove({ refs: ['TGT-2'] }),
      () => client.records.set({ edits: [{ ref: 'OP-1', values: { strike: '2026-12-03T05:30' } }] }),
    ];
    for (const step of steps) {
      await step();
      states.push(await dumpGrids(client));
    }
    for (let back = states.length - 2; back >= 0; back -= 1) {
      await client.history.undo({});
      expect(await dumpGrids(client), `undone to ${back}`).toEqual(states[back]);
      if (back === 3) await reopen(bench);
    }
    expect((await refusal(client.history.undo({}))).code).toBe('journal.nothing');
    await reopen(bench);
    for (let forth = 1; forth < states.length; forth += 1) {
      await client.history.redo();
      expect(await dumpGrids(client), `redone to ${forth}`).toEqual(states[forth]);
      if (forth === 4) await reopen(bench);
    }
    expect((await refusal(client.history.redo())).code).toBe('journal.nothing');
    expect(await client.history.verify()).toMatchObject({ ok: true, firstBroken: null });
  });

  it('ends the redo with a new change, and keeps the history', async () => {
    const { client } = await start();
    await client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } });
    await client.records.set({ edits: [{ ref: 'NOM-1', values: { note: 'first' } }] });
    await client.history.undo({});
    const before = (await client.history.list({})).entries.length;
    await client.records.set({ edits: [{ ref: 'NOM-1', values: { note: 'second' } }] });
    expect((await refusal(client.history.redo())).code).toBe('journal.nothing');
    const { entries, undo } = await client.history.list({});
    expect(entries.length).toBe(before + 1);
    expect(undo.redo).toBeNull();
    expect(entries.filter((entry) => entry.method === 'records.set').map((entry) => entry.state)).toEqual([
      'done',
      'undone',
    ]);
  });

  it('names the later entry that blocks undoing one in the middle', async () => {
    const { client } = await start();
    await client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } });
    const middle =
      (await client.records.set({ edits: [{ ref: 'NOM-1', values: { note: 'one' } }] })).seq ?? 0;
    const later =
      (await client.records.set({ edits: [{ ref: 'NOM-1', values: { sex: 'female' } }] })).seq ?? 0;
    const refused = await refusal(client.history.undo({ seq: middle }));
    expect(refused.code).toBe('journal.blocked');
    expect(refused.message).toContain(`entry ${later}`);
    expect(refused.message).toContain('NOM-1');
    expect(refused.details).toEqual({ seq: later });
    await client.history.undo({ seq: later });
    await client.history.undo({ seq: middle });
    expect((await allRows(client, 'people'))[0]).toMatchObject({ note: null, sex: null });
  });

  it('undoes one in the middle that nothing later rests on', async () => {
    const { client } = await start();
    await client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } });
    const middle =
      (await client.records.set({ edits: [{ ref: 'NOM-1', values: { note: 'one' } }] })).seq ?? 0;
    await client.records.add({ grid: 'people', values: { name: 'Alec Thorne' } });
    await client.history.undo({ seq: middle });
    expect((await allRows(client, 'people')).map((row) => [row.name, row.note])).toEqual([
      ['Maud Ellery', null],
      ['Alec Thorne', null],
    ]);
  });

  it('refuses to undo an addition that another record names', async () => {
    const { client } = await start();
    const added = await client.records.add({ grid: 'premises', values: { address: '4 Kiln Row' } });
    await client.records.add({ grid: 'warrants', values: { power: 'mda-s23-3', premises: 'PRM-1' } });
    const refused = await refusal(client.history.undo({ seq: added.seq ?? 0 }));
    expect(refused.code).toBe('journal.blocked');
    expect(refused.message).toContain('WAR-1');
  });

  it('never gives a reference twice', async () => {
    const { client } = await start();
    for (const name of ['One Person', 'Two Person', 'Three Person']) {
      const ref = onlyRef(await client.records.add({ grid: 'people', values: { name } }));
      expect(ref).toBe(`NOM-${['One Person', 'Two Person', 'Three Person'].indexOf(name) + 1}`);
      await client.history.undo({});
    }
    expect(await allRows(client, 'people')).toEqual([]);
  });

  it('refuses what is no entry, an entry that only records, and one undone already', async () => {
    const { client } = await start();
    const added = (await client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } })).seq ?? 0;
    expect((await refusal(client.history.undo({ seq: 999 }))).code).toBe('not-found');
    expect((await refusal(client.history.undo({ seq: 1 }))).code).toBe('journal.blocked');
    await client.history.undo({ seq: added });
    expect((await refusal(client.history.undo({ seq: added }))).code).toBe('journal.blocked');
  });
});

describe('undo and redo of imports', () => {
  it('removes an import whole and brings it back with the same references', async () => {
    const bench = await start();
    const { client } = bench;
    await client.records.add({ grid: 'people', values: { name: 'Maud Ellery', dob: '03/04/1990' } });
    const counts = countTables(sessionOf(bench), kept);
    const before = await dumpGrids(client);
    await importPaths(
      bench,
      ['nominals.xlsx', 'premises.xlsx', 'subscribers.csv', 'warrants.xlsx', 'custody.csv'].map(demo),
    );
    const after = await dumpGrids(client);
    const full = countTables(sessionOf(bench), kept);
    await client.history.undo({});
    expect(countTables(sessionOf(bench), kept)).toEqual(counts);
    expect(await dumpGrids(client)).toEqual(before);
    await reopen(bench);
    await client.history.redo();
    expect(await dumpGrids(client)).toEqual(after);
    expect(countTables(sessionOf(bench), kept)).toEqual(full);
    await client.history.undo({});
    expect(await dumpGrids(client)).toEqual(before);
  });

  it('takes call data away, and the numbers that only it knew', async () => {
    const bench = await start();
    const before = await dumpGrids(bench.client);
    const counts = countTables(sessionOf(bench), kept);
    await importPaths(bench, [calls(bench, 'calls.csv', twoCalls)]);
    const after = await dumpGrids(bench.client);
    expect(after.phones).toHaveLength(3);
    await bench.client.history.undo({});
    expect(await dumpGrids(bench.client)).toEqual(before);
    expect(countTables(sessionOf(bench), kept)).toEqual(counts);
    await bench.client.history.redo();
    expect(await dumpGrids(bench.client)).toEqual(after);
  });

  it('takes what subscribers said away from a number that call data knows', async () => {
    const bench = await start();
    await importPaths(bench, [calls(bench, 'calls.csv', twoCalls)]);
    const before = await dumpGrids(bench.client);
    await importPaths(bench, [
      subscribers(bench, 'subs.csv', [['07700900001', 'Maud Ellery', 'the house', 'Example']]),
    ]);
    expect((await allRows(bench.client, 'phones'))[0]).toMatchObject({
      subscriber: 'Maud Ellery',
      sources: 1,
    });
    await bench.client.history.undo({});
    expect(await dumpGrids(bench.client)).toEqual(before);
  });

  it('takes one of two imports about the same people away, in either order, and brings it back', async () => {
    const bench = await start();
    const { client } = bench;
    const first = people(bench, 'first.csv', [
      ['Maud Ellery', '03/04/1990', '07700900001', '4 Kiln Row', 'FE1 2HJ'],
      ['Alec Thorne', '05/06/1988', '07700900002', '9 Mill Lane', 'FE1 3AB'],
    ]);
    const second = people(bench, 'second.csv', [
      ['Bram Ostler', '09/09/1999', '07700900003', '1 Tenter Bank', 'FE1 4AA'],
      ['Maud Ellery', '03/04/1990', '07700900004', '4 Kiln Row', 'FE1 2HJ'],
    ]);
    await importPaths(bench, [first]);
    const onlyFirst = await dumpGrids(client);
    const firstSeq = (await client.history.list({})).undo.undo?.seq ?? 0;
    await importPaths(bench, [second]);
    const both = await dumpGrids(client);
    // The older one goes first: the person both know stays, under the same reference.
    await client.history.undo({ seq: firstSeq });
    const onlySecond = await dumpGrids(client);
    expect((onlySecond.people as { ref: string; name: string }[]).map((row) => [row.ref, row.name])).toEqual([
      ['NOM-1', 'Maud Ellery'],
      ['NOM-3', 'Bram Ostler'],
    ]);
    await client.history.redo();
    expect(await dumpGrids(client)).toEqual(both);
    await client.history.undo({});
    expect(await dumpGrids(client)).toEqual(onlyFirst);
    await client.history.redo();
    expect(await dumpGrids(client)).toEqual(both);
  });

  it('keeps references when a person of the same name was added by hand in between', async () => {
    const bench = await start();
    const { client } = bench;
    const file = people(bench, 'people.csv', [
      ['Maud Ellery', '03/04/1990', '07700900001', '4 Kiln Row', 'FE1 2HJ'],
      ['Alec Thorne', '05/06/1988', '07700900002', '9 Mill Lane', 'FE1 3AB'],
    ]);
    await importPaths(bench, [file]);
    const seq = (await client.history.list({})).undo.undo?.seq ?? 0;
    await client.records.add({ grid: 'people', values: { name: 'Maud Ellery', dob: '03/04/1990' } });
    const state = await dumpGrids(client);
    await client.history.undo({ seq });
    await client.history.redo();
    expect(await dumpGrids(client)).toEqual(state);
  });

  it('is blocked by an edit, a target, a link or a photograph that rests on it alone', async () => {
    const bench = await start();
    const { client } = bench;
    await importPaths(bench, [
      people(bench, 'people.csv', [['Maud Ellery', '03/04/1990', '07700900001', '4 Kiln Row', 'FE1 2HJ']]),
    ]);
    const seq = (await client.history.list({})).undo.undo?.seq ?? 0;
    const state = () => dumpGrids(client);
    const blocked = async (names: string) => {
      const before = await state();
      const refused = await refusal(client.history.undo({ seq }));
      expect(refused.code).toBe('journal.blocked');
      expect(refused.message).toContain(names);
      expect(refused.message).not.toMatch(/Ellery|Kiln|07700/);
      expect(await state()).toEqual(before);
    };
    await client.records.set({ edits: [{ ref: 'NOM-1', values: { note: 'watch' } }] });
    await blocked('NOM-1');
    await client.history.undo({});
    await client.records.makeTargets({ refs: ['PRM-1'] });
    await blocked('TGT-1');
    await client.history.undo({});
    await client.records.attachPhotograph({
      ref: 'NOM-1',
      grant: bench.engine.grants.add(join(demoFolder, 'photographs', 'N-001.png'), 'file'),
      takenOn: null,
    });
    await blocked('NOM-1');
    await client.history.undo({});
    await client.history.undo({ seq });
    expect(await allRows(client, 'people')).toEqual([]);
  });

  it('imports the same file again after the undo, under new references', async () => {
    const bench = await start();
    const file = people(bench, 'people.csv', [
      ['Maud Ellery', '03/04/1990', '07700900001', '4 Kiln Row', 'FE1 2HJ'],
    ]);
    await importPaths(bench, [file]);
    expect((await importPaths(bench, [file])).files[0]?.status).toBe('unchanged');
    await bench.client.history.undo({});
    const again = await importPaths(bench, [file]);
    expect(again.files[0]?.status).toBe('imported');
    expect((await allRows(bench.client, 'people')).map((row) => row.ref)).toEqual(['NOM-2']);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const bench = await start();
    const counts = countTables(sessionOf(bench));
    const abort = new AbortController();
    const file = bench.engine.grants.add(demo('call data.csv'), 'file');
    const work = (async () => {
      for await (const event of await bench.client.imports.commit(
        { files: [{ grant: file }] },
        { signal: abort.signal },
      ))
        if (event.type === 'progress' && event.done > 0) abort.abort();
    })();
    expect((await refusal(work)).code).toBe('cancelled');
    expect(countTables(sessionOf(bench))).toEqual(counts);
    const report = await importPaths(bench, [demo('call data.csv')]);
    expect(report.ref).toBe('IMP-1');
  });
});

/** The board of the day, and everything about one record. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellValue } from '../../shared/grid/query.ts';
import type { GridName } from '../../shared/grid/types.ts';
import type { Bench } from './support.ts';
import { allRows, cleanUp, demoFolder, importPaths, makeWorkspace, onlyRef, refusal } from './support.ts';

let bench: Bench;
const refs: Record<string, string> = {};

const add = async (grid: GridName, values: Record<string, CellValue>) =>
  onlyRef(await bench.client.records.add({ grid, values }));

beforeAll(async () => {
  bench = await makeWorkspace();
  await bench.client.records.set({ edits: [{ ref: 'OP-1', values: { strike: '2026-12-03T05:30' } }] });
  refs.house = await add('premises', { address: '4 Slate Row', children: '2 (4 and 7)', dogs: 'two' });
  refs.flat = await add('premises', { address: 'Flat 2, Tarn House' });
  refs.loose = await add('premises', { address: '9 Mill Lane' });
  refs.man = await add('people', { name: 'Maud Ellery', dob: '1990-04-03' });
  refs.child = await add('people', {
    name: 'Tam Birkett',
    dob: '2011-05-06',
    victimStatus: 'potential-victim',
  });
  refs.leader = await add('officers', { name: 'Ada Leader' });
  refs.alpha = await add('teams', {
    name: 'Alpha',
    leader: refs.leader,
    premises: refs.house,
    strikeAt: '2026-12-03T05:30',
    finishAt: '2026-12-03T08:00',
  });
  refs.bravo = await add('teams', { name: 'Bravo', leader: refs.leader, strikeAt: '2026-12-03T05:30' });
  refs.warrant = await add('warrants', {
    number: 'W1',
    power: 'mda-s23-3',
    premises: refs.house,
    issued: '2026-11-20',
  });
  refs.target = await add('targets', {
    subject: refs.man,
    premises: refs.house,
    team: refs.alpha,
    objective: 'arrest',
  });
  refs.placed = await add('targets', { subject: refs.flat, team: refs.bravo });
  refs.unplaced = await add('targets', { subject: refs.child, objective: 'safeguard', team: refs.bravo });
  refs.open = await add('targets', { subject: refs.loose });
  refs.dropped = await add('targets', { subject: refs.loose, status: 'dropped' });
  refs.plan = await add('safeguarding', { subject: refs.child, kind: 'child' });
}, 60_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

describe('the board', () => {
  it('gives each team its places with warrants and targets, and every planned target one place or one gap', async () => {
    const board = await bench.client.plan.board();
    const alpha = board.teams.find((team) => team.ref === refs.alpha);
    expect(alpha?.tasks).toEqual([
      {
        team: refs.alpha,
        premises: refs.house,
        warrants: [refs.warrant],
        targets: [refs.target],
        briefAt: null,
        strikeAt: '2026-12-03T05:30:00',
        finishAt: '2026-12-03T08:00:00',
        warrantState: 'note',
        safeguarding: true,
      },
    ]);
    const bravo = board.teams.find((team) => team.ref === refs.bravo);
    expect(bravo?.tasks.flatMap((task) => task.targets).sort()).toEqual([refs.placed, refs.unplaced].sort());
    expect(board.unassigned).toEqual([
      {
        premises: refs.loose,
        warrants: [],
        warrantState: 'none',
        targets: [refs.open],
        safeguarding: false,
      },
    ]);
    expect(board.labels[String(refs.house)]).toBe('4 Slate Row');
    expect(alpha?.premises).toBe(refs.house);
    expect(bravo?.premises).toBeNull();
    // A team that sets no strike of its own goes by the operation's, with or without a task.
    const idle = await bench.client.records.add({
      grid: 'teams',
      values: { name: 'Reserve', briefAt: '2026-12-03T03:30' },
    });
    expect((await bench.client.plan.board()).teams.find((team) => team.label === 'Reserve')).toMatchObject({
      briefAt: '2026-12-03T03:30:00',
      strikeAt: '2026-12-03T05:30:00',
      finishAt: null,
      tasks: [],
    });
    await bench.client.records.remove({ refs: [onlyRef(idle)] });
    const placed = [...board.teams.flatMap((team) => team.tasks), ...board.unassigned].flatMap(
      (task) => task.targets,
    );
    expect(placed.sort()).toEqual([refs.target, refs.placed, refs.unplaced, refs.open].sort());
  });

  it('shows what clashes: one leader in two teams', async () => {
    const board = await bench.client.plan.board();
    expect(board.clashes.some((finding) => finding.refs.includes(String(refs.bravo)))).toBe(true);
  });
});

describe('a person who may be a child by what is written alone', () => {
  it('marks the place on the board, and is told first in the dossier of person and place', async () => {
    const { client } = bench;
    const place = await add('premises', { address: '1 Beck Side' });
    const person = await add('people', { name: 'Wren Sandys', dobText: 'age 15' });
    await add('targets', { subject: person, premises: place, team: String(refs.bravo) });
    const task = (await client.plan.board()).teams
      .flatMap((team) => team.tasks)
      .find(({ premises }) => premises === place);
    expect(task?.safeguarding).toBe(true);
    expect((await client.records.dossier({ ref: person })).alerts[0]).toMatchObject({
      severity: 'blocker',
      text: 'May be a child: born age 15, as written',
    });
    for (let step = 0; step < 3; step += 1) await client.history.undo({});
  });
});

describe('everything about one record', () => {
  it('tells children, dogs and warrant of a premises first, and whoever names it', async () => {
    const dossier = await bench.client.records.dossier({ ref: String(refs.house) });
    expect(dossier.alerts.map((alert) => alert.text)).toEqual(['Children: 2 (4 and 7)', 'Dogs: two']);
    const of = (grid: GridName) =>
      dossier.sections.find((section) => section.grid === grid)?.rows.map((row) => row.ref) ?? [];
    expect(of('warrants')).toEqual([refs.warrant]);
    expect(of('teams')).toEqual([refs.alpha]);
    expect(of('targets')).toEqual([refs.target]);
    for (const ref of dossier.findings.flatMap((finding) => finding.refs))
      expect(dossier.labels[ref], ref).toBeTruthy();
  });

  it('of a warrant, a target and a team tells the children at their places and among their targets', async () => {
    const alertsOf = async (ref: string | undefined) =>
      (await bench.client.records.dossier({ ref: String(ref) })).alerts.map((alert) => alert.text);
    const children = '4 Slate Row: Children: 2 (4 and 7)';
    expect(await alertsOf(refs.warrant)).toEqual([children]);
    expect(await alertsOf(refs.target)).toEqual([children]);
    expect(await alertsOf(refs.alpha)).toEqual([children]);
    // Bravo has no premises of its own: the child is the subject of one of its targets.
    expect((await alertsOf(refs.bravo))[0]).toBe('Tam Birkett: Child: 15 on the day');
  });

  it('of a person tells a child first, and finds plan and target', async () => {
    const dossier = await bench.client.records.dossier({ ref: String(refs.child) });
    expect(dossier.alerts[0]?.text).toBe('Child: 15 on the day');
    expect(dossier.alerts[1]?.text).toContain('a victim first');
    expect(dossier.sections.map((section) => section.grid)).toEqual(['safeguarding', 'targets']);
  });

  it('is a consultation in the journal, and refused for what is not there', async () => {
    await bench.client.records.dossier({ ref: String(refs.man) });
    const { entries } = await bench.client.history.list({ limit: 5 });
    expect(entries[0]).toMatchObject({ operation: 'consultation', target: refs.man });
    expect((await refusal(bench.client.records.dossier({ ref: 'PRM-999' }))).code).toBe('not-found');
  });

  it('opens for every record of the demonstration, links of a phone to its calls included', async () => {
    const own = await makeWorkspace('Operation Fellgate');
    await importPaths(
      own,
      ['nominals.xlsx', 'premises.xlsx', 'subscribers.csv', 'call data.csv', 'intelligence log.xlsx'].map(
        (name) => join(demoFolder, name),
      ),
    );
    for (const grid of ['people', 'premises', 'phones'] as const) {
      for (const row of (await allRows(own.client, grid)).slice(0, 25)) {
        const dossier = await own.client.records.dossier({ ref: row.ref });
        expect(dossier.label, row.ref).not.toBe('');
        for (const section of dossier.sections) {
          expect(section.rows.length, `${row.ref} ${section.grid}`).toBeGreaterThan(0);
          expect(section.rows.map((each) => each.ref)).not.toContain(row.ref);
        }
        if (grid === 'phones' && Number(row.events) > 0)
          expect(
            dossier.sections.some((section) => section.grid === 'communications'),
            row.ref,
          ).toBe(true);
      }
    }
    await own.engine.close();
  }, 120_000);
});

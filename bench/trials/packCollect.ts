/** Collecting the rows of packs of 300 targets, 100 warrants and 40 teams from a workspace of 3,000 people. */
import { collectPack } from '../../electron/engine/packs/collect.ts';
import { setUpOperation } from '../../electron/engine/plan/operation.ts';
import { shippedSpecs } from '../../shared/packs/packSpecs.ts';
import { newWorkspace, openNamed, percentile } from '../support/workspace.ts';
import type { Figures, Trial, TrialContext } from '../trial.ts';

const words = 'An invented sentence that stands where a planner would write. '.repeat(8);

/** Rows by table: columns, then how many, and the values of each. */
function tablesOf(
  size: number,
): [table: string, columns: string, count: number, values: (id: number) => unknown[]][] {
  const targets = 30 * size;
  const places = 10 * size;
  const teams = 4 * size;
  return [
    [
      'person',
      'name, dob, note, markers',
      300 * size,
      (id) => [`Given${id} Family${id % 700}`, `19${60 + (id % 40)}-01-0${1 + (id % 9)}`, words, 'Violent'],
    ],
    [
      'premises',
      'address, postcode, note',
      150 * size,
      (id) => [`${id} Long Lane, Fellside`, `FE1 ${id % 10}AB`, words],
    ],
    ['phone', 'number', 100 * size, (id) => [`+447700900${String(id % 1000).padStart(3, '0')}`]],
    ['team', 'name, premises', teams, (id) => [`Team ${id}`, `PRM-${id}`]],
    [
      'target',
      'subject, objective, premises, team, grounds',
      targets,
      (id) => [`NOM-${id}`, 'arrest', `PRM-${1 + (id % places)}`, `TEAM-${1 + (id % teams)}`, words],
    ],
    [
      'warrant',
      'number, power, premises, issued',
      places,
      (id) => [`12${id}/26`, 'pace-s8', `PRM-${id}`, '2026-11-01'],
    ],
    [
      'intelligence',
      'urn, text, grade, subjects',
      100 * size,
      (id) => [`U${id}`, words, '2BP', `Given${id} Family${id % 700}`],
    ],
    ['arrest', 'person, premises', targets, (id) => [`NOM-${id}`, `PRM-${1 + (id % places)}`]],
    [
      'seizure',
      'what, person, premises, weight_g',
      targets,
      (id) => ['Wraps', `NOM-${id}`, `PRM-${1 + (id % places)}`, 1.5],
    ],
  ];
}

async function prepare(context: TrialContext): Promise<Figures> {
  const { session, engine } = await newWorkspace(context, 'packs');
  setUpOperation(session, 'Trial', 'OFFICIAL-SENSITIVE');
  const { writer } = session;
  const size = context.quick ? 1 : 10;
  writer.transaction(() => {
    for (const [table, columns, count, values] of tablesOf(size)) {
      const places = columns.replace(/\w+/g, '?');
      const insert = writer.prepare(
        `INSERT INTO ${table} (id, revision, sources, ${columns}) VALUES (?, 1, 0, ${places})`,
      );
      for (let id = 1; id <= count; id += 1) insert.run(id, ...values(id));
    }
    const link = writer.prepare(
      'INSERT INTO link (a_grid, a_id, b_grid, b_id, relation, evidence_id) VALUES (?, ?, ?, ?, ?, ?)',
    );
    for (let id = 1; id <= 300 * size; id += 1) {
      link.run('people', id, 'premises', 1 + (id % (150 * size)), 'address', id);
      link.run('people', id, 'phones', 1 + (id % (100 * size)), 'phone', id);
    }
  })();
  await engine.close();
  return { targets: 30 * size, people: 300 * size };
}

/** Each shipped pack with its rules applied, as often as needed for a median. */
export const packCollect: Trial = {
  name: 'Collecting the rows of every pack, 300 targets, 100 warrants, 3,000 people, 1,000 items',
  note: 'CPU milliseconds of one collection; under 1,000 for each pack',
  repeats: 1,
  prepare,
  async subject(context) {
    const { session, engine } = await openNamed(context, 'packs');
    const figures: Figures = {};
    for (const spec of shippedSpecs) {
      const taken: number[] = [];
      for (let turn = 0; turn < 5; turn += 1) {
        const before = process.cpuUsage();
        collectPack(session.reader, {
          spec,
          ...(spec.scope === 'team' ? { team: 'Team 1' } : {}),
          formats: [],
          recipient: 'Trial',
          reason: 'Trial',
          copy: 1,
          version: 1,
          now: '2026-11-24T09:00:00Z',
          user: 'Trial',
        });
        const { user, system } = process.cpuUsage(before);
        taken.push((user + system) / 1000);
      }
      figures[`${spec.id}: CPU p50, ms`] = percentile(taken, 0.5);
      figures[`${spec.id}: CPU most, ms`] = Math.max(...taken);
    }
    await engine.close();
    return figures;
  },
};

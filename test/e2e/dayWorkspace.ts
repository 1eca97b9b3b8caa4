import type { CellValue } from '../../shared/grid/query.ts';
import type { GridName } from '../../shared/grid/types.ts';
import { makeWorkspace, passphrase } from '../engine/support.ts';

/** A small operation with teams, premises and warrants, on disk and closed. Everybody in it is invented. */
export interface DayWorkspace {
  folder: string;
  passphrase: string;
  refs: Record<
    'slate' | 'tarn' | 'mill' | 'ford' | 'alpha' | 'bravo' | 'child' | 'man' | 'slateWarrant' | 'tarnWarrant',
    string
  >;
}

/** Makes the workspace. Alpha has 4 Slate Row at 05:30; Bravo has times and no place; three places have no team. */
export async function makeDayWorkspace(): Promise<DayWorkspace> {
  const bench = await makeWorkspace('Operation Fellgate');
  const add = async (grid: GridName, values: Record<string, CellValue>): Promise<string> => {
    const { rows } = await bench.client.records.add({ grid, values });
    return rows[0]?.ref ?? '';
  };
  await bench.client.records.set({ edits: [{ ref: 'OP-1', values: { strike: '2026-12-03T05:30' } }] });
  const slate = await add('premises', {
    address: '4 Slate Row, Hollinbeck',
    children: '2 (4 and 7)',
    dogs: 'two',
    occupants: 'A couple and their two children',
  });
  const tarn = await add('premises', { address: 'Flat 2, Tarn House, Aldermoor', cuckooed: 'suspected' });
  const mill = await add('premises', { address: '9 Mill Lane, Aldermoor' });
  const ford = await add('premises', { address: '31 Ford Street, Aldermoor' });
  const man = await add('people', { name: 'Maud Ellery', dob: '1990-04-03', role: 'line-holder' });
  const child = await add('people', {
    name: 'Tam Birkett',
    dob: '2011-05-06',
    victimStatus: 'potential-victim',
  });
  const officers = [];
  for (const name of ['Ada Leader', 'Bram Sergeant', 'Cass Constable', 'Dev Constable'])
    officers.push(await add('officers', { name }));
  const alpha = await add('teams', {
    name: 'Alpha',
    leader: officers[0] ?? null,
    members: [officers[2], officers[3]].join(','),
    premises: slate,
    vehicle: 'Van 2',
    rendezvous: 'Car park, Bridge Road',
    briefAt: '2026-12-03T03:30',
    strikeAt: '2026-12-03T05:30',
    finishAt: '2026-12-03T08:30',
  });
  const bravo = await add('teams', {
    name: 'Bravo',
    leader: officers[1] ?? null,
    members: officers[2] ?? null,
    briefAt: '2026-12-03T03:30',
    strikeAt: '2026-12-03T05:30',
    finishAt: '2026-12-03T09:00',
  });
  const warrant = (number: string, premises: string, issued: string) =>
    add('warrants', {
      number,
      power: 'mda-s23-3',
      authority: 'District Judge',
      court: 'Fellshire Magistrates',
      premises,
      issued,
      status: 'issued',
    });
  const slateWarrant = await warrant('W-101', slate, '2026-11-20');
  const tarnWarrant = await warrant('W-102', tarn, '2026-11-20');
  await warrant('W-103', mill, '2026-10-20');
  await add('targets', { subject: man, premises: slate, team: alpha, objective: 'arrest', priority: 'high' });
  await add('targets', { subject: child, premises: tarn, objective: 'safeguard' });
  await add('targets', { subject: ford, objective: 'search' });
  await add('safeguarding', {
    subject: child,
    kind: 'child',
    concern: 'Runs for the line',
    lead: 'L. Ashby',
  });
  await bench.client.workspace.close();
  await bench.engine.close();
  return {
    folder: bench.workspace,
    passphrase,
    refs: { slate, tarn, mill, ford, alpha, bravo, child, man, slateWarrant, tarnWarrant },
  };
}

/** A workspace with people, phones, premises and vehicles that hang together, and a chart of all of them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { createEngine } from '../../electron/engine/createEngine.ts';
import { chartKinds } from '../../shared/contract/areas/chart.ts';
import type { Figures } from '../trial.ts';

/** The same numbers each time. */
function seeded(): () => number {
  let state = 7;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** @param size records in the chart; there are about twice as many links. */
export async function makeChartWorkspace(
  workspace: string,
  size: number,
  passphrase: string,
): Promise<Figures> {
  const random = seeded();
  const people = Math.round(size * 0.45);
  const rest = Math.ceil((size - people) / 3);
  // A few are much linked, most little: as networks are.
  const some = (count: number) => Math.floor(random() * random() * count);
  const rows = ['Surname,Forenames,DOB,Mobile,Address,VRM'];
  for (let row = 0; row < size * 0.75; row += 1) {
    const person = row < people ? row : some(people);
    const spread = row < rest ? row : some(rest);
    const letters = String.fromCharCode(65 + (person % 26), 65 + (Math.floor(person / 26) % 26));
    rows.push(
      [
        `Fell${letters.toLowerCase()}side`,
        `Person ${String.fromCharCode(65 + (person % 26))}${person}`,
        `${String(1 + (person % 28)).padStart(2, '0')}/0${1 + (person % 9)}/${1960 + (person % 55)}`,
        `07700900${String(spread % 1000).padStart(3, '0')}`,
        `"${1 + (spread % 90)} ${['Beck', 'Mill', 'Slate', 'Tenter'][spread % 4]} Lane ${Math.floor(spread / 90)}, Thornrigg"`,
        `FE${String(10 + (spread % 89)).padStart(2, '0')}${String.fromCharCode(65 + (spread % 20))}${String.fromCharCode(65 + (Math.floor(spread / 20) % 20))}A`,
      ].join(','),
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'fellside-bench-chart-'));
  try {
    const file = join(folder, 'nominals.csv');
    writeFileSync(file, `${rows.join('\r\n')}\r\n`);
    const engine = createEngine({
      clock: () => new Date().toISOString(),
      device: 'bench',
      measureKdf: async () => 60_000,
    });
    const client = createRouterClient(engine.router, { context: engine.context });
    await client.workspace.create({
      grant: engine.grants.add(workspace, 'new-workspace'),
      name: 'Operation Fellgate',
      marking: 'OFFICIAL-SENSITIVE',
      user: 'A Analyst',
      passphrase,
    });
    for await (const _ of await client.imports.commit({
      files: [{ grant: engine.grants.add(file, 'file') }],
    }));
    const refs: string[] = [];
    for (const grid of ['people', 'phones', 'premises', 'vehicles'] as const)
      refs.push(...(await client.grids.page({ grid, limit: 5000 })).rows.map(({ ref }) => ref));
    const nodes = refs
      .slice(0, size)
      .map((ref) => ({ ref, x: random() * 9000 - 4500, y: random() * 6000 - 3000, pinned: false }));
    await client.chart.save({
      state: { nodes, kinds: [...chartKinds], filter: {}, leaveOut: false, groupBy: null },
    });
    let links = 0;
    for await (const event of await client.chart.around({ refs: nodes.map(({ ref }) => ref) }))
      if (event.type === 'done') links = event.report.links.length;
    await client.workspace.close();
    return { records: nodes.length, links };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The analyses hold for data of other habits and other writing than they were first tried on. */
import { afterEach, expect, test } from 'vitest';
import type { CallFindings } from '../../shared/contract/areas/calls.ts';
import { cleanUp, importPaths, makeWorkspace, writeCsv } from '../engine/support.ts';
import { judgeFindings } from './judge.ts';
import { habits, plantOther } from './otherHabits.ts';
import { otherLayouts } from './otherLayouts.ts';

afterEach(cleanUp);

test.each(habits.map((habit, place) => ({ name: habit.name, habit, place })))(
  'what is planted is found and nobody else: $name',
  async ({ habit, place }) => {
    const layout = otherLayouts[(place + 2) % otherLayouts.length];
    const data = plantOther(habit, 2 + place * 100);
    const bench = await makeWorkspace();
    const rows = [...(layout?.head ?? []), ...data.rows.map((row) => layout?.cells(row) ?? [])];
    const report = await importPaths(bench, [writeCsv(bench, 'calls.csv', rows)]);
    expect(report.files[0]?.sheets[0]).toMatchObject({ kind: 'communication', imported: data.rows.length });
    let findings: CallFindings['findings'] = [];
    for await (const event of await bench.client.calls.findings({}))
      if (event.type === 'done') findings = event.report.findings;
    const judged = judgeFindings(findings, data);
    expect({ missed: judged.missed, false: judged.false }).toEqual({ missed: [], false: [] });
    await bench.client.workspace.close();
  },
  120_000,
);

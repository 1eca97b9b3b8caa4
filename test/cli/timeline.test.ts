import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Timeline } from '../../shared/contract/areas/timeline.ts';
import { cleanUp } from '../engine/support.ts';
import { makeTimelineWorkspace, type TimelineBench } from '../engine/timelineWorkspace.ts';
import { makeFolder, runCommand, runJson } from './cliRun.ts';

let made: TimelineBench;
let folder: string;
beforeAll(async () => {
  made = await makeTimelineWorkspace();
  await made.bench.client.workspace.close();
  folder = makeFolder();
}, 120_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  cleanUp();
});

it('prints what has a date, lane by lane, with the silence of the line and the custody of its holder', async () => {
  const { status, out } = await runCommand(folder, [
    'timeline',
    made.bench.workspace,
    made.line,
    made.holder,
  ]);
  expect(status).toBe(0);
  expect(out).toContain('LINE-1  Max');
  expect(out).toMatch(/not used 19\/09\/2026 .* to 28\/09\/2026/);
  expect(out).toMatch(/19\/09\/2026 23:10 +27\/09\/2026 18:00 +In custody +CUS-1/);
  expect(out).toContain('By name alone.');
});

it('gives the document of the contract for a period', async () => {
  const report = await runJson<Timeline>(folder, [
    'timeline',
    made.bench.workspace,
    '--from',
    '2026-09-12',
    '--to',
    '2026-09-18',
  ]);
  expect([report.from, report.to, report.groups.length]).toEqual([
    '2026-09-12T00:00:00',
    '2026-09-19T00:00:00',
    1,
  ]);
});

it.each([
  [['--from', '12/09/2026'], '--from is a date such as 2026-09-14'],
  [['NOBODY'], 'is no reference'],
  [['NOM-999'], 'There is no record NOM-999'],
  [['--from', '2026-09-18', '--to', '2026-09-12'], 'ends before it begins'],
])('refuses %j in words', async (words, message) => {
  const { status, err } = await runCommand(folder, ['timeline', made.bench.workspace, ...words]);
  expect(status).toBe(2);
  expect(err).toContain(message);
});

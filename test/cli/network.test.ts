/** The network through the command line: the measures as one document, the links of one, what is left without some. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { NetworkComparison, NetworkLinks, NetworkReport } from '../../shared/contract/areas/network.ts';
import { writeCsv } from '../engine/support.ts';
import { makeFolder, runCommand, runJson } from './cliRun.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test('measures, links and comparison', async () => {
  const folder = makeFolder();
  folders.push(folder);
  writeCsv({ folder }, 'nominals.csv', [
    ['Surname', 'Forenames', 'DOB', 'Home address', 'Vehicle'],
    ['Aske', 'Arlo', '01/01/1990', '1 Quarry Rise, Stangarth', 'AB12CDE'],
    ['Birkett', 'Ben', '02/01/1990', '1 Quarry Rise, Stangarth', ''],
    ['Coupe', 'Cal', '03/01/1990', '2 Weir Lane, Hollinbeck', 'AB12CDE'],
    ['Dacre', 'Dee', '04/01/2012', '2 Weir Lane, Hollinbeck', ''],
  ]);
  await runJson(folder, ['new', 'op', '--name', 'Operation Fellgate']);
  await runJson(folder, ['import', 'op', join(folder, 'nominals.csv')]);
  const report = await runJson<NetworkReport>(folder, ['network', 'op']);
  expect(report.counts).toMatchObject({ entities: 7, links: 6, parts: 1, pairs: 6 });
  const first = report.entities[0];
  expect(first?.rank).toBe(1);
  expect(first?.kind).toBe('vehicles');
  // Six others: three on each side of the car, so nine of fifteen pairs.
  expect(first).toMatchObject({ through: 9, pairs: 15, share: 0.6, pieces: 2 });
  expect(report.safeguarding).toHaveLength(1);
  expect(report.keyPlayers.length).toBeGreaterThan(0);
  const player = report.keyPlayers[0]?.ref ?? '';
  expect(report.labels[player]).toMatch(/Aske|Coupe/);

  const links = await runJson<NetworkLinks>(folder, ['network', 'op', player.toLowerCase()]);
  expect(links.others).toHaveLength(2);
  expect(links.others[0]?.links[0]?.sources[0]?.file).toBe('nominals.csv');
  const left = await runJson<NetworkComparison>(folder, ['network', 'op', '--without', player]);
  expect(left).toMatchObject({ without: [player], partTotal: 2 });
  expect(left.after.pairs).toBeLessThan(left.before.pairs);

  const printed = await runCommand(folder, ['network', 'op']);
  expect(printed.out).toContain('Attention of the police is not importance.');
  expect(printed.out).toContain('Safeguarding first');
  expect((await runCommand(folder, ['network', 'op', '--without', player])).out).toContain('Before, 6 pairs');
  expect((await runCommand(folder, ['network', 'op', player])).out).toContain('row of evidence');
  expect(await runCommand(folder, ['network', 'op', 'somebody'])).toMatchObject({
    status: 2,
    err: expect.stringContaining('no reference'),
  });
  expect(await runCommand(folder, ['network', 'op', '--targets'])).toMatchObject({
    status: 2,
    err: expect.stringContaining('no targets yet'),
  });
  expect(await runCommand(folder, ['network', 'op', '--least-calls', 'x'])).toMatchObject({ status: 2 });
}, 120_000);

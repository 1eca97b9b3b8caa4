/** Priorities on the command line: one document, its sources, and the same in words. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { PriorityReport } from '../../shared/contract/areas/priorities.ts';
import { makeFolder, runCommand, runJson } from './cliRun.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test('priorities', async () => {
  const folder = makeFolder();
  folders.push(folder);
  writeFileSync(
    join(folder, 'nominals.csv'),
    [
      'Nominal Ref,Name,DOB,Role,Warning markers,Home address,Postcode',
      'N-1,Maud Ellery,03/04/1990,Line holder,Weapons (knife),"4 Kiln Row, Hollinbeck",FE1 2HJ',
      'N-2,Alec Thorne,05/06/2011,Runner,Missing episodes,"9 Mill Lane, Hollinbeck",FE1 3AB',
      'N-3,Bram Ostler,,Street dealer,,,',
      '',
    ].join('\r\n'),
  );
  await runJson(folder, ['new', 'op', '--name', 'Operation Fellgate']);
  await runJson(folder, ['set', 'op', 'OP-1', 'strike=2026-12-03T05:30']);
  await runJson(folder, ['import', 'op', 'nominals.csv']);
  const report = await runJson<PriorityReport>(folder, ['priorities', 'op']);
  expect(report).toMatchObject({ day: '2026-12-03', isStrike: true, isDefault: true });
  expect(report.safeguarding[0]).toMatchObject({ label: 'Alec Thorne', urgency: 'first' });
  expect(report.safeguarding[0]?.concerns[0]).toMatchObject({
    concern: 'under-18',
    words: 'Aged 15 on 03/12/2026, the day of the strike.',
    sources: [{ field: 'dob', file: 'nominals.csv', row: 3, value: '2011-06-05' }],
  });
  expect(report.enforcement[0]).toMatchObject({ label: 'Maud Ellery', points: 11.2, band: null });
  expect(report.enforcement[0]?.factors.map((factor) => factor.factor)).toEqual(['role', 'weapons']);
  const unknown = await runJson<PriorityReport>(folder, ['priorities', 'op', '--concern', 'age-not-known']);
  expect(unknown.safeguarding.map(({ label }) => label)).toEqual(['Bram Ostler']);
  const lines = await runJson<PriorityReport>(folder, ['priorities', 'op', '--kind', 'lines']);
  expect([lines.safeguarding, lines.enforcement]).toEqual([[], []]);
  const { out } = await runCommand(folder, ['priorities', 'op', '--limit', '10']);
  expect(out.indexOf('Safeguarding:')).toBeLessThan(out.indexOf('Enforcement:'));
  expect(out).toContain('No safeguarding plan');
  expect(out).toContain('The defence of the Modern Slavery Act 2015 s.45 may stand');
  expect(await runCommand(folder, ['priorities', 'op', '--concern', 'rumour'])).toMatchObject({
    status: 2,
    err: expect.stringContaining('under-18'),
  });
}, 120_000);

/** Call data through the command line: the import of a return, the findings as one document, one phone's picture. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { CallFindings, CallPicture } from '../../shared/contract/areas/calls.ts';
import { judgeFindings } from '../calls/judge.ts';
import { layouts, sheetOf } from '../calls/layouts.ts';
import { plantCalls } from '../calls/plantedCalls.ts';
import { makeFolder, runCommand, runJson } from './cliRun.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test('findings and calls', async () => {
  const folder = makeFolder();
  folders.push(folder);
  const data = plantCalls(17, 28);
  const layout = layouts[2];
  if (!layout) throw new Error('no layout');
  writeFileSync(
    join(folder, 'calls.csv'),
    sheetOf(layout, data.rows)
      .map((row) => `${row.join(',')}\r\n`)
      .join(''),
  );
  await runJson(folder, ['new', 'op', '--name', 'Operation Fellgate']);
  await runJson(folder, ['import', 'op', 'calls.csv']);
  const { findings } = await runJson<CallFindings>(folder, ['findings', 'op']);
  const judged = judgeFindings(findings, data);
  expect(judged.missed).toEqual([]);
  expect(judged.false.length).toBeLessThan(judged.isTrue);
  for (const found of findings) {
    expect(found.phones[0]).toMatch(/^\+447700900\d{3}$/);
    expect(found.sources.length).toBeGreaterThan(0);
    expect(found.sources[0]).toMatchObject({ file: 'calls.csv', row: expect.any(Number) });
  }
  const some = await runJson<CallFindings>(folder, ['findings', 'op', '--kind', 'broadcast', '--limit', '1']);
  expect(some.findings.map((found) => found.kind)).toEqual(['broadcast']);
  const line = data.number.line ?? '';
  const picture = await runJson<CallPicture>(folder, ['calls', 'op', `${line.slice(0, 5)} ${line.slice(5)}`]);
  expect(picture.numbers[0]?.number).toBe(`+44${line.slice(1)}`);
  const printed = await runCommand(folder, ['calls', 'op', picture.ref]);
  expect(printed.out).toContain('Bulk text');
  const list = await runCommand(folder, ['findings', 'op', line]);
  expect(list.out).toContain('10 numbers within 30 minutes');
  expect(await runCommand(folder, ['findings', 'op', '--kind', 'rumour'])).toMatchObject({
    status: 2,
    err: expect.stringContaining('Kinds: broadcast'),
  });
  expect(await runCommand(folder, ['calls', 'op', '07700 900 x'])).toMatchObject({ status: 2 });
}, 120_000);

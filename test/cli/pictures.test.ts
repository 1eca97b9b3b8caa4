/** Kept pictures on the command line, and rows narrowed by records. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { GridPage } from '../../shared/grid/query.ts';
import { drawn } from '../engine/drawnPictures.ts';
import { openWorkspaceAt } from '../engine/support.ts';
import { makeFolder, runCommand, runJson } from './cliRun.ts';

const folder = makeFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('pictures', async () => {
  await runJson(folder, ['new', 'op', '--name', 'Operation Fellgate']);
  await runJson(folder, ['add', 'op', 'people', 'name=Maud Ellery']);
  await runJson(folder, ['add', 'op', 'people', 'name=Alec Thorne']);
  expect((await runCommand(folder, ['pictures', 'op'])).out).toContain('No picture is kept');
  const bench = await openWorkspaceAt(join(folder, 'op'));
  await bench.client.pictures.keep({
    ...drawn({ refs: ['NOM-1'], title: 'Who is who', rows: [['Maud Ellery', 'NOM-1']] }),
    reason: 'Briefing',
  });
  await bench.client.workspace.close();
  await bench.engine.close();
  const { out } = await runCommand(folder, ['pictures', 'op']);
  expect(out).toMatch(/1 {2}chart {2}Who is who, kept .* 1 records, 1 rows/);
  const saved = await runJson<{ files: { file: string }[]; leftOut: string | null }>(folder, [
    ...['pictures', 'op', 'save', '1', '--out', 'out', '--recipient', 'Silver', '--reason', 'Briefing'],
  ]);
  expect(saved.leftOut).toBeNull();
  expect(readdirSync(join(folder, 'out')).sort()).toEqual(saved.files.map(({ file }) => file).sort());
  await runJson(folder, ['pictures', 'op', 'remove', '1']);
  expect(await runJson(folder, ['pictures', 'op'])).toEqual({ pictures: [] });
  for (const words of [['remove', 'x'], ['draw'], ['save', '1']])
    expect(await runCommand(folder, ['pictures', 'op', ...words])).toMatchObject({ status: 2 });
  const page = await runJson<GridPage>(folder, [
    ...['list', 'op', 'people', '--where', '{"@records":{"in":["NOM-2"]}}'],
  ]);
  expect(page.rows.map(({ ref }) => ref)).toEqual(['NOM-2']);
}, 120_000);

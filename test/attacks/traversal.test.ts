/** Names that lead elsewhere: of operations, teams, files, archives, grants. What is written stays where it was meant. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cleanUp, importPaths, makeFolder, makeWorkspace, refusal } from '../engine/support.ts';
import { writeZip } from '../readers/support/writeZip.ts';

afterAll(cleanUp);

const names = [
  '../../escaped',
  '..\\..\\escaped',
  '/tmp/escaped',
  'C:\\escaped',
  'a/../../escaped',
  'CON',
  '.',
  '..',
  '\u202egpj.exe',
  'x'.repeat(180),
];

/** Every file below a folder. */
const filesIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

describe('a name that leads elsewhere', () => {
  it('of an operation stays in the chosen folder when packs and tables are written', {
    timeout: 120_000,
  }, async () => {
    for (const name of names.slice(0, 4)) {
      const bench = await makeWorkspace(name);
      const out = join(bench.folder, 'deep', 'er', 'out');
      mkdirSync(out, { recursive: true });
      const before = filesIn(bench.folder).filter((file) => !file.startsWith('op.fellside'));
      await bench.client.records.add({ grid: 'teams', values: { name } });
      const folder = bench.engine.grants.add(out, 'export');
      for await (const event of await bench.client.packs.export({
        pack: 'command',
        formats: ['xlsx'],
        recipient: 'Gold',
        reason: 'the day',
        folder,
      }))
        if (event.type === 'done') break;
      const after = filesIn(bench.folder).filter((file) => !file.startsWith('op.fellside'));
      const written = after.filter((file) => !before.includes(file));
      expect(written.length).toBeGreaterThan(0);
      expect(written.filter((file) => !/^deep.er.out./.test(file))).toEqual([]);
      await bench.engine.close();
    }
    expect(existsSync('/tmp/escaped')).toBe(false);
  });

  it('of a file in an archive is refused or read, and never written', { timeout: 60_000 }, async () => {
    const bench = await makeWorkspace();
    const path = join(bench.folder, 'files.zip');
    const text = Buffer.from('Name,DOB\r\nMaud Ellery,01/02/1980\r\n');
    writeFileSync(path, writeZip(names.map((name) => ({ name: `${name}.csv`, data: text })) as never));
    const before = filesIn(bench.folder).filter((file) => !file.startsWith('op.fellside'));
    const grant = bench.engine.grants.add(path, 'file');
    const { files } = await bench.client.imports.expand({ grant });
    expect(files.length).toBeGreaterThan(0);
    for (const { grant: inner } of files)
      if (inner !== null) await bench.client.imports.inspect({ grant: inner }).catch(() => null);
    const after = filesIn(bench.folder).filter((file) => !file.startsWith('op.fellside'));
    expect(after).toEqual(before);
    expect(existsSync('/tmp/escaped.csv')).toBe(false);
    await bench.engine.close();
  });

  it('is no grant: a path in its place opens nothing', async () => {
    const bench = await makeWorkspace();
    const csv = join(makeFolder(), 'people.csv');
    writeFileSync(csv, 'Name\r\nMaud Ellery\r\n');
    for (const grant of [
      csv,
      `file-${csv}`,
      '../../etc/passwd',
      'file-',
      '__proto__',
      'constructor',
      bench.workspace,
    ]) {
      expect((await refusal(bench.client.imports.inspect({ grant }))).code).toMatch(/grant.unknown|invalid/);
      expect((await refusal(bench.client.workspace.open({ grant, passphrase: 'x' }))).code).toMatch(
        /grant.unknown|invalid/,
      );
    }
    // A grant for one use serves no other.
    const file = bench.engine.grants.add(csv, 'file');
    expect((await refusal(bench.client.workspace.open({ grant: file, passphrase: 'x' }))).code).toBe(
      'grant.unknown',
    );
    await expect(importPaths(bench, [csv])).resolves.toBeDefined();
    await bench.engine.close();
  });
});

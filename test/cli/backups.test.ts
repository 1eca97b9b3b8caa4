/** `backup`, `restore` and `verify`: one JSON document each, and the statuses that scripts go by. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackupReport, IntegrityReport, RestoreReport } from '../../shared/contract/areas/backups.ts';
import { makeFolder, runCommand, runJson } from './cliRun.ts';

let folder: string;

beforeAll(async () => {
  folder = makeFolder();
  await runJson(folder, ['new', 'op.fellside', '--name', 'Operation Fellgate']);
  await runJson(folder, ['add', 'op.fellside', 'people', 'name=Maud Ellery']);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('backup and restore', () => {
  it('give one file, and from it the same workspace', async () => {
    const made = await runJson<BackupReport>(folder, [
      'backup',
      'op.fellside',
      '--out',
      'op.fellside-backup',
    ]);
    expect(Object.keys(made).sort()).toEqual(['at', 'bytes', 'entries', 'file', 'head', 'sha256']);
    expect(made.file).toBe(join(folder, 'op.fellside-backup'));
    expect(readFileSync(made.file).length).toBe(made.bytes);
    const restored = await runJson<RestoreReport>(folder, [
      'restore',
      'op.fellside-backup',
      '--out',
      'r.fellside',
    ]);
    expect(restored).toMatchObject({ entries: made.entries, head: made.head, verified: true });
    const { rows } = await runJson<{ rows: { name: string }[] }>(folder, ['list', 'r.fellside', 'people']);
    expect(rows.map(({ name }) => name)).toEqual(['Maud Ellery']);
    expect(await runJson(folder, ['verify', 'r.fellside', '--deep'])).toMatchObject({
      ok: true,
      problems: [],
    });
    // Neither writes over anything.
    for (const words of [
      ['backup', 'op.fellside', '--out', 'op.fellside-backup'],
      ['restore', 'op.fellside-backup', '--out', 'r.fellside'],
    ]) {
      const ended = await runCommand(folder, words);
      expect(ended).toMatchObject({ status: 2, out: '' });
      expect(ended.err).toMatch(/^fellside: .*never writes over anything.*\n$/);
    }
  });

  it('work from the folder of the workspace too', async () => {
    const made = await runJson<BackupReport>(folder, ['backup', 'op.fellside']);
    const listed = await runJson<{ backups: { name: string; state: string }[] }>(folder, [
      'backup',
      'op.fellside',
      '--list',
    ]);
    expect(listed.backups[0]).toMatchObject({ name: made.file, state: 'verified' });
    await runJson(folder, ['restore', 'op.fellside', '--from', made.file, '--out', 'own.fellside']);
    expect(existsSync(join(folder, 'own.fellside', 'workspace.db'))).toBe(true);
    const wrong = await runCommand(folder, [
      'restore',
      'op.fellside',
      '--from',
      '../op.fellside-backup',
      '--out',
      'x',
    ]);
    expect(wrong.status).toBe(2);
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });

  it('refuse what is no backup, in one line', async () => {
    writeFileSync(join(folder, 'letter.fellside-backup'), 'Dear all');
    mkdirSync(join(folder, 'a folder'), { recursive: true });
    for (const words of [
      ['restore', 'letter.fellside-backup', '--out', 'y.fellside'],
      ['restore', 'nowhere', '--out', 'y.fellside'],
      ['restore', 'letter.fellside-backup'],
      ['backup', 'op.fellside', '--out', 'a folder'],
      ['backup', 'op.fellside', '--out', 'no/such/folder/op.fellside-backup'],
    ]) {
      const ended = await runCommand(folder, words);
      expect({ words, status: ended.status, out: ended.out }).toEqual({ words, status: 2, out: '' });
      expect(ended.err).toMatch(/^fellside: [^\n]+\n$/);
    }
    expect(existsSync(join(folder, 'y.fellside'))).toBe(false);
  });
});

describe('verify', () => {
  it('names what is broken and the backup to be restored, with status 1', async () => {
    await runJson(folder, ['backup', 'op.fellside']);
    const damaged = join(folder, 'damaged.fellside');
    cpSync(join(folder, 'op.fellside'), damaged, { recursive: true });
    truncateSync(join(damaged, 'workspace.db'), 8192);
    const report = await runJson<IntegrityReport>(folder, ['verify', 'damaged.fellside'], 1);
    expect(report.ok).toBe(false);
    expect(report.problems.length).toBeGreaterThan(0);
    expect(report.backup?.name).toMatch(/-asked/);
    const told = await runCommand(folder, ['verify', 'damaged.fellside']);
    expect(told.out).toContain(`restore WORKSPACE --from ${report.backup?.name}`);
  });

  it('tells an older copy in the place of the newer one; --accept-older goes on with it', async () => {
    const old = join(folder, 'kept');
    const place = join(folder, 'place.fellside');
    await runJson(folder, ['new', 'place.fellside', '--name', 'Operation Fellgate']);
    cpSync(place, old, { recursive: true });
    await runJson(folder, ['add', 'place.fellside', 'people', 'name=Alec Thorne']);
    rmSync(place, { recursive: true });
    renameSync(old, place);
    const report = await runJson<IntegrityReport>(folder, ['verify', 'place.fellside'], 1);
    expect(report.problems.map(({ part }) => part)).toEqual(['copy']);
    const refused = await runCommand(folder, ['list', 'place.fellside', 'people']);
    expect(refused.status).toBe(2);
    expect(refused.err).toMatch(/older than the one that was opened here .*--accept-older/);
    expect(await runJson(folder, ['list', 'place.fellside', 'people', '--accept-older'])).toMatchObject({
      total: 0,
    });
    expect(await runJson(folder, ['verify', 'place.fellside'])).toMatchObject({ ok: true });
  });
});

/** `fellside users` from first to last: add, first passphrase, roles, recovery, removal, another data key. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, runCommand, runJson } from './cliRun.ts';

interface Listed {
  users: { name: string; role: string; addedAt: string; addedBy: string | null; removedAt: string | null }[];
  keyGeneration: number;
}

const folder = makeFolder();
const leads = 'slow heron over slate';
const own = 'brittle ochre windmill';

/** Words for one command: the passphrase in a file, the new one in the environment. */
function as(passphrase: string, secrets: { next?: string; recovery?: string } = {}): string[] {
  const file = join(folder, 'passphrase.txt');
  writeFileSync(file, `${passphrase}\n`, { mode: 0o600 });
  if (secrets.next !== undefined) process.env.FELLSIDE_NEW_PASSPHRASE = secrets.next;
  if (secrets.recovery !== undefined) process.env.FELLSIDE_RECOVERY_KEY = secrets.recovery;
  return ['--passphrase-file', file];
}

beforeAll(async () => {
  await runJson(folder, ['new', 'op.fellside', '--name', 'Operation Fellgate', '--user', 'Alex Lead']);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('users', { timeout: 120_000 }, () => {
  it('does the whole life of a user', async () => {
    expect(await runJson<Listed>(folder, ['users', 'op.fellside'])).toEqual({
      users: [
        { name: 'Alex Lead', role: 'lead', addedAt: expect.any(String), addedBy: null, removedAt: null },
      ],
      keyGeneration: 1,
    });
    const added = await runJson<{ oneTimePassphrase: string }>(folder, [
      'users',
      'op.fellside',
      'add',
      'R Reader',
      '--role',
      'reader',
    ]);
    const early = await runCommand(folder, ['list', 'op.fellside', 'people', ...as(added.oneTimePassphrase)]);
    expect(early).toMatchObject({ status: 2, out: '' });
    expect(early.err).toContain('fellside users WORKSPACE passphrase');
    expect(
      await runJson(folder, [
        'users',
        'op.fellside',
        'passphrase',
        ...as(added.oneTimePassphrase, { next: own }),
      ]),
    ).toEqual({ changed: true });
    const refused = await runCommand(folder, [
      'users',
      'op.fellside',
      'add',
      'X',
      '--role',
      'lead',
      ...as(own),
    ]);
    expect(refused).toMatchObject({ status: 2, out: '' });
    expect(refused.err).toMatch(/^fellside: Only a lead/);
    const changing = await runCommand(folder, ['add', 'op.fellside', 'people', 'name=X', ...as(own)]);
    expect(changing).toMatchObject({ status: 2, out: '' });
    expect(changing.err).toContain('role of a reader');
    await runJson(folder, ['list', 'op.fellside', 'people', ...as(own)]);
    expect(
      await runJson<Listed>(folder, ['users', 'op.fellside', 'role', 'r reader', 'analyst']),
    ).toMatchObject({
      users: [{ role: 'lead' }, { name: 'R Reader', role: 'analyst', addedBy: 'Alex Lead' }],
    });
    await runJson(folder, ['users', 'op.fellside', 'rename', 'R Analyst', ...as(own)]);
    const removed = await runJson(folder, ['users', 'op.fellside', 'remove', 'R Analyst']);
    expect(removed).toMatchObject({ removed: 'R Analyst', rotated: true, keyGeneration: 2 });
    expect((await runCommand(folder, ['list', 'op.fellside', 'people', ...as(own)])).err).toContain(
      'not right',
    );
    expect(await runJson(folder, ['users', 'op.fellside', 'rotate'])).toMatchObject({ keyGeneration: 3 });
    const report = await runJson<{ ok: boolean }>(folder, ['verify', 'op.fellside']);
    expect(report.ok).toBe(true);
  });

  it('takes a passphrase for once from the lead, and never says it again', async () => {
    const words = ['users', 'op.fellside', 'add', 'S Second', '--role', 'lead', ...as(leads, { next: own })];
    const added = await runCommand(folder, words);
    expect(added).toMatchObject({ status: 0, err: '' });
    expect(added.out).not.toContain(own);
    expect((await runCommand(folder, ['users', 'op.fellside', ...as(own)])).err).toContain(
      'opens the workspace once',
    );
    const reset = await runJson<{ oneTimePassphrase: string }>(folder, [
      'users',
      'op.fellside',
      'reset',
      'S Second',
    ]);
    expect((await runCommand(folder, ['users', 'op.fellside', ...as(own)])).err).toContain('not right');
    expect(reset.oneTimePassphrase).toMatch(/^[0-9a-z-]{17}$/);
  });

  it('recovers with the key, once', async () => {
    const { recoveryKey } = await runJson<{ recoveryKey: string }>(folder, [
      'users',
      'op.fellside',
      'recovery',
    ]);
    const recover = (key: string) =>
      runCommand(folder, ['users', 'op.fellside', 'recover', ...as(leads, { next: leads, recovery: key })]);
    const mistyped = await recover(recoveryKey.replace(/.$/, (last) => (last === '7' ? '8' : '7')));
    expect(mistyped.err).toContain('typing mistake in group 8');
    expect(await recover(recoveryKey.toLowerCase())).toMatchObject({ status: 0, err: '' });
    expect((await recover(recoveryKey)).err).toContain('opens nothing');
    await runJson(folder, ['users', 'op.fellside']);
  });

  it('refuses in words what it does not know', async () => {
    const refusals: [string[], RegExp][] = [
      [['users'], /needs a workspace folder/],
      [['users', 'op.fellside', 'promote'], /does not know "promote"/],
      [['users', 'op.fellside', 'add'], /needs a name/],
      [['users', 'op.fellside', 'add', 'X', '--role', 'chief'], /lead, analyst, reader/],
      [['users', 'op.fellside', 'add', 'Alex  lead', '--role', 'reader'], /has that name/],
      [['users', 'op.fellside', 'remove', 'Nobody'], /no user "Nobody"/],
      [['users', 'op.fellside', 'remove', 'Alex Lead'], /./],
      [['users', 'op.fellside', 'passphrase', '--new-passphrase', 'x'], /never an argument/],
      [['users', 'op.fellside', 'recover', '--recovery-key', 'x'], /never an argument/],
    ];
    for (const [words, message] of refusals) {
      const ended = await runCommand(folder, words);
      expect({ words, status: ended.status, out: ended.out }).toEqual({ words, status: 2, out: '' });
      expect(ended.err).toMatch(message);
      expect(ended.err.trim().split('\n')).toHaveLength(1);
    }
  });
});

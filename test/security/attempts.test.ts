/** Waiting after wrong passphrases: how long, across restarts, and that many at once are no way round. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../electron/engine/createEngine.ts';
import { createAttemptGate, waitAfter } from '../../electron/engine/people/attempts.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { cleanUp, makeFolder, makeWorkspace, passphrase, refusal } from '../engine/support.ts';

afterAll(cleanUp);

/** A clock that stands until it is moved. */
function standing() {
  let time = Date.parse('2026-11-24T09:00:00Z');
  return { clock: () => new Date(time).toISOString(), move: (seconds: number) => (time += seconds * 1000) };
}

const wrong = async () => {
  throw new AppError('workspace.wrong-passphrase', 'no');
};

describe('the wait', () => {
  it('grows from nothing to five minutes', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 11, 12, 100].map(waitAfter)).toEqual([0, 0, 0, 1, 2, 4, 8, 256, 300, 300]);
  });

  it('holds across a restart and a file that was taken away, and ends with the right passphrase', async () => {
    const file = join(makeFolder(), 'settings', 'attempts.json');
    const { clock, move } = standing();
    const gate = createAttemptGate(file);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      move(300);
      expect((await refusal(gate.guard('W', clock, wrong))).code).toBe('workspace.wrong-passphrase');
    }
    const restarted = createAttemptGate(file);
    const refused = await refusal(restarted.guard('W', clock, async () => 'open'));
    expect(refused).toMatchObject({ code: 'workspace.wait', details: { seconds: 4 } });
    // Another workspace is another matter.
    expect(await restarted.guard('V', clock, async () => 'open')).toBe('open');
    rmSync(file);
    expect((await refusal(gate.guard('W', clock, async () => 'open'))).code).toBe('workspace.wait');
    move(3.5);
    expect((await refusal(gate.guard('W', clock, async () => 'open'))).message).toContain('1 second ');
    move(1);
    expect(await gate.guard('W', clock, async () => 'open')).toBe('open');
    expect((await refusal(gate.guard('W', clock, wrong))).code).toBe('workspace.wrong-passphrase');
  });

  it('is not made longer by a clock that was set back, nor by failures of another kind', async () => {
    const { clock, move } = standing();
    const gate = createAttemptGate(null);
    for (let attempt = 0; attempt < 4; attempt += 1) {
      move(60);
      await refusal(gate.guard('W', clock, wrong));
    }
    move(-86_400);
    expect((await refusal(gate.guard('W', clock, wrong))).details).toEqual({ seconds: 2 });
    move(86_460);
    const locked = async () => {
      throw new AppError('workspace.locked', 'open elsewhere');
    };
    for (let attempt = 0; attempt < 10; attempt += 1)
      expect((await refusal(gate.guard('W', clock, locked))).code).toBe('workspace.locked');
    expect((await refusal(gate.guard('W', clock, wrong))).code).toBe('workspace.wrong-passphrase');
  });

  it('counts what is tried at once', async () => {
    const { clock } = standing();
    const gate = createAttemptGate(null);
    const codes = await Promise.all(
      Array.from({ length: 50 }, async () => (await refusal(gate.guard('W', clock, wrong))).code),
    );
    expect(codes.filter((code) => code === 'workspace.wrong-passphrase')).toHaveLength(3);
  });

  it('reads a file of anybody else as no file', async () => {
    const file = join(makeFolder(), 'attempts.json');
    const { clock } = standing();
    for (const text of ['', '{', '[]', '{"a":1}', 'x'.repeat(300_000)]) {
      writeFileSync(file, text);
      expect(await createAttemptGate(file).guard('W', clock, async () => 'open')).toBe('open');
    }
  });
});

describe('the engine', { timeout: 120_000 }, () => {
  it('makes everybody wait who tries passphrases, and names no workspace in its file', async () => {
    const bench = await makeWorkspace();
    await bench.engine.close();
    const attemptsFile = join(makeFolder(), 'attempts.json');
    const { clock, move } = standing();
    const engine = createEngine({ clock, device: 'test-desk', attemptsFile, measureKdf: async () => 60_000 });
    const client = createRouterClient(engine.router, { context: engine.context });
    const open = (words: string) =>
      client.workspace.open({
        grant: engine.grants.add(bench.workspace, 'open-workspace'),
        passphrase: words,
      });
    for (let attempt = 0; attempt < 3; attempt += 1)
      expect((await refusal(open('not this one'))).code).toBe('workspace.wrong-passphrase');
    expect((await refusal(open(passphrase))).code).toBe('workspace.wait');
    const grant = engine.grants.add(bench.workspace, 'open-workspace');
    const recovery = client.users.recover({
      grant,
      recoveryKey: '0'.repeat(40),
      passphrase: 'brittle ochre windmill',
    });
    expect(['workspace.wait', 'users.recovery']).toContain((await refusal(recovery)).code);
    const text = readFileSync(attemptsFile, 'utf8');
    expect(text).not.toMatch(/fellside|Fellgate|tmp/);
    move(2);
    await open(passphrase);
    expect(existsSync(attemptsFile) && readFileSync(attemptsFile, 'utf8')).toBe('{}');
    await engine.close();
  });

  it('counts what is tried on a backup as well', async () => {
    const bench = await makeWorkspace();
    const folder = makeFolder();
    for await (const _ of await bench.client.backups.toFile({
      folder: bench.engine.grants.add(folder, 'export'),
      name: 'op.fellside-backup',
      reason: 'a trial',
    }));
    await bench.engine.close();
    const { clock, move } = standing();
    const engine = createEngine({ clock, device: 'test-desk', measureKdf: async () => 60_000 });
    const client = createRouterClient(engine.router, { context: engine.context });
    const restore = async (words: string) => {
      const events = await client.backups.restore({
        from: { file: engine.grants.add(join(folder, 'op.fellside-backup'), 'file') },
        folder: engine.grants.add(join(folder, 'new.fellside'), 'new-workspace'),
        passphrase: words,
      });
      for await (const event of events) if (event.type === 'done') return event.report;
      throw new Error('no report');
    };
    for (let attempt = 0; attempt < 3; attempt += 1)
      expect((await refusal(restore('not this one'))).code).toBe('workspace.wrong-passphrase');
    expect((await refusal(restore(passphrase))).code).toBe('workspace.wait');
    expect(readdirSync(folder)).toEqual(['op.fellside-backup']);
    const grant = engine.grants.add(bench.workspace, 'open-workspace');
    expect((await refusal(client.workspace.open({ grant, passphrase }))).code).toBe('workspace.wait');
    move(2);
    expect((await restore(passphrase)).workspace).toBe('new.fellside');
    await engine.close();
  });
});

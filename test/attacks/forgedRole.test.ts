/**
 * The attack: a reader, who needs the data key to read, takes it out of the program and writes into the database with
 * another one: a role in the table of users, a line of the roster of their own making, a roster that begins with
 * themselves, an entry of the journal for a change. Roles are what leads have signed, so none of it holds.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WriteDatabase } from '../../electron/engine/database/connection.ts';
import { appendEntry } from '../../electron/engine/journal/journal.ts';
import { appendStatement, roleAt, verifyRoster } from '../../electron/engine/people/roster.ts';
import type { UserKeys } from '../../electron/engine/workspace/keys.ts';
import { publicHalves } from '../../electron/engine/workspace/keys.ts';
import type { Bench } from '../engine/support.ts';
import {
  cleanUp,
  makeFolder,
  makeWorkspace,
  openWorkspaceAt,
  passphrase,
  refusal,
  sessionOf,
} from '../engine/support.ts';

const words = 'amber tarn lantern seven';
let original: string;

beforeAll(async () => {
  const bench = await makeWorkspace();
  const { oneTimePassphrase } = await bench.client.users.add({ name: 'R Reader', role: 'reader' });
  await bench.engine.close();
  const first = await openWorkspaceAt(bench.workspace, oneTimePassphrase);
  await first.client.users.changePassphrase({ current: oneTimePassphrase, passphrase: words });
  await first.engine.close();
  original = bench.workspace;
}, 120_000);

afterAll(cleanUp);

/** What somebody with the reader's passphrase and another program does to a copy. */
async function forged(
  work: (database: WriteDatabase, keys: UserKeys, bench: Bench) => void,
): Promise<string> {
  const workspace = join(makeFolder(), 'op.fellside');
  cpSync(original, workspace, { recursive: true });
  const bench = await openWorkspaceAt(workspace, words);
  const { writer, workspace: open } = sessionOf(bench);
  writer.exec('DROP TRIGGER roster_never_changes; DROP TRIGGER roster_never_shrinks');
  work(writer, open.keys, bench);
  await bench.engine.close();
  return workspace;
}

/** Refused for its roster, or before that for entries that the roster, as it is now, gives to nobody. */
async function bothRefused(workspace: string, what: RegExp): Promise<void> {
  for (const each of [words, passphrase]) {
    const error = await refusal(openWorkspaceAt(workspace, each));
    expect(['workspace.altered', 'journal.broken']).toContain(error.code);
    expect(error.message).toMatch(error.code === 'workspace.altered' ? what : /signature is not its user's/);
  }
}

const asLead = (keys: UserKeys) => ({
  userId: keys.userId,
  name: 'R Reader',
  role: 'lead' as const,
  removed: false,
  slotId: keys.slotId,
  ...publicHalves(keys),
});

describe('a reader with the data key', { timeout: 120_000 }, () => {
  it('is a reader still, whatever the table of users says', async () => {
    const workspace = await forged((database, keys) => {
      database.prepare("UPDATE user SET role = 'lead' WHERE id = ?").run(keys.userId);
    });
    const bench = await openWorkspaceAt(workspace, words);
    expect((await bench.client.workspace.status()).open?.user.role).toBe('reader');
    expect((await refusal(bench.client.users.add({ name: 'X', role: 'lead' }))).code).toBe('workspace.role');
    expect(verifyRoster(sessionOf(bench).reader).problem).toContain('was said by no lead');
    expect(await bench.client.history.verify()).toMatchObject({ ok: false });
    await bench.engine.close();
  });

  it('cannot make themself a lead: the line was not signed by one', async () => {
    const workspace = await forged((database, keys, bench) => {
      appendStatement(database, sessionOf(bench).workspace.id, asLead(keys), {
        userId: keys.userId,
        signing: keys.signing,
        seq: 9,
        at: '2026-11-30T00:00:00.000Z',
      });
    });
    await bothRefused(workspace, /the role of R Reader was not given by a lead/);
  });

  it('cannot change the line that a lead signed, or take it away', async () => {
    for (const sql of [
      "UPDATE roster SET role = 'lead' WHERE user_id = 2",
      'UPDATE roster SET seq = 0 WHERE number = 2',
      'UPDATE roster SET signed_by = 2 WHERE number = 2',
    ]) {
      const workspace = await forged((database) => database.exec(sql));
      await bothRefused(workspace, /was not given by a lead/);
    }
    const shorter = await forged((database) => database.exec('DELETE FROM roster WHERE number = 2'));
    await bothRefused(shorter, /is missing/);
    const none = await forged((database) => database.exec('DELETE FROM roster'));
    await bothRefused(none, /is missing/);
    const last = await forged((database) => database.exec('DELETE FROM roster WHERE number = 3'));
    // The last line is the reader's own: without it their keys are not those that the lead knows.
    expect(['workspace.altered', 'journal.broken']).toContain(
      (await refusal(openWorkspaceAt(last, words))).code,
    );
  });

  it('cannot begin the roster anew with themself', async () => {
    const workspace = await forged((database, keys, bench) => {
      database.exec('DELETE FROM roster');
      appendStatement(database, sessionOf(bench).workspace.id, asLead(keys), {
        userId: keys.userId,
        signing: keys.signing,
        seq: 0,
        at: '2026-11-30T00:00:00.000Z',
      });
    });
    await bothRefused(workspace, /does not begin with the founder/);
  });

  it('can sign an entry for a change; the check of the record names it', async () => {
    const workspace = await forged((_, __, bench) => {
      const session = sessionOf(bench);
      session.writer.transaction(() =>
        appendEntry(session, { operation: 'alteration', method: 'records.set', summary: 'Changed a date' }),
      )();
    });
    const bench = await openWorkspaceAt(workspace);
    const report = await bench.client.history.verify();
    expect(report).toMatchObject({
      ok: false,
      firstBroken: { what: 'its user was a reader and not allowed to do it' },
    });
    expect(roleAt(sessionOf(bench).reader, 2, report.firstBroken?.seq ?? 0)).toBe('reader');
    expect(verifyRoster(sessionOf(bench).reader).ok).toBe(true);
    await bench.engine.close();
  });
});

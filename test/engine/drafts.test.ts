/** What is written and not saved: kept through closing, a user's own, capped, no part of the journal. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mostDrafts } from '../../shared/contract/areas/drafts.ts';
import { lockDefaults } from '../../shared/contract/areas/locking.ts';
import type { Bench } from './support.ts';
import { cleanUp, makeWorkspace, openWorkspaceAt, refusal, reopen, sessionOf } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await makeWorkspace();
});
afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

const entries = async () => (await bench.client.history.list({ limit: 1000 })).entries;

describe('drafts', () => {
  it('outlive the engine, and are let go one by one', async () => {
    const before = (await entries()).length;
    await bench.client.drafts.keep({
      drafts: [
        { key: 'briefing', value: '{"intention":"arrest at dawn"}' },
        { key: 'record/NOM-1/note', value: '"a note"' },
      ],
    });
    expect((await entries()).length).toBe(before);
    await reopen(bench);
    const { drafts } = await bench.client.drafts.list();
    expect(drafts.map(({ key, value }) => [key, value])).toEqual([
      ['briefing', '{"intention":"arrest at dawn"}'],
      ['record/NOM-1/note', '"a note"'],
    ]);
    const kept = await bench.client.drafts.keep({ drafts: [{ key: 'briefing', value: null }] });
    expect(kept).toEqual({ kept: 1 });
  });

  it('are replaced under the same key', async () => {
    await bench.client.drafts.keep({ drafts: [{ key: 'briefing', value: '1' }] });
    await bench.client.drafts.keep({ drafts: [{ key: 'briefing', value: '2' }] });
    const { drafts } = await bench.client.drafts.list();
    expect(drafts.filter(({ key }) => key === 'briefing').map(({ value }) => value)).toEqual(['2']);
  });

  it('are a user’s own', async () => {
    const session = sessionOf(bench);
    session.writer.exec(
      "INSERT INTO user (id, name, role, public_key, added_at) VALUES (77, 'Else', 'reader', 'x', '2026-11-24')",
    );
    session.writer.exec("INSERT INTO draft VALUES (77, 'briefing', 'not yours', '2026-11-24')");
    await bench.client.drafts.keep({ drafts: [{ key: 'briefing', value: 'mine' }] });
    const { drafts } = await bench.client.drafts.list();
    expect(JSON.stringify(drafts)).not.toContain('not yours');
    const other = session.writer.prepare('SELECT value FROM draft WHERE user_id = 77').pluck().get();
    expect(other).toBe('not yours');
    // A user whom no lead has signed for is told of by the check of the journal.
    session.writer.exec('DELETE FROM draft WHERE user_id = 77; DELETE FROM user WHERE id = 77');
  });

  it('have a limit of number and of size; what is refused leaves what was there', async () => {
    const before = await bench.client.drafts.list();
    const many = Array.from({ length: mostDrafts }, (_, index) => ({ key: `many/${index}`, value: '0' }));
    expect((await refusal(bench.client.drafts.keep({ drafts: many }))).code).toBe('invalid');
    const large = Array.from({ length: 11 }, (_, index) => ({
      key: `large/${index}`,
      value: 'x'.repeat(399_999),
    }));
    expect((await refusal(bench.client.drafts.keep({ drafts: large }))).code).toBe('invalid');
    expect(await bench.client.drafts.list()).toEqual(before);
  });

  it('stand on the disk encrypted alone', async () => {
    await bench.client.drafts.keep({ drafts: [{ key: 'briefing', value: 'Wilhelmina Oxthwaite at dawn' }] });
    for (const name of ['workspace.db', 'workspace.db-wal']) {
      expect(readFileSync(join(bench.workspace, name)).includes('Oxthwaite')).toBe(false);
    }
  });
});

describe('locking', () => {
  it('has settings, journaled when they change and not when they do not', async () => {
    expect(await bench.client.locking.settings()).toEqual(lockDefaults);
    const wanted = { idleMinutes: 5, clipboardSeconds: 30, protectScreen: true };
    await bench.client.locking.change(wanted);
    await bench.client.locking.change(wanted);
    expect(await bench.client.locking.settings()).toEqual(wanted);
    const told = (await entries()).filter(({ method }) => method === 'locking.change');
    expect(told.map(({ summary }) => summary)).toEqual([
      'Changed when the workspace locks: after 5 min, clipboard 30 s, screenshots kept out',
    ]);
  });

  it('is never switched off by anybody but a lead', async () => {
    const session = sessionOf(bench);
    const { user } = session.workspace;
    const never = { ...lockDefaults, idleMinutes: null };
    (user as { role: string }).role = 'analyst';
    expect((await refusal(bench.client.locking.change(never))).code).toBe('workspace.role');
    (user as { role: string }).role = 'lead';
    expect(await bench.client.locking.change(never)).toEqual(never);
    for (const idleMinutes of [0, 61, 2.5, -1]) {
      const error = await bench.client.locking.change({ ...never, idleMinutes }).catch((caught) => caught);
      expect(error).toBeInstanceOf(Error);
    }
  });

  it('closes the workspace at once and says why in the journal', async () => {
    await bench.engine.lock('idle');
    expect(await bench.client.workspace.status()).toMatchObject({ open: null });
    bench = await openWorkspaceAt(bench.workspace);
    const told = (await entries()).find(({ method }) => method === 'workspace.lock');
    expect(told?.summary).toBe('Locked the workspace: nobody had worked in it for a while');
    expect((await bench.client.history.verify()).ok).toBe(true);
  });
});

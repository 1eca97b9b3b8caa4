/**
 * Attack: somebody with a copy of the data key blanks an entry of the record and pretends that it was erased: without
 * an erasure, under one that does not name it, under one that no lead signed, or changing what is kept of it.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredEntry } from '../../electron/engine/journal/journal.ts';
import { appendEntry } from '../../electron/engine/journal/journal.ts';
import { hashKept, verifyChain } from '../../electron/engine/journal/verify.ts';
import type { Bench } from '../engine/support.ts';
import { cleanUp, makeWorkspace, openWorkspaceAt, refusal, sessionOf } from '../engine/support.ts';

let bench: Bench;
let erasure: number;
let erased: number[];

beforeAll(async () => {
  bench = await makeWorkspace();
  const { client } = bench;
  await client.records.add({ grid: 'people', values: { name: 'Quillon Vextrass' } });
  await client.records.add({ grid: 'people', values: { name: 'Maud Ellery' }, reason: 'seen' });
  await client.records.set({ edits: [{ ref: 'NOM-1', values: { note: 'first note' } }] });
  await client.closing.saveCase({
    state: {
      proceedings: 'none',
      concludedOn: null,
      convictedOn: null,
      releasedOn: null,
      custody: false,
      appeal: 'none',
      appealDecidedOn: null,
    },
    reason: 'No charges',
  });
  for await (const event of await client.closing.erasePerson({
    ref: 'NOM-1',
    confirm: 'NOM-1',
    texts: false,
    reason: 'Request',
  }))
    if (event.type === 'done') erasure = event.report.seq;
  erased = (
    sessionOf(bench).writer.prepare('SELECT seq FROM journal WHERE erased IS NOT NULL').all() as {
      seq: number;
    }[]
  ).map(({ seq }) => seq);
}, 120_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

const blank = "target = NULL, summary = '', before = NULL, after = NULL, reason = NULL";

/** Tampers with the triggers gone, verifies, and takes it back. */
function tamper(work: (run: (sql: string, ...values: unknown[]) => void) => void) {
  const { writer } = sessionOf(bench);
  writer.pragma('foreign_keys = OFF');
  writer.exec('SAVEPOINT tampering');
  try {
    writer.exec('DROP TRIGGER journal_never_changes');
    work((sql, ...values) => writer.prepare(sql).run(...values));
    return verifyChain(writer);
  } finally {
    writer.exec('ROLLBACK TO tampering; RELEASE tampering');
    writer.pragma('foreign_keys = ON');
  }
}

/** The entry about somebody else, which no erasure names. */
const other = () =>
  (sessionOf(bench).writer.prepare("SELECT seq FROM journal WHERE reason = 'seen'").get() as { seq: number })
    .seq;

describe('the record after an erasure', () => {
  it('holds as the erasure left it', () => {
    expect(erased.length).toBeGreaterThan(1);
    expect(verifyChain(sessionOf(bench).reader)).toMatchObject({ ok: true });
  });

  it('names an entry that was blanked without any erasure', () => {
    const report = tamper((run) => run(`UPDATE journal SET ${blank} WHERE seq = ?`, other()));
    expect(report).toMatchObject({ ok: false, firstBroken: { seq: other() } });
  });

  it('names an entry that was blanked under an erasure that does not name it', () => {
    const report = tamper((run) =>
      run(`UPDATE journal SET ${blank}, erased = ? WHERE seq = ?`, erasure, other()),
    );
    expect(report).toMatchObject({ ok: false, firstBroken: { seq: erased[0] } });
    expect(report.firstBroken?.what).not.toMatch(/Vextrass|Ellery/);
  });

  it('names what was changed of what an erasure keeps', () => {
    for (const change of ["user = 'Nobody'", "at = '2020-01-01T00:00:00.000Z'", "operation = 'session'"]) {
      const report = tamper((run) => run(`UPDATE journal SET ${change} WHERE seq = ?`, erased[0]));
      expect({ change, ok: report.ok }).toEqual({ change, ok: false });
    }
  });

  it('names an entry that was filled again', () => {
    const report = tamper((run) =>
      run("UPDATE journal SET summary = 'Something else' WHERE seq = ?", erased[0]),
    );
    expect(report).toMatchObject({ ok: false, firstBroken: { seq: erased[0] } });
  });

  it('names entries whose erasure was itself changed to name more', () => {
    const report = tamper((run) => {
      const row = sessionOf(bench).writer.prepare('SELECT after FROM journal WHERE seq = ?').get(erasure) as {
        after: string;
      };
      const after = JSON.parse(row.after) as { entries: number[] };
      after.entries = [...after.entries, other()].sort((one, two) => one - two);
      run('UPDATE journal SET after = ? WHERE seq = ?', JSON.stringify(after), erasure);
      run(`UPDATE journal SET ${blank}, erased = ? WHERE seq = ?`, erasure, other());
    });
    expect(report).toMatchObject({ ok: false });
  });

  it('is blanked by nobody through the database: the trigger lets one thing through', () => {
    const { writer } = sessionOf(bench);
    const attempts = [
      `UPDATE journal SET ${blank} WHERE seq = ${other()}`,
      `UPDATE journal SET ${blank}, erased = ${erasure} WHERE seq = ${other()}`,
      `UPDATE journal SET erased = ${erasure} WHERE seq = ${other()}`,
      `UPDATE journal SET erased = NULL WHERE seq = ${erased[0]}`,
      `UPDATE journal SET user = 'x' WHERE seq = ${erased[0]}`,
      `DELETE FROM journal WHERE seq = ${erasure}`,
      `INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = ${erasure}`,
    ];
    for (const attempt of attempts) expect(() => writer.exec(attempt)).toThrow(/append-only/);
  });

  it('gives nothing of what was erased away by its hash in clear', () => {
    const rows = sessionOf(bench).writer.prepare('SELECT * FROM journal').all() as Record<string, unknown>[];
    const text = JSON.stringify(rows);
    expect(text).not.toMatch(/Vextrass|first note/);
    expect(text).not.toContain(createHash('sha256').update('Quillon Vextrass').digest('hex'));
  });
});

describe('an erasure that no lead signed', () => {
  it('is named, though the analyst who forged it holds the data key and signs properly', async () => {
    const own = await makeWorkspace();
    const { client } = own;
    await client.records.add({ grid: 'people', values: { name: 'Quillon Vextrass' }, reason: 'seen' });
    const { oneTimePassphrase } = await client.users.add({ name: 'B Analyst', role: 'analyst' });
    await own.engine.close();
    const analyst = await openWorkspaceAt(own.workspace, oneTimePassphrase);
    await analyst.client.users.changePassphrase({
      current: oneTimePassphrase,
      passphrase: 'quiet beck under larch',
    });
    // Asked in the usual way, the engine refuses.
    const asked = analyst.client.closing.erasePerson({
      ref: 'NOM-1',
      confirm: 'NOM-1',
      texts: false,
      reason: 'test',
    });
    expect((await refusal(asked)).code).toBe('workspace.role');
    // Behind its back: an entry of erasure with the analyst's own signature, and the update that the trigger lets through.
    const session = sessionOf(analyst);
    const victim = session.writer.prepare("SELECT * FROM journal WHERE reason = 'seen'").get() as StoredEntry;
    const forged = appendEntry(session, {
      operation: 'erasure',
      method: 'closing.erasePerson',
      summary: 'Erased NOM-1',
      after: { refs: ['NOM-1'], entries: [victim.seq], kept: hashKept([victim]) },
    });
    session.writer.prepare(`UPDATE journal SET ${blank}, erased = ? WHERE seq = ?`).run(forged, victim.seq);
    expect(verifyChain(session.reader)).toMatchObject({ ok: false });
    await analyst.engine.close();
  }, 120_000);
});

/** The hash chain: whoever changes the journal behind Fellside's back is named the entry that no longer holds. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bench } from './support.ts';
import { cleanUp, makeWorkspace, openWorkspaceAt, sessionOf } from './support.ts';

let bench: Bench;
let columns: string[];
let last: number;

beforeAll(async () => {
  bench = await makeWorkspace();
  const { client } = bench;
  await client.records.add({ grid: 'people', values: { name: 'Maud Ellery' }, reason: 'first' });
  await client.records.set({ edits: [{ ref: 'NOM-1', values: { note: 'seen' } }], reason: 'second' });
  await client.history.undo({});
  await client.history.redo();
  await client.records.add({ grid: 'people', values: { name: 'Alec Thorne' } });
  const { entries } = await client.history.list({});
  last = entries[0]?.seq ?? 0;
  columns = sessionOf(bench)
    .writer.prepare('SELECT name FROM pragma_table_info(?)')
    .all('journal')
    .map((row) => (row as { name: string }).name);
});

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

const triggers = ['journal_never_changes', 'journal_never_shrinks'];

/** Does something to the database that the triggers would refuse, looks, and takes it back. */
async function tamper(work: (run: (sql: string, ...values: unknown[]) => void) => void) {
  const { writer } = sessionOf(bench);
  writer.pragma('foreign_keys = OFF');
  writer.exec('SAVEPOINT tampering');
  try {
    for (const trigger of triggers) writer.exec(`DROP TRIGGER ${trigger}`);
    work((sql, ...values) => writer.prepare(sql).run(...values));
    const { verifyChain } = await import('../../electron/engine/journal/verify.ts');
    return verifyChain(writer);
  } finally {
    writer.exec('ROLLBACK TO tampering; RELEASE tampering');
    writer.pragma('foreign_keys = ON');
  }
}

describe('verify', () => {
  it('holds for a journal that nobody touched, and after reopening', async () => {
    expect(last).toBe(6);
    expect(await bench.client.history.verify()).toMatchObject({ ok: true, entries: 6, firstBroken: null });
    await bench.engine.close();
    bench = await openWorkspaceAt(bench.workspace);
    // Closing and opening are entries too.
    expect(await bench.client.history.verify()).toMatchObject({ ok: true, entries: 8 });
  });

  it('names the entry of which any column was changed', async () => {
    for (const column of columns.filter((name) => name !== 'seq')) {
      const whole = ['user_id', 'undoable', 'undoes', 'redoes', 'erased'].includes(column);
      for (const seq of [1, 3]) {
        const report = await tamper((run) =>
          run(
            `UPDATE journal SET "${column}" = ${whole ? `coalesce("${column}", 0) +` : ''} ? WHERE seq = ?`,
            whole ? 1 : column === 'operation' ? 'disclosure' : 'x',
            seq,
          ),
        );
        expect({ column, ok: report.ok, seq: report.firstBroken?.seq }).toEqual({ column, ok: false, seq });
        expect(report.firstBroken?.what).not.toMatch(/Maud|Alec/);
      }
    }
  });

  it('names an entry that was blanked', async () => {
    const report = await tamper((run) => run('UPDATE journal SET reason = NULL WHERE seq = 2'));
    expect(report).toMatchObject({ ok: false, firstBroken: { seq: 2 } });
  });

  it('names the place of an entry that was deleted', async () => {
    for (const seq of [1, 3, last]) {
      const report = await tamper((run) => run('DELETE FROM journal WHERE seq = ?', seq));
      expect(report, `entry ${seq}`).toMatchObject({ ok: false, firstBroken: { seq } });
    }
  });

  it('notices that the newest entries were cut off', async () => {
    const report = await tamper((run) => run('DELETE FROM journal WHERE seq >= ?', last));
    expect(report).toMatchObject({ ok: false, firstBroken: { seq: last } });
  });

  it('names the place of an entry that was put in', async () => {
    const names = columns.filter((name) => name !== 'seq').map((name) => `"${name}"`);
    const copy = `INSERT INTO journal (seq, ${names.join(', ')}) SELECT ?, ${names.join(', ')} FROM journal WHERE seq = ?`;
    const atEnd = await tamper((run) => run(copy, last + 3, 2));
    expect(atEnd).toMatchObject({ ok: false, firstBroken: { seq: last + 3 } });
    const between = await tamper((run) => {
      run('UPDATE journal SET seq = -seq WHERE seq > 3');
      run(copy, 4, 3);
      run('UPDATE journal SET seq = 1 - seq WHERE seq < 0');
    });
    expect(between).toMatchObject({ ok: false, firstBroken: { seq: 4 } });
  });

  it('names the first of two entries that changed places', async () => {
    const report = await tamper((run) => {
      run('UPDATE journal SET seq = -1 WHERE seq = 2');
      run('UPDATE journal SET seq = 2 WHERE seq = 3');
      run('UPDATE journal SET seq = 3 WHERE seq = -1');
    });
    expect(report).toMatchObject({ ok: false, firstBroken: { seq: 2 } });
  });

  it('names an entry whose hashes were worked out again without its signature', async () => {
    const { hashEntry } = await import('../../electron/engine/journal/hash.ts');
    const report = await tamper((run) => {
      const { writer } = sessionOf(bench);
      let previous = '0'.repeat(64);
      run("UPDATE journal SET summary = 'nothing happened' WHERE seq = 2");
      for (const row of writer.prepare('SELECT * FROM journal ORDER BY seq').all()) {
        const entry = row as Parameters<typeof hashEntry>[1];
        const hash = hashEntry(previous, entry);
        run('UPDATE journal SET prev_hash = ?, hash = ? WHERE seq = ?', previous, hash, entry.seq);
        previous = hash;
      }
    });
    expect(report).toMatchObject({ ok: false, firstBroken: { seq: 2 } });
  });

  it("names an entry that was put under another user's name", async () => {
    const report = await tamper((run) => {
      run("INSERT INTO user (id, name, role, public_key, added_at) VALUES (2, 'B', 'lead', 'AAAA', '')");
      run('UPDATE journal SET user_id = 2 WHERE seq = 2');
    });
    expect(report).toMatchObject({ ok: false, firstBroken: { seq: 2 } });
  });
});

describe('the journal itself', () => {
  it('refuses to be changed or shortened', () => {
    const { writer } = sessionOf(bench);
    for (const sql of [
      "UPDATE journal SET summary = 'x' WHERE seq = 1",
      'DELETE FROM journal WHERE seq = 1',
      'DELETE FROM journal',
      'INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 1',
    ])
      expect(() => writer.exec(sql), sql).toThrow();
    expect(writer.prepare('SELECT summary FROM journal WHERE seq = 1').get()).toMatchObject({
      summary: expect.stringContaining('Created'),
    });
  });

  it('cannot be written through the connection that reads', () => {
    const { reader } = sessionOf(bench);
    expect(() => reader.exec("INSERT INTO setting VALUES ('a', 'b')")).toThrow(/readonly/);
  });
});

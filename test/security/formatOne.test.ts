/** A workspace of the first format and schema opens in this version with everything in it. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { formatVersion } from '../../electron/engine/workspace/header.ts';
import { cleanUp, makeFolder, openWorkspaceAt, refusal, sessionOf } from '../engine/support.ts';

const fixture = join(import.meta.dirname, '..', 'fixtures', 'workspaces', 'schema-1');
const passphrase = 'schema one fixture';

function copy(): string {
  const workspace = join(makeFolder(), 'first.fellside');
  cpSync(fixture, workspace, { recursive: true });
  return workspace;
}

const headerOf = (workspace: string) =>
  JSON.parse(readFileSync(join(workspace, 'workspace.json'), 'utf8')) as {
    formatVersion: number;
    workspaceId: string;
    slots: { wraps: { kdf: unknown }[] }[];
  };

afterAll(cleanUp);

describe('a workspace of format 1', { timeout: 120_000 }, () => {
  it('is brought to this format and keeps everything', async () => {
    const workspace = copy();
    const before = JSON.parse(readFileSync(join(workspace, 'workspace.json'), 'utf8')) as {
      workspaceId: string;
      slots: { kdf: unknown }[];
    };
    const bench = await openWorkspaceAt(workspace, passphrase);
    const { client } = bench;
    expect((await client.workspace.status()).open).toMatchObject({
      user: { name: 'Alex Lead', role: 'lead' },
      formatVersion,
    });
    const target = await client.records.show({ ref: 'TGT-1' });
    expect(target.values.grounds?.find(({ preferred }) => preferred)?.value).toBe('On record');
    expect((await client.grids.page({ grid: 'people' })).total).toBeGreaterThan(0);
    expect((await client.grids.page({ grid: 'warrants' })).rows.map(({ ref }) => ref)).toEqual(['WAR-1']);
    const entries = sessionOf(bench)
      .reader.prepare('SELECT seq, method, summary, hash FROM journal ORDER BY seq')
      .all() as { seq: number; summary: string }[];
    expect(entries.length).toBeGreaterThan(25);
    expect(entries.slice(25).map(({ summary }) => summary)).toContain(
      'The keys of the workspace were brought to the format of this version',
    );
    expect(await client.history.verify()).toMatchObject({ ok: true });
    const header = headerOf(workspace);
    expect(header).toMatchObject({ formatVersion, workspaceId: before.workspaceId });
    // The same passphrase, derived as before: opening costs what it did.
    expect(header.slots[0]?.wraps[0]?.kdf).toEqual(before.slots[0]?.kdf);
    await bench.engine.close();
    const again = await openWorkspaceAt(workspace, passphrase);
    expect(await again.client.history.verify()).toMatchObject({ ok: true });
    expect(sessionOf(again).workspace.notices).toEqual([]);
    await again.engine.close();
  });

  it('is finished where the file was not written after the database was', async () => {
    const workspace = copy();
    const bench = await openWorkspaceAt(workspace, passphrase);
    await bench.engine.close();
    // What a crash between the two leaves: the new database under the old file.
    cpSync(join(fixture, 'workspace.json'), join(workspace, 'workspace.json'));
    const again = await openWorkspaceAt(workspace, passphrase);
    expect(sessionOf(again).workspace.notices).toEqual([
      'workspace.json was older than the last change of keys, and was put right',
    ]);
    expect(headerOf(workspace).formatVersion).toBe(formatVersion);
    await again.engine.close();
    expect((await refusal(openWorkspaceAt(workspace, 'schema two fixture'))).code).toBe(
      'workspace.wrong-passphrase',
    );
  });
});

/**
 * The attack: somebody who was a user once, and knows everybody's public keys from the roster, puts a database of their
 * own making in place of the real one, under a key of their own, and seals that key to the lead. Anybody can seal: what
 * counts is what a lead has signed.
 */
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { changeKey, openDatabase } from '../../electron/engine/database/connection.ts';
import { publicHalves } from '../../electron/engine/workspace/keys.ts';
import { sealDataKey } from '../../electron/engine/workspace/seal.ts';
import {
  cleanUp,
  makeFolder,
  makeWorkspace,
  openWorkspaceAt,
  refusal,
  sessionOf,
} from '../engine/support.ts';

afterAll(cleanUp);

it('a database under a key that no lead gave is refused, and nothing is written', async () => {
  const bench = await makeWorkspace();
  await bench.client.records.add({ grid: 'people', values: { name: 'Wilhelmina Oxthwaite' } });
  const open = sessionOf(bench).workspace;
  const known = {
    sealing: publicHalves(open.keys).sealingKey,
    dataKey: Buffer.from(open.dataKey),
    id: open.id,
  };
  await bench.engine.close();
  const workspace = join(makeFolder(), 'op.fellside');
  cpSync(bench.workspace, workspace, { recursive: true });
  const path = join(workspace, 'workspace.db');
  const ownKey = Buffer.alloc(32, 7);
  const database = openDatabase(path, { key: known.dataKey });
  database.exec("UPDATE person SET name = 'Somebody Else'");
  database.prepare('VACUUM INTO ?').run(`${path}.own`);
  database.close();
  changeKey(`${path}.own`, known.dataKey, ownKey);
  rmSync(path);
  renameSync(`${path}.own`, path);
  const file = join(workspace, 'workspace.json');
  const header = JSON.parse(readFileSync(file, 'utf8')) as {
    generation: number;
    slots: { id: string; sealed: unknown[] }[];
  };
  for (const generation of [header.generation, header.generation + 1]) {
    for (const slot of header.slots)
      slot.sealed = [
        sealDataKey(ownKey, known.sealing, { workspaceId: known.id, slotId: slot.id }, generation),
      ];
    const forged = JSON.stringify({ ...header, generation }, null, 2);
    writeFileSync(file, forged);
    const error = await refusal(openWorkspaceAt(workspace));
    expect(error.code).toBe('workspace.altered');
    expect(error.message).toContain('no lead gave');
    expect(readFileSync(file, 'utf8')).toBe(forged);
  }
}, 120_000);

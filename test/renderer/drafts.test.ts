/** What the window holds unsaved, and which workspace it goes to. */
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, expect, it, vi } from 'vitest';
import { serveEngine } from '../../electron/engine/serve.ts';
import { isWorkspaceOpen, setOpenWorkspace, startConnection } from '../../renderer/app/connection.ts';
import { flushDrafts, keepDraft, keptKeys, loadDrafts } from '../../renderer/app/drafts.ts';
import { fromEmittingPort } from '../../shared/contract/port.ts';
import { cleanUp, makeWorkspace, passphrase } from '../engine/support.ts';

const bench = await makeWorkspace();
const { client, engine } = bench;
const channel = new MessageChannel();
const page = fromEmittingPort(channel.port1);
serveEngine(engine, fromEmittingPort(channel.port2));

afterAll(async () => {
  vi.unstubAllGlobals();
  await engine.close();
  page.close();
  cleanUp();
});

const keys = async () => (await client.drafts.list()).drafts.map(({ key }) => key);

it('what the engine did not get goes to the workspace it was written in, and to no other', async () => {
  vi.stubGlobal('window', {
    fellside: { onPort: (take: (port: typeof page) => void) => take(page), onEngineGone: () => undefined },
  });
  startConnection();
  await vi.waitFor(() => expect(isWorkspaceOpen()).toBe(true), { timeout: 60_000 });
  const first = (await client.workspace.status()).open;
  if (!first) throw new Error('no workspace is open');
  await loadDrafts(first.workspaceId);

  // The engine is away: what is typed waits, and goes to the same workspace when it is open again.
  setOpenWorkspace(null);
  keepDraft('record/NOM-1/note', 'of the first');
  await flushDrafts();
  setOpenWorkspace(first);
  await loadDrafts(first.workspaceId);
  expect(await keys()).toEqual(['record/NOM-1/note']);

  setOpenWorkspace(null);
  keepDraft('record/NOM-2/note', 'of the first');
  await flushDrafts();
  await client.workspace.close();
  const second = await client.workspace.create({
    grant: engine.grants.add(join(bench.folder, 'other.fellside'), 'new-workspace'),
    name: 'Operation Other',
    marking: 'OFFICIAL-SENSITIVE',
    user: 'B Analyst',
    passphrase,
  });
  setOpenWorkspace(second);
  await loadDrafts(second.workspaceId);
  expect(await keys()).toEqual([]);
  expect(keptKeys()).toEqual([]);
});

/** Rounds of killing: work, SIGKILL at a random moment, open again, look at everything. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createRouterClient } from '@orpc/server';
import { createEngine } from '../../electron/engine/createEngine.ts';
import { hashAt, readHead } from '../../electron/engine/workspace/recentEntries.ts';
import type { IntegrityReport } from '../../shared/contract/areas/backups.ts';

const passphrase = 'slow heron over slate';
const workload = join(import.meta.dirname, 'workload.ts');

export interface KillFigures {
  kills: number;
  /** Workspaces that opened afterwards, and on which the deep check found nothing. */
  opened: number;
  whole: number;
  /** Entries that were acknowledged in all rounds, and how many of them were not there. */
  acknowledged: number;
  lost: number;
  /** Entries that had been committed and not yet acknowledged when the process died. */
  unsaid: number;
  /** Kills before the workspace was open. */
  early: number;
  problems: string[];
}

export const noFigures = (): KillFigures => ({
  kills: 0,
  opened: 0,
  whole: 0,
  acknowledged: 0,
  lost: 0,
  unsaid: 0,
  early: 0,
  problems: [],
});

function makeClient(folder: string) {
  const engine = createEngine({ device: 'kill-desk', headsFolder: join(folder, 'heads') });
  return { engine, client: createRouterClient(engine.router, { context: engine.context }) };
}

/** Runs rounds on one workspace and adds to the figures; `random` gives a number from 0 to 1. */
export async function killRounds(figures: KillFigures, rounds: number, random: () => number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fellside-kills-'));
  const workspace = join(folder, 'op.fellside');
  try {
    const { engine, client } = makeClient(folder);
    await client.workspace.create({
      grant: engine.grants.add(workspace, 'new-workspace'),
      name: 'Operation Fellgate',
      marking: 'OFFICIAL-SENSITIVE',
      user: 'A Analyst',
      passphrase,
    });
    await client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } });
    await engine.close();
    for (let round = 0; round < rounds; round += 1) {
      const said = await workUntilKilled(workspace, folder, Math.floor(random() * 1e9), random);
      figures.kills += 1;
      figures.acknowledged += said.entries.size;
      if (!said.ready) figures.early += 1;
      if (said.trouble !== '') figures.problems.push(said.trouble);
      await lookAtEverything(workspace, folder, said.entries, figures);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts the work, kills it at a random moment, and gives what it had said by then. */
async function workUntilKilled(workspace: string, folder: string, seed: number, random: () => number) {
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch, { recursive: true });
  const child = spawn(process.execPath, [workload, workspace, folder, String(seed)], {
    env: { ...process.env, FELLSIDE_PASSPHRASE: passphrase },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { ready: false, works: 0, entries: new Map<number, string>(), trouble: '' };
  let waiting = '';
  let opened: () => void = () => undefined;
  const open = new Promise<void>((resolve) => {
    opened = resolve;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (waiting + text).split('\n');
    waiting = lines.pop() ?? '';
    for (const line of lines) {
      if (line === 'ready') {
        said.ready = true;
        opened();
      }
      const [word, seq, hash] = line.split(' ');
      if (word !== 'acknowledged' || !seq || !hash) continue;
      said.works += 1;
      said.entries.set(Number(seq), hash);
    }
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.trouble += text;
  });
  const ended = once(child, 'close');
  // One in ten dies on the way: while it starts, derives keys, takes the lock, recovers.
  if (random() < 0.1) await Promise.race([wait(random() * 1500), ended]);
  else {
    // By what it has done and then by time: a slow machine is killed in the midst of work as well.
    await Promise.race([open, ended]);
    const works = Math.floor(random() * 12);
    while (said.works < works && child.exitCode === null) await wait(2);
    await Promise.race([wait(random() * random() * 400), ended]);
  }
  child.kill('SIGKILL');
  await ended;
  return said;
}

async function lookAtEverything(
  workspace: string,
  folder: string,
  entries: ReadonlyMap<number, string>,
  figures: KillFigures,
): Promise<void> {
  const { engine, client } = makeClient(folder);
  try {
    await client.workspace.open({ grant: engine.grants.add(workspace, 'open-workspace'), passphrase });
    figures.opened += 1;
    const session = engine.context.session();
    if (!session) throw new Error('no workspace is open');
    for (const [seq, hash] of entries) if (hashAt(session.reader, seq) !== hash) figures.lost += 1;
    // One entry is the opening just made.
    const last = Math.max(0, ...entries.keys());
    if (last > 0) figures.unsaid += Math.max(0, readHead(session.reader).seq - 1 - last);
    let report: IntegrityReport | undefined;
    for await (const event of await client.backups.check({ deep: true }))
      if (event.type === 'done') report = event.report;
    if (report?.ok) figures.whole += 1;
    else figures.problems.push(JSON.stringify(report?.problems ?? 'no report'));
  } catch (error) {
    figures.problems.push(String(error instanceof Error ? error.stack : error));
  } finally {
    await engine.close().catch((error: unknown) => figures.problems.push(`closing: ${String(error)}`));
  }
}

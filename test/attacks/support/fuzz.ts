import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import type { z } from 'zod';
import type { Engine } from '../../../electron/engine/createEngine.ts';
import { createEngine } from '../../../electron/engine/createEngine.ts';
import { serveEngine } from '../../../electron/engine/serve.ts';
import type { EngineClient } from '../../../shared/contract/client.ts';
import { connect } from '../../../shared/contract/client.ts';
import { contract } from '../../../shared/contract/contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { fromEmittingPort } from '../../../shared/contract/port.ts';
import { gridList } from '../../../shared/grid/grids.ts';
import { tickingClock } from '../../engine/support.ts';
import { hostileTexts, type Known, makeRandom, pick, valueFor } from './hostileValues.ts';

/** A call that came to something that no call may come to. */
export interface Fault {
  method: string;
  what: string;
  input: string;
}

export interface FuzzReport {
  calls: number;
  answered: number;
  /** How often each code was answered. */
  refused: Record<string, number>;
  faults: Fault[];
  slowest: { method: string; milliseconds: number };
}

export const passphrase = 'slow heron over slate';

interface Method {
  name: string;
  input: z.ZodType | undefined;
  call(input: unknown, signal: AbortSignal): Promise<unknown>;
}

/** Every method of the contract as it stands: one that is added later is attacked without a line here. */
function methodsOf(client: EngineClient): Method[] {
  const calls = client as unknown as Record<
    string,
    Record<string, (input: unknown, options: { signal: AbortSignal }) => Promise<unknown>>
  >;
  return Object.entries(contract).flatMap(([area, list]) =>
    Object.entries(list).map(([method, procedure]) => ({
      name: `${area}.${method}`,
      input: (procedure as unknown as { '~orpc': { inputSchema?: z.ZodType } })['~orpc'].inputSchema,
      call: (input: unknown, signal: AbortSignal) =>
        calls[area]?.[method]?.(input, { signal }) ?? Promise.reject(new Error('no such method')),
    })),
  );
}

/** Methods after which there is no workspace, or another one: called now and then, not all the time. */
const rarely = /^(workspace[.](create|open|close)|closing[.]|backups[.](restore|verify)|users[.])/;
const longestCall = 30_000;

/** Files to be imported, exported over and opened: right ones, wrong ones, a folder. */
function writeFiles(folder: string): string[] {
  mkdirSync(join(folder, 'out'), { recursive: true });
  const files: Record<string, string> = {
    'people.csv': 'Surname,Forename,DOB\r\nEllery,Maud,01/02/1980\r\n"Öxthwaite, W",Æ,31/02/1999\r\n',
    'calls.csv': 'A Number,B Number,Start Date,Start Time\r\n07700900101,07700900102,14/09/2026,08:01\r\n',
    'poison.csv': `__proto__,constructor\r\n${hostileTexts.map((text) => JSON.stringify(text)).join(',')}\r\n`,
    'empty.xlsx': '',
    'noise.xlsx': 'PK\u0003\u0004not a workbook',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return Object.keys(files).map((name) => join(folder, name));
}

async function fill(client: EngineClient): Promise<string[]> {
  const refs: string[] = [];
  const add = async (grid: string, values: Record<string, string>) => {
    const made = await client.records.add({ grid, values } as never).catch(() => null);
    refs.push(...(made?.rows.map(({ ref }) => ref) ?? []));
  };
  await add('people', { name: 'Maud Ellery', dob: '1980-02-01' });
  await add('people', { name: 'Rafe Tindall' });
  await add('premises', { address: '1 Fell Street, Whitby' });
  await add('officers', { name: 'A Officer' });
  await add('teams', { name: 'Team 1' });
  await add('phones', { number: '07700 900101' });
  await add('warrants', { number: 'W/1' });
  return refs;
}

export interface Target {
  engine: Engine;
  client: EngineClient;
  folder: string;
  close(): Promise<void>;
}

/** An engine behind a real port, with a workspace that holds a little of everything. */
export async function openTarget(folder: string): Promise<Target> {
  const engine = createEngine({ clock: tickingClock(), device: 'test-desk' });
  const channel = new MessageChannel();
  const page = fromEmittingPort(channel.port1);
  serveEngine(engine, fromEmittingPort(channel.port2));
  return {
    engine,
    client: connect(page),
    folder,
    close: async () => {
      await engine.close();
      page.close();
    },
  };
}

/** A new workspace in the target, open. */
export async function makeTargetWorkspace(target: Target, name: string): Promise<string[]> {
  await target.client.workspace.create({
    grant: target.engine.grants.add(join(target.folder, name), 'new-workspace'),
    name: 'Operation Fellgate',
    marking: 'OFFICIAL-SENSITIVE',
    user: 'A Analyst',
    passphrase,
  });
  return fill(target.client);
}

/** Reads what a call answers with: of events the first twenty. */
async function drain(answer: unknown): Promise<void> {
  const events = answer as AsyncIterator<unknown> & { [Symbol.asyncIterator]?: unknown };
  if (typeof answer !== 'object' || answer === null || !(Symbol.asyncIterator in answer)) return;
  for (let count = 0; count < 20; count += 1) {
    if ((await events.next()).done) return;
  }
  await events.return?.();
}

/** Words that belong in no message to a user, where he has not said them himself. */
const leaks = /SQLITE|node_modules|\bat .*[.](ts|js):|\/tmp\/|stack|undefined is not|Cannot read prop/;

function givesAway(message: string, input: string): boolean {
  const found = leaks.exec(message)?.[0];
  return found !== undefined && !input.includes(found);
}

function show(input: unknown): string {
  try {
    return JSON.stringify(input) ?? 'undefined';
  } catch {
    return 'not to be written';
  }
}

/**
 * Calls every method with hostile inputs, one after the other and now and then some at once, until `done`. The
 * engine has to answer each in words of its own: no internal error, no hang, no word that gives something away.
 */
export async function fuzz(options: {
  folder: string;
  seed: number;
  done: (calls: number) => boolean;
  /** Methods that are attacked; all where nothing is said. */
  only?: RegExp;
}): Promise<FuzzReport> {
  const random = makeRandom(options.seed);
  const target = await openTarget(options.folder);
  const { engine, client } = target;
  const paths = writeFiles(options.folder);
  let made = 0;
  const report: FuzzReport = {
    calls: 0,
    answered: 0,
    refused: {},
    faults: [],
    slowest: { method: '', milliseconds: 0 },
  };
  const known: Known & { refs: string[]; grants: string[] } = {
    refs: ['NOM-1'],
    grants: [],
    fields: [...new Set(gridList.flatMap(({ columns }) => columns.map(({ field }) => field)))],
    texts: ['Maud Ellery', 'Whitby', 'people', 'Team 1', '2026-11-24', '07700 900101', 'command', passphrase],
  };
  const methods = methodsOf(client).filter(({ name }) => options.only?.test(name) ?? true);

  async function renew(): Promise<void> {
    made += 1;
    known.refs = ['OP-1', 'NOM-1', ...(await makeTargetWorkspace(target, `op${made}.fellside`))];
    known.grants = [
      ...paths.map((path) => engine.grants.add(path, 'file')),
      engine.grants.add(join(options.folder, 'out'), 'export'),
      engine.grants.add(options.folder, 'import'),
      engine.grants.add(join(options.folder, `op${made}.fellside`), 'open-workspace'),
      engine.grants.add(join(options.folder, `new${made}.fellside`), 'new-workspace'),
    ];
  }

  async function attack(method: Method): Promise<void> {
    const input = method.input === undefined ? undefined : valueFor(method.input, random, known);
    const internal = engine.internalErrors().length;
    const abort = new AbortController();
    const fault = (what: string) =>
      report.faults.push({ method: method.name, what, input: show(input).slice(0, 1500) });
    const startedAt = performance.now();
    // Events that never come would be waited for: those methods are listened to for a moment.
    const moment = setTimeout(() => abort.abort(), method.name.startsWith('events.') ? 20 : longestCall);
    report.calls += 1;
    try {
      await drain(await method.call(input, abort.signal));
      report.answered += 1;
    } catch (error) {
      if (!(error instanceof AppError)) fault(`threw ${String(error)}`);
      else {
        report.refused[error.code] = (report.refused[error.code] ?? 0) + 1;
        if (error.code === 'internal')
          fault(engine.internalErrors().slice(internal).at(-1)?.stack ?? error.message);
        else if (givesAway(error.message, show(input))) fault(`gives away: ${error.message}`);
      }
    } finally {
      clearTimeout(moment);
    }
    const milliseconds = Math.round(performance.now() - startedAt);
    if (milliseconds > report.slowest.milliseconds) report.slowest = { method: method.name, milliseconds };
    if (milliseconds >= longestCall) fault(`took ${milliseconds} ms`);
    if ('polluted' in {}) fault('polluted Object.prototype');
  }

  try {
    await renew();
    while (!options.done(report.calls) && report.faults.length < 50) {
      const method = pick(random, methods);
      if (rarely.test(method.name) && random() < 0.85) continue;
      if (random() < 0.1)
        await Promise.all([attack(method), attack(pick(random, methods)), attack(pick(random, methods))]);
      else await attack(method);
      if (engine.context.session() === null) {
        await engine.close();
        await renew();
      }
    }
    const verified = await client.history.verify().catch((error: AppError) => ({ ok: false, error }));
    if (!verified.ok)
      report.faults.push({ method: 'history.verify', what: 'the journal is broken', input: show(verified) });
  } finally {
    await target.close();
  }
  return report;
}

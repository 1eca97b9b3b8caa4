/**
 * Nothing of the operation is ever on the disk in clear: every file of the workspace folder, the temporary
 * folder and everything beside them is searched, byte by byte, while the engine works, after it has closed
 * and after it was killed.
 */
import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createRouterClient } from '@orpc/server';
import { afterAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../electron/engine/createEngine.ts';
import {
  cleanUp,
  demoFolder,
  importPaths,
  makeFolder,
  makeWorkspace,
  onlyRef,
  openWorkspaceAt,
  passphrase,
  writeCsv,
} from './support.ts';

const command = join(import.meta.dirname, '..', '..', 'bin', 'fellside.js');
const marker = 'Tarnbeckholm';
const person = 'Wilhelmina Oxthwaite';
const phone = '07700900771';

/** What must not be found: as UTF-8 and as UTF-16, in the cases in which it could be written. */
function needles(words: readonly string[]): Buffer[] {
  const forms = words.flatMap((word) => [word, word.toUpperCase(), word.toLowerCase()]);
  return [...new Set(forms)].flatMap((form) => [Buffer.from(form, 'utf8'), Buffer.from(form, 'utf16le')]);
}

const secrets = needles([
  marker,
  person,
  'Oxthwaite',
  phone,
  '+447700900771',
  passphrase,
  'journal_never_changes',
]);

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Every file of a folder in which one of the secrets stands. Read in parts that overlap. */
function leaks(folder: string, wanted: readonly Buffer[] = secrets): string[] {
  const found: string[] = [];
  const part = Buffer.alloc(4 * 1024 * 1024);
  const overlap = 256;
  for (const path of filesIn(folder)) {
    let file: number;
    try {
      file = openSync(path, 'r');
    } catch {
      continue; // gone between listing and reading
    }
    try {
      const { size } = statSync(path, { throwIfNoEntry: false }) ?? { size: 0 };
      for (let at = 0; at < size; at += part.length - overlap) {
        const bytes = part.subarray(0, readSync(file, part, 0, part.length, at));
        for (const secret of wanted)
          if (bytes.includes(secret)) found.push(`${path} holds ${secret.toString('utf8')}`);
      }
    } finally {
      closeSync(file);
    }
  }
  return found;
}

afterAll(cleanUp);

describe('the search itself', () => {
  it('finds a word in either encoding, across the border of two parts', () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'a'), Buffer.concat([Buffer.alloc(4 * 1024 * 1024 - 5), Buffer.from(marker)]));
    writeFileSync(join(folder, 'b'), Buffer.from(`xx${person.toUpperCase()}`, 'utf16le'));
    writeFileSync(join(folder, 'c'), 'nothing');
    expect(leaks(folder).map((line) => line.split(' ')[0]?.at(-1))).toEqual(
      expect.arrayContaining(['a', 'b']),
    );
    expect(leaks(folder).some((line) => line.startsWith(join(folder, 'c')))).toBe(false);
  });
});

describe('an engine at work', () => {
  it('writes nothing in clear: create, import, edit, undo, photograph, close', async () => {
    const bench = await makeWorkspace(`Operation ${marker}`);
    const clear = (when: string) => {
      expect(leaks(bench.workspace), when).toEqual([]);
    };
    clear('after create');
    const rows = Array.from({ length: 4000 }, (_, index) => [
      `${person} ${index}`,
      '03/04/1990',
      phone,
      `${index} ${marker} Road`,
      'seen at the address',
    ]);
    const people = writeCsv(bench, 'people.csv', [['Name', 'DOB', 'Mobile', 'Address', 'Note'], ...rows]);
    let searches = 0;
    await importPaths(bench, [people], {}, 'commit', () => {
      searches += 1;
      clear('between events of the import');
    });
    // How many events come is a matter of the clock; that one comes at least is not.
    expect(searches).toBeGreaterThan(0);
    // The write-ahead log is there while the workspace is open, and it has been written.
    expect(statSync(join(bench.workspace, 'workspace.db-wal')).size).toBeGreaterThan(100_000);
    clear('after the import, with the log');
    const premises = onlyRef(
      await bench.client.records.add({
        grid: 'premises',
        values: { address: `1 ${marker} Row`, note: person },
      }),
    );
    await bench.client.records.set({
      edits: [{ ref: premises, values: { occupants: person } }],
      reason: marker,
    });
    clear('after edits');
    await bench.client.history.undo({});
    clear('after an undo');
    await bench.client.history.redo();
    await bench.client.records.attachPhotograph({
      ref: premises,
      grant: bench.engine.grants.add(photographOf(), 'file'),
      takenOn: '2026-11-01',
      caption: `${marker} front`,
    });
    await bench.client.grids.page({ grid: 'people', where: { name: { contains: 'Oxthwaite' } } });
    await bench.client.grids.page({
      grid: 'people',
      sort: [{ field: 'name', direction: 'desc' }],
      limit: 4000,
    });
    await bench.client.records.find({ text: marker });
    await bench.client.grids.saveState({
      grid: 'people',
      state: { columns: [{ field: marker }], sort: [] },
    });
    clear('after searches');
    await bench.client.workspace.close();
    clear('after closing');
    const again = await openWorkspaceAt(bench.workspace);
    expect((await again.client.grids.page({ grid: 'people', limit: 1 })).total).toBe(4000);
    clear('after opening again');
    await again.engine.close();
    clear('at the end');
  }, 60_000);

  it('writes nothing in clear, and no secret of a user: users, keys, recovery, another data key, settings', async () => {
    const folder = makeFolder();
    const settings = join(folder, 'settings');
    const engineOf = () => {
      const engine = createEngine({
        device: 'test-desk',
        recentsFile: join(settings, 'recent.json'),
        headsFolder: join(settings, 'heads'),
        attemptsFile: join(settings, 'attempts.json'),
        measureKdf: async () => 60_000,
      });
      return { engine, client: createRouterClient(engine.router, { context: engine.context }) };
    };
    const workspace = join(folder, 'op.fellside');
    const { engine, client } = engineOf();
    const grant = engine.grants.add(workspace, 'new-workspace');
    const user = `${person} Lead`;
    await client.workspace.create({
      grant,
      name: `Operation ${marker}`,
      marking: 'OFFICIAL',
      user,
      passphrase,
    });
    await client.records.add({ grid: 'people', values: { name: person, note: marker } });
    const own = 'brittle ochre windmill';
    const { oneTimePassphrase } = await client.users.add({ name: `${person} Reader`, role: 'reader' });
    await client.users.add({ name: `${person} Analyst`, role: 'analyst' });
    const { groups } = await client.users.makeRecoveryKey({ current: passphrase });
    await client.workspace.close();
    const open = (words: string) => client.workspace.open({ grant, passphrase: words });
    await expect(open('wrong words here')).rejects.toThrow();
    await open(oneTimePassphrase);
    await client.users.changePassphrase({ current: oneTimePassphrase, passphrase: own });
    await client.workspace.close();
    await client.users.recover({ grant, recoveryKey: groups.join('-'), passphrase: `${own} lead` });
    const analyst = (await client.users.list()).users.find(({ role }) => role === 'analyst');
    for await (const _ of await client.users.remove({ id: analyst?.id ?? 0 }));
    await client.users.rename({ name: `${person} Renamed` });
    const key = engine.context.session()?.workspace.dataKey;
    const known = needles([own, oneTimePassphrase, groups.join('-'), groups.join(''), ...groups]);
    const everything = [
      ...secrets,
      ...known,
      ...(key ? [Buffer.from(key), Buffer.from(key.toString('hex'))] : []),
    ];
    expect(key).toHaveLength(32);
    expect(leaks(folder, everything)).toEqual([]);
    await engine.close();
    expect(leaks(folder, everything)).toEqual([]);
    // The header names nobody, and the settings name nothing but the folder that was opened.
    expect(readFileSync(join(workspace, 'workspace.json'), 'utf8')).not.toMatch(/reader|analyst|lead|Reader/);
    expect(readdirSync(settings).sort()).toEqual(['attempts.json', 'heads', 'recent.json']);
  }, 120_000);

  function photographOf(): string {
    const [first] = filesIn(join(demoFolder, 'photographs'));
    if (!first) throw new Error('the demonstration has no photographs');
    return first;
  }
});

/** About 150,000 calls, the marker and the person in every row. */
function writeCalls(folder: string): string {
  const path = join(folder, 'calls.csv');
  const lines = ['A Number,B Number,Call Type,Direction,Start Date,Start Time,Duration (s),Cell Name'];
  for (let index = 0; index < 150_000; index += 1) {
    const day = String(1 + (index % 28)).padStart(2, '0');
    const time = [Math.floor(index / 3600) % 24, Math.floor(index / 60) % 60, index % 60]
      .map((part) => String(part).padStart(2, '0'))
      .join(':');
    lines.push(
      `${phone},07700900${String(index % 1000).padStart(3, '0')},Voice,Out,${day}/10/2026,${time},${index % 600},${marker} ${person} ${index % 40}`,
    );
  }
  writeFileSync(path, `${lines.join('\r\n')}\r\n`);
  return path;
}

const run = promisify(execFile);

describe('an engine that is killed', () => {
  it('leaves nothing in clear and the workspace as it was before the import, or with all of it', async () => {
    const folder = makeFolder();
    const temporary = join(folder, 'temporary');
    const files = makeFolder();
    mkdirSync(temporary);
    const workspace = join(folder, 'op.fellside');
    const environment = {
      ...process.env,
      FELLSIDE_PASSPHRASE: passphrase,
      TMPDIR: temporary,
      SQLITE_TMPDIR: temporary,
    };
    const fellside = (...words: string[]) =>
      run(process.execPath, [command, ...words, '--json'], { env: environment });
    await fellside('new', workspace, '--name', `Operation ${marker}`);
    const calls = writeCalls(files);
    const clear = (when: string) => {
      expect(leaks(folder), when).toEqual([]);
      expect(readdirSync(temporary), when).toEqual([]);
    };
    clear('a new workspace');

    const start = (): ChildProcess =>
      spawn(process.execPath, [command, 'import', workspace, calls, '--json'], {
        env: environment,
        stdio: 'ignore',
      });
    // How far an import gets in a given time differs: the moments are spread over its growth on the disk.
    const moments = [0, 200_000, 2_000_000, 9_000_000];
    const seen: { bytes: number; rows: number }[] = [];
    for (const bytes of moments) {
      const child = start();
      const ended = once(child, 'exit');
      const log = join(workspace, 'workspace.db-wal');
      const grown = () => {
        const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
        return size + (statSync(join(workspace, 'workspace.db'), { throwIfNoEntry: false })?.size ?? 0);
      };
      const before = grown();
      const jitter = Math.random() * 120;
      while (child.exitCode === null && grown() - before < bytes) await wait(10);
      await wait(jitter);
      clear(`during the import, ${bytes} bytes`);
      child.kill('SIGKILL');
      await ended;
      clear(`after the kill at ${bytes} bytes`);
      // Opening at once also shows that the lock died with its holder.
      const bench = await openWorkspaceAt(workspace);
      const { total } = await bench.client.grids.page({ grid: 'communications', limit: 0 });
      seen.push({ bytes, rows: total });
      expect([0, 150_000]).toContain(total);
      const imports = await bench.client.grids.page({ grid: 'imports' });
      expect(imports.total).toBe(total === 0 ? 0 : 1);
      expect(await bench.client.history.verify()).toMatchObject({ ok: true });
      await bench.engine.close();
      if (total > 0) break;
    }
    expect(seen.some((moment) => moment.rows === 0)).toBe(true);
    // Whatever was left behind, the same import succeeds afterwards.
    const report = JSON.parse((await fellside('import', workspace, calls)).stdout) as {
      files: { status: string; sheets: { rows: number }[] }[];
    };
    expect(report.files[0]?.sheets[0]?.rows).toBe(150_000);
    const whole = JSON.parse(
      (await fellside('list', workspace, 'communications', '--limit', '0')).stdout,
    ) as {
      total: number;
    };
    expect(whole.total).toBe(150_000);
    clear('after the whole import');
    expect(readFileSync(join(workspace, 'workspace.json'), 'utf8')).not.toContain(marker);
  }, 180_000);
});

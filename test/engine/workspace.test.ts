/** What can be wrong with a workspace folder: each in its own words, none with a secret, and nothing written. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppError } from '../../shared/contract/errors.ts';
import type { Bench } from './support.ts';
import {
  allRows,
  cleanUp,
  makeEngine,
  makeFolder,
  makeWorkspace,
  openWorkspaceAt,
  passphrase,
  refusal,
  sessionOf,
} from './support.ts';

const person = 'Wilhelmina Oxthwaite';
/** A closed workspace with a person in it, copied for every test that damages one. */
let original: string;
let other: string;

beforeAll(async () => {
  const bench = await makeWorkspace();
  await bench.client.records.add({ grid: 'people', values: { name: person, note: 'x'.repeat(3000) } });
  await bench.engine.close();
  original = bench.workspace;
  const second = await makeWorkspace('Operation Other');
  await second.engine.close();
  other = second.workspace;
});

afterAll(cleanUp);

function copy(): string {
  const workspace = join(makeFolder(), 'op.fellside');
  cpSync(original, workspace, { recursive: true });
  return workspace;
}

const inside = (workspace: string, file: string) => join(workspace, file);

/** Words for a user: one line, no path, no secret, no person. */
function checkWords(error: AppError): void {
  expect(error.message).not.toMatch(/\n/);
  expect(error.message.length).toBeGreaterThan(20);
  const all = `${error.message} ${JSON.stringify(error.details ?? {})}`;
  expect(all).not.toContain(passphrase);
  expect(all).not.toContain('wrong words here');
  expect(all).not.toMatch(/Oxthwaite|PRAGMA|SELECT|\/tmp\/|key =/);
  expect(error.cause).toBeUndefined();
}

async function openRefused(workspace: string, words = passphrase): Promise<AppError> {
  const error = await refusal(openWorkspaceAt(workspace, words));
  checkWords(error);
  return error;
}

/** Afterwards the refused workspace still opens once what was wrong is mended: no lock was left. */
async function opens(workspace: string): Promise<void> {
  const bench = await openWorkspaceAt(workspace);
  expect((await allRows(bench.client, 'people')).map((row) => row.name)).toEqual([person]);
  await bench.engine.close();
}

function editHeader(workspace: string, change: (header: Header) => void): void {
  const path = inside(workspace, 'workspace.json');
  const header = JSON.parse(readFileSync(path, 'utf8')) as Header;
  change(header);
  writeFileSync(path, JSON.stringify(header));
}

interface Header {
  format: string;
  formatVersion: number;
  workspaceId: string;
  slots: {
    id: string;
    wraps: {
      kdf: { name: string; memoryKiB: number; passes: number; lanes: number; salt: string };
      nonce: string;
      wrapped: string;
    }[];
  }[];
}

const wrapsOf = (header: Header) => header.slots.flatMap(({ wraps }) => wraps);

describe('the passphrase', () => {
  it('that is wrong opens nothing and writes nothing', async () => {
    const workspace = copy();
    const before = readFileSync(inside(workspace, 'workspace.db'));
    for (const words of ['wrong words here', passphrase.toUpperCase(), `${passphrase} `, 'x'])
      expect((await openRefused(workspace, words)).code).toBe('workspace.wrong-passphrase');
    expect(readFileSync(inside(workspace, 'workspace.db')).equals(before)).toBe(true);
    await opens(workspace);
  });

  it('that is too short is refused before a folder is made', async () => {
    const workspace = join(makeFolder(), 'new.fellside');
    const { engine, client } = makeEngine();
    const error = await refusal(
      client.workspace.create({
        grant: engine.grants.add(workspace, 'new-workspace'),
        name: 'X',
        marking: 'OFFICIAL',
        user: 'A',
        passphrase: 'short7c',
      }),
    );
    expect(error.code).toBe('workspace.weak-passphrase');
    expect(error.message).not.toContain('short7c');
    expect(existsSync(workspace)).toBe(false);
  });

  it('opens however its accents are composed', async () => {
    const workspace = join(makeFolder(), 'new.fellside');
    const { engine, client } = makeEngine();
    await client.workspace.create({
      grant: engine.grants.add(workspace, 'new-workspace'),
      name: 'X',
      marking: 'OFFICIAL',
      user: 'A',
      passphrase: 'caf\u00e9 crossing',
    });
    await engine.close();
    const again = await openWorkspaceAt(workspace, 'cafe\u0301 crossing');
    await again.engine.close();
  });
});

describe('workspace.db', () => {
  it.each([0, 1, 16, 100, 4095, 4096, 4097, 40_000])('cut to %i bytes is damaged', async (size) => {
    const workspace = copy();
    truncateSync(inside(workspace, 'workspace.db'), size);
    expect((await openRefused(workspace)).code).toBe('workspace.damaged');
    copyFileSync(inside(original, 'workspace.db'), inside(workspace, 'workspace.db'));
    await opens(workspace);
  });

  it('that is something else is damaged: text, a plain database, the one of another workspace', async () => {
    const workspace = copy();
    const path = inside(workspace, 'workspace.db');
    writeFileSync(path, 'this is no database '.repeat(1000));
    expect((await openRefused(workspace)).code).toBe('workspace.damaged');
    const { default: Database } = await import('better-sqlite3');
    rmSync(path);
    const plain = new Database(path);
    plain.exec('CREATE TABLE person (id INTEGER)');
    plain.close();
    expect((await openRefused(workspace)).code).toBe('workspace.damaged');
    copyFileSync(inside(other, 'workspace.db'), path);
    expect((await openRefused(workspace)).code).toBe('workspace.damaged');
    rmSync(path);
    mkdirSync(path);
    checkWords(await refusal(openWorkspaceAt(workspace)));
    rmSync(path, { recursive: true });
    expect((await openRefused(workspace)).code).toBe('workspace.damaged');
  });

  it('with two pages swapped, or a bit turned, never gives another value', async () => {
    const size = 4096;
    const pages = Math.floor(statSync(inside(original, 'workspace.db')).size / size);
    expect(pages).toBeGreaterThan(20);
    for (const damage of ['swap', 'bit'] as const) {
      for (const page of [0, 1, 2, Math.floor(pages / 2), pages - 2]) {
        const workspace = copy();
        const path = inside(workspace, 'workspace.db');
        const bytes = readFileSync(path);
        const at = page * size;
        if (damage === 'swap') {
          const first = Buffer.from(bytes.subarray(at, at + size));
          bytes.copy(bytes, at, at + size, at + 2 * size);
          first.copy(bytes, at + size);
        } else bytes[at + 2000] = (bytes[at + 2000] ?? 0) ^ 1;
        writeFileSync(path, bytes);
        // A page that opening does not read is met later: each page carries its own authentication.
        let bench: Bench | undefined;
        const work = (async () => {
          bench = await openWorkspaceAt(workspace);
          sessionOf(bench).reader.prepare('SELECT * FROM journal').all();
          const check = sessionOf(bench).reader.pragma('integrity_check', { simple: true });
          if (check !== 'ok') throw new Error('found by the integrity check');
        })();
        await expect(work, `${damage} ${page}`).rejects.toThrow();
        await bench?.engine.close().catch(() => undefined);
      }
    }
  }, 60_000);
});

describe('workspace.json', () => {
  const cases: [string, (workspace: string) => void, string][] = [
    ['missing', (workspace) => rmSync(inside(workspace, 'workspace.json')), 'workspace.missing'],
    ['cut short', (workspace) => truncateSync(inside(workspace, 'workspace.json'), 200), 'workspace.altered'],
    ['empty', (workspace) => writeFileSync(inside(workspace, 'workspace.json'), ''), 'workspace.altered'],
    [
      'of something else',
      (workspace) => writeFileSync(inside(workspace, 'workspace.json'), '{"a":1}'),
      'workspace.foreign',
    ],
    ['a list', (workspace) => writeFileSync(inside(workspace, 'workspace.json'), '[]'), 'workspace.foreign'],
    [
      'huge',
      (workspace) => writeFileSync(inside(workspace, 'workspace.json'), ' '.repeat(2_000_000)),
      'workspace.foreign',
    ],
    [
      'of a newer format',
      (workspace) =>
        editHeader(workspace, (header) => {
          header.formatVersion = 99;
        }),
      'workspace.newer',
    ],
    [
      'without slots',
      (workspace) =>
        editHeader(workspace, (header) => {
          header.slots = [];
        }),
      'workspace.altered',
    ],
    [
      'with less memory for the key',
      (workspace) =>
        editHeader(workspace, (header) => {
          for (const wrap of wrapsOf(header)) wrap.kdf.memoryKiB = 1024;
        }),
      'workspace.altered',
    ],
    [
      'with fewer passes for the key',
      (workspace) =>
        editHeader(workspace, (header) => {
          for (const wrap of wrapsOf(header)) wrap.kdf.passes = 1;
        }),
      'workspace.altered',
    ],
    [
      'with more passes than the slot was made with',
      (workspace) =>
        editHeader(workspace, (header) => {
          for (const wrap of wrapsOf(header)) wrap.kdf.passes = 4;
        }),
      'workspace.wrong-passphrase',
    ],
    [
      'with memory enough to choke on',
      (workspace) =>
        editHeader(workspace, (header) => {
          for (const wrap of wrapsOf(header)) wrap.kdf.memoryKiB = 2 ** 31;
        }),
      'workspace.altered',
    ],
    [
      'with another key derivation',
      (workspace) =>
        editHeader(workspace, (header) => {
          for (const wrap of wrapsOf(header)) wrap.kdf.name = 'pbkdf2';
        }),
      'workspace.altered',
    ],
    [
      'with a field more',
      (workspace) =>
        editHeader(workspace, (header) => {
          Object.assign(header, { extra: 1 });
        }),
      'workspace.altered',
    ],
    [
      'with the slot of another workspace',
      (workspace) =>
        editHeader(workspace, (header) => {
          const foreign = JSON.parse(readFileSync(inside(other, 'workspace.json'), 'utf8')) as Header;
          header.slots = foreign.slots;
        }),
      'workspace.wrong-passphrase',
    ],
    [
      'under another workspace id',
      (workspace) =>
        editHeader(workspace, (header) => {
          header.workspaceId = 'A'.repeat(20);
        }),
      'workspace.wrong-passphrase',
    ],
    [
      'with a turned bit in the wrapped key',
      (workspace) =>
        editHeader(workspace, (header) => {
          const [wrap] = wrapsOf(header);
          if (!wrap) return;
          const bytes = Buffer.from(wrap.wrapped, 'base64');
          bytes[3] = (bytes[3] ?? 0) ^ 4;
          wrap.wrapped = bytes.toString('base64');
        }),
      'workspace.wrong-passphrase',
    ],
    [
      'with a wrapped key cut to nothing',
      (workspace) =>
        editHeader(workspace, (header) => {
          for (const wrap of wrapsOf(header)) wrap.wrapped = '';
        }),
      'workspace.wrong-passphrase',
    ],
  ];

  it.each(cases)('%s is refused', async (_, damage, code) => {
    const workspace = copy();
    damage(workspace);
    expect((await openRefused(workspace)).code).toBe(code);
    copyFileSync(inside(original, 'workspace.json'), inside(workspace, 'workspace.json'));
    await opens(workspace);
  });

  it('names nobody and nothing of the operation', () => {
    const text = readFileSync(inside(original, 'workspace.json'), 'utf8');
    for (const word of ['Fellgate', 'Analyst', 'OFFICIAL', 'lead', person]) expect(text).not.toContain(word);
  });
});

describe('the folder', () => {
  it('that is none, is a file or has nothing in it is refused', async () => {
    const folder = makeFolder();
    expect((await openRefused(join(folder, 'nowhere.fellside'))).code).toBe('workspace.missing');
    writeFileSync(join(folder, 'file'), 'x');
    expect((await openRefused(join(folder, 'file'))).code).toBe('workspace.foreign');
    mkdirSync(join(folder, 'empty'));
    expect((await openRefused(join(folder, 'empty'))).code).toBe('workspace.missing');
    expect(readdirSync(join(folder, 'empty'))).toEqual([]);
  });

  it('is not created over something that is there', async () => {
    const { engine, client } = makeEngine();
    const create = (path: string) =>
      refusal(
        client.workspace.create({
          grant: engine.grants.add(path, 'new-workspace'),
          name: 'X',
          marking: 'OFFICIAL',
          user: 'A',
          passphrase,
        }),
      );
    const workspace = copy();
    const error = await create(workspace);
    expect(error.code).toBe('workspace.exists');
    checkWords(error);
    await opens(workspace);
    const file = join(makeFolder(), 'x.fellside');
    writeFileSync(file, 'mine');
    expect((await create(file)).code).toBe('workspace.exists');
    expect(readFileSync(file, 'utf8')).toBe('mine');
    const under = await create(join(file, 'op.fellside'));
    expect(under.code).toBe('workspace.read-only');
    checkWords(under);
  });

  it('that may not be written is refused', async (context) => {
    if (process.getuid?.() === 0) {
      console.warn('SKIPPED: root may write everywhere, so a read-only folder cannot be tried here');
      context.skip();
    }
    const workspace = copy();
    chmodSync(workspace, 0o500);
    for (const file of ['workspace.db', 'lock'])
      if (existsSync(inside(workspace, file))) chmodSync(inside(workspace, file), 0o400);
    expect((await openRefused(workspace)).code).toBe('workspace.read-only');
    chmodSync(workspace, 0o700);
  });
});

describe('a second opener', () => {
  it('in the same process is refused, and the first goes on', async () => {
    const workspace = copy();
    const first = await openWorkspaceAt(workspace);
    expect((await openRefused(workspace)).code).toBe('workspace.locked');
    await first.client.records.set({ edits: [{ ref: 'NOM-1', values: { sex: 'female' } }] });
    await first.engine.close();
    await opens(workspace);
  });

  it('in another process is refused; a killed holder leaves no lock', async () => {
    const workspace = copy();
    const support = join(import.meta.dirname, 'support.ts');
    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const { openWorkspaceAt } = await import(${JSON.stringify(support)});
         await openWorkspaceAt(${JSON.stringify(workspace)});
         process.stdout.write('open');
         setInterval(() => {}, 1000);`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = once(child, 'exit');
    try {
      expect(String((await once(child.stdout, 'data'))[0])).toBe('open');
      expect((await openRefused(workspace)).code).toBe('workspace.locked');
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
    await opens(workspace);
  });
});

describe('the schema', () => {
  /** Changes the history of migrations in a closed workspace. */
  async function rewrite(workspace: string, sql: string): Promise<void> {
    const bench = await openWorkspaceAt(workspace);
    sessionOf(bench).writer.exec(sql);
    await bench.engine.close();
  }

  it('of a newer version is refused', async () => {
    const workspace = copy();
    await rewrite(
      workspace,
      "INSERT INTO migration (number, name, sha256, applied_at) SELECT max(number) + 1, 'later', 'x', '' FROM migration",
    );
    const error = await openRefused(workspace);
    expect(error.code).toBe('workspace.newer');
    expect(readdirSync(inside(workspace, 'backups'))).toEqual([]);
  });

  it('of an altered history is refused', async () => {
    const workspace = copy();
    await rewrite(workspace, "UPDATE migration SET sha256 = 'f00' WHERE number = 1");
    expect((await openRefused(workspace)).code).toBe('workspace.altered');
    const second = copy();
    await rewrite(second, 'UPDATE migration SET number = 77 WHERE number = 1');
    expect((await openRefused(second)).code).toBe('workspace.altered');
  });

  it('is backed up, whole and under the same key, before it is migrated; a migration that fails changes nothing', async () => {
    const workspace = copy();
    // A history without its only entry: the migration runs again, and fails on the tables that are there.
    await rewrite(workspace, 'DELETE FROM migration');
    const before = statSync(inside(workspace, 'workspace.db')).size;
    await expect(openWorkspaceAt(workspace)).rejects.toThrow();
    const [backup = '', ...more] = readdirSync(inside(workspace, 'backups'));
    expect(more).toEqual([]);
    expect(backup).toMatch(/^\d{6}-\d{8}T\d{6}Z-before-migration\.fellside-backup$/);
    expect(statSync(inside(workspace, 'workspace.db')).size).toBe(before);
    expect(readFileSync(join(workspace, 'backups', backup)).includes(person)).toBe(false);
    // The backup is the database as it was, under the same passphrase: what is restored from it is met the same way.
    const { engine, client } = makeEngine();
    const restored = join(makeFolder(), 'restored.fellside');
    const events = await client.backups.restore({
      from: { workspace: engine.grants.add(workspace, 'open-workspace'), name: backup },
      folder: engine.grants.add(restored, 'new-workspace'),
      passphrase,
    });
    for await (const event of events) if (event.type === 'done') expect(event.report.verified).toBe(true);
    await expect(openWorkspaceAt(restored)).rejects.toThrow();
    expect(readdirSync(inside(restored, 'backups'))).toHaveLength(1);
  });
});

describe('closing', () => {
  it('leaves no log behind and says what was open only while it was', async () => {
    const workspace = copy();
    const bench = await openWorkspaceAt(workspace);
    expect((await bench.client.workspace.status()).open?.name).toBe('Operation Fellgate');
    expect(await bench.client.workspace.close()).toEqual({ closed: true });
    expect(await bench.client.workspace.close()).toEqual({ closed: false });
    expect((await bench.client.workspace.status()).open).toBeNull();
    expect((await refusal(allRows(bench.client, 'people'))).code).toBe('workspace.none');
    expect(readdirSync(workspace).filter((name) => /wal|shm|journal/.test(name))).toEqual([]);
  });
});

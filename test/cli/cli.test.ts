/** The command line as a user has it: a process of its own, its exit status, what it prints where. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { commands } from '../../electron/hosts/cli/commands.ts';
import { main } from '../../electron/hosts/cli/main.ts';

const root = join(import.meta.dirname, '..', '..');
const demo = join(root, 'resources', 'demo');
const passphrase = 'slow heron over slate';
const folder = mkdtempSync(join(tmpdir(), 'fellside-cli-'));

interface Ended {
  status: number | null;
  out: string;
  err: string;
}

interface Where {
  cwd?: string;
  env?: Record<string, string | undefined>;
}

function fellside(words: readonly string[], where: Where = {}): Promise<Ended> {
  const { INIT_CWD: _, ...inherited } = process.env;
  const environment = { ...inherited, FELLSIDE_PASSPHRASE: passphrase, ...where.env };
  const child = spawn(process.execPath, [join(root, 'bin', 'fellside.js'), ...words], {
    cwd: where.cwd ?? folder,
    env: Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined)),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, out, err }));
  });
}

/** The one JSON document of a command that is done. */
async function json<T = Record<string, unknown>>(
  words: readonly string[],
  status = 0,
  where: Where = {},
): Promise<T> {
  const ended = await (where.cwd ? fellside : inside)([...words, '--json'], where);
  expect({ words, status: ended.status, err: ended.err }).toEqual({ words, status, err: '' });
  return JSON.parse(ended.out) as T;
}

/** As `fellside`, but inside this process: many refusals need no process of their own. */
async function inside(words: readonly string[], where: Where = {}): Promise<Ended> {
  const ended: Ended = { status: null, out: '', err: '' };
  const take = (key: 'out' | 'err') => (text: string | Uint8Array) => {
    ended[key] += String(text);
    return true;
  };
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(take('out'));
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(take('err'));
  for (const [name, value] of Object.entries({
    INIT_CWD: folder,
    FELLSIDE_PASSPHRASE: passphrase,
    ...where.env,
  }))
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  try {
    ended.status = await main(words, { measureKdf: async () => 60_000, attemptsFile: null });
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
  return ended;
}

/**
 * A refusal: status 2, one line on stderr that starts with the program's name. Only an import says more: the
 * report of the files that it refused, which with `--json` is one document.
 */
async function refused(words: readonly string[], where: Where = {}): Promise<string> {
  const ended = await inside(words, where);
  expect({ words, status: ended.status }).toEqual({ words, status: 2 });
  if (ended.out !== '') {
    expect(words[0]).toBe('import');
    if (words.includes('--json')) expect(JSON.parse(ended.out).files[0].status).toBe('refused');
    else expect(ended.out).toContain('refused');
  }
  expect(ended.err).toMatch(/^fellside: [^\n]+\n$/);
  expect(ended.err).not.toContain(passphrase);
  expect(ended.err).not.toMatch(/Something went wrong inside| {4}at /);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
  expect(ended.err.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  return ended.err;
}

// Each run in this process listens to the same stdout.
process.stdout.setMaxListeners(0);

const workspace = join(folder, 'op.fellside');

beforeAll(async () => {
  const made = await json<{ name: string; marking: string }>([
    'new',
    workspace,
    '--name',
    'Operation Fellgate',
    '--user',
    'A Analyst',
  ]);
  expect(made).toMatchObject({ name: 'Operation Fellgate', marking: 'OFFICIAL-SENSITIVE' });
  await json(['import', workspace, join(demo, 'nominals.xlsx'), join(demo, 'premises.xlsx')]);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('help', () => {
  it('lists every command and shows the usage of each', async () => {
    const all = await fellside(['help']);
    expect(all.status).toBe(0);
    for (const { name } of commands) expect(all.out, name).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    expect((await fellside([])).out).toBe(all.out);
    const one = await fellside(['help', 'import']);
    expect(one.out).toContain('--date-order');
    expect((await fellside(['import', '--help'])).out).toBe(one.out);
  });

  it('has words for every command of the table', () => {
    for (const command of commands) {
      expect(command.usage.startsWith(command.name), command.name).toBe(true);
      expect(command.about.split('\n')[0]?.length, command.name).toBeGreaterThan(15);
    }
    expect(new Set(commands.map((command) => command.name)).size).toBe(commands.length);
  });

  it('of a command that is none is refused', async () => {
    expect(await refused(['help', 'nonsense'])).toContain('nonsense');
  });

  it('agrees with README.md', (context) => {
    const path = join(root, 'README.md');
    if (!existsSync(path)) context.skip();
    const text = readFileSync(path, 'utf8');
    const table = text.slice(text.indexOf('| `new ')).split('\n\n')[0] ?? '';
    const named = table
      .split('\n')
      .flatMap((line) =>
        [...(line.split('|')[1] ?? '').matchAll(/`([a-z]+)[^`]*`/g)].map((match) => match[1]),
      );
    expect([...new Set(named)].sort()).toEqual(commands.map((command) => command.name).sort());
  });
});

describe('what is not understood', () => {
  it.each([
    [['nonsense']],
    [['list']],
    [['list', workspace]],
    [['list', workspace, 'nothing']],
    [['list', workspace, 'people', '--limit', 'many']],
    [['list', workspace, 'people', '--limit', '-1']],
    [['list', workspace, 'people', '--limit']],
    [['list', workspace, 'people', '--where', '{"name"']],
    [['list', workspace, 'people', '--where', '{"nothing":1}']],
    [['list', workspace, 'people', '--where', '{"name":{"like":"x"}}']],
    [['list', workspace, 'people', '--where', '[]']],
    [['list', workspace, 'people', '--sort', 'nothing']],
    [['list', workspace, 'people', '--sort', 'name:sideways']],
    [['show', workspace]],
    [['show', workspace, 'NOM-99999']],
    [['show', workspace, 'nonsense']],
    [['set', workspace, 'NOM-1']],
    [['set', workspace, 'NOM-1', 'name']],
    [['set', workspace, 'NOM-1', 'name=']],
    [['set', workspace, 'NOM-1', 'dob=31/11/1990']],
    [['set', workspace, 'NOM-1', 'age=4']],
    [['add', workspace, 'communications', 'type=Voice']],
    [['add', workspace, 'people', 'note=x']],
    [['remove', workspace]],
    [['remove', workspace, 'NOM-1']],
    [['import', workspace]],
    [['import', workspace, 'nowhere.xlsx']],
    [['import', workspace, join(demo, 'vehicles.xlsx'), '--kind', 'spaceship']],
    [['import', workspace, join(demo, 'vehicles.xlsx'), '--sheet', 'Nowhere']],
    [['import', workspace, join(demo, 'vehicles.xlsx'), '--mapping', 'nowhere.json']],
    [['import', workspace, join(demo, 'vehicles.xlsx'), '--date-order', 'dym']],
    [['undo', workspace, 'three']],
    [['undo', workspace, '999']],
    [['undo', workspace, '1']],
    [['redo', workspace]],
    [['attach', workspace, 'NOM-1', 'nowhere.png']],
    [['attach', workspace, 'NOM-1', join(demo, 'README.md')]],
    [['attach', workspace, 'NOM-1', join(demo, 'photographs', 'N-001.png'), '--taken', 'spring']],
    [['export', workspace, '--pack', 'nonsense']],
    [['export', workspace]],
    [['verify', join(folder, 'nowhere.fellside')]],
    [['check', demo]],
    [['inspect']],
    [['inspect', 'nowhere.xlsx']],
    [['inspect', join(demo, 'photographs')]],
    [['new', workspace, '--name', 'Again']],
    [['new', join(folder, 'unnamed.fellside')]],
    [['list', workspace, 'people', '--nonsense']],
  ])('%j is refused in one line', async (words) => {
    await refused(words);
    await refused([...words, '--json']);
  });
});

describe('a refusal in a process of its own', () => {
  it('ends it with status 2 and says so on stderr alone', async () => {
    const ended = await fellside(['inspect', 'nowhere.xlsx', '--json']);
    expect(ended).toMatchObject({ status: 2, out: '' });
    expect(ended.err).toMatch(/^fellside: [^\n]*nowhere\.xlsx[^\n]*\n$/);
  });
});

describe('files that are no spreadsheets', () => {
  const files: [string, Buffer | string][] = [
    ['empty.xlsx', ''],
    ['empty.csv', ''],
    ['picture.xlsx', readFileSync(join(demo, 'photographs', 'N-001.png'))],
    ['picture.csv', readFileSync(join(demo, 'photographs', 'N-001.png'))],
    ['broken.xlsx', readFileSync(join(demo, 'nominals.xlsx')).subarray(0, 9000)],
    ['program.csv', Buffer.concat([Buffer.from('\u007fELF\u0002\u0001\u0001'), Buffer.alloc(5000)])],
    ['document.pdf', '%PDF-1.7\n1 0 obj\n'],
  ];

  it.each(files)('%s: inspect and import refuse it and name it', async (name, bytes) => {
    writeFileSync(join(folder, name), bytes);
    expect(await refused(['inspect', name])).toContain(name);
    expect(await refused(['inspect', name, '--cells', '--json'])).toContain(name);
    expect(await refused(['import', workspace, name])).toContain(name);
    expect(await refused(['import', workspace, name, '--json'])).toContain(name);
  });

  it('among others are reported, and the others are imported', async () => {
    writeFileSync(join(folder, 'text.xlsx'), readFileSync(join(demo, 'photographs', 'N-001.png')));
    const report = await json<{ files: { file: string; status: string; error?: { code: string } }[] }>(
      ['import', workspace, 'text.xlsx', join(demo, 'subscribers.csv')],
      1,
    );
    expect(report.files.map((file) => [file.file, file.status])).toEqual([
      ['text.xlsx', 'refused'],
      ['subscribers.csv', 'imported'],
    ]);
    expect(report.files[0]?.error?.code).toMatch(/^file\./);
    await json(['undo', workspace]);
  });

  it('cannot draw on the terminal through their names', async () => {
    const name = 'a\u001b[2J\nfellside: all is well.csv';
    writeFileSync(join(folder, name), readFileSync(join(demo, 'photographs', 'N-001.png')));
    await refused(['inspect', name]);
    await refused(['import', workspace, name]);
  });
});

describe('the passphrase', () => {
  it('is never taken as an argument', async () => {
    for (const words of [['--passphrase', 'hunter2hunter2'], ['--passphrase=hunter2hunter2']]) {
      const err = await refused(['list', workspace, 'people', ...words]);
      expect(err).toContain('never an argument');
      expect(err).not.toContain('hunter2');
    }
  });

  it('that is wrong or missing ends with status 2', async () => {
    const wrong = { env: { FELLSIDE_PASSPHRASE: 'quite another one' } };
    expect(await refused(['list', workspace, 'people'], wrong)).not.toContain('quite another one');
    const none = { env: { FELLSIDE_PASSPHRASE: undefined } };
    expect(await refused(['list', workspace, 'people'], none)).toContain('FELLSIDE_PASSPHRASE');
    expect(await refused(['list', workspace, 'people', '--passphrase-file', 'nowhere'], none)).not.toContain(
      'ENOENT',
    );
  });

  it('comes from a file, with or without its line end', async () => {
    for (const end of ['', '\n', '\r\n']) {
      writeFileSync(join(folder, 'pass.txt'), `${passphrase}${end}`);
      await json(['list', workspace, 'people', '--passphrase-file', 'pass.txt'], 0, {
        env: { FELLSIDE_PASSPHRASE: undefined },
      });
    }
  });
});

describe('paths', () => {
  it('are from where the user stands, also when npm changed the folder', async () => {
    const inner = join(folder, 'inner');
    mkdirSync(inner, { recursive: true });
    const there = { cwd: root, env: { INIT_CWD: inner } };
    await json(['new', 'own.fellside', '--name', 'Own'], 0, there);
    expect(existsSync(join(inner, 'own.fellside', 'workspace.json'))).toBe(true);
    writeFileSync(join(inner, 'people.csv'), 'Name,DOB\nMaud Ellery,03/04/1990\n');
    await json(['import', 'own.fellside', 'people.csv'], 0, there);
    const page = await json<{ total: number }>(['list', '../inner/own.fellside', 'people'], 0, there);
    expect(page.total).toBe(1);
  });
});

describe('each command', () => {
  interface Page {
    grid: string;
    total: number;
    rows: Record<string, unknown>[];
  }

  it('inspect: sheets, header row, kind and mapping; every cell as shown, as stored, and its type', async () => {
    const seen = await json<{
      format: string;
      sheets: {
        sheet: string;
        kind: string;
        headerRow: number;
        columns: { header: string; field: string }[];
      }[];
    }>(['inspect', join(demo, 'vehicles.xlsx')]);
    expect(seen.format).toBe('xlsx');
    expect(seen.sheets[0]).toMatchObject({ sheet: 'Vehicles', kind: 'vehicle', headerRow: 3 });
    expect(seen.sheets[0]?.columns[0]).toMatchObject({ header: 'VRM', field: 'vrm' });
    const cells = await json<{
      sheets: { name: string; hidden: boolean; rows: { text: string; value: unknown; type: string }[][] }[];
    }>(['inspect', join(demo, 'nominals.xlsx'), '--cells', '--rows', '8']);
    const row = cells.sheets.find((sheet) => sheet.name === 'Nominals')?.rows[5];
    const born = row?.find((cell) => cell.text === '14/03/1991');
    expect(born).toMatchObject({ type: 'date', text: '14/03/1991' });
    for (const sheet of cells.sheets)
      for (const each of sheet.rows.flat())
        expect(Object.keys(each).sort()).toEqual(['text', 'type', 'value']);
    expect((await fellside(['inspect', join(demo, 'vehicles.xlsx')])).out).toContain('vehicle');
  });

  it('import: the ledger; 1 where a row was rejected; a preview writes nothing', async () => {
    const preview = await json<{ import: null; files: { status: string }[] }>(
      ['import', workspace, join(demo, 'warrants.xlsx'), '--preview'],
      1,
    );
    expect(preview.import).toBeNull();
    expect((await json<Page>(['list', workspace, 'warrants'])).total).toBe(0);
    const report = await json<{
      import: string;
      files: { file: string; sha256: string; status: string; sheets: Record<string, unknown>[] }[];
    }>(['import', workspace, join(demo, 'warrants.xlsx')], 1);
    expect(report.files[0]).toMatchObject({
      file: 'warrants.xlsx',
      status: 'imported',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const sheet = report.files[0]?.sheets[0] ?? {};
    for (const key of [
      'sheet',
      'kind',
      'headerRow',
      'rows',
      'imported',
      'updated',
      'unchanged',
      'skipped',
      'rejected',
      'mapping',
      'issues',
      'issueCount',
    ])
      expect(sheet, key).toHaveProperty(key);
    const again = await json<{ files: { status: string }[] }>([
      'import',
      workspace,
      join(demo, 'warrants.xlsx'),
    ]);
    expect(again.files[0]?.status).toBe('unchanged');
  });

  it('import: with a kind, a mapping and a date order of the user', async () => {
    writeFileSync(join(folder, 'odd.csv'), 'Who,When born\nAda Lark,04/05/1990\n');
    writeFileSync(
      join(folder, 'map.json'),
      JSON.stringify([
        { sheet: 'odd', kind: 'person', headerRow: 1, columns: ['name', 'dob'], dateOrder: 'mdy' },
      ]),
    );
    await json(['import', workspace, 'odd.csv', '--mapping', 'map.json']);
    const page = await json<Page>(['list', workspace, 'people', '--where', '{"name":"ada lark"}']);
    expect(page.rows[0]).toMatchObject({ name: 'Ada Lark', dob: '1990-04-05' });
    writeFileSync(
      join(folder, 'map.json'),
      JSON.stringify([{ sheet: 'odd', kind: 'person', headerRow: 1, columns: ['name', 'nothing'] }]),
    );
    await refused(['import', workspace, 'odd.csv', '--mapping', 'map.json']);
  });

  it('list: filters, order, pages, sources', async () => {
    const page = await json<Page>([
      'list',
      workspace,
      'people',
      '--sort',
      'surname:desc',
      '--limit',
      '2',
      '--offset',
      '1',
      '--sources',
    ]);
    expect(page.grid).toBe('people');
    expect(page.rows).toHaveLength(2);
    expect(page.total).toBeGreaterThan(59);
    expect(page.rows[0]?.sources).toEqual(
      expect.arrayContaining([{ file: 'nominals.xlsx', sheet: 'Nominals', row: expect.any(Number) }]),
    );
    expect(
      (await json<Page>(['list', workspace, 'people', '--where', '{"ref":"NOM-3"}'])).rows.map(
        (row) => row.ref,
      ),
    ).toEqual(['NOM-3']);
    const table = await fellside(['list', workspace, 'people', '--limit', '3']);
    expect(table.out).toMatch(/3 of \d+/);
    for (const { name } of (await import('../../shared/grid/grids.ts')).gridList)
      if (['sources', 'imports', 'packs', 'operation'].includes(name)) await json(['list', workspace, name]);
  });

  it('show: where every value came from', async () => {
    const shown = await json<{
      ref: string;
      kind: string;
      values: Record<string, Record<string, unknown>[]>;
      links: unknown[];
      history: unknown[];
    }>(['show', workspace, 'nom-1']);
    expect(shown).toMatchObject({ ref: 'NOM-1', kind: 'person' });
    expect(shown.values.dob?.[0]).toMatchObject({
      file: 'nominals.xlsx',
      sheet: 'Nominals',
      column: 'D.O.B',
      preferred: true,
    });
    for (const key of ['value', 'raw', 'file', 'sheet', 'row', 'column', 'grade', 'preferred'])
      expect(shown.values.dob?.[0], key).toHaveProperty(key);
    expect(shown.links.length).toBeGreaterThan(0);
    expect((await fellside(['show', workspace, 'NOM-1'])).out).toContain('nominals.xlsx');
  });

  it('add, set, remove, history, undo, redo, verify: the plan and its journal', async () => {
    const added = await json<{ rows: { ref: string }[]; seq: number }>([
      'add',
      workspace,
      'people',
      'name=Ada Byfield',
      'dob=3/4/1990',
      '--reason',
      'told',
    ]);
    const ref = added.rows[0]?.ref ?? '';
    expect(added.rows[0]).toMatchObject({ name: 'Ada Byfield', dob: '1990-04-03' });
    await json(['set', workspace, ref, 'note=a=b, c', 'sex=female']);
    expect((await json<{ rows: unknown[] }>(['set', workspace, ref, 'note='])).rows[0]).toMatchObject({
      note: null,
      sex: 'F',
    });
    expect(await json(['set', workspace, ref, 'note='])).toMatchObject({ seq: null });
    const undone = await json<{ seq: number; summary: string }>(['undo', workspace]);
    expect(undone.summary).toContain(ref);
    await json(['redo', workspace]);
    const gone = await json<{ seq: number }>(['remove', workspace, ref]);
    await json(['undo', workspace, String(gone.seq)]);
    const { entries } = await json<{ entries: { seq: number; method: string; reason: string | null }[] }>([
      'history',
      workspace,
      '--limit',
      '40',
    ]);
    expect(entries.map((entry) => entry.seq)).toEqual(
      [...entries.map((entry) => entry.seq)].sort((a, b) => b - a),
    );
    expect(entries.find((entry) => entry.seq === added.seq)).toMatchObject({
      method: 'records.add',
      reason: 'told',
    });
    expect(await json(['verify', workspace])).toMatchObject({ ok: true, firstBroken: null });
  });

  it('attach and check: 1 while there are blockers', async () => {
    await json([
      'attach',
      workspace,
      'NOM-1',
      join(demo, 'photographs', 'N-001.png'),
      '--taken',
      '2026-11-01',
      '--caption',
      'front',
    ]);
    const row = (await json<Page>(['list', workspace, 'people', '--where', '{"ref":"NOM-1"}'])).rows[0];
    expect(row?.photoDate).toBe('2026-11-01');
    const report = await json<{ ready: boolean; findings: Record<string, unknown>[] }>(
      ['check', workspace],
      1,
    );
    expect(report.ready).toBe(false);
    for (const key of ['rule', 'severity', 'refs', 'message', 'mend'])
      expect(report.findings[0], key).toHaveProperty(key);
    expect((await json<{ rules: unknown[] }>(['check', '--rules'])).rules.length).toBeGreaterThan(10);
  });
});

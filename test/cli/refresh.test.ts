/** Saved mappings and refresh as a script uses them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { main } from '../../electron/hosts/cli/main.ts';

const folder = mkdtempSync(join(tmpdir(), 'fellside-refresh-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

process.stdout.setMaxListeners(0);

function file(name: string, content: string | object): string {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
}

/** Runs a command in this process. */
async function run(words: string[]): Promise<{ status: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const spy = (stream: NodeJS.WriteStream, key: 'out' | 'err') =>
    vi.spyOn(stream, 'write').mockImplementation((text: string | Uint8Array) => {
      said[key] += String(text);
      return true;
    });
  const spies = [spy(process.stdout, 'out'), spy(process.stderr, 'err')];
  process.env.INIT_CWD = folder;
  process.env.FELLSIDE_PASSPHRASE = 'slow heron over slate';
  try {
    const status = await main(words, { measureKdf: async () => 60_000, attemptsFile: null });
    return { status, ...said };
  } finally {
    for (const each of spies) each.mockRestore();
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a document of the command line, looked at piece by piece
async function json(...words: string[]): Promise<any> {
  const { status, out, err } = await run([...words, '--json']);
  expect({ words, status, err }).toMatchObject({ words, err: '' });
  expect(status).toBeLessThan(2);
  return JSON.parse(out);
}

const refused = async (...words: string[]): Promise<string> => {
  const { status, err } = await run(words);
  expect({ words, status }).toEqual({ words, status: 2 });
  return err;
};

const statusOf = async (ref: string) =>
  (await json('show', 'op', ref)).values.status.find((each: { preferred: boolean }) => each.preferred).value;

beforeAll(async () => {
  await json('new', 'op', '--name', 'Operation Fellgate', '--user', 'A Analyst');
  file(
    'nominals january.csv',
    'Nominal Ref,Name,DOB,Status\nN1,Maud Ellery,03/04/1990,Wanted\nN2,Alec Thorne,05/06/1988,Active\nN3,Bram Ostler,09/09/1999,Active\n',
  );
  file(
    'nominals february.csv',
    'Name,Nominal Ref,DOB,Status\nAlec Thorne,N2,05/06/1988,Bailed\nMaud Ellery,N1,03/04/1990,In custody\nIvo Marsh,N4,01/01/2001,Active\n',
  );
  await json('import', 'op', 'nominals january.csv');
  await json('set', 'op', 'NOM-2', 'status=Arrested');
}, 60_000);

it('compare shows what a later issue changes, and takes nothing', async () => {
  const report = await json('compare', 'op', 'nominals february.csv', '--key', 'Nominal Ref');
  expect(report.against).toBe('SRC-1');
  expect(report.counts).toEqual({ new: 1, changed: 1, conflicting: 1, vanished: 1, unchanged: 0 });
  const text = await run(['compare', 'op', 'nominals february.csv']);
  expect(text.status).toBe(0);
  expect(text.out).toContain('1 vanished');
  expect(text.out).toContain('Active → Bailed (by hand: Arrested)');
  expect((await json('list', 'op', 'people')).total).toBe(3);
});

it('compare is refused with the fix where it cannot tell what is meant', async () => {
  expect(await refused('compare', 'op', 'nominals february.csv', '--key', 'Shoe size')).toContain(
    'Nominal Ref',
  );
  expect(await refused('compare', 'op', 'nominals february.csv', '--against', 'SRC-9')).toContain('--key');
  expect(
    await refused('compare', 'op', 'nominals february.csv', '--against', 'SRC-9', '--key', 'A'),
  ).toContain('SRC-9');
});

it('import --refresh takes what was decided, names what was left, and is undone as a whole', async () => {
  expect(
    await refused('import', 'op', 'nominals february.csv', '--refresh', 'SRC-1', '--take', 'everything'),
  ).toContain('vanished');
  const bad = file('bad.json', { rows: { N1: 'maybe' } });
  expect(
    await refused('import', 'op', 'nominals february.csv', '--refresh', 'SRC-1', '--decisions', bad),
  ).toContain('compare --json');
  const decisions = file('decisions.json', { rows: { N1: 'leave' } });
  const report = await json(
    'import',
    'op',
    'nominals february.csv',
    '--refresh',
    'SRC-1',
    '--take',
    'conflicting',
    '--decisions',
    decisions,
  );
  expect(report.files[0].sheets[0]).toMatchObject({
    imported: 1,
    updated: 1,
    skipped: 1,
    skippedBy: { 'left in review': 1 },
    refresh: { against: 'SRC-1', overruled: 1, withdrawn: 0 },
  });
  expect([await statusOf('NOM-1'), await statusOf('NOM-2')]).toEqual(['Wanted', 'Bailed']);
  await json('undo', 'op');
  expect([await statusOf('NOM-1'), await statusOf('NOM-2')]).toEqual(['Wanted', 'Arrested']);
});

it('mappings are saved, exported, fitted to a sheet of another name and order, and removed', async () => {
  const odd = file('odd.csv', 'Who,Born\n"Ellery, Maud",03/04/1990\n');
  const mapping = file('map.json', {
    name: 'Desk',
    headings: ['Who', 'Born'],
    mapping: { sheet: 'elsewhere', kind: 'person', headerRow: 1, columns: ['name', 'dob'] },
  });
  expect(
    (await json('import', 'op', odd, '--mapping', mapping, '--preview')).files[0].sheets[0],
  ).toMatchObject({
    updated: 1,
    mapping: { Who: 'name', Born: 'dob' },
  });
  await json('mappings', 'op', 'save', 'Desk list', odd, '--mapping', mapping);
  const [saved] = (await json('mappings', 'op')).mappings;
  expect(saved).toMatchObject({
    name: 'Desk list',
    headings: ['Who', 'Born'],
    mapping: { sheet: 'odd', kind: 'person', columns: ['name', 'dob'] },
  });
  const exported = (await run(['mappings', 'op', 'export', 'desk LIST'])).out;
  const turned = file('turned.csv', 'Born,Remark,Who\n09/09/1999,x,"Ostler, Bram"\n');
  const again = file('again.json', exported);
  expect(
    (await json('import', 'op', turned, '--mapping', again, '--preview')).files[0].sheets[0].mapping,
  ).toEqual({ Born: 'dob', Remark: null, Who: 'name' });
  const wrong = file('wrong.csv', 'Who,Age\nMaud,33\n');
  expect(await refused('import', 'op', wrong, '--mapping', again)).toContain('"Born"');
  await json('mappings', 'op', 'remove', 'Desk list');
  expect((await json('mappings', 'op', 'list')).mappings).toEqual([]);
  await json('mappings', 'op', 'save', 'Taken in', '--mapping', again);
  expect((await json('mappings', 'op')).mappings).toMatchObject([{ name: 'Taken in' }]);
  expect(await refused('mappings', 'op', 'export', 'Desk list')).toContain('Desk list');
  expect(await refused('mappings', 'op', 'burn')).toContain('burn');
});

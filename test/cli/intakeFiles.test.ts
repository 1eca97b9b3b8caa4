/** Folders, archives, rows, sources and what leaves of an import, on the command line. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '../../electron/hosts/cli/main.ts';
import { writeZip } from '../readers/support/writeZip.ts';

const passphrase = 'slow heron over slate';
const demo = join(import.meta.dirname, '..', '..', 'resources', 'demo');
const folder = mkdtempSync(join(tmpdir(), 'fellside-cli-'));
const workspace = join(folder, 'op.fellside');
const returns = join(folder, 'returns');
const archive = join(folder, 'returns.zip');
const out = join(folder, 'out');

// Each run in this process listens to the same stdout.
process.stdout.setMaxListeners(0);

async function run(words: readonly string[]): Promise<{ status: number; out: string; err: string }> {
  const ended = { status: -1, out: '', err: '' };
  const take = (key: 'out' | 'err') => (text: string | Uint8Array) => {
    ended[key] += String(text);
    return true;
  };
  const output = vi.spyOn(process.stdout, 'write').mockImplementation(take('out'));
  const errors = vi.spyOn(process.stderr, 'write').mockImplementation(take('err'));
  process.env.FELLSIDE_PASSPHRASE = passphrase;
  try {
    ended.status = await main(words, { measureKdf: async () => 60_000, attemptsFile: null });
  } finally {
    output.mockRestore();
    errors.mockRestore();
  }
  return ended;
}

async function json<T>(words: readonly string[], status = 0): Promise<T> {
  const ended = await run([...words, '--json']);
  expect({ words, status: ended.status, err: ended.err }).toEqual({ words, status, err: '' });
  return JSON.parse(ended.out) as T;
}

type Report = {
  import: string | null;
  files: { file: string; status: string; error?: { code: string } }[];
  leftOut: { file: string }[];
};

const phones = 'Telephone Number,Subscriber\r\n07700 900123,Ann Fell\r\n4.47E+11,Tom Beck\r\n';

beforeAll(async () => {
  mkdirSync(join(returns, 'north'), { recursive: true });
  mkdirSync(out);
  writeFileSync(join(returns, 'north', 'phones.csv'), phones);
  writeFileSync(join(returns, 'letter.pdf'), '%PDF-1.7');
  writeFileSync(join(returns, '.DS_Store'), 'x');
  writeFileSync(
    archive,
    writeZip([
      { name: 'north/subscribers.csv', data: `${phones}07700 900124,Tom Beck\r\n` },
      { name: '../out.csv', data: phones },
    ]),
  );
  expect((await run(['new', workspace, '--name', 'Operation Fellgate'])).status).toBe(0);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a folder and an archive', () => {
  it('are inspected file by file, with every cell too', async () => {
    type Inspected = {
      files: { file: string; sheets?: { sheet?: string; name?: string }[]; error?: object }[];
    };
    const found = await json<Inspected>(['inspect', archive], 1);
    expect(found.files.map((file) => [file.file, file.sheets?.[0]?.sheet, Boolean(file.error)])).toEqual([
      ['returns.zip › north/subscribers.csv', 'subscribers', false],
      ['returns.zip › ../out.csv', undefined, true],
    ]);
    const cells = await json<Inspected>(['inspect', returns, '--cells'], 1);
    expect(cells.files.find((file) => file.sheets)?.sheets?.[0]?.name).toBe('phones');
    expect((await run(['inspect', archive])).out).toContain('north/subscribers.csv');
  });

  it('are imported with one entry for each file, refused ones too', async () => {
    const report = await json<Report>(['import', workspace, returns, archive, '--kind', 'phone'], 1);
    expect(report.files.map((file) => [file.file, file.status, file.error?.code])).toEqual([
      ['returns › letter.pdf', 'refused', 'file.not-spreadsheet'],
      ['returns › north/phones.csv', 'imported', undefined],
      ['returns.zip › north/subscribers.csv', 'imported', undefined],
      ['returns.zip › ../out.csv', 'refused', 'file.hostile'],
    ]);
    expect(report.leftOut.map((file) => file.file)).toEqual(['returns › .DS_Store']);
    const again = await run(['import', workspace, returns, '--preview']);
    expect(again.out).toContain('imported before');
    expect(again.out).toContain('.DS_Store');
  });

  it('with nothing to import are refused in one line', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    for (const words of [
      ['import', workspace, empty],
      ['inspect', empty],
      ['import', workspace, join(folder, 'gone.zip')],
    ]) {
      const ended = await run(words);
      expect(ended.status).toBe(2);
      expect(ended.err).toMatch(/^fellside: [^\n]+\n$/);
      expect(ended.err).not.toContain(folder);
    }
  });
});

describe('after an import', () => {
  it('source shows the row as it stood, rows shows what would become of it', async () => {
    const shown = await json<{
      row: number;
      columns: number[];
      rows: { row: number; cells: { text: string }[] }[];
    }>(['source', workspace, 'PHN-1', 'number']);
    const row = shown.rows.find((each) => each.row === shown.row);
    expect(row?.cells[shown.columns[0] ?? -1]?.text).toBe('07700 900123');
    expect((await run(['source', workspace, 'PHN-1', 'number'])).out).toMatch(/► 2 +\[07700 900123\]/);
    const byRow = await run(['source', workspace, 'SRC-1', '--row', '3']);
    expect(byRow.out).toContain('last digits are lost');
    const none = await run(['source', workspace, 'SRC-1', '--row', '300']);
    expect(none).toMatchObject({ status: 2, out: '' });
    const previewed = await run(['rows', join(returns, 'north', 'phones.csv'), '--only', 'rejected']);
    expect(previewed.status).toBe(1);
    expect(previewed.out).toContain('row 3  rejected');
    expect(previewed.out).not.toContain('row 2');
  });

  it('rejected rows, ledger and originals leave with a reason, and not without', async () => {
    const leave = (command: string, ref: string) => [
      command,
      workspace,
      ref,
      '--out',
      out,
      '--reason',
      'file',
    ];
    const rejected = await json<{ file: string; rows: number }>(leave('rejected', 'IMP-1'));
    expect(rejected.rows).toBe(2);
    const ledger = await json<{ file: string; pages: number }>(leave('ledger', 'IMP-1'));
    expect(ledger.pages).toBeGreaterThan(0);
    const original = await json<{ file: string }>(leave('original', 'SRC-1'));
    expect(readFileSync(join(out, original.file), 'utf8')).toBe(phones);
    expect(readdirSync(out).sort()).toEqual([ledger.file, rejected.file, original.file].sort());
    const history = await json<{ entries: { operation: string }[] }>(['history', workspace, '--limit', '30']);
    expect(history.entries.filter(({ operation }) => operation === 'disclosure').length).toBe(3);
    for (const command of ['rejected', 'ledger', 'original']) {
      const refused = await run([command, workspace, 'IMP-1', '--out', out]);
      expect(refused).toMatchObject({ status: 2, out: '' });
      expect(refused.err).toContain('--reason');
    }
  }, 60_000);

  it('a mended workbook of rejected rows is imported like any file', async () => {
    const report = await json<Report>(['import', workspace, join(out, 'IMP-1 rejected rows.xlsx')], 1);
    expect(report.files[0]?.status).toBe('imported');
    expect((await run(['inspect', join(demo, 'nominals.xlsx')])).status).toBe(0);
  });
});

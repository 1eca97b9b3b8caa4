/** Folders and archives as what is in them: taken by content, refused by name, nothing written in clear. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ExpandedFile } from '../../shared/contract/intakeSchemas.ts';
import type { ImportReport } from '../../shared/contract/schemas.ts';
import type { ZipPart } from '../readers/support/writeZip.ts';
import { writeZip } from '../readers/support/writeZip.ts';
import type { Bench } from './support.ts';
import {
  allRows,
  cleanUp,
  demoFolder,
  dumpGrids,
  makeEngine,
  makeFolder,
  makeWorkspace,
  refusal,
} from './support.ts';

afterAll(cleanUp);

const phones = 'Mobile,Subscriber\r\n07700 900123,Ann Fell\r\n07700 900124,Tom Beck\r\n';

function zipIn(folder: string, name: string, parts: readonly ZipPart[]): string {
  const path = join(folder, name);
  writeFileSync(path, writeZip(parts));
  return path;
}

async function expandPath(
  bench: Pick<Bench, 'client' | 'engine'>,
  path: string,
  kind: 'file' | 'import' = 'file',
): Promise<ExpandedFile[]> {
  return (await bench.client.imports.expand({ grant: bench.engine.grants.add(path, kind) })).files;
}

const refusedCodes = (files: readonly ExpandedFile[]) =>
  Object.fromEntries(files.flatMap((file) => (file.refused ? [[file.name, file.refused.code]] : [])));

async function importExpanded(bench: Bench, files: readonly ExpandedFile[]): Promise<ImportReport> {
  const granted = files.flatMap(({ grant }) => (grant === null ? [] : [{ grant }]));
  for await (const event of await bench.client.imports.commit({ files: granted }))
    if (event.type === 'done') return event.report;
  throw new Error('the import ended without a report');
}

describe('an archive', () => {
  it('gives each spreadsheet a grant and refuses the rest by name', async () => {
    const bench = makeEngine();
    const path = zipIn(makeFolder(), 'returns.zip', [
      { name: 'north/calls.csv', data: phones },
      { name: 'nominals.xlsx', data: readFileSync(join(demoFolder, 'nominals.xlsx')), stored: true },
      { name: 'streamed.csv', data: phones, descriptor: true },
      { name: 'large.csv', data: phones, zip64: true },
      { name: '../out.csv', data: phones },
      { name: '/etc/out.csv', data: phones },
      { name: 'C:/out.csv', data: phones },
      { name: 'back\\..\\out.csv', data: phones },
      { name: 'twice.csv', data: phones },
      { name: 'TWICE.csv', data: `${phones}x` },
      { name: 'locked.csv', data: phones, claims: { flags: 1 } },
      { name: 'inner.zip', data: writeZip([{ name: 'a.csv', data: phones }]) },
      { name: 'renamed inner', data: writeZip([{ name: 'a.csv', data: phones }]) },
      { name: 'odd.csv', data: phones, claims: { method: 12 } },
      { name: 'empty.csv', data: '' },
      { name: 'picture.png', data: Buffer.from('\x89PNG\r\n', 'latin1') },
      { name: '~$nominals.xlsx', data: 'lock' },
      { name: '__MACOSX/._calls.csv', data: 'fork' },
      { name: 'folder/', data: '' },
    ]);
    const files = await expandPath(bench, path);
    expect(files.filter((file) => file.grant !== null).map((file) => file.name)).toEqual([
      'returns.zip › north/calls.csv',
      'returns.zip › nominals.xlsx',
      'returns.zip › streamed.csv',
      'returns.zip › large.csv',
    ]);
    expect(refusedCodes(files)).toEqual({
      'returns.zip › ../out.csv': 'file.hostile',
      'returns.zip › etc/out.csv': 'file.hostile',
      'returns.zip › C:/out.csv': 'file.hostile',
      'returns.zip › back/../out.csv': 'file.hostile',
      'returns.zip › twice.csv': 'file.hostile',
      'returns.zip › TWICE.csv': 'file.hostile',
      'returns.zip › locked.csv': 'file.encrypted',
      'returns.zip › inner.zip': 'file.unsupported',
      'returns.zip › renamed inner': 'file.unsupported',
      'returns.zip › odd.csv': 'file.unsupported',
      'returns.zip › empty.csv': 'file.empty',
      'returns.zip › picture.png': 'file.not-spreadsheet',
      'returns.zip › ~$nominals.xlsx': 'file.left-out',
      'returns.zip › __MACOSX/._calls.csv': 'file.left-out',
    });
    for (const file of files) if (file.refused) expect(file.refused.message).not.toContain('/tmp');
  });

  it('shows a name that would move a cursor or turn the text as a harmless one', async () => {
    const path = zipIn(makeFolder(), 'names.zip', [
      { name: 'a\u001b[2J\u202e.csv', data: phones },
      { name: 'naïve – é.csv', data: phones },
    ]);
    const names = (await expandPath(makeEngine(), path)).map((file) => file.name);
    expect(names[0]).toBe('names.zip › a\ufffd[2J\ufffd.csv');
    expect(names[1]).toBe('names.zip › naïve – é.csv');
  });

  it('refuses bombs: by the ratio of an entry, by the total, by the number of entries, by overlap', async () => {
    const bench = makeEngine();
    const folder = makeFolder();
    const megabytes = 1024 * 1024;
    const single = zipIn(folder, 'single.zip', [
      { name: 'bomb.csv', data: phones, claims: { size: 200 * megabytes } },
      { name: 'large.csv', data: randomBytes(400_000), claims: { size: 300 * megabytes } },
      { name: 'good.csv', data: phones },
    ]);
    expect(refusedCodes(await expandPath(bench, single))).toEqual({
      'single.zip › bomb.csv': 'file.hostile',
      'single.zip › large.csv': 'file.too-large',
    });
    const total = zipIn(
      folder,
      'total.zip',
      Array.from({ length: 3 }, (_, index) => ({
        name: `${index}.csv`,
        data: phones,
        claims: { size: 4095 * megabytes },
      })),
    );
    expect((await refusal(expandPath(bench, total))).code).toBe('file.hostile');
    const many = zipIn(
      folder,
      'many.zip',
      Array.from({ length: 10_001 }, (_, index) => ({ name: `${index}.csv`, data: 'a', stored: true })),
    );
    expect((await refusal(expandPath(bench, many))).code).toBe('file.hostile');
    const overlap = zipIn(folder, 'overlap.zip', [
      { name: 'one.csv', data: phones },
      { name: 'two.csv', data: phones, claims: { offset: 0 } },
    ]);
    expect((await refusal(expandPath(bench, overlap))).code).toBe('file.hostile');
  });

  it('refuses an entry that unpacks to something else than it says, when it is opened', async () => {
    const bench = await makeWorkspace();
    const path = zipIn(bench.folder, 'lies.zip', [
      { name: 'checksum.csv', data: phones, claims: { crc: 1 } },
      { name: 'longer.csv', data: phones, claims: { size: 10 } },
      { name: 'shorter.csv', data: phones, claims: { size: 1000 } },
      { name: 'good.csv', data: phones },
    ]);
    const report = await importExpanded(bench, await expandPath(bench, path));
    expect(report.files.map((file) => [file.file, file.status, file.error?.code])).toEqual([
      ['lies.zip › checksum.csv', 'refused', 'file.damaged'],
      ['lies.zip › longer.csv', 'refused', 'file.damaged'],
      ['lies.zip › shorter.csv', 'refused', 'file.damaged'],
      ['lies.zip › good.csv', 'imported', undefined],
    ]);
  });

  it('tells a workbook from an archive by what is in it', async () => {
    const bench = makeEngine();
    for (const file of ['nominals.xlsx', 'call data.csv']) {
      const files = await expandPath(bench, join(demoFolder, file));
      expect(files).toMatchObject([{ name: file, refused: null }]);
    }
    const damaged = join(makeFolder(), 'cut.zip');
    writeFileSync(damaged, writeZip([{ name: 'a.csv', data: phones }]).subarray(0, 60));
    expect((await refusal(expandPath(bench, damaged))).code).toBe('file.damaged');
    const nothing = zipIn(makeFolder(), 'nothing.zip', [{ name: 'letter.pdf', data: '%PDF-1.7' }]);
    const refused = await refusal(expandPath(bench, nothing));
    expect(refused.code).toBe('file.not-spreadsheet');
    expect(refused.message).toContain('letter.pdf');
  });

  it('is imported file by file, undone, and redone without the archive', async () => {
    const bench = await makeWorkspace();
    const path = zipIn(bench.folder, 'returns.zip', [
      { name: 'north/phones.csv', data: phones },
      { name: 'nominals.xlsx', data: readFileSync(join(demoFolder, 'nominals.xlsx')) },
    ]);
    const before = readdirSync(bench.folder).sort();
    const report = await importExpanded(bench, await expandPath(bench, path));
    expect(report.files.map((file) => [file.file, file.status])).toEqual([
      ['returns.zip › north/phones.csv', 'imported'],
      ['returns.zip › nominals.xlsx', 'imported'],
    ]);
    expect(readdirSync(bench.folder).sort()).toEqual(before);
    expect((await allRows(bench.client, 'sources'))[0]).toMatchObject({
      file: 'returns.zip › north/phones.csv',
      sheet: 'phones',
    });
    const imported = await dumpGrids(bench.client);
    rmSync(path);
    await bench.client.history.undo({});
    expect(await allRows(bench.client, 'people')).toEqual([]);
    await bench.client.history.redo();
    expect(await dumpGrids(bench.client)).toEqual(imported);
  });

  it('redoes a file that was kept before under another name', async () => {
    const bench = await makeWorkspace();
    const first = zipIn(bench.folder, 'first.zip', [{ name: 'old name.csv', data: phones }]);
    await importExpanded(bench, await expandPath(bench, first));
    await bench.client.history.undo({});
    const second = zipIn(bench.folder, 'second.zip', [{ name: 'new name.csv', data: phones }]);
    await importExpanded(bench, await expandPath(bench, second));
    const imported = await dumpGrids(bench.client);
    await bench.client.history.undo({});
    await bench.client.history.redo();
    expect(await dumpGrids(bench.client)).toEqual(imported);
  });
});

describe('a folder', () => {
  it('is walked through, archives in it opened, links not followed out of it', async () => {
    const bench = makeEngine();
    const outside = makeFolder();
    writeFileSync(join(outside, 'secret.csv'), phones);
    const folder = join(makeFolder(), 'returns');
    mkdirSync(join(folder, 'north', 'week 2'), { recursive: true });
    mkdirSync(join(folder, '.hidden'));
    mkdirSync(join(folder, 'op.fellside'));
    writeFileSync(join(folder, 'north', 'week 2', 'a.csv'), phones);
    writeFileSync(join(folder, 'north', 'b.tsv'), phones);
    writeFileSync(join(folder, '.hidden', 'c.csv'), phones);
    writeFileSync(join(folder, '~$open.xlsx'), 'lock');
    writeFileSync(join(folder, 'empty.csv'), '');
    writeFileSync(join(folder, 'letter.pdf'), '%PDF-1.7');
    zipIn(folder, 'week 1.zip', [{ name: 'd.csv', data: phones }]);
    symlinkSync(join(outside, 'secret.csv'), join(folder, 'out.csv'));
    symlinkSync(outside, join(folder, 'out'));
    symlinkSync(join(folder, 'north'), join(folder, 'loop'));
    symlinkSync(join(folder, 'north', 'b.tsv'), join(folder, 'inside.tsv'));
    const files = await expandPath(bench, folder, 'import');
    expect(files.filter((file) => file.grant !== null).map((file) => file.name)).toEqual([
      'returns › inside.tsv',
      'returns › north/b.tsv',
      'returns › north/week 2/a.csv',
      'returns › week 1.zip › d.csv',
    ]);
    expect(refusedCodes(files)).toEqual({
      'returns › .hidden': 'file.left-out',
      'returns › ~$open.xlsx': 'file.left-out',
      'returns › op.fellside': 'file.left-out',
      'returns › empty.csv': 'file.empty',
      'returns › letter.pdf': 'file.not-spreadsheet',
      'returns › out.csv': 'file.unsupported',
      'returns › out': 'file.unsupported',
      'returns › loop': 'file.unsupported',
    });
    const inspected = await bench.client.imports.inspect({
      grant: files.find((file) => file.grant)?.grant ?? '',
    });
    expect(inspected).toMatchObject({ file: 'returns › inside.tsv' });
    expect(inspected.sheets[0]?.sheet).toBe('inside');
  });

  it('says that it was not looked through to the end', async () => {
    const deep = join(makeFolder(), 'deep');
    mkdirSync(join(deep, ...Array.from({ length: 20 }, (_, index) => `d${index}`)), { recursive: true });
    writeFileSync(join(deep, 'a.csv'), phones);
    const bench = makeEngine();
    const found = await bench.client.imports.expand({ grant: bench.engine.grants.add(deep, 'import') });
    expect(found.complete).toBe(false);
    expect(found.files.some((file) => file.grant !== null)).toBe(true);
  });

  it('of an export or a workspace is not one to import from', async () => {
    const bench = makeEngine();
    const grant = bench.engine.grants.add(makeFolder(), 'export');
    expect((await refusal(bench.client.imports.expand({ grant }))).code).toBe('grant.unknown');
  });
});

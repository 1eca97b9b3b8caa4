import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bufferSource, openFileSource } from '../../electron/engine/intake/readers/byteSource.ts';
import { codeOfReading } from './support/readCells.ts';
import { writeZip } from './support/writeZip.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fellside-readers-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('byte sources', () => {
  test('a file that is not there, a folder, an empty file and a large one are told apart', async () => {
    await writeFile(join(folder, 'empty.csv'), '');
    await writeFile(join(folder, 'large.csv'), 'x'.repeat(100));
    await expect(openFileSource(join(folder, 'gone.csv'))).rejects.toMatchObject({ code: 'file.missing' });
    await expect(openFileSource(folder)).rejects.toMatchObject({ code: 'file.unreadable' });
    await expect(openFileSource(join(folder, 'empty.csv'))).rejects.toMatchObject({ code: 'file.empty' });
    await expect(openFileSource(join(folder, 'large.csv'), 99)).rejects.toMatchObject({
      code: 'file.too-large',
    });
    expect(() => bufferSource('empty.csv', Buffer.alloc(0))).toThrow(/empty/);
  });

  test('messages name the file and never its folder', async () => {
    const failure = await openFileSource(join(folder, 'gone.csv')).catch((error: Error) => error);
    expect(String(failure)).toContain('gone.csv');
    expect(String(failure)).not.toContain(folder);
  });

  test('any stretch can be read, short at the end', async () => {
    await writeFile(join(folder, 'some.csv'), '0123456789');
    const source = await openFileSource(join(folder, 'some.csv'));
    expect(source.name).toBe('some.csv');
    expect(source.size).toBe(10);
    expect((await source.read(3, 4)).toString()).toBe('3456');
    expect((await source.read(8, 100)).toString()).toBe('89');
    expect((await source.read(50, 1)).length).toBe(0);
    await source.close();
  });
});

/** A compound file with one directory sector that holds these streams. */
function writeCompoundFile(names: string[]): Buffer {
  const bytes = Buffer.alloc(512 * 3);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt32LE(1, 44);
  bytes.writeUInt32LE(1, 48);
  bytes.fill(0xff, 76, 512);
  bytes.writeUInt32LE(0, 76);
  bytes.fill(0xff, 512, 1024);
  bytes.writeUInt32LE(0xfffffffd, 512);
  bytes.writeUInt32LE(0xfffffffe, 516);
  names.forEach((name, index) => {
    const at = 1024 + index * 128;
    bytes.write(name, at, 'utf16le');
    bytes.writeUInt16LE(name.length * 2 + 2, at + 64);
  });
  return bytes;
}

describe('what a file is, whatever it is called', () => {
  const page = '<html><body><table><tr><td>1</td></tr></table></body></html>';
  const noise = Buffer.from(Array.from({ length: 4000 }, (_unused, index) => (index * 7919) % 251));
  test.each<[string, string | Buffer, string]>([
    [
      'an encrypted workbook',
      writeCompoundFile(['Root Entry', 'EncryptionInfo', 'EncryptedPackage']),
      'file.encrypted',
    ],
    ['an old workbook without its content', writeCompoundFile(['Root Entry', 'Workbook']), 'file.damaged'],
    ['an older workbook without its content', writeCompoundFile(['Root Entry', 'Book']), 'file.damaged'],
    ['an old document', writeCompoundFile(['Root Entry', 'WordDocument']), 'file.not-spreadsheet'],
    ['a compound file cut short', writeCompoundFile(['Root Entry']).subarray(0, 300), 'file.unsupported'],
    ['Excel 2 without an end', Buffer.from([9, 0, 4, 0, 2, 0, 0x10, 0, 0, 0, 0, 0, 0, 0]), 'file.damaged'],
    [
      'an OpenDocument sheet without content',
      writeZip([
        { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet' },
        { name: 'content.xml', data: '<x/>' },
        { name: 'META-INF/manifest.xml', data: '<x/>' },
      ]),
      'file.damaged',
    ],
    [
      'an OpenDocument text',
      writeZip([
        { name: 'mimetype', data: 'application/vnd.oasis.opendocument.text' },
        { name: 'content.xml', data: '<x/>' },
        { name: 'META-INF/manifest.xml', data: '<x/>' },
      ]),
      'file.not-spreadsheet',
    ],
    [
      'an OpenDocument sheet with a password',
      writeZip([
        { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet' },
        { name: 'content.xml', data: 'x' },
        { name: 'META-INF/manifest.xml', data: '<manifest:encryption-data/>' },
      ]),
      'file.encrypted',
    ],
    ['a binary workbook without content', writeZip([{ name: 'xl/workbook.bin', data: 'x' }]), 'file.damaged'],
    ['a Word file', writeZip([{ name: 'word/document.xml', data: '<x/>' }]), 'file.not-spreadsheet'],
    ['any zip', writeZip([{ name: 'readme.txt', data: 'x' }]), 'file.not-spreadsheet'],
    ['an empty zip', writeZip([]), 'file.not-spreadsheet'],
    ['a web page', page, 'file.unsupported'],
    ['a web page with a head', `\ufeff\n<!DOCTYPE html>\n${page}`, 'file.unsupported'],
    [
      'an Excel 2003 XML sheet',
      '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
      'file.unsupported',
    ],
    ['an XML file', '<?xml version="1.0"?><note/>', 'file.not-spreadsheet'],
    ['a PDF', '%PDF-1.7\n%\xe2\xe3\n', 'file.not-spreadsheet'],
    ['a PNG', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'file.not-spreadsheet'],
    ['a JPEG', Buffer.from('ffd8ffe000104a464946', 'hex'), 'file.not-spreadsheet'],
    ['a gzip', gzipSync('a,b\n1,2\n'), 'file.not-spreadsheet'],
    ['a program', Buffer.concat([Buffer.from('MZ\x90\0\x03\0', 'latin1'), noise]), 'file.not-spreadsheet'],
    ['noise', noise, 'file.not-spreadsheet'],
    ['text under a foreign name', 'a,b\n1,2\n', 'read test'],
    ['text that begins like a signature', 'MZ number,RIFF,BM\n1,2,3\n', 'read test'],
    ['one letter', 'a', 'read test'],
    ['a CSV of tags', '<none>,b\n1,2\n', 'read test'],
  ])('%s', async (_name, bytes, code) => {
    expect(await codeOfReading(bytes, {}, 'test.xlsx')).toBe(code);
  });

  test('a refusal says what to do', async () => {
    const { readAll } = await import('./support/readCells.ts');
    await expect(readAll(page, {}, 'old.xls')).rejects.toThrow(/save it as \.xlsx or CSV and import again/);
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { encrypt } from 'officecrypto-tool';
import { afterAll, describe, expect, test } from 'vitest';
import { bufferSource } from '../../electron/engine/intake/readers/byteSource.ts';
import { openSpreadsheet } from '../../electron/engine/intake/readers/openSpreadsheet.ts';
import { AppError } from '../../shared/contract/errors.ts';
import {
  allRows,
  type Bench,
  cleanUp,
  dumpGrids,
  importPaths,
  makeWorkspace,
  sessionOf,
  writeXlsx,
} from '../engine/support.ts';
import { readText } from './support/readCells.ts';

afterAll(cleanUp);

const password = 'Grey Wether 7';
const rows = [
  ['Surname', 'Forename', 'Phone'],
  ['Fell', 'Ada', '07700900123'],
];

function bytesOf(bookType: 'xlsx' | 'xlsb'): Buffer {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), 'People');
  return write(book, { type: 'buffer', bookType }) as Buffer;
}

async function refusalOf(bytes: Buffer, given?: string): Promise<AppError> {
  const opened = await openSpreadsheet(bufferSource('locked.xlsx', bytes), { password: given }).catch(
    (error: unknown) => error,
  );
  if (!(opened instanceof AppError)) throw new Error('it was not refused');
  return opened;
}

describe('workbooks with a password', () => {
  test.each(['agile', 'standard'] as const)('%s encryption opens with its password alone', async (kind) => {
    const options = kind === 'standard' ? { password, type: kind } : { password };
    const locked = encrypt(bytesOf('xlsx'), options);
    expect(await readText(locked, { password })).toEqual(rows);

    const without = await refusalOf(locked);
    expect(without.code).toBe('file.encrypted');
    expect(without.message).toMatch(/locked\.xlsx.*protected with a password/);
    const wrong = await refusalOf(locked, 'grey wether 7');
    expect(wrong.code).toBe('file.encrypted');
    expect(wrong.message).toMatch(/password given does not open/);
    for (const error of [without, wrong])
      expect(`${error.message}${JSON.stringify(error.details)}`).not.toMatch(/wether/i);
  });

  test('a binary workbook within opens as well', async () => {
    const opened = await openSpreadsheet(bufferSource('locked', encrypt(bytesOf('xlsb'), { password })), {
      password,
    });
    expect(opened.format).toBe('xlsb');
    await opened.close();
  });

  test('a workbook that Excel opens without a question opens without one', async () => {
    const locked = encrypt(bytesOf('xlsx'), { password: 'VelvetSweatshop' });
    expect(await readText(locked)).toEqual(rows);
  });

  test('a password for a file that needs none changes nothing', async () => {
    expect(await readText(bytesOf('xlsx'), { password })).toEqual(rows);
    expect(await readText('a,b\n1,2\n', { password })).toHaveLength(2);
  });

  test('a protected file cut short is refused', async () => {
    const locked = encrypt(bytesOf('xlsx'), { password });
    for (const part of [0.3, 0.6, 0.9]) {
      const refused = await refusalOf(locked.subarray(0, Math.floor(locked.length * part)), password);
      expect(refused.code).toMatch(/^file\.(?:damaged|unsupported|encrypted|not-spreadsheet)$/);
    }
  });
});

describe('importing a workbook with a password', () => {
  async function importLocked(): Promise<{ bench: Bench; path: string }> {
    const bench = await makeWorkspace();
    const plain = await writeXlsx(bench, 'plain.xlsx', {
      Nominals: [
        ['Nominal ref', 'Surname', 'Forename', 'Date of birth', 'Phone number'],
        ['N-101', 'Fell', 'Ada', '14/03/1999', '07700900123'],
        ['N-102', 'Wyn', 'Zoë', '02/11/2001', '07700900456'],
      ],
    });
    const path = join(bench.folder, 'locked.xlsx');
    writeFileSync(path, encrypt(readFileSync(plain), { password }));
    return { bench, path };
  }

  test('undo and redo need no password, and the password is nowhere', async () => {
    const { bench, path } = await importLocked();
    const refused = await importPaths(bench, [path]);
    expect(refused.files[0]).toMatchObject({ status: 'refused', error: { code: 'file.encrypted' } });

    const report = await importPaths(bench, [path], { password });
    expect(report.files[0]?.status).toBe('imported');
    const before = await dumpGrids(bench.client);
    expect(await allRows(bench.client, 'people')).toHaveLength(2);
    for (let time = 0; time < 2; time++) {
      await bench.client.history.undo({});
      expect(await allRows(bench.client, 'people')).toHaveLength(0);
      await bench.client.history.redo();
      expect(await dumpGrids(bench.client)).toEqual(before);
    }
    expect((await bench.client.history.verify()).ok).toBe(true);

    const again = await importPaths(bench, [path], { password });
    expect(again.files[0]).toMatchObject({ status: 'unchanged', sha256: report.files[0]?.sha256 });

    const { reader } = sessionOf(bench);
    const tables = reader.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as {
      name: string;
    }[];
    for (const { name } of tables) {
      const content = JSON.stringify(reader.prepare(`SELECT * FROM "${name}"`).all());
      expect(content.includes(password), name).toBe(false);
    }
    await bench.client.workspace.close();
  });
});

import { createHash } from 'node:crypto';
import ExcelJS from 'exceljs';
import { decrypt } from 'officecrypto-tool';
import { describe, expect, it } from 'vitest';
import { bufferSource } from '../../electron/engine/intake/readers/byteSource.ts';
import { openSpreadsheet } from '../../electron/engine/intake/readers/openSpreadsheet.ts';
import { writePack } from '../../electron/engine/packs/writePack.ts';
import { protectWorkbook } from '../../electron/engine/packs/xlsx/protectWorkbook.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { buildPackData } from './fixtures/buildPackData.ts';

const password = 'Grey Wether £7';

describe('a workbook with a password', { timeout: 60_000 }, () => {
  it('opens with the password alone, holds the whole workbook, and is hashed as it is handed over', async () => {
    const { data, photographs } = buildPackData({ targets: 2, warrants: 1, photographs: 1 });
    const [open] = await writePack(data, photographs, { formats: ['xlsx'] });
    const [locked] = await writePack(data, photographs, { formats: ['xlsx'], password });
    if (open === undefined || locked === undefined) throw new Error('no file was written');
    expect(locked.bytes.subarray(0, 4).toString('hex')).toBe('d0cf11e0');
    expect(locked.sha256).toBe(createHash('sha256').update(locked.bytes).digest('hex'));
    expect((await decrypt(locked.bytes, { password })).equals(open.bytes)).toBe(true);
    await expect(decrypt(locked.bytes, { password: 'grey wether £7' })).rejects.toThrow(/incorrect/);

    const again = await openSpreadsheet(bufferSource(locked.name, locked.bytes), { password });
    expect(again.sheets.map(({ name }) => name)).toContain('Targets');
    const refused = await openSpreadsheet(bufferSource(locked.name, locked.bytes), {}).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ code: 'file.encrypted' });
  });

  it('keeps a workbook whole whatever its length', async () => {
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet('A').getCell('A1').value = 'x';
    const small = Buffer.from(await workbook.xlsx.writeBuffer());
    // The cipher works in blocks of 16 within pieces of 4096 bytes; a zip archive may end in anything.
    for (const extra of [4095 - (small.length % 4096), 4096 - (small.length % 4096)]) {
      const bytes = Buffer.concat([small, Buffer.alloc(extra, 1)]);
      expect((await decrypt(protectWorkbook(bytes, password), { password })).equals(bytes)).toBe(true);
    }
  });

  it('refuses a password that Office would cut, and one without a workbook to protect', async () => {
    expect(() => protectWorkbook(Buffer.from('PK'), 'x'.repeat(256))).toThrow(AppError);
    expect(() => protectWorkbook(Buffer.from('PK'), '')).toThrow(AppError);
    const { data, photographs } = buildPackData({ targets: 1, warrants: 1, photographs: 0 });
    await expect(writePack(data, photographs, { formats: ['pdf'], password })).rejects.toMatchObject({
      code: 'usage',
    });
  });
});

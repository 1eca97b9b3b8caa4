import { createCipheriv } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { read, utils } from '@e965/xlsx';
import ExcelJS from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readZip, writeZip } from '../../electron/engine/packs/stableZip.ts';
import { writeXlsx } from '../../electron/engine/packs/xlsx/writeXlsx.ts';
import { cleanText, formatValue } from '../../shared/packs/format.ts';
import type { PackData } from '../../shared/packs/packData.ts';
import { listSections, rowsOfSection } from '../../shared/packs/sections.ts';
import { readAll } from '../readers/support/readCells.ts';
import { buildPackData } from './fixtures/buildPackData.ts';
import { listFaults } from './fixtures/checkWorkbook.ts';
import { buildHostileData } from './fixtures/hostile.ts';

let data: PackData;
let bytes: Buffer;

beforeAll(async () => {
  const hostile = buildHostileData({ targets: 300, warrants: 100, photographs: 0 });
  data = {
    ...hostile.data,
    briefing: [
      { ref: '=B', heading: '-Heading', text: `\tTab\r\nfirst @line${' _x0041_'.repeat(2000)}` },
      ...hostile.data.briefing,
    ],
    changes: {
      since: 1,
      sinceAt: '2026-11-18T10:00:00Z',
      rows: [
        {
          section: 'targets',
          ref: 'T1',
          name: '=cmd()',
          kind: 'changed',
          field: 'Notes',
          before: '=1',
          after: '+'.repeat(9000),
        },
      ],
    },
  };
  bytes = (await writeXlsx(data, hostile.photographs)).bytes;
}, 60_000);

/** What every column of a section holds, from top to bottom: `read` gives the cells of a sheet, row by row. */
function compareTexts(rowsOf: (sheet: string) => string[][]): void {
  let compared = 0;
  for (const section of listSections(data)) {
    const rows = rowsOfSection(data, section.id);
    if (rows.length === 0) continue;
    for (const column of section.columns) {
      if (column.width === 0 || column.kind === 'photograph') continue;
      const title = column.part === 'detail' ? (section.detailTitle ?? section.title) : section.title;
      const printed = rowsOf(title);
      const place = printed[3]?.indexOf(column.heading) ?? -1;
      expect(place, `${title}: ${column.heading}`).toBeGreaterThanOrEqual(0);
      const texts = printed.slice(4).map((row) => row[place] ?? '');
      const wanted = rows.map((row) => cleanText(formatValue(row[column.field], column.kind)));
      if (place === 0) {
        // The first column names the record again where a row goes on.
        expect([...new Set(texts)], title).toEqual([...new Set(wanted)]);
      } else {
        const whole = texts.filter((text) => text !== '(continued)').join('');
        expect(whole === wanted.join(''), `${title}: ${column.heading}`).toBe(true);
      }
      compared += wanted.filter((text) => text !== '').length;
    }
  }
  expect(compared).toBeGreaterThan(5000);
}

describe('the format of a hostile plan’s workbook', { timeout: 60_000 }, () => {
  it('breaks no rule that Excel would answer with an offer to repair', () => {
    expect(listFaults(bytes)).toEqual([]);
  });

  it('is checked by a check that finds what it looks for', async () => {
    const { data: small, photographs } = buildPackData({ targets: 2, warrants: 1, photographs: 1 });
    const whole = (await writeXlsx(small, photographs)).bytes;
    expect(listFaults(whole)).toEqual([]);
    const spoil = (name: RegExp, change: (xml: string) => string) =>
      listFaults(
        writeZip(
          readZip(whole).map((entry) =>
            name.test(entry.name)
              ? { name: entry.name, content: Buffer.from(change(entry.content.toString('utf8'))) }
              : entry,
          ),
        ),
      ).join('\n');
    expect(
      spoil(/sheet3\.xml$/, (xml) => xml.replace(/(<autoFilter[^>]*>)(.*)(<hyperlinks>)/, '$2$1$3')),
    ).toMatch(/stands too late|not known/);
    expect(spoil(/sheet3\.xml$/, (xml) => xml.replace('<sheetData>', '<sheetData><row r="1">'))).toMatch(
      /closes/,
    );
    expect(spoil(/sharedStrings/, (xml) => xml.replace('<si>', '<si><t>a & b</t></si><si>'))).toMatch(
      /ampersand/,
    );
    expect(spoil(/workbook\.xml$/, (xml) => xml.replace('Print_Area', 'Secret'))).toMatch(/defined name/);
  });

  it('holds every text whole, by our own reader', async () => {
    const { sheets: read } = await readAll(bytes);
    const sheets = new Map(read.map(({ name, rows }) => [name, rows.map(({ text }) => text)]));
    compareTexts((name) => sheets.get(name) ?? []);
  });

  it('holds every text whole, by another library', () => {
    const book = read(bytes, { type: 'buffer', cellDates: false });
    compareTexts((name) => {
      const sheet = book.Sheets[name];
      if (sheet === undefined) return [];
      return utils.sheet_to_json<string[]>(sheet, { header: 1, raw: false, defval: '', blankrows: true });
    });
  });

  it('keeps photographs of ten megabytes whole, and nobody’s trace in the parts beside', async () => {
    const { data: built } = buildPackData({ targets: 2, warrants: 1, photographs: 2 });
    const photographs = new Map(built.photographs.map(({ id }, index) => [id, makeNoise(index)]));
    const written = (await writeXlsx(built, photographs)).bytes;
    expect(listFaults(written)).toEqual([]);
    const media = readZip(written).filter(({ name }) => name.startsWith('xl/media/'));
    expect(media.map(({ content }) => content.length > 10_000_000)).toEqual([true, true]);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(written as unknown as ExcelJS.Buffer);
    expect(workbook.getWorksheet('People')?.getImages().length).toBe(2);
    const names = readZip(written).map(({ name }) => name);
    expect(names.join('\n')).not.toMatch(/comments|vmlDrawing|externalLink|customXml|printerSettings/);
    const beside = readZip(written)
      .filter(({ name }) => !/^xl\/(worksheets|media|sharedStrings)/.test(name))
      .map(({ name, content }) => name + content.toString('utf8'))
      .join('\n');
    expect(beside).not.toMatch(/comments|vmlDrawing|externalLink|customXml/);
    expect(beside).not.toContain(built.header.preparedBy);
    expect(beside).not.toContain(built.header.recipient);
  });
});

/** A picture that no compression makes small: 1,900 × 1,800 pixels of noise. */
function makeNoise(seed: number): Uint8Array {
  const [width, height] = [1900, 1800];
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, seed + 1), Buffer.alloc(16));
  const rows = cipher.update(Buffer.alloc(height * (1 + 3 * width)));
  for (let row = 0; row < height; row += 1) rows[row * (1 + 3 * width)] = 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (kind: string, content: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind, 'latin1'), content]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(content.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

import { createHash } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { codeOfReading, readAll, readText } from './support/readCells.ts';
import { listParts, wrapSheet, writeWorkbook } from './support/writeWorkbook.ts';
import { writeZip, type ZipPart } from './support/writeZip.ts';

// Some of these inflate tens of megabytes before they are refused.
vi.setConfig({ testTimeout: 60_000 });

const sheetName = 'xl/worksheets/sheet1.xml';
const rows = Array.from(
  { length: 40 },
  (_unused, row) =>
    `<row r="${row + 1}"><c r="A${row + 1}" t="s"><v>0</v></c><c r="B${row + 1}"><v>${row}</v></c></row>`,
).join('');
const honest = { sheets: [{ name: 'S', xml: rows }], strings: '<si><t>text</t></si>' };

/** An honest workbook with one part changed. */
const withPart = (name: string, change: Partial<ZipPart>) =>
  writeZip(listParts(honest).map((part) => (part.name === name ? { ...part, ...change } : part)));

/** A deflated run of one block repeated, without ever holding it inflated. */
function deflateRepeated(
  head: string,
  block: Buffer,
  times: number,
  tail: string,
): NonNullable<ZipPart['deflated']> {
  // Blocks are flushed so that their deflated bytes can simply be repeated.
  const piece = deflateRawSync(block, { finishFlush: 3, level: 9 });
  const start = deflateRawSync(Buffer.from(head), { finishFlush: 3 });
  const end = deflateRawSync(Buffer.from(tail));
  let crc = crc32(Buffer.from(head));
  for (let index = 0; index < times; index++) crc = crc32(block, crc);
  crc = crc32(Buffer.from(tail), crc);
  const bytes = Buffer.concat([start, ...Array.from({ length: times }, () => piece), end]);
  return { bytes, crc, size: head.length + block.length * times + tail.length };
}

describe('bombs', () => {
  const [head = '', tail = ''] = wrapSheet('<row/>').split('<row/>');

  test('spaces without end are refused early, and memory stays small', async () => {
    const deflated = deflateRepeated(head, Buffer.alloc(8 * 1024 * 1024, ' '), 40, tail);
    const before = process.memoryUsage().rss;
    expect(await codeOfReading(withPart(sheetName, { deflated }))).toBe('file.hostile');
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  test('one cell without end is refused', async () => {
    const open = `${head}<row><c t="inlineStr"><is><t>`;
    const deflated = deflateRepeated(open, Buffer.alloc(1024 * 1024, 'A'), 40, `</t></is></c></row>${tail}`);
    expect(await codeOfReading(withPart(sheetName, { deflated }))).toBe('file.hostile');
  });

  test('a tag and a comment without end are refused', async () => {
    for (const open of [`${head}<row a="`, `${head}<!--`]) {
      const deflated = deflateRepeated(open, Buffer.alloc(1024 * 1024, 'A'), 40, `"/>${tail}`);
      expect(await codeOfReading(withPart(sheetName, { deflated }))).toBe('file.hostile');
    }
  });

  test('a shared string without end is refused', async () => {
    const deflated = deflateRepeated('<sst><si><t>', Buffer.alloc(1024 * 1024, 'A'), 60, '</t></si></sst>');
    expect(await codeOfReading(withPart('xl/sharedStrings.xml', { deflated }))).toBe('file.hostile');
  });

  test('an ordinary sheet that repeats itself passes', async () => {
    const row = Buffer.from('<row><c><v>1</v></c><c/><c/><c/><c/><c/><c/><c/><c/><c/></row>'.repeat(5000));
    const deflated = deflateRepeated(head, row, 60, tail);
    const read = await readText(withPart(sheetName, { deflated }));
    expect(read).toHaveLength(300_000);
  });

  test('the caps hold on their own', async () => {
    const bytes = writeWorkbook(honest);
    expect(await codeOfReading(bytes, { caps: { maxInflatedBytes: 1000 } })).toBe('file.hostile');
    expect(await codeOfReading(bytes, { caps: { maxRows: 39 } })).toBe('file.too-many-rows');
    expect(await codeOfReading(bytes, { caps: { maxColumns: 1 } })).toBe('file.damaged');
    expect(await codeOfReading(bytes, { caps: { maxSharedStrings: 0 } })).toBe('file.too-large');
    expect(await codeOfReading(bytes, { caps: { maxCellCharacters: 3 } })).toBe('file.hostile');
    expect(await codeOfReading(bytes, { caps: { maxRows: 40, maxColumns: 2, maxCellCharacters: 4 } })).toBe(
      'read S',
    );
  });

  test('ten thousand sheets', async () => {
    const sheets = Array.from({ length: 10_000 }, (_unused, index) => ({ name: `S${index}`, xml: '' }));
    expect(await codeOfReading(writeWorkbook({ sheets }))).toBe('file.too-many-sheets');
  });
});

describe('archives that lie', () => {
  test.each<[string, Partial<ZipPart>, string]>([
    ['a wrong checksum', { claims: { crc: 1 } }, 'file.damaged'],
    ['a size too small', { claims: { size: 10 } }, 'file.damaged'],
    ['a size too large', { claims: { size: 4_000_000_000 } }, 'file.damaged'],
    ['a compressed size too small', { claims: { compressedSize: 20 } }, 'file.damaged'],
    ['a compressed size past the end', { claims: { compressedSize: 2_000_000_000 } }, 'file.damaged'],
    ['an offset past the end', { claims: { offset: 3_000_000_000 } }, 'file.damaged'],
    ['an offset onto another part', { claims: { offset: 0 } }, 'file.hostile'],
    ['encryption', { claims: { flags: 1 } }, 'file.encrypted'],
    ['an unknown method', { claims: { method: 99 } }, 'file.unsupported'],
    ['deflated bytes that are none', { claims: { method: 8 }, stored: true }, 'file.damaged'],
  ])('%s', async (_name, change, code) => {
    expect(await codeOfReading(withPart(sheetName, change))).toBe(code);
  });

  test.each([
    ['two parts of one name', sheetName],
    ['two parts of one name but for case', sheetName.toUpperCase()],
    ['a path out of the archive', '../../evil.xml'],
    ['a path out of the archive with back-slashes', 'xl\\..\\..\\evil.xml'],
    ['an absolute path', '/etc/passwd'],
    ['a drive', 'C:\\evil.xml'],
  ])('%s', async (_name, name) => {
    expect(await codeOfReading(writeZip([...listParts(honest), { name, data: 'x' }]))).toBe('file.hostile');
  });
});

describe('formulas that would run something', () => {
  const command = "cmd|'/c calc'!A0";

  test('are never looked at: the value that was saved with one is what is read', async () => {
    const cells = `<c r="A1"><f>${command}</f><v>5</v></c><c r="B1" t="str"><f>WEBSERVICE("http://x.invalid/")</f><v>was here</v></c><c r="C1"><f>${command}</f></c>`;
    const link = {
      name: 'xl/externalLinks/externalLink1.xml',
      data: '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>',
    };
    const bytes = writeWorkbook({
      sheets: [{ name: 'S', xml: `<row r="1">${cells}</row>` }],
      parts: [link],
    });
    const { sheets, notes } = await readAll(bytes);
    expect(sheets[0]?.rows.map((row) => row.text)).toEqual([['5', 'was here']]);
    expect(notes.map((note) => note.code).sort()).toEqual([
      'xlsx.dde-ignored',
      'xlsx.external-links-ignored',
      'xlsx.formula-without-value',
    ]);
  });

  test('are text in a text file', async () => {
    const rows = await readText(`name,note\nKez,=${command}\n`, {}, 'list.csv');
    expect(rows).toEqual([
      ['name', 'note'],
      ['Kez', `=${command}`],
    ]);
  });
});

describe('markup that attacks', () => {
  const doctype = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>';

  test.each([sheetName, 'xl/workbook.xml', 'xl/styles.xml', 'xl/sharedStrings.xml', '_rels/.rels'])(
    'a document type in %s',
    async (name) => {
      const part = listParts(honest).find((one) => one.name === name);
      const data = String(part?.data).replace(/\?>\n/, `?>${doctype}`);
      expect(await codeOfReading(withPart(name, { data }))).toBe('file.hostile');
    },
  );

  test('entities that nobody declared stay as written', async () => {
    expect(
      await readText(
        withPart('xl/sharedStrings.xml', { data: '<sst><si><t>&b;&#0;&#xD800;</t></si></sst>' }),
      ).then((read) => read[0]?.[0]),
    ).toBe('&b;\ufffd\ufffd');
  });

  test('elements nested without end', async () => {
    const deep = `<styleSheet>${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}</styleSheet>`;
    expect(await codeOfReading(withPart('xl/styles.xml', { data: deep }))).toBe('file.hostile');
    const inSheet = wrapSheet(`<sheetData><row>${'<a>'.repeat(100_000)}</row></sheetData>`);
    expect(await codeOfReading(withPart(sheetName, { data: inSheet }))).toBe('read S');
  });

  test('a cell beyond the last column, a row beyond the last', async () => {
    expect(
      await codeOfReading(
        withPart(sheetName, { data: wrapSheet('<row><c r="ZZZZZZZZ1"><v>1</v></c></row>') }),
      ),
    ).toBe('file.damaged');
    expect(
      await codeOfReading(
        withPart(sheetName, { data: wrapSheet('<row r="99999999999"><c><v>1</v></c></row>') }),
      ),
    ).toBe('file.too-many-rows');
  });
});

describe('damage', () => {
  const bytes = writeWorkbook(honest);

  test('cut anywhere, a workbook is refused and never hangs or reads short', async () => {
    for (let length = 4; length < bytes.length; length += 5) {
      expect(await codeOfReading(bytes.subarray(0, length)), `cut at ${length}`).toMatch(
        /^file\.(damaged|not-spreadsheet)$/,
      );
    }
  });

  test('with any byte changed, a workbook reads as it was or is refused by name', async () => {
    const expected = await readText(bytes);
    for (let at = 0; at < bytes.length; at += 5) {
      const changed = Buffer.from(bytes);
      changed[at] = (createHash('md5').update(String(at)).digest()[0] ?? 0) ^ (changed[at] ?? 0);
      const code = await codeOfReading(changed);
      if (code.startsWith('read ')) expect((await readText(changed))[0]?.length).toBe(expected[0]?.length);
      else expect(code, `byte ${at}`).toMatch(/^file\./);
    }
  });
});

import { describe, expect, test } from 'vitest';
import { bufferSource } from '../../electron/engine/intake/readers/byteSource.ts';
import { openSpreadsheet } from '../../electron/engine/intake/readers/openSpreadsheet.ts';
import type { OpenedFile, SheetReader } from '../../electron/engine/intake/readers/types.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { wrapSheet, writeWorkbook } from './support/writeWorkbook.ts';

const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const threads = 'http://schemas.microsoft.com/office/2017/10/relationships';
const threadedMain = 'http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments';

type Workbook = Parameters<typeof writeWorkbook>[0];

const open = (workbook: Workbook, chunkBytes?: number): Promise<OpenedFile> =>
  openSpreadsheet(
    bufferSource('test.xlsx', writeWorkbook(workbook)),
    chunkBytes === undefined ? {} : { chunkBytes },
  );

async function first(workbook: Workbook): Promise<SheetReader> {
  const sheet = (await open(workbook)).sheets[0];
  if (!sheet) throw new Error('no sheet');
  return sheet;
}

const relate = (...entries: [id: string, type: string, target: string, external?: boolean][]) =>
  `<Relationships>${entries
    .map(
      ([id, type, target, external]) =>
        `<Relationship Id="${id}" Type="${type}" Target="${target}"${external ? ' TargetMode="External"' : ''}/>`,
    )
    .join('')}</Relationships>`;

const around =
  '<cols><col min="1" max="1" width="9"/><col min="2" max="4" hidden="1"/><col min="7" max="16384" hidden="true"/><col min="6" max="6" hidden="0"/></cols>' +
  '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>sheetData says nothing</t></is></c></row></sheetData>' +
  '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>' +
  '<hyperlinks><hyperlink ref="A1" location="Other!B2"/></hyperlinks>';

describe('what a sheet says around its rows', () => {
  test('merges and hidden columns are known before any row is read', async () => {
    const sheet = await first({ sheets: [{ name: 'S', xml: around }] });
    expect(sheet.merges()).toEqual([]);
    await sheet.readMargins?.();
    expect(sheet.merges()).toEqual([{ firstRow: 1, lastRow: 1, firstColumn: 0, lastColumn: 2 }]);
    expect(sheet.hiddenColumns?.()).toEqual([
      { first: 1, last: 3 },
      { first: 6, last: 16_383 },
    ]);
  });

  test('hidden columns come with the first rows, merges with the last', async () => {
    const row = (number: number) => `<row r="${number}"><c><v>${number}</v></c></row>`;
    const rows = Array.from({ length: 40_000 }, (_unused, index) => row(index + 1)).join('');
    const sheet = await first({
      sheets: [{ name: 'S', xml: around.replace(/<row .*<\/row>/, rows) }],
    });
    let batches = 0;
    for await (const _batch of sheet.rows()) {
      if (batches++ === 0) {
        expect(sheet.hiddenColumns?.()).toHaveLength(2);
        expect(sheet.merges()).toHaveLength(0);
      }
    }
    expect(batches).toBeGreaterThan(1);
    expect(sheet.merges()).toHaveLength(1);
  });

  test('the pass over the rows finds their end under a prefix, across pieces, and not in a text', async () => {
    const text = '&lt;/sheetData&gt; sheetData> /sheetData>';
    const rows = `<x:row><x:c t="inlineStr"><x:is><x:t>${text}</x:t></x:is></x:c></x:row>`.repeat(5000);
    const part = Buffer.from(
      `<x:worksheet xmlns:x="m"><x:sheetData>${rows}</x:sheetData><x:mergeCells><x:mergeCell ref="B2:B9"/></x:mergeCells></x:worksheet>`,
    );
    const sheet = await first({ sheets: [{ name: 'S', xml: '', part }] });
    await sheet.readMargins?.();
    expect(sheet.merges()).toEqual([{ firstRow: 2, lastRow: 9, firstColumn: 1, lastColumn: 1 }]);
    // The end tag at every place of the piece's edge (64 KB), and cut right through.
    for (let shift = 0; shift < 14; shift++) {
      const head = wrapSheet('<sheetData>').replace('</worksheet>', '');
      const fill = ' '.repeat(64 * 1024 - head.length - shift);
      const tail = '</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>';
      const edge = await first({
        sheets: [{ name: 'S', xml: '', part: Buffer.from(head + fill + tail) }],
      });
      await edge.readMargins?.();
      expect(edge.merges()).toHaveLength(1);
    }
  });

  test('a sheet without its end is damage here too', async () => {
    const part = Buffer.from(wrapSheet('<sheetData><row/>').replace('</worksheet>', ''));
    const sheet = await first({ sheets: [{ name: 'S', xml: '', part }] });
    const failure = await sheet.readMargins?.().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AppError);
    expect((failure as AppError).code).toBe('file.damaged');
  });
});

describe('comments and links', () => {
  test('links keep their target as it stands, by address, by place, by both, over a range', async () => {
    const sheet = await first({
      sheets: [
        {
          name: 'S',
          xml:
            '<sheetData><row><c><v>1</v></c></row></sheetData><hyperlinks>' +
            '<hyperlink ref="B2" r:id="rId7" display="x"/><hyperlink ref="A3:B3" location="\'Zoë &amp; Co\'!A1"/>' +
            '<hyperlink ref="A1" r:id="rId8" location="page2"/><hyperlink ref="D9" r:id="gone"/><hyperlink r:id="rId7"/></hyperlinks>',
        },
      ],
      parts: [
        {
          name: 'xl/worksheets/_rels/sheet1.xml.rels',
          data: relate(
            ['rId7', `${relations}/hyperlink`, 'https://example.invalid/a?b=1&amp;c=../d', true],
            ['rId8', `${relations}/hyperlink`, 'file:///\\\\host\\share\\list.xlsx', true],
          ),
        },
      ],
    });
    expect(await sheet.annotations?.()).toEqual([
      { row: 1, column: 0, kind: 'link', text: 'file:///\\\\host\\share\\list.xlsx#page2' },
      { row: 2, column: 1, kind: 'link', text: 'https://example.invalid/a?b=1&c=../d' },
      { row: 3, column: 0, kind: 'link', text: "#'Zoë & Co'!A1" },
      { row: 3, column: 1, kind: 'link', text: "#'Zoë & Co'!A1" },
    ]);
  });

  test('links that a formula makes of a text, wherever a piece of the sheet ends', async () => {
    const filler = '<row><c t="str"><v>HYPERLINK("not a formula")</v></c></row>';
    const rows =
      '<row r="7"><c r="A7" s="1" t="str"><f>HYPERLINK("https://example.invalid/?a=1&amp;b=""q""","Zoë")</f><v>Zoë</v></c>' +
      '<c r="B7" t="str"><f t="shared" si="0" ref="B7:B8">HYPERLINK(A1,"by cell")</f><v>x</v></c>' +
      '<c r="C7" t="str"><f ca="1">HYPERLINK("#Other!A1")</f><v>x</v></c></row>';
    const expected = [
      { row: 7, column: 0, kind: 'link', text: 'https://example.invalid/?a=1&b="q"' },
      { row: 7, column: 2, kind: 'link', text: '#Other!A1' },
    ];
    for (const shift of [0, 40, 100, 150, 200, 250, 300, 400, 450]) {
      const head = wrapSheet('<sheetData>').replace('</worksheet>', '') + filler.repeat(40);
      const fill = ' '.repeat(64 * 1024 - head.length - shift);
      const part = Buffer.from(`${head + fill + rows}</sheetData></worksheet>`);
      const sheet = await first({ sheets: [{ name: 'S', xml: '', part }] });
      for await (const _batch of sheet.rows());
      expect(await sheet.annotations?.()).toEqual(expected);
    }
  });

  test('comments: authors, rich text, a name that is there already, empty ones', async () => {
    const sheet = await first({
      sheets: [{ name: 'S', xml: '<row><c><v>1</v></c></row>' }],
      parts: [
        {
          name: 'xl/worksheets/_rels/sheet1.xml.rels',
          data: relate(['rId1', `${relations}/comments`, '../comments1.xml']),
        },
        {
          name: 'xl/comments1.xml',
          data:
            '<comments xmlns="m"><authors><author>Ann Ashby</author><author/><author>B &amp; Łódź</author></authors><commentList>' +
            '<comment ref="C5" authorId="0"><text><r><rPr><b/></rPr><t>Ann Ashby:</t></r><r><t xml:space="preserve">\nwrong number</t></r><rPh sb="0" eb="1"><t>no</t></rPh></text></comment>' +
            '<comment ref="A2" authorId="2"><text><t>seen _x0041_ &lt;twice&gt;</t></text></comment>' +
            '<comment ref="A3" authorId="1"><text><t>nobody</t></text></comment>' +
            '<comment ref="A4" authorId="0"><text/></comment><comment ref="nowhere"><text><t>lost</t></text></comment>' +
            '</commentList></comments>',
        },
      ],
    });
    expect(await sheet.annotations?.()).toEqual([
      { row: 2, column: 0, kind: 'comment', text: 'B & Łódź: seen A <twice>' },
      { row: 3, column: 0, kind: 'comment', text: 'nobody' },
      { row: 5, column: 2, kind: 'comment', text: 'Ann Ashby:\nwrong number' },
    ]);
  });

  test('threads: every message with the name of its writer, and not the copy for old versions', async () => {
    const workbookRelations = relate(
      ['rId1', `${relations}/worksheet`, 'worksheets/sheet1.xml'],
      ['rId2', `${threads}/person`, 'persons/person.xml'],
    );
    const sheet = await first({
      sheets: [{ name: 'S', xml: '<row><c><v>1</v></c></row>' }],
      parts: [
        { name: 'xl/_rels/workbook.xml.rels', data: workbookRelations },
        {
          name: 'xl/persons/person.xml',
          data: `<personList xmlns="${threadedMain}"><person displayName="Ann Ashby" id="{1}"/><person displayName="Ben Birk" id="{2}"/></personList>`,
        },
        {
          name: 'xl/worksheets/_rels/sheet1.xml.rels',
          data: relate(
            ['rId1', `${relations}/comments`, '../comments1.xml'],
            ['rId2', `${threads}/threadedComment`, '../threadedComments/threadedComment1.xml'],
          ),
        },
        {
          name: 'xl/comments1.xml',
          data:
            '<comments><authors><author>tc={9}</author><author>Cat Clay</author></authors><commentList>' +
            '<comment ref="B2" authorId="0"><text><t>[Threaded comment] a copy</t></text></comment>' +
            '<comment ref="B3" authorId="1"><text><t>an old note</t></text></comment></commentList></comments>',
        },
        {
          name: 'xl/threadedComments/threadedComment1.xml',
          data:
            `<ThreadedComments xmlns="${threadedMain}"><threadedComment ref="B2" dT="2026-01-01T10:00:00" personId="{1}" id="{9}"><text>is this his number?</text></threadedComment>` +
            '<threadedComment ref="B2" personId="{2}" id="{10}" parentId="{9}"><text>yes &amp; no</text></threadedComment></ThreadedComments>',
        },
      ],
    });
    expect(await sheet.annotations?.()).toEqual([
      { row: 2, column: 1, kind: 'comment', text: 'Ann Ashby: is this his number?' },
      { row: 2, column: 1, kind: 'comment', text: 'Ben Birk: yes & no' },
      { row: 3, column: 1, kind: 'comment', text: 'Cat Clay: an old note' },
    ]);
  });

  test('too many, too long: cut and noted; a declared entity is refused', async () => {
    const comment = (row: number, text: string) =>
      `<comment ref="A${row}" authorId="0"><text><t>${text}</t></text></comment>`;
    const withComments = (comments: string, links = '') => ({
      sheets: [{ name: 'S', xml: `<sheetData/>${links}` }],
      parts: [
        {
          name: 'xl/worksheets/_rels/sheet1.xml.rels',
          data: relate(['rId1', `${relations}/comments`, '/xl/comments1.xml']),
        },
        { name: 'xl/comments1.xml', data: comments },
      ],
    });
    const long = await open(withComments(`<comments>${comment(1, 'x'.repeat(100_000))}</comments>`));
    expect((await long.sheets[0]?.annotations?.())?.map((found) => found.text.length)).toEqual([32_767]);
    expect(long.notes.map((note) => note.code)).toEqual(['xlsx.comments-cut']);

    const links = '<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>';
    const many = await open(
      withComments(`<comments>${comment(1, 'one') + comment(2, 'two')}</comments>`, links),
    );
    const found = (await many.sheets[0]?.annotations?.()) ?? [];
    expect(found.filter((each) => each.kind === 'comment')).toHaveLength(2);
    expect(found.filter((each) => each.kind === 'link')).toHaveLength(1000);
    expect(many.notes.map((note) => note.code)).toEqual(['xlsx.comments-cut']);

    const hostile = await open(
      withComments('<!DOCTYPE a [<!ENTITY b "c">]><comments><comment ref="A1"/></comments>'),
    );
    const failure = await hostile.sheets[0]?.annotations?.().catch((error: unknown) => error);
    expect((failure as AppError).code).toBe('file.hostile');
  });
});

describe('what is never run or fetched', () => {
  test('DDE, macro sheets, connections, objects are noted', async () => {
    const link = (inside: string) =>
      `<externalLink xmlns="m">${inside}<ddeItems><ddeItem name="A0" advise="1"/></ddeItems></externalLink>`;
    const opened = await open({
      sheets: [
        { name: 'Auto', xml: '<row><c><v>1</v></c></row>' },
        { name: 'Data', xml: '<row><c><f>[1]!A0</f><v>2</v></c></row>' },
      ],
      parts: [
        {
          name: 'xl/_rels/workbook.xml.rels',
          data: relate(
            [
              'rId1',
              'http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet',
              'macrosheets/sheet1.xml',
            ],
            ['rId2', `${relations}/worksheet`, 'worksheets/sheet2.xml'],
          ),
        },
        {
          name: 'xl/externalLinks/externalLink1.xml',
          data: link('<ddeLink ddeService="cmd" ddeTopic="/c calc">'),
        },
        { name: 'xl/connections.xml', data: '<connections/>' },
        { name: 'xl/embeddings/oleObject1.bin', data: 'x' },
        { name: 'xl/media/image1.png', data: 'x' },
      ],
    });
    expect(opened.sheets.map((sheet) => sheet.name)).toEqual(['Data']);
    expect(opened.notes.map((note) => note.code).sort()).toEqual([
      'xlsx.connections-ignored',
      'xlsx.dde-ignored',
      'xlsx.external-links-ignored',
      'xlsx.macros-ignored',
      'xlsx.objects-ignored',
      'xlsx.pictures-left-out',
      'xlsx.sheet-without-cells',
    ]);
    const rows: string[][] = [];
    for await (const batch of opened.sheets[0]?.rows() ?? []) rows.push(...batch.map((row) => row.text));
    expect(rows).toEqual([['2']]);
  });
});

describe('a few bytes that refer to much text', () => {
  const texts = Array.from({ length: 64 }, (_unused, index) => `${index} ${'é'.repeat(50_000)}`);
  const strings = texts.map((text) => `<si><t>${text}</t></si>`).join('');

  test('rows are handed on before their texts fill memory, all of them and in order', async () => {
    const xml = Array.from(
      { length: 2000 },
      (_unused, index) => `<row><c t="s"><v>${index % 64}</v></c></row>`,
    ).join('');
    const sheet = await first({ sheets: [{ name: 'S', xml }], strings });
    let read = 0;
    let most = 0;
    for await (const batch of sheet.rows()) {
      most = Math.max(
        most,
        batch.reduce((sum, row) => sum + (row.text[0]?.length ?? 0), 0),
      );
      for (const row of batch) {
        if (row.row !== ++read || row.text[0] !== texts[(read - 1) % 64])
          throw new Error(`row ${row.row} reads otherwise`);
      }
    }
    expect(read).toBe(2000);
    expect(most).toBeLessThan(10 * 1024 * 1024);
  });

  test('a row of more text than a row can have is refused', async () => {
    const xml = `<row>${'<c t="s"><v>1</v></c>'.repeat(1000)}</row>`;
    const sheet = await first({ sheets: [{ name: 'S', xml }], strings });
    const reading = async () => {
      for await (const _batch of sheet.rows());
    };
    await expect(reading()).rejects.toMatchObject({ code: 'file.hostile', details: { row: 1 } });
  });
});

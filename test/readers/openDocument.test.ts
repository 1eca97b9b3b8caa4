import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bufferSource } from '../../electron/engine/intake/readers/byteSource.ts';
import { openSpreadsheet } from '../../electron/engine/intake/readers/openSpreadsheet.ts';
import { codeOfReading, readAll, readInspected, readText } from './support/readCells.ts';
import { writeZip } from './support/writeZip.ts';

function writeDocument(tables: string, styles = ''): Buffer {
  const content = `<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`;
  return writeZip([
    { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', stored: true },
    { name: 'content.xml', data: content },
    { name: 'META-INF/manifest.xml', data: '<manifest:manifest/>' },
  ]);
}

const table = (rows: string, more = '') => `<table:table table:name="Sheet1"${more}>${rows}</table:table>`;
const row = (cells: string, more = '') => `<table:table-row${more}>${cells}</table:table-row>`;
const cell = (content: string, more = '') => `<table:table-cell${more}>${content}</table:table-cell>`;
const text = (shown: string) => cell(`<text:p>${shown}</text:p>`, ' office:value-type="string"');
const typed = (attributes: string, shown: string) =>
  cell(shown === '' ? '' : `<text:p>${shown}</text:p>`, ` office:value-type=${attributes}`);

const readCells = (cells: string) => readInspected(writeDocument(table(row(cells))));

describe('cells of OpenDocument', () => {
  test('what is shown and what is stored', async () => {
    const cells = [
      typed('"float" office:value="447700900123"', '4.477E+11'),
      typed('"percentage" office:value="0.5"', '50%'),
      typed('"currency" office:currency="GBP" office:value="12.5"', '£12.50'),
      typed('"boolean" office:boolean-value="true"', 'TRUE'),
      typed('"float" office:value="1" calcext:value-type="float"', 'TRUE'),
      typed('"date" office:date-value="2026-11-24"', '24/11/2026'),
      typed('"date" office:date-value="2026-11-24T13:05:00"', '24 Nov 13:05'),
      typed('"time" office:time-value="PT13H05M00S"', '13:05'),
      typed('"time" office:time-value="PT30H00M00S"', '30:00'),
      typed('"string" calcext:value-type="error"', '#N/A'),
    ];
    expect(await readCells(cells.join(''))).toEqual([
      [
        '4.477E+11|447700900123|number',
        '50%|0.5|number',
        '£12.50|12.5|number',
        'TRUE|true|boolean',
        'TRUE|true|boolean',
        '24/11/2026|2026-11-24|date',
        '24 Nov 13:05|2026-11-24T13:05:00|datetime',
        '13:05|13:05:00|time',
        '30:00|PT30H|duration',
        '#N/A|#N/A|error',
      ],
    ]);
  });

  test('a short date of the United States shows as one of this country', async () => {
    const cells = ['9/11/2011', '09/11/11 10:00', '11 September 2011', '11/9/2011', '11.9.11'].map((shown) =>
      typed('"date" office:date-value="2011-09-11"', shown),
    );
    const shown = await readText(writeDocument(table(row(cells.join('')))));
    expect(shown[0]).toEqual(['11/09/2011', '11/09/2011 10:00', '11 September 2011', '11/9/2011', '11.9.11']);
  });

  test('a value without a text is shown, whether or not its tag is closed at once', async () => {
    const empty = '<table:table-cell office:value-type="float" office:value="7"/>';
    expect(await readCells(empty + typed('"date" office:date-value="2026-11-24"', ''))).toEqual([
      ['7|7|number', '2026-11-24|2026-11-24|date'],
    ]);
  });

  test('spaces, tabs, breaks, paragraphs and entities', async () => {
    const shown = 'a<text:s text:c="2"/>b  c\n d<text:tab/>e<text:line-break/>f &lt;&amp;&#163;';
    const cells = cell(`<text:p>${shown}</text:p>\n<text:p><text:span>second</text:span></text:p>`);
    expect((await readText(writeDocument(table(row(cells)))))[0]).toEqual(['a  b c d\te\nf <&£\nsecond']);
  });

  test('comments, drawings and tables in a cell are no content of it', async () => {
    const aside =
      '<office:annotation><text:p>a comment</text:p></office:annotation><draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame>';
    const inner = `<table:table table:name="in">${row(text('inner'))}</table:table>`;
    const cells = cell(`${aside}<text:p>itself</text:p>${inner}`) + text('next');
    expect(await readText(writeDocument(table(row(cells))))).toEqual([['itself', 'next']]);
  });
});

describe('rows and sheets of OpenDocument', () => {
  test('repeats, hidden rows, merges, hidden sheets', async () => {
    const styles =
      '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>';
    const rows = [
      row(text('one'), ' table:number-rows-repeated="2"'),
      row(cell(''), ' table:number-rows-repeated="3"'),
      row(
        cell('', ' table:number-columns-repeated="2"') +
          cell('<text:p>x</text:p>', ' table:number-columns-repeated="2"'),
        ' table:visibility="filter"',
      ),
      row(
        cell('<text:p>m</text:p>', ' table:number-columns-spanned="2" table:number-rows-spanned="3"') +
          '<table:covered-table-cell/>' +
          text('after'),
      ),
      row(cell('', ' table:number-columns-repeated="16384"'), ' table:number-rows-repeated="1048569"'),
    ];
    const bytes = writeDocument(
      table(rows.join('')) +
        '<table:table table:name="Aside" table:style-name="ta2"/>' +
        `<table:table table:name="Hidden &amp; away" table:style-name="ta2">${row(text('h'))}</table:table>` +
        `<table:table table:name="'file:///other.ods'#Sheet" table:style-name="ta_extref">${row(text('copy'))}</table:table>`,
      styles,
    );
    const opened = await openSpreadsheet(bufferSource('test.ods', bytes));
    expect(opened.format).toBe('ods');
    expect(opened.sheets.map((sheet) => [sheet.name, sheet.visibility])).toEqual([
      ['Sheet1', 'visible'],
      ['Hidden & away', 'hidden'],
    ]);
    expect(opened.notes.map((note) => note.code)).toEqual(['ods.copy-left-out']);
    for (let time = 0; time < 2; time++) {
      const found = [];
      for await (const batch of opened.sheets[0]?.rows() ?? []) found.push(...batch);
      expect(found).toEqual([
        { row: 1, text: ['one'] },
        { row: 2, text: ['one'] },
        { row: 6, text: ['', '', 'x', 'x'], hidden: true },
        { row: 7, text: ['m', '', 'after'] },
      ]);
      expect(opened.sheets[0]?.merges()).toEqual([
        { firstRow: 7, lastRow: 9, firstColumn: 0, lastColumn: 1 },
      ]);
    }
    await opened.close();
  });

  test('a long sheet comes whole and in order', async () => {
    const rows = Array.from({ length: 3000 }, (_unused, index) => row(text(`row ${index}`)));
    const { sheets } = await readAll(writeDocument(table(rows.join(''))));
    expect(sheets[0]?.rows.map((each) => each.text[0])).toEqual(rows.map((_row, index) => `row ${index}`));
  });

  test.each<[string, string, string]>([
    [
      'repeats beyond all measure',
      table(
        row(
          cell('<text:p>x</text:p>', ' table:number-columns-repeated="16384"'),
          ' table:number-rows-repeated="1048576"',
        ),
      ),
      'file.hostile',
    ],
    [
      'a row beyond the last',
      table(row(text('x'), ' table:number-rows-repeated="1048577"')),
      'file.too-many-rows',
    ],
    [
      'a column beyond the last',
      table(row(cell('<text:p>x</text:p>', ' table:number-columns-repeated="16385"'))),
      'file.damaged',
    ],
    ['a cell of great length', table(row(text('x'.repeat(200_000)))), 'file.hostile'],
    ['no table', '', 'file.damaged'],
    ['a table without end', '<table:table table:name="a"><table:table-row>', 'file.damaged'],
    ['a tag that is none', table(row('<table:table-cell <text:p>x</text:p>')), 'file.damaged'],
  ])('%s', async (_name, tables, code) => {
    expect(await codeOfReading(writeDocument(tables))).toBe(code);
  });

  test('markup of its own making is refused', async () => {
    const bytes = writeZip([
      { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet' },
      {
        name: 'content.xml',
        data: '<!DOCTYPE a [<!ENTITY b "c">]><office:document-content>&b;</office:document-content>',
      },
      { name: 'META-INF/manifest.xml', data: '<x/>' },
    ]);
    expect(await codeOfReading(bytes)).toBe('file.hostile');
  });

  test('whatever text a cell holds comes back', async () => {
    const written = (raw: string) => raw.replace(/&/g, '&amp;').replace(/</g, '&lt;');
    const words = fc.array(fc.stringMatching(/^[!-~À-ſ£€]{1,12}$/), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(words, async (found) => {
        const read = await readText(
          writeDocument(table(row(found.map((each) => text(written(each))).join('')))),
        );
        expect(read).toEqual([found]);
      }),
      { numRuns: 8 },
    );
  });
});

import { describe, expect, test } from 'vitest';
import { codeOfReading, readAll, readInspected, readText } from './support/readCells.ts';
import { wrapSheet, writeWorkbook } from './support/writeWorkbook.ts';

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** One row of cells given as XML, read back. */
const cells = async (xml: string, rest: Partial<Parameters<typeof writeWorkbook>[0]> = {}) =>
  (
    await readInspected(writeWorkbook({ sheets: [{ name: 'S', xml: `<row r="1">${xml}</row>` }], ...rest }))
  )[0];

describe('cells', () => {
  test('numbers, booleans, errors, formula strings, blanks', async () => {
    expect(
      await cells(
        '<c r="A1"><v>42</v></c><c r="B1"><v>-0.50</v></c><c r="C1" t="b"><v>1</v></c><c r="D1" t="e"><v>#N/A</v></c>' +
          '<c r="E1" t="str"><f>A1&amp;"x"</f><v>42x</v></c><c r="F1" s="0"/><c r="G1"><f>1+1</f><v>2</v></c>' +
          '<c r="H1" t="n"><v>1E3</v></c><c r="I1"><v>0.30000000000000004</v></c><c r="J1" t="b"><v>0</v></c>',
      ),
    ).toEqual([
      '42|42|number',
      '-0.5|-0.5|number',
      'TRUE|true|boolean',
      '#N/A|#N/A|error',
      '42x|42x|text',
      '',
      '2|2|number',
      '1000|1000|number',
      '0.3|0.30000000000000004|number',
      'FALSE|false|boolean',
    ]);
  });

  test('long numbers keep their digits in what is stored', async () => {
    expect(
      await cells(
        '<c r="A1"><v>447700900123</v></c><c r="B1" s="1"><v>447700900123</v></c><c r="C1" s="2"><v>7700900123</v></c>',
        {
          formats: ['0', '00000000000'],
        },
      ),
    ).toEqual([
      '4.47701E+11|447700900123|number',
      '447700900123|447700900123|number',
      '07700900123|7700900123|number',
    ]);
  });

  test('a formula without a saved result is blank and noted, an empty result is only blank', async () => {
    const bytes = writeWorkbook({
      sheets: [
        {
          name: 'S',
          xml: '<row r="1"><c r="A1"><f>NOW()</f></c><c r="B1" t="str"><f>""</f><v></v></c><c r="C1"><v>1</v></c></row>',
        },
      ],
    });
    const { sheets, notes } = await readAll(bytes);
    expect(sheets[0]?.rows[0]?.text).toEqual(['', '', '1']);
    expect(notes.map((note) => note.code)).toEqual(['xlsx.formula-without-value']);
    const quiet = await readAll(
      writeWorkbook({
        sheets: [
          { name: 'S', xml: '<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>1</v></c></row>' },
        ],
      }),
    );
    expect(quiet.notes).toEqual([]);
  });

  test('dates, times and durations by the format of the style', async () => {
    expect(
      await cells(
        '<c r="A1" s="1"><v>45000</v></c><c r="B1" s="2"><v>45000.5</v></c><c r="C1" s="3"><v>0.25</v></c>' +
          '<c r="D1" s="4"><v>1.5</v></c><c r="E1" s="5"><v>45000</v></c><c r="F1" s="1"><v>60</v></c><c r="G1" t="d" s="1"><v>2023-03-15</v></c>',
        { formats: ['[$-809]dd\\ mmmm\\ yyyy;@'], formatIds: [22, 20, 46, 14] },
      ),
    ).toEqual([
      '15 March 2023|2023-03-15|date',
      '15/03/2023 12:00|2023-03-15T12:00:00|datetime',
      '06:00|06:00:00|time',
      '36:00:00|PT36H|duration',
      '15/03/2023|2023-03-15|date',
      '29 February 1900|60|number',
      '15 March 2023|2023-03-15|date',
    ]);
  });

  test('a 1904 workbook', async () => {
    expect(
      await cells(
        '<c r="A1" s="1"><v>43538</v></c><c r="B1" s="2"><v>0.25</v></c><c r="C1"><v>43538</v></c>',
        {
          date1904: true,
          formatIds: [14, 20],
        },
      ),
    ).toEqual(['15/03/2023|2023-03-15|date', '06:00|06:00:00|time', '43538|43538|number']);
  });
});

describe('text', () => {
  test('shared strings: entities, runs, phonetics, space, escapes, line ends', async () => {
    const strings =
      '<si><t>plain</t></si>' +
      '<si><t>O&apos;Neill &amp; Sons &lt;&#163;&#x20AC;&gt;</t></si>' +
      '<si><r><rPr><b/></rPr><t xml:space="preserve">two </t></r><r><t>runs</t></r></si>' +
      '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>' +
      '<si><t xml:space="preserve"> kept </t></si>' +
      '<si><t> trimmed </t></si>' +
      '<si><t>a_x000D__x000A_b _x005F_x0041_ _xZZZZ_</t></si>' +
      '<si><t>line\r\nend</t></si>' +
      '<si/>' +
      '<si><t><![CDATA[<raw & ready>]]></t></si>' +
      '<si><t/></si>' +
      '<si><t>last 😀 Łódź</t></si>';
    const xml = Array.from({ length: 12 }, (_unused, index) => `<c t="s"><v>${index}</v></c>`).join('');
    expect(
      await readText(writeWorkbook({ sheets: [{ name: 'S', xml: `<row>${xml}</row>` }], strings })),
    ).toEqual([
      [
        'plain',
        "O'Neill & Sons <£€>",
        'two runs',
        '東京',
        ' kept ',
        'trimmed',
        'a\r\nb _x0041_ _xZZZZ_',
        'line\nend',
        '',
        '<raw & ready>',
        '',
        'last 😀 Łódź',
      ],
    ]);
  });

  test('inline strings, rich or plain', async () => {
    expect(
      await cells(
        '<c r="A1" t="inlineStr"><is><t>07700 900123</t></is></c>' +
          '<c r="B1" t="inlineStr"><is><r><t xml:space="preserve">Zoë </t></r><r><t>O’Neill</t></r><rPh><t>no</t></rPh></is></c>' +
          '<c r="C1" t="inlineStr"><is/></c><c r="D1" t="str"><v>£5 &amp; more_x000A_</v></c>',
      ),
    ).toEqual([
      '07700 900123|07700 900123|text',
      'Zoë O’Neill|Zoë O’Neill|text',
      '',
      '£5 & more\n|£5 & more\n|text',
    ]);
  });

  test('a table of a few hundred thousand strings is handed out right', async () => {
    const count = 300_000;
    const strings = Array.from({ length: count }, (_unused, index) => `<si><t>item ${index}</t></si>`).join(
      '',
    );
    const wanted = [0, 1, 65_536, 262_143, 262_144, count - 1, 0, 262_144];
    const xml = `<row>${wanted.map((index) => `<c t="s"><v>${index}</v></c>`).join('')}</row>`;
    expect(await readText(writeWorkbook({ sheets: [{ name: 'S', xml }], strings }))).toEqual([
      wanted.map((index) => `item ${index}`),
    ]);
  });
});

describe('the usual ways of writing a cell and the others give the same', () => {
  test.each([
    ['', ''],
    ['x:', ' xmlns:x="m"'],
  ])('under the prefix “%s”', async (prefix, declared) => {
    const c = (attributes: string, inside: string) =>
      `<${prefix}c ${attributes}>${inside.replace(/<(\/?)(\w)/g, `<$1${prefix}$2`)}</${prefix}c>`;
    const row =
      c('r="A1" t="inlineStr"', '<is><t>Zoë</t></is>') +
      c('r="B1" t="inlineStr"', '<is><t xml:space="preserve"> two  </t></is>') +
      c('r="C1" t="inlineStr"', '<is><t> trimmed </t></is>') +
      c('r="D1" t="inlineStr"', '<is><t>a &amp; b_x0041_</t></is>') +
      c('r="E1" t="str"', '<f>A1&amp;"x"</f><v>Łódź &lt;</v>') +
      c('r="F1" t="str"', '<f><![CDATA[A1<B1]]></f><v>cdata</v>') +
      c('t="s" r="G1" s="0"', '<f t="shared" si="0"/><v>0</v>') +
      c('s="1" r="H1"', '<f ca="1" ref="H1:H2" t="array">NOW()</f><v>45000.5000000000001</v>') +
      c('r="I1"', '<v>12345678901234567890</v>') +
      c('r="J1"', '<v>-0.00012345678901234567</v>') +
      c('r="K1"', '<v>9007199254740993</v>') +
      c('r="L1"', '<v>+5</v>') +
      c('r="M1" t="str"', '<v>a_b</v>') +
      c("t='s' r='N1'", '<v> 0 </v>') +
      c('r="O1" t="inlineStr"', '<is><t>tab\tand &#13;</t></is><extLst><ext/></extLst>');
    const part = Buffer.from(
      `<${prefix}worksheet${declared}><${prefix}sheetData><${prefix}row r="1">${row}</${prefix}row></${prefix}sheetData></${prefix}worksheet>`,
    );
    const bytes = writeWorkbook({
      sheets: [{ name: 'S', xml: '', part }],
      strings: '<si><t>shared</t></si>',
      formatIds: [22],
    });
    expect((await readInspected(bytes))[0]).toEqual([
      'Zoë|Zoë|text',
      ' two  | two  |text',
      'trimmed|trimmed|text',
      'a & bA|a & bA|text',
      'Łódź <|Łódź <|text',
      'cdata|cdata|text',
      'shared|shared|text',
      '15/03/2023 12:00|2023-03-15T12:00:00|datetime',
      '1.23457E+19|12345678901234567000|number',
      '-0.000123457|-0.00012345678901234567|number',
      '9.0072E+15|9007199254740992|number',
      '5|5|number',
      'a_b|a_b|text',
      'shared|shared|text',
      'tab\tand|tab\tand|text',
    ]);
  });
});

describe('places', () => {
  test('sparse, unordered and unnumbered cells and rows', async () => {
    const { sheets } = await readAll(
      writeWorkbook({
        sheets: [
          {
            name: 'S',
            xml:
              '<row r="3"><c r="C3"><v>3</v></c><c r="A3"><v>1</v></c></row><row><c><v>1</v></c><c><v>2</v></c></row>' +
              '<row r="10" hidden="1"><c r="AB10"><v>28</v></c></row><row r="12"/><row r="13"><c r="A13"/></row>',
          },
        ],
      }),
    );
    const rows = sheets[0]?.rows ?? [];
    expect(rows.map((row) => [row.row, row.hidden])).toEqual([
      [3, undefined],
      [4, undefined],
      [10, true],
    ]);
    expect(rows[0]?.text).toEqual(['1', '', '3']);
    expect(rows[0]?.stored?.[1]).toBeUndefined();
    expect(rows[1]?.text).toEqual(['1', '2']);
    expect(rows[2]?.text[27]).toBe('28');
    expect(rows[2]?.text).toHaveLength(28);
  });

  test('inspection keeps row numbers', async () => {
    const bytes = writeWorkbook({ sheets: [{ name: 'S', xml: '<row r="3"><c r="B3"><v>3</v></c></row>' }] });
    expect(await readInspected(bytes)).toEqual([[], [], ['', '3|3|number']]);
  });

  test('a row wider than the one before and the other way round', async () => {
    const row = (number: number, width: number) =>
      `<row r="${number}">${'<c><v>1</v></c>'.repeat(width)}</row>`;
    const rows = await readText(
      writeWorkbook({ sheets: [{ name: 'S', xml: row(1, 2) + row(2, 60) + row(3, 1) }] }),
    );
    expect(rows.map((cells) => cells.length)).toEqual([2, 60, 1]);
    expect(rows.flat().every((text) => text === '1')).toBe(true);
  });

  test('merges and hidden sheets', async () => {
    const { openSpreadsheet } = await import('../../electron/engine/intake/readers/openSpreadsheet.ts');
    const { bufferSource } = await import('../../electron/engine/intake/readers/byteSource.ts');
    const bytes = writeWorkbook({
      sheets: [
        {
          name: 'A &amp; B',
          xml: '<sheetData><row><c><v>1</v></c></row></sheetData><mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="B4"/></mergeCells>',
        },
        { name: 'H', state: 'hidden', xml: '' },
        { name: 'V', state: 'veryHidden', xml: '' },
      ],
    });
    const opened = await openSpreadsheet(bufferSource('test.xlsx', bytes));
    expect(opened.sheets.map((sheet) => [sheet.name, sheet.visibility])).toEqual([
      ['A & B', 'visible'],
      ['H', 'hidden'],
      ['V', 'very-hidden'],
    ]);
    for await (const _batch of opened.sheets[0]?.rows() ?? []);
    expect(opened.sheets[0]?.merges()).toEqual([
      { firstRow: 1, lastRow: 1, firstColumn: 0, lastColumn: 2 },
      { firstRow: 4, lastRow: 4, firstColumn: 1, lastColumn: 1 },
    ]);
    await opened.close();
  });
});

describe('markup that other programs write', () => {
  const sheet = (part: string | Buffer, rest: Partial<Parameters<typeof writeWorkbook>[0]> = {}) =>
    readText(
      writeWorkbook({
        sheets: [{ name: 'S', xml: '', part: Buffer.from(part) }],
        strings: '<si><t>shared</t></si>',
        ...rest,
      }),
    );
  const expected = [['1', 'shared', 'inline é']];

  test('prefixed names, single quotes, spaces, comments and processing instructions', async () => {
    const part =
      `<?xml version='1.0'?><!-- <sheetData><row><c><v>9</v></c></row></sheetData> --><x:worksheet xmlns:x='${main}'>` +
      "<x:sheetData ><?go?><x:row r = '1' spans='1:3' ><!-- <x:c/> --><x:c  r='A1'\n s='0' ><x:v>1</x:v></x:c>" +
      "<x:c t='s' r='B1'><x:v>0</x:v ></x:c><x:c r='C1' t='inlineStr'><x:is><x:t>inline é</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>";
    expect(await sheet(part)).toEqual(expected);
  });

  test('indented markup, attributes that hold a greater-than sign, comments inside values', async () => {
    const part = `\n${wrapSheet(
      '<sheetPr codeName="a>b"/>\n <sheetData>\n  <row r="1" x="a>b">\n   <c r="A1" cm="1">\n    <v><!-- n -->1</v>\n   </c>\n' +
        '   <c r="B1" t="s"><v>\n 0 </v></c>\n <c r="C1" t="inlineStr"><is>\n<t>inline <![CDATA[é]]></t>\n</is></c></row>\n</sheetData>',
    )}`.trim();
    expect(await sheet(part)).toEqual(expected);
  });

  test('strict namespaces', async () => {
    const strict = 'http://purl.oclc.org/ooxml/spreadsheetml/main';
    const part = `<worksheet xmlns="${strict}"><sheetData><row><c><v>1</v></c><c t="s"><v>0</v></c><c t="inlineStr"><is><t>inline é</t></is></c></row></sheetData></worksheet>`;
    const strictRelations = 'http://purl.oclc.org/ooxml/officeDocument/relationships';
    expect(
      await sheet(part, {
        parts: [
          {
            name: '_rels/.rels',
            data: `<Relationships><Relationship Id="a" Type="${strictRelations}/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
          },
        ],
      }),
    ).toEqual(expected);
  });

  test('UTF-16 and a byte order mark', async () => {
    const part = wrapSheet(
      '<row><c><v>1</v></c><c t="s"><v>0</v></c><c t="inlineStr"><is><t>inline é</t></is></c></row>',
    );
    expect(await sheet(Buffer.from(`\ufeff${part.replace('UTF-8', 'UTF-16')}`, 'utf16le'))).toEqual(expected);
    expect(await sheet(Buffer.from(`\ufeff${part}`, 'utf16le').swap16())).toEqual(expected);
    expect(await sheet(`\ufeff${part}`)).toEqual(expected);
  });

  test('relationships: absolute, other case, back-slashed, missing', async () => {
    const xml = '<row><c><v>1</v></c></row>';
    const relation = (target: string) =>
      `<Relationships><Relationship Id="rId1" Type="${relations}/worksheet" Target="${target}"/></Relationships>`;
    for (const target of [
      '/xl/worksheets/sheet1.xml',
      'WORKSHEETS/Sheet1.XML',
      '../xl/worksheets/sheet1.xml',
      'worksheets\\sheet1.xml',
      'gone.xml',
    ]) {
      const bytes = writeWorkbook({
        sheets: [{ name: 'S', xml }],
        parts: [{ name: 'xl/_rels/workbook.xml.rels', data: relation(target) }],
      });
      expect(await readText(bytes)).toEqual([['1']]);
    }
    for (const name of [
      'xl/_rels/workbook.xml.rels',
      '_rels/.rels',
      'xl/styles.xml',
      'xl/sharedStrings.xml',
      '[Content_Types].xml',
    ]) {
      const bytes = writeWorkbook({ sheets: [{ name: 'S', xml }], parts: [{ name, data: undefined }] });
      expect(await readText(bytes)).toEqual([['1']]);
    }
  });

  test('cells that refer to missing texts are blank and noted, never wrong', async () => {
    const xml = '<row><c t="s"><v>0</v></c><c t="s"><v>99</v></c><c><v>1</v></c></row>';
    const { sheets, notes } = await readAll(
      writeWorkbook({ sheets: [{ name: 'S', xml }], strings: '<si><t>a</t></si>' }),
    );
    expect(sheets[0]?.rows[0]?.text).toEqual(['a', '', '1']);
    expect(notes.map((note) => note.code)).toEqual(['xlsx.text-missing']);
  });

  test('chart sheets are left out and noted; macros and links are noted', async () => {
    const { sheets, notes } = await readAll(
      writeWorkbook({
        sheets: [
          { name: 'Chart', xml: '' },
          { name: 'Data', xml: '<row><c><v>1</v></c></row>' },
        ],
        parts: [
          {
            name: 'xl/_rels/workbook.xml.rels',
            data: `<Relationships><Relationship Id="rId1" Type="${relations}/chartsheet" Target="chartsheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`,
          },
          { name: 'xl/vbaProject.bin', data: 'x' },
          { name: 'xl/externalLinks/externalLink1.xml', data: '<x/>' },
        ],
      }),
    );
    expect(sheets.map((sheet) => sheet.name)).toEqual(['Data']);
    expect(notes.map((note) => note.code).sort()).toEqual([
      'xlsx.external-links-ignored',
      'xlsx.macros-ignored',
      'xlsx.sheet-without-cells',
    ]);
  });

  test('stored parts, sizes after the data, zip64', async () => {
    const part = { name: 'xl/worksheets/sheet1.xml', data: wrapSheet('<row><c><v>1</v></c></row>') };
    for (const how of [
      { stored: true },
      { descriptor: true },
      { zip64: true },
      { zip64: true, descriptor: true },
    ]) {
      const bytes = writeWorkbook({ sheets: [{ name: 'S', xml: '' }], parts: [{ ...part, ...how }] });
      expect(await readText(bytes)).toEqual([['1']]);
    }
  });

  test('a row larger than many chunks', async () => {
    const wide = Array.from(
      { length: 16_384 },
      (_unused, column) => `<c t="inlineStr"><is><t>cell é ${column}</t></is></c>`,
    );
    const rows = await readText(
      writeWorkbook({
        sheets: [{ name: 'S', xml: `<row>${wide.join('')}</row><row><c><v>1</v></c></row>` }],
      }),
    );
    expect(rows[0]?.[16_383]).toBe('cell é 16383');
    expect(rows[1]).toEqual(['1']);
  });

  test('a sheet without its end is damage, not a short sheet', async () => {
    const part = Buffer.from(wrapSheet('<row><c><v>1</v></c></row>').replace('</sheetData></worksheet>', ''));
    expect(await codeOfReading(writeWorkbook({ sheets: [{ name: 'S', xml: '', part }] }))).toBe(
      'file.damaged',
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeOfReading, readAll, readText } from './support/readCells.ts';

const csv = (text: string | Buffer, chunkBytes?: number) =>
  readText(text, chunkBytes === undefined ? {} : { chunkBytes }, 'test.csv');

describe('records', () => {
  test('quotes, doubled quotes, line breaks and delimiters inside quotes', async () => {
    expect(await csv('a,"b, ""c""",d\r\n"two\r\nlines",,\r\n')).toEqual([
      ['a', 'b, "c"', 'd'],
      ['two\r\nlines'],
    ]);
  });

  test('phone numbers and references stay as written', async () => {
    expect(await csv('phone,ref\n07700900123,007\n4.477E+11,1/2\n')).toEqual([
      ['phone', 'ref'],
      ['07700900123', '007'],
      ['4.477E+11', '1/2'],
    ]);
  });

  test('ragged records keep their cells and lose only blanks at the end', async () => {
    expect(await csv('a,b,c\n1\n1,2,3,4\n,,\n,x,\n')).toEqual([
      ['a', 'b', 'c'],
      ['1'],
      ['1', '2', '3', '4'],
      [],
      ['', 'x'],
    ]);
  });

  test('blank records count', async () => {
    const { sheets } = await readAll('a,b\n\n\n1,2', {}, 'calls.csv');
    expect(sheets[0]?.name).toBe('calls');
    expect(sheets[0]?.rows.map((row) => [row.row, row.text.length])).toEqual([
      [1, 2],
      [2, 0],
      [3, 0],
      [4, 2],
    ]);
  });

  test.each(['\n', '\r\n', '\r'])('line end %j', async (end) => {
    expect(await csv(['a,b', '1,2', '3,4'].join(end))).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(await csv(['a,b', '1,2', ''].join(end))).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  test('mixed line ends', async () => {
    expect(await csv('a,b\r1,2\n3,4\r\n\r5,6')).toEqual([['a', 'b'], ['1', '2'], ['3', '4'], [], ['5', '6']]);
  });

  test('quotes that are not at the start of a cell are text, as is text after a closing quote', async () => {
    expect(await csv('5\' 10" tall,"a"b,\n x,"",z')).toEqual([
      ['5\' 10" tall', 'ab'],
      [' x', '', 'z'],
    ]);
  });

  test('an unclosed quote at the end is read and noted with its record', async () => {
    const { sheets, notes } = await readAll('a,b\n1,"never closed\n2,3\n', {}, 'test.csv');
    expect(sheets[0]?.rows.map((row) => row.text)).toEqual([
      ['a', 'b'],
      ['1', 'never closed\n2,3\n'],
    ]);
    expect(notes).toHaveLength(1);
    expect(notes[0]?.code).toBe('csv.unclosed-quote');
    expect(notes[0]?.message).toContain('record 2');
  });

  test('NUL bytes are left out and noted', async () => {
    const { sheets, notes } = await readAll(
      `name,town\nSmith\0,Kendal\n${'x,y\n'.repeat(100)}`,
      {},
      'test.csv',
    );
    expect(sheets[0]?.rows[1]?.text).toEqual(['Smith', 'Kendal']);
    expect(notes.map((note) => note.code)).toEqual(['csv.nul-bytes']);
  });
});

describe('delimiters', () => {
  test.each([
    [',', 'name,phone,town'],
    ['\t', 'name\tphone\ttown'],
    [';', 'name;phone;town'],
    ['|', 'name|phone|town'],
  ])('%j is found though others stand in the text', async (delimiter, header) => {
    const rest = ['A, B; C | D', '07700 900123', 'x'].map((cell) => `"${cell}"`).join(delimiter);
    const rows = await csv([header, rest, rest].join('\n'));
    expect(rows.map((row) => row.length)).toEqual([3, 3, 3]);
  });

  test('decimal commas do not win over semicolons', async () => {
    expect(await csv('sum;rate\n1,5;2,5\n3,0;4,25\n')).toEqual([
      ['sum', 'rate'],
      ['1,5', '2,5'],
      ['3,0', '4,25'],
    ]);
  });

  test('a title line above the header does not mislead', async () => {
    const rows = await csv(
      `Calls, texts, and data for Operation Fellside\n\nfrom\tto\twhen\n${'1\t2\t3\n'.repeat(5)}`,
    );
    expect(rows[2]).toEqual(['from', 'to', 'when']);
  });

  test('a sep= line names the delimiter, is not a row, and still counts', async () => {
    const { sheets } = await readAll('sep=;\na,b;c\n1,2;3\n', {}, 'test.csv');
    expect(sheets[0]?.rows).toMatchObject([
      { row: 2, text: ['a,b', 'c'] },
      { row: 3, text: ['1,2', '3'] },
    ]);
  });
});

describe('encodings', () => {
  const text = 'name,note\nZoë O’Neill,£20 – “deal”\nŁukasz,😀 ok\n';
  const rows = [
    ['name', 'note'],
    ['Zoë O’Neill', '£20 – “deal”'],
    ['Łukasz', '😀 ok'],
  ];
  const wide = Buffer.from(text, 'utf16le');

  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16LE with mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16LE without mark', wide],
    ['UTF-16BE with mark', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-16BE without mark', Buffer.from(wide).swap16()],
  ])('%s', async (_name, bytes) => {
    expect(await csv(bytes)).toEqual(rows);
    for (const chunkBytes of [1, 2, 3, 5, 7, 64]) expect(await csv(bytes, chunkBytes)).toEqual(rows);
  });

  test('Windows-1252 is read and noted', async () => {
    const bytes = Buffer.from('name,note\nZo\xeb O\x92Neill,\xa320 \x96 \x80\n', 'latin1');
    const { sheets, notes } = await readAll(bytes, {}, 'test.csv');
    expect(sheets[0]?.rows[1]?.text).toEqual(['Zoë O’Neill', '£20 – €']);
    expect(notes.map((note) => note.code)).toEqual(['csv.encoding-guessed']);
  });

  test('one bad byte does not turn a UTF-8 file into gibberish', async () => {
    const bytes = Buffer.concat([
      Buffer.from('Zoë,Łukasz,£\nRenée,'),
      Buffer.from([0xe9]),
      Buffer.from(',é\n'),
    ]);
    const { sheets, notes } = await readAll(bytes, {}, 'test.csv');
    expect(sheets[0]?.rows.map((row) => row.text)).toEqual([
      ['Zoë', 'Łukasz', '£'],
      ['Renée', 'é', 'é'],
    ]);
    expect(notes.map((note) => note.code)).toEqual(['csv.encoding-mixed']);
  });

  test('a bad byte far into the file still decides the encoding of its beginning', async () => {
    const bytes = Buffer.concat([
      Buffer.from('caf\xe9,1\n', 'latin1'),
      Buffer.from('plain,2\n'.repeat(400_000)),
      Buffer.from('Zo\xeb,3\n', 'latin1'),
    ]);
    const rows = await csv(bytes);
    expect(rows[0]).toEqual(['café', '1']);
    expect(rows.at(-1)).toEqual(['Zoë', '3']);
    expect(rows).toHaveLength(400_002);
  });
});

describe('chunk edges', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', '7', ',', '"', '\n', '\r', ' ', 'é', '€', '😀', ';'),
    maxLength: 6,
  });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });

  test('whatever is quoted by the book reads back, at any chunk size', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 64 }), async (cells, chunkBytes) => {
        const written = cells
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
          .join('\r\n');
        const expected = cells.map((row) => row.slice(0, row.findLastIndex((one) => one !== '') + 1));
        expect(await csv(`h1,h2\r\n${written}\r\n`, chunkBytes)).toEqual([['h1', 'h2'], ...expected]);
      }),
      { numRuns: 300 },
    );
  });

  test('any text reads the same whole and in pieces', async () => {
    const anything = fc.string({
      unit: fc.constantFrom('a', ',', '"', '\n', '\r', 'é', '😀'),
      minLength: 1,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(anything, fc.integer({ min: 1, max: 9 }), async (text, chunkBytes) => {
        expect(await csv(text, chunkBytes)).toEqual(await csv(text));
      }),
      { numRuns: 300 },
    );
  });

  test('records longer than a block', async () => {
    const long = 'x'.repeat(100_000);
    expect(await csv(`a,b\n${long},"${long}\n"\n1,2\n`)).toEqual([
      ['a', 'b'],
      [long, `${long}\n`],
      ['1', '2'],
    ]);
  });
});

describe('caps', () => {
  test.each([
    ['rows', { maxRows: 3 }, 'a\n'.repeat(4), 'file.too-many-rows'],
    ['rows, just', { maxRows: 4 }, 'a\n'.repeat(4), 'read test'],
    ['columns', { maxColumns: 3 }, '1,2,3,4\n', 'file.damaged'],
    ['cell', { maxCellCharacters: 10 }, `a,${'x'.repeat(11)}\n`, 'file.damaged'],
    ['bytes', { maxFileBytes: 5 }, 'a,b,c,d', 'file.too-large'],
  ])('%s', async (_name, caps, text, code) => {
    expect(await codeOfReading(text, { caps }, 'test.csv')).toBe(code);
  });

  test('a quote that swallows the file is refused by its record, not gathered in memory', async () => {
    const bytes = `a,b\n1,"${'never closed\n'.repeat(400_000)}`;
    await expect(readAll(bytes, {}, 'test.csv')).rejects.toMatchObject({
      code: 'file.damaged',
      details: { row: 2 },
    });
  });

  test('reading stops when the user does', async () => {
    const { openSpreadsheet } = await import('../../electron/engine/intake/readers/openSpreadsheet.ts');
    const { bufferSource } = await import('../../electron/engine/intake/readers/byteSource.ts');
    const opened = await openSpreadsheet(bufferSource('test.csv', Buffer.from('a,b\n'.repeat(100_000))));
    const controller = new AbortController();
    const reading = (async () => {
      for await (const _rows of opened.sheets[0]?.rows(controller.signal) ?? []) controller.abort();
    })();
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('rows can be read twice', async () => {
    const { openSpreadsheet } = await import('../../electron/engine/intake/readers/openSpreadsheet.ts');
    const { bufferSource } = await import('../../electron/engine/intake/readers/byteSource.ts');
    const opened = await openSpreadsheet(bufferSource('test.csv', Buffer.from('a,b\n1,"open')));
    for (let pass = 0; pass < 2; pass++) {
      const rows: string[][] = [];
      for await (const batch of opened.sheets[0]?.rows() ?? []) rows.push(...batch.map((row) => row.text));
      expect(rows).toEqual([
        ['a', 'b'],
        ['1', 'open'],
      ]);
    }
    expect(opened.notes).toHaveLength(1);
  });
});

/**
 * Evidence of text files is a place in the original: the place must give the very rows again. And the texts of a
 * column are the same, whether the rows are read or the column alone.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bufferSource } from '../../electron/engine/intake/readers/byteSource.ts';
import { readSpan } from '../../electron/engine/intake/readers/csv.ts';
import { openSpreadsheet } from '../../electron/engine/intake/readers/openSpreadsheet.ts';
import type { SheetRow, TextSpan } from '../../electron/engine/intake/readers/types.ts';
import { readAll } from './support/readCells.ts';

const encode: Record<string, (text: string) => Buffer> = {
  'utf-8': (text) => Buffer.from(text, 'utf8'),
  'utf-8 with a mark': (text) => Buffer.from(`\ufeff${text}`, 'utf8'),
  'windows-1252': (text) => Buffer.from(`\u00a3,\u00e9\n${text}`.replace(/[^\0-\u00ff]/g, '?'), 'latin1'),
  'utf-16le': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'utf-16be': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
};

/** Checks every row that has a span against the bytes; returns how many rows had none. */
function checkSpans(bytes: Buffer, rows: readonly SheetRow[]): number {
  const bySpan = new Map<TextSpan, SheetRow[]>();
  let without = 0;
  for (const row of rows) {
    const own = row.span ? bySpan.get(row.span) : undefined;
    if (own) own.push(row);
    else if (row.span) bySpan.set(row.span, [row]);
    else without += 1;
  }
  for (const [span, own] of bySpan) {
    // As it is kept: the span goes through JSON.
    const kept = JSON.parse(JSON.stringify(span)) as TextSpan;
    const again = new Map(
      readSpan(bytes.subarray(kept.from, kept.to), kept).map((row) => [row.row, row.text]),
    );
    expect(own.map((row) => again.get(row.row))).toEqual(own.map((row) => row.text));
  }
  return without;
}

const cell = fc.oneof(
  fc.constantFrom(
    'a',
    '',
    'x y',
    '07700900123',
    '\u00e9\u00a3',
    '\u20ac \ud83d\ude00',
    '"q"',
    '"a,""b"',
    '"two\nlines"',
    '"two\r\nlines"',
  ),
  fc.string({ maxLength: 6 }).map((text) => text.replaceAll('\0', '')),
);
const text = fc
  .tuple(
    fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 30 }),
    fc.constantFrom('\n', '\r\n', '\r'),
    fc.constantFrom(',', ';', '\t', '|'),
  )
  .map(([rows, end, delimiter]) => rows.map((row) => row.join(delimiter)).join(end));

describe('the place of a row in a text file', () => {
  test.each(Object.keys(encode))('gives the row again: %s', async (encoding) => {
    let marked = 0;
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom(7, 64, 1024), async (content, chunkBytes) => {
        const bytes = (encode[encoding] as (text: string) => Buffer)(content);
        if (bytes.length === 0) return;
        const rows =
          (await readAll(bytes, { chunkBytes }, 'calls.csv').catch(() => null))?.sheets[0]?.rows ?? [];
        marked += rows.length - checkSpans(bytes, rows);
      }),
      { numRuns: 150, seed: 5 },
    );
    expect(marked).toBeGreaterThan(500);
  });

  test('is not given where bytes and text do not agree: NUL bytes, broken UTF-8', async () => {
    const broken = Buffer.concat([
      Buffer.from('\u00e9\u00e9,1\n\u20ac,2\n'),
      Buffer.from([0x61, 0xe9, 0x0a]),
    ]);
    const withNull = Buffer.from(`${'a,b\n'.repeat(40_000)}c\0,d\n${'e,f\n'.repeat(40_000)}`);
    for (const bytes of [broken, withNull]) {
      const rows = (await readAll(bytes, {}, 'calls.csv')).sheets[0]?.rows ?? [];
      expect(rows.length).toBeGreaterThan(2);
      expect(checkSpans(bytes, rows)).toBeGreaterThan(0);
    }
  });
});

describe('the different texts of columns', () => {
  test('are those of the rows, in their order, whatever the quotes and line ends', async () => {
    let compared = 0;
    const plain = fc
      .tuple(
        fc.array(fc.array(fc.constantFrom('a', 'b', '', ' ', '03/04/2026'), { minLength: 1, maxLength: 4 }), {
          maxLength: 40,
        }),
        fc.constantFrom('\n', '\r\n'),
      )
      .map(([rows, end]) => rows.map((row) => row.join(',')).join(end));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          text,
          plain,
          fc.tuple(plain, text).map((both) => both.join('\n')),
        ),
        fc.constantFrom(7, 64, 4096),
        fc.nat(6),
        async (content, chunkBytes, after) => {
          const bytes = Buffer.from(content);
          if (bytes.length === 0) return;
          const opened = await openSpreadsheet(bufferSource('calls.csv', bytes), { chunkBytes }).catch(
            () => null,
          );
          const sheet = opened?.sheets[0];
          if (!sheet?.distinctTexts) return;
          const columns = [0, 2];
          const expected = new Map(columns.map((column) => [column, new Set<string>()]));
          for await (const batch of sheet.rows())
            for (const row of batch)
              for (const column of columns) {
                const cell = row.text[column] ?? '';
                if (row.row > after && row.row <= 30 && cell.trim() !== '') expected.get(column)?.add(cell);
              }
          const found = await sheet.distinctTexts({ columns, after, last: 30, limit: 1000 });
          expect([...found].map(([column, texts]) => [column, ...texts])).toEqual(
            [...expected].map(([column, texts]) => [column, ...texts]),
          );
          compared += [...found.values()].reduce((sum, texts) => sum + texts.size, 0);
        },
      ),
      { numRuns: 400, seed: 9 },
    );
    expect(compared).toBeGreaterThan(500);
  });
});

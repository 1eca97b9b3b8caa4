/** Blocks of cells between the grid and a spreadsheet, and the rectangle of cells that is chosen. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundsOf, type CellRange, countCells, reach } from '../../renderer/grid/cellRange.ts';
import { fieldsFrom, placeRows, readHeadings, repeatBlock } from '../../renderer/grid/pasteBlock.ts';
import { readTabSeparated, writeTabSeparated } from '../../renderer/grid/tabSeparated.ts';
import { findColumn, grids } from '../../shared/grid/grids.ts';

describe('cells on the clipboard', () => {
  test.each([
    ['one line without an end', 'a\tb', [['a', 'b']]],
    [
      'Windows line ends, one after the last row',
      'a\tb\r\nc\td\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['old line ends', 'a\rb', [['a'], ['b']]],
    [
      'a line end inside a quoted cell',
      '"first\nsecond"\tnext\r\nlast\t',
      [
        ['first\nsecond', 'next'],
        ['last', ''],
      ],
    ],
    [
      'a tab and marks inside a quoted cell',
      '"he said ""go""\tthen left"\tx',
      [['he said "go"\tthen left', 'x']],
    ],
    [
      'a mark that is never closed',
      '"open\tb\r\nc\td',
      [
        ['"open', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a mark that closes before the cell ends', '"a" and b\tc', [['"a" and b', 'c']]],
    ['inches inside a cell', '5" pipe\tb', [['5" pipe', 'b']]],
    ['blank rows in the middle', 'a\n\nb\n', [['a'], [''], ['b']]],
    [
      'rows of different length',
      'a\nb\tc\td',
      [
        ['a', '', ''],
        ['b', 'c', 'd'],
      ],
    ],
    ['a blank cell at the end of a row', 'a\t', [['a', '']]],
    ['nothing', '', []],
  ])('%s', (_, text, cells) => {
    expect(readTabSeparated(text)).toEqual(cells);
  });

  test('what is written is read again to the letter', () => {
    const piece = fc.constantFrom('"', '\t', '\n', '\r', '\r\n', 'a', ' ', '""', '=1+1', 'é');
    const cell = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
    const block = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
      );
    fc.assert(
      fc.property(block, (rows) => {
        expect(readTabSeparated(writeTabSeparated(rows))).toEqual(rows);
      }),
    );
  });
});

describe('headings of a block', () => {
  test('titles of columns are found whatever their case, order and company', () => {
    expect(readHeadings(grids.targets, ['Ref', 'STATUS', 'Colour of door', 'subject '])).toEqual([
      'ref',
      'status',
      null,
      'subject',
    ]);
  });

  test('a column that is worked out is a heading, but nothing is pasted into it', () => {
    expect(readHeadings(grids.targets, ['Subject', 'Risk score'])).toEqual(['subject', null]);
  });

  test('values are no headings, even where one reads like a title', () => {
    expect(readHeadings(grids.targets, ['NOM-1', 'arrest', 'Risk'])).toBeNull();
    expect(readHeadings(grids.targets, ['', ''])).toBeNull();
  });

  test('of two columns of one name the first counts', () => {
    expect(readHeadings(grids.targets, ['Status', 'Status'])).toEqual(['status', null]);
  });
});

describe('where a block goes', () => {
  const columns = ['subject', 'riskScore', 'status'].map((field) => findColumn(grids.targets, field));

  test('columns that are worked out, and those beyond the last, fall aside', () => {
    expect(fieldsFrom(columns, 0, 5)).toEqual(['subject', null, 'status', null, null]);
    expect(fieldsFrom(columns, 2, 1)).toEqual(['status']);
  });

  test('rows beyond the last are new ones', () => {
    expect(placeRows(grids.targets, ['status'], [['a'], ['b']], ['TGT-4'])).toEqual([
      { ref: 'TGT-4', cells: ['a'] },
      { ref: null, cells: ['b'] },
    ]);
  });

  test('a column of references says which rows are meant, wherever they stand', () => {
    const rows = placeRows(
      grids.targets,
      ['ref', 'status'],
      [
        ['tgt-9', 'a'],
        ['', 'b'],
        ['NOM-1', 'c'],
      ],
      ['TGT-1'],
    );
    expect(rows.map(({ ref }) => ref)).toEqual(['TGT-9', null, null]);
  });

  test('a block is repeated only where it fits a whole number of times', () => {
    expect(repeatBlock([['x']], 3, 2)).toEqual([
      ['x', 'x'],
      ['x', 'x'],
      ['x', 'x'],
    ]);
    expect(repeatBlock([['a', 'b']], 2, 2)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect(repeatBlock([['a'], ['b']], 3, 1)).toEqual([['a'], ['b']]);
    expect(repeatBlock([['a', 'b', 'c']], 1, 1)).toEqual([['a', 'b', 'c']]);
  });
});

describe('the rectangle of cells', () => {
  const area = { fields: ['a', 'b', 'c'], rows: 10 };
  const at = (row: number, field: string): CellRange => ({ anchor: { row, field }, corner: { row, field } });

  test('shrinks back over its anchor and grows to the other side', () => {
    let range = at(4, 'b');
    for (const key of ['ArrowDown', 'ArrowUp', 'ArrowUp', 'ArrowLeft'])
      range = reach(range, key, area, false) ?? range;
    expect(boundsOf(range, area.fields)).toEqual({ top: 3, bottom: 4, fields: ['a', 'b'] });
    expect(range.anchor).toEqual({ row: 4, field: 'b' });
  });

  test('never leaves the grid', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'), fc.boolean())),
        fc.nat(9),
        (keys, row) => {
          let range = at(row, 'b');
          for (const [key, edge] of keys) range = reach(range, key, area, edge) ?? range;
          const bounds = boundsOf(range, area.fields);
          expect(bounds?.top).toBeGreaterThanOrEqual(0);
          expect(bounds?.bottom).toBeLessThan(10);
          expect(bounds?.fields).toContain('b');
          expect(bounds ? countCells(bounds) : 0).toBeGreaterThan(0);
        },
      ),
    );
  });

  test('goes to the last row and column at once', () => {
    const down = reach(at(2, 'b'), 'ArrowDown', area, true) ?? at(0, 'a');
    expect(boundsOf(reach(down, 'ArrowRight', area, true) ?? down, area.fields)).toEqual({
      top: 2,
      bottom: 9,
      fields: ['b', 'c'],
    });
  });

  test('is gone with a column that is hidden', () => {
    expect(boundsOf(at(1, 'b'), ['a', 'c'])).toBeNull();
    expect(reach(at(1, 'b'), 'x', area, false)).toBeNull();
  });
});

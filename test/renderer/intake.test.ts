import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ChosenFile,
  columnLetter,
  describeArea,
  fieldsByHeading,
  findTwin,
  headingsOf,
  mappingOf,
  toImportFiles,
  whyLook,
  withHeading,
  withKind,
} from '../../renderer/features/intake/importState.ts';
import { describeCell, showCleaned, toneOfCell } from '../../renderer/features/intake/previewCells.ts';
import {
  decideRow,
  decideState,
  decisionOf,
  decisionWords,
  startChoice,
} from '../../renderer/features/intake/refresh/decisions.ts';
import { isRemarkable } from '../../renderer/features/intake/usePreviewRows.ts';
import type { PreviewCell, RefreshReport, RefreshRow } from '../../shared/contract/intakeSchemas.ts';
import { type SheetGuess, SheetMapping } from '../../shared/contract/schemas.ts';

const headings = ['Surname', 'Forename', 'DOB'];
const guess: SheetGuess = {
  sheet: 'Nominals',
  hidden: false,
  table: null,
  layout: 'rows',
  sameWhile: null,
  timeZone: null,
  timeZoneReason: null,
  notes: [],
  offers: [],
  earlier: [],
  rowsSeen: 5,
  complete: true,
  headerRow: 2,
  headerRows: 1,
  kind: 'person',
  confidence: 0.9,
  reasons: [],
  columns: headings.map((header, index) => ({
    index,
    letter: columnLetter(index),
    header,
    field: ['surname', 'forenames', 'dob'][index] ?? null,
    confidence: 1,
    reason: '',
    samples: [],
  })),
  dateOrder: null,
  dateOrderReason: null,
  sample: [
    { row: 1, cells: ['Vehicle', 'Registration', ''] },
    { row: 2, cells: headings },
    { row: 3, cells: ['Ashgrove', 'Daniel', '13/04/1991'] },
  ],
};

function chosen(grant: string, sha256: string): ChosenFile {
  return {
    grant,
    name: `${grant}.csv`,
    inspected: {
      file: grant,
      size: 1,
      sha256,
      format: 'csv',
      notes: [],
      sheets: [guess],
      importedBefore: null,
    },
    error: null,
    locked: false,
    password: null,
    sheets: [mappingOf(guess)],
  };
}

function cell(change: Partial<PreviewCell>): PreviewCell {
  return {
    column: 0,
    raw: '',
    stored: null,
    field: null,
    value: null,
    repaired: null,
    issue: null,
    ...change,
  };
}

describe('a sheet and how it is read', () => {
  test('the guess becomes a mapping that the contract takes, with all that was guessed', () => {
    const table = { firstRow: 2, lastRow: 9, firstColumn: 0, lastColumn: 2 };
    const mapping = mappingOf({
      ...guess,
      table,
      layout: 'matrix',
      sameWhile: { column: 0, when: 'blank' },
      timeZone: 'utc',
      headerRows: 2,
    });
    expect(SheetMapping.parse(mapping)).toEqual(mapping);
    expect(mapping).toMatchObject({ table, layout: 'matrix', headerRows: 2, timeZone: 'utc' });
    expect(mapping.sameWhile).toEqual({ column: 0, when: 'blank' });
  });

  test('another heading row brings other headings, and back again the guess', () => {
    const start = mappingOf(guess);
    const moved = withHeading(guess, start, 1, 1);
    expect(headingsOf(guess, moved)).toEqual(['Vehicle', 'Registration', '']);
    expect(moved.columns).not.toEqual(start.columns);
    expect(withHeading(guess, moved, 2, 1).columns).toEqual(start.columns);
    expect(headingsOf(guess, withHeading(guess, start, 2, 2))[1]).toBe('Registration Forename');
  });

  test('another kind never keeps fields of the kind before, and drops the review', () => {
    const reviewed = { ...mappingOf(guess), refresh: startChoice('SRC-1', [0]) };
    const vehicle = withKind(guess, reviewed, 'vehicle');
    expect(vehicle.columns).not.toContain('forenames');
    expect(vehicle.refresh).toBeUndefined();
    expect(withKind(guess, vehicle, 'person').columns).toEqual(mappingOf(guess).columns);
    expect(withKind(guess, reviewed, null).kind).toBeNull();
  });

  test('a field of one value is given to one column alone', () => {
    expect(fieldsByHeading('person', ['Surname', 'surname', '', 'no such heading'])).toEqual([
      'surname',
      null,
      null,
      null,
    ]);
  });

  test('what asks for a look is said in a word', () => {
    const mapping = mappingOf(guess);
    const earlier = [{ ref: 'SRC-1', file: 'a', sheet: 'b', at: '', reason: '', key: [0] }];
    expect(whyLook(guess, mapping)).toBeNull();
    expect(whyLook({ ...guess, dateOrderReason: 'ambiguous' }, mapping)).toBe('order of dates');
    expect(whyLook({ ...guess, dateOrderReason: 'ambiguous' }, { ...mapping, dateOrder: 'dmy' })).toBeNull();
    expect(whyLook({ ...guess, earlier }, mapping)).toBe('later issue?');
    expect(whyLook({ ...guess, earlier }, { ...mapping, refresh: startChoice('SRC-1', [0]) })).toBeNull();
    expect(whyLook({ ...guess, confidence: 0.4 }, mapping)).toBe('unsure');
    expect(whyLook({ ...guess, kind: null }, { ...mapping, kind: null })).toBe('not recognised');
    expect(whyLook(guess, { ...mapping, kind: null })).toBeNull();
  });

  test('the same bytes twice are imported once, whichever name they have', () => {
    const files = [chosen('a', '1'), chosen('b', '1'), chosen('c', '2')];
    expect(files.map((file) => findTwin(files, file)?.grant)).toEqual([undefined, 'a', undefined]);
    expect(toImportFiles(files).map(({ grant }) => grant)).toEqual(['a', 'c']);
  });

  test('columns have the letters of a spreadsheet', () => {
    expect([0, 25, 26, 701, 702, 16_383].map(columnLetter)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD']);
    const area = { firstRow: 12, lastRow: 40, firstColumn: 0, lastColumn: 5 };
    expect(describeArea(area)).toBe('A12:F40');
    expect(describeArea({ ...area, lastColumn: null })).toBe('rows 12 to 40');
    expect(describeArea({ ...area, lastColumn: null, lastRow: null })).toBe('from row 12');
  });
});

describe('cells of the preview', () => {
  test('cleaned values are shown as people write them, the words say the rest', () => {
    const phone = cell({
      raw: '7700900123',
      field: 'phone.number',
      value: '+447700900123',
      repaired: 'phone.zero-restored',
    });
    expect(showCleaned('person', phone)).toBe('07700 900123');
    expect(toneOfCell(phone)).toBe('repaired');
    expect(describeCell('person', phone).join(' ')).toMatch(/7700900123.*07700 900123.*zero/);
    const date = cell({ raw: '14/09/2026', field: 'start.date', value: '2026-09-14' });
    expect(showCleaned('communication', date)).toBe('14/09/2026');
  });

  test('a problem is marked before a repair, and a row with one is remarkable', () => {
    const both = cell({
      field: 'dob',
      repaired: 'date.century',
      issue: { code: 'date.future', message: 'No.' },
    });
    expect(toneOfCell(both)).toBe('problem');
    const row = { row: 1, outcome: 'import' as const, reason: null, hidden: false, issues: [] };
    expect(isRemarkable({ ...row, cells: [both] })).toBe(true);
    expect(isRemarkable({ ...row, cells: [cell({})] })).toBe(false);
    expect(isRemarkable({ ...row, outcome: 'skip', cells: [] })).toBe(true);
  });
});

describe('decisions of a review', () => {
  const row = (key: string, state: RefreshRow['state']): RefreshRow => ({
    state,
    key,
    label: key,
    row: 1,
    rowBefore: 1,
    ref: null,
    cells: [],
    restsOn: [],
  });
  const rows = [row('a', 'new'), row('b', 'new'), row('c', 'changed'), row('d', 'vanished')];
  const report: RefreshReport = {
    against: 'SRC-1',
    file: '',
    sheet: '',
    counts: { new: 2, changed: 1, conflicting: 0, vanished: 1, unchanged: 0 },
    rows,
    notCompared: [],
  };

  test('nothing entered by hand is overruled and nothing is withdrawn unless somebody says so', () => {
    const start = startChoice('SRC-1', [0]);
    expect([start.new, start.changed, start.conflicting, start.vanished]).toEqual([
      'take',
      'take',
      'leave',
      'leave',
    ]);
  });

  test('a row goes its own way, turned twice it is no exception', () => {
    const start = startChoice('SRC-1', [0]);
    const [first = row('a', 'new')] = rows;
    const turned = decideRow(start, first, 'leave');
    expect(decisionOf(turned, first)).toBe('leave');
    expect(decisionWords(turned)).toContain('1 row otherwise');
    expect(decideRow(turned, first, 'take')).toEqual(start);
  });

  test('whatever was turned before, a decision for a state holds for each of its rows and for no other', () => {
    const decision = fc.constantFrom('take' as const, 'leave' as const);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(rows.length - 1), decision)), decision, (turns, last) => {
        let choice = startChoice('SRC-1', [0]);
        for (const [index, turn] of turns) choice = decideRow(choice, rows[index] ?? row('a', 'new'), turn);
        const others = rows.filter(({ state }) => state !== 'new');
        const before = others.map((other) => decisionOf(choice, other));
        choice = decideState(choice, 'new', last, report);
        expect(rows.filter(({ state }) => state === 'new').map((one) => decisionOf(choice, one))).toEqual([
          last,
          last,
        ]);
        expect(others.map((other) => decisionOf(choice, other))).toEqual(before);
      }),
    );
  });
});

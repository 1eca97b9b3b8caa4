import { describe, expect, test } from 'vitest';
import { commands, findCommand } from '../../renderer/app/commands.ts';
import { sayTime } from '../../renderer/copy/people.ts';
import { asksDateOrder, fieldChoices, mappingOf } from '../../renderer/features/intake/importState.ts';
import { markingTone } from '../../renderer/features/shell/markingTone.ts';
import { describeFilters } from '../../renderer/grid/filterWords.ts';
import { formatValue, showLabel } from '../../renderer/grid/format.ts';
import { phoneNeedle } from '../../renderer/grid/phones.ts';
import { checkWarrantDraft } from '../../renderer/grid/warrantCheck.ts';
import { importKinds, type SheetGuess } from '../../shared/contract/schemas.ts';
import { gridList, grids } from '../../shared/grid/grids.ts';
import { codeLists } from '../../shared/reference/codeLists.ts';

describe('filters in words', () => {
  test('each kind of condition can be read', () => {
    const words = describeFilters(grids.people, {
      name: { contains: 'smith' },
      dob: { gte: '2008-01-01', lte: '2008-12-31' },
      age: { lt: 18 },
      markers: { blank: true },
      '*': { contains: 'x' },
    }).map((chip) => chip.words);
    expect(words).toEqual([
      'Name contains "smith"',
      'Date of birth from 01/01/2008, to 31/12/2008',
      'Age less than 18',
      'Warning markers is blank',
    ]);
  });

  test('codes and references are named, long lists are shortened', () => {
    const codes = (codeLists.power ?? []).slice(0, 5);
    const [chip] = describeFilters(grids.warrants, { power: { in: codes.map(({ code }) => code) } });
    expect(chip?.words).toContain(codes[0]?.label);
    expect(chip?.words).toContain('and 2 more');
    const [ref] = describeFilters(grids.warrants, { premises: { eq: 'PRM-3' } }, { 'PRM-3': '3 Mill Goit' });
    expect(ref?.words).toBe('Premises is 3 Mill Goit');
  });
});

test('a phone is found however it is typed', () => {
  for (const typed of ['07700 900123', '+44 7700 900123', '0044 7700 900123', '7700900123', '900 123']) {
    expect('+447700900123').toContain(phoneNeedle(typed));
  }
});

test('every code list that a column names exists', () => {
  for (const grid of gridList) {
    for (const { codes, field } of grid.columns) {
      if (codes) expect(codeLists[codes]?.length ?? 0, `${grid.name}.${field}`).toBeGreaterThan(0);
    }
  }
});

test('values are shown as people write them', () => {
  const column = (field: string) => grids.phones.columns.find((entry) => entry.field === field) ?? never();
  expect(formatValue(column('number'), '+447700900123')).toBe('07700 900123');
  expect(formatValue(column('people'), 'NOM-1,NOM-2', { 'NOM-1': 'A', 'NOM-2': 'B' })).toBe('A, B');
  expect(formatValue(column('note'), null)).toBe('');
  expect(showLabel('PHN-1', { 'PHN-1': '+447700900123' })).toBe('07700 900123');
  expect(showLabel('PHN-9', {})).toBe('PHN-9');
});

describe('a warrant while it is typed', () => {
  const row = {
    ref: 'WAR-1',
    power: 'mda-s23',
    issued: '2026-11-17',
    expires: '2026-12-17',
    entries: 'single',
  };
  const power = codeLists.power?.find(({ label }) => label.includes('23(3)'))?.code ?? never();

  test('a last day before the strike is a blocker', () => {
    const found = checkWarrantDraft(
      { ...row, power },
      'expires',
      { ok: true, value: '2026-12-01' },
      '2026-12-03T05:30:00',
    );
    expect(found?.tone).toBe('danger');
    expect(found?.message).toContain('03/12/2026');
  });

  test('the strike day itself is no blocker', () => {
    const found = checkWarrantDraft(
      { ...row, power },
      'expires',
      { ok: true, value: '2026-12-03' },
      '2026-12-03T05:30:00',
    );
    expect(found?.tone).not.toBe('danger');
  });

  test('a note about the cell is not interrupted by faults of other cells', () => {
    const late = { ...row, power, expires: '2026-12-01' };
    expect(checkWarrantDraft(late, 'note', { ok: true, value: 'x' }, '2026-12-03T05:30:00')).toBeNull();
  });
});

describe('how long a passphrase would hold', () => {
  test.each([
    [0.2, 'at once'],
    [30, 'within a minute'],
    [90, 'in about 2 minutes'],
    [3600 * 5, 'in about 5 hours'],
    [86_400, 'in about 1 day'],
    [86_400 * 12.4, 'in about 12 days'],
    [86_400 * 400, 'in about 13 months'],
    [86_400 * 365 * 345, 'in about 350 years'],
    [1e20, 'after more than a thousand years'],
  ])('%d seconds are %j', (seconds, words) => expect(sayTime(seconds)).toBe(words));
});

test('only a bare OFFICIAL has the lighter colour', () => {
  expect(markingTone('OFFICIAL')).toBe('official');
  for (const marking of [
    'OFFICIAL-SENSITIVE',
    'Official - Sensitive',
    'SECRET',
    'something else',
    'UNOFFICIAL',
  ]) {
    expect(markingTone(marking)).toBe('sensitive');
  }
  expect(markingTone(null)).toBe('none');
});

describe('shortcuts', () => {
  const press = (
    key: string,
    more: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey', boolean>>,
  ) => findCommand({ key, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...more })?.id;

  test('keys find their command, whatever Caps Lock does', () => {
    expect(press('k', { ctrlKey: true })).toBe('palette');
    expect(press('K', { ctrlKey: true })).toBe('palette');
    expect(press('z', { ctrlKey: true })).toBe('undo');
    expect(press('Z', { ctrlKey: true, shiftKey: true })).toBe('redo-shift');
    expect(press('ArrowLeft', { altKey: true })).toBe('back');
    expect(press('?', { shiftKey: true })).toBe('help');
    expect(press('k', {})).toBeUndefined();
  });

  test('no keys belong to two commands', () => {
    const keys = commands.flatMap((command) => (command.keys ? [command.keys] : []));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('a guessed sheet', () => {
  const guess: SheetGuess = {
    sheet: 'S',
    hidden: false,
    table: null,
    layout: 'rows',
    sameWhile: null,
    timeZone: null,
    timeZoneReason: null,
    notes: [],
    offers: [],
    earlier: [],
    rowsSeen: 3,
    complete: true,
    headerRow: 2,
    headerRows: 1,
    kind: 'person',
    confidence: 0.9,
    reasons: [],
    columns: [
      { index: 0, letter: 'A', header: 'Name', field: 'name', confidence: 1, reason: '', samples: [] },
      { index: 2, letter: 'C', header: 'DOB', field: 'dob', confidence: 1, reason: '', samples: [] },
    ],
    dateOrder: null,
    dateOrderReason: 'ambiguous',
    sample: [],
  };

  test('a column without a heading does not shift the others', () => {
    expect(mappingOf(guess).columns).toEqual(['name', null, 'dob']);
  });

  test('a guessed order of dates never becomes the order of the whole sheet', () => {
    const mixed = { ...guess, dateOrder: 'mdy' as const, dateOrderReason: 'mixed' };
    expect(mappingOf(mixed).dateOrder).toBeUndefined();
  });

  test('dates that can be read in two ways are asked about, once', () => {
    const mapping = mappingOf(guess);
    expect(asksDateOrder(guess, mapping)).toBe(true);
    expect(asksDateOrder(guess, { ...mapping, dateOrder: 'dmy' })).toBe(false);
    expect(asksDateOrder(guess, { ...mapping, kind: null })).toBe(false);
  });

  test('every kind offers fields, each once', () => {
    for (const kind of importKinds) {
      const fields = fieldChoices(kind).map(({ field }) => field);
      expect(fields.length).toBeGreaterThan(2);
      expect(new Set(fields).size).toBe(fields.length);
    }
  });
});

function never(): never {
  throw new Error('missing');
}

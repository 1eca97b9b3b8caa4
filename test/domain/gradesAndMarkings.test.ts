import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { weekdayOf } from '../../shared/domain/calendar.ts';
import { describeConditions, describeGrade, isCurrentGrade, parseGrade } from '../../shared/domain/grades.ts';
import { formatMarking, highestMarking, parseMarking } from '../../shared/domain/markings.ts';
import { grids } from '../../shared/grid/grids.ts';
import { bankHolidays } from '../../shared/reference/bankHolidays.ts';
import { codeLists, findCode, labelOf, sourcedCodeLists } from '../../shared/reference/codeLists.ts';
import { dueReferral } from '../../shared/reference/nrm.ts';
import { offences } from '../../shared/reference/offences.ts';

describe('parseGrade', () => {
  test.each([
    ['2CP', '2', 'C', 'P'],
    ['2/C/P', '2', 'C', 'P'],
    ['2 c p', '2', 'C', 'P'],
    ['1-A-P', '1', 'A', 'P'],
    ['Grade: 3EP', '3', 'E', 'P'],
    ['3x5x2 2BP', '2', 'B', 'P'],
  ])('%s is complete 3x5x2', (text, source, assessment, handling) => {
    expect(parseGrade(text)).toEqual({
      scheme: '3x5x2',
      source,
      assessment,
      handling,
      conditions: null,
      original: text,
      needsRegrade: false,
      proposal: null,
      conversion: null,
    });
  });

  it('keeps conditions, and asks for them', () => {
    expect(parseGrade('2CC (A1, S2)')).toMatchObject({ handling: 'C', conditions: 'A1, S2' });
    expect(parseGrade('2CC - originator only').conditions).toBe('originator only');
    expect(parseGrade('2CC').flag?.code).toBe('grade.conditions-missing');
    expect(describeConditions('A1, S2, ask Hale')).toBe(
      'A1 Covert development; S2 Consult originator before sanitising or disseminating; ask Hale',
    );
  });

  test.each([
    ['E41', '5x5x5', 'E', '4', '1', '2DP', null],
    ['A11', '5x5x5', 'A', '1', '1', '1AP', null],
    ['b/2/4', '5x5x5', 'B', '2', '4', '1AC', 'Originating agency only'],
    ['C31', '5x5x5', 'C', '3', '1', '?BP', null],
    ['D52', '5x5x5', 'D', '5', '2', '3EC', 'Authorisation and record for non-prosecuting party'],
    ['E45', '5x5x5', 'E', '4', '5', '2DC', 'Refer to originator'],
    ['B3', 'two-part', 'B', '3', null, '1B?', null],
  ])('%s is old and only proposes %s', (text, scheme, source, assessment, handling, proposal, condition) => {
    expect(parseGrade(text)).toMatchObject({
      scheme,
      source,
      assessment,
      handling,
      proposal,
      needsRegrade: true,
      conversion: { condition },
      flag: { code: 'grade.legacy', severity: 'warning' },
    });
  });

  test.each(['', 'n/a', '223', 'CP', 'C3C', '4AP', '2FP', '2AX', 'F41', 'E61', 'E47', '2CPP', 'good'])(
    '%j is no grade and never shareable',
    (text) => {
      expect(parseGrade(text)).toMatchObject({
        scheme: null,
        handling: null,
        proposal: null,
        needsRegrade: true,
        flag: { severity: 'warning' },
      });
    },
  );

  it('never takes one scheme for the other', () => {
    for (const source of 'ABCDE') {
      for (const information of '12345') {
        for (const handling of '12345') {
          expect(parseGrade(source + information + handling).scheme).toBe('5x5x5');
        }
      }
    }
    for (const source of '123') {
      for (const assessment of 'ABCDE') {
        for (const handling of 'PC') {
          const grade = parseGrade(source + assessment + handling);
          expect(grade).toMatchObject({ scheme: '3x5x2', source, assessment, handling });
          expect(isCurrentGrade(source + assessment + handling)).toBe(true);
        }
      }
    }
  });

  it('says P only where P or an old handling 1 is written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9A-Z /-]{0,8}$/)), (text) => {
        const grade = parseGrade(text);
        if (grade.handling === 'P') expect(text.toUpperCase()).toContain('P');
        if (grade.proposal?.endsWith('P')) expect(text).toContain('1');
        expect(grade.original).toBe(text.trim());
      }),
    );
  });

  it('describes grades in words', () => {
    expect(describeGrade('2CP')).toBe(
      '2 Untested; C Known indirectly to the source; P Lawful sharing permitted',
    );
    expect(describeGrade('E4')).toBe('E Untested source; 4 Cannot be judged');
    expect(describeGrade('?')).toBe('');
  });
});

describe('markings', () => {
  test.each([
    ['OFFICIAL', 'OFFICIAL', null, null],
    ['official', 'OFFICIAL', null, null],
    ['OFFICIAL-SENSITIVE', 'OFFICIAL-SENSITIVE', null, null],
    ['OFFICIAL - SENSITIVE', 'OFFICIAL-SENSITIVE', null, null],
    ['OFFICIAL: SENSITIVE', 'OFFICIAL-SENSITIVE', null, null],
    ['OFFICIAL \u2013 SENSITIVE', 'OFFICIAL-SENSITIVE', null, null],
    ['Official (Sensitive)', 'OFFICIAL-SENSITIVE', null, null],
    ['O-S', 'OFFICIAL-SENSITIVE', null, null],
    ['OFFICIAL-SENSITIVE - RECIPIENTS ONLY', 'OFFICIAL-SENSITIVE', null, 'RECIPIENTS ONLY'],
    ['OFFICIAL-SENSITIVE PERSONAL DATA', 'OFFICIAL-SENSITIVE', 'PERSONAL DATA', null],
    [
      'OFFICIAL-SENSITIVE PERSONAL DATA - [POLICE] USE ONLY',
      'OFFICIAL-SENSITIVE',
      'PERSONAL DATA',
      '[POLICE] USE ONLY',
    ],
  ])('%s', (text, marking, descriptor, handling) => {
    expect(parseMarking(text)).toEqual({
      marking,
      scheme: 'gsc',
      refused: false,
      descriptor,
      handling,
      original: text,
    });
  });

  test.each(['SECRET', 'Top Secret', 'UK SECRET', 'SECRET - UK EYES ONLY', 'CONFIDENTIAL'])(
    '%s is refused',
    (text) => {
      expect(parseMarking(text)).toMatchObject({
        marking: null,
        refused: true,
        flag: { severity: 'reject' },
      });
    },
  );

  test.each(['RESTRICTED', 'PROTECT', 'NPM', 'Not Protectively Marked'])(
    '%s is flagged and not converted',
    (text) => {
      expect(parseMarking(text)).toMatchObject({
        marking: null,
        scheme: 'gpms',
        refused: false,
        flag: { code: 'marking.legacy', severity: 'warning' },
      });
    },
  );

  it('reads back every line that it prints', () => {
    for (const marking of ['OFFICIAL', 'OFFICIAL-SENSITIVE'] as const) {
      for (const descriptor of [null, 'PERSONAL DATA', 'LEGAL PROFESSIONAL PRIVILEGE']) {
        for (const handling of [null, 'RECIPIENTS ONLY', '[FELLSIDE] USE ONLY']) {
          const line = formatMarking({ marking, descriptor, handling });
          expect(parseMarking(line)).toMatchObject({ marking, descriptor, handling });
        }
      }
    }
  });

  it('marks a whole by its highest part, and on the safe side', () => {
    expect(highestMarking([])).toBe('OFFICIAL');
    expect(highestMarking(['OFFICIAL', null, ''])).toBe('OFFICIAL');
    expect(highestMarking(['OFFICIAL', 'O-S'])).toBe('OFFICIAL-SENSITIVE');
    expect(highestMarking(['OFFICIAL', 'RESTRICTED'])).toBe('OFFICIAL-SENSITIVE');
  });
});

describe('code lists', () => {
  it('cover every list that a column names', () => {
    const named = Object.values(grids).flatMap((grid) =>
      grid.columns.flatMap((column) => column.codes ?? []),
    );
    expect(named.length).toBeGreaterThan(10);
    for (const list of named) expect(codeLists[list]?.length, list).toBeGreaterThan(1);
  });

  it('say where they come from and have no code or spelling twice', () => {
    for (const [name, list] of Object.entries(sourcedCodeLists)) {
      expect(list.source, name).not.toBe('');
      expect(list.checked, name).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      const fold = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
      const spellings = new Map<string, string>();
      for (const { code, label, also } of list.codes) {
        for (const words of new Set([code, label, ...(also ?? [])].map(fold))) {
          expect(spellings.get(words) ?? code, `${name}: ${words}`).toBe(code);
          spellings.set(words, code);
        }
        expect(findCode(name, code)).toBe(code);
        expect(findCode(name, label)).toBe(code);
        expect(labelOf(name, code)).toBe(label);
      }
    }
  });

  it('find nothing for nothing', () => {
    expect(findCode('role', '')).toBeUndefined();
    expect(findCode('no such list', 'x')).toBeUndefined();
    expect(findCode('constructor', 'name')).toBeUndefined();
    expect(findCode('role', 'Line holder / controller')).toBe('LINE_HOLDER');
    expect(findCode('dataSubjectCategory', 'unknown')).toBe('to-be-assessed');
  });

  it('have bank holidays on working weekdays only, apart from Christmas Day', () => {
    for (const { date, name } of bankHolidays.days) {
      if (name !== 'Christmas Day') expect(weekdayOf(date), name).toBeLessThan(6);
      expect(bankHolidays.years).toContain(Number(date.slice(0, 4)));
    }
  });

  it('leave the commencement of new offences open', () => {
    const open = offences.filter((offence) => offence.commencementOpen).map((offence) => offence.code);
    expect(open).toEqual(['cce', 'cuckooing']);
    expect(new Set(offences.map((offence) => offence.code)).size).toBe(offences.length);
  });

  it('refer every child, and tell of an adult who declines', () => {
    expect(dueReferral(17, false)).toBe('nrm');
    expect(dueReferral(17, null)).toBe('nrm');
    expect(dueReferral(18, true)).toBe('nrm');
    expect(dueReferral(18, false)).toBe('duty-to-notify');
    expect(dueReferral(18, null)).toBe('ask-consent');
    expect(dueReferral(null, true)).toBe('age-unknown');
  });
});

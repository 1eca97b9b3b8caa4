import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isIsoDate, weekdayOf } from '../../shared/domain/calendar.ts';
import { parsePower } from '../../shared/domain/powers.ts';
import {
  checkWarrant,
  isAuthoritySufficient,
  lastDayOf,
  readAuthority,
  readEntryNumber,
  type WarrantFacts,
  warrantExpiry,
} from '../../shared/domain/warrants.ts';
import { cashDetentionDeadline, isNonWorkingDay, workingDaysAfter } from '../../shared/domain/workingDays.ts';
import { powers } from '../../shared/reference/powers.ts';

const sound: WarrantFacts = {
  power: 'pace-s8',
  authority: 'District Judge',
  issued: '2026-11-18',
  expires: '2027-02-18',
  entries: 'single',
  entryNumber: 1,
  entryAuthority: null,
  executedAt: null,
  endorsedAt: null,
  returnedAt: null,
  status: 'issued',
};
const context = { strike: '2026-12-03T05:30:00', today: '2026-11-24' };
const rulesOf = (change: Partial<WarrantFacts>, other: Partial<typeof context> | { strike: null } = {}) =>
  checkWarrant({ ...sound, ...change }, { ...context, ...other }).map(
    ({ rule, severity }) => `${severity} ${rule}`,
  );

describe('warrantExpiry', () => {
  test.each([
    ['pace-s8', '2026-11-18', '2027-02-18'],
    ['pace-s8', '2026-11-30', '2027-02-28'],
    ['pace-s8', '2027-11-30', '2028-02-29'],
    ['pace-s8-all', '2026-12-31', '2027-03-31'],
    ['mda-s23-3', '2026-11-17', '2026-12-17'],
    ['mda-s23-3', '2026-01-31', '2026-02-28'],
    ['mda-s23-3', '2028-01-31', '2028-02-29'],
    ['psa-2016', '2026-05-31', '2026-06-30'],
    ['pace-s18', '2026-11-17', null],
    ['nothing', '2026-11-17', null],
    ['pace-s8', '2026-02-30', null],
    ['pace-s8', '2026-11-18T10:00:00', '2027-02-18'],
  ])('%s issued %s: last day %s', (power, issued, last) => {
    expect(warrantExpiry(power, issued)).toBe(last);
  });
});

describe('checkWarrant', () => {
  it('finds nothing wrong with a sound warrant', () => {
    expect(rulesOf({})).toEqual([]);
    expect(rulesOf({ power: 'mda-s23-3', issued: '2026-11-17', expires: '2026-12-17' })).toEqual([]);
    expect(rulesOf({ entries: 'multiple', entryNumber: 2, entryAuthority: 'Insp Hale' })).toEqual([]);
    expect(rulesOf({ entries: 'multiple', entryNumber: 2, entryAuthority: 'given in writing' })).toEqual([]);
  });

  test.each<[string, Partial<WarrantFacts>, string[]]>([
    ['no power', { power: null }, ['blocker warrant.no-power']],
    ['unknown power', { power: 'other' }, ['warning warrant.unknown-power']],
    ['no date of issue', { issued: null }, ['blocker warrant.no-issued']],
    [
      'issued after the strike',
      { issued: '2026-12-04', expires: '2027-03-04' },
      ['blocker warrant.issued-after-strike'],
    ],
    ['issued in the future', { issued: '2026-11-30' }, ['warning warrant.issued-in-future']],
    [
      'expires before issued',
      { expires: '2026-11-01' },
      ['blocker warrant.expires-before-issued', 'blocker warrant.expired'],
    ],
    [
      's.23 given three months, strike within one',
      { power: 'mda-s23-3', issued: '2026-11-17', expires: '2027-02-17' },
      ['warning warrant.too-long'],
    ],
    [
      's.23 given three months, strike after one',
      { power: 'mda-s23-3', issued: '2026-10-29', expires: '2027-01-29' },
      ['blocker warrant.too-long', 'blocker warrant.expired'],
    ],
    [
      'expired by the power, no last day entered',
      { power: 'mda-s23-3', issued: '2026-10-29', expires: null },
      ['blocker warrant.expired', 'note warrant.no-expiry'],
    ],
    [
      'expired at the strike',
      { power: 'mda-s23-3', issued: '2026-10-29', expires: '2026-11-29' },
      ['blocker warrant.expired'],
    ],
    ['last day is the strike', { expires: '2026-12-03' }, ['warning warrant.expires-within-48-hours']],
    ['two days left', { expires: '2026-12-05' }, ['warning warrant.expires-within-48-hours']],
    ['three days left', { expires: '2026-12-06' }, ['warning warrant.expires-within-7-days']],
    ['seven days left', { expires: '2026-12-10' }, ['warning warrant.expires-within-7-days']],
    ['eight days left', { expires: '2026-12-11' }, []],
    [
      'second entry on a single-entry warrant',
      { entryNumber: 2, entryAuthority: 'Insp Hale' },
      ['blocker warrant.second-entry'],
    ],
    ['second entry, entries not stated', { entryNumber: 2, entries: null }, ['blocker warrant.second-entry']],
    [
      'second entry without authority',
      { entryNumber: 2, entries: 'multiple' },
      ['blocker warrant.entry-authority'],
    ],
    [
      'second entry on the authority of a sergeant',
      { entryNumber: 2, entries: 'multiple', entryAuthority: 'PS Hale' },
      ['blocker warrant.entry-authority'],
    ],
    ['all premises', { power: 'pace-s8-all' }, ['warning warrant.unspecified-premises']],
    ['issued by an inspector', { authority: 'Inspector Hale' }, ['blocker warrant.authority']],
    [
      'executed, neither endorsed nor returned',
      { status: 'executed', executedAt: '2026-12-03T05:40:00' },
      ['warning warrant.not-endorsed', 'warning warrant.not-returned'],
    ],
    [
      'executed, endorsed and returned',
      { status: 'returned', executedAt: '2026-12-03', endorsedAt: '2026-12-03', returnedAt: '2026-12-04' },
      [],
    ],
    [
      'executed after its last day',
      { expires: '2026-12-01', executedAt: '2026-12-03', endorsedAt: '2026-12-03', returnedAt: '2026-12-04' },
      ['blocker warrant.executed-after-expiry'],
    ],
    ['cancelled', { power: null, status: 'cancelled' }, []],
    [
      'not a warrant',
      { power: 'pace-s17', issued: null, expires: null, authority: null },
      ['note warrant.not-a-warrant'],
    ],
    [
      's.18 on the authority of a sergeant',
      { power: 'pace-s18', authority: 'Sgt', issued: null },
      ['blocker warrant.authority', 'note warrant.not-a-warrant'],
    ],
  ])('%s', (_, change, rules) => {
    expect(rulesOf(change)).toEqual(rules);
  });

  it('without a strike measures from today', () => {
    expect(rulesOf({ expires: '2026-11-23' }, { strike: null })).toEqual(['blocker warrant.expired']);
    expect(rulesOf({ expires: '2026-11-26' }, { strike: null })).toEqual([
      'warning warrant.expires-within-48-hours',
    ]);
  });

  it('takes the earlier of what the warrant and what the power says', () => {
    expect(lastDayOf({ power: 'mda-s23-3', issued: '2026-11-17', expires: '2027-02-17' })).toBe('2026-12-17');
    expect(lastDayOf({ power: 'pace-s8', issued: '2026-11-17', expires: '2026-12-01' })).toBe('2026-12-01');
    expect(lastDayOf({ power: null, issued: null, expires: null })).toBeNull();
  });

  it('is total: any facts give findings with words in every part, worst first', () => {
    const text = fc.option(
      fc.oneof(fc.string(), fc.constantFrom('pace-s8', '2026-11-18', 'multiple', 'executed', '2026-99-99')),
      {
        nil: null,
      },
    );
    const order = ['blocker', 'warning', 'note'];
    fc.assert(
      fc.property(
        fc.record({
          power: text,
          authority: text,
          issued: text,
          expires: text,
          entries: text,
          entryNumber: fc.option(fc.integer({ min: -1, max: 5 }), { nil: null }),
          entryAuthority: text,
          executedAt: text,
          endorsedAt: text,
          returnedAt: text,
          status: text,
        }),
        text,
        (facts, strike) => {
          const found = checkWarrant(facts, { strike, today: '2026-11-24' });
          for (const { message, mend, rule } of found)
            expect(`${rule}${message}${mend}`.length).toBeGreaterThan(30);
          const ranks = found.map(({ severity }) => order.indexOf(severity));
          expect(ranks).toEqual([...ranks].sort());
        },
      ),
    );
  });

  test.each([
    ['JP', 'justice'],
    ['Fellgate Magistrates', 'justice'],
    ['DJ (MC) Hale', 'justice'],
    ['Crown Court', 'court'],
    ['Det Supt Hale', 'superintendent'],
    ['T/DI Hale', 'inspector'],
    ['DS 123', 'sergeant'],
    ['PC 123', 'constable'],
    ['A. Hale', null],
  ])('readAuthority %s is %s', (text, level) => {
    expect(readAuthority(text)).toBe(level);
  });

  it('knows who outranks whom', () => {
    expect(isAuthoritySufficient('superintendent', 'inspector')).toBe(true);
    expect(isAuthoritySufficient('sergeant', 'inspector')).toBe(false);
    expect(isAuthoritySufficient('superintendent', 'justice')).toBe(false);
    expect(isAuthoritySufficient('court', 'justice')).toBe(true);
  });
});

describe('readEntryNumber', () => {
  test.each([
    ['2nd entry planned 04/12/2026 0600', 2],
    ['Second entry on the same warrant', 2],
    ['entry no. 3', 3],
    ['Entry 2', 2],
    ['1st entry done, 2nd entry planned', null],
    ['re-entry if needed', 2],
    ['entry 04/12/2026', null],
    ['Single entry', null],
    ['entry 0', null],
    ['', null],
  ])('%j is %s', (text, entry) => {
    expect(readEntryNumber(text)).toBe(entry);
  });
});

describe('parsePower', () => {
  test.each([
    ['s.23(3) MDA 1971', 'mda-s23-3'],
    ['S.23 MDA', 'mda-s23-3'],
    ['s.23(3) M.D.A.', 'mda-s23-3'],
    ['MDA s23', 'mda-s23-3'],
    ['Misuse of Drugs Act 1971 s.23', 'mda-s23-3'],
    ['Section 23(2) MDA', 'mda-s23-2'],
    ['s8 PACE', 'pace-s8'],
    ['Sec 8 PACE 1984', 'pace-s8'],
    ['PACE S8', 'pace-s8'],
    ['Section 8 Police and Criminal Evidence Act 1984', 'pace-s8'],
    ['s.8 PACE (all premises)', 'pace-s8-all'],
    ['s18 PACE', 'pace-s18'],
    ['PACE s.32', 'pace-s32'],
    ['Theft Act 1968 s.26', 'theft-s26'],
    ['POCA s.294', 'poca-s294'],
    ['Section 8', 'pace-s8'],
    ['mda-s23-3', 'mda-s23-3'],
    ['DDTRO', 'ddtro'],
  ])('%s is %s', (text, key) => {
    expect(parsePower(text)).toEqual({ value: key });
  });

  test.each(['PACE', 's.4 MDA', 'drugs', 's.8 Theft Act', 'section 99', 's.8 Firearms Act'])(
    '%s is no power',
    (text) => {
      expect(parsePower(text)).toMatchObject({ value: null, flag: { code: 'power.unknown' } });
    },
  );

  it('reads the label and every other name of each power', () => {
    for (const { key, label, also } of powers) {
      for (const words of [key, label, ...also]) expect(parsePower(words).value).toBe(key);
    }
  });
});

describe('working days', () => {
  test.each([
    ['2026-11-24', false],
    ['2026-11-28', true],
    ['2026-11-29', true],
    ['2026-12-25', true],
    ['2026-12-28', true],
    ['2027-12-27', true],
    ['2026-04-03', true],
    ['2026-04-06', true],
    ['2030-04-19', true],
    ['2030-12-25', true],
  ])('%s counts as free: %s', (date, free) => {
    expect(isNonWorkingDay(date)).toBe(free);
  });

  test.each([
    ['2026-11-24', 5, '2026-12-01', true],
    ['2026-12-23', 5, '2027-01-04', true],
    ['2026-04-02', 1, '2026-04-07', true],
    ['2026-11-28', 1, '2026-11-30', true],
    ['2027-12-30', 5, '2028-01-06', false],
  ])('%s plus %i working days is %s', (from, days, deadline, certain) => {
    expect(workingDaysAfter(from, days)).toEqual({ deadline, certain });
  });

  test.each([
    ['2026-11-24T10:00', '2026-11-26T10:00:00'],
    ['2026-11-26T10:00', '2026-11-30T10:00:00'],
    ['2026-11-27T23:59:59', '2026-12-01T23:59:59'],
    ['2026-11-28T10:00', '2026-12-02T00:00:00'],
    ['2026-11-26T00:00', '2026-11-28T00:00:00'],
    ['2026-12-24T12:00', '2026-12-30T12:00:00'],
    ['2026-04-02T09:30', '2026-04-08T09:30:00'],
  ])('cash seized %s: deadline %s', (seized, deadline) => {
    expect(cashDetentionDeadline(seized)).toEqual({ deadline, certain: true });
  });

  it('never ends cash detention later than 48 counted hours, nor on a day that does not count at all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 365 }), fc.integer({ min: 0, max: 23 }), (day, hour) => {
        const month = Math.min(12, Math.ceil(day / 31));
        const date = `2026-${String(month).padStart(2, '0')}-${String(((day - 1) % 28) + 1).padStart(2, '0')}`;
        const { deadline } = cashDetentionDeadline(`${date}T${String(hour).padStart(2, '0')}:15:00`);
        expect(isIsoDate(deadline.slice(0, 10))).toBe(true);
        if (!deadline.endsWith('T00:00:00')) expect(isNonWorkingDay(deadline.slice(0, 10))).toBe(false);
        expect(deadline > `${date}T`).toBe(true);
        expect(weekdayOf(deadline.slice(0, 10))).toBeLessThanOrEqual(deadline.endsWith('T00:00:00') ? 6 : 5);
      }),
    );
  });
});

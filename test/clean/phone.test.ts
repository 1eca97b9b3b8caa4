import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createMemory } from '../../electron/engine/intake/clean/memory.ts';
import { cleanPhone } from '../../electron/engine/intake/clean/phone.ts';
import { splitPhones } from '../../electron/engine/intake/clean/splitPhones.ts';
import { formatPhone, phoneKind } from '../../shared/domain/phone.ts';
import { tidyIdentifier } from '../../shared/domain/tidy.ts';

describe('cleanPhone', () => {
  test.each([
    '07700 900123',
    '07700900123',
    '+44 (0)7700 900123',
    '+44 7700 900123',
    '+4407700900123',
    '0044 7700 900123',
    '0044 (0) 7700 900123',
    '447700900123',
    '44 7700 900123',
    '44 07700 900123',
    '07700-900-123',
    '07700.900.123',
    '07700/900123',
    '(07700) 900123',
    'tel:07700900123',
    'Tel: 07700 900123',
    'Mob no: 07700 900123',
    '07700\u00a0900\u00a0123',
    '07700\u2013900\u2013123',
    '\u202a07700 900123\u202c',
    "'07700900123",
    ' 07700 900123 ',
    '０７７００９００１２３',
    '447700900123@s.whatsapp.net',
    '07700900123.0',
  ])('%j is a UK mobile', (text) => {
    expect(cleanPhone(text)).toEqual({ value: '+447700900123' });
  });

  test.each([
    ['7700900123', 'phone.zero-restored'],
    ['7700 900123', 'phone.zero-restored'],
    ['7700900123.0', 'phone.zero-restored'],
    ['7,700,900,123', 'phone.zero-restored'],
    ['O7700 900123', 'phone.letters'],
    ['07700 900123 (mum)', 'phone.words-removed'],
    ['07700 900123 ext 12', 'phone.extension-removed'],
  ])('%j is repaired: %s', (text, repaired) => {
    expect(cleanPhone(text)).toEqual({ value: '+447700900123', repaired });
  });

  test.each([
    ['020 7946 0123', '+442079460123'],
    ['01632 960123', '+441632960123'],
    ['0800 1111', '+448001111'],
    ['07624 123456', '+447624123456'],
    ['+33 1 23 45 67 89', '+33123456789'],
    ['0033 1 23 45 67 89', '+33123456789'],
    ['+1 (202) 555-0123', '+12025550123'],
    ['60999', '60999'],
    ['999', '999'],
    ['116123', '116123'],
    ['withheld', 'withheld'],
    ['Private Number', 'withheld'],
    ['UNKNOWN', 'withheld'],
    ['anonymous', 'withheld'],
    ['No caller ID', 'withheld'],
  ])('%j → %s without a flag', (text, value) => {
    expect(cleanPhone(text)).toEqual({ value });
  });

  test.each([
    ['4.47701E+11', null, 'phone.rounded', 'reject'],
    ['4.47701e11', null, 'phone.rounded', 'reject'],
    ['4.47E+11', null, 'phone.rounded', 'reject'],
    ['4,47701E+11', null, 'phone.rounded', 'reject'],
    ['07700 900123 / 07700 900456', null, 'phone.several', 'reject'],
    ['0770090012', null, 'phone.length', 'reject'],
    ['077009001234', null, 'phone.length', 'reject'],
    ['12', null, 'phone.length', 'reject'],
    ['07700 9xxxxx', null, 'phone.format', 'reject'],
    ['call him back soon please', null, 'phone.format', 'reject'],
    ['Voicemail', null, 'phone.service', 'warning'],
    ['EE', null, 'phone.service', 'warning'],
    ['*#06#', null, 'phone.service', 'warning'],
    ['AcmePizza', null, 'phone.name', 'warning'],
    ['n/a', null, 'value.placeholder', 'warning'],
    ['#N/A', null, 'value.error', 'reject'],
    ['2079460123', '+442079460123', 'phone.zero-assumed', 'warning'],
    ['33123456789', '+33123456789', 'phone.country-assumed', 'warning'],
    ['01000 000000', '+441000000000', 'phone.unassigned', 'warning'],
  ])('%j is flagged', (text, value, code, severity) => {
    expect(cleanPhone(text)).toMatchObject({ value, flag: { code, severity } });
  });

  it('takes the digits that the spreadsheet kept', () => {
    expect(cleanPhone('4.47701E+11', { type: 'number', value: 447700900123 })).toEqual({
      value: '+447700900123',
      repaired: 'phone.from-stored',
    });
    expect(cleanPhone('######', { type: 'number', value: 7700900123 })).toEqual({
      value: '+447700900123',
      repaired: 'phone.from-stored',
    });
    expect(cleanPhone('7700900123', { type: 'number', value: 7700900123 })).toEqual({
      value: '+447700900123',
      repaired: 'phone.zero-restored',
    });
    expect(cleanPhone('2079460123', { type: 'number', value: 2079460123 })).toEqual({
      value: '+442079460123',
      repaired: 'phone.zero-restored',
    });
    expect(cleanPhone('4.47701E+20', { type: 'number', value: 4.47701e20 }).flag?.code).toBe('phone.rounded');
    expect(cleanPhone('4.47701E+11').value).toBeNull();
  });

  it('hands out results that nobody can change for others', () => {
    const first = cleanPhone('07700 900777');
    expect(() => Object.assign(first, { value: 'x' })).toThrow(TypeError);
    expect(cleanPhone('07700 900777').value).toBe('+447700900777');
  });

  it('never throws, never loses a value without a flag, and is idempotent', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[+(]?[\d ().\-/]{1,20}$/),
      fc.stringMatching(/^(07|\+44|0044|44|7)\d{8,10}$/),
      fc.stringMatching(/^[\dOxXeE+., ]{1,16}$/),
      fc.stringMatching(/^(Tel|mob|x|ext|or|and|withheld)?[: ]?\d{0,12}$/),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const once = cleanPhone(text);
        if (once.value === null) {
          expect(once.flag !== undefined || tidyIdentifier(text) === '').toBe(true);
        } else {
          expect(once.value).toMatch(/^(?:\+\d{4,15}|\d{3,6}|withheld)$/);
          expect(cleanPhone(once.value).value).toBe(once.value);
          expect(cleanPhone(formatPhone(once.value)).value).toBe(once.value);
        }
      }),
      { numRuns: 1500 },
    );
  });
});

describe('formatPhone and phoneKind', () => {
  test.each([
    ['+447700900123', '07700 900123', 'uk-mobile'],
    ['+442079460123', '020 7946 0123', 'uk-landline'],
    ['+441214960123', '0121 496 0123', 'uk-landline'],
    ['+441632960123', '01632 960123', 'uk-landline'],
    ['+443069990123', '0306 999 0123', 'uk-service'],
    ['+448001111', '0800 1111', 'uk-service'],
    ['+447012345678', '07012 345678', 'uk-personal'],
    ['+447624123456', '07624 123456', 'uk-mobile'],
    ['+33123456789', '+33 1 23 45 67 89', 'international'],
    ['+12025550123', '+1 202 555 0123', 'international'],
    ['+353851234567', '+353 851 234 567', 'international'],
    ['60999', '60999', 'short-code'],
    ['withheld', 'withheld', 'withheld'],
  ])('%s is shown as %s (%s)', (phone, shown, kind) => {
    expect(formatPhone(phone)).toBe(shown);
    expect(phoneKind(phone)).toBe(kind);
  });
});

describe('splitPhones', () => {
  test.each([
    ['07700 900123 / 07700 900456', ['07700 900123', '07700 900456']],
    ['07700900123/07700900456', ['07700900123', '07700900456']],
    ['07700900123;07700900456', ['07700900123', '07700900456']],
    ['07700 900123, 07700 900456', ['07700 900123', '07700 900456']],
    ['07700900123\r\n07700900456', ['07700900123', '07700900456']],
    ['07700900123 or 07700900456', ['07700900123', '07700900456']],
    ['07700 900123 & 07700 900456', ['07700 900123', '07700 900456']],
    ['07700 900123 07700 900456', ['07700 900123', '07700 900456']],
    ['60999; 07700900123', ['60999', '07700900123']],
    ['07700/900123', ['07700/900123']],
    ['7,700,900,123', ['7,700,900,123']],
    ['07700 900123', ['07700 900123']],
    ['', []],
    [' \u00a0', []],
    [' ; , ', []],
  ])('%j', (text, numbers) => {
    expect(splitPhones(text)).toEqual(numbers);
  });

  it('gives pieces that are not split again, and never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\d ,;/&or\n]{0,40}$/)),
        (text) => {
          for (const piece of splitPhones(text)) expect(splitPhones(piece).length).toBe(1);
        },
      ),
    );
  });
});

describe('memory', () => {
  it('stays bounded and keeps what is used often', () => {
    const memory = createMemory<number>(10);
    memory.set('often', 1);
    for (let index = 0; index < 1000; index += 1) {
      memory.set(`once ${index}`, index);
      expect(memory.get('often')).toBe(1);
    }
    expect(memory.get('once 1')).toBeUndefined();
    const kept = Array.from({ length: 1000 }, (_, index) => memory.get(`once ${index}`)).filter(
      (value) => value !== undefined,
    );
    expect(kept.length).toBeLessThanOrEqual(20);
  });
});

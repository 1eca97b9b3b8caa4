import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { addressKey, cleanAddress } from '../../shared/domain/addresses.ts';
import { cleanName, nameKey } from '../../shared/domain/names.ts';
import { tidyText } from '../../shared/domain/tidy.ts';
import { cleanNumber, cleanSex, cleanYesNo } from '../../shared/domain/values.ts';

describe('cleanName', () => {
  test.each([
    ['SMITH, John Paul', '', 'John Paul', 'Smith', []],
    ['John Smith', '', 'John', 'Smith', []],
    ['Mr J SMITH', 'Mr', 'J', 'Smith', []],
    ['SMITH John', '', 'John', 'Smith', []],
    ['JOHN SMITH', '', 'John', 'Smith', []],
    ['john smith', '', 'John', 'Smith', []],
    ['SMITH, Mr John', 'Mr', 'John', 'Smith', []],
    ['SMITH, John Mr', 'Mr', 'John', 'Smith', []],
    ["O'NEILL", '', '', "O'Neill", []],
    ['O\u2019NEILL, Liam', '', 'Liam', "O'Neill", []],
    ['SMITH-JONES, Zoë', '', 'Zoë', 'Smith-Jones', []],
    ['MCDONALD, Ian', '', 'Ian', 'McDonald', []],
    ['Łukasz NOWAK', '', 'Łukasz', 'Nowak', []],
    ['Siân  Wyn\u00a0Jones ', '', 'Siân Wyn', 'Jones', []],
    ['Jan van der Berg', '', 'Jan', 'van der Berg', []],
    ['VAN DER BERG Jan', '', 'Jan', 'Van Der Berg', []],
    ['J P Smith', '', 'J P', 'Smith', []],
    ['DeShawn MacKay', '', 'DeShawn', 'MacKay', []],
    ['PC Sarah BELL', 'PC', 'Sarah', 'Bell', []],
    ['John Smith AKA Ghost', '', 'John', 'Smith', ['Ghost']],
    ['John Smith a.k.a. Ghost / Casper', '', 'John', 'Smith', ['Ghost', 'Casper']],
    ['John SMITH alias Ghost and Casper', '', 'John', 'Smith', ['Ghost', 'Casper']],
    ['John "Ghost" Smith', '', 'John', 'Smith', ['Ghost']],
    ['John \u201cGhost\u201d Smith', '', 'John', 'Smith', ['Ghost']],
    ['John (Ghost) SMITH', '', 'John', 'Smith', ['Ghost']],
    ["John 'Ghost' Smith", '', 'John', 'Smith', ['Ghost']],
    ['SMITH, John (AKA Ghost)', '', 'John', 'Smith', ['Ghost']],
    ['SMITH John, street name: Ghost', '', 'John', 'Smith', ['Ghost']],
  ])('%j', (text, title, forenames, surname, aliases) => {
    expect(cleanName(text)).toEqual({
      value: { full: `${forenames} ${surname}`.trim(), title, forenames, surname, suffix: '', aliases },
    });
  });

  test.each([
    ['"Ghost"', 'Ghost', 'name.alias-only', 'warning'],
    ['Unknown male', 'Unknown male', 'name.unknown', 'warning'],
    ['John Smith 2', 'John Smith 2', 'name.digits', 'warning'],
  ])('%j is kept with a warning', (text, full, code, severity) => {
    expect(cleanName(text)).toMatchObject({ value: { full }, flag: { code, severity } });
  });

  it('refuses what is no name', () => {
    expect(cleanName('12345')).toMatchObject({
      value: null,
      flag: { code: 'name.format', severity: 'reject' },
    });
    expect(cleanName('N/A')).toMatchObject({ value: null, flag: { code: 'value.placeholder' } });
    expect(cleanName('  ')).toEqual({ value: null });
  });

  it('reads back every full name that it gives', () => {
    // Three letters at least, and none that is also a title or a suffix ('Pc', 'Dci', 'Esq').
    const word = fc
      .stringMatching(/^[A-Z][a-zéèöłñ]{2,8}(-[A-Z][a-z]{1,5})?$/)
      .filter((text) => cleanName(`Anna ${text} Bell`).value?.forenames === `Anna ${text}`)
      .filter((text) => cleanName(`${text} Anna Bell`).value?.title === '')
      .filter((text) => cleanName(`Anna Bell ${text}`).value?.suffix === '');
    fc.assert(
      fc.property(
        word,
        word,
        fc.constantFrom('upper', 'lower', 'as is', 'comma'),
        (forename, surname, form) => {
          const written = {
            upper: `${forename} ${surname}`.toUpperCase(),
            lower: `${forename} ${surname}`.toLowerCase(),
            'as is': `${forename} ${surname}`,
            comma: `${surname.toUpperCase()}, ${forename}`,
          }[form];
          const once = cleanName(written).value;
          const twice = cleanName(once?.full ?? '').value;
          expect(twice?.full).toBe(once?.full);
          expect(nameKey(once?.full ?? '')).toBe(nameKey(written.replace(',', '')));
        },
      ),
    );
  });

  it('never throws and never loses a value without a flag', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[A-Za-z '"(),./-]{0,24}$/)),
        (text) => {
          const { value, flag } = cleanName(text);
          if (value === null)
            expect(flag !== undefined || tidyText(text).replace(/^'/, '').trim() === '').toBe(true);
          else expect(value.full).not.toBe('');
          nameKey(text);
        },
      ),
      { numRuns: 800 },
    );
  });
});

describe('nameKey', () => {
  test.each([
    ['SMITH, John-Paul', 'john paul smith'],
    ["Łukasz O'Néill", 'LUKASZ ONEILL'],
    ['Zoë Groß', 'zoe gross'],
    ['Søren Ærø', 'soren aero'],
  ])('%s is %s', (a, b) => {
    expect(nameKey(a)).toBe(nameKey(b));
  });

  test.each([
    ['John Smith', 'Jon Smith'],
    ['John Smith', 'John Paul Smith'],
    ['John Smith', 'J Smith'],
  ])('%s is not %s', (a, b) => {
    expect(nameKey(a)).not.toBe(nameKey(b));
  });
});

describe('cleanAddress', () => {
  test.each([
    ['12 HIGH STREET,\r\nMARLOW BRIDGE\r\nCA99 1AB', '12 High Street, Marlow Bridge', 'CA99 1AB'],
    ['Flat 2,  12 High St , Fellgate', 'Flat 2, 12 High St, Fellgate', null],
    ['12 High Street ca991ab', '12 High Street', 'CA99 1AB'],
    ['12a HIGH STREET', '12a HIGH STREET', null],
    ['12A HIGH STREET', '12A High Street', null],
    ['CA99 1AB', 'CA99 1AB', 'CA99 1AB'],
    ['CA99 1AB, 12 High Street', 'CA99 1AB, 12 High Street', 'CA99 1AB'],
  ])('%j', (text, address, postcode) => {
    expect(cleanAddress(text)).toEqual({ value: { address, postcode } });
  });

  it('flags no fixed abode, several postcodes and nothing at all', () => {
    expect(cleanAddress('No fixed abode')).toMatchObject({ value: null, flag: { code: 'address.none' } });
    expect(cleanAddress('1 A Rd CA99 1AB and 2 B Rd CA99 2AB')).toMatchObject({
      value: { postcode: null },
      flag: { code: 'address.several-postcodes' },
    });
    expect(cleanAddress('...')).toMatchObject({ value: null, flag: { code: 'value.placeholder' } });
    expect(cleanAddress('')).toEqual({ value: null });
  });

  it('never throws, never loses a value without a flag, and is idempotent', () => {
    const parts = fc.constantFrom(
      '12',
      'Flat 2',
      'HIGH STREET',
      'High St',
      'CA99 1AB',
      ',',
      '\n',
      ';',
      'Fellgate',
      '(rear)',
    );
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(parts, { maxLength: 6 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const { value, flag } = cleanAddress(text);
        if (value === null) expect(flag !== undefined || tidyText(text).replace(/^'/, '') === '').toBe(true);
        else
          expect(addressKey(value.address, value.postcode ?? undefined)).toBe(
            addressKey(text, value.postcode ?? undefined),
          );
      }),
      { numRuns: 500 },
    );
  });
});

describe('addressKey', () => {
  test.each([
    ['12 High St, Fellgate', 'CA99 1AB', '12 HIGH STREET', 'CA99 1AB'],
    ['12 High Street, Fellgate CA99 1AB', undefined, '12 high st.', 'CA991AB'],
    ["Flt 2, 12 St. John's Rd", undefined, 'Flat 2 12 St Johns Road', undefined],
    ['No. 12 High Street', undefined, '12 High Street', undefined],
  ])('%s (%s) is %s (%s)', (a, postcodeA, b, postcodeB) => {
    expect(addressKey(a, postcodeA)).toBe(addressKey(b, postcodeB));
  });

  test.each([
    ['12 High Street', 'CA99 1AB', '12a High Street', 'CA99 1AB'],
    ['12 High Street', 'CA99 1AB', '12 High Road', 'CA99 1AB'],
    ['12 High Street', 'CA99 1AB', '12 High Street', 'CA99 1AC'],
    ['Flat 1, 12 High Street', 'CA99 1AB', 'Flat 2, 12 High Street', 'CA99 1AB'],
    ['Rose Court, 12 High Street', 'CA99 1AB', 'Rose Court, 14 High Street', 'CA99 1AB'],
    ['12 High Street, Fellgate', undefined, '12 High Street, Marlow Bridge', undefined],
    ['12 High Street', 'CA99 1AB', '12 High Street', undefined],
  ])('%s (%s) is not %s (%s)', (a, postcodeA, b, postcodeB) => {
    expect(addressKey(a, postcodeA)).not.toBe(addressKey(b, postcodeB));
  });
});

describe('plain values', () => {
  it('reads yes and no', () => {
    expect(cleanYesNo('Yes')).toEqual({ value: true });
    expect(cleanYesNo(' n ')).toEqual({ value: false });
    expect(cleanYesNo('TRUE', { type: 'boolean', value: true })).toEqual({ value: true });
    expect(cleanYesNo('x').flag?.severity).toBe('reject');
    expect(cleanYesNo('unknown')).toMatchObject({ value: null, flag: { severity: 'warning' } });
  });

  test.each([
    ['1,234.50', 1234.5],
    ['£1,234', 1234],
    ['-5', -5],
    ['(45)', -45],
    ['12%', 12],
    ['.5', 0.5],
    ['1.5E+3', 1500],
    ['0', 0],
  ])('cleanNumber %s → %d', (text, value) => {
    expect(cleanNumber(text)).toEqual({ value });
  });

  it('does not guess numbers', () => {
    for (const text of ['1.234,50', 'about 5', '5 or 6', '1,2,3', '12,34', '--5']) {
      expect(cleanNumber(text)).toMatchObject({ value: null, flag: { code: 'number.format' } });
    }
    expect(cleanNumber('5', { type: 'number', value: 4.9999 })).toEqual({ value: 4.9999 });
  });

  it('reads sexes', () => {
    expect(['m', 'Female', 'X', 'Boy'].map((text) => cleanSex(text).value)).toEqual(['M', 'F', 'X', 'M']);
    expect(cleanSex('constructor').flag?.code).toBe('value.sex');
    expect(cleanSex('unknown').value).toBeNull();
  });
});

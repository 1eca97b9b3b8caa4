import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Cleaned } from '../../shared/domain/cleaned.ts';
import {
  cleanIccid,
  cleanImei,
  cleanImsi,
  imeiKey,
  isUkImsi,
} from '../../shared/domain/deviceIdentifiers.ts';
import {
  cleanEastingNorthing,
  cleanGridReference,
  formatGridReference,
  gridReferenceOf,
} from '../../shared/domain/gridReference.ts';
import { cleanLatLon, cleanLatLonPair, formatLatLon } from '../../shared/domain/latLon.ts';
import { cleanNationalInsurance } from '../../shared/domain/nationalInsurance.ts';
import { cleanUprn, cleanWhat3words } from '../../shared/domain/placeIdentifiers.ts';
import {
  cleanAsn,
  cleanCro,
  cleanPncId,
  completePncYear,
  isValidCro,
  isValidPncId,
} from '../../shared/domain/policeIdentifiers.ts';
import { cleanPostcode, findPostcodes, isFullPostcode } from '../../shared/domain/postcode.ts';
import { tidyIdentifier } from '../../shared/domain/tidy.ts';
import { cleanVehicleMark, confusableKey, vehicleMarkFormat } from '../../shared/domain/vehicleMark.ts';

const thisYear = 2026;
const pnc = (text: string) => cleanPncId(text, { thisYear });

describe('postcode', () => {
  test.each([
    ['CA1 1AA', 'CA1 1AA'],
    ['ca11aa', 'CA1 1AA'],
    [' SW1A\u00a01AA ', 'SW1A 1AA'],
    ['EC1A-1BB', 'EC1A 1BB'],
    ['W1A 0AX', 'W1A 0AX'],
    ['M1 1AE', 'M1 1AE'],
    ['CR2 6XH', 'CR2 6XH'],
    ['DN55 1PT', 'DN55 1PT'],
    ['GIR 0AA', 'GIR 0AA'],
    ['BFPO 801', 'BFPO 801'],
  ])('%s → %s without a flag', (text, value) => {
    expect(cleanPostcode(text)).toEqual({ value });
  });

  test.each([
    ['CA1 IAA', 'CA1 1AA', 'postcode.letters'],
    ['CA1 OAA', 'CA1 0AA', 'postcode.letters'],
    ['0L1 1AA', 'OL1 1AA', 'postcode.letters'],
    ['Carlisle, CA1 1AA', 'CA1 1AA', 'postcode.extracted'],
  ])('%s is repaired to %s', (text, value, repaired) => {
    expect(cleanPostcode(text)).toEqual({ value, repaired });
  });

  test.each([
    ['CA1', 'CA1', 'postcode.partial', 'warning'],
    ['CA1 1', 'CA1 1', 'postcode.partial', 'warning'],
    ['ZZ99 3VZ', 'ZZ99 3VZ', 'postcode.pseudo', 'warning'],
    ['CA1 1AA or CA2 2BB', null, 'postcode.several', 'reject'],
    ['CA1 1CA', null, 'postcode.format', 'reject'],
    ['Carlisle', null, 'postcode.format', 'reject'],
    ['N/A', null, 'value.placeholder', 'warning'],
    ['#REF!', null, 'value.error', 'reject'],
    ['####', null, 'value.hashes', 'reject'],
  ])('%s is flagged', (text, value, code, severity) => {
    expect(cleanPostcode(text)).toMatchObject({ value, flag: { code, severity } });
  });

  it('tells a whole postcode from a part, and finds those inside an address', () => {
    expect(isFullPostcode('CA1 1AA')).toBe(true);
    expect(isFullPostcode('CA1')).toBe(false);
    expect(findPostcodes('1 High St CA1 1AA and Flat 2, ca22bb')).toEqual(['CA1 1AA', 'CA2 2BB']);
    expect(findPostcodes('ref XCA1 1AAB')).toEqual([]);
  });
});

describe('vehicle mark', () => {
  test.each([
    ['ab12 cde', 'AB12CDE', 'current'],
    ['A123 BCD', 'A123BCD', 'prefix'],
    ['ABC 123D', 'ABC123D', 'suffix'],
    ['ABC 123', 'ABC123', 'dateless'],
    ['1234 AB', '1234AB', 'dateless'],
    ['AIZ 1234', 'AIZ1234', 'northern-ireland'],
    ['Q123 ABC', 'Q123ABC', 'q-plate'],
    ['101D234', '101D234', 'diplomatic'],
  ])('%s → %s (%s)', (text, value, format) => {
    expect(cleanVehicleMark(text)).toEqual({ value });
    expect(vehicleMarkFormat(value)).toBe(format);
  });

  test.each([
    ['AQ12CDE', 'AQ12CDE'],
    ['AB12CDI', 'AB12CDI'],
    ['M-ÄB 123', 'MÄB123'],
    ['AB12 CDEF', 'AB12CDEF'],
  ])('%s is kept with a warning', (text, value) => {
    expect(cleanVehicleMark(text)).toMatchObject({
      value,
      flag: { code: 'vehicle.format', severity: 'warning' },
    });
  });

  it('looks alike where letters and digits do', () => {
    expect(confusableKey('AB12 OIS')).toBe(confusableKey('A812 015'));
    expect(confusableKey('AB12CDE')).not.toBe(confusableKey('AB13CDE'));
  });
});

describe('PNC ID', () => {
  test.each([
    ['2003/0062845E', '2003/0062845E'],
    ['2020/0476873U', '2020/0476873U'],
    ['1981/0154257C', '1981/0154257C'],
    ['2008/0056560Z', '2008/0056560Z'],
    ['2003/0011985X', '2003/0011985X'],
    ['81/34U', '1981/0000034U'],
    ['02/73319Z', '2002/0073319Z'],
    ['00/223R', '2000/0000223R'],
    ['03/3Y', '2003/0000003Y'],
    ['1999/0139097Y', '1999/0139097Y'],
    ['2000/0160946Q', '2000/0160946Q'],
    ['2024/0070623D', '2024/0070623D'],
    ['pnc id: 2003 / 62845e', '2003/0062845E'],
    ['20030062845E', '2003/0062845E'],
    ['03\\62845E', '2003/0062845E'],
  ])('%s → %s', (text, value) => {
    expect(pnc(text)).toEqual({ value });
    expect(isValidPncId(value)).toBe(true);
  });

  it('chooses the latest century that is not in the future', () => {
    expect(completePncYear(26, 2026)).toBe(2026);
    expect(completePncYear(27, 2026)).toBe(1927);
    expect(completePncYear(99, 2100)).toBe(2099);
    expect(completePncYear(0, 2100)).toBe(2100);
  });

  test.each([
    ['2003/0062845F', '2003/0062845F', 'pnc.check'],
    ['2003/0062845', '2003/0062845', 'pnc.no-check'],
    ['2030/0000001G', '2030/0000001G', 'pnc.year'],
    ['12345', '12345', 'pnc.format'],
  ])('%s warns and is kept', (text, value, code) => {
    const result = pnc(text);
    expect(result.value).toBe(value);
    expect(result.flag?.severity).toBe('warning');
    expect(result.flag?.code).toBe(code);
  });

  it('notices any single wrong digit', () => {
    for (let place = 0; place < 7; place += 1) {
      for (let digit = 0; digit < 10; digit += 1) {
        const serial = `0062845`.split('');
        if (serial[place] === String(digit)) continue;
        serial[place] = String(digit);
        expect(pnc(`2003/${serial.join('')}E`).flag?.code).toBe('pnc.check');
      }
    }
  });
});

describe('CRO number and ASN', () => {
  test.each(['265416/21G', '65656/91H', '6697/56U', '991/66G', '33577/63G', 'SF05/482703J', 'SF83/50058Z'])(
    '%s is right',
    (text) => {
      expect(cleanCro(text)).toEqual({ value: text });
      expect(isValidCro(text)).toBe(true);
    },
  );

  test.each([
    ['85227/65G', 'cro.check'],
    ['265416/21H', 'cro.check'],
    ['265416/21', 'cro.no-check'],
    ['99166G', 'cro.format'],
  ])('%s warns and is kept', (text, code) => {
    expect(cleanCro(text)).toMatchObject({ value: text, flag: { code, severity: 'warning' } });
    expect(isValidCro(text)).toBe(false);
  });

  it('drops leading zeros and blanks of a CRO number', () => {
    expect(cleanCro('cro: 000991 / 66 g')).toEqual({ value: '991/66G' });
  });

  it('reads an ASN with and without slashes', () => {
    const value = '11/01ZD/01/00000448754K';
    expect(cleanAsn('1101ZD0100000448754K')).toEqual({ value });
    expect(cleanAsn('11/01ZD/01/448754K')).toEqual({ value });
    expect(cleanAsn('11/01zd/01/448754/k')).toEqual({ value });
    expect(cleanAsn('11/01ZD/01/448755K').flag).toMatchObject({ code: 'asn.check', severity: 'warning' });
  });
});

describe('device identifiers', () => {
  test.each([
    ['490154203237518', '490154203237518'],
    ['49-015420-323751-8', '49-015420-323751-8'.replaceAll('-', '')],
    ['IMEI: 490154203237518', '490154203237518'],
    ['49015420323751', '49015420323751'],
    ['490154203237510', '490154203237510'],
    ['4901542032375100', '4901542032375100'],
    ['490154203237518.0', '490154203237518'],
  ])('IMEI %s → %s', (text, value) => {
    expect(cleanImei(text)).toEqual({ value });
    expect(imeiKey(value)).toBe('49015420323751');
  });

  it('flags a wrong check digit and refuses what a spreadsheet has rounded', () => {
    expect(cleanImei('490154203237517')).toMatchObject({ flag: { code: 'imei.check', severity: 'warning' } });
    expect(cleanImei('4.90154E+14')).toMatchObject({
      value: null,
      flag: { code: 'imei.rounded', severity: 'reject' },
    });
    expect(cleanImei('4.90154E+14', { type: 'number', value: 490154203237518 })).toEqual({
      value: '490154203237518',
      repaired: 'identifier.from-stored',
    });
    expect(cleanImei('4901542032375180', { type: 'number', value: 4901542032375180 }).flag?.code).toBe(
      'imei.rounded',
    );
    expect(cleanImei('12345').flag?.code).toBe('imei.length');
    expect(cleanImei('handset A').flag?.code).toBe('imei.format');
    expect(cleanImei('000000000000000')).toMatchObject({ value: null, flag: { code: 'value.placeholder' } });
  });

  it('reads IMSI and ICCID', () => {
    expect(cleanImsi('234 15 1234567890')).toEqual({ value: '234151234567890' });
    expect(isUkImsi('234151234567890')).toBe(true);
    expect(isUkImsi('208011234567890')).toBe(false);
    expect(cleanImsi('2.34151E+14').flag?.code).toBe('imsi.rounded');
    expect(cleanIccid('8944110068012345670').flag?.code).toBe('iccid.check');
    expect(cleanIccid('8944110068012345671F').value).toBe('8944110068012345671');
    expect(cleanIccid('8944110068012340000').flag).toMatchObject({
      code: 'iccid.rounded',
      severity: 'reject',
    });
    expect(cleanIccid('8.94411E+18').flag?.code).toBe('iccid.rounded');
  });
});

describe('other identifiers', () => {
  it('reads National Insurance numbers', () => {
    expect(cleanNationalInsurance('ab 12 34 56 c')).toEqual({ value: 'AB123456C' });
    expect(cleanNationalInsurance('AB123456').flag?.code).toBe('nino.no-suffix');
    expect(cleanNationalInsurance('GB123456A')).toMatchObject({ value: null, flag: { severity: 'reject' } });
    expect(cleanNationalInsurance('DA123456A').value).toBeNull();
  });

  it('reads UPRN and what3words', () => {
    expect(cleanUprn('0010012345678')).toEqual({ value: '10012345678' });
    expect(cleanUprn('1.00123E+10').flag?.code).toBe('uprn.rounded');
    expect(cleanUprn('1234567890123').flag?.code).toBe('uprn.length');
    expect(cleanWhat3words('/Filled.Count.Soap')).toEqual({ value: '///filled.count.soap' });
    expect(cleanWhat3words('https://what3words.com/filled.count.soap').value).toBe('///filled.count.soap');
    expect(cleanWhat3words('filled count soap').flag?.severity).toBe('reject');
  });

  it('reads grid references with the precision given', () => {
    expect(cleanGridReference('NY 400 560')).toEqual({
      value: { reference: 'NY400560', easting: 340000, northing: 556000, metres: 100 },
    });
    expect(cleanGridReference('TG 51409 13177').value).toMatchObject({
      easting: 651409,
      northing: 313177,
      metres: 1,
    });
    expect(cleanGridReference('HU 396 753').value).toMatchObject({ easting: 439600, northing: 1175300 });
    expect(cleanGridReference('SV 0 0').value).toMatchObject({ easting: 0, northing: 0, metres: 10000 });
    expect(cleanGridReference('340000, 556000').value?.reference).toBe('NY4000056000');
    expect(cleanEastingNorthing('340,000', '556,000').value?.reference).toBe('NY4000056000');
    expect(cleanGridReference('NY 4005 60 1').flag?.code).toBe('grid.odd');
    expect(cleanGridReference('NI 400 560').flag?.code).toBe('grid.format');
    expect(cleanEastingNorthing('340000', '').flag?.severity).toBe('reject');
    expect(formatGridReference('NY400560')).toBe('NY 400 560');
  });

  it('reads positions and never swaps them silently', () => {
    expect(cleanLatLon('54.8925, -2.9329')).toEqual({ value: { latitude: 54.8925, longitude: -2.9329 } });
    expect(cleanLatLon(`54°53'33"N 2°55'58"W`).value?.latitude).toBeCloseTo(54.8925, 6);
    expect(cleanLatLon(`54°53'33"N 2°55'58"W`).value?.longitude).toBeCloseTo(-2.93277, 4);
    expect(cleanLatLonPair('2.9329 W', '54.8925 N').value).toEqual({ latitude: 54.8925, longitude: -2.9329 });
    expect(cleanLatLon('-2.9329, 54.8925')).toMatchObject({
      value: { latitude: -2.9329, longitude: 54.8925 },
      flag: { code: 'latlon.swapped' },
    });
    expect(cleanLatLon('0,0').flag?.code).toBe('latlon.zero');
    expect(cleanLatLon('48.85, 2.35').flag?.code).toBe('latlon.outside-uk');
    expect(cleanLatLon('95, 2').flag?.code).toBe('latlon.range');
    expect(cleanLatLonPair('54.9', '').flag?.severity).toBe('reject');
  });
});

describe('every identifier cleaner', () => {
  const cleaners: [string, (text: string) => Cleaned<unknown>, (value: never) => string][] = [
    ['postcode', cleanPostcode, (value: string) => value],
    ['vehicle mark', cleanVehicleMark, (value: string) => value],
    ['PNC ID', pnc, (value: string) => value],
    ['CRO', cleanCro, (value: string) => value],
    ['ASN', cleanAsn, (value: string) => value],
    ['IMEI', (text) => cleanImei(text), (value: string) => value],
    ['IMSI', (text) => cleanImsi(text), (value: string) => value],
    ['ICCID', (text) => cleanIccid(text), (value: string) => value],
    ['NINO', cleanNationalInsurance, (value: string) => value],
    ['UPRN', (text) => cleanUprn(text), (value: string) => value],
    ['what3words', cleanWhat3words, (value: string) => value],
    ['grid', cleanGridReference, (value: { reference: string }) => value.reference],
    ['position', cleanLatLon, formatLatLon],
  ];
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.stringMatching(/^[A-Z0-9 /.,'-]{0,24}$/),
    fc.stringMatching(/^\d{2,4}\/\d{1,7}[A-Z]$/),
    fc.stringMatching(/^\d{10,21}$/),
    fc.stringMatching(/^[A-Z]{2}\d{2,10}$/),
    fc.stringMatching(/^-?\d{1,3}\.\d{1,9}, ?-?\d{1,3}\.\d{1,9}$/),
  );

  it('gives capitals in composed form, so that they read the same again', () => {
    for (const clean of [cleanCro, cleanVehicleMark, cleanPostcode]) {
      const { value } = clean('ΰ⅐');
      expect(value === null ? value : clean(value).value).toBe(value);
    }
  });

  test.each(cleaners)(
    '%s: never throws, never loses a value without a flag, and is idempotent',
    (_, clean, show) => {
      fc.assert(
        fc.property(anyText, (text) => {
          const once = clean(text);
          if (once.value === null) {
            expect(once.flag !== undefined || tidyIdentifier(text) === '').toBe(true);
          } else {
            const twice = clean(show(once.value as never));
            expect(twice.value).toEqual(once.value);
            expect(twice.repaired).toBeUndefined();
          }
        }),
        { numRuns: 400 },
      );
    },
  );

  test.each(cleaners)('%s: refuses prose', (_, clean) => {
    expect(clean('A1 '.repeat(2000))).toMatchObject({
      value: null,
      flag: { code: 'value.long', severity: 'reject' },
    });
  });

  it('grid references survive the way to metres and back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 699_999 }),
        fc.integer({ min: 0, max: 1_299_999 }),
        (east, north) => {
          const made = gridReferenceOf(east, north);
          expect(cleanGridReference(formatGridReference(made?.reference ?? '')).value).toEqual(made);
        },
      ),
    );
  });
});

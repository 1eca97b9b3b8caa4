import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { cleanPhone } from '../../electron/engine/intake/clean/phone.ts';
import { cleanAddress } from '../../shared/domain/addresses.ts';
import { cleanCellIdentity, readCellIdentity } from '../../shared/domain/cellIdentifiers.ts';
import { cleanDate } from '../../shared/domain/dates.ts';
import { cleanIccid, cleanImei, cleanImsi } from '../../shared/domain/deviceIdentifiers.ts';
import { parseGrade } from '../../shared/domain/grades.ts';
import { cleanGridReference } from '../../shared/domain/gridReference.ts';
import { onlyReading } from '../../shared/domain/lookalikes.ts';
import { parseMarking } from '../../shared/domain/markings.ts';
import { cleanName } from '../../shared/domain/names.ts';
import { cleanNationalInsurance } from '../../shared/domain/nationalInsurance.ts';
import { cleanCro, cleanPncId, isValidCro, isValidPncId } from '../../shared/domain/policeIdentifiers.ts';
import { cleanPostcode } from '../../shared/domain/postcode.ts';
import { cleanVehicleMark, splitVehicleMarks, vehicleMarkFormat } from '../../shared/domain/vehicleMark.ts';

const thisYear = 2026;
const birth = (text: string) => cleanDate(text, undefined, { order: 'dmy', thisYear, birth: true });

/** [written, value, code of the repair or flag, or null where the value is plain] */
type Row = readonly [string, unknown, string | null];
const codeOf = (cleaned: { repaired?: string; flag?: { code: string } }) =>
  cleaned.repaired === 'vehicle.letters'
    ? cleaned.repaired
    : (cleaned.flag?.code ?? cleaned.repaired ?? null);

describe('phones', () => {
  test.each<Row>([
    ['077OO 9OO123', '+447700900123', 'phone.letters'],
    ['07700 9OOl23', '+447700900123', 'phone.letters'],
    ['+44 7700 900 I23', '+447700900123', 'phone.letters'],
    ['141 07700900123', '+447700900123', 'phone.prefix-removed'],
    ['#31#07700900123', '+447700900123', 'phone.prefix-removed'],
    ['4.47700900123E+11', '+447700900123', 'phone.from-stored'],
    ['4.477009E+11', null, 'phone.rounded'],
    ['7.7009E+9', null, 'phone.rounded'],
    ['1632 960123', '+441632960123', 'phone.zero-assumed'],
    ['٠٧٧٠٠٩٠٠١٢٣', '+447700900123', null],
    ['="07700900123"', '+447700900123', null],
    ['07700 900123?', '+447700900123', 'phone.doubtful'],
    ['07700 900123 or 456', '+447700900123', 'phone.more-digits'],
    ['07700 900123x12', '+447700900123', 'phone.extension-removed'],
    ['07700 9????', null, 'phone.format'],
    ['N/K', null, 'value.placeholder'],
  ])('%j → %s (%s)', (text, value, code) => {
    const cleaned = cleanPhone(text);
    expect([cleaned.value, codeOf(cleaned)]).toEqual([value, code]);
  });
});

describe('vehicle marks', () => {
  test.each<Row>([
    ['AB1O CDE', 'AB10CDE', 'vehicle.letters'],
    ['ABI2 CDE', 'AB12CDE', 'vehicle.letters'],
    ['AB12 C0E', 'AB12COE', 'vehicle.letters'],
    ['ABC 12I D', 'ABC121D', 'vehicle.letters'],
    ['A812 CDE', 'A812CDE', null],
    ['FM57 I0D', 'FM57I0D', 'vehicle.format'],
    ['1234', '1234', 'vehicle.format'],
    ['no reg', 'NOREG', 'vehicle.format'],
    ['Blue Corsa AB12 CDE', 'AB12CDE', 'vehicle.extracted'],
    ['AB12CDE (red)', 'AB12CDE', 'vehicle.words-removed'],
    ['VRM: AB12 CDE', 'AB12CDE', 'vehicle.words-removed'],
    ['Golf R32 GTI', 'GOLFR32GTI', 'vehicle.format'],
    ['AB12 ???', 'AB12???', 'vehicle.partial'],
    ['AB?? CDE', 'AB??CDE', 'vehicle.partial'],
    ['AB12 CDE?', 'AB12CDE', 'vehicle.doubtful'],
    ['A123 BCD ?', 'A123BCD', 'vehicle.doubtful'],
    ['I0 OIA?/', 'I0OIA', 'vehicle.doubtful'],
    ['A123BC?', 'A123BC?', 'vehicle.partial'],
    ['AB12 CDE / XY34 ZAB', 'AB12 CDE / XY34 ZAB', 'vehicle.several'],
    ['A1', 'A1', null],
    ['BXZ 99', 'BXZ99', null],
  ])('%j → %s (%s)', (text, value, code) => {
    const cleaned = cleanVehicleMark(text);
    expect([cleaned.value, codeOf(cleaned)]).toEqual([value, code]);
  });

  it('splits a cell of marks, and nothing else', () => {
    expect(splitVehicleMarks('AB12 CDE / XY34 ZAB')).toEqual(['AB12 CDE', 'XY34 ZAB']);
    expect(splitVehicleMarks('AB12CDE and A1')).toEqual(['AB12CDE', 'A1']);
    expect(splitVehicleMarks('AB12CDE, red Corsa')).toEqual(['AB12CDE, red Corsa']);
  });
});

describe('postcodes', () => {
  test.each<Row>([
    ['CAI 1AA', 'CA1 1AA', 'postcode.letters'],
    ['CA1 lAA', 'CA1 1AA', 'postcode.letters'],
    ['GIR OAA', 'GIR 0AA', 'postcode.letters'],
    ['AI1 1AA', null, 'postcode.format'],
    ['CA1 1AA?', 'CA1 1AA', 'postcode.doubtful'],
    ['CA1 1**', 'CA1 1', 'postcode.partial'],
    ['CA11??', null, 'postcode.format'],
    ['CA1 1AA CA1 1AA', 'CA1 1AA', 'postcode.extracted'],
    ['S0 1AA', 'S0 1AA', null],
  ])('%j → %s (%s)', (text, value, code) => {
    const cleaned = cleanPostcode(text);
    expect([cleaned.value, codeOf(cleaned)]).toEqual([value, code]);
  });
});

describe('identifiers with check characters', () => {
  test.each<readonly [(text: string) => ReturnType<typeof cleanCro>, ...Row]>([
    [cleanImei, '4901542O3237518', '490154203237518', 'identifier.letters'],
    [cleanImei, '49015420323751l', null, 'imei.format'],
    [cleanImei, 'IMEI 490154203237518', '490154203237518', null],
    [cleanImei, '490154203237518 / 490154203237526', null, 'imei.several'],
    [cleanImei, '4.90154203237518E+14', '490154203237518', 'identifier.from-stored'],
    [cleanImei, '4.90154E+14', null, 'imei.rounded'],
    [cleanImsi, '23415O123456789', '234150123456789', 'identifier.letters'],
    [cleanImsi, 'IMSI 234150123456789', '234150123456789', null],
    [cleanIccid, 'ICCID 8944110068563742001', '8944110068563742001', null],
    [cleanIccid, '8944110068563740000', null, 'iccid.rounded'],
    [(text) => cleanPncId(text, { thisYear }), '81 34U', '1981/0000034U', 'identifier.slash'],
    [(text) => cleanPncId(text, { thisYear }), 'O2/73319Z', '2002/0073319Z', 'identifier.letters'],
    [(text) => cleanPncId(text, { thisYear }), '81/34O', '1981/0000034O', 'pnc.check'],
    [(text) => cleanPncId(text, { thisYear }), '2003/00062845E', '2003/0062845E', null],
    [(text) => cleanPncId(text, { thisYear }), 'PNC/ID 81/34U', '1981/0000034U', null],
    [(text) => cleanPncId(text, { thisYear }), '81/34U 02/73319Z', '81/34U 02/73319Z', 'pnc.several'],
    [cleanCro, '265416 21G', '265416/21G', 'identifier.slash'],
    [cleanCro, '0265416/21G', '265416/21G', null],
    [cleanCro, '99166G', '99166G', 'cro.format'],
    [cleanCro, '6697/56U 991/66G', '6697/56U 991/66G', 'cro.several'],
    [cleanNationalInsurance, 'AB12345O C', 'AB123450C', 'nino.letters'],
    [cleanNationalInsurance, 'NI: AB 12 34 56 C', 'AB123456C', null],
    [cleanNationalInsurance, 'TN123456C', null, 'nino.format'],
  ])('%o %j → %s (%s)', (clean, text, value, code) => {
    const cleaned = clean(text);
    expect([cleaned.value, codeOf(cleaned)]).toEqual([value, code]);
  });

  it('repairs a letter only where the check letter then fits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9O]{2}\/[0-9O]{1,7}[A-Z]$/), (text) => {
        const cleaned = cleanPncId(text, { thisYear });
        if (cleaned.repaired === 'identifier.letters') expect(isValidPncId(cleaned.value ?? '')).toBe(true);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9OI]{1,6}[/ ][0-9OI]{2}[A-Z]$/), (text) => {
        const cleaned = cleanCro(text);
        if (cleaned.repaired) expect(isValidCro(cleaned.value ?? '')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('dates of birth', () => {
  test.each<Row>([
    ['1/2/199O', '1990-02-01', 'date.letters'],
    ['l/2/1990', '1990-02-01', 'date.letters'],
    ['01/02/1990 (36)', '1990-02-01', 'date.words-removed'],
    ['DOB: 01/02/1990', '1990-02-01', 'date.words-removed'],
    ['01/02/27', '1927-02-01', 'date.century'],
    ['c1998', null, 'date.partial'],
    ['1998?', null, 'date.partial'],
    ['1998/9', null, 'date.partial'],
    ['abt 17', null, 'date.partial'],
    ['early 20s', null, 'date.partial'],
    ['16/17', null, 'date.partial'],
    ['20 or 21', null, 'date.partial'],
    ['u/18', null, 'date.partial'],
    ['born 1998', null, 'date.partial'],
    ['01/02/1990 approx', null, 'date.partial'],
    ['1900-01-00', null, 'date.zero'],
    ['00/01/1900', null, 'date.zero'],
    ['29/02/1900', null, 'date.impossible'],
    ['31 Jun 1990', null, 'date.impossible'],
    ['02/13/1990', null, 'date.order'],
    ['1st of Feb 90', '1990-02-01', 'date.century'],
  ])('%j → %s (%s)', (text, value, code) => {
    const cleaned = birth(text);
    expect([cleaned.value, codeOf(cleaned)]).toEqual([value, code]);
  });
});

describe('names', () => {
  test.each([
    ['John Smith Jr', 'John', 'Smith', 'Jr'],
    ['SMITH John Jnr.', 'John', 'Smith', 'Jnr'],
    ['John SMITH III', 'John', 'Smith', 'III'],
    ['SMITH, John (Jr)', 'John', 'Smith', 'Jr'],
    ['Sir John Smith OBE', 'John', 'Smith', 'OBE'],
    ['Leroy Junior', 'Leroy', 'Junior', ''],
    ['SMITH J P', 'J P', 'Smith', ''],
    ['ST JOHN Michael', 'Michael', 'St John', ''],
    ['DE SOUZA, Maria', 'Maria', 'De Souza', ''],
    ['MacDONALD, Ian', 'Ian', 'MacDonald', ''],
    ['Di Smith', 'Di', 'Smith', ''],
  ])('%j', (text, forenames, surname, suffix) => {
    expect(cleanName(text).value).toMatchObject({ forenames, surname, suffix });
  });

  test.each<Row>([
    ['John Smith & Jane Smith', 'John Smith & Jane Smith', 'name.several'],
    ['John and Jane Smith', 'John and Jane Smith', 'name.several'],
    ['SMITH John; BROWN Jane', 'SMITH John; BROWN Jane', 'name.several'],
    ['John Smith\nJane Brown', 'John Smith Jane Brown', 'name.several'],
    ['John Smith, Jane Brown', 'John Smith, Jane Brown', 'name.several'],
    ['Child of Jane Smith', 'Child of Jane Smith', 'name.unknown'],
    ['Mr', 'Mr', 'name.title-only'],
    ['John Smith (deceased)', 'John Smith', 'name.remark-removed'],
    ['John Smith (dob 01/02/1990)', 'John Smith', 'name.remark-removed'],
    ['John "T-Bone" & "Ghost" SMITH', 'John Smith', null],
  ])('%j → %s (%s)', (text, full, code) => {
    const cleaned = cleanName(text);
    expect([cleaned.value?.full, codeOf(cleaned)]).toEqual([full, code]);
  });
});

describe('addresses', () => {
  test.each<Row>([
    ['c/o 14 Mill Street CA1 1AA', 'c/o 14 Mill Street', 'address.care-of'],
    ['HMP Durham', 'HMP Durham', 'address.prison'],
    ['NFA (Carlisle)', undefined, 'address.none'],
    ['NFA, seen at 14 Mill Street', 'NFA, seen at 14 Mill Street', 'address.none'],
    ['14 Mill Street; 22 High Road', '14 Mill Street, 22 High Road', 'address.several'],
    ['Flat 2\n14 Mill Street', 'Flat 2, 14 Mill Street', null],
    ["O'CONNELL STREET", "O'Connell Street", null],
  ])('%j → %s (%s)', (text, address, code) => {
    const cleaned = cleanAddress(text);
    expect([cleaned.value?.address, codeOf(cleaned)]).toEqual([address, code]);
  });
});

describe('grades and markings', () => {
  test.each([
    ['E41', 'E', '4', '1', '5x5x5'],
    ['2|C|P', '2', 'C', 'P', '3x5x2'],
    ['Untested / Known directly to the source / Lawful sharing permitted', '2', 'A', 'P', '3x5x2'],
    ['2 - Untested, D - Not known, P', '2', 'D', 'P', '3x5x2'],
    ['source 2 assessment C handling P', '2', 'C', 'P', '3x5x2'],
  ])('%j', (text, source, assessment, handling, scheme) => {
    expect(parseGrade(text)).toMatchObject({ source, assessment, handling, scheme });
  });

  test.each([
    ['B/2/C', 'grade.unreadable'],
    ["'A1P", 'grade.unreadable'],
    ['2CP, E41', 'grade.several'],
    ['2CP and 2DP', 'grade.several'],
    ['Untested / Known directly to the source', 'grade.unreadable'],
    ['none', 'grade.missing'],
  ])('%j stays ungraded: %s', (text, code) => {
    expect(parseGrade(text)).toMatchObject({ scheme: null, needsRegrade: true, flag: { code } });
  });

  test.each(['TOPSECRET', 'S E C R E T', 'UK EYES ONLY', 'NATO CONFIDENTIAL', 'Classification: Secret'])(
    '%j is refused',
    (text) => expect(parseMarking(text).refused).toBe(true),
  );

  it('never takes a misspelt OFFICIAL-SENSITIVE for OFFICIAL', () => {
    expect(parseMarking('OFFICIAL-SENSITVE')).toMatchObject({
      marking: null,
      flag: { code: 'marking.unreadable' },
    });
    expect(parseMarking('OFFICIAL_SENSITIVE').marking).toBe('OFFICIAL-SENSITIVE');
    expect(parseMarking('Marking: OFFICIAL').marking).toBe('OFFICIAL');
  });
});

describe('places and cells', () => {
  test.each([
    ['NY4OO560', 'NY400560', 'grid.letters'],
    ['Grid ref: NY 400 560', 'NY400560', null],
    ['NY/400/560', 'NY400560', null],
    ['3400 5560', undefined, 'grid.format'],
    ['NY400 56', undefined, 'grid.odd'],
  ])('grid reference %j → %s (%s)', (text, reference, code) => {
    const cleaned = cleanGridReference(text);
    expect([cleaned.value?.reference, codeOf(cleaned)]).toEqual([reference, code]);
  });

  test.each<Row>([
    ['234-15-1234-56789', '234-15-1234-56789', null],
    ['234/15/1234/56789', '234-15-1234-56789', 'cell.form'],
    ['CGI: 234-15-1234-56789', '234-15-1234-56789', 'cell.form'],
    ['LAC 1234 CID 56789', '1234-56789', 'cell.form'],
    ['0x04D2/0xDDD5', '1234-56789', 'cell.form'],
    ['234-15-123456789', '234-15-123456789', null],
    ['ECGI 23415-123456789', '234-15-123456789', 'cell.form'],
    ['1234/99999999999', '1234/99999999999', null],
    ['99999-1', '99999-1', 'cell.range'],
    ['Marlow Bridge North', 'Marlow Bridge North', null],
    ['56789', '56789', null],
    ['0', null, 'value.placeholder'],
    ['0-0', null, 'value.placeholder'],
    ['2.34151E+14', null, 'cell.rounded'],
  ])('cell %j → %s (%s)', (text, value, code) => {
    const cleaned = cleanCellIdentity(text);
    expect([cleaned.value, codeOf(cleaned)]).toEqual([value, code]);
  });

  it('takes a cell identity apart and together again', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('234', '235'),
        fc.constantFrom('10', '15', '20', '30'),
        fc.integer({ min: 1, max: 0xffff }),
        fc.integer({ min: 1, max: 0xfffffff }),
        fc.constantFrom('-', '/', ':', ' ', ' - '),
        (mcc, mnc, area, cell, sign) => {
          const text = [mcc, mnc, area, cell].join(sign);
          expect(readCellIdentity(text)).toEqual({ form: 'cgi', mcc, mnc, area, cell });
          expect(cleanCellIdentity(text).value).toBe(`${mcc}-${mnc}-${area}-${cell}`);
        },
      ),
    );
  });
});

describe('every cleaner', () => {
  const cleaners: readonly (readonly [string, (text: string) => unknown])[] = [
    ['phone', (text) => cleanPhone(text).value],
    ['vehicle mark', (text) => cleanVehicleMark(text).value],
    ['postcode', (text) => cleanPostcode(text).value],
    ['IMEI', (text) => cleanImei(text).value],
    ['IMSI', (text) => cleanImsi(text).value],
    ['ICCID', (text) => cleanIccid(text).value],
    ['PNC ID', (text) => cleanPncId(text, { thisYear }).value],
    ['CRO', (text) => cleanCro(text).value],
    ['NINO', (text) => cleanNationalInsurance(text).value],
    ['date', (text) => birth(text).value],
    ['grid reference', (text) => cleanGridReference(text).value?.reference ?? null],
    ['cell', (text) => cleanCellIdentity(text).value],
  ];
  const messy = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.stringMatching(/^[A-Z0-9OIl /.?-]{0,18}$/),
    fc.stringMatching(/^0?7[0-9OIl ]{9,11}\??$/),
    fc.stringMatching(/^[A-Z]{2}[0-9OI]{2} [A-Z0O]{3}$/),
    fc.stringMatching(/^[0-3O]?[0-9Ol]\/[01][0-9]\/(19|20)?[0-9O]{2}$/),
  );

  test.each(cleaners)('%s: what it gives, it gives again', (_, clean) => {
    fc.assert(
      fc.property(messy, (text) => {
        const once = clean(text);
        if (once !== null) expect(clean(String(once))).toBe(once);
      }),
      { numRuns: 400 },
    );
  });

  it('reads lookalikes one way or not at all', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9OI]{5,7}$/), (mark) => {
        const reading = onlyReading(mark, (each) => vehicleMarkFormat(each) === 'current');
        if (reading === null) return;
        expect(vehicleMarkFormat(reading)).toBe('current');
        expect(reading.replace(/O/g, '0').replace(/[IL]/g, '1')).toBe(
          mark.replace(/O/g, '0').replace(/[IL]/g, '1'),
        );
      }),
      { numRuns: 500 },
    );
  });
});

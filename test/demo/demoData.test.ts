import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildDemo } from '../../scripts/demo/build.ts';
import { isValidPncId } from '../../shared/domain/policeIdentifiers.ts';
import { isFullPostcode } from '../../shared/domain/postcode.ts';
import {
  content,
  contentOf,
  demoFolder,
  findColumn,
  listColumn,
  loadContent,
  readDemoFile,
  readWorkbook,
  sheets,
  truth,
} from './readDemo.ts';

/** Every reading of a date that its cell alone allows, as ISO. */
function listReadings(text: string, stored: string): string[] {
  const iso = (year: string, month: string, day: string): string =>
    `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const named = /^(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})$/.exec(text.trim());
  if (named?.[1] && named[2] && named[3]) {
    const month =
      1 +
      ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].indexOf(named[2]);
    return [iso(named[3], String(month), named[1])];
  }
  const match = /^(\d{2})[/.](\d{2})[/.](\d{4})/.exec(text.trim());
  if (!match?.[1] || !match[2] || !match[3]) return [];
  const readings: string[] = [];
  if (Number(match[2]) <= 12) readings.push(iso(match[3], match[2], match[1]));
  if (stored !== 'date' && Number(match[1]) <= 12 && match[1] !== match[2]) {
    readings.push(iso(match[3], match[1], match[2]));
  }
  return readings;
}

const dateFields = new Set([
  'dob',
  'reportDate',
  'infoFrom',
  'infoTo',
  'issued',
  'expires',
  'arrestedAt',
  'releasedAt',
  'date',
  'start.date',
]);

beforeAll(loadContent, 60_000);

describe('the generator', () => {
  it('gives the same bytes each time, and they are the committed ones', async () => {
    const first = await buildDemo();
    const second = await buildDemo();
    const committed = readdirSync(demoFolder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        `${entry.parentPath.slice(demoFolder.length + 1).replaceAll('\\', '/')}/${entry.name}`.replace(
          /^\//,
          '',
        ),
      );
    expect([...first.keys()].sort()).toEqual(committed.sort());
    for (const [path, bytes] of first) {
      expect(Buffer.compare(bytes, second.get(path) ?? Buffer.alloc(0)), path).toBe(0);
      expect(Buffer.compare(bytes, readDemoFile(path)), `${path} differs from the committed file`).toBe(0);
    }
    const total = [...first.values()].reduce((sum, bytes) => sum + bytes.length, 0);
    expect(total, 'the whole demonstration').toBeLessThan(2_500_000);
  }, 60_000);
});

describe('truth.json', () => {
  it('names the bytes of ten files', () => {
    expect(truth.files).toHaveLength(10);
    for (const { file, sha256 } of truth.files) {
      expect(createHash('sha256').update(readDemoFile(file)).digest('hex'), file).toBe(sha256);
    }
  });

  it('has headers where it says, and counts every row after them', () => {
    for (const sheet of sheets) {
      const rows = contentOf(sheet.file, sheet.sheet);
      const header = (rows[sheet.headerRow] ?? []).map((cell) => cell.text);
      expect(header, sheet.file).toEqual(Object.keys(sheet.mapping));
      expect(rows.length - 1 - sheet.headerRow, sheet.file).toBe(sheet.rows);
      expect(sheet.imported + sheet.skipped + sheet.rejected).toBe(sheet.rows);
      expect(sheet.skippedRows).toHaveLength(sheet.skipped);
    }
  });

  it('skips what is blank, a total or a repeated header, and nothing else is one', () => {
    for (const sheet of sheets) {
      const reasons = new Map(sheet.skippedRows.map(({ row, reason }) => [row, reason]));
      const rows = contentOf(sheet.file, sheet.sheet);
      rows.forEach((cells, row) => {
        if (row <= sheet.headerRow) return;
        const texts = cells.map((cell) => cell.text);
        const seen = texts.every((text) => text === '')
          ? 'blank row'
          : texts.join('|') === Object.keys(sheet.mapping).join('|')
            ? 'repeated heading'
            : /^total/i.test(texts[0] ?? '')
              ? 'total row'
              : undefined;
        expect(reasons.get(row), `${sheet.file} row ${row}`).toBe(seen);
      });
    }
  });

  it('samples cells that stand where it says', () => {
    expect(truth.samples.length).toBeGreaterThanOrEqual(60);
    for (const sample of truth.samples) {
      const sheet = sheets.find(({ file, sheet }) => file === sample.file && sheet === sample.sheet);
      const rows = contentOf(sample.file, sample.sheet);
      const cell = rows[sample.row]?.[findColumn(rows, sheet?.headerRow ?? 0, sample.column)];
      expect(cell, `${sample.file} row ${sample.row} ${sample.column}`).toEqual({
        text: sample.raw,
        stored: sample.stored,
      });
    }
  });

  it('counts people as an independent join of the files does', () => {
    const fold = (text: string): string =>
      text
        .normalize('NFC')
        .toLowerCase()
        .replace(/[^\p{L}]/gu, '');
    const births = (file: string, header: string): (string | null)[] =>
      listColumn(file, header).map(({ text, stored }) => {
        // The rule of each column of births: custody is mixed, the others are day first.
        const readings = listReadings(text, stored);
        return file === 'custody.csv' && readings.length > 1 ? null : (readings[0] ?? null);
      });
    const pnc = (text: string): string | null => {
      const match = /^(\d{2}|\d{4})\/(\d+)([A-Z])$/.exec(text);
      if (!match?.[1] || !match[2]) return null;
      const year = match[1].length === 4 ? match[1] : `${Number(match[1]) > 26 ? '19' : '20'}${match[1]}`;
      const long = `${year}/${match[2].padStart(7, '0')}${match[3]}`;
      return isValidPncId(long) ? long : null;
    };
    const records: { name: string; dob: string | null; pnc: string | null }[] = [];
    const forenames = listColumn('nominals.xlsx', 'Forename(s)');
    const nominalPncs = listColumn('nominals.xlsx', 'PNC ID');
    const nominalBirths = births('nominals.xlsx', 'D.O.B');
    listColumn('nominals.xlsx', 'SURNAME').forEach(({ text }, index) => {
      const name = fold(text + forenames[index]?.text);
      records.push({ name, dob: nominalBirths[index] ?? null, pnc: pnc(nominalPncs[index]?.text ?? '') });
    });
    const custodyPncs = listColumn('custody.csv', 'PNCID');
    const custodyBirths = births('custody.csv', 'DOB');
    listColumn('custody.csv', 'Detained Person').forEach(({ text }, index) => {
      records.push({
        name: fold(text),
        dob: custodyBirths[index] ?? null,
        pnc: pnc(custodyPncs[index]?.text ?? ''),
      });
    });
    const referralBirths = births('partner referrals.xlsx', 'D.O.B.');
    listColumn('partner referrals.xlsx', 'Child / adult name').forEach(({ text }, index) => {
      const [forename = '', surname = ''] = text.trim().split(' ');
      records.push({ name: fold(surname + forename), dob: referralBirths[index] ?? null, pnc: null });
    });
    const leader = records.map((_, index) => index);
    const find = (index: number): number => {
      const above = leader[index] ?? index;
      return above === index ? index : find(above);
    };
    records.forEach((left, i) => {
      records.forEach((right, j) => {
        const same =
          (left.pnc !== null && left.pnc === right.pnc) ||
          (left.dob !== null && left.dob === right.dob && left.name === right.name);
        if (same) leader[find(i)] = find(j);
      });
    });
    expect(records).toHaveLength(truth.distinct.people.records);
    expect(records.filter((_, index) => find(index) === index)).toHaveLength(truth.distinct.people.distinct);
  });
});

describe('the planted dirt', () => {
  it('has exactly three rows that cannot be used', () => {
    expect(truth.rejected.map(({ file, code }) => `${file}: ${code}`)).toEqual([
      'subscribers.csv: phone.rounded',
      'call data.csv: date.impossible',
      'warrants.xlsx: row.nothing-usable',
    ]);
    const texts = truth.rejected.map(({ file, row }) => {
      const sheet = sheets.find((candidate) => candidate.file === file);
      return (contentOf(file, sheet?.sheet ?? null)[row] ?? [])
        .map((cell) => cell.text)
        .filter((text) => text !== '');
    });
    expect(texts[0]).toEqual(['4.47E+11', 'Awaiting network']);
    expect(texts[1]?.[4]).toBe('31/11/2026');
    expect(texts[2]).toEqual(['TBC', 'Awaiting court listing']);
  });

  it('has exactly one date that nothing decides', () => {
    const undecided: unknown[] = [];
    for (const sheet of sheets) {
      for (const [header, field] of Object.entries(sheet.mapping)) {
        if (field === null || !dateFields.has(field)) continue;
        const cells = listColumn(sheet.file, header);
        const orders = new Set<string>();
        for (const { text, stored } of cells) {
          const [first, second] = text.split(/[/.]/).map(Number);
          if (stored !== 'text' || first === undefined || second === undefined) continue;
          if (first > 12) orders.add('dmy');
          if (second > 12) orders.add('mdy');
        }
        if (orders.size === 1) continue;
        for (const { row, text, stored } of cells) {
          if (listReadings(text, stored).length > 1)
            undecided.push({ file: sheet.file, row, column: header });
        }
      }
    }
    expect(undecided).toEqual(truth.ambiguousDates.map(({ file, row, column }) => ({ file, row, column })));
    expect(undecided).toHaveLength(1);
  });

  it('reads American dates of arrest only one way as a column', () => {
    const days = listColumn('custody.csv', 'Arrest Date/Time').map(({ text }) => text.split('/').map(Number));
    expect(days.some(([, day]) => (day ?? 0) > 12)).toBe(true);
    expect(days.some(([, day]) => (day ?? 0) <= 12)).toBe(true);
    expect(days.every(([month]) => (month ?? 0) <= 12)).toBe(true);
  });

  it('has one wrong PNC ID and no other', () => {
    const wrong = [...listColumn('custody.csv', 'PNCID'), ...listColumn('nominals.xlsx', 'PNC ID')].filter(
      ({ text }) => {
        if (text === '') return false;
        const [year = '', rest = ''] = text.split('/');
        const century = Number(year) > 26 ? '19' : '20';
        return !isValidPncId(`${year.length === 2 ? century : ''}${year}/${rest.padStart(8, '0')}`);
      },
    );
    expect(wrong.map(({ text }) => text)).toHaveLength(1);
  });

  it('lost the leading zero of mobiles, and mixes dates and texts', () => {
    const mobiles = listColumn('nominals.xlsx', 'Mobile').filter(({ text }) => text !== '');
    expect(
      mobiles.filter(({ stored, text }) => stored === 'number' && /^7\d{9}$/.test(text)).length,
    ).toBeGreaterThan(5);
    const births = listColumn('nominals.xlsx', 'D.O.B').filter(({ text }) => text !== '');
    expect(new Set(births.map(({ stored }) => stored))).toEqual(new Set(['date', 'text']));
    const names = listColumn('nominals.xlsx', 'Forename(s)').map(({ text }) => text);
    expect(names).toContain('Łukasz');
    expect(names).toContain(' Zoe\u0308');
    expect(names.some((name) => name.startsWith('\u00a0'))).toBe(true);
  });

  it('writes encodings as the systems do', () => {
    expect([...readDemoFile('custody.csv').subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(readDemoFile('subscribers.csv'))).toThrow();
    expect(readDemoFile('subscribers.csv').includes(Buffer.from('Zo\xeb', 'latin1'))).toBe(true);
  });

  it('has a sheet of notes without a table', async () => {
    expect([...(await readWorkbook('nominals.xlsx')).keys()]).toEqual(['Nominals', 'Notes']);
  });

  it('grades in both schemes, once not at all, and never C without conditions', () => {
    const grades = listColumn('intelligence log.xlsx', 'Grading').map(({ text }) =>
      text.toUpperCase().replace(/[\s/-]/g, ''),
    );
    const conditions = listColumn('intelligence log.xlsx', 'Handling conditions');
    expect(grades.filter((grade) => /^[A-E][1-5][1-5]$/.test(grade))).toHaveLength(8);
    expect(grades.filter((grade) => /^[1-3][A-E][PC]$/.test(grade))).toHaveLength(51);
    expect(grades.filter((grade) => grade === '')).toHaveLength(1);
    grades.forEach((grade, index) => {
      expect(conditions[index]?.text !== '', `log ${index}`).toBe(/^\d.C$/.test(grade));
    });
    expect(listColumn('intelligence log.xlsx', 'Intelligence').some(({ text }) => text.includes('\n'))).toBe(
      true,
    );
  });
});

describe('call data', () => {
  it('has 20,000 records, no event twice', () => {
    const rows = contentOf('call data.csv', null).slice(8);
    const records = rows
      .map((cells) => cells.map((cell) => cell.text))
      .filter((cells) => /^\d/.test(cells[0] ?? ''));
    expect(records).toHaveLength(20_000);
    expect(new Set(records.map((cells) => cells.slice(0, 6).join('|'))).size).toBe(20_000);
  });

  it('holds broadcasts, a handset swap, voicemail, short codes and texts without cells', () => {
    const rows = contentOf('call data.csv', null)
      .slice(8)
      .map((cells) => cells.map((cell) => cell.text));
    const perMinute = new Map<string, Set<string>>();
    const handsets = new Map<string, Set<string>>();
    for (const [from = '', to = '', type, direction, date, time = '', , imei = '', imsi = ''] of rows) {
      if (imsi.length === 15) handsets.set(imsi, (handsets.get(imsi) ?? new Set()).add(imei));
      if (type !== 'SMS' || direction !== 'Out') continue;
      const minute = `${from} ${date} ${time.slice(0, 5)}`;
      perMinute.set(minute, (perMinute.get(minute) ?? new Set()).add(to));
    }
    expect([...perMinute.values()].filter((numbers) => numbers.size >= 20).length).toBeGreaterThan(150);
    expect([...handsets.values()].map((imeis) => imeis.size).sort()).toEqual([1, 2]);
    expect(rows.some(([, to, type]) => to === '121' && type === 'Voicemail')).toBe(true);
    expect(rows.some(([from]) => from === '60777')).toBe(true);
    expect(
      rows.filter((cells) => cells[2] === 'SMS').every((cells) => cells[9] === '' && cells[11] === ''),
    ).toBe(true);
  });
});

describe('invented people only', () => {
  it('has no phone outside the range for drama', async () => {
    const found: string[] = [];
    for (const rows of content.values()) {
      for (const cells of rows) {
        for (const { text } of cells) {
          const tight = text.replace(/\(0\)/, '').replace(/[ -]/g, '');
          for (const match of tight.matchAll(/(?<!\d)(?:\+?44|0044|0)?(7\d{9})(?!\d)/g))
            found.push(match[1] ?? '');
        }
      }
    }
    expect(found.length).toBeGreaterThan(40_000);
    expect(found.filter((number) => !/^7700900\d{3}$/.test(number))).toEqual([]);
  });

  it('has postcodes right in form, in areas that do not exist', () => {
    const postcodes = [
      ...listColumn('nominals.xlsx', 'Postcode'),
      ...listColumn('premises.xlsx', 'Post code'),
    ]
      .map(({ text }) => text.toUpperCase().replace(/\s/g, ''))
      .filter((text) => text !== '');
    expect(postcodes.length).toBeGreaterThan(70);
    for (const postcode of postcodes) {
      expect(postcode).toMatch(/^(AM|FE)\d/);
      expect(isFullPostcode(`${postcode.slice(0, -3)} ${postcode.slice(-3)}`), postcode).toBe(true);
    }
  });
});

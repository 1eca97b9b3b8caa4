import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readZip } from '../../electron/engine/packs/stableZip.ts';
import { excelText, joinHeader, sheetName } from '../../electron/engine/packs/xlsx/cellText.ts';
import { innerWidth, wrapLines } from '../../electron/engine/packs/xlsx/measure.ts';
import { splitRow } from '../../electron/engine/packs/xlsx/splitRow.ts';
import { fitWidths, limitPages } from '../../electron/engine/packs/xlsx/widths.ts';
import { writeXlsx } from '../../electron/engine/packs/xlsx/writeXlsx.ts';
import { widestSheet } from '../../shared/packs/columns.ts';
import { packSpecs } from '../../shared/packs/packSpecs.ts';
import { listSections } from '../../shared/packs/sections.ts';
import { buildPackData } from './fixtures/buildPackData.ts';
import { buildHostileData, hostileNames, longName, longNote } from './fixtures/hostile.ts';

const marking = 'OFFICIAL-SENSITIVE - RECIPIENTS ONLY';

async function open(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  return workbook;
}

function parts(bytes: Buffer, name: RegExp): string[] {
  return readZip(bytes)
    .filter((entry) => name.test(entry.name))
    .map((entry) => entry.content.toString('utf8'));
}

function columnTexts(sheet: ExcelJS.Worksheet | undefined, heading: string): string[] {
  const texts: string[] = [];
  const row = sheet?.getRow(4);
  const column = Array.from({ length: 30 }, (_unused, index) => index + 1).find(
    (index) => row?.getCell(index).value === heading,
  );
  expect(column, `column ${heading}`).toBeDefined();
  sheet?.eachRow((each, number) => {
    const value = each.getCell(column ?? 1).value;
    if (number > 4 && value !== null && value !== '(continued)') texts.push(String(value));
  });
  return texts;
}

describe('the workbook', { timeout: 60_000 }, () => {
  it('marks every sheet in the frozen first row, the header and the footer, and prints A4 landscape', async () => {
    const { data, photographs } = buildPackData({ targets: 5, warrants: 2, photographs: 1 });
    const { bytes, sheets } = await writeXlsx(data, photographs);
    const workbook = await open(bytes);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual([
      'Cover',
      'Contents',
      'Readiness',
      'Briefing',
      'Targets',
      'Target plans',
      'Warrants',
      'Warrant records',
      'Premises',
      'Premises access',
      'People',
      'People details',
      'Intelligence',
      'Teams',
      'Officers',
      'Safeguarding',
      'Referrals',
      'Sources',
      'Results form',
      'Exhibits form',
      'Lists',
      'Source index',
    ]);
    expect(sheets).toBe(workbook.worksheets.length);
    for (const sheet of workbook.worksheets) {
      expect(sheet.getCell('A1').value, sheet.name).toBe(marking);
      expect(sheet.headerFooter.oddHeader, sheet.name).toContain(marking);
      expect(sheet.headerFooter.oddFooter, sheet.name).toContain(marking);
      expect(sheet.headerFooter.oddFooter, sheet.name).toContain('version 3, copy 2');
      expect(sheet.headerFooter.oddFooter, sheet.name).toContain('Page &P of &N');
      expect(sheet.pageSetup).toMatchObject({
        paperSize: 9,
        orientation: 'landscape',
        fitToWidth: 1,
      });
      expect(sheet.pageSetup.printArea, sheet.name).toMatch(/^A1:/);
      expect(sheet.views[0], sheet.name).toMatchObject({ state: 'frozen' });
      expect(sheet.pageSetup.printTitlesRow, sheet.name).toMatch(/^1:/);
    }
    expect(workbook.keywords).toBe(marking);
    expect(workbook.creator).toBe('Fellside');
    expect(parts(bytes, /^docProps/).join('')).not.toContain(data.header.preparedBy);
  });

  it('writes every text as text: no formula, whatever the text', async () => {
    const { data, photographs } = buildHostileData();
    const { bytes } = await writeXlsx(data, photographs);
    for (const xml of parts(bytes, /^xl\/worksheets\/sheet/)) expect(xml).not.toMatch(/<f[ >]/);
    const looks = parts(bytes, /^xl\/styles/)[0];
    expect(looks).toContain('quotePrefix="1"');
    expect(looks).not.toContain('Calibri');
    expect(parts(bytes, /_rels\//).join('')).not.toContain('External');
    const names = columnTexts((await open(bytes)).getWorksheet('Targets'), 'Name');
    expect(names.slice(0, hostileNames.length)).toEqual(hostileNames);
  });

  it('carries a text of 32,767 characters over several rows and loses none of it', async () => {
    const { data, photographs } = buildHostileData();
    const workbook = await open((await writeXlsx(data, photographs)).bytes);
    const notes = columnTexts(workbook.getWorksheet('Target plans'), 'Notes');
    expect(longNote.length).toBe(32_767);
    expect(notes.length).toBeGreaterThan(5);
    expect(notes.join('')).toBe(longNote);
    expect(columnTexts(workbook.getWorksheet('People'), 'Name')[0]).toBe(longName);
    workbook.eachSheet((sheet) => {
      sheet.eachRow((row) => expect(row.height ?? 0, sheet.name).toBeLessThanOrEqual(409));
    });
  });

  it('takes out what Excel cannot hold', async () => {
    const { data, photographs } = buildHostileData();
    const workbook = await open((await writeXlsx(data, photographs)).bytes);
    const grounds = columnTexts(workbook.getWorksheet('Target plans'), 'Grounds');
    expect(grounds).toContain('tab carriage\nreturnnullescape \ufffdlonereversed');
  });

  it('keeps dates as dates and identifiers as text', async () => {
    const { data, photographs } = buildPackData({ targets: 2, warrants: 1, photographs: 0 });
    const workbook = await open((await writeXlsx(data, photographs)).bytes);
    const people = workbook.getWorksheet('People');
    const born = people?.getRow(5).getCell(6);
    expect(born?.value).toEqual(new Date('1980-01-10T00:00:00Z'));
    expect(born?.numFmt).toBe('dd/mm/yyyy');
    expect(columnTexts(people, 'Phones')).toEqual(['07700 900000', '07700 900001']);
    expect(columnTexts(people, 'Photograph')).toEqual(['No photograph', 'No photograph']);
  });

  it('gives the same bytes for the same data, and other bytes for other data', async () => {
    const { data, photographs } = buildPackData({ targets: 4, warrants: 2, photographs: 2 });
    const first = (await writeXlsx(data, photographs)).bytes;
    await new Promise((resolve) => setTimeout(resolve, 2100));
    const second = (await writeXlsx(structuredClone(data), new Map(photographs))).bytes;
    expect(second.equals(first)).toBe(true);
    const other = { ...data, header: { ...data.header, copy: 9 } };
    expect((await writeXlsx(other, photographs)).bytes.equals(first)).toBe(false);
  });

  it('lists sources only of what it prints', async () => {
    const built = buildPackData({ targets: 3, warrants: 1, photographs: 0 });
    const spec = { ...packSpecs.command, redactions: { people: ['phones'] } };
    const stray = {
      section: 'people' as const,
      ref: 'N999',
      field: 'name',
      value: null,
      file: 'a.xlsx',
      sheet: 'A',
      row: 1,
      column: 'B',
      raw: 'STRAY PERSON',
    };
    const data = { ...built.data, spec, sources: [...built.data.sources, stray] };
    const { bytes } = await writeXlsx(data, built.photographs);
    const index = (await open(bytes)).getWorksheet('Source index');
    expect(columnTexts(index, 'Column of the pack')).not.toContain('Phones');
    expect(columnTexts(index, 'Column of the pack')).toContain('Date of birth');
    expect(parts(bytes, /sharedStrings/)[0]).not.toContain('STRAY');
    expect(parts(bytes, /sharedStrings/)[0]).not.toContain('07700 900000');
  });

  it('says so on sheets without rows', async () => {
    const { data } = buildPackData({ targets: 0, warrants: 0, photographs: 0, intelligence: 0 });
    const workbook = await open((await writeXlsx(data, new Map())).bytes);
    expect(workbook.getWorksheet('Targets')?.getCell('A5').value).toBe('No targets are in this pack.');
  });

  it('says in words what each photograph shows', async () => {
    const { data, photographs } = buildPackData({ targets: 3, warrants: 1, photographs: 3 });
    const named = data.photographs.map((photograph, index) =>
      index === 1 ? { ...photograph, alt: 'Photograph of "$& <Ada>"' } : photograph,
    );
    const { bytes } = await writeXlsx({ ...data, photographs: named }, photographs);
    const drawing = parts(bytes, /^xl\/drawings\/drawing/)[0] ?? '';
    expect([...drawing.matchAll(/descr="([^"]*)"/g)].map(([, words]) => words)).toEqual([
      named[0]?.alt,
      'Photograph of &quot;$&amp; &lt;Ada&gt;&quot;',
      named[2]?.alt,
    ]);
  });

  it('leaves out a sheet without rows and names it in the contents, and leads from each sheet back', async () => {
    const { data, photographs } = buildPackData({ targets: 3, warrants: 1, photographs: 0 });
    const { bytes } = await writeXlsx({ ...data, withheld: [] }, photographs);
    const workbook = await open(bytes);
    const contents = workbook.getWorksheet('Contents');
    const listed = new Map<string, string>();
    contents?.eachRow((row, number) => {
      if (number > 4) listed.set(row.getCell(1).text, row.getCell(2).text);
    });
    const others = workbook.worksheets.map(({ name }) => name).slice(2);
    expect([...listed.keys()]).toEqual([...others, 'Nothing recorded for']);
    expect(listed.get('Nothing recorded for')?.split(', ')).toEqual(
      expect.arrayContaining(['Command', 'Timings', 'Deal lines', 'Custody plan', 'Decisions']),
    );
    const sheets = parts(bytes, /^xl\/worksheets\/sheet/);
    expect(sheets[1]?.match(/<hyperlink /g)?.length).toBe(others.length);
    for (const xml of sheets.slice(2))
      expect(xml).toContain('<hyperlink ref="A3" location="&apos;Contents&apos;!A1"/>');
  });

  it('says what changed since the last issue, before everything else', async () => {
    const { data, photographs } = buildPackData({ targets: 2, warrants: 1, photographs: 0 });
    const changes = {
      since: 2,
      sinceAt: '2026-11-18T10:00:00Z',
      rows: [
        {
          section: 'targets' as const,
          ref: 'T1',
          name: '=1+1',
          kind: 'changed' as const,
          field: 'Team',
          before: 'Team 1',
          after: 'Team 2',
        },
        {
          section: 'warrants' as const,
          ref: 'W9',
          name: 'W9',
          kind: 'removed' as const,
          field: null,
          before: null,
          after: null,
        },
      ],
    };
    const workbook = await open((await writeXlsx({ ...data, changes }, photographs)).bytes);
    const sheet = workbook.worksheets[2];
    expect(sheet?.name).toBe('What changed');
    expect(sheet?.getCell('A2').value).toBe('What changed since version 2 (2)');
    expect(columnTexts(sheet, 'Change')).toEqual(['△ Changed', '− Removed']);
    expect(columnTexts(sheet, 'Name')).toEqual(['=1+1', 'W9']);
    expect(columnTexts(sheet, 'What')).toEqual(['Team', 'The whole record']);
    const none = await open(
      (await writeXlsx({ ...data, changes: { ...changes, rows: [] } }, photographs)).bytes,
    );
    expect(none.getWorksheet('What changed')?.getCell('A5').value).toContain('Nothing in this pack');
  });

  it('stays wide enough to read on paper', () => {
    const { data } = buildPackData({ targets: 0, warrants: 0, photographs: 0 });
    for (const section of listSections(data)) {
      const main = section.columns.filter(({ part }) => part === 'main');
      const detail = section.columns.filter(({ part }) => part === 'detail');
      const width = (columns: typeof main) => columns.reduce((sum, column) => sum + column.width, 0);
      expect(width(main), section.title).toBeLessThanOrEqual(widestSheet);
      expect(width([...main.slice(0, 2), ...detail]), section.title).toBeLessThanOrEqual(widestSheet);
    }
  });
});

describe('cells, rows and names of sheets', () => {
  it('puts a split text together again, and never makes a cell or row too large', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ maxLength: 4000, unit: 'grapheme' }), fc.constant('\n'.repeat(90))), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.integer({ min: 4, max: 120 }),
        (texts, width) => {
          const clean = texts.map(excelText);
          const rows = splitRow(
            clean,
            clean.map(() => width),
          );
          for (const [index, text] of clean.entries()) {
            expect(rows.map((row) => row.texts[index]).join('')).toBe(text);
          }
          for (const row of rows) expect(row.lines).toBeLessThanOrEqual(30);
        },
      ),
    );
  });

  it('gives a sheet of few columns the whole page, and breaks no word of a heading', () => {
    const few = [
      { heading: 'Ref', kind: 'reference', width: 8 },
      { heading: 'Name', kind: 'text', width: 20 },
      { heading: 'Appropriateness', kind: 'number', width: 5 },
    ];
    const widths = fitWidths(few);
    expect(widths[0]).toBe(9);
    expect(widths[1]).toBe(50);
    expect(wrapLines('Appropriateness', innerWidth(widths[2] ?? 0), 10)).toHaveLength(1);
    const many = Array.from({ length: 10 }, () => ({ heading: 'A', kind: 'text', width: 19 }));
    expect(fitWidths(many)).toEqual(many.map(({ width }) => width));
    const [uprn] = fitWidths([{ heading: 'UPRN', kind: 'reference', width: 13 }], () => ['', '990100340260']);
    expect(wrapLines('990100340260', innerWidth(uprn ?? 0), 10)).toHaveLength(1);
  });

  it('prints a sheet a little smaller rather than leave a row or two on a last page', () => {
    const rows = (count: number) => Array.from({ length: count }, () => 20);
    const wide = [100, 40];
    expect(limitPages(wide, 80, rows(21))).toBe(0);
    expect(limitPages(wide, 80, rows(23))).toBe(1);
    expect(limitPages(wide, 80, rows(30))).toBe(0);
    expect(limitPages(wide, 80, rows(44))).toBe(2);
    // Already as small as may be read: rather another page.
    expect(limitPages([100, 110], 80, rows(33))).toBe(0);
  });

  it('makes names that Excel takes', () => {
    const taken = new Set<string>();
    const names = ['a/b:c?', "'quoted'", 'History', '', 'x'.repeat(40), 'X'.repeat(40), '[]'].map((name) =>
      sheetName(name, taken),
    );
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    for (const name of names) {
      expect(name.length).toBeGreaterThan(0);
      expect(name.length).toBeLessThanOrEqual(31);
      expect(name).not.toMatch(/[[\]:*?/\\]|^'|'$|^history$/i);
    }
  });

  it('keeps the marking when a header would be too long', () => {
    expect(joinHeader('7 Wells', 'OFFICIAL', '2 Team')).toMatch(/^&L&8 7 Wells&C.*&R&8 2 Team$/);
    const header = joinHeader('l'.repeat(300), 'OFFICIAL', 'r'.repeat(300));
    expect(header).toContain('OFFICIAL');
    expect(header.length).toBeLessThanOrEqual(255);
  });
});

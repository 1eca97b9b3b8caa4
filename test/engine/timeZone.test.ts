/** Call data in other zones: kept in UK local time, raw as it stood, and said so. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bench } from './support.ts';
import { cleanUp, importPaths, makeWorkspace, writeCsv } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await makeWorkspace();
});
afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

let files = 0;
const parts = ['A Number', 'B Number', 'Call Type', 'Start Date', 'Start Time', 'Duration (s)'];
const whole = ['A Number', 'B Number', 'Call Type', 'Start', 'Duration (s)'];
const call = (...start: string[]) => ['07700900001', '07700900002', 'Voice', ...start, '12'];

/** Imports the rows as a file of their own; gives the report of its sheet and the times in it. */
async function importRows(rows: string[][], timeZone?: 'utc' | 'uk' | 'as-written') {
  files += 1;
  const path = writeCsv(bench, `calls ${files}.csv`, [...rows, ...[['', '', `file ${files}`]]]);
  const guess = await bench.client.imports.inspect({ grant: bench.engine.grants.add(path, 'file') });
  const sheet = guess.sheets[0];
  if (!sheet) throw new Error('no sheet');
  const before = (await bench.client.grids.page({ grid: 'communications', limit: 0 })).total;
  const report = await importPaths(
    bench,
    [path],
    timeZone
      ? {
          sheets: [
            {
              sheet: sheet.sheet,
              kind: sheet.kind,
              headerRow: sheet.headerRow,
              columns: sheet.columns.map((column) => column.field),
              dateOrder: 'dmy',
              timeZone,
            },
          ],
        }
      : {},
  );
  const page = await bench.client.grids.page({ grid: 'communications', offset: before, limit: 1000 });
  return {
    sheet,
    report: report.files[0]?.sheets[0],
    refs: page.rows.map((row) => row.ref),
    times: page.rows.map((row) => row.start),
  };
}

describe('times of calls', () => {
  it('in UTC by the words above the heading become UK local time; the raw text stays', async () => {
    const { sheet, report, times, refs } = await importRows([
      ['Communications data'],
      ['All times are in UTC'],
      parts,
      call('29/03/2026', '00:59:59'),
      call('29/03/2026', '01:00:00'),
      call('25/10/2026', '00:30:00'),
      call('25/10/2026', '01:30:00'),
      call('31/07/2026', '23:30:00'),
    ]);
    expect(sheet.timeZone).toBe('utc');
    expect(sheet.timeZoneReason).toContain('All times are in UTC');
    expect(times).toEqual([
      '2026-03-29T00:59:59',
      '2026-03-29T02:00:00',
      '2026-10-25T01:30:00',
      '2026-10-25T01:30:00',
      '2026-08-01T00:30:00',
    ]);
    expect(report?.repairs['time.zone-converted']).toBe(3);
    expect(report?.issues.map((issue) => issue.code)).not.toContain('time.zone-unknown');
    const shown = await bench.client.records.show({ ref: refs[1] ?? '' });
    expect(shown.values.start?.[0]).toMatchObject({
      value: '2026-03-29T02:00:00',
      raw: '29/03/2026 | 01:00:00',
    });
  });

  it('are converted the same the long way, and by the choice of a person', async () => {
    // A cell that is no plain time sends its row the long way.
    const rows = (time: string) => [parts, call('01/07/2026', '10:15:00'), call('01/07/2026', time)];
    expect((await importRows(rows('10.15am'), 'utc')).times).toEqual([
      '2026-07-01T11:15:00',
      '2026-07-01T11:15:00',
    ]);
    expect((await importRows(rows('10.15 am'), 'uk')).times).toEqual([
      '2026-07-01T10:15:00',
      '2026-07-01T10:15:00',
    ]);
  });

  it('that state their own offset are converted by it, whatever the sheet says', async () => {
    const texts = [
      '2026-07-01T10:00:00Z',
      '2026-07-01T10:00:00+01:00',
      '2026-07-01T10:00:00+02:00',
      '2026-12-01T10:00:00Z',
    ];
    const expected = [
      '2026-07-01T11:00:00',
      '2026-07-01T10:00:00',
      '2026-07-01T09:00:00',
      '2026-12-01T10:00:00',
    ];
    const guessed = await importRows([whole, ...texts.map((text) => call(text))]);
    expect(guessed.sheet.timeZone).toBe('uk');
    expect(guessed.times).toEqual(expected);
    expect(guessed.report?.issues.filter((issue) => issue.code.startsWith('time.'))).toEqual([]);
    expect((await importRows([whole, ...texts.map((text) => call(text))], 'as-written')).times).toEqual(
      expected,
    );
    const clocks = await importRows(
      [parts, call('01/07/2026', '10:00Z'), call('01/07/2026', '10:00')],
      'as-written',
    );
    expect(clocks.times).toEqual(['2026-07-01T11:00:00', '2026-07-01T10:00:00']);
  });

  it('of a heading that names the zone, and of times that all say UTC', async () => {
    const heading = await importRows([
      [...whole.slice(0, 3), 'Start (UTC)', 'Duration (s)'],
      call('01/07/2026 10:00:00'),
    ]);
    expect(heading.sheet.timeZone).toBe('utc');
    expect(heading.times).toEqual(['2026-07-01T11:00:00']);
    const iso = await importRows([whole, call('2026-07-02T10:00:00Z')]);
    expect(iso.sheet.timeZone).toBe('utc');
    expect(iso.times).toEqual(['2026-07-02T11:00:00']);
  });

  it('of an unknown zone stay as written, with one word about it', async () => {
    const { report, times, sheet } = await importRows([
      whole,
      call('03/07/2026 10:00:00'),
      call('13/07/2026 10:00:00'),
    ]);
    expect(sheet.timeZone).toBeNull();
    expect(times).toEqual(['2026-07-03T10:00:00', '2026-07-13T10:00:00']);
    expect(report?.issues.filter((issue) => issue.code === 'time.zone-unknown')).toHaveLength(1);
    const uk = await importRows([['Time zone', 'UK local time'], whole, call('04/07/2026 10:00:00')]);
    expect(uk.sheet.timeZone).toBe('uk');
    expect(uk.report?.issues.map((issue) => issue.code)).not.toContain('time.zone-unknown');
  });
});

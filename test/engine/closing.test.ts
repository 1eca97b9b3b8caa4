/** The end of an operation: the case, retention, schedules, the sealed archive, and the end of everything. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archiveWorkspace } from '../../electron/engine/closing/archive.ts';
import type { CaseState, MaterialItem } from '../../shared/contract/closingSchemas.ts';
import { earliestRemoval, reviewDay } from '../../shared/domain/retentionPeriods.ts';
import type { Bench } from './support.ts';
import {
  cleanUp,
  importDemo,
  makeFolder,
  makeWorkspace,
  openWorkspaceAt,
  refusal,
  sessionOf,
} from './support.ts';

let bench: Bench;

const none: CaseState = {
  proceedings: 'none',
  concludedOn: null,
  convictedOn: null,
  releasedOn: null,
  custody: false,
  appeal: 'none',
  appealDecidedOn: null,
};

beforeAll(async () => {
  bench = await makeWorkspace();
  await importDemo(bench);
}, 120_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

describe('what the case keeps', () => {
  const concluded = { ...none, proceedings: 'concluded', concludedOn: '2026-03-01' } as const;
  it.each([
    ['nothing said', { ...none, proceedings: 'undecided' }, null, false],
    ['no proceedings', none, null, true],
    ['open', { ...none, proceedings: 'open' }, null, false],
    ['acquitted', concluded, '2026-03-01', true],
    ['convicted without custody', { ...concluded, convictedOn: '2026-03-01' }, '2026-09-01', true],
    ['convicted the last day of August', { ...concluded, convictedOn: '2026-08-31' }, '2027-02-28', false],
    [
      'in custody, release not known',
      { ...concluded, convictedOn: '2026-03-01', custody: true },
      null,
      false,
    ],
    [
      'released after the six months',
      { ...concluded, convictedOn: '2026-03-01', custody: true, releasedOn: '2026-11-01' },
      '2026-11-01',
      true,
    ],
    ['appeal pending', { ...concluded, appeal: 'pending' }, null, false],
    ['appeal decided, day not known', { ...concluded, appeal: 'decided' }, null, false],
    [
      'appeal decided late',
      { ...concluded, appeal: 'decided', appealDecidedOn: '2027-01-05' },
      '2027-01-05',
      false,
    ],
  ] as [string, CaseState, string | null, boolean][])('%s', (_, state, earliest, free) => {
    expect(earliestRemoval(state, '2026-11-24')).toMatchObject({ earliest, free });
  });

  it('is said with a reason and journaled', async () => {
    const { client } = bench;
    expect((await client.closing.state()).mayErase).toBe(false);
    const report = await client.closing.saveCase({ state: none, reason: 'No charges' });
    expect(report).toMatchObject({ mayErase: true, archivedAt: null });
    const { entries } = await client.history.list({ limit: 1 });
    expect(entries[0]).toMatchObject({
      operation: 'alteration',
      method: 'closing.saveCase',
      reason: 'No charges',
    });
  });
});

describe('retention', () => {
  it('prompts for a review after the clear period, and later where it was decided so', () => {
    const facts = { lastNotice: '2020-02-29', dateOfBirth: null, decidedReview: null };
    expect(reviewDay({ ...facts, group: null })).toBeNull();
    expect(reviewDay({ ...facts, group: '3' })).toBe('2026-02-28');
    expect(reviewDay({ ...facts, group: '2' })).toBe('2030-02-28');
    expect(reviewDay({ ...facts, group: '3', decidedReview: '2031-01-01' })).toBe('2031-01-01');
    expect(reviewDay({ ...facts, group: '3', lastNotice: null })).toBeNull();
  });

  it('keeps the group that somebody chose and every decision to retain, and deletes nothing', async () => {
    const { client } = bench;
    const before = (await client.grids.page({ grid: 'people', limit: 1 })).total;
    const { people } = await client.closing.retention();
    expect(people).toHaveLength(before);
    expect(people.every(({ group }) => group === null)).toBe(true);
    expect(people.some(({ lastNotice }) => lastNotice !== null)).toBe(true);
    expect(
      (await refusal(client.closing.retain({ ref: 'NOM-1', reviewOn: '2035-01-01', reason: 'risk' }))).code,
    ).toBe('invalid');
    await client.closing.setGroup({ refs: ['NOM-1', 'NOM-2'], group: '3', reason: 'No other group' });
    const kept = await client.closing.retain({
      ref: 'NOM-1',
      reviewOn: '2099-01-01',
      reason: 'Risk of harm',
    });
    expect(kept.people.find(({ ref }) => ref === 'NOM-1')).toMatchObject({
      group: '3',
      reviewOn: '2099-01-01',
      due: false,
      decidedBy: 'A Analyst',
      reason: 'Risk of harm',
    });
    expect((await client.grids.page({ grid: 'people', limit: 1 })).total).toBe(before);
    const { entries } = await client.history.list({ ref: 'NOM-1', operations: ['alteration'], limit: 2 });
    expect(entries.map(({ method }) => method)).toEqual(['closing.retain', 'closing.setGroup']);
  });
});

describe('schedules', () => {
  const items = async () => (await bench.client.closing.material()).items;
  const find = (list: readonly MaterialItem[], item: string) => list.find((each) => each.item === item);

  it('take every item of the workspace, and take nothing for granted', async () => {
    const all = await items();
    expect(new Set(all.map(({ kind }) => kind))).toEqual(
      new Set(['source', 'negative', 'intelligence', 'product']),
    );
    expect(all.every(({ relevant, used, sensitive }) => !relevant && !used && !sensitive)).toBe(true);
    const { rows } = await bench.client.grids.page({ grid: 'people', limit: 1000 });
    const text = all.map(({ suggested }) => suggested).join('\n');
    for (const row of rows) expect(text).not.toContain(String(row.name));
  });

  it('never have a sensitive item on the MG6C, and no hole in its numbers', async () => {
    const { client, engine } = bench;
    expect(
      (await refusal(client.closing.judge({ items: ['INT-1'], change: { sensitive: 'yes' } }))).message,
    ).toContain('why');
    await client.closing.judge({
      items: ['INT-1', 'INT-2', 'INT-3', 'SRC-1'],
      change: { relevant: 'yes', used: 'unused', sensitive: 'no' },
    });
    await client.closing.judge({
      items: ['INT-2'],
      change: {
        sensitive: 'yes',
        sensitiveReason: 'Would show who helped',
        description: 'A report of a sighting',
      },
    });
    const folder = makeFolder();
    const write = (schedule: 'c' | 'd', format: 'xlsx' | 'docx' | 'pdf' = 'xlsx') =>
      client.closing.writeSchedule({
        schedule,
        format,
        folder: engine.grants.add(folder, 'export'),
        recipient: 'Disclosure officer',
        reason: 'First draft',
      });
    expect(await write('c')).toMatchObject({ items: 3 });
    const given = await client.history.list({ operations: ['alteration'], limit: 1 });
    expect(given.entries[0]).toMatchObject({ method: 'closing.writeSchedule', target: null });
    expect(await write('d', 'docx')).toMatchObject({ items: 1 });
    const numbers = (await items()).flatMap(({ item, cNumber }) =>
      cNumber === null ? [] : [[cNumber, item]],
    );
    expect(numbers).toEqual([
      [1, 'SRC-1'],
      [2, 'INT-1'],
      [3, 'INT-3'],
    ]);
    expect(find(await items(), 'INT-2')).toMatchObject({ cNumber: null, dNumber: 1 });
    // A continuation keeps the numbers and goes on from them.
    await client.closing.judge({
      items: ['INT-4'],
      change: { relevant: 'yes', used: 'unused', sensitive: 'no' },
    });
    expect(await write('c', 'pdf')).toMatchObject({ items: 4 });
    expect(find(await items(), 'INT-4')?.cNumber).toBe(4);
    const { entries } = await client.history.list({ operations: ['disclosure'], limit: 5 });
    expect(entries[0]).toMatchObject({ method: 'closing.writeSchedule', recipients: ['Disclosure officer'] });
  }, 120_000);
});

describe('a description', () => {
  it('that says who a source is does not say it on a schedule', async () => {
    const { client, engine } = bench;
    const { rows } = await client.grids.page({ grid: 'intelligence', limit: 100 });
    const source = String(rows.find((row) => row.sourceRef)?.sourceRef ?? '');
    expect(source).not.toBe('');
    await client.closing.judge({
      items: ['INT-1'],
      change: { description: `Report that came from ${source} in October` },
    });
    const folder = makeFolder();
    const { file } = await client.closing.writeSchedule({
      schedule: 'c',
      format: 'xlsx',
      folder: engine.grants.add(folder, 'export'),
      recipient: 'Disclosure officer',
      reason: 'Second draft',
    });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(join(folder, file));
    const text = JSON.stringify(workbook.worksheets.map((sheet) => sheet.getSheetValues()));
    expect(text).toContain('Report that came from');
    expect(text).not.toContain(source);
    expect(text).toContain('DRAFT for the disclosure officer');
  });

  it('nor does the reason why an item is sensitive', async () => {
    const { client, engine } = bench;
    const { rows } = await client.grids.page({ grid: 'intelligence', limit: 100 });
    const source = String(rows.find((row) => row.sourceRef)?.sourceRef ?? '');
    await client.closing.judge({
      items: ['INT-2'],
      change: { sensitiveReason: `Would show that ${source} helped` },
    });
    const folder = makeFolder();
    const { file } = await client.closing.writeSchedule({
      schedule: 'd',
      format: 'xlsx',
      folder: engine.grants.add(folder, 'export'),
      recipient: 'Disclosure officer',
      reason: 'Second draft',
    });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(join(folder, file));
    const text = JSON.stringify(workbook.worksheets.map((sheet) => sheet.getSheetValues()));
    expect(text).toContain('Would show that');
    expect(text).not.toContain(source);
  });
});

describe('the sealed archive', () => {
  it('leaves no file and a workspace to work with where its certificate cannot be written', async () => {
    const folder = makeFolder();
    await expect(
      archiveWorkspace(sessionOf(bench), {
        folder,
        name: 'unsealed',
        certificate: true,
        reason: 'Operation ended',
        resources: join(folder, 'none'),
      }),
    ).rejects.toThrow();
    expect(readdirSync(folder)).toEqual([]);
    expect((await bench.client.closing.state()).archivedAt).toBeNull();
  }, 120_000);

  it('holds everything with its record, and leaves the workspace read only until a lead opens it', async () => {
    const { client, engine } = bench;
    const folder = makeFolder();
    let report: { file: string; sha256: string; entries: number; certificate: string | null } | undefined;
    for await (const event of await client.closing.archive({
      folder: engine.grants.add(folder, 'export'),
      name: 'sealed',
      certificate: true,
      reason: 'Operation ended',
    }))
      if (event.type === 'done') report = event.report;
    expect(readdirSync(folder).sort()).toEqual([report?.certificate ?? '', 'sealed.fellside-backup'].sort());
    expect((await refusal(client.records.add({ grid: 'people', values: { name: 'Late' } }))).code).toBe(
      'closing.archived',
    );
    await client.records.show({ ref: 'NOM-1' });
    expect(await client.history.verify()).toMatchObject({ ok: true });
    expect((await client.closing.state()).archivedAt).not.toBeNull();
    expect(readFileSync(join(folder, 'sealed.fellside-backup')).includes('Harcastle')).toBe(false);
    await client.closing.reopen({ reason: 'A late result' });
    await client.records.add({ grid: 'people', values: { name: 'Late' } });
  }, 120_000);
});

describe('the end of an operation', () => {
  it('needs its name, and a place outside for the certificate; then nothing of the workspace is left', async () => {
    const own = await makeWorkspace('Operation Slate');
    const { client, engine, workspace } = own;
    await client.records.add({ grid: 'people', values: { name: 'Quillon Vextrass' } });
    const outside = engine.grants.add(makeFolder(), 'export');
    const end = (confirm: string, folder: string) =>
      client.closing.eraseOperation({ confirm, reason: 'Retention is over', folder });
    expect((await refusal(end('Operation Slate', outside))).code).toBe('closing.open');
    await client.closing.saveCase({ state: none, reason: 'No charges' });
    expect((await refusal(end('Operation Slat', outside))).code).toBe('usage');
    expect(
      (await refusal(end('Operation Slate', engine.grants.add(join(workspace, 'backups'), 'export')))).code,
    ).toBe('usage');
    const ended = await end('Operation Slate', outside);
    expect(ended.certificate).toMatch(/erased[.]pdf$/);
    expect(existsSync(workspace)).toBe(false);
    expect((await refusal(openWorkspaceAt(workspace))).code).toBe('workspace.missing');
    await engine.close();
  }, 120_000);
});

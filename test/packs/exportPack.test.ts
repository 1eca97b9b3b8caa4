import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectPack } from '../../electron/engine/packs/collect.ts';
import { type ExportRequest, exportPack } from '../../electron/engine/packs/exportPack.ts';
import { createWorkspace, type Workspace } from '../../electron/engine/workspace/workspace.ts';
import { packSpecs } from '../../shared/packs/packSpecs.ts';

const now = '2026-11-20T16:45:00.000Z';
const numbers = { version: 1, copy: 1 };
const request: ExportRequest = {
  spec: packSpecs.command,
  formats: ['xlsx'],
  recipient: 'Silver commander',
  reason: 'Warrant day',
  numberOf: () => numbers,
  now,
  user: 'M. Lorton',
};

const plan = `
UPDATE operation SET name = 'Operation Hawthorn Tarn', marking = 'OFFICIAL', strike = '2026-11-26T05:30',
  information = 'The Tarn line.', risk_assessment = 'See each address.';
INSERT OR IGNORE INTO operation (id, revision, sources, name, marking, strike, information, risk_assessment)
  VALUES (1, 1, 0, 'Operation Hawthorn Tarn', 'OFFICIAL', '2026-11-26T05:30', 'The Tarn line.', 'See each address.');
INSERT INTO person (id, revision, sources, name, dob, role, victim_status, markers) VALUES
  (1, 1, 0, 'Ada Brackley', '1990-02-01', 'LINE_HOLDER', NULL, 'Violent; Weapons (knife)'),
  (2, 1, 0, 'Bram Corrie', '2009-11-27', 'WORKER_RUNNER', 'potential-victim', NULL),
  (3, 1, 0, 'Nobody Concerned', '1970-01-01', NULL, NULL, NULL);
INSERT INTO premises (id, revision, sources, address, postcode, children, vulnerable_adults) VALUES
  (1, 1, 0, '1 Quarry Row, Fellside', 'FE1 1AB', '2 children (4, 9)', NULL),
  (2, 1, 0, '2 Mill Bank, Fellside', 'FE1 2AB', 'No', NULL);
INSERT INTO team (id, revision, sources, name, call_sign, leader, members, premises) VALUES
  (1, 1, 0, 'Amber', 'HT01', 'OFF-1', 'OFF-1', 'PRM-1'), (2, 1, 0, 'Basalt', 'HT02', NULL, NULL, 'PRM-2');
INSERT INTO officer (id, revision, sources, collar, rank, name) VALUES (1, 1, 0, '3301', 'PC', 'Sol Wray');
INSERT INTO target (id, revision, sources, subject, objective, premises, team) VALUES
  (1, 1, 0, 'NOM-1', 'arrest', 'PRM-1', 'TEAM-1'), (2, 1, 0, 'NOM-2', 'safeguard', 'PRM-2', 'TEAM-2');
INSERT INTO warrant (id, revision, sources, number, power, premises, issued) VALUES
  (1, 1, 0, '1201/26', 'mda-s23-3', 'PRM-1', '2026-11-10'), (2, 1, 0, '1202/26', 'pace-s8', 'PRM-2', '2026-11-10');
INSERT INTO intelligence (id, revision, sources, urn, text, grade, conditions, needs_regrade, subjects, marking,
  officer, source_ref, provenance) VALUES
  (1, 1, 0, 'U1', 'Deals from the yard. The caller waits.', '2BP', NULL, 'no', 'Ada Brackley', 'OFFICIAL-SENSITIVE', 'PC 9 Quillfeather', 'ISR-SECRET-1', 'how we know'),
  (2, 1, 0, 'U2', 'Conditional text.', '2BC', 'Consult the originator', 'no', 'Bram Corrie', NULL, NULL, NULL, NULL),
  (3, 1, 0, 'U3', 'Ungraded text.', NULL, NULL, 'yes', 'Bram Corrie', NULL, NULL, NULL, NULL),
  (4, 1, 0, 'U4', 'Old graded text.', '1AP', NULL, 'yes', 'Ada Brackley', NULL, NULL, NULL, NULL);
`;

describe('a pack from a workspace', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'fellside-export-'));
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await createWorkspace(
      { folder: join(folder, 'tarn.fellside'), passphrase: 'heron slate lantern', user: 'M. Lorton' },
      () => now,
    );
    workspace.writer.exec(plan);
    const seq = workspace.writer.prepare('SELECT max(seq) AS seq FROM journal').get() as {
      seq: number | null;
    };
    workspace.writer.pragma('foreign_keys = OFF');
    workspace.writer
      .prepare(
        `INSERT INTO photograph (id, seq, grid, row_id, media_type, sha256, bytes, taken_on, standing)
         VALUES (1, ?, 'people', 1, 'image/jpeg', '', ?, '2025-08-14', 1)`,
      )
      .run(seq.seq ?? 0, readFileSync(new URL('./fixtures/drawn-face.jpg', import.meta.url)));
  }, 120_000);

  afterAll(() => {
    workspace.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('holds the plan, the people it touches and nobody else', () => {
    const { data } = collectPack(workspace.reader, { ...numbers, ...request, ...numbers });
    expect(data.targets.map(({ name, victimStatus, age }) => [name, victimStatus !== null, age])).toEqual([
      ['Ada Brackley', false, 36],
      ['Bram Corrie', true, 16],
    ]);
    expect(data.people.map(({ name }) => name)).toEqual(['Ada Brackley', 'Bram Corrie']);
    expect(data.people[0]).toMatchObject({ photograph: 'photograph-1', photographDate: '2025-08-14' });
    expect(data.warrants.map(({ expires }) => expires)).toEqual(['2026-12-10', '2027-02-10']);
    expect(data.briefing.map(({ heading }) => heading)).toEqual(['Information', 'Risk assessment']);
    expect(data.header).toMatchObject({
      strikeDate: '2026-11-26',
      strikeTime: '05:30',
      operation: 'Operation Hawthorn Tarn',
    });
    expect(data.findings.length).toBeGreaterThan(0);
  });

  it('shows an address with children and no plan as a gap', () => {
    const { data } = collectPack(workspace.reader, { ...numbers, ...request, ...numbers });
    expect(data.safeguarding.map(({ premisesRef, gaps }) => [premisesRef, gaps])).toEqual([
      ['PRM-1', ['No safeguarding plan for this address']],
    ]);
  });

  it('withholds by the handling rules, and no restricted field leaves', async () => {
    const { data, warnings } = collectPack(workspace.reader, { ...numbers, ...request, ...numbers });
    expect(data.intelligence.map(({ ref }) => ref)).toEqual(['INT-1']);
    expect(data.withheld).toEqual([
      { reason: 'not graded', count: 1 },
      { reason: 'needs regrading', count: 1 },
      { reason: 'handling conditions', count: 1 },
    ]);
    expect(JSON.stringify(data)).not.toMatch(
      /ISR-SECRET|Quillfeather|how we know|Conditional|Ungraded|Old graded/,
    );
    expect(warnings.map(({ ref, rule }) => [ref, rule])).toEqual([['INT-1', 'source words']]);
    expect(data.header.marking).toBe('OFFICIAL-SENSITIVE');
  });

  it('releases an item with conditions by decision, with its conditions and the decision beside it', () => {
    const decisions = { items: [{ ref: 'INT-2', decidedBy: 'DI Keld', reason: 'entry plan' }] };
    const { data } = collectPack(workspace.reader, { ...numbers, ...request, decisions });
    expect(data.intelligence.find(({ ref }) => ref === 'INT-2')).toMatchObject({
      handling: 'C',
      conditions: 'Consult the originator',
      released: 'Released by DI Keld: entry plan',
    });
  });

  it('gives a team what is its own', () => {
    const { data } = collectPack(workspace.reader, {
      ...numbers,
      ...request,
      spec: packSpecs.team,
      team: 'amber',
    });
    expect(data.targets.map(({ ref }) => ref)).toEqual(['TGT-1']);
    expect(data.warrants.map(({ ref }) => ref)).toEqual(['WAR-1']);
    expect(data.premises.map(({ ref }) => ref)).toEqual(['PRM-1']);
    expect(data.intelligence.map(({ ref }) => ref)).toEqual(['INT-1']);
    expect(JSON.stringify(data)).not.toMatch(/Bram Corrie|Mill Bank/);
  });

  it('writes named, hashed files, the same twice, and leaves the database as it was', async () => {
    const before = workspace.reader.prepare('SELECT count(*) AS entries FROM journal').get();
    const first = await exportPack(workspace.reader, { ...request, formats: ['xlsx', 'pdf', 'xlsx'] });
    const second = await exportPack(workspace.reader, { ...request, formats: ['xlsx', 'pdf'] });
    expect(first.files.map(({ name }) => name)).toEqual([
      'Operation-Hawthorn-Tarn-command-v1-copy-1.xlsx',
      'Operation-Hawthorn-Tarn-command-v1-copy-1.pdf',
    ]);
    expect(second.files.map(({ sha256 }) => sha256)).toEqual(first.files.map(({ sha256 }) => sha256));
    expect(first.manifest.files.map(({ sha256, bytes }) => [sha256, bytes])).toEqual(
      first.files.map(({ sha256, bytes }) => [sha256, bytes.length]),
    );
    expect(first.manifest).toMatchObject({
      version: 1,
      copy: 1,
      recipient: 'Silver commander',
      withheld: first.withheld,
    });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(first.files[0]?.bytes as unknown as ExcelJS.Buffer);
    expect(workbook.getWorksheet('People')?.getImages()).toHaveLength(1);
    expect(workspace.reader.prepare('SELECT count(*) AS entries FROM journal').get()).toEqual(before);
  });

  it('keeps the content hash across copies, and changes it with the content', async () => {
    const first = (await exportPack(workspace.reader, request)).manifest;
    const copy = (
      await exportPack(workspace.reader, {
        ...request,
        numberOf: () => ({ version: 1, copy: 2 }),
        recipient: 'Gold',
        now: '2026-11-21T08:00:00.000Z',
      })
    ).manifest;
    expect(copy.contentHash).toBe(first.contentHash);
    workspace.writer.exec("UPDATE target SET grounds = 'new' WHERE id = 1");
    expect((await exportPack(workspace.reader, request)).manifest.contentHash).not.toBe(first.contentHash);
    workspace.writer.exec('UPDATE target SET grounds = NULL WHERE id = 1');
  });

  it.each([
    ['no recipient', { recipient: ' ' }, 'usage'],
    ['no reason', { reason: '' }, 'usage'],
    ['no format', { formats: [] }, 'usage'],
    ['a team pack without a team', { spec: packSpecs.team }, 'usage'],
    ['a team that is not there', { team: 'Cobalt' }, 'pack.unknown'],
  ])('refuses %s', async (_name, change, code) => {
    await expect(exportPack(workspace.reader, { ...request, ...change })).rejects.toMatchObject({ code });
  });
});

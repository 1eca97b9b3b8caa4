import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MatchParts, MatchReport } from '../../shared/contract/areas/matching.ts';
import { makeFolder, runCommand, runJson } from './cliRun.ts';

const patience = 120_000;

describe('fellside matches, merge, split and differ', () => {
  const folder = makeFolder();
  const found = () => runJson<MatchReport>(folder, ['matches', 'op']);
  const pairOf = (report: MatchReport, a: string, b: string) =>
    report.pairs.find((pair) => pair.a === a && pair.b === b);

  beforeAll(async () => {
    writeFileSync(
      join(folder, 'people.csv'),
      [
        'Forename,Surname,DOB,Mobile,Home address,Postcode',
        'Maud,Ellery,03/04/1990,07700900001,4 Kiln Row,FE1 2HJ',
        'Maudie,Ellery,04/03/1990,07700900001,4 Kiln Row,FE1 2HJ',
        'Alec,Thorne,05/06/2012,07700900004,9 Mill Lane,FE1 3AB',
        'Alex,Thorne,05/06/2012,07700900004,9 Mill Lane,FE1 3AB',
        'Petra,Lund,02/03/1981,07700900005,7 Fell View,FE6 6JK',
        'Bram,Ostler,09/09/1999,07700900003,1 Tenter Bank,FE1 4AA',
      ].join('\r\n'),
    );
    expect((await runCommand(folder, ['new', 'op', '--name', 'Fellgate'])).status).toBe(0);
    expect((await runCommand(folder, ['import', 'op', 'people.csv', '--kind', 'person'])).status).toBe(0);
  }, patience);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(
    'gives pairs with score, decision and reasons, and groups',
    async () => {
      const report = await found();
      const pair = pairOf(report, 'NOM-1', 'NOM-2');
      expect(pair).toMatchObject({ decision: 'match' });
      expect(pair?.score).toBeGreaterThan(0.95);
      expect(pair?.reasons.map((reason) => reason.field)).toContain('surname');
      expect(report.clusters).toContainEqual(['NOM-1', 'NOM-2']);
      expect(report.alerts['NOM-3']?.[0]).toMatch(/^Child: 1[34]/);
      const words = await runCommand(folder, ['matches', 'op', '--threshold', '0.99']);
      expect(words.out).toContain('Surname the same: Ellery');
      expect(words.out).toContain('Child');
      expect((await runCommand(folder, ['matches', 'op', '--threshold', '2'])).err).toContain('--threshold');
      expect((await runCommand(folder, ['matches', 'op', '--kind', 'ships'])).err).toContain('--kind');
      // A threshold that was kept holds where none is named, and is undone like any change.
      await runJson<MatchReport>(folder, ['matches', 'op', '--threshold', '0.9999', '--keep']);
      expect(await found()).toMatchObject({ threshold: 0.9999 });
      expect((await runCommand(folder, ['matches', 'op', '--keep'])).err).toContain('--threshold');
      expect((await runCommand(folder, ['undo', 'op'])).status).toBe(0);
      expect(await found()).toMatchObject({ threshold: 0.95 });
    },
    patience,
  );

  it(
    'merges, shows what a merged reference is part of, and takes apart',
    async () => {
      expect(
        await runJson(folder, ['merge', 'op', 'NOM-1', 'NOM-2', '--reason', 'same phone']),
      ).toMatchObject({
        ref: 'NOM-1',
      });
      const shown = await runCommand(folder, ['show', 'op', 'nom-2']);
      expect(shown.out).toMatch(/^NOM-2 is part of NOM-1 since \d\d\/\d\d\/\d{4} \(/);
      expect(shown.out).toContain('merged from: NOM-1, NOM-2');
      const parts = await runJson<MatchParts>(folder, ['split', 'op', 'NOM-1']);
      expect(parts.members.map((member) => [member.ref, member.evidence.length])).toEqual([
        ['NOM-1', 1],
        ['NOM-2', 1],
      ]);
      const row = parts.members[1]?.evidence[0];
      const out = await runCommand(folder, [
        'split',
        'op',
        'NOM-1',
        '--evidence',
        `${row?.source}:${row?.row}`,
      ]);
      expect(out.out).toContain('Taken out as NOM-7');
      expect(pairOf(await found(), 'NOM-1', 'NOM-7')).toBeUndefined();
      expect((await runCommand(folder, ['undo', 'op'])).status).toBe(0);
      expect(await runJson(folder, ['split', 'op', 'NOM-1', '--member', 'NOM-2'])).toMatchObject({
        ref: 'NOM-2',
      });
      expect((await runCommand(folder, ['split', 'op', 'NOM-1', '--evidence', 'SRC-9:4'])).err).toContain(
        'SRC-9:4',
      );
    },
    patience,
  );

  it(
    'remembers what is different and what was left open',
    async () => {
      expect((await runCommand(folder, ['differ', 'op', 'NOM-3', 'NOM-4', '--unsure'])).out).toContain(
        'Left open',
      );
      expect(pairOf(await found(), 'NOM-3', 'NOM-4')?.decision).toBe('unsure');
      expect(await runJson(folder, ['differ', 'op', 'NOM-4', 'NOM-3'])).toMatchObject({ said: 'different' });
      const report = await found();
      expect(pairOf(report, 'NOM-3', 'NOM-4')).toBeUndefined();
      expect(report.decided.map(({ a, b, said }) => [a, b, said])).toContainEqual([
        'NOM-3',
        'NOM-4',
        'different',
      ]);
      expect((await runCommand(folder, ['merge', 'op', 'NOM-1', 'PHN-1'])).err).toContain(
        'only records of one kind',
      );
    },
    patience,
  );
});

import { describe, expect, test } from 'vitest';
import {
  type ExportDraft,
  emptyDraft,
  findErrors,
  itemsToDecide,
  recipientsOf,
  releasesOf,
  requestsOf,
} from '../../renderer/features/packs/exportDraft.ts';
import { describeChange, writeChangesTable } from '../../renderer/features/packs/register/changeWords.ts';
import { registerFilters, signsOf } from '../../renderer/features/packs/register/packStates.ts';
import { writeRecallText } from '../../renderer/features/packs/register/recallText.ts';
import {
  copySpec,
  dropSection,
  followTitle,
  listedColumns,
  moveEntry,
  nameSpec,
  sectionsLeft,
  showFields,
  shownFields,
} from '../../renderer/features/packs/specs/specDraft.ts';
import { warnOfSpec } from '../../renderer/features/packs/specs/specWarnings.ts';
import type { IssuedPack } from '../../shared/contract/packSchemas.ts';
import { checkOwnSpec } from '../../shared/packs/checkSpec.ts';
import { PackSpec } from '../../shared/packs/packSpec.ts';
import { packSpecs, shippedSpecs } from '../../shared/packs/packSpecs.ts';

const command: PackSpec = packSpecs.command;
const safeguarding: PackSpec = packSpecs.safeguarding;
const team: PackSpec = packSpecs.team;

const ready: ExportDraft = { ...emptyDraft, recipients: 'Silver', reason: 'Briefing' };
const nothing = { blockers: 0, warnings: 0, hasFolder: true };
const item = { ref: 'INT-12', grade: '1BC', conditions: 'A1', why: 'Conditions', overridable: true };

const copy: IssuedPack = {
  ref: 'PACK-2',
  pack: 'team',
  title: 'Team pack',
  team: 'Alpha',
  version: 2,
  copy: 1,
  recipient: 'Ada Leader',
  reason: 'Briefing',
  at: '2026-12-02T18:00:00Z',
  user: 'R. Sturgess',
  marking: 'OFFICIAL-SENSITIVE',
  files: [],
  destroyBy: null,
  superseded: false,
  stale: true,
  state: 'held',
  stateAt: null,
  stateNote: null,
  overdue: false,
};

describe('the export', () => {
  test('each recipient gets one copy, however often and with whatever space it is written', () => {
    expect(recipientsOf(' Silver \n\nBronze\nSilver\r\n')).toEqual(['Silver', 'Bronze']);
    const requests = requestsOf(command, { ...ready, recipients: 'Silver\nBronze' });
    expect(requests.map(({ recipient }) => recipient)).toEqual(['Silver', 'Bronze']);
  });

  test('nothing is asked for before everything that is needed is there', () => {
    expect(findErrors(command, ready, nothing)).toEqual({});
    expect(Object.keys(findErrors(command, emptyDraft, { ...nothing, hasFolder: false })).sort()).toEqual([
      'folder',
      'reason',
      'recipients',
    ]);
    expect(findErrors(team, ready, nothing)).toHaveProperty('team');
    expect(findErrors(command, ready, { ...nothing, blockers: 1 })).toHaveProperty('blockersRead');
    expect(findErrors(command, ready, { ...nothing, warnings: 1 })).toHaveProperty('warningsRead');
    expect(findErrors(command, { ...ready, formats: [] }, nothing)).toHaveProperty('formats');
    expect(findErrors(command, { ...ready, destroyBy: '31/02/2030' }, nothing)).toHaveProperty('destroyBy');
    expect(findErrors(command, { ...ready, destroyBy: '01/01/2020' }, nothing)).toHaveProperty('destroyBy');
    expect(findErrors(command, { ...ready, recipients: 'x'.repeat(201) }, nothing)).toHaveProperty(
      'recipients',
    );
  });

  test('a password counts only for a workbook, is long enough and written twice the same', () => {
    const draft = { ...ready, password: 'copper heron', passwordAgain: 'copper heron' };
    expect(requestsOf(command, draft)[0]).toMatchObject({ password: 'copper heron' });
    expect(requestsOf(command, { ...draft, formats: ['pdf'] })[0]).not.toHaveProperty('password');
    expect(findErrors(command, { ...draft, passwordAgain: 'copper' }, nothing)).toHaveProperty(
      'passwordAgain',
    );
    expect(findErrors(command, { ...draft, password: 'short' }, nothing)).toHaveProperty('password');
  });

  test('an item is released with a reason alone, and stays in sight once it is', () => {
    const without = { 'INT-12': { on: true, reason: ' a ', item } };
    expect(releasesOf(without)).toEqual([]);
    expect(findErrors(command, { ...ready, decisions: without }, nothing)).toHaveProperty('decisions');
    const decided = { 'INT-12': { on: true, reason: ' Agreed ', item } };
    expect(releasesOf(decided)).toEqual([{ ref: 'INT-12', reason: 'Agreed' }]);
    expect(releasesOf({ 'INT-12': { on: false, reason: 'Agreed', item } })).toEqual([]);
    const never = { ...item, ref: 'INT-3', overridable: false };
    expect(itemsToDecide([never], decided).map(({ ref }) => ref)).toEqual(['INT-12', 'INT-3']);
  });

  test('word and slides are not asked of a pack without a briefing', () => {
    const all = { ...ready, formats: ['xlsx', 'pdf', 'docx', 'pptx'] as const };
    expect(requestsOf(safeguarding, all)[0]?.formats).toEqual(['xlsx', 'pdf']);
    expect(requestsOf(command, all)[0]?.formats).toEqual(['xlsx', 'pdf', 'docx', 'pptx']);
  });
});

describe('a kind of pack', () => {
  test('a copy of every shipped pack can be kept as it is, under a name that is free', () => {
    const taken: string[] = shippedSpecs.map(({ id }) => id);
    for (const spec of shippedSpecs) {
      const own = copySpec(spec, taken);
      taken.push(own.id);
      expect(() => checkOwnSpec(PackSpec.parse(own))).not.toThrow();
      expect(warnOfSpec(own, spec)).toEqual(warnOfSpec(spec, spec));
    }
    expect(new Set(taken).size).toBe(taken.length);
  });

  test('names are words for files and commands, never taken and never too long', () => {
    expect(nameSpec('Housing & Tenancy pack', [])).toBe('own-housing-tenancy-pack');
    expect(nameSpec('Housing', ['own-housing'])).toBe('own-housing-2');
    expect(nameSpec('*', [])).toBe('own-pack');
    expect(nameSpec('x'.repeat(80), [nameSpec('x'.repeat(80), [])])).toMatch(/^own-x{34}-2$/);
  });

  test('the name follows the title until it is chosen', () => {
    const spec = { ...command, id: 'own-day', title: 'Day' };
    expect(followTitle(spec, { ...spec, title: 'Night' }, ['own-day']).id).toBe('own-night');
    const chosen = { ...spec, id: 'own-mine' };
    expect(followTitle(chosen, { ...chosen, title: 'Night' }, ['own-mine']).id).toBe('own-mine');
  });

  test('a column that is left out is redacted, and shown again where it was put', () => {
    const every = shownFields(command, 'warrants');
    const without = showFields(
      command,
      'warrants',
      every.filter((field) => field !== 'court'),
    );
    expect(without.redactions.warrants).toEqual(['court']);
    expect(shownFields(without, 'warrants')).not.toContain('court');
    expect(listedColumns(without, 'warrants').at(-1)).toMatchObject({ shown: false });
    const back = showFields(without, 'warrants', every);
    expect(back).toEqual({ ...command, redactions: {} });
    const turned = showFields(command, 'warrants', moveEntry(every, 0, 1));
    expect(shownFields(turned, 'warrants').slice(0, 2)).toEqual([every[1], every[0]]);
    expect(turned.redactions).toEqual({});
  });

  test('a section that is taken out leaves nothing behind and can be added again', () => {
    const without = dropSection(safeguarding, 'premises');
    expect(without.redactions).not.toHaveProperty('premises');
    expect(sectionsLeft(without)).toContain('premises');
    expect(moveEntry(['a', 'b'], 1, 2)).toEqual(['a', 'b']);
  });

  test('every widening is told', () => {
    const initials: PackSpec = {
      ...safeguarding,
      ceiling: 'OFFICIAL',
      naming: { children: 'initials', victims: 'withheld' },
    };
    expect(warnOfSpec(initials, initials)).toEqual([]);
    const wide: PackSpec = {
      ...initials,
      ceiling: 'OFFICIAL-SENSITIVE',
      naming: { children: 'named', victims: 'initials' },
      conditional: 'decided',
      sections: [...initials.sections, { id: 'intelligence' }],
      redactions: { ...initials.redactions, contacts: [] },
    };
    const words = warnOfSpec(wide, initials).join('\n');
    for (const part of [
      'Children are named to partners',
      'Intelligence with handling conditions may be released to partners',
      'a higher marking',
      'Children were named by initials; now by name',
      'Victims were named not at all; now by initials',
      '"Intelligence" goes out',
      '"Contacts" also shows: Notes',
    ])
      expect(words).toContain(part);
    expect(warnOfSpec({ ...team, scope: 'operation', readers: 'partner' }, team).join()).toMatch(
      /readers were of the police.*one team/,
    );
  });
});

describe('the register', () => {
  test('what matters of a copy is said in words, and no longer once it came back', () => {
    const words = (pack: IssuedPack) => signsOf(pack).map((sign) => sign.words);
    expect(words({ ...copy, superseded: true, overdue: true })).toEqual([
      'Held',
      'Overdue',
      'Stale',
      'Superseded',
    ]);
    expect(words({ ...copy, state: 'returned' })).toEqual(['Returned']);
    const shows = (id: string, pack: IssuedPack) =>
      registerFilters.find((each) => each.id === id)?.keeps(pack);
    expect(shows('stale', copy)).toBe(true);
    expect(shows('stale', { ...copy, state: 'destroyed' })).toBe(false);
    expect(shows('out', { ...copy, state: 'lost' })).toBe(true);
  });

  test('a change in words, and a table that no spreadsheet takes for formulas', () => {
    const change = {
      section: 'warrants',
      ref: 'WAR-1',
      name: '=1+1',
      kind: 'changed',
      field: 'Number',
      before: 'W-1',
      after: '@cmd\tx',
    } as const;
    expect(describeChange(change)).toBe('Number: from "W-1" to "@cmd\tx".');
    expect(describeChange({ ...change, before: null })).toBe('Number: now "@cmd\tx".');
    expect(describeChange({ ...change, before: null, after: null })).toBe('Number: changed.');
    const text = writeChangesTable({
      ref: 'PACK-1',
      against: null,
      since: 1,
      sinceAt: '2026-12-01T10:00:00Z',
      until: null,
      rows: [change],
    });
    expect(text.split('\n')[1]?.split('\t')).toEqual([
      'Warrants',
      'WAR-1',
      "'=1+1",
      'changed',
      'Number',
      'W-1',
      "'@cmd x",
    ]);
  });

  test('the recall list names every copy and its holder under the marking', () => {
    const list = {
      at: '2026-12-02T18:00:00Z',
      by: 'R. Sturgess',
      reason: 'Wrong number',
      copies: [copy],
      lost: [{ ...copy, ref: 'PACK-9', state: 'lost' as const, recipient: 'Bram Sergeant' }],
    };
    const text = writeRecallText(list, 'Operation Fellgate', 'OFFICIAL-SENSITIVE');
    expect(text.startsWith('OFFICIAL-SENSITIVE\n')).toBe(true);
    expect(text).toContain('PACK-2  Team pack, Alpha, version 2, copy 1: Ada Leader');
    expect(text).toMatch(/Lost, cannot be fetched back: 1\n.*PACK-9.*Bram Sergeant/);
  });
});

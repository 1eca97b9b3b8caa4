/** The plan as a whole by the command line: briefing, board, clocks, tally, accepted findings, dossier. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, runCommand, runJson } from './cliRun.ts';

const folder = makeFolder();
const workspace = 'op.fellside';

interface Section {
  key: string;
  text: string;
  filled: string;
  marking: string | null;
  unknownFacts: string[];
}
interface Briefing {
  model: string;
  version: number;
  sections: Section[];
}

const json = <T>(words: readonly string[], status = 0) => runJson<T>(folder, words, status);
const words = (command: string, ...rest: string[]) => [command, workspace, ...rest];

async function refused(given: readonly string[]): Promise<string> {
  const ended = await runCommand(folder, given);
  expect({ status: ended.status, out: ended.out }).toEqual({ status: 2, out: '' });
  expect(ended.err).toMatch(/^fellside: [^\n]+\n$/);
  return ended.err;
}

function write(name: string, text: string | Buffer): string {
  writeFileSync(join(folder, name), text);
  return name;
}

beforeAll(async () => {
  await json(['new', workspace, '--name', 'Operation Fellgate', '--user', 'A Analyst']);
  await json(words('set', 'OP-1', 'strike=03/12/2026 05:30'));
  await json(words('add', 'people', 'name=Maud Ellery', 'dob=01/02/2011'));
  await json(words('add', 'premises', 'address=4 Mill Lane, Fellgate', 'children=yes'));
  await json(words('add', 'teams', 'name=Team 1', 'premises=PRM-1', 'strikeAt=03/12/2026 05:30'));
  await json(words('add', 'targets', 'subject=NOM-1', 'premises=PRM-1', 'team=TEAM-1'));
  await json(words('add', 'warrants', 'premises=PRM-1', 'power=PACE s.8', 'issued=01/09/2026'));
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('briefing', () => {
  const section = (briefing: Briefing, key: string) => briefing.sections.find((each) => each.key === key);

  it('is saved from a file, printed filled, and taken in again as it was printed', async () => {
    const file = write(
      'first.txt',
      '\uFEFF# Information\r\n\r\nThere is {{targets}} target.\r\n\r\nSecond paragraph.\r\n# method [OFFICIAL-SENSITIVE]\r\nTeams of {{nothing}}.\r\n',
    );
    const saved = await json<Briefing>(words('briefing', '--set', file), 1);
    expect(saved).toMatchObject({ model: 'IIMARCH', version: 1 });
    expect(section(saved, 'information')).toMatchObject({
      text: 'There is {{targets}} target.\n\nSecond paragraph.',
      filled: 'There is 1 target.\n\nSecond paragraph.',
      marking: null,
    });
    expect(section(saved, 'method')).toMatchObject({
      marking: 'OFFICIAL-SENSITIVE',
      unknownFacts: ['nothing'],
    });

    const shown = await runCommand(folder, words('briefing'));
    expect(shown.status).toBe(1);
    expect(shown.out).toContain('# Method [OFFICIAL-SENSITIVE]');
    expect(shown.out).toContain('There is 1 target.');
    expect(shown.out).toContain('the plan has no "nothing"');

    const raw = await runCommand(folder, words('briefing', '--raw'));
    const body = raw.out.slice(raw.out.indexOf('#'), raw.out.indexOf('Empty:'));
    const again = await json<Briefing>(words('briefing', '--set', write('again.txt', body)), 1);
    expect(again).toMatchObject({ version: 1, sections: saved.sections });
  });

  it('keeps what the file does not name, and every version', async () => {
    const file = write('second.txt', '# Method []\n\nTeams enter together at the wharehouse.\n');
    const saved = await json<Briefing>(words('briefing', '--set', file));
    expect(saved.version).toBe(2);
    expect(section(saved, 'method')).toMatchObject({ marking: null });
    expect(section(saved, 'information')?.text).toContain('{{targets}}');
    const first = await json<Briefing>(words('briefing', '--version', '1'), 1);
    expect(section(first, 'method')?.text).toBe('Teams of {{nothing}}.');
    const { versions } = await json<{ versions: { version: number; by: string }[] }>(
      words('briefing', '--versions'),
    );
    expect(versions.map((each) => [each.version, each.by])).toEqual([
      [2, 'A Analyst'],
      [1, 'A Analyst'],
    ]);
    const spelt = await json<{ misspelt: { section: string; word: string }[] }>(
      words('briefing', '--spelling'),
    );
    expect(spelt.misspelt.map((each) => [each.section, each.word])).toEqual([['Method', 'wharehouse']]);
  });

  it('goes over to SAFCORM by its own headings', async () => {
    const file = write('safcorm.txt', '# Aim\nClose the line.\n');
    expect(await refused(words('briefing', '--set', file))).toContain('Line 1');
    const saved = await json<Briefing>(words('briefing', '--set', file, '--model', 'safcorm'));
    expect(saved).toMatchObject({ model: 'SAFCORM', version: 3 });
    await json(words('undo'));
    expect(await json<Briefing>(words('briefing'))).toMatchObject({ model: 'IIMARCH', version: 2 });
  });

  it.each([
    ['Words under no heading.\n', 'before the first heading'],
    ['# Method\na\n# Method\nb\n', 'stands twice'],
    ['', 'no section'],
    ['# Method [TOP SECRET]\na\n', 'marking'],
  ])('refuses the file %j and changes nothing', async (text, why) => {
    expect(await refused(words('briefing', '--set', write('wrong.txt', text)))).toContain(why);
    expect(await json<Briefing>(words('briefing'))).toMatchObject({ version: 2 });
  });

  it('refuses what is no text, no file, no version and no model', async () => {
    expect(
      await refused(words('briefing', '--set', write('wrong.txt', Buffer.from([0xff, 0xfe, 0xc3])))),
    ).toContain('UTF-8');
    expect(await refused(words('briefing', '--set', 'nowhere.txt'))).toContain('no such file');
    expect(await refused(words('briefing', '--version', '9'))).toContain('no version 9');
    expect(await refused(words('briefing', '--set', 'first.txt', '--model', 'X'))).toContain('IIMARCH');
  });
});

describe('the day', () => {
  it('is shown by teams, with children told', async () => {
    const board = await json<{ teams: { tasks: { premises: string; safeguarding: boolean }[] }[] }>(
      words('board'),
    );
    expect(board.teams[0]?.tasks[0]).toMatchObject({ premises: 'PRM-1', safeguarding: true });
    const shown = await runCommand(folder, words('board'));
    expect(shown.out).toContain('TEAM-1 Team 1  no leader');
    expect(shown.out).toContain('CHILDREN OR VULNERABLE ADULTS');
  });

  it('has its periods, of all and of one record; one that has run out is status 1', async () => {
    const { clocks } = await json<{ clocks: { ref: string; kind: string; due: string }[] }>(
      words('clocks'),
      0,
    );
    expect(clocks).toContainEqual(
      expect.objectContaining({ ref: 'WAR-1', kind: 'warrant', due: expect.stringMatching(/^2026-1[12]-/) }),
    );
    expect((await json<{ clocks: unknown[] }>(words('clocks', 'NOM-1'))).clocks).toEqual([]);
    await json(words('add', 'warrants', 'premises=PRM-1', 'power=PACE s.8', 'issued=01/03/2026'));
    const over = await runCommand(folder, words('clocks'));
    expect(over.status).toBe(1);
    expect(over.out).toContain('WAR-2');
  });

  it('is counted once', async () => {
    await json(words('add', 'seizures', 'what=Cash', 'premises=PRM-1', 'cash=1250'));
    const tally = await json<{ lines: { key: string; unit: string; value: number }[] }>(words('tally'));
    expect(tally.lines).toContainEqual(expect.objectContaining({ unit: 'GBP', value: 1250 }));
    expect((await runCommand(folder, words('tally'))).out).toContain('£1,250');
  });

  it('gathers everything about one address', async () => {
    const dossier = await json<{ ref: string; alerts: unknown[]; sections: { rows: { ref: string }[] }[] }>(
      words('dossier', 'PRM-1'),
    );
    expect(dossier.ref).toBe('PRM-1');
    expect(dossier.alerts.length).toBeGreaterThan(0);
    const near = dossier.sections.flatMap((section) => section.rows.map((row) => row.ref));
    expect(near).toEqual(expect.arrayContaining(['WAR-1', 'TEAM-1', 'TGT-1']));
    const shown = await runCommand(folder, words('dossier', 'PRM-1'));
    expect(shown).toMatchObject({ status: 0, err: '' });
    expect(shown.out).toContain('WAR-1');
    expect(await refused(words('dossier', 'PRM-99'))).toContain('PRM-99');
  });
});

describe('a finding', () => {
  interface Finding {
    rule: string;
    refs: string[];
    acceptable?: boolean;
    accepted?: { id: number; reason: string };
  }
  const check = async () =>
    (JSON.parse((await runCommand(folder, words('check', '--json'))).out) as { findings: Finding[] })
      .findings;

  it('is set aside with a reason, and counts again once that is taken back', async () => {
    const finding = (await check()).find((each) => each.rule === 'team.no-leader') ?? { rule: '', refs: [] };
    expect(await refused(words('accept', finding.rule, ...finding.refs))).toContain('--reason');
    const accepted = await json<{ id: number }>(
      words('accept', finding.rule, ...finding.refs, '--reason', 'Leader is named at the briefing'),
    );
    expect((await check()).find((each) => each.rule === finding.rule)?.accepted).toMatchObject({
      id: accepted.id,
    });
    expect((await runCommand(folder, words('check'))).out).toContain(`Accepted (number ${accepted.id})`);
    await json(words('withdraw', String(accepted.id)));
    expect((await check()).find((each) => each.rule === finding.rule)?.accepted).toBeUndefined();
    expect(await refused(words('withdraw', String(accepted.id)))).toContain('no acceptance');
    expect(await refused(words('withdraw', 'x'))).toContain('number');
  });

  it('about a child is never set aside', async () => {
    const finding = (await check()).find((each) => each.acceptable === false) ?? { rule: '', refs: [] };
    expect(finding.rule).not.toBe('');
    expect(
      await refused(words('accept', finding.rule, ...finding.refs, '--reason', 'No time for it')),
    ).toContain('cannot be set aside');
  });
});

/** Packs of the force's own and decisions on release, by the command line. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PackReport } from '../../shared/contract/packSchemas.ts';
import type { PackSpec } from '../../shared/packs/packSpec.ts';
import { makeFolder, runCommand, runJson } from './cliRun.ts';

const folder = makeFolder();
const workspace = 'op.fellside';
const json = <T>(words: readonly string[], status = 0) => runJson<T>(folder, words, status);
const file = (name: string, content: unknown) => {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
};

async function refused(words: readonly string[]): Promise<string> {
  const ended = await runCommand(folder, words);
  expect({ status: ended.status, out: ended.out }).toEqual({ status: 2, out: '' });
  expect(ended.err).toMatch(/^fellside: [^\n]+\n$/);
  return ended.err;
}

const exportOf = (pack: string, ...more: string[]) => [
  'export',
  workspace,
  '--pack',
  pack,
  '--format',
  'xlsx',
  '--out',
  'packs',
  '--recipient',
  'Silver',
  '--reason',
  'Warrant day',
  ...more,
];

let command: PackSpec;

beforeAll(async () => {
  await json(['new', workspace, '--name', 'Operation Fellgate', '--user', 'A Analyst']);
  await json(['add', workspace, 'premises', 'address=4 Mill Lane, Fellgate']);
  for (const [text, grade, conditions] of [
    ['Yard at the back.', '2BP', ''],
    ['Dog in the yard.', '2BC', 'A3 overt use'],
    ['Cash in the loft.', '2BC', 'Originating agency only'],
  ] as const)
    await json([
      'add',
      workspace,
      'intelligence',
      `text=${text}`,
      `grade=${grade}`,
      ...(conditions ? [`conditions=${conditions}`] : []),
    ]);
  command = (await json<{ shipped: PackSpec[] }>(['packs', workspace, 'specs'])).shipped[0] as PackSpec;
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('packs of the force', { timeout: 120_000 }, () => {
  it('are saved from a file, listed, exported and removed', async () => {
    const own = { ...command, id: 'own-short', title: 'Short pack', sections: [{ id: 'premises' }] };
    await json(['packs', workspace, 'save', file('own.json', own)]);
    expect(await json(['packs', workspace, 'specs'])).toMatchObject({ own: [{ id: 'own-short' }] });
    expect((await runCommand(folder, ['packs', workspace, 'specs'])).out).toMatch(/own-short +Short pack/);
    const report = await json<PackReport>(exportOf('own-short', '--destroy-by', '2027-01-31'));
    expect(report).toMatchObject({ pack: 'own-short', version: 1, copy: 1 });
    expect(existsSync(join(folder, 'packs', report.files[0]?.file ?? 'none'))).toBe(true);
    await json(['packs', workspace, 'remove', 'own-short']);
    expect(await refused(exportOf('own-short'))).toContain('command, team');
  });

  it('are refused by name', async () => {
    const refuse = (content: unknown) => refused(['packs', workspace, 'save', file('bad.json', content)]);
    expect(await refuse('{')).toContain('not JSON');
    expect(await refuse({ ...command, id: 'own-x', sections: [{ id: 'tea' }] })).toContain('sections.0.id');
    expect(await refuse({ ...command, id: 'own-x', redactions: { people: ['tea'] } })).toContain('"tea"');
    expect(await refuse(command)).toContain('own-');
    expect(await refused(['packs', workspace, 'save', 'nowhere.json'])).toContain('no such file');
    expect(await refused(['packs', workspace, 'save'])).toContain('needs');
    expect(await refused(['packs', workspace, 'remove', 'team'])).toContain('cannot be removed');
  });
});

describe('release by the command line', { timeout: 120_000 }, () => {
  it('lets an item go by its reference and a reason, journaled without its text', async () => {
    const without = await json<PackReport>(exportOf('command'));
    expect(without.withheld).toContainEqual({ reason: 'handling conditions', count: 2 });
    const released = await json<PackReport>(exportOf('command', '--release', 'int-2=Team meets the dog'));
    expect(released.withheld).toContainEqual({ reason: 'handling conditions', count: 1 });
    const history = await json(['history', workspace, '--limit', '1']);
    expect(JSON.stringify(history)).not.toMatch(/Dog in the yard|Cash in the loft/);
  });

  it('refuses what no decision may free, and issues nothing', async () => {
    const before = readdirSync(join(folder, 'packs'));
    expect(await refused(exportOf('command', '--release', 'INT-3=We want it'))).toMatch(/INT-3 .*originator/);
    expect(await refused(exportOf('command', '--release', 'INT-99=We want it'))).toContain('INT-99');
    expect(await refused(exportOf('custody', '--release', 'INT-2=We want it'))).toContain('INT-2');
    expect(await refused(exportOf('search', '--release', 'INT-2'))).toContain('INT-n=REASON');
    expect(await refused(exportOf('command', '--release', 'INT-2='))).toContain('INT-n=REASON');
    expect(await refused(exportOf('command', '--destroy-by', 'soon'))).toContain('2026-12-31');
    expect(await refused(exportOf('command', '--password-file', file('short.txt', 'x')))).toContain(
      '8 to 255',
    );
    expect(await refused(exportOf('command', '--password', 'heron slate'))).toContain('never an argument');
    expect(readdirSync(join(folder, 'packs'))).toEqual(before);
  });

  it('protects the workbook with the password of a file', async () => {
    const report = await json<PackReport>(
      exportOf('command', '--password-file', file('password.txt', 'heron over slate\n')),
    );
    const bytes = readFileSync(join(folder, 'packs', report.files[0]?.file ?? ''));
    // An encrypted workbook is a compound file, not a zip.
    expect(bytes.subarray(0, 4).toString('hex')).toBe('d0cf11e0');
  });
});

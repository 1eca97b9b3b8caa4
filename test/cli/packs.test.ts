/** The register of packs by the command line. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  IssuedPack,
  PackChangesReport,
  RecallList,
  ReissueReport,
} from '../../shared/contract/packSchemas.ts';
import { makeFolder, runCommand, runJson } from './cliRun.ts';

const folder = makeFolder();
const workspace = 'op.fellside';
const json = <T>(words: readonly string[], status = 0) => runJson<T>(folder, words, status);
const packs = (...rest: string[]) => ['packs', workspace, ...rest];

async function refused(words: readonly string[]): Promise<string> {
  const ended = await runCommand(folder, words);
  expect({ status: ended.status, out: ended.out }).toEqual({ status: 2, out: '' });
  expect(ended.err).toMatch(/^fellside: [^\n]+\n$/);
  return ended.err;
}

const issue = (recipient: string) =>
  json<{ ref: string; files: { file: string }[] }>([
    'export',
    workspace,
    '--pack',
    'command',
    '--format',
    'xlsx',
    '--out',
    'packs',
    '--recipient',
    recipient,
    '--reason',
    'Enforcement day',
  ]);

beforeAll(async () => {
  await json(['new', workspace, '--name', 'Operation Fellgate', '--user', 'A Analyst']);
  await json(['add', workspace, 'premises', 'address=4 Mill Lane, Fellgate']);
  await json(['add', workspace, 'warrants', 'premises=PRM-1', 'power=PACE s.8', 'number=W1']);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('packs', { timeout: 120_000 }, () => {
  it('says that none was issued', async () => {
    expect(await json(packs())).toEqual({ packs: [] });
    expect((await runCommand(folder, packs())).out).toBe('No pack has been issued.\n');
  });

  it('lists copies with what has to be known of them, and names the holders of stale ones', async () => {
    await issue('Silver');
    await issue('Gold');
    await json(['set', workspace, 'WAR-1', 'court=Fellside Magistrates']);
    const listed = await json<{ packs: IssuedPack[] }>(packs('list'));
    expect(listed.packs.map(({ ref, copy, stale }) => [ref, copy, stale])).toEqual([
      ['PACK-2', 2, true],
      ['PACK-1', 1, true],
    ]);
    const shown = await runCommand(folder, packs());
    expect(shown.status).toBe(0);
    expect(shown.out).toMatch(/PACK-2 .*Gold .*out of date/);
    expect(shown.out).toContain('2 copies of the Command pack, version 1, are out of date: Silver, Gold.\n');
  });

  it('tells what changed, now and between issues', async () => {
    const { rows } = await json<PackChangesReport>(packs('changes', 'pack-1'));
    expect(rows.find(({ field }) => field === 'Court')).toMatchObject({
      ref: 'WAR-1',
      name: 'W1',
      before: null,
      after: 'Fellside Magistrates',
    });
    await issue('Silver');
    const between = await json<PackChangesReport>(packs('changes', 'PACK-3', '--against', 'PACK-1'));
    expect(between).toMatchObject({ since: 1, until: 2, rows });
    expect((await runCommand(folder, packs('changes', 'PACK-3'))).out).toContain('Nothing changed.');
    expect(await refused(packs('changes', 'PACK-9'))).toContain('PACK-9');
    expect(await refused(packs('changes'))).toContain('PACK-3');
  });

  it('writes a copy again', async () => {
    const again = await json<ReissueReport>(
      packs('reissue', 'PACK-1', '--out', 'again', '--reason', 'Lost on the way'),
    );
    const [file] = again.files;
    expect(readdirSync(join(folder, 'again'))).toEqual([file?.file]);
    expect(readFileSync(join(folder, 'again', file?.file ?? ''))).toEqual(
      readFileSync(join(folder, 'packs', file?.file ?? '')),
    );
    expect(await refused(packs('reissue', 'PACK-1', '--out', 'again'))).toContain('--reason');
  });

  it('settles and recalls copies', async () => {
    const settled = await json<{ packs: IssuedPack[] }>(
      packs('settle', 'PACK-1', 'PACK-2', 'returned', '--note', 'At the debrief', '--on', '2026-12-04'),
    );
    expect(settled.packs.map(({ state, stateAt, stateNote }) => [state, stateAt, stateNote])).toEqual([
      ['returned', '2026-12-04', 'At the debrief'],
      ['returned', '2026-12-04', 'At the debrief'],
    ]);
    const list = await json<RecallList>(packs('recall', 'command', '--reason', 'Wrong address'));
    expect(list.copies.map(({ ref, state }) => [ref, state])).toEqual([['PACK-3', 'recalled']]);
    expect((await runCommand(folder, packs())).out).toMatch(/PACK-3 .*recalled/);
    expect(await refused(packs('settle', 'PACK-1'))).toContain('returned, destroyed, lost');
    expect(await refused(packs('settle', 'PACK-1', 'eaten'))).toContain('returned, destroyed, lost');
    expect(await refused(packs('recall', 'PACK-1', '--reason', 'x'))).toContain('Nobody holds');
    expect(await refused(packs('recall'))).toContain('name of a pack');
    expect(await refused(packs('burn'))).toContain('burn');
  });
});

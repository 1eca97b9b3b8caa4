/** `fellside exchange`, from the copy to the decision. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type {
  ExchangeConflict,
  ExchangeStatus,
  MadePackage,
  TakeReport,
} from '../../shared/contract/areas/exchange.ts';
import { makeFolder, runCommand, runJson } from './cliRun.ts';

let folder: string;
const settings = process.env.FELLSIDE_SETTINGS;
beforeAll(() => {
  folder = makeFolder();
  process.env.FELLSIDE_SETTINGS = join(folder, 'settings');
});
afterAll(() => {
  if (settings === undefined) delete process.env.FELLSIDE_SETTINGS;
  else process.env.FELLSIDE_SETTINGS = settings;
  rmSync(folder, { recursive: true, force: true });
});

const run = (...words: string[]) => runCommand(folder, words);

it('makes a copy, carries work there and back, and decides what both said', async () => {
  expect((await run('new', 'a.fellside', '--name', 'Fellgate')).status).toBe(0);
  expect((await run('add', 'a.fellside', 'people', 'name=Maud Ellery')).status).toBe(0);
  expect(await runJson<ExchangeStatus>(folder, ['exchange', 'a.fellside'])).toMatchObject({
    own: null,
    copies: [],
    conflicts: 0,
  });
  const copy = ['exchange', 'a.fellside', 'copy', '--out', 'b.fellside', '--name', 'Laptop 2'];
  expect(await runJson(folder, copy)).toEqual({ letters: 'A', name: 'Laptop 2', folderName: 'b.fellside' });
  await run('set', 'a.fellside', 'NOM-1', 'note=tall');
  await run('set', 'b.fellside', 'NOM-1', 'note=short');
  await run('add', 'b.fellside', 'people', 'name=Alec Thorne');
  const made = await runJson<MadePackage>(folder, [
    ...['exchange', 'b.fellside', 'make', '--out', 'stick', '--to', 'original'],
    ...['--recipient', 'The desk', '--reason', 'End of the shift'],
  ]);
  expect(made).toMatchObject({ number: 1, for: '0' });
  expect(readdirSync(join(folder, 'stick'))).toEqual([made.file]);
  const file = join('stick', made.file);
  const taken = (words: string[], status: number) =>
    runJson<{ preview: boolean; packages: TakeReport[] }>(
      folder,
      ['exchange', 'a.fellside', ...words],
      status,
    );
  const preview = await taken(['take', file, '--preview'], 1);
  expect(preview).toMatchObject({ preview: true, packages: [{ seq: null, from: { letters: 'A' } }] });
  const inWords = await run('exchange', 'a.fellside', 'take', file, '--preview');
  expect(inWords.out).toMatch(/whole row +added/);
  expect(inWords.out).not.toContain('$');
  const { packages } = await taken(['take', file], 1);
  expect(packages[0]?.values).toEqual(preview.packages[0]?.values);
  const again = await run('exchange', 'a.fellside', 'take', file);
  expect(again).toMatchObject({ status: 2, out: '' });
  expect(again.err).toContain('taken already');
  const { conflicts } = await runJson<{ conflicts: ExchangeConflict[] }>(
    folder,
    ['exchange', 'a.fellside', 'conflicts'],
    1,
  );
  expect(conflicts).toMatchObject([{ ref: 'NOM-1', field: 'note', options: [{ key: 'A' }, { key: 'B' }] }]);
  const decided = await runJson<{ conflicts: ExchangeConflict[] }>(folder, [
    ...['exchange', 'a.fellside', 'resolve', 'NOM-1', 'note', '--take', 'B'],
  ]);
  expect(decided.conflicts).toEqual([]);
  expect((await run('exchange', 'a.fellside', 'conflicts')).status).toBe(0);
  expect(await runJson<ExchangeStatus>(folder, ['exchange', 'a.fellside', 'status'])).toMatchObject({
    own: '0',
    copies: [
      { letters: '0', own: true },
      { letters: 'A', name: 'Laptop 2', lastTaken: 1 },
    ],
    packages: [{ way: 'taken', from: 'A', number: 1 }],
  });
  const history = await runJson<{ entries: { operation: string; method: string }[] }>(folder, [
    'history',
    'b.fellside',
  ]);
  expect(history.entries).toContainEqual(
    expect.objectContaining({ operation: 'disclosure', method: 'exchange.make' }),
  );
}, 180_000);

it('says what is missing', async () => {
  for (const [words, message] of [
    [['make'], '--out'],
    [['copy', '--out', 'c.fellside'], '--name'],
    [['take'], 'one or more files'],
    [['resolve', 'NOM-1'], 'a field'],
    [['mend'], 'exchange has no "mend"'],
    [['take', 'nowhere.fellside-exchange'], 'not there'],
    [['make', '--out', 'x', '--to', 'Z', '--recipient', 'r', '--reason', 'r'], 'no copy "Z"'],
  ] as const) {
    const ended = await run('exchange', 'a.fellside', ...words);
    expect({ words, status: ended.status, out: ended.out }).toEqual({ words, status: 2, out: '' });
    expect(ended.err).toContain(message);
  }
}, 120_000);

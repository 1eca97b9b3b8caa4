/** The one source of links: fields of the plan, and calls read in pieces of any size. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readPlanLinks } from '../../electron/engine/analysis/links/planLinks.ts';
import {
  type CallLink,
  readCallLinks,
  readCallLinksInPieces,
} from '../../electron/engine/analysis/links/readLinks.ts';
import type { CellValue } from '../../shared/grid/query.ts';
import type { GridName } from '../../shared/grid/types.ts';
import type { Bench } from './support.ts';
import { cleanUp, importPaths, makeWorkspace, onlyRef, sessionOf, writeCsv } from './support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await makeWorkspace();
}, 60_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

const add = async (grid: GridName, values: Record<string, CellValue>) =>
  onlyRef(await bench.client.records.add({ grid, values }));

it('reads what records of the plan say, and tells what is meant from what was seen', async () => {
  const [ada, ben] = [await add('people', { name: 'Ada Fell' }), await add('people', { name: 'Ben Rigg' })];
  const home = await add('premises', { address: '1 Quarry Rise, Stangarth' });
  const phone = await add('phones', { number: '07700 900123' });
  const car = await add('vehicles', { vrm: 'AB12 CDE' });
  const group = await add('groups', { name: 'Stangarth group', members: `${ada},${ben}` });
  const line = await add('lines', {
    name: 'Marlo',
    phone,
    holder: ada,
    holders: `${ada},${ben}`,
    crimeGroup: group,
    vehicles: car,
    cuckooedPremises: home,
  });
  const number = await add('lineNumbers', { line, phone, usedFrom: '2026-09-01', usedTo: '2026-10-01' });
  const target = await add('targets', { subject: ada, premises: home });
  const warrant = await add('warrants', { power: 'mda-s23-3', person: ben, premises: home });
  const arrest = await add('arrests', { person: ada, premises: home, arrestedAt: '2026-11-01T06:10' });
  const links = readPlanLinks(sessionOf(bench).reader);
  const said = links.map(({ from, to, relation, record }) => `${from} ${to} ${relation} ${record}`);
  expect(said.sort()).toEqual(
    [
      `${line} ${phone} number of the line ${line}`,
      `${line} ${phone} number of the line ${number}`,
      `${line} ${ada} holder of the line ${line}`,
      `${line} ${ada} holder of the line ${line}`,
      `${line} ${ben} holder of the line ${line}`,
      `${line} ${car} vehicle of the line ${line}`,
      `${line} ${home} cuckooed by the line ${line}`,
      `${line} ${group} group of the line ${line}`,
      `${group} ${ada} member ${group}`,
      `${group} ${ben} member ${group}`,
      `${ada} ${home} arrested there ${arrest}`,
      `${ada} ${home} target there ${target}`,
      `${ben} ${home} named in one warrant ${warrant}`,
    ].sort(),
  );
  expect(links.filter(({ isPlanned }) => isPlanned).map(({ record }) => record)).toEqual([warrant, target]);
  expect(links.find(({ record }) => record === number)).toMatchObject({
    first: '2026-09-01',
    last: '2026-10-01',
  });
  expect(links.find(({ record }) => record === arrest)?.first).toMatch(/^2026-11-01T06:10/);
}, 60_000);

it('reads calls in pieces of any size as in one', async () => {
  const call = (a: number, b: number, day: number) => [
    `0770090010${a}`,
    `0770090010${b}`,
    `0${day}/10/2026 10:00:00`,
    'Voice',
    '30',
  ];
  await importPaths(bench, [
    writeCsv(bench, 'calls.csv', [
      ['A Number', 'B Number', 'Start', 'Type', 'Duration'],
      call(1, 2, 3),
      call(2, 1, 4),
      call(1, 2, 1),
      call(3, 1, 2),
      call(1, 2, 9),
      call(3, 1, 5),
      call(2, 3, 6),
    ]),
  ]);
  const database = sessionOf(bench).reader;
  const whole = readCallLinks(database);
  expect(whole).toHaveLength(4);
  expect(whole[0]).toMatchObject({ count: 3, first: '2026-10-01T10:00:00', last: '2026-10-09T10:00:00' });
  for (const rows of [1, 2, 3, 7, 8]) {
    const pieces = readCallLinksInPieces(database, rows);
    const shares: number[] = [];
    let links: CallLink[] = [];
    for (let piece = pieces.next(); ; piece = pieces.next()) {
      if (piece.done) {
        links = piece.value;
        break;
      }
      shares.push(piece.value);
    }
    expect(links).toEqual(whole);
    expect(shares).toHaveLength(Math.ceil(7 / rows));
    expect(shares.at(-1)).toBe(1);
  }
}, 60_000);

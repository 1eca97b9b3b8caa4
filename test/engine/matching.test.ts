/** Who may be the same: comparisons by themselves, the model on invented people, and the public linkage sets. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { writePeople } from '../../bench/support/peopleFile.ts';
import { clusterPairs } from '../../electron/engine/entities/matching/cluster.ts';
import type { Item } from '../../electron/engine/entities/matching/items.ts';
import { emptyItem, Words } from '../../electron/engine/entities/matching/items.ts';
import { jaroWinkler, oneSlip, wordsOf } from '../../electron/engine/entities/matching/likeness.ts';
import { nameComparisons } from '../../electron/engine/entities/matching/nameComparison.ts';
import { bornLevel } from '../../electron/engine/entities/matching/personComparisons.ts';
import { fold } from '../../electron/engine/entities/matching/texts.ts';
import type { MatchReport } from '../../shared/contract/areas/matching.ts';
import type { Bench } from './support.ts';
import { cleanUp, importPaths, makeWorkspace, sessionOf } from './support.ts';

afterAll(cleanUp);

describe('likeness', () => {
  it('of texts is that of Winkler’s examples', () => {
    expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.961, 3);
    expect(jaroWinkler('dixon', 'dicksonx')).toBeCloseTo(0.813, 3);
    expect(jaroWinkler('jellyfish', 'smellyfish')).toBeCloseTo(0.896, 3);
    expect(jaroWinkler('', 'a')).toBe(0);
  });

  it('is between 0 and 1, the same both ways, and 1 for the same', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (a, b) => {
        const alike = jaroWinkler(a, b);
        expect(alike).toBeGreaterThanOrEqual(0);
        expect(alike).toBeLessThanOrEqual(1);
        expect(jaroWinkler(a, a)).toBe(1);
        expect(oneSlip(a, b)).toBe(oneSlip(b, a));
      }),
    );
  });

  it('knows one slip from two', () => {
    for (const [a, b] of [
      ['smith', 'smiht'],
      ['smith', 'smit'],
      ['smith', 'smyth'],
      ['smith', 'smithe'],
    ])
      expect(oneSlip(a ?? '', b ?? ''), `${a} ${b}`).toBe(true);
    for (const [a, b] of [
      ['smith', 'smith'],
      ['smith', 'smtihe'],
      ['smith', 'jones'],
    ])
      expect(oneSlip(a ?? '', b ?? ''), `${a} ${b}`).toBe(false);
  });

  it('of dates of birth knows what is confused', () => {
    expect(bornLevel(19900403, 19900403)).toBe(1);
    expect(bornLevel(19900403, 19900304)).toBe(2);
    expect(bornLevel(19900403, 19900408)).toBe(2);
    expect(bornLevel(19900403, 19900427)).toBe(3);
    expect(bornLevel(19900403, 19901127)).toBe(4);
    expect(bornLevel(19900403, 19711127)).toBe(5);
    // Only the year is known of one.
    expect(bornLevel(19900101, 19901127)).toBe(3);
    expect(bornLevel(19900101, 19711127)).toBe(5);
  });
});

describe('names', () => {
  const words = new Words();
  const [forename, surname] = nameComparisons(words);
  const person = (forenames: string, last: string): Item => {
    const item = emptyItem(1);
    const word = (text: string) => words.names.number(wordsOf(fold(text)).join(' '));
    item.names = [
      {
        forenames: forenames === '' ? [] : forenames.split(' ').map(word),
        surname: last === '' ? -1 : word(last),
      },
    ];
    return item;
  };
  it.each([
    ['Robert', 'Ellery', 'Bob', 'Ellery', 2, 1],
    ['Mohammed', 'Rahim', 'Muhammad', 'Raheem', 2, 3],
    ['Олександр', 'Коваль', 'Oleksandr', 'Koval', 1, 1],
    ['Seán', 'O’Brien', 'Sean', 'OBrien', 1, 1],
    ['J', 'Smith', 'John', 'Smith', 4, 1],
    ['John Paul', 'Smith', 'Paul', 'Smith', 2, 1],
    ['Maud', 'Smith', 'Maud', 'Smith-Jones', 1, 2],
    ['Ellery', 'Maud', 'Maud', 'Ellery', 2, 2],
    ['Catherine', 'Thorn', 'Kathryn', 'Thorne', 2, 2],
    ['Bram', 'Ostler', 'Wendy', 'Ostler', 5, 1],
    ['', 'Ellery', 'Maud', 'Ellery', 0, 1],
  ])('%s %s and %s %s', (firstA, lastA, firstB, lastB, forenameLevel, surnameLevel) => {
    const a = person(firstA, lastA);
    const b = person(firstB, lastB);
    expect([forename?.compare(a, b), surname?.compare(a, b)]).toEqual([forenameLevel, surnameLevel]);
    expect([forename?.compare(b, a), surname?.compare(b, a)]).toEqual([forenameLevel, surnameLevel]);
  });
});

describe('groups', () => {
  it('do not grow along a chain of likenesses', () => {
    // 0 is like 1, 1 like 2, 2 like 3; the ends are not like each other.
    const pairs = {
      a: Uint32Array.from([0, 1, 2]),
      b: Uint32Array.from([1, 2, 3]),
      bits: Float32Array.from([9, 8, 7]),
    };
    const probability = (bits: number) => (bits > 5 ? 0.99 : 0);
    expect(clusterPairs(4, pairs, probability, 0.95)).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });
});

async function find(bench: Bench, kind: MatchReport['kind'] = 'people'): Promise<MatchReport> {
  for await (const event of await bench.client.matching.find({ kind }))
    if (event.type === 'done') return event.report;
  throw new Error('no report');
}

/** Precision and recall over pairs of rows of a sheet of people. `truth`: of each row who it is. */
async function measure(bench: Bench, truth: readonly (string | number)[]) {
  const report = await find(bench);
  const rows = sessionOf(bench)
    .reader.prepare(
      `SELECT row_id AS id, evidence_id - (SELECT min(first_evidence) FROM source_sheet) AS place
       FROM record_now WHERE grid = 'people' AND prefix = ''`,
    )
    .all() as { id: number; place: number }[];
  const group = new Map<string, string>();
  for (const refs of report.clusters) for (const ref of refs) group.set(ref, refs[0] ?? ref);
  const members = new Map<string, number[]>();
  for (const { id, place } of rows) {
    const key = group.get(`NOM-${id}`) ?? `NOM-${id}`;
    members.set(key, [...(members.get(key) ?? []), place]);
  }
  let right = 0;
  let wrong = 0;
  for (const places of members.values())
    for (const [index, a] of places.entries())
      for (const b of places.slice(0, index)) {
        if (truth[a] === truth[b]) right += 1;
        else wrong += 1;
      }
  const counts = new Map<string | number, number>();
  for (const each of truth) counts.set(each, (counts.get(each) ?? 0) + 1);
  const all = [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
  const precision = right / Math.max(1, right + wrong);
  const recall = right / all;
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall), report };
}

it('finds invented people again, and takes no families for one person', async () => {
  const bench = await makeWorkspace();
  const file = writePeople(join(bench.folder, 'people.csv'), 1000, 0.25, 11);
  await importPaths(bench, [file.path], { kind: 'person' });
  const { precision, recall, report } = await measure(bench, file.person);
  expect(precision).toBeGreaterThan(0.95);
  expect(recall).toBeGreaterThan(0.8);
  for (const pair of report.pairs.slice(0, 50)) {
    expect(pair.score).toBeGreaterThan(0);
    expect(pair.reasons.length).toBeGreaterThan(0);
    expect(pair.reasons.some((reason) => reason.for)).toBe(true);
  }
  // The same workspace gives the same answer.
  expect((await find(bench)).pairs).toEqual(report.pairs);
}, 120_000);

it('says nothing where there is nothing to say', async () => {
  const bench = await makeWorkspace();
  expect(await find(bench)).toMatchObject({ pairs: [], clusters: [], records: 0 });
  await bench.client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } });
  expect(await find(bench)).toMatchObject({ pairs: [], clusters: [], records: 1 });
});

it('proposes addresses, marks and numbers that may be the same, and takes none for the same by itself', async () => {
  const bench = await makeWorkspace();
  const add = (grid: 'premises' | 'vehicles' | 'phones', rows: Record<string, string>[]) =>
    rows.reduce<Promise<unknown>>(
      (before, values) => before.then(() => bench.client.records.add({ grid, values })),
      Promise.resolve(),
    );
  await add('premises', [
    { address: '14 Kiln Row', postcode: 'FE1 2HJ' },
    { address: '14 Kiln Rwo', postcode: 'FE1 2HJ' },
    { address: '41 Kiln Row', postcode: 'FE1 2HJ' },
    { address: '7 Fell View', postcode: 'FE6 6JL' },
  ]);
  await add('vehicles', [
    { vrm: 'FE12 ABO', make: 'Ford', colour: 'Blue' },
    { vrm: 'FE12 AB0', make: 'Ford', colour: 'Blue' },
    { vrm: 'XY99 ZZT', make: 'Audi', colour: 'Red' },
  ]);
  const premises = await find(bench, 'premises');
  expect(premises.pairs[0]).toMatchObject({ a: 'PRM-1', b: 'PRM-2', decision: 'possible' });
  const wrong = premises.pairs.find((pair) => pair.b === 'PRM-3');
  expect(wrong?.score ?? 0).toBeLessThan(premises.pairs[0]?.score ?? 0);
  expect(premises.clusters).toEqual([]);
  const vehicles = await find(bench, 'vehicles');
  expect(vehicles.pairs.map((pair) => [pair.a, pair.b, pair.decision])).toEqual([
    ['VEH-1', 'VEH-2', 'possible'],
  ]);
  expect((await find(bench, 'phones')).pairs).toEqual([]);
  await bench.client.matching.merge({ refs: ['VEH-1', 'VEH-2'] });
  expect((await find(bench, 'vehicles')).pairs).toEqual([]);
}, 60_000);

const linkage = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'linkage');

/** Rows of a public set, as they stand but for the column that tells the truth; 1-based rows become the identifier. */
function readSet(name: string, truthColumn: string, read: (cell: string) => string, keep: boolean) {
  const lines = readFileSync(join(linkage, name), 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(',').map((cell) => cell.trim()));
  const column = (lines[0] ?? []).indexOf(truthColumn);
  const truth = lines.slice(1).map((cells) => read(cells[column] ?? ''));
  const rows = lines.map((cells, index) =>
    cells.flatMap((cell, at) => (at !== column ? [cell] : keep ? [index === 0 ? cell : `r${index}`] : [])),
  );
  return { truth, text: rows.map((cells) => cells.join(',')).join('\n') };
}

describe.runIf(existsSync(linkage))(
  'on the public linkage sets, without labels and with the usual threshold',
  () => {
    it.each([
      ['febrl1.csv', 'rec_id', (cell: string) => cell.split('-')[1] ?? '', true, 0.97, 0.99],
      ['fake_1000.csv', 'cluster', (cell: string) => cell, false, 0.85, 0.98],
    ] as const)(
      '%s',
      async (name, column, read, keep, leastF1, leastPrecision) => {
        const bench = await makeWorkspace();
        const { truth, text } = readSet(name, column, read, keep);
        const path = join(bench.folder, name);
        writeFileSync(path, `${text}\n`);
        await importPaths(bench, [path], { kind: 'person' });
        const { precision, recall, f1 } = await measure(bench, truth);
        console.info(
          `${name}: precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, F1 ${f1.toFixed(4)}`,
        );
        expect(f1).toBeGreaterThan(leastF1);
        expect(precision).toBeGreaterThan(leastPrecision);
      },
      120_000,
    );
  },
);

if (!existsSync(linkage)) console.warn(`SKIPPED: no linkage sets at ${linkage}`);

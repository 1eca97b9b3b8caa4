/** What people said of pairs: kept over undo, import and later issues, and never put together again by itself. */
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { MatchReport } from '../../shared/contract/areas/matching.ts';
import type { Bench } from './support.ts';
import { allRows, cleanUp, importPaths, makeWorkspace, writeCsv } from './support.ts';

afterAll(cleanUp);

const heading = ['Forename', 'Surname', 'DOB', 'Mobile', 'Home address', 'Postcode'];
const people = [
  ['Maud', 'Ellery', '03/04/1990', '07700900001', '4 Kiln Row', 'FE1 2HJ'],
  ['Maudie', 'Ellery', '04/03/1990', '07700900001', '4 Kiln Row', 'FE1 2HJ'],
  ['Bram', 'Ostler', '09/09/1999', '07700900003', '1 Tenter Bank', 'FE1 4AA'],
  ['Alec', 'Thorne', '05/06/1988', '07700900004', '9 Mill Lane', 'FE1 3AB'],
  ['Petra', 'Lund', '02/03/1981', '07700900005', '7 Fell View', 'FE6 6JK'],
];

async function find(bench: Bench, threshold?: number): Promise<MatchReport> {
  for await (const event of await bench.client.matching.find({
    kind: 'people',
    ...(threshold === undefined ? {} : { threshold }),
  }))
    if (event.type === 'done') return event.report;
  throw new Error('no report');
}

const names = (report: MatchReport) =>
  report.pairs.map((pair) =>
    [pair.a, pair.b]
      .map((ref) => report.labels[ref] ?? ref)
      .sort()
      .join(' / '),
  );

const load = (bench: Bench, name: string, rows: readonly string[][]) =>
  importPaths(bench, [writeCsv(bench, name, [heading, ...rows])], { kind: 'person' });

/** Undoes the newest import. */
async function undoImport(bench: Bench): Promise<void> {
  const { entries } = await bench.client.history.list({});
  const entry = entries.find((each) => each.method === 'imports.commit' && each.state === 'done');
  await bench.client.history.undo({ seq: entry?.seq ?? 0 });
}

const maud = 'Maud Ellery / Maudie Ellery';

describe('what was decided of a pair', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await makeWorkspace();
    await load(bench, 'people.csv', people);
  });

  it('different: is not proposed again, whatever numbers the two have after another import', async () => {
    expect(names(await find(bench))).toContain(maud);
    await bench.client.matching.decide({ a: 'NOM-2', b: 'NOM-1', said: 'different' });
    expect(names(await find(bench))).not.toContain(maud);
    expect((await find(bench)).decided).toEqual([
      { a: 'NOM-1', b: 'NOM-2', said: 'different', seq: expect.any(Number) },
    ]);
    await undoImport(bench);
    await load(bench, 'again.csv', [people[2] ?? [], ...people]);
    const report = await find(bench);
    expect((await allRows(bench.client, 'people')).map((row) => row.ref)).not.toContain('NOM-1');
    expect(names(report)).not.toContain(maud);
  });

  it('not sure: is shown as such, and comes up again once there is new evidence', async () => {
    await bench.client.matching.decide({ a: 'NOM-1', b: 'NOM-2', said: 'unsure' });
    const open = await find(bench);
    expect(open.pairs.find((pair) => pair.b === 'NOM-2')?.decision).toBe('unsure');
    expect(open.clusters.flat()).not.toContain('NOM-2');
    await load(bench, 'more.csv', [['Maudie', 'Ellery', '04/03/1990', '07700900009', '', '']]);
    const again = await find(bench);
    expect(again.pairs.find((pair) => pair.b === 'NOM-2')?.decision).not.toBe('unsure');
  });

  it('can be taken back, and a merge takes it back', async () => {
    await bench.client.matching.decide({ a: 'NOM-1', b: 'NOM-2', said: 'different' });
    await bench.client.matching.decide({ a: 'NOM-1', b: 'NOM-2', said: null });
    expect(names(await find(bench))).toContain(maud);
    await bench.client.matching.decide({ a: 'NOM-1', b: 'NOM-2', said: 'different' });
    await bench.client.matching.merge({ refs: ['NOM-1', 'NOM-2'] });
    expect((await find(bench)).decided).toEqual([]);
    await bench.client.history.undo({});
    expect((await find(bench)).decided).toHaveLength(1);
  });
});

describe('what was taken apart', () => {
  const twice = [
    ['John', 'Smith', '01/02/1980', '07700900021', '4 Kiln Row', 'FE1 2HJ'],
    ['John', 'Smith', '01/02/1980', '07700900022', '9 Mill Lane', 'FE1 3AB'],
  ];

  it('is not joined again by the key that was wrong, and a row that fits neither is joined to none', async () => {
    const bench = await makeWorkspace();
    await load(bench, 'people.csv', [...people, ...twice]);
    const row = (await allRows(bench.client, 'people')).find((each) => each.name === 'John Smith');
    expect(row).toMatchObject({ sources: 2 });
    const parts = await bench.client.matching.parts({ ref: String(row?.ref) });
    const evidence = parts.members[0]?.evidence.at(-1)?.id ?? 0;
    await bench.client.matching.split({ ref: String(row?.ref), evidence: [evidence] });
    const smiths = async () =>
      (await allRows(bench.client, 'people'))
        .filter((each) => each.name === 'John Smith')
        .map((each) => each.sources);
    expect(await smiths()).toEqual([1, 1]);
    expect(names(await find(bench))).not.toContain('John Smith / John Smith');
    // The same rows once more: each goes to its own side.
    await load(bench, 'same.csv', [...twice].reverse());
    expect(await smiths()).toEqual([2, 2]);
    const report = await load(bench, 'third.csv', [['John', 'Smith', '01/02/1980', '', '', '']]);
    expect(await smiths()).toEqual([2, 2, 1]);
    expect(report.files[0]?.sheets[0]?.issues.map((issue) => issue.code)).toContain('entity.told-apart');
  });

  it('stays apart when the import is undone and made again', async () => {
    const bench = await makeWorkspace();
    await load(bench, 'people.csv', twice);
    const parts = await bench.client.matching.parts({ ref: 'NOM-1' });
    await bench.client.matching.split({ ref: 'NOM-1', evidence: [parts.members[0]?.evidence[1]?.id ?? 0] });
    await undoImport(bench);
    expect(await allRows(bench.client, 'people')).toEqual([]);
    await load(bench, 'copy.csv', [...twice, people[0] ?? []]);
    const rows = await allRows(bench.client, 'people');
    expect(rows.filter((each) => each.name === 'John Smith').map((each) => each.sources)).toEqual([1, 1]);
  });
});

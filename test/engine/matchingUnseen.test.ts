/**
 * Matching on kinds of sheets that it was not built on: a pair that is taken for one person and is not costs more than one
 * that is left to be looked at, so precision is asked for first. `node bench/linkage.ts` shows the same at full size.
 */
import { afterAll, describe, expect, it } from 'vitest';
import type { Judged } from '../../bench/support/linkage/measure.ts';
import { judge } from '../../bench/support/linkage/measure.ts';
import { nominals } from '../../bench/support/linkage/registers.ts';
import type { LinkageSet } from '../../bench/support/linkage/set.ts';
import { allSets } from '../../bench/support/linkage/sets.ts';
import { bornLevel } from '../../electron/engine/entities/matching/personComparisons.ts';
import { readingsOf } from '../../electron/engine/entities/matching/readColumns.ts';
import type { MatchReport } from '../../shared/contract/areas/matching.ts';
import type { Bench } from './support.ts';
import { cleanUp, importPaths, makeWorkspace, sessionOf, writeCsv } from './support.ts';

afterAll(cleanUp);

async function find(bench: Bench): Promise<MatchReport> {
  for await (const event of await bench.client.matching.find({ kind: 'people' }))
    if (event.type === 'done') return event.report;
  throw new Error('no report');
}

async function measure(set: LinkageSet): Promise<Judged & { report: MatchReport }> {
  const bench = await makeWorkspace();
  for (const file of set.files)
    await importPaths(bench, [writeCsv(bench, file.name, file.rows)], { kind: 'person' });
  const report = await find(bench);
  const rows = sessionOf(bench)
    .reader.prepare(
      `SELECT row_id AS id, evidence_id - (SELECT min(first_evidence) FROM source_sheet) AS place
       FROM record_now WHERE grid = 'people' AND prefix = ''`,
    )
    .all() as { id: number; place: number }[];
  await bench.client.workspace.close();
  return { ...judge(report, rows, set.truth), report };
}

/** Where less can be found than elsewhere: of two names for everybody, hardly anything tells them apart. */
const leastRecall: Readonly<Record<string, number>> = { 'one name': 0.4 };

describe('sheets of kinds that were not there before', () => {
  it.each(allSets(0.4).map((set) => [set.name, set] as const))(
    '%s',
    async (name, set) => {
      const judged = await measure(set);
      const { right, wrong, wrongByKey, precision, recall } = judged;
      console.info(`${name}: precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, wrong ${wrong}`);
      // What a certain key joined is no matter of likeness.
      expect(wrong - wrongByKey).toBeLessThanOrEqual(Math.max(1, 0.02 * right));
      expect(recall).toBeGreaterThan(leastRecall[name] ?? 0.75);
    },
    120_000,
  );

  it('five rows: nothing is made of them that they do not say', async () => {
    for (let seed = 1; seed <= 6; seed++) {
      const { rows = [], name = '' } = nominals('five', seed, 5, 0).files[0] ?? {};
      const { report } = await measure({
        name: 'five',
        files: [{ name, rows: rows.slice(0, 6) }],
        truth: [0, 1, 2, 3, 4],
      });
      expect(report.clusters).toEqual([]);
    }
    const heading = ['Forename', 'Surname', 'DOB', 'Mobile', 'Address', 'Postcode'];
    const { report } = await measure({
      name: 'five with two of one',
      files: [
        {
          name: 'five.csv',
          rows: [
            heading,
            ['Maud', 'Ellery', '13/04/1990', '07700900001', '4 Kiln Row', 'FE1 2HJ'],
            ['Maudie', 'Ellery', '13/04/1990', '07700900001', '4 Kiln Row', 'FE1 2HJ'],
            ['Bram', 'Ellery', '29/09/1999', '07700900003', '4 Kiln Row', 'FE1 2HJ'],
            ['Alec', 'Thorne', '25/06/1988', '07700900004', '9 Mill Lane', 'FE1 3AB'],
            ['Petra', 'Lund', '22/03/1981', '07700900005', '7 Fell View', 'FE6 6JK'],
          ],
        },
      ],
      truth: [0, 0, 1, 2, 3],
    });
    expect(report.clusters).toEqual([['NOM-1', 'NOM-2']]);
  }, 120_000);
});

it('the first of January is no full date of birth: rows of one name and that day are for a look', async () => {
  const bench = await makeWorkspace();
  const rows = [
    ['Name', 'DOB', 'Town'],
    ['Yusuf Omar', '01/01/1990', 'Kelbrough'],
    ['Yusuf Omar', '01/01/1990', 'Fellmouth'],
    ['Petra Lund', '22/03/1981', 'Fellmouth'],
    ['Petra Lund', '22/03/1981', 'Kelbrough'],
  ];
  await importPaths(bench, [writeCsv(bench, 'people.csv', rows)], { kind: 'person' });
  const { records, pairs } = await find(bench);
  expect(records).toBe(3);
  expect(pairs.map((pair) => [pair.a, pair.b])).toEqual([['NOM-1', 'NOM-2']]);
});

it('a date that was left unread is compared all the same', () => {
  expect(readingsOf('04/10/1976')).toEqual([19761004, 19760410]);
  expect(readingsOf('1976-10-24')).toEqual([19761024]);
  expect(readingsOf('24.10.1976')).toEqual([19761024]);
  expect(readingsOf('10/24/1976')).toEqual([19761024]);
  expect(readingsOf('26/08s1960')).toEqual([19600826]);
  for (const text of ['', 'unknown', '2/12/190', '24/10/76', '12345678901'])
    expect(readingsOf(text)).toEqual([]);
  // No such day, and yet one slip from one.
  expect(readingsOf('60/12/1947')).toEqual([19471260]);
  expect(bornLevel(19471260, 19471206)).toBe(2);
});

it('shows identifiers as they are written, and no likeness as certain', async () => {
  const bench = await makeWorkspace();
  const rows = [
    ['Name', 'DOB', 'National Insurance number', 'Mobile'],
    ['Maud Ellery', '13/04/1990', 'AB123456C', '07700900001'],
    ['Maudie Ellery', '13/04/1990', 'AB123456C', '07700900001'],
    ['Petra Lund', '22/03/1981', '', ''],
  ];
  await importPaths(bench, [writeCsv(bench, 'people.csv', rows)], { kind: 'person' });
  const [pair] = (await find(bench)).pairs;
  expect(pair?.score).toBeLessThan(1);
  expect(pair?.reasons.find((reason) => reason.field === 'nino')?.text).toMatch(/: AB123456C$/);
});

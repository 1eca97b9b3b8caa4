/** Two people with one PNC ID: one of the two is mistyped, and nobody guesses which. */
import { afterAll, expect, it } from 'vitest';
import type { Bench } from '../engine/support.ts';
import { allRows, cleanUp, importPaths, writeCsv } from '../engine/support.ts';
import { makeFor, take, withTwo } from './support.ts';

afterAll(cleanUp);

const headings = ['Name', 'DOB', 'PNC ID'];
const maud = ['Maud Ellery', '03/04/1990', '1981/0000034U'];
const maudLater = ['Maud Ellery', '04/04/1990', '1981/0000034U'];
const alec = ['Alec Thorne', '05/06/1988', '1981/0000034U'];

const bring = (bench: Bench, ...rows: string[][]) =>
  importPaths(bench, [writeCsv(bench, 'people.csv', [headings, ...rows])]);

const names = async (bench: Bench) =>
  (await allRows(bench.client, 'people')).map(({ name }) => String(name)).sort();

it('in one import, and between two copies, they stay two', async () => {
  await withTwo(async (a, b) => {
    await bring(a, maud, alec);
    expect(await names(a)).toEqual(['Alec Thorne', 'Maud Ellery']);
    await bring(b, alec);
    await take(b, (await makeFor(a)).path);
    expect(await names(b)).toEqual(['Alec Thorne', 'Maud Ellery']);
  });
});

it('what agrees in the name is one person', async () => {
  await withTwo(async (a, b) => {
    await bring(a, maud);
    await bring(b, maudLater);
    await take(b, (await makeFor(a)).path);
    expect(await names(b)).toEqual(['Maud Ellery']);
  });
});

/** What cleaning does to the cells of a file on its way into the workspace. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bench } from '../engine/support.ts';
import { allRows, cleanUp, importPaths, makeWorkspace } from '../engine/support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await makeWorkspace();
  const file = join(bench.folder, 'nominals.csv');
  writeFileSync(
    file,
    [
      'Name,DOB,Mobile,Vehicle reg',
      '"Mr John SMITH Jr (deceased)",01/02/1990,077OO 900123,AB12 CDE / XY34 ZAB',
      'Maud ELLERY,age 16,07700 900124?,AB1O CDF',
      '"John Hill & Jane Hill",c.1998,07700 900125,AB12 ???',
      'Ann Marsh,03/04/1991,07700 900126,AB12 ???',
    ].join('\n'),
  );
  await importPaths(bench, [file]);
}, 60_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

it('keeps title and suffix, and what is written for a date of birth that is none', async () => {
  const people = await allRows(bench.client, 'people');
  expect(people.map(({ name, dob, dobText }) => [name, dob, dobText])).toEqual([
    ['John Smith Jr', '1990-02-01', null],
    ['Maud Ellery', null, 'age 16'],
    ['John Hill & Jane Hill', null, 'c.1998'],
    ['Ann Marsh', '1991-04-03', null],
  ]);
});

it('tells from which cell it was taken', async () => {
  const maud = (await allRows(bench.client, 'people')).find(({ name }) => name === 'Maud Ellery');
  const { values } = await bench.client.records.show({ ref: maud?.ref ?? '' });
  expect(values.dobText?.[0]).toMatchObject({ value: 'age 16', raw: 'age 16', row: 3, column: 'DOB' });
});

it('tells that a remark beside a name was left aside', async () => {
  const john = (await allRows(bench.client, 'people')).find(({ name }) => name === 'John Smith Jr');
  const { values } = await bench.client.records.show({ ref: john?.ref ?? '' });
  expect(values.name?.[0]).toMatchObject({
    raw: 'Mr John SMITH Jr (deceased)',
    repaired: 'name.remark-removed',
  });
});

it('makes a vehicle of each mark, and joins nobody by a mark that was seen in part', async () => {
  const vehicles = await allRows(bench.client, 'vehicles');
  expect(vehicles.map(({ vrm }) => vrm).sort()).toEqual([
    'AB10CDF',
    'AB12???',
    'AB12???',
    'AB12CDE',
    'XY34ZAB',
  ]);
});

it('says a child may be involved where only an age is written', async () => {
  const maud = (await allRows(bench.client, 'people')).find(({ name }) => name === 'Maud Ellery');
  await bench.client.records.add({
    grid: 'targets',
    values: { subject: maud?.ref ?? '', objective: 'safeguard' },
  });
  const { findings } = await bench.client.readiness.check();
  const about = findings.filter(({ refs }) => refs.includes(maud?.ref ?? ''));
  expect(about.map(({ rule }) => rule)).toContain('person.child-without-referral');
  expect(about.every(({ acceptable }) => acceptable === false)).toBe(true);
});

/** Postcodes and outlines through the command line. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { PlacesStatus, PostcodeReport } from '../../shared/contract/areas/places.ts';
import { makeFolder, runCommand, runJson } from './cliRun.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test('postcodes', async () => {
  const folder = makeFolder();
  folders.push(folder);
  writeFileSync(
    join(folder, 'places.csv'),
    'Postcode,Latitude,Longitude\r\nFE1 4AB,54.7,-2.9\r\nFE1 4AD,54.701,-2.9\r\nFE1 4AE,99.999999,0\r\n',
  );
  writeFileSync(
    join(folder, 'county.geojson'),
    JSON.stringify({
      type: 'Polygon',
      coordinates: [
        [
          [-3, 54],
          [-2, 54],
          [-2, 55],
          [-3, 54],
        ],
      ],
    }),
  );
  await runJson(folder, ['new', 'op', '--name', 'Operation Fellgate']);
  expect(await runJson<PlacesStatus>(folder, ['postcodes', 'op'])).toEqual({
    postcodes: null,
    outline: null,
    extent: null,
  });
  const report = await runJson<PostcodeReport>(
    folder,
    ['postcodes', 'op', 'load', 'places.csv', '--note', 'Open data of a test'],
    1,
  );
  expect(report).toMatchObject({
    rows: 3,
    loaded: 2,
    refused: { 'no-location': 1 },
    attribution: 'Open data of a test',
  });
  expect(await runJson(folder, ['postcodes', 'op', 'outline', 'county.geojson'])).toMatchObject({
    shapes: 1,
    points: 4,
  });
  expect(await runJson(folder, ['postcodes', 'op', 'refused'])).toEqual({
    rows: [{ row: 4, reason: 'no-location', text: 'FE1 4AE' }],
    listed: 1,
    total: 1,
  });
  const said = await runCommand(folder, ['postcodes', 'op', 'status']);
  expect(said.out).toContain('2 postcodes of 1 district from places.csv');
  expect(said.out).toContain('the file gives no location for it');
  expect(await runCommand(folder, ['postcodes', 'op', 'fetch'])).toMatchObject({ status: 2 });
  expect(await runCommand(folder, ['postcodes', 'op', 'load', 'county.geojson'])).toMatchObject({
    status: 2,
    err: expect.stringMatching(/no column of postcodes|not a spreadsheet/i),
  });
}, 120_000);

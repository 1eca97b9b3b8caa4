/** One line of a sheet that speaks of several things: each becomes a record, linked, and only certain keys join. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImportKind } from '../../shared/contract/schemas.ts';
import type { GridName } from '../../shared/grid/types.ts';
import type { Bench } from './support.ts';
import { allRows, cleanUp, importPaths, makeWorkspace, writeCsv } from './support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await makeWorkspace('Several kinds');
});
afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

/** Imports one sheet as guessed, gives what `look` sees, and undoes the import. */
async function withSheet<T>(
  name: string,
  rows: string[][],
  look: (kind: ImportKind | null) => Promise<T>,
): Promise<T> {
  const report = await importPaths(bench, [writeCsv(bench, `${name}.csv`, rows)]);
  const [sheet] = report.files[0]?.sheets ?? [];
  expect(report.files[0]?.error).toBeUndefined();
  try {
    return await look(sheet?.kind ?? null);
  } finally {
    await bench.client.history.undo({});
  }
}

/** Links of the only row whose label holds a text, as 'relation → grid'. */
async function linksOf(grid: GridName, label = ''): Promise<string[]> {
  const rows = await allRows(bench.client, grid);
  for (const row of rows) {
    const detail = await bench.client.records.show({ ref: row.ref });
    if (!detail.label.includes(label)) continue;
    return detail.links
      .map((link) => `${link.relation} → ${link.ref.replace(/-\d+$/, '')} ${link.label}`)
      .sort();
  }
  throw new Error(`no row of ${grid} is labelled ${label}`);
}

const counts = async (...grids: GridName[]) =>
  Object.fromEntries(
    await Promise.all(grids.map(async (grid) => [grid, (await allRows(bench.client, grid)).length])),
  );

describe('several things in one row', () => {
  test('an intelligence row with a subject, a phone, an address and a vehicle', async () => {
    await withSheet(
      'intel',
      [
        ['URN', 'Date', 'Grading', 'Intelligence', 'Subject', 'Subject DOB', 'Mobile', 'Address', 'VRM'],
        [
          'FE1',
          '13/10/2026',
          '2CP',
          'Seen dealing.',
          'Jo HARTLEY',
          '13/04/1998',
          '07700 900101',
          '4 Mill Lane, Fellgate',
          'AB12 CDE',
        ],
        ['FE2', '14/10/2026', '2CP', 'Seen again.', 'HARTLEY, Jo', '13/04/1998', '', '', ''],
        ['FE3', '15/10/2026', '2CP', 'Somebody else.', 'Jo HARTLEY', '', '', '', ''],
      ],
      async (kind) => {
        expect(kind).toBe('intelligence');
        // The third names a Jo Hartley without a date of birth: perhaps the same, certainly not for us to say.
        expect(await counts('intelligence', 'people', 'phones', 'premises', 'vehicles')).toEqual({
          intelligence: 3,
          people: 2,
          phones: 1,
          premises: 1,
          vehicles: 1,
        });
        const links = await linksOf('people');
        expect(links.filter((link) => link.startsWith('subject'))).toHaveLength(2);
        expect(links.map((link) => link.split(' → ')[0]).sort()).toEqual([
          'address',
          'phone',
          'subject',
          'subject',
          'vehicle',
        ]);
        const row = (await allRows(bench.client, 'intelligence'))[0];
        expect(row?.subjects).toBe('Jo Hartley');
      },
    );
  });

  test('two subjects in one row stay apart, and a phone that either may have is nobody’s', async () => {
    await withSheet(
      'intel two',
      [
        [
          'URN',
          'Grading',
          'Intelligence',
          'Subject 1 name',
          'Subject 1 DOB',
          'Subject 2 name',
          'Subject 2 DOB',
          'Mobile',
        ],
        ['FE1', '2CP', 'Met at noon.', 'Jo HARTLEY', '13/04/1998', 'Sam OAKS', '14/05/1999', '07700 900101'],
      ],
      async () => {
        expect(await counts('people', 'phones')).toEqual({ people: 2, phones: 1 });
        const people = await allRows(bench.client, 'people');
        expect(people.map((row) => [row.name, row.dob])).toEqual([
          ['Jo Hartley', '1998-04-13'],
          ['Sam Oaks', '1999-05-14'],
        ]);
        const phone = (await allRows(bench.client, 'phones'))[0];
        const detail = await bench.client.records.show({ ref: phone?.ref ?? '' });
        expect(detail.links.map((link) => link.ref.split('-')[0])).not.toContain('PER');
        expect(detail.links).toHaveLength(1);
      },
    );
  });

  test('a vehicle list with keeper and address; a company is no person', async () => {
    await withSheet(
      'vehicles',
      [
        ['VRM', 'Make', 'Model', 'Colour', 'Keeper name', 'Keeper DOB', 'Keeper address'],
        ['AB12 CDE', 'Ford', 'Fiesta', 'Blue', 'Jo HARTLEY', '13/04/1998', '4 Mill Lane, Fellgate'],
        ['AB12 CDF', 'Ford', 'Focus', 'Red', 'Fell Car Hire Ltd', '', '9 Quay Street, Fellgate'],
      ],
      async (kind) => {
        expect(kind).toBe('vehicle');
        expect(await counts('vehicles', 'people', 'premises')).toEqual({
          vehicles: 2,
          people: 1,
          premises: 2,
        });
        const vehicles = await allRows(bench.client, 'vehicles');
        expect(vehicles.map((row) => row.keeper)).toEqual(['Jo Hartley', 'Fell Car Hire Ltd']);
        expect((await linksOf('people')).map((link) => link.split(' → ')[0])).toEqual([
          'address',
          'registered keeper',
        ]);
      },
    );
  });

  test('a phone list with subscriber, date of birth and address', async () => {
    await withSheet(
      'subscriber check',
      [
        ['Telephone number', 'Network', 'Subscriber', 'DOB', 'Address', 'Postcode'],
        ['07700 900101', 'EE', 'Jo HARTLEY', '13/04/1998', '4 Mill Lane, Fellgate', 'CA1 1AA'],
        ['07700 900102', 'EE', 'unregistered', '', '', ''],
      ],
      async (kind) => {
        expect(kind).toBe('phone');
        expect(await counts('phones', 'people', 'premises')).toEqual({ phones: 2, people: 1, premises: 1 });
        const relations = (await linksOf('people')).map((link) => link.split(' → ')[0]);
        expect(relations.sort()).toEqual(['subscriber', 'subscriber address']);
        const phones = await allRows(bench.client, 'phones');
        expect(phones.map((row) => row.subscriber)).toContain('Jo Hartley');
      },
    );
  });

  test('a warrant names premises and a person', async () => {
    await withSheet(
      'warrants',
      [
        ['Warrant No', 'Power', 'Date issued', 'Premises to be searched', 'Person named', 'DOB'],
        ['W1', 's.23 MDA', '13/10/2026', '4 Mill Lane, Fellgate CA1 1AA', 'Jo HARTLEY', '13/04/1998'],
      ],
      async (kind) => {
        expect(kind).toBe('warrant');
        expect(await counts('warrants', 'people', 'premises')).toEqual({
          warrants: 1,
          people: 1,
          premises: 1,
        });
        const [warrant] = await allRows(bench.client, 'warrants');
        expect(warrant?.personText).toBe('Jo Hartley');
        expect((await linksOf('people')).map((link) => link.split(' → ')[0])).toEqual(['person named']);
      },
    );
  });

  test('custody: the address and phone are the detained person’s', async () => {
    await withSheet(
      'custody',
      [
        [
          'Custody No',
          'Surname',
          'Forename',
          'DOB',
          'Arrest date',
          'Offence',
          'Disposal',
          'Home address',
          'Mobile',
        ],
        [
          'C1',
          'HARTLEY',
          'Jo',
          '13/04/1998',
          '13/10/2026',
          'Supply',
          'Charged',
          '4 Mill Lane, Fellgate',
          '07700 900101',
        ],
      ],
      async (kind) => {
        expect(kind).toBe('custody');
        expect(await counts('custody', 'people', 'premises', 'phones')).toEqual({
          custody: 1,
          people: 1,
          premises: 1,
          phones: 1,
        });
        const [custody] = await allRows(bench.client, 'custody');
        expect(custody?.name).toBe('Jo Hartley');
        const relations = (await linksOf('people')).map((link) => link.split(' → ')[0]);
        expect(relations).toEqual(expect.arrayContaining(['address', 'custody record', 'phone']));
        const [person] = await allRows(bench.client, 'people');
        const detail = await bench.client.records.show({ ref: person?.ref ?? '' });
        expect(detail.values.name?.[0]).toMatchObject({ column: 'Forename + Surname', raw: 'Jo | HARTLEY' });
        const own = await bench.client.records.show({ ref: custody?.ref ?? '' });
        expect(own.values.name?.[0]?.raw).toContain('HARTLEY');
      },
    );
  });

  test('a referral: the child and the suspected exploiter are two people', async () => {
    await withSheet(
      'referrals',
      [
        [
          'Referral ref',
          'Child name',
          'Child DOB',
          'Concern',
          'Referring agency',
          'Suspected exploiter name',
          'Suspected exploiter DOB',
          'Address',
        ],
        [
          'R1',
          'Ali REED',
          '13/04/2011',
          'Missing often.',
          'Fellgate School',
          'Jo HARTLEY',
          '13/04/1998',
          '4 Mill Lane, Fellgate',
        ],
      ],
      async (kind) => {
        expect(kind).toBe('referral');
        const people = await allRows(bench.client, 'people');
        expect(people.map((row) => [row.name, row.dob]).sort()).toEqual([
          ['Ali Reed', '2011-04-13'],
          ['Jo Hartley', '1998-04-13'],
        ]);
        expect((await linksOf('people', 'Hartley')).map((link) => link.split(' → ')[0])).toEqual([
          'suspected exploiter',
        ]);
        expect((await linksOf('premises')).join()).toContain('Reed');
      },
    );
  });

  test('premises with named occupants, and crimes with suspect and victim', async () => {
    await withSheet(
      'premises',
      [
        [
          'Address',
          'Postcode',
          'Cuckooed',
          'Occupant 1 name',
          'Occupant 1 DOB',
          'Occupant 2 name',
          'Occupant 2 DOB',
        ],
        ['4 Mill Lane, Fellgate', 'CA1 1AA', 'Y', 'Jo HARTLEY', '13/04/1998', 'Sam OAKS', '14/05/1999'],
      ],
      async (kind) => {
        expect(kind).toBe('premises');
        expect(await counts('premises', 'people')).toEqual({ premises: 1, people: 2 });
        const [row] = await allRows(bench.client, 'premises');
        expect(row?.occupants).toBe('Jo Hartley; Sam Oaks');
      },
    );
    await withSheet(
      'crimes',
      [
        [
          'Crime number',
          'Offence',
          'Date',
          'Location',
          'Outcome',
          'Suspect name',
          'Suspect DOB',
          'Victim name',
          'Suspect address',
        ],
        [
          'CR1',
          'Robbery',
          '13/10/2026',
          'High Street',
          'Charged',
          'Jo HARTLEY',
          '13/04/1998',
          'Sam OAKS',
          '4 Mill Lane, Fellgate',
        ],
      ],
      async (kind) => {
        expect(kind).toBe('crime');
        expect(await counts('crimes', 'people', 'premises')).toEqual({ crimes: 1, people: 2, premises: 1 });
        expect((await linksOf('people', 'Oaks')).map((link) => link.split(' → ')[0])).toEqual(['victim']);
        expect((await linksOf('people', 'Hartley')).map((link) => link.split(' → ')[0])).toEqual([
          'address',
          'suspect',
        ]);
      },
    );
  });

  test('a keeper, a subscriber or an occupant of whom nothing else is known stays a text', async () => {
    await withSheet(
      'cars',
      [
        ['VRM', 'Make', 'Model', 'Colour', 'Registered keeper'],
        ['AB12 CDE', 'Ford', 'Fiesta', 'Blue', 'Jo HARTLEY'],
      ],
      async () => {
        expect(await counts('people')).toEqual({ people: 0 });
        expect((await allRows(bench.client, 'vehicles'))[0]?.keeper).toBe('Jo HARTLEY');
      },
    );
  });
});

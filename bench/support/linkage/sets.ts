/**
 * Sets of invented people of kinds that the matching has not seen, each with who every row is. They are made as the
 * public linkage sets are made or as registers look, with other headings, other fields and other slips each.
 */
import { febrl } from './febrl.ts';
import { historical, nominals, voters } from './registers.ts';
import type { LinkageSet, Row } from './set.ts';
import { capital, dateOf, postcode, toSet } from './set.ts';
import { chanceOf, forenames, slip, surnames, towns, two } from './words.ts';

// --- One name for everybody ---

/** Hundreds of people of two names, who differ in date of birth and place, and some of whom stand twice. */
export function oneName(name: string, seed: number, people: number, again: number): LinkageSet {
  const chance = chanceOf(seed);
  const told: { who: number; row: Row }[] = [];
  for (let who = 0; who < people; who++) {
    const [first, last] = chance.is(0.5) ? ['Mohammed', 'Khan'] : ['John', 'Smith'];
    const [year, month, day] = dateOf(chance, 1960, 50);
    const row: Row = {
      Forename: first ?? '',
      Surname: last ?? '',
      DOB: chance.is(0.1) ? `01/01/${year}` : `${two(day)}/${two(month)}/${year}`,
      Town: capital(chance.skewed(towns.slice(0, 40))),
      Postcode: chance.is(0.4) ? '' : postcode(chance),
      Mobile: chance.is(0.5) ? '' : `07700900${chance.digits(3)}`,
    };
    told.push({ who, row });
    if (!chance.is(again)) continue;
    const seen = { ...row };
    if (first === 'Mohammed') seen.Forename = chance.pick(['Muhammad', 'Mohammad', 'Mohamed', 'Mo']);
    else seen.Forename = chance.pick(['Jon', 'J', 'John', 'Johnny']);
    if (chance.is(0.3)) seen.DOB = '';
    if (chance.is(0.3)) seen.Town = '';
    told.push({ who, row: seen });
  }
  return toSet(name, chance, told);
}

// --- Columns that tell nothing: one value everywhere, a number of each row, one thing said three times ---

export function addresses(name: string, seed: number, people: number, again: number): LinkageSet {
  const chance = chanceOf(seed);
  const cities = towns.slice(0, 30).map((town) => ({ town, code: chance.digits(5) }));
  const told: { who: number; row: Row }[] = [];
  for (let who = 0; who < people; who++) {
    const city = chance.skewed(cities);
    const sex = chance.pick(['F', 'M'] as const);
    const [year, month, day] = dateOf(chance, 1940, 65);
    const person: Row = {
      'First name': capital(chance.skewed(forenames[sex])),
      'Last name': capital(chance.skewed(surnames)),
      'Date of birth': `${two(day)}/${two(month)}/${year}`,
      City: capital(city.town),
      'City code': city.code,
      Region: city.code.slice(0, 1) < '5' ? 'North' : 'South',
      Country: 'UK',
      Source: 'Register',
      Email: '',
    };
    person.Email = chance.is(0.4)
      ? ''
      : `${person['First name']}.${person['Last name']}${chance.digits(2)}${who}@${chance.pick(['mail', 'post', 'web'])}.example`.toLowerCase();
    const times = chance.is(again) ? 2 + chance.below(2) : 1;
    for (let time = 0; time < times; time++) {
      const row = { ...person };
      if (time > 0) {
        if (chance.is(0.3)) row['First name'] = slip(chance, row['First name'] ?? '');
        if (chance.is(0.3)) row['Last name'] = slip(chance, row['Last name'] ?? '');
        if (chance.is(0.3)) row['Date of birth'] = slip(chance, row['Date of birth'] ?? '');
        if (chance.is(0.1))
          [row['First name'], row['Last name']] = [row['Last name'] ?? '', row['First name'] ?? ''];
        if (chance.is(0.2)) row.Email = '';
        else if (chance.is(0.21)) row.Email = slip(chance, row.Email ?? '');
        if (chance.is(0.2)) Object.assign(row, { City: '', 'City code': '' });
      }
      told.push({ who, row });
    }
  }
  return toSet(name, chance, told, { heading: 'Serial', text: (_, row) => `A${100_000 + row}` });
}

/** Every kind, with so many rows each that a machine of two cores looks through all in a minute or two. */
export function allSets(size = 1, seed = 0): LinkageSet[] {
  const n = (count: number) => Math.round(count * size);
  return [
    febrl('few duplicates', seed + 101, {
      originals: n(1600),
      duplicates: n(400),
      mostDuplicates: 5,
      changes: 4,
    }),
    febrl('many duplicates', seed + 102, {
      originals: n(700),
      duplicates: n(1100),
      mostDuplicates: 5,
      changes: 5,
    }),
    febrl('many duplicates, wide', seed + 103, {
      originals: n(700),
      duplicates: n(1100),
      mostDuplicates: 5,
      changes: 5,
      wide: true,
    }),
    febrl('two files', seed + 104, {
      originals: n(1000),
      duplicates: n(1000),
      mostDuplicates: 1,
      changes: 6,
      twoFiles: true,
    }),
    febrl('no duplicates', seed + 105, { originals: n(1500), duplicates: 0, mostDuplicates: 1, changes: 1 }),
    voters('voters', seed + 106, n(1200), 0.3),
    voters('voters, no duplicates', seed + 107, n(1500), 0),
    historical('people of long ago', seed + 108, n(500), 6, false),
    historical('people of long ago, name three times', seed + 109, n(500), 6, true),
    historical('people of long ago, no duplicates', seed + 110, n(1500), 1, false),
    nominals('nominals', seed + 111, n(1000), 0.35),
    nominals('nominals, no duplicates', seed + 112, n(1500), 0),
    oneName('one name', seed + 113, n(600), 0.3),
    oneName('one name, no duplicates', seed + 114, n(600), 0),
    addresses('columns that tell nothing', seed + 115, n(1000), 0.4),
    addresses('columns that tell nothing, no duplicates', seed + 116, n(1500), 0),
  ];
}

/** Registers of voters, of people of long ago, and of a force's nominals. */
import type { LinkageSet, Row } from './set.ts';
import { capital, dateOf, postcode, toSet } from './set.ts';
import { chanceOf, forenames, slip, streets, surnames, towns, trades, two } from './words.ts';

// --- A register of voters: an age and no date of birth, foreign codes, a number that is often missing ---

export function voters(name: string, seed: number, people: number, again: number): LinkageSet {
  const chance = chanceOf(seed);
  const cities = towns.slice(0, 60).map((town) => ({ town, zip: `27${chance.digits(3)}` }));
  const told: { who: number; row: Row }[] = [];
  let home: Row | null = null;
  for (let who = 0; who < people; who++) {
    const sex = chance.pick(['F', 'M'] as const);
    const city = chance.skewed(cities);
    const family: Row | null = home && chance.is(0.35) ? home : null;
    const person: Row = {
      first_name: chance.skewed(forenames[sex]),
      midl_name: chance.is(0.12) ? '' : chance.skewed(forenames[sex]),
      last_name: family?.last_name ?? chance.skewed(surnames),
      name_sufx: '',
      age: String(18 + chance.below(75)),
      sex_code: sex,
      race_code: chance.pick(['W', 'W', 'W', 'B', 'B', 'A', 'O', 'U']),
      street_address:
        family?.street_address ??
        `${1 + chance.below(4000)} ${chance.skewed(streets)}${chance.is(0.2) ? ` apt ${1 + chance.below(40)}` : ''}`,
      res_city_desc: family?.res_city_desc ?? city.town,
      state: 'NC',
      zip_code: family?.zip_code ?? city.zip,
      birth_place: chance.is(0.25) ? '' : chance.pick(['NC', 'NC', 'NC', 'VA', 'SC', 'NY', 'FL', 'OC']),
      voter_reg_num: chance.is(0.4) ? '' : `00${chance.digits(10)}`,
    };
    if (family?.sex_code === 'M' && sex === 'M' && chance.is(0.12)) {
      person.first_name = family.first_name ?? '';
      person.name_sufx = 'JR';
    }
    if (!family) home = person;
    told.push({ who, row: person });
    for (let times = 0; times < 3 && chance.is(again); times++) {
      const row: Row = { ...person, voter_reg_num: chance.is(0.85) ? '' : (person.voter_reg_num ?? '') };
      for (const field of ['first_name', 'last_name', 'midl_name', 'street_address'])
        if (chance.is(0.12)) row[field] = slip(chance, row[field] ?? '');
      if (chance.is(0.3)) row.midl_name = (row.midl_name ?? '').slice(0, 1);
      if (chance.is(0.12)) row.midl_name = '';
      if (chance.is(0.5)) row.age = String(Number(row.age) + 1);
      if (sex === 'F' && chance.is(0.08)) row.last_name = chance.skewed(surnames);
      if (chance.is(0.15)) {
        const moved = chance.skewed(cities);
        row.street_address = `${1 + chance.below(4000)} ${chance.skewed(streets)}`;
        row.res_city_desc = moved.town;
        row.zip_code = moved.zip;
      }
      told.push({ who, row });
    }
  }
  return toSet(name, chance, told);
}

// --- People of long ago: the whole name in one column, first of January where only the year is known ---

export function historical(
  name: string,
  seed: number,
  people: number,
  most: number,
  repeated: boolean,
): LinkageSet {
  const chance = chanceOf(seed);
  const told: { who: number; row: Row }[] = [];
  const whole = (row: Row) => {
    const names = `${row.first_name} ${row.surname}`.trim();
    return repeated
      ? { full_name: names, first_and_surname: names, ...row }
      : {
          full_name: names,
          ...Object.fromEntries(
            Object.entries(row).filter(([key]) => key !== 'first_name' && key !== 'surname'),
          ),
        };
  };
  for (let who = 0; who < people; who++) {
    const sex = chance.is(0.85) ? 'M' : 'F';
    const [year, month, day] = dateOf(chance, 1750, 180);
    const first = chance.skewed(forenames[sex]);
    const person: Row = {
      first_name: first,
      surname: chance.skewed(surnames),
      dob: chance.is(0.45) ? `${year}-01-01` : `${year}-${two(month)}-${two(day)}`,
      birth_place: chance.is(0.3) ? '' : chance.skewed(towns),
      postcode: chance.is(0.25) ? '' : postcode(chance),
      gender: sex === 'M' ? 'male' : 'female',
      occupation: chance.is(0.5) ? '' : chance.skewed(trades),
    };
    const middle = chance.skewed(forenames[sex]);
    const times = most === 1 || chance.is(0.3) ? 1 : 2 + chance.below(most - 1);
    for (let time = 0; time < times; time++) {
      const row = { ...person };
      if (time > 0) {
        if (chance.is(0.25)) row.first_name = `${first} ${middle}`;
        if (chance.is(0.12)) row.first_name = slip(chance, row.first_name ?? '');
        if (chance.is(0.12)) row.surname = slip(chance, row.surname ?? '');
        if (chance.is(0.15)) row.dob = '';
        else if (chance.is(0.16)) row.dob = `${year}-01-01`;
        else if (chance.is(0.12)) row.dob = `${year + (chance.is(0.5) ? 1 : -1)}-${(row.dob ?? '').slice(5)}`;
        if (chance.is(0.3)) row.birth_place = '';
        if (chance.is(0.25)) row.postcode = '';
        else if (chance.is(0.15)) row.postcode = postcode(chance);
        if (chance.is(0.1)) row.gender = '';
        if (chance.is(0.4)) row.occupation = '';
        else if (chance.is(0.15)) row.occupation = chance.skewed(trades);
      }
      told.push({ who, row: whole(row) });
    }
  }
  return toSet(name, chance, told, { heading: 'unique_id', text: (who, row) => `Q${20_000 + who}-${row}` });
}

// --- Nominals of a force: street names, several phones in a cell, an address in a cell, families at one door ---

const checkLetters = 'ZABCDEFGHJKLMNPQRTUVWXY';

export function nominals(name: string, seed: number, people: number, again: number): LinkageSet {
  const chance = chanceOf(seed);
  const street =
    'Biggz Smurf Tiny Ghost Shorty Remy Blacks Fudge Trigger Dutch Capo Mitch Lil-T Scouse Jay'.split(' ');
  const told: { who: number; row: Row }[] = [];
  const phone = () => `07700 900${chance.digits(3)}`;
  const pnc = () => {
    const year = two(chance.below(26));
    const serial = String(1 + chance.below(400_000)).padStart(7, '0');
    return `20${year}/${serial}${checkLetters[Number(BigInt(year + serial) % 23n)]}`;
  };
  interface Known {
    first: string;
    last: string;
    born: readonly [number, number, number];
    door: string;
    phones: string[];
    sex: 'F' | 'M';
    alias: string;
    pnc: string;
  }
  const door = () =>
    `${1 + chance.below(90)} ${capital(chance.skewed(streets))}, ${capital(chance.skewed(towns))}, ${postcode(chance)}`;
  const written = ([year, month, day]: readonly [number, number, number]) =>
    `${two(day)}/${two(month)}/${year}`;
  const rowOf = (who: Known): Row => ({
    Nominal: `${who.last.toUpperCase()}, ${capital(who.first)}`,
    DOB: written(who.born),
    Sex: who.sex,
    'Street name': who.alias,
    'PNC ID': who.pnc,
    'Telephone numbers': who.phones.join(' / '),
    'Last known address': who.door,
    Ethnicity: chance.pick(['IC1', 'IC1', 'IC1', 'IC3', 'IC4', '']),
    Markers: chance.is(0.7) ? '' : chance.pick(['Weapons', 'Violent', 'Drugs', 'Mental health']),
  });
  let home: Known | null = null;
  for (let who = 0; who < people; who++) {
    const sex = chance.is(0.7) ? 'M' : 'F';
    const known: Known = {
      first: chance.skewed(forenames[sex]),
      last: chance.skewed(surnames),
      born: dateOf(chance, 1960, 52),
      door: door(),
      phones: Array.from({ length: 1 + chance.below(3) }, phone),
      sex,
      alias: chance.is(0.35) ? chance.pick(street) : '',
      pnc: chance.is(0.33) ? pnc() : '',
    };
    if (home !== null && chance.is(0.3)) {
      const of: Known = home;
      known.last = of.last;
      known.door = of.door;
      if (chance.is(0.3)) known.phones = of.phones.slice(0, 1);
      if (chance.is(0.08)) known.born = of.born;
      else if (chance.is(0.15) && sex === of.sex) {
        known.first = of.first;
        known.born = [of.born[0] - 20 - chance.below(15), 1 + chance.below(12), 1 + chance.below(28)];
      }
    } else home = known;
    told.push({ who, row: rowOf(known) });
    for (let times = 0; times < 4 && chance.is(again); times++) {
      const seen: Known = { ...known, phones: [...known.phones] };
      if (chance.is(0.15)) seen.first = slip(chance, seen.first);
      if (chance.is(0.15)) seen.last = slip(chance, seen.last);
      const row = () => rowOf(seen);
      if (chance.is(0.2)) seen.pnc = '';
      if (chance.is(0.5)) seen.alias = '';
      if (chance.is(0.45)) seen.phones = [phone()];
      if (chance.is(0.25)) seen.phones = [];
      if (chance.is(0.3)) seen.door = door();
      const next = row();
      if (chance.is(0.1) && known.born[2] <= 12)
        next.DOB = written([known.born[0], known.born[2], known.born[1]]);
      else if (chance.is(0.1)) next.DOB = slip(chance, next.DOB ?? '');
      else if (chance.is(0.2)) next.DOB = '';
      if (chance.is(0.25)) next['Last known address'] = '';
      if (chance.is(0.1)) next.Nominal = capital(known.first);
      told.push({ who, row: next });
    }
  }
  return toSet(name, chance, told);
}

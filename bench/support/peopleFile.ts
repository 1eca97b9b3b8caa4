import { writeFileSync } from 'node:fs';
import { steadyRandom } from '../../electron/engine/entities/matching/learn.ts';
import { nameVariants } from '../../shared/reference/nameVariants.ts';

// People who do not exist, some of them in several rows with the slips that real sheets have: letters left out or
// changed, pet forms, day and month in the other order, fields left blank. Households share surname, address and
// phone, among them parents and children of one name and twins: they are the pairs that must not be taken for one.

export interface PeopleFile {
  path: string;
  /** Number of the person of each row, in the order of the file. */
  person: number[];
}

interface Person {
  forename: string;
  surname: string;
  born: string;
  phone: string;
  house: string;
  street: string;
  postcode: string;
  badge: string;
}

const beginnings = 'Ash Bar Cal Dun Ell Far Gar Hol Ing Ket Lan Mar Nor Oak Pen Rad Sel Thor Ull Wen'.split(
  ' ',
);
const middles = 'a e i o u er in on el and ing'.split(' ');
const endings = 'ley ton by thwaite dale ford ham well worth field son man wick more shaw croft'.split(' ');
const streetWords =
  'Kiln Mill Tenter Church Station Garth Beck Fell Tarn Chapel Weaver Smithy Orchard Quarry'.split(' ');
const streetKinds = 'Row Lane Street Road Close Terrace Gardens Avenue'.split(' ');
const letters = 'abcdefghiklmnoprstuwy';

/**
 * Writes a CSV file of `rows` rows, of which about the share `again` speaks of somebody who was in an earlier row.
 * The same seed gives the same file.
 */
export function writePeople(path: string, rows: number, again: number, seed: number): PeopleFile {
  const random = steadyRandom(seed);
  const below = (count: number) => Math.floor(random() * count);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  /** Few names are frequent, most are rare. */
  const skewed = (count: number) => Math.floor(count * random() ** 2.2);
  const forenames = nameVariants.map((line) => line.split(' '));
  const surnames = beginnings.flatMap((start) =>
    middles.flatMap((middle) => endings.map((end) => `${start}${middle}${end}`)),
  );
  const slip = (text: string): string => {
    const at = 1 + below(Math.max(1, text.length - 1));
    const letter = pick([...letters]);
    return pick([
      text.slice(0, at) + text.slice(at + 1),
      text.slice(0, at) + letter + text.slice(at + 1),
      text.slice(0, at) + letter + text.slice(at),
      text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2),
    ]);
  };
  const two = (value: number) => String(value).padStart(2, '0');
  const dateOf = (year: number) => `${two(1 + below(28))}/${two(1 + below(12))}/${year}`;
  const people: Person[] = [];
  let household: Person | null = null;
  const invent = (): Person => {
    const group = forenames[skewed(forenames.length)] ?? ['alex'];
    const forename = group[0] ?? 'alex';
    if (household && random() < 0.25) {
      const twin = random() < 0.03;
      const junior = random() < 0.05;
      return {
        ...household,
        forename: junior ? household.forename : forename,
        born: twin ? household.born : dateOf(1950 + below(60)),
        phone: random() < 0.3 ? household.phone : `07700${900_000 + below(1000)}`,
        badge: String(1_000_000 + below(9_000_000)),
      };
    }
    household = {
      forename,
      surname: surnames[skewed(surnames.length)] ?? '',
      born: dateOf(1950 + below(60)),
      phone: `07700${900_000 + below(1000)}`,
      house: String(1 + below(120)),
      street: `${pick(streetWords)} ${pick(streetKinds)}`,
      postcode: `FE${1 + below(9)} ${1 + below(9)}${pick([...'ABDEFGHJLN'])}${pick([...'ABDEFGHJLN'])}`,
      badge: String(1_000_000 + below(9_000_000)),
    };
    return household;
  };
  const swapDate = (born: string) => {
    const [day = '', month = '', year = ''] = born.split('/');
    return Number(day) <= 12
      ? `${month}/${day}/${year}`
      : `${two(Math.max(1, Number(day) - 1))}/${month}/${year}`;
  };
  const spoil = (person: Person): Person => {
    const told = { ...person };
    const change = (often: number, work: () => void) => {
      if (random() < often) work();
    };
    change(0.12, () => {
      told.forename = pick(
        nameVariants.find((line) => line.split(' ').includes(person.forename))?.split(' ') ?? [''],
      );
    });
    change(0.12, () => {
      told.forename = slip(told.forename);
    });
    change(0.03, () => {
      told.forename = told.forename.slice(0, 1);
    });
    change(0.15, () => {
      told.surname = slip(told.surname);
    });
    change(0.02, () => {
      [told.forename, told.surname] = [told.surname, told.forename];
    });
    change(0.1, () => {
      told.born = swapDate(told.born);
    });
    change(0.08, () => {
      told.born = told.born.replace(/\d$/, String(below(10)));
    });
    change(0.15, () => {
      told.born = '';
    });
    change(0.4, () => {
      told.phone = '';
    });
    change(0.2, () => {
      told.phone = `07700${900_000 + below(1000)}`;
    });
    change(0.25, () => {
      told.street = slip(told.street);
    });
    change(0.2, () => {
      Object.assign(told, { house: '', street: '', postcode: '' });
    });
    change(0.12, () => {
      const moved = invent();
      Object.assign(told, { house: moved.house, street: moved.street, postcode: moved.postcode });
    });
    change(0.5, () => {
      told.badge = '';
    });
    change(0.1, () => {
      told.badge = slip(told.badge);
    });
    return told;
  };
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  const lines = ['Forename,Surname,DOB,Mobile,House,Street,Postcode,Library card'];
  const person: number[] = [];
  for (let row = 0; row < rows; row++) {
    const isAgain = people.length > 0 && random() < again;
    const known = isAgain ? below(people.length) : people.length;
    if (!isAgain) people.push(invent());
    const first = people[known] as Person;
    const told = isAgain ? spoil(first) : first;
    person.push(known);
    const { house, street, postcode } = told;
    lines.push(
      [capital(told.forename), told.surname, told.born, told.phone, house, street, postcode, told.badge].join(
        ',',
      ),
    );
  }
  writeFileSync(path, `${lines.join('\r\n')}\r\n`);
  return { path, person };
}

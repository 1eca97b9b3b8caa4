/** Sets as the generator of Febrl makes them. */
import type { LinkageSet, Row } from './set.ts';
import { dateOf, toSet } from './set.ts';
import { chanceOf, forenames, slip, streets, surnames, towns, two } from './words.ts';

// --- As the generator of Febrl makes them: several changes to a record, any field may be missing, moved or wrong ---

export interface FebrlShape {
  originals: number;
  duplicates: number;
  mostDuplicates: number;
  /** Changes to one duplicate. */
  changes: number;
  /** With the columns that some sets of the kind have besides. */
  wide?: boolean;
  /** The duplicates stand in a file of their own. */
  twoFiles?: boolean;
}

export function febrl(name: string, seed: number, shape: FebrlShape): LinkageSet {
  const chance = chanceOf(seed);
  const states = 'nsw vic qld wa sa tas act nt'.split(' ');
  const suburbs = towns.map((town) => ({ town, code: chance.digits(4), state: chance.skewed(states) }));
  const original = (): Row => {
    const place = chance.skewed(suburbs);
    const [year, month, day] = dateOf(chance, 1900, 100);
    const blank = (often: number, text: string) => (chance.is(often) ? '' : text);
    return {
      given_name: blank(0.04, chance.skewed([...forenames.F, ...forenames.M])),
      surname: blank(0.02, chance.skewed(surnames)),
      street_number: blank(0.04, String(1 + Math.floor(250 * chance.number() ** 2))),
      address_1: blank(0.02, chance.skewed(streets)),
      address_2: blank(0.2, chance.skewed(towns).replace(/gate|port|mouth/, ' villa')),
      suburb: blank(0.01, place.town),
      postcode: place.code,
      state: blank(0.02, place.state),
      date_of_birth: blank(0.04, `${year}${two(month)}${two(day)}`),
      ...(shape.wide
        ? {
            age: blank(0.15, String(Math.max(1, Math.min(99, 2002 - year)))),
            phone_number: blank(0.05, `0${2 + chance.below(7)} ${chance.digits(8)}`),
          }
        : {}),
      soc_sec_id: chance.digits(7),
      ...(shape.wide ? { blocking_number: String(chance.below(10)) } : {}),
    };
  };
  const change = (row: Row, all: readonly Row[]): void => {
    const field = chance.pick(Object.keys(row).filter((key) => key !== 'blocking_number' && row[key] !== ''));
    const text = row[field] ?? '';
    const kind = chance.number();
    if (kind < 0.12) row[field] = '';
    else if (kind < 0.2) row[field] = chance.pick(all)[field] ?? '';
    else if (kind < 0.28 && (field === 'given_name' || field === 'surname'))
      [row.given_name, row.surname] = [row.surname ?? '', row.given_name ?? ''];
    else if (kind < 0.28 && (field === 'address_1' || field === 'address_2'))
      [row.address_1, row.address_2] = [row.address_2 ?? '', row.address_1 ?? ''];
    else if (kind < 0.34 && text.length > 4 && !/^\d+$/.test(text))
      row[field] = `${text.slice(0, 3)} ${text.slice(3)}`;
    else if (kind < 0.38) row[field] = text.replace(/ /, '');
    else row[field] = slip(chance, text);
  };
  const originals = Array.from({ length: shape.originals }, original);
  const told: { who: number; row: Row; file?: number }[] = originals.map((row, who) => ({ who, row }));
  const left = Array.from({ length: shape.originals }, (_, who) => who);
  let made = 0;
  while (made < shape.duplicates) {
    const at = chance.below(left.length);
    const who = left.splice(at, 1)[0] ?? 0;
    const count = Math.min(1 + chance.below(shape.mostDuplicates), shape.duplicates - made);
    for (let each = 0; each < count; each++) {
      const row = { ...(originals[who] as Row) };
      const changes = 1 + chance.below(shape.changes);
      for (let n = 0; n < changes; n++) change(row, originals);
      told.push({ who, row, ...(shape.twoFiles ? { file: 1 } : {}) });
      made += 1;
    }
  }
  const seen = new Map<number, number>();
  return toSet(name, chance, told, {
    heading: 'rec_id',
    text: (who) => {
      const before = seen.get(who) ?? -1;
      seen.set(who, before + 1);
      return before < 0 ? `rec-${who}-org` : `rec-${who}-dup-${before}`;
    },
  });
}

/** What two people are compared by. */
import { formatPhone } from '../../../../shared/domain/phone.ts';
import type { Comparison, Ground } from './comparison.ts';
import { sharedOf } from './comparison.ts';
import type { Item, Words } from './items.ts';
import { jaroWinkler, oneSlip } from './likeness.ts';
import { nameComparisons } from './nameComparison.ts';

const bornText = (born: number) => {
  const text = String(born).padStart(8, '0');
  return `${text.slice(6)}/${text.slice(4, 6)}/${text.slice(0, 4)}`;
};

/** 1 the same, 2 day and month changed places or one slip, 3 two of day, month and year the same, or the year and one the first of January, 4 the same year or two digits apart, 5 other. */
export function bornLevel(a: number, b: number): number {
  if (a === b) return 1;
  const [yearA, monthA, dayA] = [Math.floor(a / 10_000), Math.floor(a / 100) % 100, a % 100];
  const [yearB, monthB, dayB] = [Math.floor(b / 10_000), Math.floor(b / 100) % 100, b % 100];
  if (yearA === yearB && monthA === dayB && dayA === monthB) return 2;
  if (oneSlip(String(a), String(b))) return 2;
  const agree = Number(yearA === yearB) + Number(monthA === monthB) + Number(dayA === dayB);
  if (agree === 2) return 3;
  // The first of January is written where only the year is known: it contradicts no day of that year.
  if (yearA === yearB && (a % 10_000 === 101 || b % 10_000 === 101)) return 3;
  if (yearA === yearB) return 4;
  const [one, other] = [String(a), String(b)];
  let apart = 0;
  for (let at = 0; at < 8; at++) if (one[at] !== other[at]) apart += 1;
  return apart <= 2 ? 4 : 5;
}

const bornComparison: Comparison = {
  field: 'dob',
  title: 'Date of birth',
  levels: [
    'the same',
    'one slip, or day and month changed places',
    'two of day, month and year the same, or only the year known',
    'the same year, or two digits apart',
    'different',
  ],
  same: [0.73, 0.14, 0.05, 0.03, 0.05],
  other: [0.0001, 0.0009, 0.008, 0.016, 0.975],
  compare: (a, b) => {
    let best = 0;
    for (const one of a.born)
      for (const other of b.born) {
        const level = bornLevel(one, other);
        if (best === 0 || level < best) best = level;
      }
    return best;
  },
  valuesOf: (item) => item.born,
  shared: (a, b) => sharedOf(a.born, b.born),
  show: (a, b) => {
    const shared = sharedOf(a.born, b.born);
    if (shared >= 0) return bornText(shared);
    return `${a.born.map(bornText).join(', ')} and ${b.born.map(bornText).join(', ')}`;
  },
};

/** Years of birth that a person's dates and ages leave room for. */
const yearsOf = (item: Item): Item['years'] =>
  item.born.length > 0
    ? item.born.map((born) => [Math.floor(born / 10_000), Math.floor(born / 10_000)] as const)
    : item.years;

/** Where one of the two has no date of birth but an age or a year: whether that fits the other. */
const ageComparison: Comparison = {
  field: 'age',
  title: 'Age',
  levels: ['fits', 'nearly fits', 'does not fit'],
  same: [0.9, 0.07, 0.03],
  other: [0.08, 0.09, 0.83],
  compare: (a, b) => {
    if (a.born.length > 0 && b.born.length > 0) return 0;
    let apart = Number.POSITIVE_INFINITY;
    for (const [from, to] of yearsOf(a))
      for (const other of yearsOf(b)) apart = Math.min(apart, Math.max(0, from - other[1], other[0] - to));
    if (apart === Number.POSITIVE_INFINITY) return 0;
    return apart === 0 ? 1 : apart <= 3 ? 2 : 3;
  },
  show: (a, b) => {
    const of = (item: Item) =>
      item.born.length > 0
        ? item.born.map(bornText).join(', ')
        : item.years.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`)).join(', ');
    return `${of(a)} and ${of(b)}`;
  },
};

/** Things that evidence links with both: the same phone, vehicle or associate. */
function thingComparison(
  ground: Ground,
  field: 'phones' | 'vehicles' | 'associates',
  title: string,
  start: { same: number[]; other: number[] },
): Comparison {
  const kind = field === 'associates' ? 'people' : field;
  const label = (id: number) => ground.thing(kind, id);
  const shown = (id: number) => (field === 'phones' ? formatPhone(label(id)) : label(id));
  return {
    field,
    title,
    levels: [
      'in common',
      field === 'vehicles' ? 'nearly the same mark' : 'one digit apart',
      'none in common',
    ],
    ...start,
    // Not knowing the same people says nothing.
    ...(field === 'associates' ? { neutral: [2, 3] } : {}),
    compare: (a, b) => {
      if (a[field].length === 0 || b[field].length === 0) return 0;
      if (sharedOf(a[field], b[field]) >= 0) return 1;
      if (field === 'associates') return 3;
      for (const one of a[field])
        for (const other of b[field]) if (oneSlip(label(one), label(other))) return 2;
      return 3;
    },
    valuesOf: (item) => item[field],
    shared: (a, b) => sharedOf(a[field], b[field]),
    show: (a, b) => {
      const shared = sharedOf(a[field], b[field]);
      if (shared >= 0) return shown(shared);
      return `${a[field].slice(0, 3).map(shown).join(', ')} and ${b[field].slice(0, 3).map(shown).join(', ')}`;
    },
  };
}

/** How alike two addresses are, 0 to 1: rare words and house numbers in common weigh more. */
export function addressLikeness(
  words: Words,
  weightOf: (word: number) => number,
  a: readonly number[],
  b: readonly number[],
): number {
  let common = 0;
  let total = 0;
  const left: number[] = [];
  const used = new Set<number>();
  for (const word of a) {
    const weight = weightOf(word);
    total += weight;
    if (b.includes(word) && !used.has(word)) {
      used.add(word);
      common += weight;
    } else left.push(word);
  }
  const rest: number[] = [];
  for (const word of b) {
    total += weightOf(word);
    if (used.has(word)) common += weightOf(word);
    else rest.push(word);
  }
  if (common > 0 && left.length > 0 && rest.length > 0)
    for (const word of left) {
      const own = words.address.text(word);
      if (own.length < 4) continue;
      for (const [index, other] of rest.entries()) {
        const text = words.address.text(other);
        if (text.length < 4 || own[0] !== text[0]) continue;
        const alike = words.addressLikeness.get(word, other, () => jaroWinkler(own, text));
        if (alike < 0.88) continue;
        common += 0.9 * (weightOf(word) + weightOf(other));
        rest.splice(index, 1);
        break;
      }
    }
  return total === 0 ? 0 : common / total;
}

function addressComparison(ground: Ground, weightOf: (word: number) => number): Comparison {
  const { words } = ground;
  const likeness = (a: Item, b: Item) => {
    let best = 0;
    for (const one of a.addresses)
      for (const other of b.addresses) best = Math.max(best, addressLikeness(words, weightOf, one, other));
    return best;
  };
  const shown = (item: Item) =>
    item.premises
      .slice(0, 2)
      .map((id) => ground.thing('premises', id))
      .join('; ');
  return {
    field: 'premises',
    title: 'Address',
    levels: ['in common', 'nearly the same', 'much alike', 'partly alike', 'a little alike', 'different'],
    same: [0.4, 0.15, 0.1, 0.05, 0.03, 0.27],
    other: [0.003, 0.003, 0.005, 0.01, 0.04, 0.939],
    compare: (a, b) => {
      if (a.addresses.length === 0 || b.addresses.length === 0) return 0;
      if (sharedOf(a.premises, b.premises) >= 0) return 1;
      const alike = likeness(a, b);
      return alike >= 0.85 ? 2 : alike >= 0.65 ? 3 : alike >= 0.45 ? 4 : alike >= 0.25 ? 5 : 6;
    },
    valuesOf: (item) => item.premises,
    shared: (a, b) => sharedOf(a.premises, b.premises),
    show: (a, b) => {
      const shared = sharedOf(a.premises, b.premises);
      return shared >= 0 ? ground.thing('premises', shared) : `${shown(a)} and ${shown(b)}`;
    },
  };
}

function identifierComparison(
  words: Words,
  field: string,
  title: string,
  start: { same: number[]; other: number[] },
): Comparison {
  const valuesOf = (item: Item) => item.identifiers.get(field) ?? [];
  // The field stands before the value, so that a number of one register is not one of another.
  const text = (value: number) => words.values.text(value).slice(field.length + 1);
  return {
    field,
    title,
    levels: ['the same', 'one slip apart', 'different'],
    ...start,
    // Two systems number the same person differently.
    ...(field === 'localRef' ? { neutral: [2, 3] } : {}),
    compare: (a, b) => {
      const own = valuesOf(a);
      const others = valuesOf(b);
      if (own.length === 0 || others.length === 0) return 0;
      if (sharedOf(own, others) >= 0) return 1;
      for (const one of own) for (const other of others) if (oneSlip(text(one), text(other))) return 2;
      return 3;
    },
    valuesOf,
    shared: (a, b) => sharedOf(valuesOf(a), valuesOf(b)),
    show: (a, b) => {
      const shared = sharedOf(valuesOf(a), valuesOf(b));
      return shared >= 0
        ? text(shared)
        : `${valuesOf(a).map(text).join(', ')} and ${valuesOf(b).map(text).join(', ')}`;
    },
  };
}

const sexComparison: Comparison = {
  field: 'sex',
  title: 'Sex',
  levels: ['the same', 'different'],
  same: [0.99, 0.01],
  other: [0.6, 0.4],
  dependent: true,
  compare: (a, b) => (a.sex === null || b.sex === null ? 0 : a.sex === b.sex ? 1 : 2),
  show: (a, b) => (a.sex === b.sex ? (a.sex ?? '') : `${a.sex} and ${b.sex}`),
};

/** Junior and senior: two people of one home who share the rest of the name. */
const generationComparison: Comparison = {
  field: 'generation',
  title: 'Junior or senior',
  levels: ['the same', 'said of one only', 'different'],
  same: [0.8, 0.17, 0.03],
  other: [0.05, 0.85, 0.1],
  neutral: [1, 2],
  compare: (a, b) => {
    if (a.generation === null && b.generation === null) return 0;
    if (a.generation === null || b.generation === null) return 2;
    return a.generation === b.generation ? 1 : 3;
  },
  show: (a, b) => `${a.generation ?? 'none'} and ${b.generation ?? 'none'}`,
};

const extraOf = (item: Item, column: number): number[] => {
  const found: number[] = [];
  for (let at = 0; at < item.extras.length; at += 2)
    if (item.extras[at] === column) found.push(item.extras[at + 1] ?? -1);
  return found;
};

/** A column of the sheets that has no field: its cells are compared as texts. */
export function extraComparison(words: Words, column: number): Comparison {
  const valuesOf = (item: Item) => extraOf(item, column);
  const text = (value: number) => words.values.text(value);
  return {
    field: `column:${words.columns.text(column)}`,
    title: `Column “${words.columns.text(column)}”`,
    levels: ['the same', 'nearly the same', 'a little alike', 'different'],
    same: [0.5, 0.12, 0.05, 0.33],
    other: [0.02, 0.01, 0.05, 0.92],
    dependent: true,
    compare: (a, b) => {
      const own = valuesOf(a);
      const others = valuesOf(b);
      if (own.length === 0 || others.length === 0) return 0;
      if (sharedOf(own, others) >= 0) return 1;
      let best = 4;
      for (const one of own)
        for (const other of others) {
          const left = text(one);
          const right = text(other);
          if (Math.min(left.length, right.length) < 4) continue;
          if (oneSlip(left, right)) return 2;
          // Digits that are merely alike say nothing.
          if (/^\d+$/.test(left)) continue;
          const alike = words.valueLikeness.get(one, other, () => jaroWinkler(left, right));
          if (alike >= 0.92) best = 2;
          else if (alike >= 0.8 && best > 3) best = 3;
        }
      return best;
    },
    valuesOf,
    shared: (a, b) => sharedOf(valuesOf(a), valuesOf(b)),
    show: (a, b) => {
      const shared = sharedOf(valuesOf(a), valuesOf(b));
      return shared >= 0
        ? text(shared)
        : `${valuesOf(a).map(text).join(', ')} and ${valuesOf(b).map(text).join(', ')}`;
    },
  };
}

/** All comparisons of people. `weightOf`: how rare a word of an address is. `extras`: columns worth comparing. */
export function personComparisons(
  ground: Ground,
  weightOf: (word: number) => number,
  extras: readonly number[],
): Comparison[] {
  const { words } = ground;
  const certain = { same: [0.9, 0.07, 0.03], other: [0.0001, 0.0003, 0.9996] };
  return [
    ...nameComparisons(words),
    bornComparison,
    ageComparison,
    sexComparison,
    generationComparison,
    thingComparison(ground, 'phones', 'Phone', { same: [0.45, 0.05, 0.5], other: [0.002, 0.001, 0.997] }),
    addressComparison(ground, weightOf),
    thingComparison(ground, 'vehicles', 'Vehicle', { same: [0.5, 0.05, 0.45], other: [0.003, 0.001, 0.996] }),
    thingComparison(ground, 'associates', 'Associate', { same: [0.9, 0.05, 0.05], other: [0.05, 0.05, 0.9] }),
    identifierComparison(words, 'pncId', 'PNC ID', certain),
    identifierComparison(words, 'croNumber', 'CRO number', certain),
    identifierComparison(words, 'nino', 'National Insurance number', certain),
    identifierComparison(words, 'localRef', 'Local reference', {
      same: [0.3, 0.05, 0.65],
      other: [0.001, 0.02, 0.979],
    }),
    ...extras.map((column) => extraComparison(words, column)),
  ];
}

/** From these bits on what is left besides name and home decides. */
const decidesAlone = 5;

/**
 * Why two people are not taken for one without a look, however much else agrees; null where nothing stands in the way.
 * Brothers and sisters, twins, and a parent and child of one name share nearly everything.
 *
 * @param beyondHome bits for the two being one from what neither name nor home explains; null where no homes are known
 */
export function personCaution(level: (field: string) => number, beyondHome: number | null): string | null {
  const isSame = (field: string) => level(field) === 1;
  if (isSame('pncId') || isSame('croNumber') || isSame('nino')) return null;
  if (level('pncId') === 3 || level('nino') === 3)
    return 'Their identifiers are different: a person has only one PNC ID and one National Insurance number';
  if (level('sex') === 2 && level('forenames') > 2)
    return 'Their sexes and their forenames are different: they may be brother and sister';
  if (beyondHome === null || beyondHome >= decidesAlone) return null;
  if (level('forenames') === 5)
    return 'Their forenames are different: people of one home share much, and twins a date of birth as well';
  if (level('dob') >= 4 || level('age') === 3)
    return 'Their dates of birth or ages are different: a parent and a child of one home can have one name';
  if (level('generation') > 1 && level('dob') !== 1)
    return 'One of them is called junior or senior and the other is not: a parent and a child can share a home and a name';
  if (level('middle') === 3)
    return 'Their middle names are different: people of one home can share the first';
  return null;
}

/** What a person has only one of. */
export const ownOfPerson: readonly string[] = ['pncId', 'nino', 'dob', 'age', 'middle', 'sex', 'generation'];

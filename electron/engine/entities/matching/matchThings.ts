/**
 * Premises, vehicles and phones that may be the same: simpler than people, by fixed weights. Their certain keys have
 * joined whole addresses, marks and numbers already; what is left are slips and parts, and of those none is taken for the
 * same without a look: the wrong house number is the wrong door.
 */
import type { GridName } from '../../../../shared/grid/types.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { all } from '../../database/sql.ts';
import { addBlock, Pairs } from './blocking.ts';
import type { Comparison } from './comparison.ts';
import type { Item } from './items.ts';
import { emptyItem, Words } from './items.ts';
import type { Model, Pause } from './learn.ts';
import { jaroWinkler, oneSlip, wordsOf } from './likeness.ts';
import type { Matched } from './matchPeople.ts';
import { Scorer, scorePairs } from './score.ts';
import { fold } from './texts.ts';

type Text = string | null;

/** A field of a thing, compared as text. */
interface ThingField {
  column: string;
  title: string;
  /** Shares of the levels: the same, nearly the same, different. */
  same: readonly [number, number, number];
  other: readonly [number, number, number];
  /** How the text is brought into one form. */
  plain: (text: string) => string;
  /** Whether two forms are nearly the same; one slip by default. */
  near?: (a: string, b: string) => boolean;
  /** Keys of the form by which pairs are found. */
  keys?: (form: string) => readonly string[];
}

interface ThingKind {
  table: string;
  fields: readonly ThingField[];
  caution: string;
}

const letters = (text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, '');
const words = (text: string) => wordsOf(fold(text)).join(' ');
/** Letters and figures that are read for each other on a plate. */
const lookAlike = (mark: string) =>
  mark.replace(/O/g, '0').replace(/I/g, '1').replace(/S/g, '5').replace(/Z/g, '2').replace(/B/g, '8');
const numbersOf = (address: string) => (address.match(/\b\d+[a-z]?\b/g) ?? []).join(' ');
const streetOf = (address: string) =>
  address
    .replace(/\b\d+[a-z]?\b/g, '')
    .replace(/\s+/g, ' ')
    .trim();

const plainField = (column: string, title: string): ThingField => ({
  column,
  title,
  same: [0.85, 0.1, 0.05],
  other: [0.1, 0.02, 0.88],
  plain: words,
});

const certain = (column: string, title: string): ThingField => ({
  column,
  title,
  same: [0.93, 0.05, 0.02],
  other: [0.0001, 0.0004, 0.9995],
  plain: letters,
  keys: (form) => [form, form.slice(0, 14)],
});

const kinds: Partial<Record<GridName, ThingKind>> = {
  premises: {
    table: 'premises',
    caution: 'Two addresses are two doors until somebody has looked',
    fields: [
      {
        column: 'address',
        title: 'Street',
        same: [0.6, 0.35, 0.05],
        other: [0.003, 0.01, 0.987],
        plain: (text) => streetOf(words(text)),
        near: (a, b) => jaroWinkler(a, b) >= 0.92 || a.startsWith(b) || b.startsWith(a),
        keys: (form) => [form, form.slice(0, 8)],
      },
      {
        column: 'address',
        title: 'House number',
        same: [0.93, 0.02, 0.05],
        other: [0.02, 0.02, 0.96],
        plain: (text) => numbersOf(words(text)),
        near: () => false,
      },
      {
        column: 'postcode',
        title: 'Postcode',
        same: [0.88, 0.1, 0.02],
        other: [0.004, 0.006, 0.99],
        plain: letters,
        keys: (form) => [form],
      },
      certain('uprn', 'UPRN'),
    ],
  },
  vehicles: {
    table: 'vehicle',
    caution: 'Two marks are two vehicles until somebody has looked',
    fields: [
      {
        column: 'vrm',
        title: 'Vehicle mark',
        same: [0.6, 0.39, 0.01],
        other: [0.0001, 0.0005, 0.9994],
        plain: letters,
        near: (a, b) =>
          oneSlip(a, b) ||
          lookAlike(a) === lookAlike(b) ||
          (Math.min(a.length, b.length) >= 3 && (a.includes(b) || b.includes(a))),
        keys: (form) => [
          lookAlike(form),
          `a${form.slice(0, 3)}`,
          `z${form.slice(-3)}`,
          `m${form.slice(2, 5)}`,
        ],
      },
      plainField('make', 'Make'),
      plainField('model', 'Model'),
      plainField('colour', 'Colour'),
      { ...plainField('keeper', 'Keeper'), other: [0.002, 0.005, 0.993] },
    ],
  },
  phones: {
    table: 'phone',
    caution: 'Two numbers are two phones until somebody has looked',
    fields: [
      {
        column: 'number',
        title: 'Number',
        same: [0.6, 0.39, 0.01],
        other: [0.0001, 0.0005, 0.9994],
        plain: (text) => text.replace(/\D/g, ''),
        // A number that was written down in part.
        near: (a, b) =>
          Math.min(a.length, b.length) >= 5 && a.length !== b.length && (a.endsWith(b) || b.endsWith(a)),
        keys: (form) => [form.slice(-6)],
      },
      certain('imei', 'IMEI'),
      certain('imsi', 'IMSI'),
      certain('iccid', 'ICCID'),
      { ...plainField('subscriber', 'Subscriber'), other: [0.002, 0.005, 0.993], keys: (form) => [form] },
    ],
  },
};

/** Rows of one of these grids that may be the same. Phones with a number of their own and calls are never compared. */
export async function matchThings(
  database: ReadDatabase,
  grid: GridName,
  pause: Pause,
  progress: (stage: string, done: number, total: number | null) => void,
): Promise<Matched> {
  const kind = kinds[grid];
  if (!kind) throw new Error(`${grid} are not matched`);
  progress('Reading', 0, null);
  const texts = new Words();
  const columns = [...new Set(kind.fields.map((field) => field.column))];
  const rows = all<Record<string, Text> & { id: number }>(
    database,
    `SELECT id, ${columns.map((column) => `"${column}"`).join(', ')} FROM "${kind.table}"
     ${grid === 'phones' ? "WHERE coalesce(number, '') NOT LIKE '+%'" : ''} ORDER BY id`,
  );
  const raw = new Map<number, Record<string, Text>>();
  const items = rows.map((row): Item => {
    raw.set(row.id, row);
    const item = emptyItem(row.id);
    kind.fields.forEach((field, at) => {
      const form = field.plain(row[field.column] ?? '');
      if (form !== '') item.extras = [...item.extras, at, texts.values.number(form)];
    });
    return item;
  });
  const comparisons = kind.fields.map((field, at) => fieldComparison(field, at, texts, raw));
  // Everything is taken as known: there is too little to learn from.
  const model: Model = {
    same: comparisons.map((comparison) => Float64Array.from(comparison.same)),
    other: comparisons.map((comparison) => Float64Array.from(comparison.other)),
    given: [],
    home: { share: 0, levels: comparisons.map((comparison) => Float64Array.from(comparison.other)), seen: 0 },
  };
  const scorer = new Scorer(comparisons, model, items);
  const pairs = new Pairs(Math.max(items.length, 1));
  for (const [at, field] of kind.fields.entries())
    if (field.keys) {
      const { keys } = field;
      addBlock(items, (item) => formsOf(item, at).flatMap((form) => keys(texts.values.text(form))), pairs);
      await pause();
    }
  const candidates = pairs.all();
  const scored = await scorePairs(scorer, items, pairs, candidates, pause, (done) =>
    progress('Comparing', done, candidates.length),
  );
  return {
    items,
    scorer,
    pairs: scored,
    caution: () => kind.caution,
    own: [],
    candidates: candidates.length,
  };
}

function formsOf(item: Item, field: number): number[] {
  const found: number[] = [];
  for (let at = 0; at < item.extras.length; at += 2)
    if (item.extras[at] === field) found.push(item.extras[at + 1] ?? -1);
  return found;
}

function fieldComparison(
  field: ThingField,
  at: number,
  texts: Words,
  raw: ReadonlyMap<number, Record<string, Text>>,
): Comparison {
  const form = (item: Item) => formsOf(item, at)[0];
  const shown = (item: Item) => raw.get(item.id)?.[field.column] ?? '';
  return {
    field: `${field.column}:${field.title}`,
    title: field.title,
    levels: ['the same', 'nearly the same', 'different'],
    same: field.same,
    other: field.other,
    compare: (a, b) => {
      const one = form(a);
      const other = form(b);
      if (one === undefined || other === undefined) return 0;
      if (one === other) return 1;
      const [left, right] = [texts.values.text(one), texts.values.text(other)];
      return (field.near ?? oneSlip)(left, right) ? 2 : 3;
    },
    valuesOf: (item) => formsOf(item, at),
    shared: (a, b) => (form(a) !== undefined && form(a) === form(b) ? (form(a) ?? -1) : -1),
    show: (a, b) => (shown(a) === shown(b) ? shown(a) : `${shown(a)} and ${shown(b)}`),
  };
}

/** Reads people for matching: one item per record to learn from, one per row to compare. */
import { makeRef } from '../../../../shared/grid/grids.ts';
import type { CellValue } from '../../../../shared/grid/query.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { readLabels } from '../../database/queries/rows.ts';
import { all } from '../../database/sql.ts';
import type { Ground } from './comparison.ts';
import type { Item, NameForm } from './items.ts';
import { addOnce, addTo, emptyItem, Words } from './items.ts';
import type { Pause } from './learn.ts';
import { wordsOf } from './likeness.ts';
import { generations, readExtras, usefulColumns, yearsOf } from './readColumns.ts';
import { fold } from './texts.ts';

type Fields = Record<string, CellValue | undefined>;

export interface People {
  readonly ground: Ground;
  readonly items: Item[];
  readonly records: Item[];
  /** Columns without a field that are worth comparing. */
  readonly extras: number[];
  /** Rarity of the words of addresses. */
  readonly weightOf: (word: number) => number;
}

const textOf = (value: CellValue | undefined) =>
  value === null || value === undefined ? '' : String(value).trim();

/** Words of a name that say nothing of it. */
const emptyName = /^(?:unknown|unk|unidentified|n\/?a|not known|tbc|anon(?:ymous)?)$/;

function nameForm(words: Words, fields: Fields): NameForm | null {
  let forenames = textOf(fields.forenames);
  let surname = textOf(fields.surname);
  if (forenames === '' && surname === '') {
    // A name that was not taken apart: the last word is the surname.
    const parts = wordsOf(fold(textOf(fields.name)));
    surname = parts.pop() ?? '';
    forenames = parts.join(' ');
  }
  const first = wordsOf(fold(forenames)).filter((word) => !emptyName.test(word));
  const last = wordsOf(fold(surname)).filter((word) => !emptyName.test(word));
  if (first.length === 0 && last.length === 0) return null;
  return {
    forenames: first.map((word) => words.names.number(word)),
    surname: last.length === 0 ? -1 : words.names.number(last.join(' ')),
  };
}

function addressWords(words: Words, address: string, postcode: string): number[] {
  const list = [...wordsOf(fold(address))];
  const code = postcode.toLowerCase().replace(/\s/g, '');
  if (code !== '') list.push(code, code.slice(0, -3));
  return [...new Set(list.filter((word) => word !== ''))].map((word) => words.address.number(word));
}

const identifierFields = ['pncId', 'croNumber', 'nino', 'localRef'] as const;

/** What a record or the values that somebody entered say of a person. */
function itemOf(words: Words, id: number, fields: Fields, year: number): Item {
  const item = emptyItem(id);
  const name = nameForm(words, fields);
  if (name) item.names = [name];
  for (const alias of textOf(fields.aliases).split(/[;,/]/)) {
    const text = wordsOf(fold(alias)).join(' ');
    if (text.length > 1) addOnce(item, 'aliases', words.names.number(text));
  }
  const dob = /^(\d{4})-(\d{2})-(\d{2})$/.exec(textOf(fields.dob));
  if (dob) item.born = [Number(dob[1]) * 10_000 + Number(dob[2]) * 100 + Number(dob[3])];
  else {
    const years = yearsOf(textOf(fields.dobText), year);
    if (years) item.years = [years];
  }
  // Behind the surname, not as the surname: there are people called Senior.
  const last =
    wordsOf(fold(textOf(fields.name)))
      .slice(2)
      .pop() ?? '';
  if (!wordsOf(fold(textOf(fields.surname))).includes(last)) item.generation = generations[last] ?? null;
  const sex = textOf(fields.sex);
  if (sex === 'M' || sex === 'F') item.sex = sex;
  for (const field of identifierFields) {
    const value = textOf(fields[field]);
    if (value !== '')
      item.identifiers = new Map(item.identifiers).set(field, [
        words.values.number(`${field}:${value.toUpperCase().replace(/[^A-Z0-9]/g, '')}`),
      ]);
  }
  return item;
}

interface LinkedRow {
  person: number;
  grid: string;
  other: number;
  evidence: number;
}

/** Links of people, some thousands at a time. */
async function readLinks(
  database: ReadDatabase,
  pause: Pause,
  visit: (link: LinkedRow) => void,
): Promise<void> {
  for (let last = 0; ; ) {
    const rows = all<{ id: number; aGrid: string; a: number; bGrid: string; b: number; evidence: number }>(
      database,
      `SELECT id, a_grid AS aGrid, a_id AS a, b_grid AS bGrid, b_id AS b, evidence_id AS evidence FROM link
       WHERE id > ? ORDER BY id LIMIT 5000`,
      last,
    );
    for (const { id, aGrid, a, bGrid, b, evidence } of rows) {
      last = id;
      if (aGrid === 'people') visit({ person: a, grid: bGrid, other: b, evidence });
      if (bGrid === 'people') visit({ person: b, grid: aGrid, other: a, evidence });
    }
    await pause();
    if (rows.length < 5000) break;
  }
}

/** Everything about people that pairs are compared by. Reads in one snapshot where the caller holds one. */
export async function readPeople(database: ReadDatabase, thisYear: number, pause: Pause): Promise<People> {
  const words = new Words();
  const records: Item[] = [];
  /** Records by evidence: the row's own first. */
  const byEvidence = new Map<number, Item[]>();
  for (let last = 0; ; ) {
    const rows = all<{ id: number; evidence: number; prefix: string; row: number; fields: string }>(
      database,
      `SELECT id, evidence_id AS evidence, prefix, row_id AS row, fields FROM record_now r
       WHERE grid = 'people' AND id > ? AND NOT EXISTS (SELECT 1 FROM refreshed_record f
         WHERE f.evidence_id = r.evidence_id AND f.prefix = r.prefix AND f.part = r.part AND f.state = 'withdrawn')
       ORDER BY id LIMIT 2000`,
      last,
    );
    for (const { id, evidence, prefix, row, fields } of rows) {
      last = id;
      const item = itemOf(words, row, JSON.parse(fields) as Fields, thisYear);
      records.push(item);
      const beside = byEvidence.get(evidence);
      if (beside === undefined) byEvidence.set(evidence, [item]);
      else if (prefix === '') beside.unshift(item);
      else beside.push(item);
    }
    await pause();
    if (rows.length < 2000) break;
  }
  await readExtras(database, words, byEvidence, thisYear, pause);
  const addresses = readAddresses(database, words);
  const attach = (item: Item, { grid, other }: LinkedRow) => {
    if (grid === 'phones') addOnce(item, 'phones', other);
    else if (grid === 'vehicles') addOnce(item, 'vehicles', other);
    else if (grid === 'people') addOnce(item, 'associates', other);
    else if (grid === 'premises') {
      addOnce(item, 'premises', other);
      const address = addresses.get(other);
      if (address && !item.addresses.includes(address)) item.addresses = [...item.addresses, address];
    }
  };
  await readLinks(database, pause, (link) => {
    for (const record of byEvidence.get(link.evidence) ?? [])
      if (record.id === link.person) attach(record, link);
  });
  const items = new Map<number, Item>();
  const made = new Set<Item>();
  // A row of one record is that record: most are.
  for (const record of records) {
    const item = items.get(record.id);
    if (item === undefined) items.set(record.id, record);
    else if (made.has(item)) addTo(item, record);
    else {
      const own = emptyItem(record.id);
      addTo(own, item);
      addTo(own, record);
      made.add(own);
      items.set(record.id, own);
    }
  }
  addEntered(database, words, items, thisYear);
  // A link whose record is another's, such as of a row that goes on with the one above.
  await readLinks(database, pause, (link) => {
    const item = items.get(link.person);
    if (item) attach(item, link);
  });
  const list = [...items.values()].sort((a, b) => a.id - b.id);
  return {
    ground: { words, thing: thingLabels(database) },
    items: list,
    records: distinct(records, items),
    extras: usefulColumns(records),
    weightOf: rarityOf(list, words.address.list.length),
  };
}

/** What analysts entered counts as what the row says. */
function addEntered(database: ReadDatabase, words: Words, items: Map<number, Item>, thisYear: number): void {
  for (const row of all<Fields & { id: number; dob_text: string | null; pnc_id: string | null }>(
    database,
    `SELECT id, name, surname, forenames, aliases, dob, dob_text, sex, pnc_id, cro_number, nino FROM person
     WHERE id IN (SELECT row_id FROM manual_value WHERE grid = 'people')`,
  )) {
    const said = itemOf(
      words,
      row.id,
      { ...row, dobText: row.dob_text, pncId: row.pnc_id, croNumber: row.cro_number },
      thisYear,
    );
    const item = items.get(row.id);
    if (item) addTo(item, said);
    else items.set(row.id, said);
  }
}

function readAddresses(database: ReadDatabase, words: Words): Map<number, number[]> {
  const addresses = new Map<number, number[]>();
  for (const row of all<{ id: number; address: string | null; postcode: string | null }>(
    database,
    'SELECT id, address, postcode FROM premises',
  )) {
    const list = addressWords(words, row.address ?? '', row.postcode ?? '');
    if (list.length > 0) addresses.set(row.id, list);
  }
  return addresses;
}

/** Words that stand in few addresses tell more: their weight is the logarithm of how few. */
function rarityOf(items: readonly Item[], count: number): (word: number) => number {
  const seen = new Uint32Array(count);
  let total = 0;
  for (const item of items)
    for (const address of item.addresses) {
      total += 1;
      for (const word of address) seen[word] = (seen[word] ?? 0) + 1;
    }
  return (word) => Math.log((total + 20) / ((seen[word] ?? 0) + 2));
}

/** Records that say the very same of the same row are one: copies of a sheet teach nothing. */
function distinct(records: readonly Item[], items: ReadonlyMap<number, Item>): Item[] {
  const seen = new Set<string>();
  return records.filter((record) => {
    if (items.get(record.id) === record) return true;
    const key = JSON.stringify([record, [...record.identifiers]]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Labels of linked things; numbers of phones are read once for all, because pairs are compared by them. */
function thingLabels(database: ReadDatabase): Ground['thing'] {
  const known = new Map<string, string>();
  let numbers: Map<number, string> | null = null;
  return (grid, id) => {
    if (grid === 'phones') {
      numbers ??= new Map(
        all<{ id: number; number: string | null }>(
          database,
          `SELECT id, number FROM phone WHERE id IN (SELECT b_id FROM link WHERE a_grid = 'people' AND b_grid = 'phones'
             UNION SELECT a_id FROM link WHERE b_grid = 'people' AND a_grid = 'phones')`,
        ).map((row) => [row.id, row.number ?? '']),
      );
      return numbers.get(id) ?? '';
    }
    const ref = makeRef(grid, id);
    let label = known.get(ref);
    if (label === undefined) {
      label = readLabels(database, [ref])[ref] ?? ref;
      known.set(ref, label);
    }
    return label;
  };
}

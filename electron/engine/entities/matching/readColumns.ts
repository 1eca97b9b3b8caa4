/** What sheets say of people in columns without a field, and what is left unread of a date of birth. */
import { foldText } from '../../../../shared/domain/names.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import type { EvidenceCell } from '../../database/queries/evidence.ts';
import { readBlock, shownText } from '../../database/queries/evidence.ts';
import { all } from '../../database/sql.ts';
import type { Item, Words } from './items.ts';
import type { Pause } from './learn.ts';
import { wordsOf } from './likeness.ts';
import { fold } from './texts.ts';

/** What stands behind a name that a parent and a child share. */
export const generations: Readonly<Record<string, string>> = {
  jr: 'jr',
  jnr: 'jr',
  junior: 'jr',
  sr: 'sr',
  snr: 'sr',
  senior: 'sr',
  ii: 'ii',
  iii: 'iii',
  iv: 'iv',
};

/** Years of birth that words such as `c.1998`, `age 17` or `16-18` leave room for. `year`: of the report. */
export function yearsOf(text: string, year: number): [number, number] | null {
  const born = /(?<!\d)(19\d{2}|20[0-2]\d)(?!\d)/.exec(text);
  if (born) return [Number(born[1]) - 1, Number(born[1]) + 1];
  const ages = [...text.matchAll(/(?<!\d)(\d{1,2})(?!\d)/g)].map((match) => Number(match[1]));
  if (ages.length === 0 || Math.max(...ages) > 99) return null;
  return [year - Math.max(...ages) - 2, year - Math.min(...ages) + 1];
}

/**
 * What a date of birth may be that was left unread because it can be read in two ways, or is none with its slip: good
 * enough to compare, not to print.
 */
export function readingsOf(text: string): number[] {
  const parts = /^\D*(\d{1,4})\D+(\d{1,2})\D+(\d{1,4})\D*$/.exec(text);
  const whole = text.replace(/\D/g, '');
  const [first, second, third] = parts
    ? parts.slice(1, 4)
    : whole.length !== 8
      ? []
      : /^(?:1[7-9]|20)/.test(whole)
        ? [whole.slice(0, 4), whole.slice(4, 6), whole.slice(6)]
        : [whole.slice(0, 2), whole.slice(2, 4), whole.slice(4)];
  if (first === undefined || second === undefined || third === undefined) return [];
  const yearFirst = first.length === 4;
  const year = Number(yearFirst ? first : third);
  const [one, other] = [Number(second), Number(yearFirst ? third : first)];
  if (year < 1700 || year > 2100 || (yearFirst && third.length > 2) || (!yearFirst && first.length > 2))
    return [];
  const date = (month: number, day: number) => year * 10_000 + month * 100 + day;
  return one <= 12 && other <= 12 && one !== other && !yearFirst
    ? [date(one, other), date(other, one)]
    : one > 12 && other <= 12
      ? [date(other, one)]
      : [date(one, other)];
}

/** Headings of a column of ages or years of birth: it says when somebody was born, though no field is its own. */
const ageHeading =
  /^(?:(?:approx|approximate|apparent|current|est|estimated) )?age(?: (?:now|yrs|years|in years|approx))?$|^(?:year of birth|birth year|yob|years old)$/;

/** Headings of a column of what stands behind names. */
const suffixHeading = /^(?:name )?(?:suffix|sufx|generation)(?: (?:cd|code|lbl|name))?$/;

/**
 * Ages of one sheet: counted back from the year in which they were true, which people with an age and a date of birth
 * tell; this year where they do not.
 */
function addAges(ages: readonly { item: Item; text: string }[], thisYear: number): void {
  const years = ages
    .flatMap(({ item, text }) => {
      const born = item.born[0];
      return born !== undefined && /^\d{1,3}$/.test(text) ? [Math.floor(born / 10_000) + Number(text)] : [];
    })
    .sort((a, b) => a - b);
  const year = years.length >= 5 ? (years[years.length >> 1] ?? thisYear) : thisYear;
  for (const { item, text } of ages) {
    const years = yearsOf(text, year);
    if (years && item.years.length === 0) item.years = [years];
  }
}

const mostColumns = 16;
/** A cell longer than this is prose. */
const longestCell = 80;

/** Cells of the sheets of people in columns that have no field, by evidence id. */
export async function readExtras(
  database: ReadDatabase,
  words: Words,
  into: ReadonlyMap<number, readonly Item[]>,
  thisYear: number,
  pause: Pause,
): Promise<void> {
  const sheets = all<{ headers: string; mapping: string; first: number; last: number }>(
    database,
    `SELECT headers, mapping, first_evidence AS first, last_evidence AS last FROM source_sheet
     WHERE kind = 'person' AND last_evidence >= first_evidence ORDER BY id`,
  );
  for (const { headers, mapping, first, last } of sheets) {
    const fields = JSON.parse(mapping) as (string | null)[];
    const columns = (JSON.parse(headers) as string[]).flatMap((header, index) => {
      const name = wordsOf(foldText(header)).join(' ');
      return name !== '' && (fields[index] ?? null) === null
        ? [
            {
              index,
              isAge: ageHeading.test(name),
              isSuffix: suffixHeading.test(name),
              number: words.columns.number(name),
            },
          ]
        : [];
    });
    const born = fields.indexOf('dob');
    if (columns.length === 0 && born < 0) continue;
    const ages: { item: Item; text: string }[] = [];
    for (let id = first; id <= last; ) {
      const block = readBlock(database, id);
      await pause();
      if (!block) break;
      for (; id <= last && id < block.firstId + block.rows.length; id++) {
        const item = into.get(id)?.[0];
        const cells: readonly EvidenceCell[] | undefined = block.rows[id - block.firstId]?.[1];
        if (!item || !cells) continue;
        if (born >= 0 && item.born.length === 0 && item.years.length === 0)
          item.born = readingsOf(shownText(cells, born));
        for (const { index, isAge, isSuffix, number } of columns) {
          const text = fold(shownText(cells, index)).trim().replace(/\s+/g, ' ');
          if (isAge) ages.push({ item, text });
          else if (isSuffix) item.generation ??= generations[text.replace('.', '')] ?? null;
          else if (
            text.length > 0 &&
            text.length <= longestCell &&
            !/^(?:n\/?a|none|nil|null|unknown|-+|\?+)$/.test(text)
          )
            item.extras = [...item.extras, number, words.values.number(text)];
        }
      }
    }
    addAges(ages, thisYear);
  }
}

/** Columns in which values repeat, but not one value everywhere: others say nothing of who it is. */
export function usefulColumns(records: readonly Item[]): number[] {
  const columns = new Map<number, Map<number, number>>();
  for (const record of records)
    for (let at = 0; at < record.extras.length; at += 2) {
      const column = record.extras[at] ?? 0;
      const values = columns.get(column) ?? new Map<number, number>();
      const value = record.extras[at + 1] ?? 0;
      values.set(value, (values.get(value) ?? 0) + 1);
      columns.set(column, values);
    }
  return [...columns]
    .flatMap(([column, values]) => {
      let total = 0;
      let most = 0;
      for (const count of values.values()) {
        total += count;
        most = Math.max(most, count);
      }
      const repeats = values.size < total;
      return repeats && values.size > 1 && most < 0.9 * total
        ? [{ column, variety: values.size / total }]
        : [];
    })
    .sort((a, b) => b.variety - a.variety)
    .slice(0, mostColumns)
    .map(({ column }) => column);
}

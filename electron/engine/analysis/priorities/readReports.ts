/**
 * Reports of intelligence by what they name: by a link, by reference, name or address among their subjects, and premises
 * and lines by an address or a number in the text too. Reports that say the same are one.
 */
import { foldText, nameKey } from '../../../../shared/domain/names.ts';
import type { Report } from '../../../../shared/domain/priorities/facts.ts';
import { sameWords, speaksOf } from '../../../../shared/domain/priorities/words.ts';
import { gradeClassOf } from '../../../../shared/domain/priorities/worth.ts';
import { makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { all } from '../../database/sql.ts';
import type { EvidenceLink } from '../links/readLinks.ts';

/** What reports may name. */
export interface Named {
  people: readonly { ref: string; name: string }[];
  places: readonly { ref: string; address: string }[];
  lines: readonly { ref: string; names: readonly string[]; numbers: readonly string[] }[];
}

export interface ReportsFound {
  of: ReadonlyMap<string, readonly Report[]>;
  /** People whose name reports give, and somebody else has it too. */
  sharedNames: ReadonlySet<string>;
}

interface Item {
  id: number;
  text: string | null;
  subjects: string | null;
  grade: string | null;
  infoTo: string | null;
  reportDate: string | null;
  sheet: number | null;
}

const classOrder = ['strong', 'middle', 'weak', 'none', 'false'];
const rankOf = (grade: string | null) => classOrder.indexOf(gradeClassOf(grade));

/** `36 Foundry Crescent, Aldermoor`: the number and the word behind it, under which addresses are looked up. */
const streetStarts = /(?<![\p{L}\d])(\d{1,4}[a-z]?),? ([\p{L}'’-]{2,})/gu;
const mobiles = /(?:\+44|0044|0)(?: ?\(0\))?[ -]?7(?:[ -]?\d){9}(?!\d)/g;

/** By yields, so that others are answered: there may be very many. */
export function* readReports(
  database: ReadDatabase,
  links: readonly EvidenceLink[],
  named: Named,
): Generator<undefined, ReportsFound> {
  const items = all<Item>(
    database,
    `SELECT i.id, i.text, i.subjects, i.grade, i.info_to AS infoTo, i.report_date AS reportDate,
       (SELECT s.id FROM record r JOIN source_sheet s ON s.first_evidence <= r.evidence_id
        WHERE r.grid = 'intelligence' AND r.row_id = i.id ORDER BY s.first_evidence DESC LIMIT 1) AS sheet
     FROM intelligence i ORDER BY i.id`,
  );
  const linked = new Map<string, string[]>();
  for (const { from, to } of links) {
    for (const [item, other] of [
      [from, to],
      [to, from],
    ] as const)
      if (item.startsWith('INT-')) linked.set(item, [...(linked.get(item) ?? []), other]);
  }
  const find = makeFinder(named);
  const of = new Map<string, Map<string, Report>>();
  const sharedNames = new Set<string>();
  for (const [at, item] of items.entries()) {
    if (at % 500 === 0) yield;
    const ref = makeRef('intelligence', item.id);
    const text = item.text ?? '';
    const about = new Set<string>(linked.get(ref));
    find(item.subjects ?? '', text, about, sharedNames);
    if (about.size === 0) continue;
    const report: Report = {
      refs: [ref],
      grade: item.grade,
      date: (item.infoTo ?? item.reportDate)?.slice(0, 10) ?? null,
      sheets: [item.sheet ?? 0],
      isOfMissing: speaksOf(text, 'missing'),
      isOfExploitation: speaksOf(text, 'exploited'),
      isOfChild: speaksOf(text, 'child'),
    };
    const words = sameWords(text);
    const key = words === '' ? ref : words;
    for (const subject of about) {
      const own = of.get(subject) ?? new Map<string, Report>();
      of.set(subject, own);
      const known = own.get(key);
      own.set(key, known ? together(known, report) : report);
    }
  }
  return { of: new Map([...of].map(([ref, own]) => [ref, [...own.values()]])), sharedNames };
}

/** Two that say the same: the better grade counts, and the newer day. */
function together(one: Report, two: Report): Report {
  const [best, other] = rankOf(two.grade) < rankOf(one.grade) ? [two, one] : [one, two];
  return {
    ...best,
    refs: [...best.refs, ...other.refs],
    sheets: [...new Set([...best.sheets, ...other.sheets])],
    date: [one.date, two.date].reduce((a, b) => ((b ?? '') > (a ?? '') ? b : a)),
  };
}

/** Whether a text holds words as a whole: neither a letter nor a digit goes on before or behind them. */
function holds(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const around = `${text[at - 1] ?? ' '}${text[at + words.length] ?? ' '}`;
    if (!/[\p{L}\p{N}]/u.test(around)) return true;
  }
  return false;
}

type Find = (subjects: string, text: string, about: Set<string>, shared: Set<string>) => void;

function makeFinder({ people, places, lines }: Named): Find {
  const byName = new Map<string, string[]>();
  const put = (name: string, ref: string) => {
    const key = nameKey(name);
    if (key.length <= 3) return;
    const refs = byName.get(key);
    if (!refs) byName.set(key, [ref]);
    else if (!refs.includes(ref)) refs.push(ref);
  };
  for (const { ref, name } of people) put(name, ref);
  for (const { ref, names } of lines) for (const name of names) put(name, ref);
  for (const { ref, address } of places) put(address, ref);
  const byStreet = new Map<string, { ref: string; address: string }[]>();
  for (const { ref, address } of places) {
    const folded = foldText(address);
    const start = [...folded.matchAll(streetStarts)][0];
    if (!start) continue;
    const key = `${start[1]} ${start[2]}`;
    byStreet.set(key, [...(byStreet.get(key) ?? []), { ref, address: folded }]);
  }
  const byNumber = new Map<string, string[]>();
  for (const { ref, numbers } of lines)
    for (const number of numbers) byNumber.set(number, [...(byNumber.get(number) ?? []), ref]);
  return (subjects, text, about, shared) => {
    for (const part of [...subjects.split(/[;\n,]/), ...subjects.split(/[;\n]/)]) {
      const parsed = parseRef(part.trim());
      if (parsed) about.add(makeRef(parsed.grid.name, parsed.id));
      // `ELLERY, Maud (line holder)` names Maud Ellery.
      const refs = byName.get(nameKey(part.replace(/\([^)]*\)/g, ' '))) ?? [];
      if (refs.length === 1 && refs[0]) about.add(refs[0]);
      // Which of them is meant, nobody knows.
      else for (const ref of refs) shared.add(ref);
    }
    const folded = byStreet.size > 0 ? foldText(text) : '';
    for (const [, number, street] of folded.matchAll(streetStarts))
      for (const place of byStreet.get(`${number} ${street}`) ?? [])
        if (holds(folded, place.address)) about.add(place.ref);
    if (byNumber.size > 0)
      for (const [number] of text.matchAll(mobiles))
        for (const ref of byNumber.get(`+44${number.replace(/\(0\)/, '').replace(/\D/g, '').slice(-10)}`) ??
          [])
          about.add(ref);
  };
}

/** Gaps in the use of a phone, against custody, arrests and warrants. Pure. */

import type { CallTable } from './callTable.ts';
import type { CallFacts, KnownEvent } from './facts.ts';
import { lineOfPhone } from './facts.ts';
import type { Found, Study } from './study.ts';
import { day, hour, Score, shownNumber, shownSpan, shownTime, startOf } from './study.ts';

export interface Silence {
  /** Last row before it and first after it; -1 where the data ends. */
  before: number;
  after: number;
  from: number;
  to: number;
  /** No row comes after it. */
  isOpen: boolean;
  /** What is open may be the end of the return and no silence: no row of its sheet is later. */
  endsWithReturn: boolean;
}

/**
 * Silences that are long by the threshold and unusual for the phone, the earliest first. Only of a phone of which there
 * are rows of its own: that nobody else's return names a number says nothing about its use.
 */
export function silencesOf(
  { table, thresholds }: Pick<Study, 'table' | 'thresholds'>,
  phone: number,
): Silence[] {
  const rows = [...table.ownRowsOf(phone)];
  if (rows.length < 20) return [];
  const gaps = rows.slice(1).map((row, place) => startOf(table, row) - startOf(table, rows[place] ?? 0));
  const sorted = [...gaps].sort((x, y) => x - y);
  const usual = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  const least = Math.max(thresholds.silenceDays * day, 2.5 * usual);
  const found = gaps.flatMap((gap, place): Silence[] => {
    const [before, after] = [rows[place] ?? -1, rows[place + 1] ?? -1];
    return gap >= least
      ? [
          {
            before,
            after,
            from: startOf(table, before),
            to: startOf(table, after),
            isOpen: false,
            endsWithReturn: false,
          },
        ]
      : [];
  });
  const last = rows.at(-1) ?? -1;
  const end = startOf(table, last);
  if (table.last - end >= least)
    found.push({
      before: last,
      after: -1,
      from: end,
      to: table.last,
      isOpen: true,
      endsWithReturn: table.endOfReturn(last) - end < hour,
    });
  return found;
}

export interface FittingEvent {
  event: KnownEvent;
  /** The silence begins soon after it began, ends soon after it ended. */
  begins: boolean;
  ends: boolean;
}

/** Events that a silence fits: it begins soon after, or ends soon after the release. */
export function eventsOf(facts: CallFacts, silence: Silence, hours: number): FittingEvent[] {
  return facts.events.flatMap((event) => {
    const begins =
      silence.from <= event.from + hour &&
      event.from - silence.from <= hours * hour &&
      silence.to > event.from + hour;
    const ends =
      !silence.isOpen &&
      !Number.isNaN(event.to) &&
      silence.to >= event.to - hour &&
      silence.to - event.to <= hours * hour;
    return begins || ends ? [{ event, begins, ends }] : [];
  });
}

const words = { custody: 'custody', arrest: 'arrest', warrant: 'warrant' } as const;

/** Times at which a phone was used while a person was in custody. */
export function usedInCustody(table: CallTable, phone: number, facts: CallFacts, person: string): number[] {
  const times = facts.events.filter(
    (event) => event.what === 'custody' && event.people.includes(person) && !Number.isNaN(event.to),
  );
  if (times.length === 0) return [];
  return [...table.ownRowsOf(phone)].filter((row) => {
    const at = startOf(table, row);
    return table.from[row] === phone && times.some((event) => at > event.from + hour && at < event.to);
  });
}

export function findSilences(study: Study, phone: number, lines: ReadonlySet<number>): Found[] {
  const { table, thresholds, facts } = study;
  if (facts.events.length === 0) return [];
  const id = table.phones[phone]?.id;
  const line = lineOfPhone(facts, id);
  const linked = new Set([...(facts.phones.get(id ?? -1)?.people ?? []), ...(line?.holders ?? [])]);
  return silencesOf(study, phone).flatMap((silence) => {
    const found = eventsOf(facts, silence, thresholds.silenceHours).flatMap((fit) =>
      judge(study, { phone, silence, fit, linked, isLine: lines.has(phone) || line !== undefined }),
    );
    const best = found.sort((x, y) => y.score - x.score)[0];
    return best ? [best] : [];
  });
}

function judge(
  { table, thresholds, facts }: Study,
  {
    phone,
    silence,
    fit,
    linked,
    isLine,
  }: { phone: number; silence: Silence; fit: FittingEvent; linked: ReadonlySet<string>; isLine: boolean },
): Found[] {
  const { event, begins, ends } = fit;
  const people = event.people.filter((person) => linked.has(person));
  // Somebody is arrested every day: without a tie between phone and person both ends must fit closely.
  const near = (thresholds.silenceHours * hour) / 2;
  const isClose = Math.abs(event.from - silence.from) <= near && Math.abs(silence.to - event.to) <= near;
  if (people.length === 0 && !(begins && ends && isClose)) return [];
  const score = new Score(people.length > 0 ? 55 : 35);
  score.add(
    0,
    `${shownNumber(table, phone)} is silent from ${shownTime(silence.from)} ${silence.isOpen ? 'to the end of the data' : `to ${shownTime(silence.to)}`}: ${shownSpan(silence.to - silence.from)}.`,
  );
  if (begins)
    score.add(
      15,
      `It falls silent ${shownSpan(Math.abs(event.from - silence.from))} ${event.from >= silence.from ? 'before' : 'after'} the ${words[event.what]} ${event.ref}.`,
    );
  if (ends)
    score.add(
      15,
      `It is used again ${shownSpan(Math.abs(silence.to - event.to))} ${silence.to >= event.to ? 'after' : 'before'} the release.`,
    );
  if (people.length > 0)
    score.add(
      0,
      `The phone is linked with ${people.map((person) => facts.people.get(person)?.name ?? person).join(', ')}.`,
    );
  else score.add(0, 'Nothing links the phone with the person: it may be theirs.');
  if (isLine) score.add(5, 'The number is a line or sends bulk texts.');
  if (silence.endsWithReturn) score.add(-10, 'Its return may end there: no row of the same sheet is later.');
  return [
    {
      kind: 'silence',
      phones: [phone],
      refs: [event.ref, ...event.people],
      from: silence.from,
      to: silence.to,
      score: score.value,
      reasons: score.reasons,
      against: score.against,
      rule: `${thresholds.silenceDays} days, within ${thresholds.silenceHours} hours of an arrest, a warrant or a release`,
      rows: [silence.before, silence.after].filter((row) => row >= 0),
    },
  ];
}

/**
 * Everything with a date that the timeline shows, calls aside: intelligence, crimes, custody, safeguarding, lines,
 * warrants and the plan. Kept until an entry of the journal may have changed something: looks change nothing.
 *
 * A record may stand several times (a warrant: its period, its execution). One without any date that can be read is
 * counted in its lane and never dropped without a word.
 */
import { nameKey } from '../../../../shared/domain/names.ts';
import { readMoment } from '../../../../shared/domain/timeGrain.ts';
import type { MarkKind, TimelineLane } from '../../../../shared/domain/timelineKinds.ts';
import { lastDayOf } from '../../../../shared/domain/warrants.ts';
import { parseRef } from '../../../../shared/grid/grids.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import { all, get } from '../../database/sql.ts';
import { readClocks } from '../../plan/clocks.ts';

export interface Item {
  lane: TimelineLane;
  what: MarkKind;
  grid: GridName;
  id: number;
  /** As the record has them: a time, a day or a month. `to` is null where nothing says when it ended. */
  from: string;
  to: string | null;
  /** It lasts, and nothing says until when. */
  isOpen: boolean;
  /** Of intelligence: the period that the information is about. */
  about: { from: string; to: string } | null;
  /** Seconds of the UK clock, everything that belongs to it. A day ends with its last second's end. */
  start: number;
  end: number;
}

export interface Undated {
  lane: TimelineLane;
  grid: GridName;
  id: number;
}

export interface Items {
  /** In order of their begin. */
  dated: readonly Item[];
  undated: readonly Undated[];
  /** Intelligence that lists somebody or something of this name (`nameKey`) among its subjects. */
  naming(key: string): readonly number[];
}

const kept = new WeakMap<ReadDatabase, { key: string; items: Items }>();

/** Number of the newest entry that may have changed what there is. */
function newestChange(database: ReadDatabase): number {
  return (
    get<{ seq: number | null }>(
      database,
      `SELECT max(seq) AS seq FROM journal
       WHERE operation IN ('collection', 'alteration', 'combination', 'erasure')`,
    )?.seq ?? 0
  );
}

/** @param now ISO 8601 on the UK clock: what periods that run are measured against. */
export function readItems(database: ReadDatabase, moment: Moment, now: string): Items {
  return database.transaction(() => {
    const key = `${newestChange(database)} ${moment.today}`;
    const known = kept.get(database);
    if (known?.key === key) return known.items;
    const items = gatherItems(database, moment, now);
    kept.set(database, { key, items });
    return items;
  })();
}

type Text = string | null;
type Row = { id: number } & Record<string, Text>;

class Gathered {
  readonly dated: Item[] = [];
  readonly undated: Undated[] = [];

  /** Adds what has a date that can be read. Says whether it had. */
  add(
    lane: TimelineLane,
    grid: GridName,
    id: number,
    what: MarkKind,
    from: Text | undefined,
    { to = null, lasts = false, about = null }: { to?: Text; lasts?: boolean; about?: Item['about'] } = {},
  ): boolean {
    const begin = from ? readMoment(from) : null;
    const end = to ? readMoment(to) : null;
    const first = begin ?? end;
    const begun = begin ? from : to;
    if (!first || !begun) return false;
    const told = about ? [readMoment(about.from), readMoment(about.to)] : [];
    const moments = [first, end, ...told].filter((each) => each !== null && each !== undefined);
    this.dated.push({
      lane,
      what,
      grid,
      id,
      from: begun,
      to: begin && end ? to : null,
      isOpen: lasts && end === null,
      about,
      start: Math.min(...moments.map((each) => each.from)),
      end: Math.max(...moments.map((each) => each.to)),
    });
    return true;
  }

  /** A record of which none of its dates could be read. */
  none(lane: TimelineLane, grid: GridName, id: number): void {
    this.undated.push({ lane, grid, id });
  }
}

function gatherItems(database: ReadDatabase, moment: Moment, now: string): Items {
  const found = new Gathered();
  gatherIntelligence(database, found);
  gatherCrimes(database, found);
  gatherCustody(database, found);
  gatherSafeguarding(database, found);
  gatherLines(database, found);
  gatherWarrants(database, found);
  gatherDay(database, found);
  gatherPlan(database, found);
  for (const clock of readClocks(database, moment, now)) {
    // Warrants and actions stand in lanes of their own.
    if (clock.kind === 'warrant' || clock.kind === 'action') continue;
    const row = parseRef(clock.ref);
    if (row)
      found.add('clocks', row.grid.name, row.id, 'clock', clock.from ?? clock.due, {
        to: clock.due,
      });
  }
  found.dated.sort((x, y) => x.start - y.start || x.id - y.id);
  let subjects: ReadonlyMap<string, readonly number[]> | undefined;
  return {
    dated: found.dated,
    undated: found.undated,
    naming(key) {
      subjects ??= readSubjects(database);
      return subjects.get(key) ?? [];
    },
  };
}

function gatherIntelligence(database: ReadDatabase, found: Gathered): void {
  for (const row of all<Row>(
    database,
    'SELECT id, report_date AS report, info_from AS "from", info_to AS "to" FROM intelligence',
  )) {
    const [from, to] = [row.from ?? row.to ?? null, row.to ?? row.from ?? null];
    const hasPeriod = from !== null && to !== null && readMoment(from) !== null && readMoment(to) !== null;
    const isReported = found.add('intelligence', 'intelligence', row.id, 'intelligence', row.report, {
      about: hasPeriod ? { from, to } : null,
    });
    if (isReported) continue;
    if (
      !found.add('intelligence', 'intelligence', row.id, 'information', from, { to: from === to ? null : to })
    )
      found.none('intelligence', 'intelligence', row.id);
  }
}

/** Items by the names among their subjects. */
function readSubjects(database: ReadDatabase): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const { id, subjects } of all<{ id: number; subjects: string }>(
    database,
    'SELECT id, subjects FROM intelligence WHERE subjects IS NOT NULL ORDER BY id',
  )) {
    // "HARROWBY, Jo; Tam Fenwick" and "Jo Harrowby, Tam Fenwick" are both written.
    const parts = subjects
      .split(/[;/|\n]/)
      .flatMap((part) => (part.includes(',') ? [part, ...part.split(',')] : [part]));
    for (const key of new Set(parts.map(nameKey))) {
      const ids = found.get(key);
      if (ids) ids.push(id);
      else found.set(key, [id]);
    }
  }
  return found;
}

function gatherCrimes(database: ReadDatabase, found: Gathered): void {
  for (const { id, date, month } of all<Row>(database, 'SELECT id, date, month FROM crime'))
    if (
      !found.add('crimes', 'crimes', id, 'crime', date) &&
      !found.add('crimes', 'crimes', id, 'crime', month)
    )
      found.none('crimes', 'crimes', id);
}

function gatherCustody(database: ReadDatabase, found: Gathered): void {
  for (const { id, from, to } of all<Row>(
    database,
    'SELECT id, arrested_at AS "from", released_at AS "to" FROM custody',
  ))
    if (!found.add('custody', 'custody', id, 'custody', from, { to: to ?? null, lasts: true }))
      found.none('custody', 'custody', id);
  // An arrest of the day whose custody record was imported stands once, as that record.
  for (const row of all<Row>(
    database,
    `SELECT id, coalesce(arrested_at, detention_from) AS arrested, charged_at AS charged,
       custody_number IN (SELECT custody_number FROM custody WHERE custody_number IS NOT NULL) AS twice FROM arrest`,
  )) {
    const arrested = row.twice ? false : found.add('custody', 'arrests', row.id, 'arrest', row.arrested);
    const charged = found.add('custody', 'arrests', row.id, 'charge', row.charged);
    if (!arrested && !charged && !row.twice) found.none('custody', 'arrests', row.id);
  }
  for (const { id, on } of all<Row>(database, 'SELECT id, hearing_on AS "on" FROM court_outcome'))
    if (!found.add('custody', 'outcomes', id, 'hearing', on)) found.none('custody', 'outcomes', id);
}

/** Only what the source itself calls missing: the words of a concern are left to the reader. */
const isMissing = (category: Text | undefined) => /\b(missing|misper)\b/i.test(category ?? '');

function gatherSafeguarding(database: ReadDatabase, found: Gathered): void {
  for (const { id, date, category } of all<Row>(database, 'SELECT id, date, category FROM referral')) {
    const what = isMissing(category) ? 'missing' : 'referral';
    if (!found.add('safeguarding', 'referrals', id, what, date)) found.none('safeguarding', 'referrals', id);
  }
  for (const row of all<Row>(
    database,
    `SELECT id, referred_on AS referred, notified_on AS notified, reasonable_grounds_on AS reasonable,
       conclusive_grounds_on AS conclusive FROM safeguarding`,
  )) {
    const added = (
      [
        ['nrm-referred', row.referred],
        ['nrm-notified', row.notified],
        ['reasonable-grounds', row.reasonable],
        ['conclusive-grounds', row.conclusive],
      ] as const
    ).map(([what, date]) => found.add('safeguarding', 'safeguarding', row.id, what, date));
    if (!added.includes(true)) found.none('safeguarding', 'safeguarding', row.id);
  }
}

function gatherLines(database: ReadDatabase, found: Gathered): void {
  for (const row of all<Row>(
    database,
    `SELECT id, first_active AS first, last_active AS last, closed_on AS closed, holder_charged_on AS charged,
       ddtro_applied_on AS applied, ddtro_made_on AS made, confirmed_dead_on AS dead, check_back_on AS "check"
     FROM deal_line`,
  )) {
    const active = found.add('lines', 'lines', row.id, 'line-active', row.first, {
      to: row.last ?? null,
      lasts: true,
    });
    const added = (
      [
        ['line-closed', row.closed],
        ['holder-charged', row.charged],
        ['ddtro-applied', row.applied],
        ['ddtro-made', row.made],
        ['line-dead', row.dead],
        ['line-check', row.check],
      ] as const
    ).map(([what, date]) => found.add('lines', 'lines', row.id, what, date));
    if (!active && !added.includes(true)) found.none('lines', 'lines', row.id);
  }
  for (const { id, from, to } of all<Row>(
    database,
    'SELECT id, used_from AS "from", used_to AS "to" FROM line_number',
  ))
    if (!found.add('lines', 'lineNumbers', id, 'line-number', from, { to: to ?? null, lasts: true }))
      found.none('lines', 'lineNumbers', id);
}

function gatherWarrants(database: ReadDatabase, found: Gathered): void {
  const strike = strikeOf(database);
  for (const row of all<Row>(
    database,
    'SELECT id, power, issued, expires, strike, executed_at AS executed, returned_at AS returned FROM warrant',
  )) {
    const last = lastDayOf({
      power: row.power ?? null,
      issued: row.issued ?? null,
      expires: row.expires ?? null,
    });
    const added = [
      found.add('warrants', 'warrants', row.id, 'warrant', row.issued, { to: last, lasts: true }),
      found.add('warrants', 'warrants', row.id, 'executed', row.executed),
      found.add('warrants', 'warrants', row.id, 'returned', row.returned),
      row.strike !== strike && found.add('warrants', 'warrants', row.id, 'warrant-strike', row.strike),
    ];
    if (!added.includes(true)) found.none('warrants', 'warrants', row.id);
  }
}

/** The strike of the operation as it is kept, or null. */
export function strikeOf(database: ReadDatabase): string | null {
  return get<{ strike: Text }>(database, 'SELECT strike FROM operation WHERE id = 1')?.strike ?? null;
}

function gatherDay(database: ReadDatabase, found: Gathered): void {
  found.add('day', 'operation', 1, 'strike', strikeOf(database));
  // A team without times is on the board, where they are set.
  for (const row of all<Row>(
    database,
    'SELECT id, coalesce(brief_at, strike_at) AS "from", finish_at AS "to" FROM team',
  ))
    found.add('day', 'teams', row.id, 'team', row.from, { to: row.to ?? null, lasts: row.from !== null });
  for (const { id, from, to } of all<Row>(
    database,
    'SELECT id, entered_at AS "from", left_at AS "to" FROM result',
  ))
    if (!found.add('day', 'results', id, 'entry', from, { to: to ?? null })) found.none('day', 'results', id);
  for (const { id, at } of all<Row>(database, 'SELECT id, seized_at AS at FROM seizure'))
    if (!found.add('day', 'seizures', id, 'seizure', at)) found.none('day', 'seizures', id);
}

function gatherPlan(database: ReadDatabase, found: Gathered): void {
  for (const { id, due } of all<Row>(database, 'SELECT id, due FROM action'))
    if (!found.add('plan', 'actions', id, 'action', due)) found.none('plan', 'actions', id);
  for (const { id, at } of all<Row>(database, 'SELECT id, decided_at AS at FROM decision'))
    if (!found.add('plan', 'decisions', id, 'decision', at)) found.none('plan', 'decisions', id);
  for (const { id, until } of all<Row>(
    database,
    'SELECT id, closure_order_until AS until FROM premises WHERE closure_order_until IS NOT NULL',
  ))
    found.add('plan', 'premises', id, 'closure-order', until);
}

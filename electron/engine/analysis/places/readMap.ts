/** Everything that can be put on the map, in one reading, and what cannot, by reason. */
import type { Placed, PlacesMap, Unplaced } from '../../../../shared/contract/areas/places.ts';
import { findPostcodes } from '../../../../shared/domain/postcode.ts';
import { grids, makeRef } from '../../../../shared/grid/grids.ts';
import type { Where } from '../../../../shared/grid/query.ts';
import { labelOf as labelOfCode } from '../../../../shared/reference/codeLists.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import { labelOf } from '../../database/queries/rows.ts';
import { wherePart } from '../../database/queries/where.ts';
import { all } from '../../database/sql.ts';
import { oncePerState } from '../../database/stateMemo.ts';
import { type NoPlace, type Place, Placing, type Whereabouts } from './placing.ts';
import { type PremisesRow, readWhoIsThere, type WhoIsThere } from './whoIsThere.ts';

export interface MapWhere {
  premises?: Where | undefined;
  people?: Where | undefined;
  crimes?: Where | undefined;
  warrants?: Where | undefined;
}

/** More of one kind than this is no picture any more; the rest is counted. */
const mostOfAKind = 30_000;
/** Things of one kind without a place that are listed by name. */
const mostUnplaced = 2000;

/** @throws AppError `usage` for a filter that a grid does not have. */
export function readMap(database: ReadDatabase, moment: Moment, where: MapWhere = {}): PlacesMap {
  const page = new Page(database);
  const there = readWhoIsThere(database, moment);
  const places = placePremises(page, moment, there, where.premises);
  placePeople(page, moment, there, places, where.people);
  placeWarrants(page, moment, places, where.warrants);
  placeCrimes(page, moment, where.crimes);
  placeCells(page);
  return page.map;
}

type Thing = Omit<Placed, keyof Place>;

class Page {
  readonly database: ReadDatabase;
  readonly placing: Placing;
  readonly map: PlacesMap = { placed: [], unplaced: [], unplacedCounts: {}, leftOut: {} };
  private readonly counts = new Map<string, number>();
  private readonly listed = new Map<string, number>();

  constructor(database: ReadDatabase) {
    this.database = database;
    this.placing = new Placing(database);
  }

  put(thing: Thing, place: Place | NoPlace): void {
    const { kind, ref, label } = thing;
    const { placed, unplaced, unplacedCounts, leftOut } = this.map;
    if ('reason' in place) {
      unplacedCounts[place.reason] = (unplacedCounts[place.reason] ?? 0) + 1;
      const named: Unplaced = { ref, kind, label, ...place };
      const listed = this.listed.get(kind) ?? 0;
      if (listed >= mostUnplaced) return;
      this.listed.set(kind, listed + 1);
      unplaced.push(named);
      return;
    }
    const shown = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, shown);
    if (shown > mostOfAKind) leftOut[kind] = shown - mostOfAKind;
    else placed.push({ ...thing, ...place });
  }
}

const premisesLabel = (row: PremisesRow) => labelOf(grids.premises, { ...row });

/** The place of every premises, those among them that the filter leaves out. */
function placePremises(
  page: Page,
  moment: Moment,
  there: WhoIsThere,
  where: Where | undefined,
): ReadonlyMap<string, { label: string; place: Place | NoPlace; safeguarding: string }> {
  const shown = where ? idsWhere(page.database, 'premises', where, moment) : null;
  const places = new Map<string, { label: string; place: Place | NoPlace; safeguarding: string }>();
  for (const [ref, row] of there.premises) {
    const place = page.placing.place(row);
    const label = premisesLabel(row);
    const safeguarding = there.safeguardingOf(row);
    places.set(ref, { label, place, safeguarding });
    if (shown && !shown.has(row.id)) continue;
    page.put(
      {
        ref,
        kind: 'premises',
        label,
        ...(there.planned.has(ref) ? { planned: true } : {}),
        ...(safeguarding === '' ? {} : { safeguarding }),
      },
      place,
    );
  }
  return places;
}

type Places = ReturnType<typeof placePremises>;

/** People at the premises that rows of evidence or the plan link with them: once for each. */
function placePeople(
  page: Page,
  moment: Moment,
  there: WhoIsThere,
  places: Places,
  where: Where | undefined,
): void {
  const shown = where ? idsWhere(page.database, 'people', where, moment) : null;
  for (const [ref, person] of there.people) {
    if (shown && !shown.has(person.id)) continue;
    const label = person.name ?? ref;
    const safeguarding = there.protectionOf(person);
    const thing: Thing = { ref, kind: 'person', label, ...(safeguarding === '' ? {} : { safeguarding }) };
    const homes = [...(there.premisesOf.get(ref) ?? [])].flatMap((premises) => {
      const known = places.get(premises);
      return known ? [{ premises, ...known }] : [];
    });
    const placed = homes.filter(({ place }) => !('reason' in place));
    for (const { premises, place } of placed) page.put({ ...thing, via: premises }, place);
    if (placed.length === 0) page.put(thing, homes[0]?.place ?? { reason: 'nothing', by: '' });
  }
}

function placeWarrants(page: Page, moment: Moment, places: Places, where: Where | undefined): void {
  const { sql, parameters } = wherePart(grids.warrants, where, moment);
  const rows = all<{
    id: number;
    number: string | null;
    power: string | null;
    premises: string | null;
    premisesText: string | null;
  }>(
    page.database,
    `SELECT t.id, t.number, t.power, t.premises, t.premises_text AS premisesText FROM warrant AS t WHERE ${sql} ORDER BY t.id`,
    ...parameters,
  );
  for (const row of rows) {
    const ref = makeRef('warrants', row.id);
    const label = row.number ?? (row.power === null ? ref : labelOfCode('power', row.power));
    const known = row.premises === null ? undefined : places.get(row.premises);
    page.put(
      {
        ref,
        kind: 'warrant',
        label,
        ...(known && row.premises ? { via: row.premises } : {}),
        ...(known?.safeguarding ? { safeguarding: known.safeguarding } : {}),
      },
      known?.place ?? page.placing.place({ postcode: onlyPostcode(row.premisesText) }),
    );
  }
}

/** The postcode of a text; none where it names several. */
function onlyPostcode(text: string | null): string | null {
  const found = new Set(findPostcodes(text ?? ''));
  return found.size === 1 ? ([...found][0] ?? null) : null;
}

function placeCrimes(page: Page, moment: Moment, where: Where | undefined): void {
  const { sql, parameters } = wherePart(grids.crimes, where, moment);
  const rows = all<
    Whereabouts & {
      id: number;
      crimeId: string | null;
      type: string | null;
      location: string | null;
      date: string | null;
      month: string | null;
    }
  >(
    page.database,
    `SELECT t.id, t.crime_id AS crimeId, t.type, t.location, t.date, t.month, t.latitude, t.longitude
     FROM crime AS t WHERE ${sql} ORDER BY t.id`,
    ...parameters,
  );
  for (const row of rows) {
    const ref = makeRef('crimes', row.id);
    const on = row.date ?? row.month;
    const label = [row.type ?? row.crimeId ?? ref, row.location].filter((part) => part).join(', ');
    page.put(
      { ref, kind: 'crime', label: label.slice(0, 120), ...(on ? { on } : {}) },
      page.placing.place({ ...row, postcode: onlyPostcode(row.location) }),
    );
  }
}

/**
 * Cells of call data whose name holds a postcode. That is where the mast is said to stand; the area that it serves is
 * not in call data, so nothing is drawn of it.
 */
function placeCells(page: Page): void {
  for (const { text, rows } of oncePerState(page.database, 'cellsWithPostcode', () =>
    cellsOf(page.database),
  )) {
    const postcode = onlyPostcode(text);
    page.put({ ref: text, kind: 'cell', label: text.slice(0, 120), rows }, page.placing.place({ postcode }));
  }
}

function cellsOf(database: ReadDatabase): { text: string; rows: number }[] {
  const texts = all<{ id: number; text: string }>(
    database,
    "SELECT id, value AS text FROM call_text WHERE value GLOB '*[0-9]*'",
  ).filter(({ text }) => onlyPostcode(text) !== null);
  if (texts.length === 0) return [];
  const counts = new Map(
    all<{ id: number; rows: number }>(
      database,
      `SELECT cell_name AS id, count(*) AS rows FROM communication
       WHERE cell_name IN (SELECT value FROM json_each(?)) GROUP BY cell_name`,
      JSON.stringify(texts.map(({ id }) => id)),
    ).map(({ id, rows }) => [id, rows]),
  );
  return texts.flatMap(({ id, text }) => {
    const rows = counts.get(id) ?? 0;
    return rows > 0 ? [{ text, rows }] : [];
  });
}

function idsWhere(
  database: ReadDatabase,
  name: 'premises' | 'people',
  where: Where,
  moment: Moment,
): ReadonlySet<number> {
  const { sql, parameters } = wherePart(grids[name], where, moment);
  const table = name === 'people' ? 'person' : 'premises';
  return new Set(
    all<{ id: number }>(database, `SELECT t.id FROM ${table} AS t WHERE ${sql}`, ...parameters).map(
      ({ id }) => id,
    ),
  );
}

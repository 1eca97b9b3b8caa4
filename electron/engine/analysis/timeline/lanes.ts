/**
 * The timeline: calls, intelligence, crimes, custody, safeguarding, lines, warrants and the plan on one axis of the UK
 * clock. Followed records have lanes of their own, so that the calls of a line stand above the custody of a person.
 *
 *     drawTimeline(session, moment, { refs: ['LINE-1', 'NOM-3'], from: '2026-09-01', to: '2026-09-30' })
 */
import type {
  Timeline,
  TimelineGroup,
  TimelineLaneView,
  TimelineMark,
  TimelineRequest,
} from '../../../../shared/contract/areas/timeline.ts';
import { AppError } from '../../../../shared/contract/errors.ts';

import { cutsOf, grainFor, isoOfSeconds, readMoment, startOf } from '../../../../shared/domain/timeGrain.ts';
import type { TimelineLane } from '../../../../shared/domain/timelineKinds.ts';
import { timelineLanes } from '../../../../shared/domain/timelineKinds.ts';
import { makeRef } from '../../../../shared/grid/grids.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import { readLabels } from '../../database/queries/rows.ts';
import type { Session } from '../../session.ts';
import { now } from '../../session.ts';
import type { Work } from '../calls/callStudy.ts';
import { openStudy } from '../calls/callStudy.ts';
import type { CallTable } from '../calls/callTable.ts';
import { silencesOf } from '../calls/silences.ts';
import type { Study } from '../calls/study.ts';
import { day } from '../calls/study.ts';
import type { CallRows, CallsInView, Pieces } from './callLane.ts';
import { Counts, countCalls, piecesOf, rowsOfPhones } from './callLane.ts';
import type { Values } from './describe.ts';
import { namedIn, readValues } from './describe.ts';
import type { Followed, Narrowed } from './followed.ts';
import { follow, narrow } from './followed.ts';
import type { Item, Items } from './items.ts';
import { readItems, strikeOf } from './items.ts';

/** A lane with more marks in view is counted by pieces of time. */
const mostMarks = 2000;
/** From so many on the page gets counts beside the marks, for where they do not fit. */
const marksWithCounts = 100;
/** Calls by themselves only where they can be told apart. */
const mostCalls = 600;
/** Pieces of the strip that shows the whole extent. */
const overviewPieces = 240;
/** What is in view at first, at most. */
const firstYears = 2;
/** Phones of which silences are worked out. */
const mostSilencePhones = 12;

interface View {
  from: number;
  to: number;
}

/** One group before it is drawn: what it has, wherever it lies. */
interface Content {
  followed: Followed | null;
  dated: readonly Item[];
  undated: ReadonlyMap<TimelineLane, ReadonlyMap<GridName, number>>;
  /** Rows of its calls; none where it has no phones. */
  rows: CallRows;
}

/**
 * @throws AppError `invalid` for a period that ends before it begins or a record that cannot be followed, `not-found`,
 * `cancelled` by the signal.
 */
export async function drawTimeline(
  session: Session,
  moment: Moment,
  request: TimelineRequest,
  work: Work = {},
): Promise<Timeline> {
  const study = await openStudy(session, moment, work);
  const { reader } = session;
  return reader.transaction(() => {
    const items = readItems(reader, moment, now(session));
    const only = request.only ? narrow(reader, study, request.only) : null;
    const asked = (request.refs ?? [])
      .map((ref) => follow(reader, moment, study, items, ref))
      .filter(({ ref }, place, all) => all.findIndex((each) => each.ref === ref) === place);
    const contents = (asked.length > 0 ? asked : [null]).map((followed) =>
      contentOf(study, items, followed, only),
    );
    const strike = strikeOf(reader);
    const extent = extentOf(study, contents, strike);
    const view = viewOf(request, extent, anchorOf(strike, study));
    const grain = grainFor(view.from, view.to, request.bins ?? 200);
    const drawing = new Drawing(session, moment, study, view, piecesOf(cutsOf(view.from, view.to, grain)));
    const groups = contents.map((content) => drawing.group(content));
    return {
      from: isoOfSeconds(view.from),
      to: isoOfSeconds(view.to),
      grain,
      extent: extent ? { from: isoOfSeconds(extent.from), to: isoOfSeconds(extent.to) } : null,
      overview: extent ? overviewOf(study, contents, extent) : [],
      strike,
      groups,
      calls: {
        total: study.table.count - study.table.repeats,
        withoutTime: study.table.withoutTime,
        repeats: study.table.repeats,
      },
      labels: readLabels(reader, drawing.named),
    };
  })();
}

function contentOf(study: Study, items: Items, followed: Followed | null, only: Narrowed | null): Content {
  const belongs = ({ grid, id }: { grid: GridName; id: number }) =>
    (followed === null ||
      followed.beside.get(grid)?.has(id) === true ||
      (grid === 'intelligence' && followed.byName.has(id))) &&
    (only === null || only.beside.get(grid)?.has(id) === true);
  const undated = new Map<TimelineLane, Map<GridName, number>>();
  for (const each of items.undated) {
    if (!belongs(each)) continue;
    const of = undated.get(each.lane) ?? new Map<GridName, number>();
    of.set(each.grid, (of.get(each.grid) ?? 0) + 1);
    undated.set(each.lane, of);
  }
  const isAll = followed === null && only === null;
  return {
    followed,
    dated: isAll ? items.dated : items.dated.filter(belongs),
    undated,
    rows: isAll
      ? null
      : rowsOfPhones(
          study.table,
          followed ? followed.phones : [...(only?.phones ?? [])],
          followed ? (only?.phones ?? null) : null,
        ),
  };
}

/** From the first to the last of everything and the strike, in whole days. */
function extentOf({ table }: Study, contents: readonly Content[], strike: string | null): View | null {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { dated, rows } of contents) {
    const [first, last] =
      rows === null
        ? [table.first, table.last]
        : [table.start[rows[0] ?? -1], table.start[rows.at(-1) ?? -1]];
    // NaN, where there are no calls, is neither less nor more.
    if (first !== undefined && first < from) from = first;
    if (last !== undefined && last > to) to = last;
    for (const item of dated) {
      if (item.start < from) from = item.start;
      if (item.end > to) to = item.end;
    }
  }
  if (from > to) return null;
  // The day that everything is planned for is seen beside whatever is followed.
  const planned = strike === null ? null : readMoment(strike);
  if (planned) [from, to] = [Math.min(from, planned.from), Math.max(to, planned.to + 1)];
  return { from: startOf(from, 'day'), to: Math.max(startOf(to - 1, 'day'), startOf(from, 'day')) + day };
}

/** What is looked at first where there is too much for one view: the strike, else the last call. */
function anchorOf(strike: string | null, { table }: Study): number | null {
  const planned = strike === null ? null : readMoment(strike);
  if (planned) return planned.from;
  return Number.isNaN(table.last) ? null : table.last;
}

/** Everything; of more than two years a year and a half before what matters and half a year after it. */
function firstView(extent: View | null, anchor: number | null): View {
  if (extent === null) return { from: 0, to: day };
  const year = 365 * day;
  if (extent.to - extent.from <= firstYears * year) return extent;
  const about = Math.min(extent.to, Math.max(extent.from, anchor ?? extent.to));
  const from = Math.max(extent.from, startOf(about - (firstYears - 0.5) * year, 'day'));
  return { from, to: Math.min(extent.to, startOf(from + firstYears * year, 'day')) };
}

/** @throws AppError `invalid` for a period that ends before it begins. */
function viewOf(request: TimelineRequest, extent: View | null, anchor: number | null): View {
  const first = firstView(extent, anchor);
  const asked = {
    from: request.from ? readMoment(request.from)?.from : undefined,
    to: request.to ? readMoment(request.to)?.to : undefined,
  };
  const from = asked.from ?? Math.min(first.from, (asked.to ?? first.to) - day);
  const to = asked.to ?? Math.max(first.to, from + day);
  if (from >= to)
    throw new AppError('invalid', 'The period ends before it begins. Give a beginning before the end.');
  return { from, to };
}

/** The strip of a table of calls and what stands beside it: the same for every part of it that is looked at. */
const overviews = new WeakMap<readonly Item[], { table: CallTable; overview: Timeline['overview'] }>();

function overviewOf(study: Study, contents: readonly Content[], extent: View): Timeline['overview'] {
  const [content] = contents;
  if (contents.length > 1 || !content || content.rows !== null) return countOverview(study, contents, extent);
  const known = overviews.get(content.dated);
  if (known?.table === study.table) return known.overview;
  const overview = countOverview(study, contents, extent);
  overviews.set(content.dated, { table: study.table, overview });
  return overview;
}

function countOverview(study: Study, contents: readonly Content[], extent: View): Timeline['overview'] {
  const grain = grainFor(extent.from, extent.to, overviewPieces);
  const cuts = cutsOf(extent.from, extent.to, grain);
  const pieces = piecesOf(cuts);
  const [calls, marks] = [new Counts(pieces), new Counts(pieces)];
  for (const { dated, rows } of contents) {
    countCalls(study.table, rows, extent, calls, 0);
    for (const { start } of dated) marks.add(start);
  }
  return cuts.slice(0, -1).flatMap((cut, place) => {
    const piece = {
      from: isoOfSeconds(cut),
      to: isoOfSeconds(cuts[place + 1] ?? cut),
      calls: calls.at(place),
      marks: marks.at(place),
    };
    return piece.calls + piece.marks > 0 ? [piece] : [];
  });
}

/** Draws groups for one view, and gathers the references that they name. */
class Drawing {
  readonly named = new Set<string>();
  private readonly session: Session;
  private readonly moment: Moment;
  private readonly study: Study;
  private readonly view: View;
  private readonly pieces: Pieces;

  constructor(session: Session, moment: Moment, study: Study, view: View, pieces: Pieces) {
    this.session = session;
    this.moment = moment;
    this.study = study;
    this.view = view;
    this.pieces = pieces;
  }

  group(content: Content): TimelineGroup {
    const { followed, dated, undated } = content;
    const phones = (followed?.phones ?? []).map((phone) => this.phoneRef(phone));
    if (followed) this.named.add(followed.ref);
    for (const phone of phones) this.named.add(phone);
    const byLane = new Map<TimelineLane, Item[]>();
    for (const item of dated) {
      const lane = byLane.get(item.lane);
      if (lane) lane.push(item);
      else byLane.set(item.lane, [item]);
    }
    const lanes = timelineLanes.flatMap((lane) => {
      if (lane === 'calls') return this.callLane(content);
      const own = byLane.get(lane) ?? [];
      const without = [...(undated.get(lane) ?? [])].map(([grid, count]) => ({ grid, count }));
      return own.length + without.length === 0 ? [] : [this.lane(lane, own, without, followed?.byName)];
    });
    return { ref: followed?.ref ?? null, safeguarding: followed?.safeguarding ?? false, phones, lanes };
  }

  private phoneRef(phone: number): string {
    return makeRef('phones', this.study.table.phones[phone]?.id ?? 0);
  }

  private lane(
    lane: TimelineLane,
    items: readonly Item[],
    undated: TimelineLaneView['undated'],
    byName: ReadonlySet<number> | undefined,
  ): TimelineLaneView {
    const inView: Item[] = [];
    let [before, after] = [0, 0];
    for (const item of items) {
      if (item.end < this.view.from || (item.end === this.view.from && item.start < item.end)) before += 1;
      else if (item.start >= this.view.to) after += 1;
      else inView.push(item);
    }
    const isCounted = inView.length > mostMarks;
    return {
      lane,
      inView: inView.length,
      before,
      after,
      undated,
      marks: isCounted ? null : this.marks(inView, byName),
      bins: inView.length > marksWithCounts ? this.countItems(inView) : null,
      silences: [],
    };
  }

  /** What began before the view counts where the view begins. */
  private countItems(items: readonly Item[]) {
    const counts = new Counts(this.pieces);
    for (const { start } of items) counts.add(Math.max(start, this.view.from));
    return counts.bins();
  }

  private marks(items: readonly Item[], byName: ReadonlySet<number> | undefined): TimelineMark[] {
    const ids = new Map<GridName, Set<number>>();
    for (const { grid, id } of items) {
      const of = ids.get(grid) ?? new Set();
      of.add(id);
      ids.set(grid, of);
    }
    const values = new Map(
      [...ids].map(([grid, of]) => [grid, readValues(this.session.reader, grid, [...of], this.moment)]),
    );
    return items.map((item) => ({
      ...this.mark(item, values.get(item.grid)?.get(item.id) ?? {}),
      byName: item.grid === 'intelligence' && byName?.has(item.id) === true,
    }));
  }

  private mark(item: Item, values: Values): Omit<TimelineMark, 'byName'> {
    const ref = makeRef(item.grid, item.id);
    const named = namedIn(item.grid, values);
    this.named.add(ref);
    for (const each of named) this.named.add(each);
    return {
      ref,
      what: item.what,
      from: item.from,
      to: item.to,
      isOpen: item.isOpen,
      about: item.about,
      values,
      safeguarding: named.some((each) => {
        const person = this.study.facts.people.get(each);
        return person !== undefined && (person.isChild || person.isAtRisk);
      }),
    };
  }

  private callLane({ followed, rows }: Content): TimelineLaneView[] {
    const { table } = this.study;
    const counts = new Counts(this.pieces);
    const calls = countCalls(table, rows, this.view, counts, mostCalls);
    if (calls.total === 0) return [];
    const isFew = calls.inView <= mostCalls;
    return [
      {
        lane: 'calls',
        inView: calls.inView,
        before: calls.before,
        after: calls.after,
        undated:
          rows === null && table.withoutTime > 0
            ? [{ grid: 'communications', count: table.withoutTime }]
            : [],
        marks: isFew ? this.callMarks(calls) : null,
        bins: counts.bins(),
        silences: this.silences(followed),
      },
    ];
  }

  private callMarks(calls: CallsInView): TimelineMark[] {
    const { table } = this.study;
    const ids = calls.rows.map((row) => table.id[row] ?? 0);
    const values = readValues(this.session.reader, 'communications', ids, this.moment);
    return calls.rows.map((row) => {
      const [start, seconds] = [table.start[row] ?? 0, table.duration[row] ?? -1];
      const id = table.id[row] ?? 0;
      return {
        ref: makeRef('communications', id),
        what: 'call',
        from: isoOfSeconds(start),
        to: seconds > 0 ? isoOfSeconds(start + seconds) : null,
        isOpen: false,
        about: null,
        values: values.get(id) ?? {},
        safeguarding: false,
        byName: false,
      };
    });
  }

  private silences(followed: Followed | null): TimelineLaneView['silences'] {
    return (followed?.phones ?? []).slice(0, mostSilencePhones).flatMap((phone) =>
      silencesOf(this.study, phone)
        .filter((silence) => silence.to > this.view.from && silence.from < this.view.to)
        .map(({ from, to, isOpen, endsWithReturn }) => ({
          phone: this.phoneRef(phone),
          from: isoOfSeconds(from),
          to: isoOfSeconds(to),
          isOpen,
          endsWithReturn,
        })),
    );
  }
}

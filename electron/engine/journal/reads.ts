/**
 * What a user has looked at in this session, so that the journal says each look once: a grid that is scrolled, a
 * search that is typed letter by letter and a record that the page fetches again are one look each.
 */
import { findColumn, grids, parseRef } from '../../../shared/grid/grids.ts';
import { recordsField } from '../../../shared/grid/narrowing.ts';
import type { GridPage, GridRequest, Where } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { Session } from '../session.ts';
import type { NewEntry } from './journal.ts';
import { appendEntry, appendRead, recordRead } from './journal.ts';
import type { PageView, PendingFind } from './looks.ts';
import { sameView } from './looks.ts';

/** A search is recorded when its text has stood for so long. */
const settled = 1500;
/** Rows of a small result are named, so that their own histories tell of the search. */
const mostNamed = 50;

const count = (value: number) => value.toLocaleString('en-GB');

/**
 * A page of a grid with people was shown. The first page is recorded at once; how far somebody scrolled follows when
 * the view ends.
 */
export function recordPage(
  session: Session,
  request: GridRequest,
  page: Pick<GridPage, 'total' | 'rows'>,
): void {
  const grid = grids[request.grid];
  if (!grid.personal || page.rows.length === 0) return;
  const searched = Object.keys(request.where ?? {}).length > 0;
  const key = JSON.stringify(request.where ?? {});
  const at = Date.parse(session.clock());
  const shown = (request.offset ?? 0) + page.rows.length;
  const before = session.reads.pages.get(request.grid);
  if (before && before.key === key && at - before.at < sameView) {
    before.at = at;
    before.shown = Math.max(before.shown, shown);
    before.found = page.total;
    return;
  }
  if (before) recordScrolled(session, before, appendRead);
  session.reads.pages.set(request.grid, {
    grid: request.grid,
    key,
    found: page.total,
    shown,
    recorded: shown,
    at,
  });
  const refs = page.total <= mostNamed ? page.rows.map(({ ref }) => ref) : [];
  appendRead(session, {
    operation: 'consultation',
    method: 'grids.page',
    target: request.grid,
    summary: `${searched ? 'Searched' : 'Looked through'} ${grid.title}: ${count(page.total)} found, ${count(shown)} shown`,
    ...(searched ? { after: { where: toldWhere(request.where ?? {}) } } : {}),
    rows: rowsOf(refs),
  });
}

/** The filter as an entry keeps it. Of many records that narrow everything the first are named, and how many there are. */
function toldWhere(where: Where): unknown {
  const records = where[recordsField];
  const refs = typeof records === 'object' && records !== null ? (records.in ?? []) : [];
  if (refs.length <= mostNamed) return where;
  return { ...where, [recordsField]: { in: refs.slice(0, mostNamed), of: refs.length } };
}

function recordScrolled(
  session: Session,
  view: PageView,
  append: (session: Session, entry: NewEntry) => unknown,
): void {
  if (view.shown <= view.recorded) return;
  view.recorded = view.shown;
  append(session, {
    operation: 'consultation',
    method: 'grids.page',
    target: view.grid,
    summary: `Went on through ${grids[view.grid].title}: ${count(view.found)} found, ${count(view.shown)} shown`,
    ...(view.key === '{}' ? {} : { after: { where: toldWhere(JSON.parse(view.key) as Where) } }),
  });
}

/**
 * A search over every grid was answered. Recorded when the text stands still. An original row (`row`) is about
 * whomever was read from it.
 */
export function recordFind(
  session: Session,
  method: PendingFind['method'],
  text: string,
  matches: readonly {
    ref: string;
    grid: GridName;
    row?: number | undefined;
    records?: string[] | undefined;
  }[],
): void {
  const trimmed = text.trim();
  const refs = new Set(
    matches.flatMap(({ ref, grid, row, records }) =>
      row === undefined ? (grids[grid].personal ? [ref] : []) : (records ?? []),
    ),
  );
  const shown = new Set(matches.map(({ ref, row }) => `${ref} ${row ?? ''}`));
  const showsPeople = refs.size > 0 || matches.some(({ row }) => row !== undefined);
  const before = session.reads.find;
  if (before) {
    clearTimeout(before.timer);
    session.reads.find = null;
    if (before.method === method && before.text === trimmed) {
      // The next page of the same search, or the same page again.
      for (const ref of before.refs) refs.add(ref);
      for (const row of before.shown) shown.add(row);
    }
    // Another word, and not the same one typed on: the earlier search stood by itself.
    else if (
      !trimmed.startsWith(before.text) &&
      !before.text.startsWith(trimmed) &&
      isNewFind(session, before)
    )
      appendRead(session, findEntry(before));
  }
  if (!showsPeople) return;
  const pending: PendingFind = {
    method,
    text: trimmed,
    shown,
    refs,
    timer: setTimeout(() => {
      if (session.reads.find !== pending) return;
      session.reads.find = null;
      if (isNewFind(session, pending)) appendRead(session, findEntry(pending));
    }, settled),
  };
  pending.timer.unref();
  session.reads.find = pending;
}

/** False where the view of the search has only fetched the same results again, as it does after each change. */
function isNewFind(session: Session, { method, text, shown }: PendingFind): boolean {
  if (method !== 'search.find') return true;
  const look = { method, target: text, summary: [...shown].sort().join() };
  return !session.reads.lookedJustNow(look, [], Date.parse(session.clock()), sameView);
}

function findEntry(find: PendingFind): NewEntry {
  return {
    operation: 'consultation',
    method: find.method,
    summary: `${find.method === 'search.find' ? 'Searched everything' : 'Searched by name and number'}: ${count(find.shown.size)} shown`,
    after: { text: find.text },
    rows: rowsOf([...find.refs].slice(0, mostNamed)),
  };
}

const rowsOf = (refs: readonly string[]) =>
  refs.flatMap((ref) => {
    const found = parseRef(ref);
    return found ? [{ grid: found.grid.name, id: found.id }] : [];
  });

/**
 * Records what is not recorded yet: before the workspace closes and before the journal is read. While an import holds
 * the writer it waits for the next time.
 */
export function settleReads(session: Session): void {
  if (session.writer.inTransaction) return;
  const { pages } = session.reads;
  const waiting = session.reads.find;
  session.reads.find = null;
  if (waiting) clearTimeout(waiting.timer);
  const find = waiting && isNewFind(session, waiting) ? waiting : null;
  const behind = [...pages.values()].filter((view) => view.shown > view.recorded);
  if (!find && behind.length === 0) return;
  session.writer.transaction(() => {
    if (find) appendEntry(session, findEntry(find));
    for (const view of behind) recordScrolled(session, view, appendEntry);
  })();
}

/** The values of a column were listed. Codes and dates say who nobody is; names and numbers do. */
export function recordValues(session: Session, name: GridName, field: string, shown: number): void {
  const column = findColumn(grids[name], field);
  if (!grids[name].personal || !column || column.codes !== undefined || shown === 0) return;
  recordRead(session, {
    operation: 'consultation',
    method: 'grids.values',
    target: name,
    summary: `Listed the values of ${column.title} in ${grids[name].title}`,
  });
}

/** A photograph was shown by itself; beside the record that it is of it is part of that look. */
export function recordPhotograph(session: Session, ref: string, id: string): void {
  const found = parseRef(ref);
  if (!found?.grid.personal) return;
  recordRead(
    session,
    {
      operation: 'consultation',
      method: 'records.photograph',
      target: ref,
      summary: `Looked at photograph ${id} of ${ref}`,
      rows: rowsOf([ref]),
    },
    ['records.show', 'records.dossier'],
  );
}

/** Records a method that only shows something, in the words of the contract: once for a look. */
export function recordLooked(session: Session, method: string, words: string, input: unknown): void {
  const { ref } = (input ?? {}) as { ref?: unknown };
  const found = typeof ref === 'string' ? parseRef(ref) : null;
  const entry: NewEntry = {
    operation: 'consultation',
    method,
    summary: words,
    ...(found ? { target: String(ref), rows: [{ grid: found.grid.name, id: found.id }] } : {}),
  };
  if (session.reads.lookedJustNow(entry, [], Date.parse(session.clock()), sameView)) return;
  appendRead(session, entry);
}

/**
 * Keeps the index in step with the rows. Work is done in short transactions of the writer, never while another
 * transaction of it is open, so that an import is not held up and the window goes on answering.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import { grids, numbersPerCopy } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import type { OpenBlock } from '../database/queries/evidence.ts';
import { readBlock } from '../database/queries/evidence.ts';
import { all, get, identifier, prepare, run } from '../database/sql.ts';
import type { SheetIndex } from './documents.ts';
import { cellWords, readDocument, readSheetIndex } from './documents.ts';
import { gridNumber, gridsPerRow, indexVersion, placeOf, wholeGrids } from './places.ts';
import type { QueueItem } from './queue.ts';
import { countWaiting, noteChange, readQueue, settle } from './queue.ts';
import { isKept, soundOf } from './vocabulary.ts';

/** Rows between two looks at the clock. */
const rowsPerLook = 25;

/** Makes sure that the index is one of this version; empties it and has everything built again when it is not. */
export function ensureIndex(database: WriteDatabase): void {
  const version = get<{ value: string }>(database, "SELECT value FROM search_state WHERE key = 'version'");
  if (version?.value !== indexVersion) rebuildIndex(database);
}

/** Empties the index and queues every row. What was erased is in no part of the index afterwards. */
export function rebuildIndex(database: WriteDatabase): void {
  database.transaction(() => {
    for (const table of ['search_word', 'search_part', 'search_cell'])
      run(database, `INSERT INTO ${table} (${table}) VALUES ('delete-all')`);
    for (const table of ['search_doc', 'search_term', 'search_queue']) run(database, `DELETE FROM ${table}`);
    for (const grid of wholeGrids) {
      if (grid === 'sources') continue;
      for (const { first, last } of runsOf(database, grid)) noteChange(database, grid, first, last);
    }
    nextEdition(database);
    run(
      database,
      "INSERT INTO search_queue (what, first, last) SELECT 'sheet', id, id FROM source_sheet ORDER BY id",
    );
    run(
      database,
      "INSERT INTO search_state (key, value) VALUES ('version', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      indexVersion,
    );
  })();
}

/** Words went: whoever keeps them in memory has to read them again. */
function nextEdition(database: WriteDatabase): void {
  run(
    database,
    `INSERT INTO search_state (key, value) VALUES ('edition', '1')
     ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1`,
  );
}

/** First and last number of the rows of a grid, for each copy of the operation that gave numbers. */
function runsOf(database: ReadDatabase, grid: GridName): { first: number; last: number }[] {
  return all(
    database,
    `SELECT min(id) AS first, max(id) AS last FROM ${identifier(grids[grid].table)} GROUP BY id / ${numbersPerCopy}`,
  );
}

/** Grids of which the index holds another number of rows than there are. Nothing may wait. */
export function misfits(database: ReadDatabase): GridName[] {
  const held = new Map(
    all<{ grid: number; rows: number }>(
      database,
      `SELECT id % ${gridsPerRow} AS grid, count(*) AS rows FROM search_doc GROUP BY 1`,
    ).map(({ grid, rows }) => [grid, rows]),
  );
  return wholeGrids.filter((grid) => {
    const there = get<{ rows: number }>(
      database,
      `SELECT count(*) AS rows FROM ${identifier(grids[grid].table)}`,
    );
    return (held.get(gridNumber(grid)) ?? 0) !== there?.rows;
  });
}

export interface Progressed {
  /** Rows that were done in this piece of work. */
  done: number;
  /** Rows that are still to be done; 0 when the index is in step. */
  waiting: number;
}

/** Whether a piece of work can be done now. */
export const canWork = (database: WriteDatabase): boolean => database.open && !database.inTransaction;

/**
 * Does a piece of the waiting work in a transaction of its own, and stops about `milliseconds` later.
 * @throws AppError `busy` while another transaction of the writer is open: see `canWork`.
 */
export function catchUp(database: WriteDatabase, milliseconds: number): Progressed {
  if (!canWork(database)) throw new AppError('busy', 'The index follows when the import is done.');
  const until = performance.now() + milliseconds;
  let done = 0;
  const work = new Work(database);
  const waiting = database.transaction(() => {
    for (;;) {
      const items = readQueue(database, 500);
      if (items.length === 0) return 0;
      for (const item of items) {
        done += work.do(item, until);
        if (performance.now() >= until) return countWaiting(database);
      }
    }
  })();
  return { done, waiting };
}

class Work {
  private readonly database: WriteDatabase;
  private sheets: SheetIndex | undefined;
  /** Words of this piece of work that are in the vocabulary already. */
  private readonly known = new Set<string>();
  private readonly names = new Set<string>();
  constructor(database: WriteDatabase) {
    this.database = database;
  }

  /** Does an item, or as much of it as there is time for; returns how many rows. */
  do(item: QueueItem, until: number): number {
    switch (item.what) {
      case 'sheet':
        return this.openSheet(item);
      case 'gone':
        return this.removeEvidence(item, until);
      case 'cells':
        return this.readCells(item, until);
      case 'left':
        return this.readLeft(item);
      case 'messages':
        return this.readMessages(item, until);
      case 'words':
        return this.forgetWords(item, until);
      default:
        return this.readRows(item, item.what, until);
    }
  }

  private sheetIndex(): SheetIndex {
    this.sheets ??= readSheetIndex(this.database);
    return this.sheets;
  }

  private readRows(item: QueueItem, grid: GridName, until: number): number {
    if (item.first === item.last) {
      this.indexRow(grid, item.first);
      settle(this.database, item, null);
      return 1;
    }
    let done = 0;
    for (let from = item.first; ; ) {
      const rows = all<{ id: number }>(
        this.database,
        `SELECT id FROM ${identifier(grids[grid].table)} WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?`,
        from,
        item.last,
        rowsPerLook,
      );
      for (const { id } of rows) this.indexRow(grid, id);
      done += rows.length;
      const last = rows.at(-1);
      if (!last || rows.length < rowsPerLook || last.id >= item.last) break;
      from = last.id + 1;
      if (performance.now() < until) continue;
      settle(this.database, item, from);
      return done;
    }
    settle(this.database, item, null);
    return done;
  }

  private indexRow(grid: GridName, id: number): void {
    const { database } = this;
    const place = placeOf(grid, id);
    const document = readDocument(database, grid, id, this.sheetIndex());
    const isHeld = get(database, 'SELECT 1 FROM search_doc WHERE id = ?', place) !== undefined;
    if (isHeld) this.remove(place);
    if (!document) return;
    const name = document.name.join(' ');
    const body = document.body.join(' ');
    if (name !== '' || body !== '')
      prepare(database, 'INSERT INTO search_word (rowid, name, body) VALUES (?, ?, ?)').run(
        place,
        name,
        body,
      );
    if (document.parts.size > 0)
      prepare(database, 'INSERT INTO search_part (rowid, parts) VALUES (?, ?)').run(
        place,
        [...document.parts].map((part) => `^${part}$`).join(' '),
      );
    prepare(database, 'INSERT INTO search_doc (id, day, grade, sheets) VALUES (?, ?, ?, ?)').run(
      place,
      document.day,
      document.grade,
      document.sheets.size > 0 ? `,${[...document.sheets].join(',')},` : null,
    );
    for (const word of document.name) this.learn(word, true);
    for (const word of document.body) this.learn(word, false);
  }

  private learn(word: string, isName: boolean): void {
    if (!isKept(word) || this.names.has(word) || (!isName && this.known.has(word))) return;
    (isName ? this.names : this.known).add(word);
    if (isName)
      prepare(
        this.database,
        `INSERT INTO search_term (word, sound) VALUES (?, ?)
         ON CONFLICT (word) DO UPDATE SET sound = excluded.sound WHERE sound IS NULL AND excluded.sound IS NOT NULL`,
      ).run(word, soundOf(word));
    else prepare(this.database, 'INSERT OR IGNORE INTO search_term (word) VALUES (?)').run(word);
  }

  private remove(place: number): void {
    for (const table of ['search_word', 'search_part'])
      prepare(this.database, `DELETE FROM ${table} WHERE rowid = ?`).run(place);
    prepare(this.database, 'DELETE FROM search_doc WHERE id = ?').run(place);
  }

  /** A sheet that came: itself now, its rows as items of their own. */
  private openSheet(item: QueueItem): number {
    const { database } = this;
    settle(database, item, null);
    this.sheets = undefined;
    const sheet = get<{
      kind: string | null;
      mapping: string;
      first_evidence: number;
      last_evidence: number;
    }>(
      database,
      'SELECT kind, mapping, first_evidence, last_evidence FROM source_sheet WHERE id = ?',
      item.first,
    );
    this.indexRow('sources', item.first);
    if (!sheet || sheet.last_evidence < sheet.first_evidence) return 1;
    if (sheet.kind !== 'communication') {
      noteChange(database, 'cells', sheet.first_evidence, sheet.last_evidence);
      return 1;
    }
    // A call is found by its numbers. What is not in the grid is found by its cells like any other row.
    noteChange(database, 'left', item.first);
    if ((JSON.parse(sheet.mapping) as (string | null)[]).includes('text')) {
      for (const { first, last } of runsOf(database, 'communications'))
        noteChange(database, 'messages', first, last);
    }
    return 1;
  }

  private readCells(item: QueueItem, until: number): number {
    const { database } = this;
    let at = item.first;
    while (at <= item.last) {
      const block = this.blockAt(at);
      if (!block || block.rows.length === 0) {
        // A damaged block is passed over. After a sheet that has gone since there is none of its own.
        const next = get<{ id: number | null }>(
          database,
          'SELECT min(first_id) AS id FROM evidence_block WHERE first_id > ?',
          at,
        )?.id;
        at = Math.min(next ?? item.last + 1, item.last + 1);
        continue;
      }
      for (; at < block.firstId + block.rows.length && at <= item.last; at += 1)
        this.indexCells(at, block.sheetId, block.rows[at - block.firstId]);
      if (at <= item.last && performance.now() >= until) {
        settle(database, item, at);
        return at - item.first;
      }
    }
    settle(database, item, null);
    return at - item.first;
  }

  /** Undefined too where the block is damaged: the check of the workspace says so, and everything else is found. */
  private blockAt(evidenceId: number): OpenBlock | undefined {
    try {
      return readBlock(this.database, evidenceId);
    } catch (error) {
      if (error instanceof AppError && error.code === 'workspace.damaged') return undefined;
      throw error;
    }
  }

  private indexCells(
    evidenceId: number,
    sheetId: number,
    row: readonly [number, readonly (string | [string, string, unknown])[]] | undefined,
  ): void {
    prepare(this.database, 'DELETE FROM search_cell WHERE rowid = ?').run(evidenceId);
    if (!row) return;
    const [number, cells] = row;
    const comments = all<{ text: string }>(
      this.database,
      'SELECT text FROM cell_annotation WHERE sheet_id = ? AND row = ?',
      sheetId,
      number,
    ).map(({ text }) => text);
    const texts = cells.map((cell) => (typeof cell === 'string' ? cell : cell[0]));
    const words = cellWords([...texts, ...comments]);
    if (words.length === 0) return;
    prepare(this.database, 'INSERT INTO search_cell (rowid, cells) VALUES (?, ?)').run(
      evidenceId,
      words.join(' '),
    );
  }

  /** Rows of a sheet of calls that were skipped or rejected. */
  private readLeft(item: QueueItem): number {
    settle(this.database, item, null);
    const rows = all<{ evidence_id: number }>(
      this.database,
      `SELECT DISTINCT evidence_id FROM evidence_issue
       WHERE sheet_id = ? AND outcome IN ('skipped', 'rejected') ORDER BY evidence_id`,
      item.first,
    );
    for (const { evidence_id } of rows) {
      const block = this.blockAt(evidence_id);
      if (block) this.indexCells(evidence_id, block.sheetId, block.rows[evidence_id - block.firstId]);
    }
    return rows.length + 1;
  }

  private readMessages(item: QueueItem, until: number): number {
    const step = 5000;
    for (let from = item.first; from <= item.last; from += step) {
      for (const { id } of all<{ id: number }>(
        this.database,
        'SELECT id FROM communication WHERE id BETWEEN ? AND ? AND text IS NOT NULL',
        from,
        Math.min(item.last, from + step - 1),
      ))
        this.indexRow('communications', id);
      if (from + step <= item.last && performance.now() >= until) {
        settle(this.database, item, from + step);
        return Math.ceil((from + step - item.first) / 100);
      }
    }
    settle(this.database, item, null);
    return Math.ceil((item.last - item.first + 1) / 100);
  }

  /** Evidence that went, and the messages that went with it. */
  private removeEvidence(item: QueueItem, until: number): number {
    const { database } = this;
    const step = 2000;
    for (let from = item.first; from <= item.last; from += step) {
      run(
        database,
        'DELETE FROM search_cell WHERE rowid BETWEEN ? AND ?',
        from,
        Math.min(item.last, from + step - 1),
      );
      if (from + step <= item.last && performance.now() >= until) {
        settle(database, item, from + step);
        return 0;
      }
    }
    settle(database, item, null);
    this.sheets = undefined;
    for (const { id } of all<{ id: number }>(
      database,
      `SELECT id FROM search_doc WHERE id % ${gridsPerRow} = ?
         AND NOT EXISTS (SELECT 1 FROM communication WHERE communication.id = search_doc.id / ${gridsPerRow})`,
      gridNumber('communications'),
    ))
      this.remove(id);
    // One look through all words does for every sheet that went before it.
    run(database, "DELETE FROM search_queue WHERE what = 'words'");
    const last = get<{ id: number | null }>(database, 'SELECT max(id) AS id FROM search_term')?.id;
    if (last != null) noteChange(database, 'words', 1, last);
    return 1;
  }

  /** Words that no row has any more are forgotten: an undone import leaves none of its own. */
  private forgetWords(item: QueueItem, until: number): number {
    const { database } = this;
    const has = prepare(database, 'SELECT 1 FROM search_word WHERE search_word MATCH ? LIMIT 1');
    const step = 100;
    for (let from = item.first; from <= item.last; from += step) {
      for (const { id, word } of all<{ id: number; word: string }>(
        database,
        'SELECT id, word FROM search_term WHERE id BETWEEN ? AND ?',
        from,
        Math.min(item.last, from + step - 1),
      ))
        if (has.get(`"${word}"`) === undefined) run(database, 'DELETE FROM search_term WHERE id = ?', id);
      if (from + step <= item.last && performance.now() >= until) {
        settle(database, item, from + step);
        return 0;
      }
    }
    settle(database, item, null);
    nextEdition(database);
    return 1;
  }
}

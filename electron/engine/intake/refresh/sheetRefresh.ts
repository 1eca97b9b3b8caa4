/**
 * The refresh within an import: which rows of the sheet are taken, and what of the earlier issue then no longer counts.
 * Nothing of the earlier issue is changed or removed; `refreshed_record`, `refreshed_link` and `overruled_value` say
 * what no longer counts, under the number of the import, so that an undo gives back exactly what there was.
 */
import type { SheetReport } from '../../../../shared/contract/schemas.ts';
import { makeRef } from '../../../../shared/grid/grids.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import { kinds } from '../../../../shared/intake/kinds.ts';
import type { WriteDatabase } from '../../database/connection.ts';
import { all, get, prepare, run } from '../../database/sql.ts';
import { placeTouched } from '../../entities/regroup.ts';
import type { Job } from '../job.ts';
import type { SheetRow } from '../readers/types.ts';
import type { Reading } from '../reading.ts';
import type { SheetPlan } from '../readRow.ts';
import { rowReader } from '../readRow.ts';
import type { EarlierPart, EarlierRow } from './earlierRows.ts';
import type { KnownRow } from './knownRow.ts';
import type { ManualConflict, Refresh, Verdict } from './refresh.ts';
import { openRefresh, readingsOf } from './refresh.ts';
import type { RefreshDone } from './refreshDone.ts';
import { areSame } from './rowValues.ts';

type Note = (code: string, message: string, outcome: 'kept' | 'skipped') => void;

/** Begins the refresh that a mapping asks for; null when it asks for none. @throws AppError `mapping.misfit`. */
export async function beginRefresh(
  job: Job,
  sheetId: number,
  plan: SheetPlan,
  tableRows: () => AsyncIterable<{ rows: readonly SheetRow[] }>,
): Promise<SheetRefresh | null> {
  const { mapping, headings } = plan;
  if (!mapping.refresh) return null;
  const { against, key, ...choice } = mapping.refresh;
  const refresh = await openRefresh(
    {
      database: job.session.writer,
      mapping,
      headings,
      choice,
      against,
      key,
      signal: job.signal,
      progress: job.progress,
    },
    () => readingsOf(tableRows(), rowReader(plan)),
  );
  return new SheetRefresh(job, sheetId, refresh);
}

class SheetRefresh {
  private readonly job: Job;
  private readonly sheetId: number;
  private readonly refresh: Refresh;
  private readonly done: RefreshDone;

  constructor(job: Job, sheetId: number, refresh: Refresh) {
    this.job = job;
    this.sheetId = sheetId;
    this.refresh = refresh;
    this.done = { against: refresh.earlier.ref, withdrawn: 0, overruled: [], changed: [] };
    job.refreshes.push(this.done);
  }

  private get writing(): WriteDatabase | null {
    return this.job.mode === 'commit' ? this.job.session.writer : null;
  }

  /** Judges a row to import; false when it is not taken, and then it is accounted for. */
  judge(reading: Reading, row: SheetRow, report: SheetReport, note: Note): Verdict | null {
    const verdict = this.refresh.judge(reading, row);
    if (verdict.state === 'not-compared')
      note('refresh.not-compared', `Imported as a new row: ${verdict.reason}.`, 'kept');
    if (verdict.take) return verdict;
    if (verdict.state === 'unchanged') report.unchanged += 1;
    else {
      report.skipped += 1;
      report.skippedBy['left in review'] = (report.skippedBy['left in review'] ?? 0) + 1;
      note('refresh.left', `Skipped: left in review (${verdict.state}).`, 'skipped');
    }
    return null;
  }

  /** What the import is to know of a row that it takes: of a new one nothing. */
  knownRow(verdict: Verdict, evidenceId: number): KnownRow | undefined {
    const { earlier } = verdict;
    if (!earlier) return undefined;
    return {
      own: earlier.own.rowId,
      linked: (draft) =>
        earlier.parts.find((part) => part.prefix === draft.prefix && areSame(part, draft))?.rowId ?? null,
      placed: (places) => {
        this.supersede(
          earlier,
          evidenceId,
          places.map(({ draft, id }) => ({ prefix: draft.prefix, grid: draft.grid, id })),
        );
        for (const { manual } of verdict.differences) if (manual) this.overrule(manual);
        this.noteChange(earlier, verdict);
      },
    };
  }

  private supersede(
    earlier: EarlierRow,
    evidenceId: number,
    places: readonly { prefix: string; grid: GridName; id: number }[],
  ): void {
    const restated = new Set(places.map((place) => place.prefix));
    for (const part of earlier.parts) {
      // What the later row does not speak of stands: blanks never overwrite.
      if (!restated.has(part.prefix)) continue;
      const again = places.some(
        (place) => place.prefix === part.prefix && place.grid === part.grid && place.id === part.rowId,
      );
      this.setAside(part, again ? 'superseded' : 'withdrawn', evidenceId);
      if (part.prefix !== '') this.setAsideLinks(earlier, part);
    }
  }

  private setAside(part: EarlierPart, state: 'superseded' | 'withdrawn', by: number | null): void {
    this.job.sink.touch(part.grid, part.rowId);
    if (!this.writing) return;
    prepare(
      this.writing,
      'INSERT INTO refreshed_record (evidence_id, prefix, part, state, by_evidence, import) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(part.evidenceId, part.prefix, part.part, state, by, this.job.importId);
  }

  /** Links of an earlier row to a thing that the later row names anew, or no longer names. */
  private setAsideLinks(earlier: EarlierRow, part: EarlierPart): void {
    if (!this.writing) return;
    const relation = kinds[this.refresh.earlier.kind].linked[part.prefix]?.relation ?? '';
    for (const evidenceId of new Set([earlier.evidenceId, part.evidenceId])) {
      const where = 'evidence_id = ? AND b_grid = ? AND coalesce(b_home, b_id) = ? AND relation = ?';
      this.moveLinks(where, evidenceId, part.grid, part.home, relation);
    }
  }

  private moveLinks(where: string, ...parameters: unknown[]): void {
    if (!this.writing) return;
    const { changes } = prepare(
      this.writing,
      `INSERT INTO refreshed_link (link_id, a_grid, a_id, b_grid, b_id, relation, evidence_id, import)
       SELECT id, a_grid, coalesce(a_home, a_id), b_grid, coalesce(b_home, b_id), relation, evidence_id, ?
       FROM link WHERE ${where}`,
    ).run(this.job.importId, ...parameters);
    if (changes > 0) prepare(this.writing, `DELETE FROM link WHERE ${where}`).run(...parameters);
  }

  private overrule(manual: ManualConflict): void {
    const { grid, rowId, field } = manual;
    this.job.sink.touch(grid, rowId);
    for (const { seq } of all<{ seq: number }>(
      this.job.session.writer,
      `SELECT m.seq FROM manual_value m WHERE m.grid = ? AND m.row_id = ? AND m.field = ?
         AND NOT EXISTS (SELECT 1 FROM overruled_value o
           WHERE o.grid = m.grid AND o.row_id = m.row_id AND o.field = m.field AND o.seq = m.seq)`,
      grid,
      rowId,
      field,
    )) {
      this.done.overruled.push({ grid, id: rowId, field, entry: seq });
      if (!this.writing) continue;
      prepare(
        this.writing,
        'INSERT INTO overruled_value (grid, row_id, field, seq, import) VALUES (?, ?, ?, ?, ?)',
      ).run(grid, rowId, field, seq, this.job.importId);
    }
  }

  private noteChange(earlier: EarlierRow, verdict: Verdict): void {
    const changed = new Map<EarlierPart, string[]>();
    for (const { field } of verdict.differences) {
      const dot = field.indexOf('.');
      const prefix = field.slice(0, Math.max(dot, 0));
      // What a new number or address means is for whoever has to do with the person.
      const part = earlier.parts.find((each) => each.prefix === prefix) ?? earlier.own;
      for (const each of new Set([part, earlier.own]))
        changed.set(each, [...(changed.get(each) ?? []), field.slice(dot + 1)]);
    }
    for (const [part, fields] of changed)
      this.addChange(part, this.refresh.since(earlier), [...new Set(fields)]);
  }

  private addChange(part: EarlierPart, since: number, fields: string[]): void {
    if (this.done.changed.length < 100_000)
      this.done.changed.push({ grid: part.grid, id: part.rowId, since, fields });
  }

  /** Once all rows are in: what vanished is withdrawn where that was decided, and the comparison goes into the report. */
  async finish(report: SheetReport): Promise<void> {
    for await (const { take, earlier } of this.refresh.vanished()) if (take) this.withdraw(earlier);
    const { counts, notCompared, earlier } = this.refresh;
    report.refresh = {
      against: earlier.ref,
      counts: { ...counts },
      withdrawn: this.done.withdrawn,
      overruled: this.done.overruled.length,
      notCompared,
    };
    if (this.writing)
      run(
        this.writing,
        'INSERT INTO refresh (sheet_id, against, import) VALUES (?, ?, ?)',
        this.sheetId,
        earlier.id,
        this.job.importId,
      );
  }

  private withdraw(earlier: EarlierRow): void {
    this.done.withdrawn += 1;
    for (const part of earlier.parts) {
      this.setAside(part, 'withdrawn', null);
      this.addChange(part, this.refresh.since(earlier), []);
    }
    for (const evidenceId of new Set(earlier.parts.map((part) => part.evidenceId)))
      this.moveLinks('evidence_id = ?', evidenceId);
  }
}

/**
 * Gives back what the refreshes of an import set aside, and names the rows that have to be computed again. Inside the
 * transaction of the undo, before they are.
 */
export function undoRefreshes(database: WriteDatabase, importId: number): { grid: GridName; id: number }[] {
  const rows = all<{ grid: GridName; id: number }>(
    database,
    `SELECT DISTINCT r.grid, r.row_id AS id FROM refreshed_record f
       JOIN record r ON r.evidence_id = f.evidence_id AND r.prefix = f.prefix AND r.part = f.part
     WHERE f.import = ?
     UNION SELECT grid, row_id FROM overruled_value WHERE import = ?`,
    importId,
    importId,
  );
  // Each in its old place among the links, unless a later import has taken that.
  run(
    database,
    `INSERT INTO link (id, a_grid, a_id, b_grid, b_id, relation, evidence_id)
     SELECT CASE WHEN EXISTS (SELECT 1 FROM link l WHERE l.id = f.link_id) THEN NULL ELSE f.link_id END,
       a_grid, a_id, b_grid, b_id, relation, evidence_id
     FROM refreshed_link f WHERE import = ? ORDER BY f.link_id`,
    importId,
  );
  placeTouched(
    database,
    all<{ grid: GridName; id: number }>(
      database,
      `SELECT a_grid AS grid, a_id AS id FROM refreshed_link WHERE import = @importId
       UNION SELECT b_grid, b_id FROM refreshed_link WHERE import = @importId`,
      { importId },
    ),
  );
  for (const table of ['refreshed_link', 'refreshed_record', 'overruled_value', 'refresh'])
    run(database, `DELETE FROM ${table} WHERE import = ?`, importId);
  return rows;
}

/** A later issue of one of an import's sheets that stands, or null: it has to be undone first. */
export function laterImport(database: WriteDatabase, importId: number): { ref: string; seq: number } | null {
  const later = get<{ id: number; seq: number }>(
    database,
    `SELECT i.id, i.seq FROM refresh f JOIN source_sheet s ON s.id = f.against JOIN import i ON i.id = f.import
     WHERE s.import = ? ORDER BY i.id DESC LIMIT 1`,
    importId,
  );
  return later ? { ref: makeRef('imports', later.id), seq: later.seq } : null;
}

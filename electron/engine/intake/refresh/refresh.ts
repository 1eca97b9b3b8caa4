/**
 * A later issue of a sheet beside the earlier one: which rows are new, changed, conflicting, vanished, unchanged.
 * The same judgement serves the review and the import that follows it.
 */
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { RefreshState } from '../../../../shared/contract/intakeSchemas.ts';
import type { Progress, RefreshChoice, SheetMapping } from '../../../../shared/contract/schemas.ts';
import type { CellValue } from '../../../../shared/grid/query.ts';
import type { GridName } from '../../../../shared/grid/types.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { get } from '../../database/sql.ts';
import { membersOf, rootOf } from '../../entities/groups.ts';
import type { SheetRow } from '../readers/types.ts';
import type { Reading } from '../reading.ts';
import type { EarlierRow, EarlierSheet } from './earlierRows.ts';
import { findEarlierSheet, readEarlierRow, scanEarlierRows } from './earlierRows.ts';
import type { RowKey } from './rowKey.ts';
import { rowKey } from './rowKey.ts';
import type { RowValues } from './rowValues.ts';
import { areSame, hashKey, sameValues, shownValue, valuesOf } from './rowValues.ts';

/** A manual value that differs from what the later issue says. */
export interface ManualConflict {
  grid: GridName;
  rowId: number;
  /** Field of the grid. */
  field: string;
  value: CellValue;
}

export interface Difference {
  /** As mappings name it: `status`, `phone.number`. */
  field: string;
  before: string;
  after: string;
  manual?: ManualConflict;
}

export interface Verdict {
  /** 'not-compared': the key is blank or stands twice; the row is imported as new. */
  state: Exclude<RefreshState, 'vanished'> | 'not-compared';
  key: string;
  /** Why it was not compared. */
  reason?: string;
  take: boolean;
  earlier: EarlierRow | null;
  /** Fields that the later issue says otherwise. Blanks say nothing. */
  differences: Difference[];
}

export interface RefreshPlan {
  database: ReadDatabase;
  mapping: SheetMapping;
  headings: readonly string[];
  choice: Omit<RefreshChoice, 'against' | 'key'>;
  against: string;
  key: readonly number[];
  signal: AbortSignal | undefined;
  progress: (progress: Progress) => void;
}

/** All batches of the new sheet, each row with its reading, for the pass that counts keys. */
export type ReadRows = () => AsyncIterable<readonly { row: SheetRow; reading: Reading }[]>;

/** The rows of a sheet with their readings, for the pass that counts keys. */
export async function* readingsOf(
  batches: AsyncIterable<{ rows: readonly SheetRow[] }>,
  readRow: (row: SheetRow) => Reading,
): AsyncGenerator<{ row: SheetRow; reading: Reading }[]> {
  for await (const { rows } of batches) yield rows.map((row) => ({ row, reading: readRow(row) }));
}

const twice = -1;

/** One later issue being compared. Made by `openRefresh`. */
export class Refresh {
  readonly earlier: EarlierSheet;
  readonly counts: Record<RefreshState, number> = {
    new: 0,
    changed: 0,
    conflicting: 0,
    vanished: 0,
    unchanged: 0,
  };
  notCompared = 0;
  private readonly plan: RefreshPlan;
  private readonly key: RowKey;
  /** Hash of a key → evidence id of the earlier row, or `twice`. */
  private readonly rows: ReadonlyMap<string, number>;
  /** Keys of the new sheet, and those that stand in it more than once. */
  private readonly seen: ReadonlySet<string>;
  private readonly doubled: ReadonlySet<string>;
  private readonly exceptions: ReadonlyMap<string, 'take' | 'leave'>;

  constructor(
    plan: RefreshPlan,
    earlier: EarlierSheet,
    key: RowKey,
    rows: ReadonlyMap<string, number>,
    seen: ReadonlySet<string>,
    doubled: ReadonlySet<string>,
  ) {
    this.plan = plan;
    this.earlier = earlier;
    this.key = key;
    this.rows = rows;
    this.seen = seen;
    this.doubled = doubled;
    this.exceptions = new Map(
      Object.entries(plan.choice.rows ?? {}).map(([shown, decision]) => [hashKey(shown), decision]),
    );
  }

  /** The entry that brought an earlier row. */
  since(row: EarlierRow): number {
    const { evidenceId } = row;
    return this.earlier.line.find(({ first, last }) => evidenceId >= first && evidenceId <= last)?.seq ?? 0;
  }

  private takes(state: RefreshState, hash: string): boolean {
    if (state === 'unchanged') return false;
    return (this.exceptions.get(hash) ?? this.plan.choice[state]) === 'take';
  }

  /** What a row to import is, beside the earlier issue. Counts it. */
  judge(reading: Reading, row: SheetRow): Verdict {
    const values = valuesOf(reading.records);
    const key = this.key.ofNew(values, row.text);
    const hash = hashKey(key);
    const reason = this.incomparable(key, hash);
    if (reason) {
      this.notCompared += 1;
      return { state: 'not-compared', key, reason, take: true, earlier: null, differences: [] };
    }
    const evidenceId = this.rows.get(hash);
    const earlier = evidenceId === undefined ? undefined : readEarlierRow(this.plan.database, evidenceId);
    const differences = earlier ? this.differences(earlier, reading, values) : [];
    const state = earlier
      ? differences.length === 0
        ? 'unchanged'
        : differences.some((each) => each.manual)
          ? 'conflicting'
          : 'changed'
      : 'new';
    this.counts[state] += 1;
    return { state, key, take: this.takes(state, hash), earlier: earlier ?? null, differences };
  }

  private incomparable(key: string, hash: string): string | null {
    if (key === '') return 'its key is blank';
    if (this.doubled.has(hash)) return 'its key stands more than once in the sheet';
    if (this.rows.get(hash) === twice) return 'its key stands more than once in the earlier issue';
    return null;
  }

  private differences(earlier: EarlierRow, reading: Reading, values: RowValues): Difference[] {
    const found: Difference[] = [];
    for (const [field, after] of values) {
      const before = earlier.values.get(field) ?? [];
      if (sameValues(before, after)) continue;
      const manual = this.manualOf(earlier, reading, field, shownValue(values, field));
      found.push({
        field,
        before: before.join('; '),
        after: after.join('; '),
        ...(manual ? { manual } : {}),
      });
    }
    return found;
  }

  /** What an analyst entered for the field, where it stands and is not what the later issue says. */
  private manualOf(
    earlier: EarlierRow,
    reading: Reading,
    name: string,
    after: string,
  ): ManualConflict | undefined {
    const dot = name.indexOf('.');
    const prefix = name.slice(0, Math.max(dot, 0));
    const field = name.slice(dot + 1);
    const parts = earlier.parts.filter((part) => part.prefix === prefix);
    const drafts = reading.records.filter((draft) => draft.prefix === prefix);
    const [part] = parts;
    const [draft] = drafts;
    if (!part || !draft) return undefined;
    // Of several phones none is the one that was edited; another phone is not the one that was.
    if (prefix !== '' && (parts.length > 1 || drafts.length > 1 || !areSame(part, draft))) return undefined;
    const { database } = this.plan;
    const root = rootOf(database, part.grid, part.rowId);
    const manual = get<{ value: CellValue; row_id: number }>(
      database,
      `SELECT m.value, m.row_id FROM manual_value m
       WHERE m.grid = @grid AND m.row_id IN (SELECT value FROM json_each(@members)) AND m.field = @field
         AND NOT EXISTS (SELECT 1 FROM overruled_value o
           WHERE o.grid = m.grid AND o.row_id = m.row_id AND o.field = m.field AND o.seq = m.seq)
       ORDER BY m.row_id = @root DESC, m.seq DESC LIMIT 1`,
      { grid: part.grid, members: JSON.stringify(membersOf(database, part.grid, root)), field, root },
    );
    if (!manual || (manual.value !== null && sameValues([String(manual.value)], [after]))) return undefined;
    return { grid: part.grid, rowId: manual.row_id, field, value: manual.value };
  }

  /** The earlier rows that the new sheet no longer has. Counts them. */
  async *vanished(): AsyncGenerator<{ key: string; take: boolean; earlier: EarlierRow }> {
    let steps = 0;
    for (const [hash, evidenceId] of this.rows) {
      if (evidenceId === twice || this.seen.has(hash)) continue;
      const earlier = readEarlierRow(this.plan.database, evidenceId);
      if (!earlier) continue;
      this.counts.vanished += 1;
      yield {
        key: this.key.ofEarlier(earlier.values, evidenceId),
        take: this.takes('vanished', hash),
        earlier,
      };
      steps += 1;
      if (steps % 1000 === 0) {
        this.plan.signal?.throwIfAborted();
        await setImmediate();
      }
    }
  }
}

/**
 * Prepares a comparison: reads the keys of the earlier issue, and those of the new sheet once, so that a key that stands
 * twice is known before any row is judged.
 * @throws AppError `mapping.misfit` when the two cannot be compared.
 */
export async function openRefresh(plan: RefreshPlan, readRows: ReadRows): Promise<Refresh> {
  const { database, mapping, signal } = plan;
  if (mapping.layout === 'matrix' || mapping.sameWhile)
    throw new AppError(
      'mapping.misfit',
      'A sheet of who with whom, or one in which a thing stands over several rows, cannot be compared row by row. Import it beside the earlier one.',
    );
  const earlier = findEarlierSheet(database, plan.against, mapping.kind);
  const key = rowKey(database, earlier, mapping, plan.headings, plan.key);
  let done = 0;
  const step = (stage: string) => plan.progress({ type: 'progress', stage, done, total: null, unit: 'rows' });
  const rows = new Map<string, number>();
  await scanEarlierRows(database, earlier, signal, ({ evidenceId, parts }) => {
    done += 1;
    if (done % 2000 === 0) step(`Reading ${earlier.ref}, the earlier issue`);
    const shown = key.ofEarlier(valuesOf(parts), evidenceId);
    if (shown === '') return;
    const hash = hashKey(shown);
    rows.set(hash, rows.has(hash) ? twice : evidenceId);
  });
  const seen = new Set<string>();
  const doubled = new Set<string>();
  done = 0;
  for await (const batch of readRows()) {
    signal?.throwIfAborted();
    for (const { row, reading } of batch) {
      done += 1;
      if (reading.outcome !== 'import') continue;
      const shown = key.ofNew(valuesOf(reading.records), row.text);
      if (shown === '') continue;
      const hash = hashKey(shown);
      if (seen.has(hash)) doubled.add(hash);
      else seen.add(hash);
    }
    step('Comparing with the earlier issue');
    await setImmediate();
  }
  return new Refresh(plan, earlier, key, rows, seen, doubled);
}

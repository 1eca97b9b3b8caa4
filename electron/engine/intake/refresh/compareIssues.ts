/** The review of a later issue before it is taken: every row that is not as it was, with what rests on it. */
import { AppError } from '../../../../shared/contract/errors.ts';
import type { RefreshReport, RefreshRow } from '../../../../shared/contract/intakeSchemas.ts';
import type { Progress, SheetMapping } from '../../../../shared/contract/schemas.ts';
import { findColumn, grids, makeRef } from '../../../../shared/grid/grids.ts';
import type { Kind } from '../../../../shared/intake/kinds.ts';
import { kinds, originColumns } from '../../../../shared/intake/kinds.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { readPlace } from '../../database/queries/evidence.ts';
import { labelOf } from '../../database/queries/rows.ts';
import { get } from '../../database/sql.ts';
import { rootOf } from '../../entities/groups.ts';
import { keysOf } from '../../entities/keys.ts';
import { checkFit } from '../chooseMappings.ts';
import type { FileToImport } from '../job.ts';
import { planSheet } from '../planSheet.ts';
import { openSpreadsheet } from '../readers/openSpreadsheet.ts';
import type { Reading } from '../reading.ts';
import { rowReader } from '../readRow.ts';
import { tableRows } from '../tableRows.ts';
import type { EarlierPart, EarlierRow } from './earlierRows.ts';
import type { Difference, Refresh, Verdict } from './refresh.ts';
import { openRefresh, readingsOf } from './refresh.ts';
import { labelled, readRests } from './restsOn.ts';
import { shownValue, valuesOf } from './rowValues.ts';

export interface Comparison {
  mapping: SheetMapping;
  /** `SRC-n`. */
  against: string;
  /** Columns (0-based) of the new sheet. */
  key: readonly number[];
  /** ISO date. */
  today: string;
}

const maximumRows = 10_000;

/** A decision is not made here: the review is the same whatever is decided. */
const undecided = { new: 'leave', changed: 'leave', conflicting: 'leave', vanished: 'leave' } as const;

/**
 * Compares a sheet with an earlier issue of it. Nothing is written.
 * @throws AppError `mapping.misfit`, `cancelled`, or what the readers throw.
 */
export async function compareIssues(
  database: ReadDatabase,
  file: Pick<FileToImport, 'name' | 'open' | 'password'>,
  { mapping, against, key, today }: Comparison,
  signal: AbortSignal | undefined,
  progress: (progress: Progress) => void,
): Promise<RefreshReport> {
  const opened = await openSpreadsheet(await file.open(), { password: file.password, signal });
  try {
    const sheet = await checkFit(file.name, opened, mapping, signal);
    if (mapping.kind === null)
      throw new AppError(
        'mapping.misfit',
        'A sheet that is left out cannot be compared. Choose its kind first.',
      );
    const { plan } = await planSheet(sheet, mapping, today, signal);
    const readings = () => readingsOf(tableRows(sheet, mapping, signal), rowReader(plan));
    const refresh = await openRefresh(
      { database, mapping, headings: plan.headings, choice: undecided, against, key, signal, progress },
      readings,
    );
    const review = new Review(database, refresh, mapping, plan.headings, kinds[mapping.kind]);
    let done = 0;
    for await (const batch of readings()) {
      signal?.throwIfAborted();
      for (const { row, reading } of batch) {
        done += 1;
        if (reading.outcome === 'import') review.take(refresh.judge(reading, row), row.row, reading);
      }
      progress({ type: 'progress', stage: 'Comparing row by row', done, total: null, unit: 'rows' });
    }
    for await (const { key: shown, earlier } of refresh.vanished()) review.takeVanished(shown, earlier);
    return review.finish(file.name);
  } catch (error) {
    if (signal?.aborted) throw new AppError('cancelled', 'The comparison was stopped.');
    throw error;
  } finally {
    await opened.close();
  }
}

type Draft = Omit<RefreshRow, 'restsOn'> & { restsOn: string[] };

class Review {
  private readonly database: ReadDatabase;
  private readonly refresh: Refresh;
  private readonly mapping: SheetMapping;
  private readonly headings: readonly string[];
  private readonly kind: Kind;
  private readonly rests: ReturnType<typeof readRests>;
  private readonly rows: Draft[] = [];
  private readonly notCompared: RefreshReport['notCompared'] = [];

  constructor(
    database: ReadDatabase,
    refresh: Refresh,
    mapping: SheetMapping,
    headings: readonly string[],
    kind: Kind,
  ) {
    this.database = database;
    this.refresh = refresh;
    this.mapping = mapping;
    this.headings = headings;
    this.kind = kind;
    this.rests = readRests(database);
  }

  take(verdict: Verdict, row: number, reading: Reading): void {
    const { state, earlier, key } = verdict;
    if (state === 'not-compared') {
      if (this.notCompared.length < maximumRows)
        this.notCompared.push({ row, reason: verdict.reason ?? 'it cannot be compared' });
      return;
    }
    if (state === 'unchanged' || this.rows.length >= maximumRows) return;
    const own = reading.records.find((draft) => draft.prefix === '')?.fields ?? {};
    const ref = earlier ? makeRef(earlier.own.grid, earlier.own.rowId) : this.findRecord(own);
    this.rows.push({
      state,
      key,
      label: labelOf(grids[this.kind.grid], { ...own, ref: key }),
      row,
      rowBefore: earlier ? (readPlace(this.database, earlier.evidenceId)?.row ?? null) : null,
      ref,
      cells: this.shownDifferences(verdict.differences, reading),
      restsOn: earlier
        ? this.restsOn(earlier, this.changedParts(earlier, verdict.differences))
        : ref
          ? this.rests.of(ref, 0)
          : [],
    });
  }

  takeVanished(key: string, earlier: EarlierRow): void {
    if (this.rows.length >= maximumRows) return;
    const fields = [...earlier.values.keys()];
    this.rows.push({
      state: 'vanished',
      key,
      label: labelOf(grids[this.kind.grid], { ...earlier.own.fields, ref: key }),
      row: null,
      rowBefore: readPlace(this.database, earlier.evidenceId)?.row ?? null,
      ref: makeRef(earlier.own.grid, rootOf(this.database, earlier.own.grid, earlier.own.rowId)),
      cells: this.cellsOf(
        fields.map((field) => ({ field, before: shownValue(earlier.values, field), after: '' })),
      ),
      restsOn: this.restsOn(earlier, earlier.parts),
    });
  }

  /** The record that the keys of a new row would join it to. */
  private findRecord(fields: EarlierPart['fields']): string | null {
    for (const key of keysOf(this.kind.grid, fields)) {
      const found = get<{ row_id: number }>(
        this.database,
        'SELECT row_id FROM entity_key WHERE grid = ? AND key = ? ORDER BY row_id LIMIT 1',
        this.kind.grid,
        key,
      );
      if (found) return makeRef(this.kind.grid, rootOf(this.database, this.kind.grid, found.row_id));
    }
    return null;
  }

  private changedParts(earlier: EarlierRow, differences: readonly Difference[]): EarlierPart[] {
    const prefixes = new Set(differences.map(({ field }) => field.slice(0, Math.max(field.indexOf('.'), 0))));
    return earlier.parts.filter((part) => part === earlier.own || prefixes.has(part.prefix));
  }

  private restsOn(earlier: EarlierRow, parts: readonly EarlierPart[]): string[] {
    const since = this.refresh.since(earlier);
    return [...new Set(parts.flatMap((part) => this.rests.of(makeRef(part.grid, part.rowId), since)))];
  }

  /** Of a new row every cell; of a changed one what is said otherwise. */
  private shownDifferences(differences: readonly Difference[], reading: Reading): RefreshRow['cells'] {
    if (differences.length > 0) return this.cellsOf(differences);
    const values = valuesOf(reading.records);
    return this.cellsOf(
      [...values.keys()].map((field) => ({ field, before: '', after: shownValue(values, field) })),
    );
  }

  /** One cell for each column that says something: what is worked out from a column beside it says it twice. */
  private cellsOf(differences: readonly Difference[]): RefreshRow['cells'] {
    const isMapped = ({ field }: Difference) => this.mapping.columns.includes(field);
    const covered = new Set(differences.filter(isMapped).flatMap(({ field }) => this.columnsOf(field)));
    return differences
      .filter(
        (each) =>
          isMapped(each) ||
          each.field === 'aliases' ||
          !this.columnsOf(each.field).some((column) => covered.has(column)),
      )
      .map(({ field, before, after, manual }) => ({
        column: this.nameOf(field),
        field,
        before,
        after,
        ...(manual ? { manual: manual.value } : {}),
      }));
  }

  private columnsOf(field: string): number[] {
    const dot = field.indexOf('.');
    return originColumns(field.slice(0, Math.max(dot, 0)), field.slice(dot + 1), this.mapping.columns);
  }

  private nameOf(field: string): string {
    const names = this.columnsOf(field).flatMap((column) => this.headings[column] || []);
    if (names.length > 0) return names.join(' + ');
    const prefix = field.slice(0, Math.max(field.indexOf('.'), 0));
    const grid = prefix === '' ? this.kind.grid : (this.kind.linked[prefix]?.grid ?? this.kind.grid);
    const name = prefix === '' ? field : field.slice(prefix.length + 1);
    return findColumn(grids[grid], name)?.title ?? name;
  }

  finish(file: string): RefreshReport {
    const refs = this.rows.flatMap((row) => [...(row.ref ? [row.ref] : []), ...row.restsOn]);
    const labels = labelled(this.database, refs);
    return {
      against: this.refresh.earlier.ref,
      file,
      sheet: this.mapping.sheet,
      counts: { ...this.refresh.counts },
      rows: this.rows.map((row) => ({
        ...row,
        label: (row.ref ? labels.get(row.ref)?.label : undefined) ?? row.label,
        restsOn: row.restsOn.map((ref) => labels.get(ref) ?? { ref, label: ref }),
      })),
      notCompared: this.notCompared,
    };
  }
}

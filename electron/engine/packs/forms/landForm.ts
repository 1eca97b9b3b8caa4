/**
 * Where the rows of a form that came back land. Each is a merge of three: what the form says, what it had been
 * printed with, and what the plan says by now. Blanks never overwrite; where the plan has moved on and the form
 * says otherwise, the plan's value stands unless the user takes the form's.
 */
import { AppError } from '../../../../shared/contract/errors.ts';
import type { RowIssue } from '../../../../shared/contract/schemas.ts';
import { findColumn, grids, makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { CellValue } from '../../../../shared/grid/query.ts';
import type { Field } from '../../../../shared/intake/kinds.ts';
import { formatMoment } from '../../../../shared/packs/format.ts';
import { type Form, forms } from '../../../../shared/packs/forms.ts';
import { labelOf } from '../../../../shared/reference/codeLists.ts';
import { rowExists } from '../../database/queries/rows.ts';
import { all, get, prepare } from '../../database/sql.ts';
import { resolveRef } from '../../entities/groups.ts';
import { type FormCell, readFormRow, skipOfForm } from '../../intake/formRow.ts';
import type { Job } from '../../intake/job.ts';
import type { SheetRow } from '../../intake/readers/types.ts';
import { shownAs } from '../../intake/reading.ts';
import { mapColumns, type SheetPlan } from '../../intake/readRow.ts';
import { readTypedValue } from '../../plan/cellValues.ts';
import { printedFields } from './listForms.ts';
import { newRow, type RowState, readState } from './rowState.ts';
import { looksLikeSign, makeSign, readFormKey, readSign, type SignedRow } from './sign.ts';

export type Landed =
  | { outcome: 'imported' | 'updated' | 'unchanged' }
  | { outcome: 'skipped'; reason: string }
  | { outcome: 'rejected' };

type Issue = (issue: RowIssue) => void;

/** Rows of the plan that this import has to do with, by job: a copied sheet meets what its original said. */
const openRows = new WeakMap<Job, Map<string, RowState>>();

const words = {
  missing:
    'The row has no form reference, so its warrant or premises is not known. Copy the form reference down from a row of the same premises and import the file again.',
  foreign:
    'This workspace did not give out this form reference, or it was changed. Copy it from the form as it was issued and import the file again.',
  gone: 'The warrant or premises of this row is no longer in the plan. Enter the row by hand where it belongs.',
  several:
    'The plan holds several rows that this one may be about. Enter it by hand in the one that it belongs to.',
} as const;

/** Reads the rows of one sheet of a form. */
export function openForm(job: Job, plan: SheetPlan, form: Form) {
  const columns = mapColumns(plan);
  const rows = openRows.get(job) ?? new Map<string, RowState>();
  openRows.set(job, rows);
  const landing = new FormLanding(job, plan, form, rows);
  return {
    /** Lands one row. Every row is accounted for, and what is wrong with it told. */
    take(row: SheetRow, evidenceId: number, issue: Issue): Landed {
      const filled = readFormRow(row, columns);
      const skip = skipOfForm(filled);
      // A sign that is not ours is told even where nothing else was written.
      const sign = landing.sign(filled.sign);
      if (skip !== null && (sign !== null || !looksLikeSign(filled.sign)))
        return { outcome: 'skipped', reason: skip };
      return landing.land({ row, sign, written: filled.sign, cells: filled.cells, evidenceId, issue });
    },
  };
}

interface TakenRow {
  row: SheetRow;
  sign: SignedRow | null;
  /** The sign as it is written. */
  written: string;
  cells: readonly FormCell[];
  evidenceId: number;
  issue: Issue;
}

interface ReadCell {
  cell: FormCell;
  value: CellValue;
}

class FormLanding {
  private readonly job: Job;
  private readonly plan: SheetPlan;
  private readonly form: Form;
  private readonly rows: Map<string, RowState>;
  private readonly key: Buffer | null;
  private readonly printed: ReadonlySet<string>;

  constructor(job: Job, plan: SheetPlan, form: Form, rows: Map<string, RowState>) {
    this.job = job;
    this.plan = plan;
    this.form = form;
    this.rows = rows;
    this.key = readFormKey(job.session.writer);
    this.printed = new Set(printedFields(form));
  }

  private get database() {
    return this.job.session.writer;
  }

  sign(text: string): SignedRow | null {
    return this.key === null || text === '' ? null : readSign(this.key, text);
  }

  land(taken: TakenRow): Landed {
    const { sign, written, row, issue } = taken;
    const reject = (code: string, message: string, column: string | null = null): Landed => {
      const raw = shownAs(row.text.filter((cell) => cell.trim() !== '').join(' | '));
      issue({ row: row.row, column, code, message, raw, outcome: 'rejected' });
      return { outcome: 'rejected' };
    };
    if (sign === null) return reject('form.reference', written === '' ? words.missing : words.foreign);
    if (sign.form !== this.form.name)
      return reject('form.reference', `The form reference is one of the ${forms[sign.form].title}.`);
    const about = resolveRef(this.database, sign.about);
    if (about === null || !rowExists(this.database, about.grid.name, about.id))
      return reject('form.reference', words.gone);
    const { read, refused } = this.readCells(taken.cells);
    if (read.length === 0) {
      for (const each of refused) issue({ ...each, row: row.row, outcome: 'rejected' });
      return { outcome: 'rejected' };
    }
    // What was printed for premises that have been merged since is about the premises that they are part of.
    const now = makeRef(about.grid.name, about.id);
    const place = { about: now, premises: this.premisesOf(now) };
    const state = this.form.name === 'results' ? this.findResult(place) : this.findExhibit(place, read);
    if (typeof state === 'string') return reject('form.incomplete', state);
    if (state === null) return reject('form.several', words.several);
    for (const each of refused) issue({ ...each, row: row.row });
    return this.merge(taken, sign, place, state, read);
  }

  /** The cells as the grid would read them; what it would refuse is told and left out. */
  private readCells(cells: readonly FormCell[]): {
    read: ReadCell[];
    refused: Omit<RowIssue, 'row'>[];
  } {
    const grid = grids[this.form.grid];
    const read: ReadCell[] = [];
    const refused: Omit<RowIssue, 'row'>[] = [];
    for (const cell of cells) {
      const { column, text, stored } = cell;
      const gridColumn = findColumn(grid, column.field.field);
      if (gridColumn === undefined) continue;
      const refuse = (message: string) =>
        refused.push({
          column: column.heading,
          code: 'form.value',
          message,
          raw: shownAs(text),
          outcome: 'kept',
        });
      const cleaned = column.read(text, stored);
      if (cleaned.value === null) {
        refuse(`The cell was left out: ${cleaned.flag?.message ?? 'it cannot be read.'}`);
        continue;
      }
      try {
        const value = readTypedValue(this.database, grid, gridColumn, cleaned.value, this.plan.thisYear);
        if (value !== null) read.push({ cell, value });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        refuse(`The cell was left out. ${error.message}`);
      }
    }
    return { read, refused };
  }

  private premisesOf(about: string): string | null {
    if (about.startsWith('PRM-')) return about;
    const id = parseRef(about)?.id ?? 0;
    return (
      get<{ premises: string | null }>(this.database, 'SELECT premises FROM warrant WHERE id = ?', id)
        ?.premises ?? null
    );
  }

  /** Results of a warrant, or of premises that were entered without one. */
  private resultsOf({ about, premises }: Place): number[] {
    const found = about.startsWith('PRM-')
      ? all<{ id: number }>(
          this.database,
          'SELECT id FROM result WHERE premises = ? AND warrant IS NULL ORDER BY id',
          premises,
        )
      : all<{ id: number }>(this.database, 'SELECT id FROM result WHERE warrant = ? ORDER BY id', about);
    return found.map(({ id }) => id);
  }

  /** The row of the plan for these premises; null when there are several. */
  private findResult(place: Place): RowState | null {
    return this.open(`result ${place.about}`, 'results', () => this.resultsOf(place));
  }

  private findExhibit(place: Place, read: readonly ReadCell[]): RowState | string | null {
    const said = (field: string) => read.find(({ cell }) => cell.column.field.field === field)?.value ?? null;
    const exhibit = said('exhibit');
    if (exhibit === null)
      return 'The item has no exhibit reference, so it cannot be told from others. Give it one and import the file again.';
    const key = plainExhibit(exhibit);
    const state = this.open(`exhibit ${place.premises ?? place.about} ${key}`, 'seizures', () => {
      const results = new Set(this.resultsOf(place).map((id) => makeRef('results', id)));
      return all<{ id: number; exhibit: string; premises: string | null; result: string | null }>(
        this.database,
        'SELECT id, exhibit, premises, result FROM seizure WHERE exhibit IS NOT NULL ORDER BY id',
      )
        .filter(
          (each) =>
            plainExhibit(each.exhibit) === key &&
            (each.premises !== null && place.premises !== null
              ? each.premises === place.premises
              : results.has(each.result ?? '')),
        )
        .map(({ id }) => id);
    });
    if (state !== null && state.id === null && said('what') === null)
      return 'The row does not say what was seized. Fill in What and import the file again.';
    return state;
  }

  private open(key: string, grid: 'results' | 'seizures', find: () => number[]): RowState | null {
    const known = this.rows.get(key);
    if (known !== undefined) return known;
    const [id, other] = find();
    if (other !== undefined) return null;
    const state = id === undefined ? newRow(grid) : readState(this.database, grid, id);
    this.rows.set(key, state);
    return state;
  }

  private merge(
    taken: TakenRow,
    sign: SignedRow,
    place: Place,
    state: RowState,
    read: readonly ReadCell[],
  ): Landed {
    const isNew = state.id === null;
    // Kept with what the row says: an amended form is known by it.
    const basis = this.key === null ? '' : `form reference ${makeSign(this.key, sign)}`;
    const here = `row ${taken.row.row} of sheet "${this.plan.mapping.sheet}"`;
    const fields: Record<string, CellValue> = isNew
      ? this.linksOfNew(place)
      : this.linksMissing(place, state);
    const over: string[] = [];
    let conflicts = 0;
    for (const { cell, value } of read) {
      const { field } = cell.column.field;
      const verdict = this.judge(state, field, value, sign, basis);
      if (verdict.kind === 'conflict') {
        conflicts += 1;
        taken.issue(this.conflict(taken, state, cell, verdict.why));
        continue;
      }
      if (verdict.kind !== 'as printed') state.said.set(field, { value, place: here });
      if (verdict.kind !== 'land') continue;
      if ((state.current.get(field) ?? null) !== null) over.push(field);
      fields[field] = value;
    }
    if (Object.keys(fields).length === 0) {
      return conflicts > 0
        ? { outcome: 'skipped', reason: 'the plan says otherwise and was left as it is' }
        : { outcome: 'unchanged' };
    }
    this.setAside(state, over, taken.evidenceId);
    state.id = this.job.sink.fileForm(state.grid, state.id, fields, taken.evidenceId, basis);
    for (const [field, value] of Object.entries(fields)) state.current.set(field, value);
    return { outcome: isNew ? 'imported' : 'updated' };
  }

  private judge(state: RowState, field: string, value: CellValue, sign: SignedRow, basis: string): Verdict {
    const same = (other: CellValue) =>
      field === 'exhibit' ? plainExhibit(other) === plainExhibit(value) : other === value;
    const current = state.current.get(field) ?? null;
    const said = state.said.get(field);
    if (said !== undefined) {
      return same(said.value) ? { kind: 'same' } : { kind: 'conflict', why: { copy: said.place } };
    }
    if (same(current)) return { kind: 'same' };
    // What the same row said earlier is amended.
    if (state.basisOf(field) === basis) return { kind: 'land' };
    const base = this.printed.has(field) ? state.knownAt(sign.state, field) : null;
    if (base !== null && same(base)) return { kind: 'as printed' };
    if (current === base || this.plan.mapping.conflicts === 'take') return { kind: 'land' };
    return { kind: 'conflict', why: 'plan' };
  }

  private conflict(
    taken: TakenRow,
    state: RowState,
    cell: FormCell,
    why: { copy: string } | 'plan',
  ): RowIssue {
    const ref = state.id === null ? null : makeRef(state.grid, state.id);
    const stands = state.current.get(cell.column.field.field) ?? null;
    const message =
      why === 'plan'
        ? `${cell.column.heading} of ${ref ?? 'the row'} was changed in the plan after the form was issued. The plan's value stands; import the file again with the form's values taken to replace it.`
        : `${cell.column.heading}: ${why.copy}, read before, says otherwise about the same thing. What was read first stands.`;
    return {
      row: taken.row.row,
      column: cell.column.heading,
      code: 'form.conflict',
      message,
      raw: shownAs(cell.text),
      outcome: 'kept',
      ...(ref === null ? {} : { ref }),
      ...(stands === null ? {} : { stands: shownInForm(cell.column.field, stands) }),
    };
  }

  /** What a new row is about. */
  private linksOfNew(place: Place): Record<string, CellValue> {
    const premises = place.premises === null ? {} : { premises: place.premises };
    if (this.form.name === 'results')
      return { ...(place.about.startsWith('WAR-') ? { warrant: place.about } : {}), ...premises };
    const result = this.resultOf(place);
    return { ...premises, ...(result === null ? {} : { result }) };
  }

  /** An exhibit that was filed before the result of its premises was known is joined to it. */
  private linksMissing(place: Place, state: RowState): Record<string, CellValue> {
    if (this.form.name === 'results' || (state.current.get('result') ?? null) !== null) return {};
    const result = this.resultOf(place);
    return result === null ? {} : { result };
  }

  private resultOf(place: Place): string | null {
    const state = this.findResult(place);
    // Looking must not open a row: another sheet of the file may make it.
    if (state?.id === null && state.said.size === 0) this.rows.delete(`result ${place.about}`);
    return state === null || state.id === null ? null : makeRef('results', state.id);
  }

  /** What the form replaces no longer counts: earlier rows field by field, values entered by hand one by one. */
  private setAside(state: RowState, fields: readonly string[], evidenceId: number): void {
    const { id, grid } = state;
    if (id === null || fields.length === 0) return;
    this.job.sink.touch(grid, id);
    if (this.job.mode !== 'commit') return;
    const { importId } = this.job;
    prepare(
      this.database,
      `INSERT OR IGNORE INTO refreshed_record (evidence_id, prefix, part, state, by_evidence, import)
       SELECT r.evidence_id, r.prefix, r.part, 'superseded', ?, ? FROM record r
       WHERE r.grid = ? AND r.row_id = ? AND r.evidence_id <> ?`,
    ).run(evidenceId, importId, grid, id, evidenceId);
    for (const field of fields) {
      prepare(
        this.database,
        `INSERT OR IGNORE INTO overruled_value (grid, row_id, field, seq, import)
         SELECT grid, row_id, field, seq, ? FROM manual_value WHERE grid = ? AND row_id = ? AND field = ?`,
      ).run(importId, grid, id, field);
    }
  }
}

/** A value of the plan as the form would show it. */
function shownInForm({ cleaner }: Field, value: CellValue): string {
  if (cleaner === 'dateTime') return formatMoment(String(value));
  if (cleaner === 'yesNo') return value === 'yes' ? 'Yes' : 'No';
  return labelOf(cleaner, String(value));
}

interface Place {
  about: string;
  premises: string | null;
}

type Verdict =
  | { kind: 'land' | 'same' | 'as printed' }
  | { kind: 'conflict'; why: { copy: string } | 'plan' };

/** `SW/1`, `sw 1` and `SW-1` are one exhibit. */
const plainExhibit = (exhibit: CellValue) =>
  String(exhibit ?? '')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

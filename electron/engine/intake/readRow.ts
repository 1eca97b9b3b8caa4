/**
 * One row of a sheet, read by a mapping: skipped with a reason, rejected with a reason, or turned into the
 * records that it holds. Pure; the same code serves preview and commit.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import type { DateOrder, ImportKind, RowIssue, SheetMapping } from '../../../shared/contract/schemas.ts';
import { cleanAddress } from '../../../shared/domain/addresses.ts';
import type { Cleaned, Flag } from '../../../shared/domain/cleaned.ts';
import { parseGrade } from '../../../shared/domain/grades.ts';
import { parseMarking } from '../../../shared/domain/markings.ts';
import type { PersonName } from '../../../shared/domain/names.ts';
import { cleanName } from '../../../shared/domain/names.ts';
import { isFullPostcode } from '../../../shared/domain/postcode.ts';
import { tidyText } from '../../../shared/domain/tidy.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { Field, Kind } from '../../../shared/intake/kinds.ts';
import { findField, kinds } from '../../../shared/intake/kinds.ts';
import type { CellReader } from './cells.ts';
import { cellReader } from './cells.ts';
import { cleanPhone } from './clean/phone.ts';
import { splitPhones } from './clean/splitPhones.ts';
import { normaliseHeading } from './guess.ts';
import type { SheetRow, StoredValue } from './readers/types.ts';

export type Fields = Record<string, CellValue>;

export interface RecordDraft {
  grid: GridName;
  /** '' for the row's own record, else the name under which the kind links it: 'phone', 'premises', … */
  prefix: string;
  part: number;
  fields: Fields;
  repairs: Record<string, string>;
}

export interface Reading {
  outcome: 'import' | 'skip' | 'reject';
  /** Reason in words, for skipped and rejected rows. */
  reason?: string;
  issues: Omit<RowIssue, 'row'>[];
  records: RecordDraft[];
  grade: string | null;
}

export interface SheetPlan {
  mapping: SheetMapping;
  headings: readonly string[];
  /** Date order by column; columns without one take `dmy`. */
  orders: ReadonlyMap<number, { order: DateOrder; mixed: boolean }>;
  thisYear: number;
}

/** What became of one mapped cell. */
export interface TracedCell {
  field: string;
  /** Cleaned value; null when nothing usable came of the cell. */
  value: CellValue;
  /** Code of a repair that cleaning made. */
  repaired?: string | undefined;
  flag?: Flag | undefined;
}

/**
 * Told of every filled cell of a mapped column (0-based) while a row is read. Columns that feed one value
 * together are each told that value; a cell of several values is told them joined by '; '.
 */
export type CellTrace = (column: number, cell: TracedCell) => void;

export interface MappedColumn {
  index: number;
  field: Field;
  read: CellReader;
  heading: string;
}

export const totalWords =
  /^(grand |sub ?)?totals?\b|^(number|count|no\.?) of (rows|records|entries|nominals|people)\b|^end of (list|report|data|file)\b/i;

const conditionsMissing = {
  code: 'grade.conditions-missing',
  message: 'Handling C needs its conditions in words.',
};

const shownAs = (text: string) => (text.length > 300 ? `${text.slice(0, 299)}…` : text);

/** The mapped columns of a sheet with their readers. @throws Error when the mapping names a field that the kind lacks. */
export function mapColumns(plan: SheetPlan): MappedColumn[] {
  const kindName = plan.mapping.kind;
  if (kindName === null) throw new Error('a sheet that is left out has no rows to read');
  const kind = kinds[kindName];
  return plan.mapping.columns.flatMap((name, index) => {
    if (name === null) return [];
    const field = findField(kind, name);
    if (!field) throw new Error(`the kind ${kind.kind} has no field ${name}`);
    const order = plan.orders.get(index);
    const read = cellReader(field.cleaner, {
      order: plan.mapping.dateOrder ?? order?.order ?? 'dmy',
      mixed: plan.mapping.dateOrder === undefined && (order?.mixed ?? false),
      thisYear: plan.thisYear,
      field: field.field.split('.').at(-1) ?? field.field,
    });
    return [{ index, field, read, heading: plan.headings[index] || `column ${index + 1}` }];
  });
}

/**
 * The reader of a sheet's rows. Rows that are skipped are not traced.
 * @throws Error when the mapping names a field that the kind lacks.
 */
export function rowReader(plan: SheetPlan, trace?: CellTrace): (row: SheetRow) => Reading {
  const columns = mapColumns(plan);
  const kind = kinds[plan.mapping.kind as ImportKind];
  const headingKeys = plan.headings.map(normaliseHeading);
  return (row) => readOne(kind, columns, headingKeys, row, trace);
}

function skipReason(
  row: SheetRow,
  columns: readonly MappedColumn[],
  headingKeys: readonly string[],
): string | null {
  const filled = row.text.flatMap((cell, index) => (cell.trim() === '' ? [] : [index]));
  if (filled.length === 0) return 'blank row';
  const first = row.text[filled[0] ?? 0]?.trim() ?? '';
  if (totalWords.test(first) && filled.length <= Math.max(3, row.text.length / 2)) return 'total row';
  if (filled.length > 1) {
    const repeated = filled.filter(
      (index) => headingKeys[index] !== '' && normaliseHeading(row.text[index] ?? '') === headingKeys[index],
    );
    if (repeated.length >= 2 && repeated.length >= filled.length * 0.6) return 'repeated heading';
  }
  if (!columns.some((column) => (row.text[column.index] ?? '').trim() !== ''))
    return 'nothing in a mapped column';
  return null;
}

function readOne(
  kind: Kind,
  columns: readonly MappedColumn[],
  headingKeys: readonly string[],
  row: SheetRow,
  trace: CellTrace | undefined,
): Reading {
  const skip = skipReason(row, columns, headingKeys);
  if (skip) {
    const issues: Reading['issues'] =
      skip === 'blank row'
        ? []
        : [
            {
              column: null,
              code: 'row.skipped',
              message: `Skipped: ${skip}.`,
              raw: shownAs(row.text.filter((cell) => cell.trim() !== '').join(' | ')),
              outcome: 'skipped',
            },
          ];
    return { outcome: 'skip', reason: skip, issues, records: [], grade: null };
  }
  const builder = new RecordBuilder(kind, trace);
  for (const column of columns) {
    const text = row.text[column.index] ?? '';
    const stored = row.stored?.[column.index];
    if (text === '' && stored === undefined) continue;
    builder.take(column, text, stored);
  }
  return builder.finish(row);
}

/** One row above the system's ceiling is enough: the file may not be held, not even as rejected rows. */
function markedTooHigh(marking: string): AppError {
  return new AppError(
    'file.marking',
    `The file holds an item marked ${tidyText(marking).slice(0, 40).toUpperCase()}. This system may not hold it: return the file to its originator and tell your information security officer.`,
  );
}

/** Collects the cells of one row into records. */
class RecordBuilder {
  private readonly kind: Kind;
  private readonly records = new Map<string, RecordDraft>();
  private readonly issues: Reading['issues'] = [];
  /** Flags of cells that could not be used, by field: they explain a rejection. */
  private readonly refused = new Map<string, Flag>();
  private grade: string | null = null;

  private readonly trace: CellTrace | undefined;

  constructor(kind: Kind, trace: CellTrace | undefined) {
    this.kind = kind;
    this.trace = trace;
    this.record('', 0, kind.grid);
  }

  private record(prefix: string, part: number, grid: GridName): RecordDraft {
    const key = `${prefix}/${part}`;
    let draft = this.records.get(key);
    if (!draft) {
      draft = { grid, prefix, part, fields: {}, repairs: {} };
      this.records.set(key, draft);
    }
    return draft;
  }

  private linked(prefix: string, part: number): RecordDraft {
    return this.record(prefix, part, this.kind.linked[prefix]?.grid ?? this.kind.grid);
  }

  private note(column: MappedColumn, flag: Flag, raw: string): void {
    if (flag.severity === 'reject') this.refused.set(column.field.field, flag);
    this.issues.push({
      column: column.heading,
      code: flag.code,
      message: flag.message,
      raw: shownAs(raw),
      outcome: 'kept',
    });
  }

  private tell(column: MappedColumn, cell: Omit<TracedCell, 'field'>): void {
    this.trace?.(column.index, {
      field: column.field.field,
      value: cell.value,
      repaired: cell.repaired,
      flag: cell.flag,
    });
  }

  take(column: MappedColumn, text: string, stored: StoredValue | undefined): void {
    const { field } = column;
    const dot = field.field.indexOf('.');
    const isMoment = field.field.startsWith('start.');
    const prefix = dot > 0 && !isMoment ? field.field.slice(0, dot) : '';
    const name = dot > 0 && !isMoment ? field.field.slice(dot + 1) : field.field;
    switch (field.cleaner) {
      case 'name':
        this.takeName(column, text);
        return;
      case 'address':
        this.takeAddress(column, prefix, text);
        return;
      case 'grade':
        this.takeGrade(column, text);
        return;
      case 'marking': {
        const marking = parseMarking(text);
        if (marking.refused) throw markedTooHigh(text);
        if (marking.flag) this.note(column, marking.flag, text);
        const value = tidyText(text) || null;
        this.tell(column, { value, ...(marking.flag ? { flag: marking.flag } : {}) });
        this.put('', 0, 'marking', { value });
        return;
      }
      case 'phone':
        if (prefix !== '' || field.many === 'values') {
          this.takePhones(column, prefix, name, text, stored);
          return;
        }
    }
    const cleaned = column.read(text, stored);
    this.tell(column, cleaned);
    if (cleaned.flag) this.note(column, cleaned.flag, text);
    if (cleaned.value === null) return;
    if (field.many === 'values') {
      const part = [...this.records.values()].filter(
        (draft) => draft.prefix === prefix && draft.fields[name] !== undefined,
      ).length;
      this.put(prefix, part, name, cleaned);
    } else {
      this.put(
        prefix,
        0,
        name,
        cleaned,
        field.many === 'join' ? (name === 'forenames' ? ' ' : '; ') : undefined,
      );
    }
  }

  private put(
    prefix: string,
    part: number,
    name: string,
    cleaned: Readonly<Cleaned<CellValue>>,
    joinWith?: string,
  ): void {
    if (cleaned.value === null) return;
    const draft = prefix === '' ? this.record('', 0, this.kind.grid) : this.linked(prefix, part);
    const earlier = draft.fields[name];
    draft.fields[name] = joinWith && earlier ? `${earlier}${joinWith}${cleaned.value}` : cleaned.value;
    if (cleaned.repaired) draft.repairs[name] = cleaned.repaired;
  }

  private takeName(column: MappedColumn, text: string): void {
    const cleaned = cleanName(text);
    this.tell(column, { ...cleaned, value: cleaned.value?.full ?? null });
    if (cleaned.flag) this.note(column, cleaned.flag, text);
    if (cleaned.value) this.putName(cleaned.value);
  }

  private putName(name: PersonName): void {
    const draft = this.record('', 0, this.kind.grid);
    draft.fields.name = name.full;
    if (this.kind.grid !== 'people') return;
    if (name.surname) draft.fields.surname ??= name.surname;
    if (name.forenames) draft.fields.forenames ??= name.forenames;
    if (name.aliases.length > 0) {
      const known = String(draft.fields.aliases ?? '');
      draft.fields.aliases = [
        ...(known ? [known] : []),
        ...name.aliases.filter((alias) => !known.includes(alias)),
      ].join('; ');
    }
  }

  private takeAddress(column: MappedColumn, prefix: string, text: string): void {
    const cleaned = cleanAddress(text);
    const shown = [cleaned.value?.address, cleaned.value?.postcode].filter(Boolean).join(', ');
    this.tell(column, { ...cleaned, value: shown || null });
    if (cleaned.flag) this.note(column, cleaned.flag, text);
    if (!cleaned.value) return;
    this.put(prefix, 0, 'address', { value: cleaned.value.address || null }, ', ');
    // A postcode column of its own is better evidence than one inside the address.
    const draft = prefix === '' ? this.record('', 0, this.kind.grid) : this.linked(prefix, 0);
    if (cleaned.value.postcode) draft.fields.postcode ??= cleaned.value.postcode;
  }

  private takePhones(
    column: MappedColumn,
    prefix: string,
    name: string,
    text: string,
    stored: StoredValue | undefined,
  ): void {
    const parts = stored ? [text] : splitPhones(text);
    const all = parts.map((part) => ({ part, cleaned: cleanPhone(part, stored) }));
    this.tell(column, {
      value: all.flatMap(({ cleaned }) => cleaned.value ?? []).join('; ') || null,
      repaired: all.find(({ cleaned }) => cleaned.repaired)?.cleaned.repaired,
      flag: all.find(({ cleaned }) => cleaned.flag)?.cleaned.flag,
    });
    for (const { part, cleaned } of all) {
      if (cleaned.flag) this.note(column, cleaned.flag, part);
      if (cleaned.value === null) continue;
      if (prefix === '') {
        // The row is about one phone: a second number is kept as a note of it, not dropped.
        const draft = this.record('', 0, this.kind.grid);
        if (draft.fields[name] === undefined) this.put('', 0, name, cleaned);
        else this.put('', 0, 'note', { value: `also ${cleaned.value}` }, '; ');
      } else {
        const used = [...this.records.values()].filter(
          (draft) => draft.prefix === prefix && draft.fields[name] !== undefined,
        ).length;
        this.put(prefix, used, name, cleaned);
      }
    }
  }

  private takeGrade(column: MappedColumn, text: string): void {
    const grade = parseGrade(text);
    const code = `${grade.source}${grade.assessment}${grade.handling}`;
    this.tell(column, { value: grade.needsRegrade ? tidyText(text) || null : code, flag: grade.flag });
    const draft = this.record('', 0, this.kind.grid);
    if (tidyText(text) !== '') draft.fields.originalGrade = tidyText(text);
    if (grade.scheme) draft.fields.originalScheme = grade.scheme;
    if (grade.conditions) this.put('', 0, 'conditions', { value: grade.conditions }, '; ');
    if (!grade.needsRegrade) {
      draft.fields.grade = code;
      this.grade = code;
    } else if (grade.proposal) draft.fields.proposedGrade = grade.proposal;
    // Conditions may stand in a column of their own: `finish` knows.
    if (grade.flag && grade.flag.code !== conditionsMissing.code) this.note(column, grade.flag, text);
  }

  /** Values that need their neighbours: names from parts, moments from date and time, what is missing. */
  finish(row: SheetRow): Reading {
    const own = this.record('', 0, this.kind.grid);
    const { fields } = own;
    if (this.kind.grid === 'people' && fields.name === undefined && (fields.surname || fields.forenames))
      this.nameFromParts(fields);
    if (this.kind.grid === 'intelligence') {
      fields.needsRegrade = fields.grade === undefined ? 'yes' : 'no';
      if (/C$/.test(this.grade ?? '') && !fields.conditions)
        this.issues.push({ column: null, ...conditionsMissing, raw: '', outcome: 'kept' });
    }
    if (this.kind.kind === 'communication') this.momentFromParts(fields);
    this.dropUnusable();
    if (this.kind.kind === 'warrant') this.premisesText(own);
    if (this.kind.linked.person) this.personFromRow(fields);
    const missing = this.kind.essential.find((group) => !group.some((field) => this.has(field)));
    if (missing) return this.reject(missing, row);
    return {
      outcome: 'import',
      issues: this.issues,
      records: [...this.records.values()].filter((draft) => Object.keys(draft.fields).length > 0),
      grade: this.grade,
    };
  }

  private has(field: string): boolean {
    const dot = field.indexOf('.');
    if (dot < 0) return (this.records.get('/0')?.fields[field] ?? null) !== null;
    return (this.records.get(`${field.slice(0, dot)}/0`)?.fields[field.slice(dot + 1)] ?? null) !== null;
  }

  private nameFromParts(fields: Fields): void {
    const surname = String(fields.surname ?? '');
    const forenames = String(fields.forenames ?? '');
    const cleaned = cleanName(surname && forenames ? `${surname}, ${forenames}` : surname || forenames);
    if (!cleaned.value) return;
    delete fields.surname;
    delete fields.forenames;
    this.putName(cleaned.value);
    if (!forenames) delete fields.forenames;
    if (!surname) delete fields.surname;
  }

  private momentFromParts(fields: Fields): void {
    const date = fields['start.date'];
    const time = fields['start.time'];
    delete fields['start.date'];
    delete fields['start.time'];
    if (fields.start !== undefined || typeof date !== 'string') return;
    fields.start = typeof time === 'string' ? `${date}T${time}` : `${date}T00:00:00`;
    if (typeof time !== 'string') {
      this.issues.push({
        column: null,
        code: 'time.missing',
        message: 'The row has a date but no time; midnight is shown.',
        raw: '',
        outcome: 'kept',
      });
    }
  }

  /** A linked thing without an identity of its own is no record: a postcode alone is no address. */
  private dropUnusable(): void {
    for (const [key, draft] of this.records) {
      if (draft.prefix === 'premises') {
        const { address, postcode } = draft.fields;
        if (!address && !(typeof postcode === 'string' && isFullPostcode(postcode))) this.records.delete(key);
        else if (!address) draft.fields.address = String(postcode);
      }
      if (draft.prefix === 'phone' && (draft.fields.number ?? 'withheld') === 'withheld')
        this.records.delete(key);
    }
    if (this.kind.grid === 'premises') {
      const { fields } = this.record('', 0, 'premises');
      if (!fields.address && fields.postcode) fields.address = fields.postcode;
    }
  }

  private premisesText(own: RecordDraft): void {
    const premises = this.records.get('premises/0');
    if (premises)
      own.fields.premisesText = [premises.fields.address, premises.fields.postcode]
        .filter(Boolean)
        .join(', ');
  }

  /** Custody and referral rows are about a person: name, date of birth and PNC ID identify one. */
  private personFromRow(fields: Fields): void {
    if (!fields.name && !fields.pncId) return;
    const person = this.linked('person', 0);
    for (const field of ['name', 'dob', 'pncId']) {
      const value = fields[field];
      if (value !== undefined && value !== null) person.fields[field] = value;
    }
  }

  private reject(missing: readonly string[], row: SheetRow): Reading {
    const cause = missing.flatMap(
      (field) => this.refused.get(field) ?? this.refused.get(`${field}.date`) ?? [],
    )[0];
    const names = missing.map(
      (field) => findField(this.kind, field)?.title ?? findField(this.kind, `${field}.date`)?.title ?? field,
    );
    const reason = cause
      ? cause.message
      : `The row has no usable ${names.join(', ').replace(/, ([^,]*)$/, ' or $1')}.`;
    const raw = shownAs(row.text.filter((cell) => cell.trim() !== '').join(' | '));
    this.issues.push({
      column: null,
      code: cause?.code ?? 'row.nothing-usable',
      message: reason,
      raw,
      outcome: 'rejected',
    });
    return { outcome: 'reject', reason, issues: this.issues, records: [], grade: null };
  }
}

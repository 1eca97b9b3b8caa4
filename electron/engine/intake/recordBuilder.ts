/** The cells of one row, cleaned and put together to the records that the row holds. Pure. */
import { AppError } from '../../../shared/contract/errors.ts';
import { cleanAddress } from '../../../shared/domain/addresses.ts';
import type { Cleaned, Flag } from '../../../shared/domain/cleaned.ts';
import { parseGrade } from '../../../shared/domain/grades.ts';
import { parseMarking } from '../../../shared/domain/markings.ts';
import type { PersonName } from '../../../shared/domain/names.ts';
import { cleanName } from '../../../shared/domain/names.ts';
import { isFullPostcode } from '../../../shared/domain/postcode.ts';
import { tidyText } from '../../../shared/domain/tidy.ts';
import { cleanVehicleMark, splitVehicleMarks } from '../../../shared/domain/vehicleMark.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { Cleaner, Kind } from '../../../shared/intake/kinds.ts';
import { findField } from '../../../shared/intake/kinds.ts';
import { cleanPhone } from './clean/phone.ts';
import { splitPhones } from './clean/splitPhones.ts';
import type { SheetRow, StoredValue } from './readers/types.ts';
import type { CellTrace, Fields, MappedColumn, Reading, RecordDraft, TracedCell } from './reading.ts';
import { shownAs } from './reading.ts';

const conditionsMissing = {
  code: 'grade.conditions-missing',
  message: 'Handling C needs its conditions in words.',
};

/** One row above the system's ceiling is enough: the file may not be held, not even as rejected rows. */
export function markedTooHigh(marking: string): AppError {
  return new AppError(
    'file.marking',
    `The file holds an item marked ${tidyText(marking).slice(0, 40).toUpperCase()}. This system may not hold it: return the file to its originator and tell your information security officer.`,
  );
}

export interface FilledCell {
  column: MappedColumn;
  text: string;
  stored: StoredValue | undefined;
}

const proseCleaners = new Set<Cleaner>(['text', 'longText', 'name', 'namePart', 'grade']);

/** What a cell says by itself, where it needs no other column to be read; null for a part of a value. */
function readWhole({ column, text, stored }: FilledCell): CellValue {
  if (proseCleaners.has(column.field.cleaner)) return null;
  const { value, flag } = column.read(text, stored);
  if (value === null || flag) return null;
  // The day, the month and the year of a date may each pass for something; only a full date is one.
  if (column.field.cleaner === 'date' || column.field.cleaner === 'dateTime')
    return /^\d{4}-\d\d-\d\dT?/.test(String(value)) && text.trim().length > 5 ? value : null;
  return value;
}

/** Keepers, subscribers and occupants that are no people. */
const organisation =
  /\b(ltd|limited|plc|llp|council|company|rentals?|hire|leasing|motors|garage|housing|association|trust|university|college|charity|group|police|constabulary)\b|^(un ?-?registered|pre ?-?paid|payg|pay as you go|no (trace|details|data|info.*)|not (registered|held|known)|vacant|empty|various|numerous|none)\b/i;

/** Parts of a moment carry a dot in their names without being about another thing. */
function placeOf(field: string): { prefix: string; name: string } {
  const dot = field.startsWith('start.') ? -1 : field.indexOf('.');
  return dot > 0 ? { prefix: field.slice(0, dot), name: field.slice(dot + 1) } : { prefix: '', name: field };
}

/** Collects the cells of one row into records. */
export class RecordBuilder {
  private readonly kind: Kind;
  private readonly trace: CellTrace | undefined;
  private readonly records = new Map<string, RecordDraft>();
  private readonly issues: Reading['issues'] = [];
  /** Flags of cells that could not be used, by field: they explain a rejection. */
  private readonly refused = new Map<string, Flag>();
  private grade: string | null = null;

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

  private draftOf(prefix: string, part = 0): RecordDraft {
    return prefix === '' ? this.record('', 0, this.kind.grid) : this.linked(prefix, part);
  }

  /** How many parts of a linked thing have a value of the field already. */
  private countParts(prefix: string, name: string): number {
    return [...this.records.values()].filter(
      (draft) => draft.prefix === prefix && draft.fields[name] !== undefined,
    ).length;
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
    if (!this.trace) return;
    const field = column.field.field;
    const { value, repaired, flag } = cell;
    for (const index of [column.index, ...(column.also ?? [])])
      this.trace(index, { field, value, repaired, flag });
  }

  /**
   * Takes the filled cells of the columns that feed one single-valued field. Where several can be read each by
   * itself the first is kept and a differing one is listed; otherwise they are parts, joined in column order.
   */
  takeTogether(cells: readonly FilledCell[]): void {
    const [first] = cells;
    if (!first) return;
    if (cells.length === 1) {
      this.take(first.column, first.text, first.stored);
      return;
    }
    const whole = cells.map((cell) => readWhole(cell));
    const at = whole.findIndex((value) => value !== null);
    const kept = cells[at];
    if (kept && whole.filter((value) => value !== null).length > 1) {
      this.take(kept.column, kept.text, kept.stored);
      for (const [index, other] of cells.entries()) {
        if (index === at) continue;
        const value = whole[index] ?? null;
        if (value === whole[at]) {
          this.tell(other.column, { value });
          continue;
        }
        const flag: Flag = {
          code: 'field.second-value',
          message: `${other.column.field.title} stands in another column with another value; the first was kept.`,
          severity: 'warning',
        };
        this.tell(other.column, { value: null, flag });
        this.note(other.column, flag, other.text);
      }
      return;
    }
    const { cleaner } = first.column.field;
    const between = cleaner === 'date' ? '/' : cleaner === 'time' ? ':' : ' ';
    this.take(
      {
        ...first.column,
        also: cells.slice(1).map((cell) => cell.column.index),
        heading: cells.map((cell) => cell.column.heading).join(' + '),
      },
      cells.map((cell) => cell.text.trim()).join(between),
      undefined,
    );
  }

  take(column: MappedColumn, text: string, stored: StoredValue | undefined): void {
    const { field } = column;
    const { prefix, name } = placeOf(field.field);
    switch (field.cleaner) {
      case 'name':
        this.takeName(column, prefix, text);
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
    if (field.cleaner === 'vehicleMark' && field.many === 'values' && !stored) {
      const marks = splitVehicleMarks(text);
      if (marks.length > 1) {
        this.takeMarks(column, prefix, name, marks);
        return;
      }
    }
    const cleaned = column.read(text, stored);
    this.tell(column, cleaned);
    if (cleaned.flag) this.note(column, cleaned.flag, text);
    // An age or a year is no date, but it may say that a person is a child.
    if (cleaned.flag?.code === 'date.partial' && name === 'dob' && this.draftOf(prefix).grid === 'people')
      this.put(prefix, 0, 'dobText', { value: tidyText(text) });
    if (cleaned.value === null) return;
    if (field.many === 'values') this.put(prefix, this.countParts(prefix, name), name, cleaned);
    else {
      const joint = name === 'forenames' ? ' ' : '; ';
      this.put(prefix, 0, name, cleaned, field.many === 'join' ? joint : undefined);
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
    const draft = this.draftOf(prefix, part);
    // A column of forenames says better what was taken from the whole name.
    const earlier = draft.parted?.delete(name) ? undefined : draft.fields[name];
    draft.fields[name] = joinWith && earlier ? `${earlier}${joinWith}${cleaned.value}` : cleaned.value;
    if (cleaned.repaired) draft.repairs[name] = cleaned.repaired;
  }

  /** Several marks in one cell: a vehicle each. */
  private takeMarks(column: MappedColumn, prefix: string, name: string, marks: readonly string[]): void {
    const all = marks.map((mark) => ({ mark, cleaned: cleanVehicleMark(mark) }));
    this.tell(column, {
      value: all.flatMap(({ cleaned }) => cleaned.value ?? []).join('; ') || null,
      repaired: all.find(({ cleaned }) => cleaned.repaired)?.cleaned.repaired,
      flag: all.find(({ cleaned }) => cleaned.flag)?.cleaned.flag,
    });
    for (const { mark, cleaned } of all) {
      if (cleaned.flag) this.note(column, cleaned.flag, mark);
      this.put(prefix, this.countParts(prefix, name), name, cleaned);
    }
  }

  private takeName(column: MappedColumn, prefix: string, text: string): void {
    // Several people named in one cell: `many` says that the field expects it.
    const parts =
      column.field.many === 'values' ? text.split(/[;\n]+/).filter((part) => part.trim()) : [text];
    const asWritten = this.kind.linked[prefix]?.asWritten;
    if (asWritten && organisation.test(text.trim())) {
      this.tell(column, { value: tidyText(text) });
      this.put('', 0, asWritten, { value: tidyText(text) }, '; ');
      return;
    }
    const all = parts.map((part) => ({ part, cleaned: cleanName(part) }));
    this.tell(column, {
      value: all.flatMap(({ cleaned }) => cleaned.value?.full ?? []).join('; ') || null,
      repaired: all.find(({ cleaned }) => cleaned.repaired)?.cleaned.repaired,
      flag: all.find(({ cleaned }) => cleaned.flag)?.cleaned.flag,
    });
    for (const { part, cleaned } of all) {
      if (cleaned.flag) this.note(column, cleaned.flag, part);
      if (!cleaned.value) {
        // No name of a person: it stays what the row says about itself, as written.
        if (asWritten) this.put('', 0, asWritten, { value: tidyText(part) || null }, '; ');
        continue;
      }
      const count = column.field.many === 'values' ? this.countParts(prefix, 'name') : 0;
      const draft = this.draftOf(prefix, count);
      this.putName(draft, cleaned.value);
      if (cleaned.repaired) draft.repairs.name = cleaned.repaired;
    }
  }

  private putName(draft: RecordDraft, name: PersonName): void {
    draft.fields.name = name.full;
    if (draft.grid !== 'people') return;
    if (name.surname) draft.fields.surname ??= name.surname;
    if (name.forenames && draft.fields.forenames === undefined) {
      draft.fields.forenames = name.forenames;
      draft.parted = new Set(['forenames']);
    }
    if (name.title) draft.fields.title ??= name.title;
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
    const draft = this.draftOf(prefix);
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
        this.put(prefix, this.countParts(prefix, name), name, cleaned);
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
  finish(row: SheetRow, goesOn: boolean): Reading {
    const own = this.record('', 0, this.kind.grid);
    const { fields } = own;
    for (const draft of this.records.values()) if (draft.grid === 'people') this.nameFromParts(draft);
    if (this.kind.grid === 'intelligence' && !(goesOn && fields.originalGrade === undefined)) {
      fields.needsRegrade = fields.grade === undefined ? 'yes' : 'no';
      if (/C$/.test(this.grade ?? '') && !fields.conditions)
        this.issues.push({ column: null, ...conditionsMissing, raw: '', outcome: 'kept' });
    }
    if (this.kind.kind === 'communication') this.momentFromParts(fields);
    this.dropUnusable();
    if (this.kind.kind === 'warrant') this.premisesText(own);
    this.shareNames(fields);
    if (goesOn) return { ...this.result(), goesOn };
    const missing = this.kind.essential.find((group) => !group.some((field) => this.has(field)));
    if (missing) return this.reject(missing, row);
    return this.result();
  }

  private result(): Reading {
    return {
      outcome: 'import',
      issues: this.issues,
      records: [...this.records.values()].filter(
        (draft) => draft.prefix === '' || Object.keys(draft.fields).length > 0,
      ),
      grade: this.grade,
    };
  }

  private has(field: string): boolean {
    const dot = field.indexOf('.');
    if (dot < 0) return (this.records.get('/0')?.fields[field] ?? null) !== null;
    return (this.records.get(`${field.slice(0, dot)}/0`)?.fields[field.slice(dot + 1)] ?? null) !== null;
  }

  private nameFromParts(draft: RecordDraft): void {
    const { fields } = draft;
    if (fields.name !== undefined || !(fields.surname || fields.forenames)) return;
    const surname = String(fields.surname ?? '');
    const forenames = String(fields.forenames ?? '');
    const cleaned = cleanName(surname && forenames ? `${surname}, ${forenames}` : surname || forenames);
    if (!cleaned.value) return;
    delete fields.surname;
    delete fields.forenames;
    this.putName(draft, cleaned.value);
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
      if (draft.prefix === '') continue;
      if (draft.grid === 'premises') {
        const { address, postcode } = draft.fields;
        if (!address && !(typeof postcode === 'string' && isFullPostcode(postcode))) this.records.delete(key);
        else if (!address) draft.fields.address = String(postcode);
      }
      if (draft.grid === 'phones' && (draft.fields.number ?? 'withheld') === 'withheld')
        this.records.delete(key);
      if (draft.grid === 'people') this.dropNameless(key, draft);
    }
    if (this.kind.grid === 'premises') {
      const { fields } = this.record('', 0, 'premises');
      if (!fields.address && fields.postcode) fields.address = fields.postcode;
    }
  }

  /** A date of birth without a name or number is nobody. */
  private dropNameless(key: string, draft: RecordDraft): void {
    const { name, pncId, croNumber, aliases, ...rest } = draft.fields;
    if (name || pncId || croNumber || aliases) return;
    this.records.delete(key);
    const raw = Object.values(rest).filter((value) => value !== null);
    if (raw.length === 0 || findField(this.kind, 'name')) return;
    this.issues.push({
      column: null,
      code: 'person.unnamed',
      message: 'The row says something about a person whom it does not name; no person was made of it.',
      raw: shownAs(raw.join(' | ')),
      outcome: 'kept',
    });
  }

  private premisesText(own: RecordDraft): void {
    const premises = this.records.get('premises/0');
    if (premises)
      own.fields.premisesText = [premises.fields.address, premises.fields.postcode]
        .filter(Boolean)
        .join(', ');
  }

  /**
   * Custody and referral rows are about a person: name, date of birth and PNC ID of the row identify one. Where
   * a row only names somebody, its own column says so as well.
   */
  private shareNames(fields: Fields): void {
    const { person } = this.kind.linked;
    if (person && findField(this.kind, 'name')) {
      const named = this.records.get('person/0')?.fields.name;
      if (fields.name === undefined && named !== undefined) fields.name = named;
      if (!fields.name && !fields.pncId) return;
      const linked = this.linked('person', 0);
      for (const field of ['name', 'dob', 'pncId']) {
        const value = fields[field];
        if (value !== undefined && value !== null) linked.fields[field] = value;
      }
    }
    const named = new Map<string, string[]>();
    for (const draft of this.records.values()) {
      const asWritten = this.kind.linked[draft.prefix]?.asWritten;
      if (!asWritten || !draft.fields.name || fields[asWritten] !== undefined) continue;
      named.set(asWritten, [...(named.get(asWritten) ?? []), String(draft.fields.name)]);
    }
    for (const [field, names] of named) fields[field] = names.join('; ');
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

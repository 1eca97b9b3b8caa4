import type { Cell, DataValidation, Style, Workbook } from 'exceljs';
import { cleanText } from '../../../../shared/packs/format.ts';
import { type Form, type FormColumn, forms } from '../../../../shared/packs/forms.ts';
import type { FormRow, PackData } from '../../../../shared/packs/packData.ts';
import { findCode, labelOf } from '../../../../shared/reference/codeLists.ts';
import { sheetName } from './cellText.ts';
import {
  addSheet,
  headingRow,
  setPrinting,
  setText,
  setWidths,
  writeHeadings,
  writeTop,
} from './sheetFrame.ts';
import { lineHeight, splitRow } from './splitRow.ts';
import { styles, tabColours } from './styles.ts';
import { fitWidths } from './widths.ts';
import type { ContentsEntry } from './writeContents.ts';
import { listOf, planLists, writeLists } from './writeLists.ts';

/** A form is filled in by hand as well: room for two lines of handwriting. */
const lowestRow = 31;

/** Empty rows below the form in which dates, numbers and lists are still checked. */
const spareRows = 200;

/** Counts of people and events have no fractions; weights and amounts have. */
const fractions: ReadonlySet<string> = new Set(['weightG', 'cash']);

export interface FormPlan {
  readonly form: Form;
  readonly name: string;
  readonly rows: readonly FormRow[];
}

/** The forms of the pack that have rows, and the titles of those that have none. */
export function planForms(data: PackData, taken: Set<string>): { plans: FormPlan[]; leftOut: string[] } {
  const plans: FormPlan[] = [];
  const leftOut: string[] = [];
  for (const wanted of data.spec.forms) {
    const form = forms[wanted];
    const rows = data.forms.filter((row) => row.form === wanted);
    if (rows.length === 0) leftOut.push(form.title);
    else plans.push({ form, name: sheetName(form.title, taken), rows });
  }
  return { plans, leftOut };
}

/**
 * Adds the forms that come back filled in, and the sheet of the lists to choose from. Says for the contents
 * what it added.
 *
 * The sheets are not protected: Excel sorts no range in which a cell is locked, and a form must be sorted,
 * added to and copied. Columns that say what a row is about refuse to be typed over instead, and the sign
 * in the first one gives away any row that was changed all the same.
 */
export function writeForms(
  workbook: Workbook,
  data: PackData,
  plans: readonly FormPlan[],
  listsName: string,
): void {
  if (plans.length === 0) return;
  const lists = planLists(
    listsName,
    plans.flatMap(({ form }) => form.columns),
  );
  for (const plan of plans) writeForm(workbook, data, plan, (column) => listOf(lists, column));
  writeLists(workbook, data, lists);
}

/** What the contents say of the forms and their lists. */
export function describeForms(plans: readonly FormPlan[], listsName: string): ContentsEntry[] {
  if (plans.length === 0) return [];
  return [
    ...plans.map(({ form, name, rows }) => ({
      sheet: name,
      rows: rows.length,
      explanation: form.explanation,
    })),
    { sheet: listsName, rows: null, explanation: 'What can be chosen in the forms.' },
  ];
}

function writeForm(
  workbook: Workbook,
  data: PackData,
  { form, name, rows }: FormPlan,
  rangeOf: (column: FormColumn) => string | undefined,
): void {
  const printed = form.columns.filter(isPrinted).length;
  const worksheet = addSheet(workbook, data, name, tabColours.forms, {
    frozenRows: headingRow,
    frozenColumns: printed,
  });
  const widths = fitWidths(form.columns);
  setWidths(worksheet, widths);
  writeTop(worksheet, data, { title: form.title, explanation: form.explanation, widths });
  writeHeadings(
    worksheet,
    form.columns.map(({ heading }) => heading),
    widths,
    form.columns.map((column) => (isPrinted(column) ? styles.fixedHeading : styles.heading)),
  );
  for (const [index, row] of rows.entries()) {
    const printedRow = worksheet.getRow(headingRow + 1 + index);
    const texts = form.columns.map((column) => cleanText(textOf(row, column)));
    const lines = splitRow(texts, widths).reduce((sum, part) => sum + part.lines, 0);
    printedRow.height = Math.min(409, Math.max(lowestRow, 4 + lineHeight * lines));
    for (const [place, column] of form.columns.entries())
      writeCell(printedRow.getCell(place + 1), column, texts[place] ?? '', row);
  }
  const last = headingRow + rows.length;
  for (const [place, column] of form.columns.entries()) {
    const check = checkOf(column, rangeOf(column));
    if (check === undefined) continue;
    const letter = worksheet.getColumn(place + 1).letter;
    const end = isPrinted(column) ? last : last + spareRows;
    // The typings know no range; the writer takes one, which keeps the sheet small.
    (worksheet as unknown as { dataValidations: Validations }).dataValidations.add(
      `${letter}${headingRow + 1}:${letter}${end}`,
      check,
    );
  }
  worksheet.autoFilter = {
    from: { row: headingRow, column: 1 },
    to: { row: last, column: form.columns.length },
  };
  setPrinting(worksheet, widths, last);
}

interface Validations {
  add(range: string, check: DataValidation): void;
}

const isPrinted = ({ kind }: FormColumn) => kind === 'sign' || kind === 'fixed';

/** What stands in a cell at issue: what the row is about, or what the plan knows already, in words. */
function textOf(row: FormRow, column: FormColumn): string {
  if (isPrinted(column)) {
    const value = (row as unknown as Readonly<Record<string, unknown>>)[column.field];
    return typeof value === 'string' ? value : '';
  }
  const known = row.known[column.field] ?? '';
  if (column.kind === 'yesNo') return { yes: 'Yes', no: 'No' }[known] ?? known;
  if (column.kind === 'code' && column.codes !== undefined && known !== '') {
    const code = findCode(column.codes, known);
    return code === undefined ? known : labelOf(column.codes, code);
  }
  return known;
}

function writeCell(cell: Cell, column: FormColumn, text: string, row: FormRow): void {
  const style = styleOf(column);
  if (column.kind === 'moment') {
    const moment = readMoment(text);
    cell.value = moment ?? (text === '' ? null : text);
    cell.style = style;
    return;
  }
  if (column.kind === 'number') {
    const known = row.known[column.field];
    const number = known === undefined || known.trim() === '' ? Number.NaN : Number(known);
    cell.value = Number.isFinite(number) ? number : text === '' ? null : text;
    cell.style = style;
    return;
  }
  setText(cell, text, style);
}

/** Local date and time as Excel counts them: no zone, so the clock of the United Kingdom is written as it is. */
function readMoment(text: string): Date | null {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2})?)?$/.exec(text);
  if (parts === null) return null;
  const moment = new Date(`${parts[1]}T${parts[2] ?? '00:00'}:00Z`);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

function styleOf(column: FormColumn): Partial<Style> {
  if (column.kind === 'sign') return styles.sign;
  if (column.kind === 'fixed') return styles.fixed;
  if (column.kind === 'moment') return styles.formMoment;
  if (column.kind === 'number') return fractions.has(column.field) ? styles.amount : styles.number;
  return styles.text;
}

/** How Excel checks what is typed into a column; undefined for free text. */
function checkOf(column: FormColumn, range: string | undefined): DataValidation | undefined {
  const shared = { allowBlank: true, showErrorMessage: true, errorStyle: 'stop' } as const;
  const prompt = (title: string, text: string) => ({
    showInputMessage: true,
    promptTitle: title,
    prompt: text,
  });
  if (isPrinted(column)) {
    return {
      ...shared,
      type: 'custom',
      formulae: ['FALSE'],
      errorTitle: 'Not to be filled in',
      error:
        'This column says what the row is about. In a row that you added, copy the cell from another row of the same warrant or premises.',
    };
  }
  if (column.kind === 'moment') {
    return {
      ...shared,
      ...prompt('Day and time', 'UK time, for example 26/11/2026 05:31'),
      type: 'date',
      operator: 'greaterThan',
      formulae: [new Date('2000-01-01T00:00:00Z')],
      errorTitle: 'Not a day and time',
      error: 'Write day, month, year and time, for example 26/11/2026 05:31.',
    };
  }
  if (column.kind === 'number') {
    const whole = !fractions.has(column.field);
    return {
      ...shared,
      ...prompt(
        'Number',
        whole ? 'A whole number; 0 when there was none.' : 'A number alone, without the unit.',
      ),
      type: whole ? 'whole' : 'decimal',
      operator: 'greaterThanOrEqual',
      formulae: [0],
      errorTitle: 'Not a number',
      error: whole ? 'Write a whole number, 0 or more.' : 'Write a number, 0 or more, without the unit.',
    };
  }
  if (range === undefined) return undefined;
  return {
    ...shared,
    ...prompt('Choose', 'Choose from the list.'),
    type: 'list',
    formulae: [range],
    errorTitle: 'Not in the list',
    error: 'Choose one of the list, or leave the cell empty and say more in the note.',
  };
}

/** One row of a matrix: whoever its label names, linked with those whose columns are filled. */
import { cleanName } from '../../../shared/domain/names.ts';
import { tidyText } from '../../../shared/domain/tidy.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import { cleanPhone } from './clean/phone.ts';
import { normaliseHeading } from './guess.ts';
import type { SheetRow } from './readers/types.ts';
import type { CellTrace, MappedColumn, Reading, RecordDraft } from './reading.ts';
import { shownAs } from './reading.ts';

/** Cells that say no more than that there is a link, and cells that say that there is none. */
const plainMark = /^(x|y|yes|\u2713|\u2714|\*|linked?|known)$/i;
const noLink = /^(-+|\u2013|\u2014|0|n|no|none|nil|n\/?a)$/i;

interface Label {
  value: CellValue;
  /** By which the same label within one matrix is the same person or phone. */
  key: string;
}

function readLabel(text: string, isPhone: boolean): Label {
  const key = normaliseHeading(text);
  if (isPhone) {
    const { value } = cleanPhone(text);
    return { value: value === 'withheld' ? null : value, key };
  }
  return { value: cleanName(text).value?.full ?? (tidyText(text) || null), key };
}

/** The words of a link: the cell's own where it has any. */
function relationOf(text: string): string {
  const tidy = tidyText(text);
  if (plainMark.test(tidy)) return 'contact';
  if (/^\d+([.,]\d+)?$/.test(tidy)) return `contact (${tidy})`;
  return tidy.length > 80 ? `${tidy.slice(0, 79)}…` : tidy;
}

const rejected = (row: SheetRow, message: string): Reading => ({
  outcome: 'reject',
  reason: message,
  issues: [
    {
      column: null,
      code: 'row.nothing-usable',
      message,
      raw: shownAs(row.text.filter((cell) => cell.trim() !== '').join(' | ')),
      outcome: 'rejected',
    },
  ],
  records: [],
  grade: null,
});

/**
 * The reader of a matrix. The first mapped column holds the labels of the rows, the headings of the others name
 * whom a filled cell links them with. The diagonal and cells that say "no" link nobody.
 */
export function matrixReader(
  columns: readonly MappedColumn[],
  trace: CellTrace | undefined,
): (row: SheetRow) => Reading {
  const [side, ...across] = columns;
  const isPhone = side?.field.cleaner === 'phone';
  const grid = isPhone ? 'phones' : 'people';
  const field = isPhone ? 'number' : 'name';
  const heads = across.map((column) => ({ column, label: readLabel(column.heading, isPhone) }));
  const draft = (prefix: string, part: number, label: Label): RecordDraft => ({
    grid,
    prefix,
    part,
    fields: { [field]: label.value },
    repairs: {},
    localKey: label.key,
  });
  return (row) => {
    const shown = (side && row.text[side.index]) ?? '';
    const label = readLabel(shown, isPhone);
    if (side) trace?.(side.index, { field: side.field.field, value: label.value });
    if (label.value === null) {
      return rejected(
        row,
        isPhone
          ? 'The row has no usable number in its first column.'
          : 'The row has no name in its first column.',
      );
    }
    const records = [draft('', 0, label)];
    const issues: Reading['issues'] = [];
    for (const { column, label: head } of heads) {
      const text = (row.text[column.index] ?? '').trim();
      if (text === '' || noLink.test(text) || head.key === label.key) continue;
      if (head.value === null) {
        issues.push({
          column: column.heading,
          code: 'matrix.heading',
          message: 'The heading of the column names nobody; the link was not made.',
          raw: shownAs(text),
          outcome: 'kept',
        });
        continue;
      }
      const relation = relationOf(text);
      trace?.(column.index, { field: column.field.field, value: relation });
      records.push({ ...draft('with', column.index, head), relation });
    }
    return { outcome: 'import', issues, records, grade: null };
  };
}

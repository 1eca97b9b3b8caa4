import type { Workbook } from 'exceljs';
import type { FormColumn } from '../../../../shared/packs/forms.ts';
import type { PackData } from '../../../../shared/packs/packData.ts';
import { codeLists, sourcedCodeLists } from '../../../../shared/reference/codeLists.ts';
import {
  addSheet,
  headingRow,
  setPrinting,
  setText,
  setWidths,
  writeHeadings,
  writeTop,
} from './sheetFrame.ts';
import { styles, tabColours } from './styles.ts';

interface List {
  /** Key of the code list, or `yesNo`. */
  readonly key: string;
  readonly heading: string;
  readonly entries: readonly string[];
}

export interface Lists {
  /** Name of the sheet. */
  readonly name: string;
  readonly lists: readonly List[];
}

/** The lists that the columns choose from, each once. They stand on a sheet that everybody can see. */
export function planLists(name: string, columns: readonly FormColumn[]): Lists {
  const lists = new Map<string, List>();
  for (const column of columns) {
    const key = keyOf(column);
    if (key === undefined || lists.has(key)) continue;
    lists.set(key, {
      key,
      heading: key === 'yesNo' ? 'Yes or no' : (sourcedCodeLists[key]?.title ?? column.heading),
      entries: key === 'yesNo' ? ['Yes', 'No'] : (codeLists[key] ?? []).map(({ label }) => label),
    });
  }
  return { name, lists: [...lists.values()] };
}

/** Address of the list of a column, as a check of Excel names it; undefined where nothing is chosen. */
export function listOf({ name, lists }: Lists, column: FormColumn): string | undefined {
  const place = lists.findIndex(({ key }) => key === keyOf(column));
  const entries = lists[place]?.entries.length ?? 0;
  if (entries === 0) return undefined;
  const letter = String.fromCharCode(65 + place);
  return `'${name.replaceAll("'", "''")}'!$${letter}$${headingRow + 1}:$${letter}$${headingRow + entries}`;
}

/** Adds the sheet of the lists. */
export function writeLists(workbook: Workbook, data: PackData, { name, lists }: Lists): void {
  const worksheet = addSheet(workbook, data, name, tabColours.forms, {
    frozenRows: headingRow,
    frozenColumns: 0,
  });
  const widths = lists.map(() => Math.max(34, Math.floor(138 / lists.length)));
  setWidths(worksheet, widths);
  writeTop(worksheet, data, {
    title: 'Lists',
    explanation: 'What can be chosen in the forms. Leave it as it is: the forms look here.',
    widths,
  });
  writeHeadings(
    worksheet,
    lists.map(({ heading }) => heading),
    widths,
  );
  const longest = Math.max(0, ...lists.map(({ entries }) => entries.length));
  for (let index = 0; index < longest; index += 1) {
    const row = worksheet.getRow(headingRow + 1 + index);
    for (const [place, { entries }] of lists.entries())
      setText(row.getCell(place + 1), entries[index] ?? '', styles.text);
  }
  setPrinting(worksheet, widths, headingRow + longest);
}

function keyOf(column: FormColumn): string | undefined {
  if (column.kind === 'yesNo') return 'yesNo';
  return column.kind === 'code' ? column.codes : undefined;
}

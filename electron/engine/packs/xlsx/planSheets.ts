import type { PackColumn } from '../../../../shared/packs/columns.ts';
import { countFindings } from '../../../../shared/packs/cover.ts';
import { formatMoment, formatValue } from '../../../../shared/packs/format.ts';
import type { PackChanges, PackData } from '../../../../shared/packs/packData.ts';
import type { SectionId } from '../../../../shared/packs/packSpec.ts';
import { listSections, rowsOfSection } from '../../../../shared/packs/sections.ts';
import { listPrintedSources } from '../../../../shared/packs/sources.ts';
import { sheetName } from './cellText.ts';
import { tabColours } from './styles.ts';
import type { SheetRow, TableSheet } from './writeSheet.ts';

export interface SheetPlan {
  readonly sheets: readonly TableSheet[];
  /** Where the values came from: the last sheet of the workbook. */
  readonly sourceIndex: TableSheet | null;
  /** Titles of the sheets that would be empty. */
  readonly leftOut: readonly string[];
}

/**
 * Sections that say something by being empty: nobody should have to wonder whether children were looked
 * for. Every other section without rows is named in the contents instead of filling a page.
 */
const alwaysPrinted: ReadonlySet<SectionId> = new Set([
  'briefing',
  'targets',
  'warrants',
  'premises',
  'people',
  'safeguarding',
]);

const sourceIndexName = 'Source index';

/** A severity is a sign and a word; the colour only repeats it. */
const severityWords = { blocker: '■ BLOCKER', warning: '▲ Warning', note: '● Note' } as const;

const changeWords = { added: '+ Added', removed: '− Removed', changed: '△ Changed' } as const;

/**
 * The tables of the workbook in their order: what changed, what is not ready, the sections (each with its
 * second sheet), where the values came from. `taken` gains the names of the sheets.
 */
export function planSheets(data: PackData, taken: Set<string>): SheetPlan {
  const sheets: TableSheet[] = [];
  if (data.spec.sourceIndex) taken.add(sourceIndexName.toLowerCase());
  const leftOut: string[] = [];
  if (data.changes !== null) sheets.push(planChanges(data, data.changes, taken));
  if (data.spec.findings) sheets.push(planFindings(data, taken));
  for (const section of listSections(data)) {
    const rows = rowsOfSection(data, section.id);
    if (rows.length === 0 && !alwaysPrinted.has(section.id)) {
      leftOut.push(section.title);
      continue;
    }
    const printed = section.columns.filter(({ width }) => width > 0);
    const main = printed.filter(({ part }) => part === 'main');
    const detail = printed.filter(({ part }) => part === 'detail');
    const { title, explanation, whenEmpty } = section;
    const table = { whenEmpty, tab: tabColours[section.id], rows };
    const keyColumns = section.id === 'briefing' || section.id === 'intelligence' ? 1 : 2;
    // A section of which an audience sees only details has them as its one sheet.
    const columns = main.length === 0 ? detail : main;
    sheets.push({ ...table, name: sheetName(title, taken), title, explanation, columns, keyColumns });
    if (section.detailTitle === undefined || detail.length === 0 || main.length === 0) continue;
    if (!rows.some((row) => detail.some(({ field, kind }) => formatValue(row[field], kind) !== ''))) {
      leftOut.push(section.detailTitle);
      continue;
    }
    sheets.push({
      ...table,
      name: sheetName(section.detailTitle, taken),
      title: section.detailTitle,
      explanation: `More about each row of ${title}.`,
      columns: [...main.slice(0, 2), ...detail],
      keyColumns: Math.min(2, main.length),
    });
  }
  const index = data.spec.sourceIndex ? planSourceIndex(data) : null;
  if (index?.rows.length === 0) leftOut.push(index.title);
  return { sheets, sourceIndex: index !== null && index.rows.length > 0 ? index : null, leftOut };
}

function planChanges(data: PackData, changes: PackChanges, taken: Set<string>): TableSheet {
  const titles = new Map<string, string>(listSections(data).map(({ id, title }) => [id, title]));
  return {
    name: sheetName('What changed', taken),
    title: `What changed since version ${changes.since}`,
    explanation: `Compared with version ${changes.since} of ${formatMoment(changes.sinceAt)}. Read these rows again even if you know the earlier issue.`,
    whenEmpty: `Nothing in this pack is different from version ${changes.since}.`,
    tab: tabColours.findings,
    keyColumns: 2,
    columns: [
      { field: 'change', heading: 'Change', kind: 'text', width: 12 },
      { field: 'section', heading: 'Sheet', kind: 'text', width: 18 },
      { field: 'ref', heading: 'Record', kind: 'reference', width: 10 },
      { field: 'name', heading: 'Name', kind: 'text', width: 30 },
      { field: 'field', heading: 'What', kind: 'text', width: 20 },
      { field: 'before', heading: 'Before', kind: 'longText', width: 48 },
      { field: 'after', heading: 'Now', kind: 'longText', width: 48 },
    ],
    rows: changes.rows.map((change) => ({
      ...change,
      change: changeWords[change.kind],
      section: titles.get(change.section) ?? change.section,
      field: change.field ?? 'The whole record',
    })),
  };
}

function planFindings(data: PackData, taken: Set<string>): TableSheet {
  return {
    name: sheetName('Readiness', taken),
    title: 'Readiness',
    explanation: `What the checks found: ${countFindings(data.findings)}. A blocker is mended before the strike.`,
    whenEmpty: 'The checks found nothing to mend.',
    tab: tabColours.findings,
    keyColumns: 1,
    columns: [
      { field: 'severity', heading: 'Severity', kind: 'text', width: 13 },
      { field: 'message', heading: 'Finding', kind: 'longText', width: 76 },
      { field: 'mend', heading: 'How to mend it', kind: 'longText', width: 64 },
      { field: 'refs', heading: 'Records', kind: 'text', width: 26 },
    ],
    rows: data.findings.map(({ severity, message, mend, refs }) => ({
      severity: severityWords[severity],
      message,
      mend,
      refs: refs.join(', '),
    })),
  };
}

function planSourceIndex(data: PackData): TableSheet {
  const columns = new Map<string, { section: string; column: PackColumn }>();
  const values = new Map<string, unknown>();
  for (const section of listSections(data)) {
    for (const column of section.columns) {
      columns.set(`${section.id} ${column.field}`, { section: section.title, column });
      for (const row of rowsOfSection(data, section.id)) {
        values.set(`${section.id} ${column.field} ${row.ref}`, row[column.field]);
      }
    }
  }
  return {
    name: sourceIndexName,
    title: 'Source index',
    explanation: 'Where each printed value came from, and what stood there.',
    whenEmpty: 'No value in this pack came from an imported file.',
    tab: tabColours.sourceFiles,
    keyColumns: 2,
    columns: [
      { field: 'section', heading: 'Sheet of the pack', kind: 'text', width: 14 },
      { field: 'ref', heading: 'Record', kind: 'reference', width: 10 },
      { field: 'heading', heading: 'Column of the pack', kind: 'text', width: 19 },
      { field: 'value', heading: 'Value', kind: 'text', width: 25 },
      { field: 'file', heading: 'File', kind: 'text', width: 49 },
      { field: 'sheet', heading: 'Sheet', kind: 'text', width: 16 },
      { field: 'row', heading: 'Row', kind: 'number', width: 8 },
      { field: 'column', heading: 'Column', kind: 'text', width: 17 },
      { field: 'raw', heading: 'As it stood', kind: 'text', width: 40 },
    ],
    rows: listPrintedSources(data).map((entry): SheetRow => {
      const printed = columns.get(`${entry.section} ${entry.field}`);
      const kind = printed?.column.kind ?? 'text';
      const whole = values.get(`${entry.section} ${entry.field} ${entry.ref}`);
      return {
        ...entry,
        section: printed?.section ?? entry.section,
        heading: printed?.column.heading ?? entry.field,
        // A long text stands in its own sheet and again under "As it stood": twice is enough.
        value: kind === 'longText' ? null : formatValue(entry.value ?? whole, kind),
      };
    }),
  };
}

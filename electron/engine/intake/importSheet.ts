/** The rows of one sheet: read, cleaned, accounted for. */
import { setImmediate } from 'node:timers/promises';
import type { RowIssue, SheetMapping, SheetReport, TableArea } from '../../../shared/contract/schemas.ts';
import { kinds } from '../../../shared/intake/kinds.ts';
import { forms } from '../../../shared/packs/forms.ts';
import { writeAnnotations } from '../database/queries/annotations.ts';
import { prepare, run } from '../database/sql.ts';
import { openForm } from '../packs/forms/landForm.ts';
import { today } from '../session.ts';
import { callReader, emptyCall } from './callReader.ts';
import { columnLetter, readHeadings } from './guess.ts';
import type { Job } from './job.ts';
import { planSheet, readTableHead } from './planSheet.ts';
import type { OpenedFile, SheetReader } from './readers/types.ts';
import { rowReader } from './readRow.ts';
import { beginRefresh } from './refresh/sheetRefresh.ts';
import { isInside, tableRows } from './tableRows.ts';
import { zoneUnknown } from './timeZone.ts';

const maximumIssues = 1000;
const maximumStoredIssues = 100_000;

/** The place of a table on its sheet, in words. */
function describeArea({ firstRow, lastRow, firstColumn, lastColumn }: TableArea): string {
  const rows = lastRow === null ? `from row ${firstRow}` : `rows ${firstRow} to ${lastRow}`;
  if (firstColumn === 0 && lastColumn === null) return rows;
  const first = columnLetter(firstColumn);
  return `${rows}, ${lastColumn === null ? `from column ${first}` : `columns ${first} to ${columnLetter(lastColumn)}`}`;
}

function emptyReport(mapping: SheetMapping, headings: readonly string[]): SheetReport {
  const named = new Map<string, number>();
  const entries = mapping.columns.map((field, index): [string, string | null] => {
    const heading = headings[index] || `column ${index + 1}`;
    const count = (named.get(heading) ?? 0) + 1;
    named.set(heading, count);
    return [count > 1 ? `${heading} (${count})` : heading, field];
  });
  return {
    sheet: mapping.sheet,
    ...(mapping.table ? { table: describeArea(mapping.table) } : {}),
    kind: mapping.kind,
    headerRow: mapping.headerRow,
    rows: 0,
    imported: 0,
    updated: 0,
    unchanged: 0,
    skipped: 0,
    rejected: 0,
    mapping: Object.fromEntries(entries),
    issues: [],
    issueCount: 0,
    skippedBy: {},
    repairs: {},
  };
}

export async function countUnchanged(
  job: Job,
  opened: OpenedFile,
  mappings: readonly SheetMapping[],
): Promise<SheetReport[]> {
  const reports: SheetReport[] = [];
  for (const mapping of mappings) {
    const sheet = opened.sheets.find((each) => each.name === mapping.sheet);
    if (!sheet) continue;
    const report = emptyReport(
      mapping,
      readHeadings(
        (await readTableHead(sheet, mapping, job.signal)).rows,
        mapping.headerRow,
        mapping.headerRows ?? 1,
      ),
    );
    for await (const { rows, blanks } of tableRows(sheet, mapping, job.signal)) {
      report.rows += rows.length + blanks;
      report.unchanged += rows.length + blanks;
    }
    reports.push(report);
  }
  return reports;
}

export async function importSheet(
  job: Job,
  fileName: string,
  fileId: number,
  sheet: SheetReader,
  mapping: SheetMapping,
  /** Why rows of a sheet without a kind are skipped. */
  leftOut: string,
): Promise<SheetReport> {
  const database = job.session.writer;
  const { plan, undecided } = await planSheet(sheet, mapping, today(job.session), job.signal);
  const { headings } = plan;
  const report = emptyReport(mapping, headings);
  const sheetId = job.sink.number('sources');
  const kind = mapping.kind === null ? null : kinds[mapping.kind];
  const form = kind?.form ? openForm(job, plan, forms[kind.form]) : null;
  const readRow = kind === null ? null : rowReader(plan);
  const readCall = kind === null ? null : callReader(plan);
  const call = emptyCall();
  const issues = issueWriter(job, sheetId, report);
  for (const index of undecided) {
    issues(0, {
      row: mapping.headerRow,
      column: headings[index] ?? null,
      code: 'date.order-assumed',
      message:
        'Nothing in the column says whether day or month comes first; day first was taken. Choose the order if that is wrong.',
      raw: '',
      outcome: 'kept',
    });
  }
  const unknown = zoneUnknown(mapping);
  if (unknown) issues(0, { row: mapping.headerRow, column: null, ...unknown, raw: '', outcome: 'kept' });
  const refresh = await beginRefresh(job, sheetId, plan, () => tableRows(sheet, mapping, job.signal));
  let firstEvidence = 0;
  let lastEvidence = -1;
  for await (const { rows, blanks } of tableRows(sheet, mapping, job.signal)) {
    job.signal?.throwIfAborted();
    skip(report, 'blank row', blanks);
    for (const row of rows) {
      report.rows += 1;
      const evidenceId = job.sink.evidence(sheetId, row);
      if (firstEvidence === 0) firstEvidence = evidenceId;
      lastEvidence = evidenceId;
      if (readRow === null || kind === null) {
        skipOne(report, mapping.table ? 'table left out' : leftOut);
        continue;
      }
      if (form) {
        const landed = form.take(row, evidenceId, (issue) => issues(evidenceId, issue));
        if (landed.outcome === 'skipped') skipOne(report, landed.reason);
        else report[landed.outcome] += 1;
        continue;
      }
      if (readCall?.(row, call)) {
        job.sink.takePlain(call, evidenceId);
        report.imported += 1;
        for (const code of call.repairs) report.repairs[code] = (report.repairs[code] ?? 0) + 1;
        continue;
      }
      const reading = readRow(row);
      for (const issue of reading.issues) issues(evidenceId, { row: row.row, ...issue });
      if (reading.outcome === 'skip') {
        skipOne(report, reading.reason ?? 'skipped');
      } else if (reading.outcome === 'reject') {
        report.rejected += 1;
      } else {
        const note = (code: string, message: string, outcome: RowIssue['outcome'] = 'kept') =>
          issues(evidenceId, { row: row.row, column: null, code, message, raw: '', outcome });
        const verdict = refresh?.judge(reading, row, report, note);
        if (verdict === null) continue;
        const known = verdict && refresh?.knownRow(verdict, evidenceId);
        report[job.sink.take(kind, reading, evidenceId, note, known)] += 1;
        for (const draft of reading.records) {
          for (const code of Object.values(draft.repairs))
            report.repairs[code] = (report.repairs[code] ?? 0) + 1;
        }
      }
    }
    job.rowsDone += rows.length;
    job.progress({
      type: 'progress',
      stage: `Reading ${fileName}`,
      done: job.rowsDone,
      total: null,
      unit: 'rows',
    });
    await setImmediate();
  }
  await refresh?.finish(report);
  if (job.mode === 'commit') {
    run(
      database,
      `INSERT INTO source_sheet (id, import, file_id, file, sheet, kind, header_row, headers, mapping, date_order, rows,
         imported, updated, unchanged, skipped, rejected, first_evidence, last_evidence)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      sheetId,
      job.importId,
      fileId,
      fileName,
      mapping.sheet,
      mapping.kind,
      mapping.headerRow,
      JSON.stringify(headings),
      JSON.stringify(mapping.columns),
      mapping.dateOrder ?? null,
      report.rows,
      report.imported,
      report.updated,
      report.unchanged,
      report.skipped,
      report.rejected,
      firstEvidence,
      lastEvidence,
    );
    const annotations = (await sheet.annotations?.(job.signal)) ?? [];
    writeAnnotations(
      database,
      sheetId,
      annotations.filter((each) => !mapping.table || isInside(mapping.table, each.row, each.column)),
    );
  }
  return report;
}

function skipOne(report: SheetReport, reason: string): void {
  report.skipped += 1;
  report.skippedBy[reason] = (report.skippedBy[reason] ?? 0) + 1;
}

function skip(report: SheetReport, reason: string, count: number): void {
  if (count <= 0) return;
  report.rows += count;
  report.skipped += count;
  report.skippedBy[reason] = (report.skippedBy[reason] ?? 0) + count;
}

/** Counts every issue, shows the first thousand and keeps the first hundred thousand of a sheet. */
function issueWriter(
  job: Job,
  sheetId: number,
  report: SheetReport,
): (evidenceId: number, issue: RowIssue) => void {
  return (evidenceId, issue) => {
    report.issueCount += 1;
    // Rejected rows are always shown: the thousand-and-first warning must not hide one.
    if (report.issues.length < maximumIssues || issue.outcome === 'rejected') report.issues.push(issue);
    // Of a rejected row the reason always stays: the workbook of rejected rows must have them all.
    const isKept = report.issueCount <= maximumStoredIssues || issue.outcome === 'rejected';
    if (job.mode !== 'commit' || !isKept) return;
    prepare(
      job.session.writer,
      `INSERT INTO evidence_issue (evidence_id, sheet_id, row, column, code, message, raw, outcome)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(evidenceId, sheetId, issue.row, issue.column, issue.code, issue.message, issue.raw, issue.outcome);
  };
}

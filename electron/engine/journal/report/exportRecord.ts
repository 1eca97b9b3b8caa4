/** The record, or a part of it, for who has to read it: a supervisor, the Commissioner, a court. */
import type { EntryFilter, RecordReport, ReportFormat } from '../../../../shared/contract/auditSchemas.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Progress } from '../../../../shared/contract/schemas.ts';
import { fileWord } from '../../../../shared/packs/format.ts';
import { writeDocument } from '../../documents/writeDocument.ts';
import { writeOutput } from '../../intake/outputs/writeOutput.ts';
import type { Session } from '../../session.ts';
import { countEntries, listEntries } from '../entries.ts';
import { readHead } from '../head.ts';
import { settleReads } from '../reads.ts';
import { verifyJournal } from '../verify.ts';
import { layoutRecord } from './layoutRecord.ts';

export interface ReportRequest {
  filter: EntryFilter;
  format: ReportFormat;
  recipient: string;
  reason: string;
}

const pageSize = 1000;
/** As many rows as Excel has room for, less the lines above them. */
const mostEntries = 1_000_000;

/**
 * Checks the record, reads the entries of the filter and writes them with the head and who made the report. The
 * report is itself a disclosure.
 * @throws AppError `invalid` for more than pages can hold, `pack.failed`, `cancelled`
 */
export async function exportRecord(
  session: Session,
  request: ReportRequest,
  options: {
    folder: string;
    resources: string | undefined;
    signal: AbortSignal;
    progress: (progress: Progress) => void;
  },
): Promise<RecordReport> {
  const { filter } = request;
  const { signal } = options;
  settleReads(session);
  const database = session.reader;
  const step = (stage: string, done: number, total: number | null) =>
    options.progress({ type: 'progress', stage, done, total, unit: 'entries' });
  const chain = await verifyJournal(database, signal, (done, total) =>
    step('Checking the record', done, total),
  );
  const viewer = session.workspace.user;
  const counts = countEntries(database, filter, viewer);
  if (counts.total > mostEntries)
    throw new AppError('invalid', 'These are more than a million entries. Narrow the period.');
  const entries = [];
  for (let before: number | undefined; ; ) {
    const page = listEntries(database, { before, limit: pageSize, filter, viewer });
    entries.push(...page);
    before = page.at(-1)?.seq;
    step('Reading the record', entries.length, counts.total);
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) throw new AppError('cancelled', 'The report was cancelled; nothing was written.');
    if (page.length < pageSize) break;
  }
  const head = readHead(database);
  const document = layoutRecord({
    entries,
    counts,
    chain,
    head,
    filter,
    by: viewer.name,
    recipient: request.recipient,
    reason: request.reason,
    at: session.clock(),
  });
  const { content, pages } = await writeDocument(document, request.format, {
    resources: options.resources,
    signal,
  });
  const written = await writeOutput(session, {
    folder: options.folder,
    name: `${fileWord(document.marking)}-${fileWord(head.operation.name)}-record.${request.format}`,
    content,
    entry: ({ file, sha256 }) => ({
      operation: 'disclosure',
      method: 'audit.report',
      summary: `Wrote ${entries.length.toLocaleString('en-GB')} entries of the record out of the workspace`,
      after: { file, sha256, filter, head: head.hash, entries: entries.length },
      reason: request.reason,
      recipients: [request.recipient],
    }),
  });
  return { ...written, entries: entries.length, head: head.hash, ...(pages === undefined ? {} : { pages }) };
}

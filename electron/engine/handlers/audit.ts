/** The record of s.62 DPA 2018: settings, reading it with filters, the report, the head of the chain. */
import { openSession, procedures } from '../context.ts';
import { asEvents } from '../jobs.ts';
import { readAuditSettings } from '../journal/auditSettings.ts';
import { countEntries } from '../journal/entries.ts';
import { openEntry } from '../journal/entryDetail.ts';
import { checkHead, readHead } from '../journal/head.ts';
import { changeAuditSettings, justify } from '../journal/justification.ts';
import { settleReads } from '../journal/reads.ts';
import { exportRecord } from '../journal/report/exportRecord.ts';
import { verifyJournal } from '../journal/verify.ts';

export const auditHandlers = {
  settings: procedures.audit.settings.handler(({ context }) => {
    const session = openSession(context);
    return { settings: readAuditSettings(session.reader), justification: session.reads.justification };
  }),
  changeSettings: procedures.audit.changeSettings.handler(({ context, input }) => {
    const session = openSession(context);
    return session.exclusively(() => changeAuditSettings(session, input.settings, input.reason));
  }),
  justify: procedures.audit.justify.handler(async ({ context, input }) => {
    const session = openSession(context);
    await session.exclusively(() => justify(session, input.text));
    return { justification: session.reads.justification };
  }),
  counts: procedures.audit.counts.handler(({ context, input }) => {
    const session = openSession(context);
    settleReads(session);
    return countEntries(session.reader, input, session.workspace.user);
  }),
  entry: procedures.audit.entry.handler(({ context, input }) => openEntry(openSession(context), input.seq)),
  head: procedures.audit.head.handler(({ context }) => {
    const session = openSession(context);
    settleReads(session);
    return readHead(session.reader);
  }),
  checkHead: procedures.audit.checkHead.handler(({ context, input, signal }) =>
    checkHead(openSession(context).reader, input.hash, input.entry, signal),
  ),
  verify: procedures.audit.verify.handler(({ context, signal }) => {
    const session = openSession(context);
    return asEvents(signal, (progress, aborted) =>
      verifyJournal(session.reader, aborted, (done, total) =>
        progress({ type: 'progress', stage: 'Checking the record', done, total, unit: 'entries' }),
      ),
    );
  }),
  report: procedures.audit.report.handler(({ context, input, signal }) => {
    const session = openSession(context);
    const { folder, ...request } = input;
    const path = context.grants.resolve(folder, 'export');
    return asEvents(signal, (progress, aborted) =>
      exportRecord(session, request, {
        folder: path,
        resources: context.resources,
        signal: aborted,
        progress,
      }),
    );
  }),
};

import { AppError } from '../../../shared/contract/errors.ts';
import type { EditResult } from '../../../shared/contract/schemas.ts';
import { findColumn, gridList, makeRef } from '../../../shared/grid/grids.ts';
import type { GridRow } from '../../../shared/grid/query.ts';
import { momentOf, openSession, procedures } from '../context.ts';
import { mentionedRefs, readLabels, readRow, rowExists } from '../database/queries/rows.ts';
import { readDossier } from '../entities/dossier.ts';
import { showRecord } from '../entities/show.ts';
import { recordRead } from '../journal/journal.ts';
import { recordFind, recordPhotograph } from '../journal/reads.ts';
import { readCellHistory } from '../plan/cellHistory.ts';
import { readClocks } from '../plan/clocks.ts';
import type { Changed } from '../plan/edit.ts';
import { addRow, editRows, locate, makeTargets, removeRows } from '../plan/edit.ts';
import { pasteBlock, readBlock } from '../plan/paste.ts';
import { attachPhotograph, readPhotograph } from '../plan/photographs.ts';
import { findingsAbout } from '../plan/readiness.ts';
import { findRecords } from '../search/findRecords.ts';
import { searchIndexOf } from '../search/searchIndex.ts';
import type { Session } from '../session.ts';
import { now } from '../session.ts';

/** The rows as they are now, with the findings that concern them. Read by the writer: the change has just been made there. */
function result(session: Session, changed: Changed | null): EditResult {
  const moment = momentOf(session);
  const rows: GridRow[] = (changed?.rows ?? [])
    .filter((row) => rowExists(session.reader, row.grid, row.id))
    .map((row) => readRow(session.reader, row.grid, row.id, moment));
  const refs = new Set(changed?.rows.map((row) => makeRef(row.grid, row.id)));
  const labelled = gridList.flatMap((grid) => [...mentionedRefs(grid, rows)]);
  // A paste of thousands of rows is checked by the readiness view; single edits say at once what they cause.
  const findings = refs.size > 0 && refs.size <= 50 ? findingsAbout(session, moment, refs) : [];
  return { rows, labels: readLabels(session.reader, labelled), findings, seq: changed?.seq ?? null };
}

export const recordHandlers = {
  show: procedures.records.show.handler(({ context, input }) => {
    const session = openSession(context);
    const { grid, id } = locate(session, input.ref, session.reader);
    const moment = momentOf(session);
    const detail = session.reader.transaction(() =>
      showRecord(session.reader, grid.name, id, moment, session.workspace.user),
    )();
    const findings = findingsAbout(session, moment, new Set([detail.ref]));
    if (grid.personal) {
      recordRead(session, {
        operation: 'consultation',
        method: 'records.show',
        target: detail.ref,
        summary: `Opened ${grid.noun} ${detail.ref}`,
        rows: [{ grid: grid.name, id }],
      });
    }
    return { ...detail, findings };
  }),
  find: procedures.records.find.handler(({ context, input }) => {
    const session = openSession(context);
    const index = searchIndexOf(session);
    index.refresh();
    const matches = findRecords(
      session.reader,
      index.vocabulary,
      { ...input, limit: input.limit ?? 20 },
      momentOf(session),
    );
    recordFind(session, 'records.find', input.text, matches);
    return { matches };
  }),
  add: procedures.records.add.handler(async ({ context, input }) => {
    const session = openSession(context);
    return result(
      session,
      await session.exclusively(() => addRow(session, input.grid, input.values, input.reason)),
    );
  }),
  set: procedures.records.set.handler(async ({ context, input }) => {
    const session = openSession(context);
    return result(session, await session.exclusively(() => editRows(session, input.edits, input.reason)));
  }),
  remove: procedures.records.remove.handler(async ({ context, input }) => {
    const session = openSession(context);
    return result(session, await session.exclusively(() => removeRows(session, input.refs, input.reason)));
  }),
  makeTargets: procedures.records.makeTargets.handler(async ({ context, input }) => {
    const session = openSession(context);
    return result(
      session,
      await session.exclusively(() => makeTargets(session, input.refs, input.values ?? {})),
    );
  }),
  attachPhotograph: procedures.records.attachPhotograph.handler(async ({ context, input }) => {
    const session = openSession(context);
    const path = context.grants.resolve(input.grant, 'file');
    return result(session, await attachPhotograph(session, { ...input, path }));
  }),
  photograph: procedures.records.photograph.handler(({ context, input }) => {
    const session = openSession(context);
    const { ref, ...photograph } = readPhotograph(session.reader, input.id);
    recordPhotograph(session, ref, input.id);
    return photograph;
  }),
  paste: procedures.records.paste.handler(async ({ context, input }) => {
    const session = openSession(context);
    const { apply, ...request } = input;
    if (apply === 'preview')
      return { report: await session.exclusively(() => readBlock(session, request).report), result: null };
    const { report, changed } = await session.exclusively(() =>
      pasteBlock(session, request, apply === 'without-refused'),
    );
    return { report, result: result(session, changed) };
  }),
  cellHistory: procedures.records.cellHistory.handler(({ context, input }) => {
    const session = openSession(context);
    const { grid, id } = locate(session, input.ref, session.reader);
    const column = findColumn(grid, input.field);
    if (!column) throw new AppError('usage', `A ${grid.noun} has no field "${input.field}".`);
    const changes = session.reader.transaction(() =>
      readCellHistory(session.reader, grid.name, id, column.field),
    )();
    if (grid.personal) {
      recordRead(session, {
        operation: 'consultation',
        method: 'records.cellHistory',
        target: makeRef(grid.name, id),
        summary: `Looked at earlier values of ${column.title} of ${makeRef(grid.name, id)}`,
        rows: [{ grid: grid.name, id }],
      });
    }
    const refs = changes.flatMap(({ value, before }) =>
      column.type === 'ref' || column.type === 'refs'
        ? [value, before].flatMap((each) => (typeof each === 'string' ? each.split(',') : []))
        : [],
    );
    return { changes, labels: readLabels(session.reader, refs) };
  }),
  dossier: procedures.records.dossier.handler(({ context, input }) => {
    const session = openSession(context);
    const { grid, id } = locate(session, input.ref, session.reader);
    const moment = momentOf(session);
    const dossier = session.reader.transaction(() => readDossier(session.reader, grid.name, id, moment))();
    recordRead(session, {
      operation: 'consultation',
      method: 'records.dossier',
      target: dossier.ref,
      summary: `Opened everything about ${grid.noun} ${dossier.ref}`,
      rows: [{ grid: grid.name, id }],
    });
    const near = new Set([
      dossier.ref,
      ...dossier.sections.flatMap((section) => section.rows.map((row) => row.ref)),
    ]);
    const findings = findingsAbout(session, moment, near);
    const clocks = readClocks(session.reader, moment, now(session)).filter((clock) => near.has(clock.ref));
    const named = readLabels(
      session.reader,
      findings.flatMap((finding) => finding.refs),
    );
    return { ...dossier, findings, clocks, labels: { ...named, ...dossier.labels } };
  }),
};

import type { ImportFile } from '../../../shared/contract/schemas.ts';
import type { EngineContext } from '../context.ts';
import { openSession, procedures } from '../context.ts';
import { expand } from '../intake/archives/expand.ts';
import { importFiles } from '../intake/import.ts';
import { inspectFile } from '../intake/inspect.ts';
import type { FileToImport } from '../intake/job.ts';
import { exportLedger } from '../intake/outputs/exportLedger.ts';
import { exportRejected } from '../intake/outputs/exportRejected.ts';
import { findImport } from '../intake/outputs/findImport.ts';
import { inspectCells } from '../intake/readers/inspectCells.ts';
import { openSpreadsheet } from '../intake/readers/openSpreadsheet.ts';
import { compareIssues } from '../intake/refresh/compareIssues.ts';
import { previewSheet } from '../intake/rowPreview/previewSheet.ts';
import { asEvents } from '../jobs.ts';
import { recordRead } from '../journal/journal.ts';
import { today } from '../session.ts';

function filesOf(context: EngineContext, files: readonly ImportFile[]): FileToImport[] {
  return files.map(({ grant, ...rest }) => {
    const { name, open } = context.grants.file(grant);
    return { ...rest, name, open };
  });
}

function job(
  context: EngineContext,
  mode: 'preview' | 'commit',
  files: readonly ImportFile[],
  signal: AbortSignal | undefined,
) {
  const session = openSession(context);
  return asEvents(signal, (progress, aborted) =>
    importFiles(session, filesOf(context, files), { mode, signal: aborted, progress }),
  );
}

export const importHandlers = {
  inspect: procedures.imports.inspect.handler(async ({ context, input, signal }) => {
    const source = await context.grants.file(input.grant).open();
    const opened = await openSpreadsheet(source, { password: input.password, signal });
    try {
      return await inspectFile(source, opened, context.session()?.reader ?? null, input.mappings);
    } finally {
      await opened.close();
    }
  }),
  cells: procedures.imports.cells.handler(async function* ({ context, input, signal }) {
    const source = await context.grants.file(input.grant).open();
    const opened = await openSpreadsheet(source, { password: input.password, signal });
    try {
      yield* inspectCells(opened, { maxRows: input.maxRows, signal });
      yield { type: 'done' as const };
    } finally {
      await opened.close();
    }
  }),
  preview: procedures.imports.preview.handler(({ context, input, signal }) =>
    job(context, 'preview', input.files, signal),
  ),
  commit: procedures.imports.commit.handler(({ context, input, signal }) =>
    job(context, 'commit', input.files, signal),
  ),
  report: procedures.imports.report.handler(
    ({ context, input }) => findImport(openSession(context).reader, input.ref).report,
  ),
  expand: procedures.imports.expand.handler(({ context, input, signal }) =>
    expand(context.grants, input.grant, signal),
  ),
  rows: procedures.imports.rows.handler(({ context, input, signal }) => {
    const { name, open } = context.grants.file(input.grant);
    return previewSheet(
      context.previews,
      {
        grant: input.grant,
        name,
        open,
        password: input.password,
        mapping: input.mapping,
        only: input.only,
        from: input.from,
        limit: input.limit,
        today: today(context),
      },
      signal,
    );
  }),
  compare: procedures.imports.compare.handler(({ context, input, signal }) => {
    const session = openSession(context);
    const { grant, password, ...comparison } = input;
    const file = { ...context.grants.file(grant), password };
    recordRead(session, {
      operation: 'consultation',
      method: 'imports.compare',
      target: input.against,
      summary: `Compared ${file.name} with ${input.against}`,
    });
    return asEvents(signal, (progress, aborted) =>
      compareIssues(session.reader, file, { ...comparison, today: today(session) }, aborted, progress),
    );
  }),
  exportRejected: procedures.imports.exportRejected.handler(({ context, input }) =>
    exportRejected(
      openSession(context),
      input.ref,
      context.grants.resolve(input.folder, 'export'),
      input.reason,
    ),
  ),
  exportLedger: procedures.imports.exportLedger.handler(({ context, input, signal }) =>
    exportLedger(openSession(context), input.ref, {
      folder: context.grants.resolve(input.folder, 'export'),
      reason: input.reason,
      resources: context.resources,
      signal,
    }),
  ),
};

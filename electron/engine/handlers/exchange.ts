/** Work carried between copies of an operation on standalone machines. */
import { basename } from 'node:path';
import type { EngineContext } from '../context.ts';
import { openSession, procedures } from '../context.ts';
import { openConflicts } from '../exchange/conflicts.ts';
import { makeCopy } from '../exchange/makeCopy.ts';
import { makePackage } from '../exchange/makePackage.ts';
import { describeConflicts, describeTake, readStatus } from '../exchange/report.ts';
import { resolveConflict } from '../exchange/resolve.ts';
import { takePackage } from '../exchange/takePackage.ts';
import { asEvents } from '../jobs.ts';

function taking(context: EngineContext, file: string, signal: AbortSignal | undefined, preview: boolean) {
  const session = openSession(context);
  const path = context.grants.resolve(file, 'file');
  return asEvents(signal, async (progress, aborted) => {
    const report = await takePackage(session, path, {
      preview,
      signal: aborted,
      progress,
      backUp: async () => {
        await session.backups.make('before-receiving', { progress, signal: aborted });
      },
    });
    return describeTake(session.reader, report);
  });
}

const conflictsNow = (context: EngineContext) => {
  const { reader } = openSession(context);
  return describeConflicts(reader, openConflicts(reader));
};

export const exchangeHandlers = {
  status: procedures.exchange.status.handler(({ context }) => readStatus(openSession(context).reader)),
  copy: procedures.exchange.copy.handler(async ({ context, input }) => {
    const session = openSession(context);
    const folder = context.grants.resolve(input.folder, 'new-workspace');
    const { letters, name, folderName } = await makeCopy(session, {
      folder,
      folderName: basename(folder),
      name: input.name,
      reason: input.reason,
    });
    return { letters, name, folderName };
  }),
  make: procedures.exchange.make.handler(({ context, input, signal }) => {
    const session = openSession(context);
    const { folder, ...request } = input;
    const path = context.grants.resolve(folder, 'export');
    return asEvents(signal, (progress, aborted) =>
      makePackage(session, { ...request, folder: path }, { progress, signal: aborted }),
    );
  }),
  preview: procedures.exchange.preview.handler(({ context, input, signal }) =>
    taking(context, input.file, signal, true),
  ),
  take: procedures.exchange.take.handler(({ context, input, signal }) =>
    taking(context, input.file, signal, false),
  ),
  conflicts: procedures.exchange.conflicts.handler(({ context }) => ({ conflicts: conflictsNow(context) })),
  resolve: procedures.exchange.resolve.handler(async ({ context, input }) => ({
    seq: await resolveConflict(openSession(context), input),
    conflicts: conflictsNow(context),
  })),
};

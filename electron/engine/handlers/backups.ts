/** Backups, restoring, and the check that a workspace is whole. */
import { openSession, procedures } from '../context.ts';
import { asEvents } from '../jobs.ts';
import { readRecoveryKey } from '../people/recoveryKey.ts';
import { checkWorkspace, examineFolder } from '../workspace/backups/examine.ts';
import { backupPath, listBackups } from '../workspace/backups/folder.ts';
import { readBackupSettings, saveBackupSettings } from '../workspace/backups/keeper.ts';
import { restoreBackup } from '../workspace/backups/restoreBackup.ts';
import { readHeader } from '../workspace/header.ts';

export const backupsHandlers = {
  list: procedures.backups.list.handler(({ context }) => {
    const session = openSession(context);
    const backups = listBackups(session.workspace.folder, session.workspace.dataKey);
    return {
      backups,
      settings: readBackupSettings(session.reader),
      due: session.backups.isDue(),
      failure: session.backups.failure(),
      bytes: backups.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }),
  make: procedures.backups.make.handler(({ context, signal }) => {
    const session = openSession(context);
    return asEvents(signal, (progress, aborted) =>
      session.backups.make('asked', { progress, signal: aborted }),
    );
  }),
  toFile: procedures.backups.toFile.handler(({ context, input, signal }) => {
    const session = openSession(context);
    const folder = context.grants.resolve(input.folder, 'export');
    return asEvents(signal, (progress, aborted) =>
      session.backups.toFile(
        { folder, name: input.name, reason: input.reason },
        { progress, signal: aborted },
      ),
    );
  }),
  saveSettings: procedures.backups.saveSettings.handler(({ context, input }) =>
    saveBackupSettings(openSession(context), input),
  ),
  check: procedures.backups.check.handler(({ context, input, signal }) => {
    const { id, folder, dataKey } = openSession(context).workspace;
    return asEvents(signal, (progress, aborted) =>
      checkWorkspace({ workspaceId: id, folder, dataKey }, context.heads, input.deep, {
        progress,
        signal: aborted,
      }),
    );
  }),
  examine: procedures.backups.examine.handler(({ context, input, signal }) => {
    const folder = context.grants.resolve(input.grant, 'open-workspace', 'new-workspace');
    return asEvents(signal, (progress, aborted) =>
      context.attempts.guard(readHeader(folder).workspaceId, context.clock, () =>
        examineFolder(folder, input.passphrase, context.heads, input.deep, { progress, signal: aborted }),
      ),
    );
  }),
  found: procedures.backups.found.handler(({ context, input }) => ({
    backups: listBackups(context.grants.resolve(input.grant, 'open-workspace', 'new-workspace'), null),
  })),
  restore: procedures.backups.restore.handler(({ context, input, signal }) => {
    const { from } = input;
    const archive =
      'file' in from
        ? context.grants.resolve(from.file, 'file')
        : backupPath(context.grants.resolve(from.workspace, 'open-workspace', 'new-workspace'), from.name);
    const folder = context.grants.resolve(input.folder, 'new-workspace');
    const secret =
      'passphrase' in input ? input.passphrase : { recovery: readRecoveryKey(input.recoveryKey) };
    return asEvents(signal, async (progress, aborted) => {
      try {
        return await restoreBackup({ archive, folder, secret }, context, { progress, signal: aborted });
      } finally {
        if (typeof secret !== 'string') secret.recovery.fill(0);
      }
    });
  }),
};

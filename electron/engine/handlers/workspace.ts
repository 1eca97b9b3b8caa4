import type { EngineContext } from '../context.ts';
import { procedures } from '../context.ts';
import { get } from '../database/sql.ts';
import { appendEntry, undoState } from '../journal/journal.ts';
import { setUpOperation } from '../plan/operation.ts';
import type { Session } from '../session.ts';
import { formatVersion, readHeader } from '../workspace/header.ts';
import type { Secret } from '../workspace/unlock.ts';
import type { OpeningOptions } from '../workspace/workspace.ts';
import { createWorkspace, openWorkspace } from '../workspace/workspace.ts';

export function summarise(session: Session) {
  const operation = get<{ name: string | null; marking: string | null; strike: string | null }>(
    session.writer,
    'SELECT name, marking, strike FROM operation WHERE id = 1',
  );
  return {
    workspaceId: session.workspace.id,
    folderName: session.workspace.folderName,
    name: operation?.name ?? '',
    marking: operation?.marking ?? '',
    strike: operation?.strike ?? null,
    user: { name: session.workspace.user.name, role: session.workspace.user.role },
    formatVersion,
    schemaVersion: session.workspace.schemaVersion,
    mustChange: session.workspace.keys.oneTime,
  };
}

/** Attempts that failed are recorded at the opening that did not: before it there is no key to sign with. */
const wrongWords = (wrong: number): string[] =>
  wrong === 0
    ? []
    : [
        `${wrong === 1 ? 'A wrong passphrase was' : `${wrong} wrong passphrases were`} tried on this machine before this`,
      ];

/** Opens a workspace by a passphrase or a recovery key, after the wait that wrong ones have brought about. */
export async function enter(
  context: EngineContext,
  folder: string,
  secret: Secret,
  options: OpeningOptions,
): Promise<Session> {
  await context.detach();
  let wrong = 0;
  const session = context.attach(
    await context.attempts.guard(readHeader(folder).workspaceId, context.clock, (wrongBefore) => {
      wrong = wrongBefore;
      return openWorkspace(folder, secret, context.clock, options);
    }),
  );
  const { lineage, notices } = session.workspace;
  const opened = lineage === null ? 'Opened the workspace' : `Opened the workspace: ${lineage}`;
  await session.exclusively(() =>
    session.writer.transaction(() => {
      for (const summary of [...notices, ...wrongWords(wrong), opened])
        appendEntry(session, { operation: 'session', method: 'workspace.open', summary });
    })(),
  );
  context.recents.remember(folder);
  return session;
}

export const workspaceHandlers = {
  recent: procedures.workspace.recent.handler(({ context }) =>
    context.recents.list().map((recent) => ({
      grant: context.grants.add(recent.path, 'open-workspace'),
      folderName: recent.folderName,
    })),
  ),
  create: procedures.workspace.create.handler(async ({ context, input }) => {
    const folder = context.grants.resolve(input.grant, 'new-workspace');
    await context.detach();
    const session = context.attach(
      await createWorkspace(
        {
          folder,
          passphrase: input.passphrase,
          user: input.user,
          kdf: await context.kdf(),
          known: [input.name],
        },
        context.clock,
      ),
    );
    setUpOperation(session, input.name, input.marking);
    context.recents.remember(folder);
    return summarise(session);
  }),
  open: procedures.workspace.open.handler(async ({ context, input }) =>
    summarise(
      await enter(
        context,
        context.grants.resolve(input.grant, 'open-workspace', 'new-workspace'),
        input.passphrase,
        { heads: context.heads, acceptOlder: input.acceptOlder },
      ),
    ),
  ),
  close: procedures.workspace.close.handler(async ({ context }) => ({ closed: await context.detach() })),
  status: procedures.workspace.status.handler(({ context }) => {
    const session = context.session();
    return session
      ? { open: summarise(session), undo: undoState(session.reader) }
      : { open: null, undo: { undo: null, redo: null } };
  }),
};

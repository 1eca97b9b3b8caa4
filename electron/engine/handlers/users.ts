/** People of a workspace: who may open it, in which role, with which key. */
import { openSession, procedures } from '../context.ts';
import { asEvents } from '../jobs.ts';
import { addUser, knownWords, listUsers, resetUser, setRole } from '../people/members.ts';
import { changePassphrase, renameSelf, renewRecoveryKey } from '../people/ownKeys.ts';
import { readRecoveryKey } from '../people/recoveryKey.ts';
import { removeAndRotate } from '../people/removeAndRotate.ts';
import { rotateDataKey } from '../people/rotateDataKey.ts';
import { judgePassphrase, refuseWeak } from '../people/strength.ts';
import { enter, summarise } from './workspace.ts';

export const usersHandlers = {
  list: procedures.users.list.handler(({ context }) => listUsers(openSession(context))),
  strength: procedures.users.strength.handler(async ({ context, input }) => {
    const session = context.session();
    const known = [...(input.words ?? []), ...(session ? knownWords(session) : [])];
    return judgePassphrase(input.passphrase, known, await context.kdf());
  }),
  add: procedures.users.add.handler(async ({ context, input }) =>
    addUser(openSession(context), input, await context.kdf()),
  ),
  setRole: procedures.users.setRole.handler(({ context, input }) =>
    setRole(openSession(context), input.id, input.role),
  ),
  reset: procedures.users.reset.handler(async ({ context, input }) =>
    resetUser(openSession(context), input, await context.kdf()),
  ),
  remove: procedures.users.remove.handler(({ context, input, signal }) => {
    const session = openSession(context);
    return asEvents(signal, (progress, aborted) =>
      removeAndRotate(session, input, { progress, signal: aborted }),
    );
  }),
  rotate: procedures.users.rotate.handler(({ context, signal }) => {
    const session = openSession(context);
    return asEvents(signal, (progress, aborted) => rotateDataKey(session, { progress, signal: aborted }));
  }),
  rename: procedures.users.rename.handler(({ context, input }) =>
    renameSelf(openSession(context), input.name),
  ),
  changePassphrase: procedures.users.changePassphrase.handler(async ({ context, input }) => {
    const session = openSession(context);
    await context.attempts.guard(session.workspace.id, context.clock, async () =>
      changePassphrase(session, input.current, input.passphrase, await context.kdf()),
    );
    return { changed: true as const };
  }),
  makeRecoveryKey: procedures.users.makeRecoveryKey.handler(({ context, input }) => {
    const session = openSession(context);
    return context.attempts.guard(session.workspace.id, context.clock, () =>
      renewRecoveryKey(session, input.current),
    );
  }),
  recover: procedures.users.recover.handler(async ({ context, input }) => {
    const folder = context.grants.resolve(input.grant, 'open-workspace', 'new-workspace');
    const recovery = readRecoveryKey(input.recoveryKey);
    await refuseWeak(input.passphrase, []);
    const session = await enter(context, folder, { recovery }, { heads: context.heads }).finally(() =>
      recovery.fill(0),
    );
    try {
      await changePassphrase(session, null, input.passphrase, await context.kdf());
    } catch (error) {
      // Without a passphrase of its own nothing may stay open.
      await context.detach();
      throw error;
    }
    return summarise(session);
  }),
};

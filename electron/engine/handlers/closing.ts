/** The end of an operation: retention, disclosure schedules, sealed archive, erasure. */
import { AppError } from '../../../shared/contract/errors.ts';
import { archiveWorkspace, reopenArchived } from '../closing/archive.ts';
import { reportCase, saveCase } from '../closing/caseState.ts';
import { endOperation } from '../closing/endOperation.ts';
import { erasePerson, planErasure } from '../closing/erasure/erasePerson.ts';
import { withCertificate } from '../closing/erasure/withCertificate.ts';
import { judgeItems, listMaterial } from '../closing/material.ts';
import { decideToRetain, listRetention, setRetentionGroup } from '../closing/retention.ts';
import { openItems, writeSchedule } from '../closing/schedules.ts';
import { openSession, procedures } from '../context.ts';
import { asEvents } from '../jobs.ts';
import type { Session } from '../session.ts';
import { today } from '../session.ts';

const caseOf = (session: Session) => reportCase(session.writer, today(session));
const peopleOf = (session: Session) => ({ people: listRetention(session.writer, today(session)) });

function itemsOf(session: Session) {
  const items = listMaterial(session.writer);
  return { items, open: openItems(items) };
}

export const closingHandlers = {
  state: procedures.closing.state.handler(({ context }) => caseOf(openSession(context))),
  saveCase: procedures.closing.saveCase.handler(async ({ context, input }) => {
    const session = openSession(context);
    await session.exclusively(() => saveCase(session, input.state, input.reason));
    return caseOf(session);
  }),
  retention: procedures.closing.retention.handler(({ context }) => {
    const session = openSession(context);
    return { people: listRetention(session.reader, today(session)), today: today(session) };
  }),
  setGroup: procedures.closing.setGroup.handler(async ({ context, input }) => {
    const session = openSession(context);
    await session.exclusively(() => setRetentionGroup(session, input));
    return peopleOf(session);
  }),
  retain: procedures.closing.retain.handler(async ({ context, input }) => {
    const session = openSession(context);
    await session.exclusively(() => decideToRetain(session, input));
    return peopleOf(session);
  }),
  material: procedures.closing.material.handler(({ context }) => itemsOf(openSession(context))),
  judge: procedures.closing.judge.handler(async ({ context, input }) => {
    const session = openSession(context);
    await session.exclusively(() => judgeItems(session, input.items, input.change));
    return itemsOf(session);
  }),
  writeSchedule: procedures.closing.writeSchedule.handler(({ context, input, signal }) => {
    const { folder, ...wish } = input;
    return writeSchedule(openSession(context), wish, {
      folder: context.grants.resolve(folder, 'export'),
      resources: context.resources,
      signal: signal ?? new AbortController().signal,
    });
  }),
  archive: procedures.closing.archive.handler(({ context, input, signal }) => {
    const session = openSession(context);
    const { folder, name, ...wish } = input;
    const path = context.grants.resolve(folder, 'export');
    return asEvents(signal, (progress, aborted) =>
      archiveWorkspace(
        session,
        { ...wish, ...(name === undefined ? {} : { name }), folder: path, resources: context.resources },
        { signal: aborted, progress },
      ),
    );
  }),
  reopen: procedures.closing.reopen.handler(async ({ context, input }) => {
    const session = openSession(context);
    await reopenArchived(session, input.reason);
    return caseOf(session);
  }),
  planErasure: procedures.closing.planErasure.handler(({ context, input, signal }) => {
    const session = openSession(context);
    return asEvents(signal, (progress, aborted) =>
      planErasure(session, { ...input, reason: '' }, { signal: aborted, progress }),
    );
  }),
  erasePerson: procedures.closing.erasePerson.handler(({ context, input, signal }) => {
    const session = openSession(context);
    const { folder, confirm, ...wish } = input;
    if (confirm.trim().toUpperCase() !== wish.ref.trim().toUpperCase())
      throw new AppError('usage', 'Type the reference of the person once more to confirm the erasure.');
    const path = folder === undefined ? undefined : context.grants.resolve(folder, 'export');
    return asEvents(signal, async (progress, aborted) =>
      withCertificate(session, await erasePerson(session, wish, { signal: aborted, progress }), {
        folder: path,
        resources: context.resources,
      }),
    );
  }),
  eraseOperation: procedures.closing.eraseOperation.handler(({ context, input }) => {
    const { folder, ...wish } = input;
    return endOperation(
      openSession(context),
      { ...wish, folder: context.grants.resolve(folder, 'export'), resources: context.resources },
      () => context.detach(),
    );
  }),
};

import { shippedSpecs } from '../../../shared/packs/packSpecs.ts';
import { listSections, rowsOfSection } from '../../../shared/packs/sections.ts';
import { momentOf, openSession, procedures } from '../context.ts';
import { asEvents } from '../jobs.ts';
import { collectPack } from '../packs/collect.ts';
import { issuePack } from '../packs/issue.ts';
import { reportChanges } from '../packs/packChanges.ts';
import { previewPages } from '../packs/preview.ts';
import { listRegister, recallPacks, settlePacks } from '../packs/register.ts';
import { reissuePack } from '../packs/reissue.ts';
import { findSpec, listOwnSpecs, removeSpec, saveSpec } from '../packs/specs.ts';
import { listStaleHolders, prepareStale } from '../packs/stalePacks.ts';
import { countFindings, findingsOf } from '../plan/readiness.ts';

export const packHandlers = {
  preview: procedures.packs.preview.handler(({ context, input }) => {
    const session = openSession(context);
    const user = session.workspace.user.name;
    const items = (input.releases ?? []).map(({ ref, reason }) => ({ ref, reason, decidedBy: user }));
    const { data, warnings, blocked } = session.reader.transaction(() =>
      collectPack(session.reader, {
        team: input.team,
        spec: findSpec(session.reader, input.pack),
        formats: [],
        recipient: '',
        reason: '',
        copy: 1,
        version: 1,
        now: session.clock(),
        user,
        decisions: { items },
      }),
    )();
    return {
      sections: listSections(data).map((section) => ({
        title: section.title,
        rows: rowsOfSection(data, section.id).length,
      })),
      withheld: [...data.withheld],
      blocked: [...blocked],
      warnings: warnings.map((warning) => warning.message),
      findings: countFindings(findingsOf(session, momentOf(session))),
    };
  }),
  pages: procedures.packs.pages.handler(({ context, input, signal }) =>
    previewPages(openSession(context), input, { resources: context.resources, signal }),
  ),
  export: procedures.packs.export.handler(({ context, input, signal }) => {
    const session = openSession(context);
    const { folder, ...request } = input;
    const path = context.grants.resolve(folder, 'export');
    return asEvents(signal, (progress, aborted) =>
      issuePack(session, request, { folder: path, resources: context.resources, signal: aborted, progress }),
    );
  }),
  register: procedures.packs.register.handler(async ({ context }) => {
    const session = openSession(context);
    await prepareStale(session);
    return { packs: listRegister(session) };
  }),
  staleHolders: procedures.packs.staleHolders.handler(async ({ context }) => {
    const session = openSession(context);
    await prepareStale(session);
    return listStaleHolders(session);
  }),
  settle: procedures.packs.settle.handler(async ({ context, input }) => ({
    packs: await settlePacks(openSession(context), input),
  })),
  recall: procedures.packs.recall.handler(({ context, input }) => recallPacks(openSession(context), input)),
  changes: procedures.packs.changes.handler(({ context, input }) =>
    reportChanges(openSession(context), input.ref, input.against ?? null),
  ),
  reissue: procedures.packs.reissue.handler(({ context, input }) =>
    reissuePack(
      openSession(context),
      input.ref,
      context.grants.resolve(input.folder, 'export'),
      input.reason,
    ),
  ),
  specs: procedures.packs.specs.handler(({ context }) => ({
    shipped: [...shippedSpecs],
    own: listOwnSpecs(openSession(context).reader),
  })),
  saveSpec: procedures.packs.saveSpec.handler(({ context, input }) =>
    saveSpec(openSession(context), input.spec),
  ),
  removeSpec: procedures.packs.removeSpec.handler(async ({ context, input }) => {
    await removeSpec(openSession(context), input.id);
    return { removed: true as const };
  }),
};

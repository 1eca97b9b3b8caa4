import { listSections, rowsOfSection } from '../../../shared/packs/sections.ts';
import { momentOf, openSession, procedures, writingSession } from '../context.ts';
import { asEvents } from '../jobs.ts';
import { collectPack } from '../packs/collect.ts';
import { issuePack } from '../packs/issue.ts';
import { previewPages } from '../packs/preview.ts';
import { findSpec } from '../packs/specs.ts';
import { countFindings, findingsOf } from '../plan/readiness.ts';

export const packHandlers = {
  preview: procedures.packs.preview.handler(({ context, input }) => {
    const session = openSession(context);
    const { data, warnings } = session.reader.transaction(() =>
      collectPack(session.reader, {
        team: input.team,
        spec: findSpec(input.pack),
        formats: [],
        recipient: '',
        reason: '',
        copy: 1,
        version: 1,
        now: session.clock(),
        user: session.workspace.user.name,
      }),
    )();
    return {
      sections: listSections(data).map((section) => ({
        title: section.title,
        rows: rowsOfSection(data, section.id).length,
      })),
      withheld: [...data.withheld],
      blocked: [],
      warnings: warnings.map((warning) => warning.message),
      findings: countFindings(findingsOf(session, momentOf(session))),
    };
  }),
  pages: procedures.packs.pages.handler(({ context, input, signal }) =>
    previewPages(openSession(context), input, { resources: context.resources, signal }),
  ),
  export: procedures.packs.export.handler(({ context, input, signal }) => {
    const session = writingSession(context);
    const { folder, ...request } = input;
    const path = context.grants.resolve(folder, 'export');
    return asEvents(signal, (progress, aborted) =>
      issuePack(session, request, { folder: path, resources: context.resources, signal: aborted, progress }),
    );
  }),
};

import type { PackChoice } from '../../../shared/contract/packSchemas.ts';
import type { PackSpec } from '../../../shared/packs/packSpec.ts';
import { recordRead } from '../journal/journal.ts';
import type { Session } from '../session.ts';
import { collectPack } from './collect.ts';
import { writePdf } from './pdf/writePdf.ts';
import { preparePictures } from './preparePictures.ts';
import { findSpec } from './specs.ts';

/**
 * The pages of a pack as they would be printed, for the screen: `NOT ISSUED` across every page, no
 * number, nothing stored. Journaled as a consultation, since it shows everything that the pack holds.
 *
 * @throws AppError `pack.unknown` for a pack or a team that is not there, `pack.failed`, `cancelled`.
 */
export async function previewPages(
  session: Session,
  choice: PackChoice,
  options: { readonly resources?: string | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<{ pdf: string; pages: number }> {
  const spec: PackSpec = findSpec(session.reader, choice.pack);
  const user = session.workspace.user.name;
  const items = (choice.releases ?? []).map(({ ref, reason }) => ({ ref, reason, decidedBy: user }));
  const { data, photographs } = collectPack(session.reader, {
    spec,
    team: choice.team,
    formats: ['pdf'],
    recipient: 'Preview',
    reason: 'Preview, not issued',
    copy: 0,
    version: 0,
    now: session.clock(),
    user,
    decisions: { items },
  });
  const pictures = await preparePictures(data, photographs, options.signal);
  const { bytes, pages } = await writePdf(data, pictures, {
    issued: false,
    ...(options.resources === undefined ? {} : { resources: options.resources }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  recordRead(session, {
    operation: 'consultation',
    method: 'packs.pages',
    target: spec.id,
    summary: `Looked at the pages of the ${spec.title} before issue`,
  });
  return { pdf: bytes.toString('base64'), pages };
}

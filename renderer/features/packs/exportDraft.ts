import type { PackChoice, PackPreview, PackRequest, Release } from '../../../shared/contract/packSchemas.ts';
import type { PackFormat, PackSpec } from '../../../shared/packs/packSpec.ts';
import { hasShapeOf } from '../../app/drafts.ts';
import { readDate, today } from '../../ui/dates.ts';

/** A decision about one item with handling conditions, as it is being made. */
export interface Decision {
  on: boolean;
  reason: string;
  /** The item: once released it is no longer among those that stay out, and the decision must stay in sight. */
  item: PackPreview['blocked'][number];
}

/** What is written in the export dialog. */
export interface ExportDraft {
  team: string | null;
  formats: readonly PackFormat[];
  /** One recipient a line. */
  recipients: string;
  reason: string;
  destroyBy: string;
  password: string;
  passwordAgain: string;
  decisions: Readonly<Record<string, Decision>>;
  warningsRead: boolean;
  blockersRead: boolean;
}

export const emptyDraft: ExportDraft = {
  team: null,
  formats: ['xlsx', 'pdf'],
  recipients: '',
  reason: '',
  destroyBy: '',
  password: '',
  passwordAgain: '',
  decisions: {},
  warningsRead: false,
  blockersRead: false,
};

/** What is kept of it through a lock: all but the passwords, which are kept nowhere, and what was read. */
export interface KeptExport {
  pack: string;
  draft: Omit<ExportDraft, 'password' | 'passwordAgain' | 'warningsRead' | 'blockersRead'>;
}

/** What is to be kept, or null where nothing has been written. */
export function toKeep(pack: string, draft: ExportDraft): KeptExport | null {
  const { password: _, passwordAgain: __, warningsRead: ___, blockersRead: ____, ...rest } = draft;
  const written =
    draft.recipients !== '' ||
    draft.reason !== '' ||
    draft.destroyBy !== '' ||
    Object.keys(draft.decisions).length > 0;
  return written ? { pack, draft: rest } : null;
}

export function isKeptExport(value: unknown): value is KeptExport {
  const kept = value as Partial<KeptExport> | null;
  const { team: _, ...like } = emptyDraft;
  return typeof kept?.pack === 'string' && hasShapeOf<object>(like)({ ...emptyDraft, ...kept.draft });
}

export type DraftErrors = Partial<Record<keyof ExportDraft | 'folder', string>>;

const shortestReason = 3;
const shortestPassword = 8;
const longestRecipient = 200;

/** The recipients in their order, each once. */
export function recipientsOf(text: string): string[] {
  const names = text.split('\n').map((line) => line.trim());
  return [...new Set(names)].filter((name) => name !== '');
}

/** The decisions that stand: made, and with a reason. */
export function releasesOf(decisions: ExportDraft['decisions']): Release[] {
  return Object.entries(decisions)
    .filter(([, { on, reason }]) => on && reason.trim().length >= shortestReason)
    .map(([ref, { reason }]) => ({ ref, reason: reason.trim() }));
}

/** The items that can be decided about or are decided, those first where a person may decide. */
export function itemsToDecide(
  blocked: PackPreview['blocked'],
  decisions: ExportDraft['decisions'],
): PackPreview['blocked'] {
  const released = Object.values(decisions)
    .filter(({ on, item }) => on && !blocked.some(({ ref }) => ref === item.ref))
    .map(({ item }) => item);
  return [...blocked, ...released].sort(
    (first, second) =>
      Number(second.overridable) - Number(first.overridable) ||
      first.ref.localeCompare(second.ref, 'en-GB', { numeric: true }),
  );
}

/** True where an item is to be released and nobody has said why. */
export function lacksReason(decision: Decision | undefined): boolean {
  return decision?.on === true && decision.reason.trim().length < shortestReason;
}

/** Word and slides are for briefings that a force edits: a pack without one is not written into them here. */
export function formatsFor(spec: PackSpec, formats: readonly PackFormat[]): PackFormat[] {
  const hasBriefing = spec.sections.some(({ id }) => id === 'briefing');
  return formats.filter((format) => hasBriefing || format === 'xlsx' || format === 'pdf');
}

/** What is asked of the preview and of the pages. */
export function choiceOf(
  spec: PackSpec,
  draft: Pick<ExportDraft, 'team'>,
  releases: readonly Release[],
): PackChoice {
  return {
    pack: spec.id,
    ...(spec.scope === 'team' && draft.team !== null ? { team: draft.team } : {}),
    ...(releases.length === 0 ? {} : { releases: [...releases] }),
  };
}

/** What keeps the pack from being issued, by field. */
export function findErrors(
  spec: PackSpec,
  draft: ExportDraft,
  found: { blockers: number; warnings: number; hasFolder: boolean },
): DraftErrors {
  const recipients = recipientsOf(draft.recipients);
  const formats = formatsFor(spec, draft.formats);
  const destroyBy = draft.destroyBy.trim() === '' ? null : readDate(draft.destroyBy);
  const errors: DraftErrors = {};
  if (spec.scope === 'team' && draft.team === null) errors.team = 'Needed: this pack is for one team.';
  if (formats.length === 0) errors.formats = 'Choose at least one format.';
  if (recipients.length === 0)
    errors.recipients = 'Needed: the recipient is printed on every page and recorded.';
  else if (recipients.some((name) => name.length > longestRecipient))
    errors.recipients = `A recipient has at most ${longestRecipient} characters.`;
  if (draft.reason.trim() === '') errors.reason = 'Needed: a disclosure is recorded with its reason.';
  if (draft.destroyBy.trim() !== '') {
    if (destroyBy === null) errors.destroyBy = 'Not a date. Write DD/MM/YYYY.';
    else if (destroyBy < today()) errors.destroyBy = 'That day is over.';
  }
  if (formats.includes('xlsx') && draft.password !== '') {
    if (draft.password.length < shortestPassword)
      errors.password = `At least ${shortestPassword} characters.`;
    else if (draft.password !== draft.passwordAgain) errors.passwordAgain = 'The two are not the same.';
  }
  if (!found.hasFolder) errors.folder = 'Choose the folder that the files go to.';
  if (Object.values(draft.decisions).some(lacksReason))
    errors.decisions = 'Say why each item may be released, or leave it out.';
  if (found.warnings > 0 && !draft.warningsRead) errors.warningsRead = 'Needed while there are warnings.';
  if (found.blockers > 0 && !draft.blockersRead) errors.blockersRead = 'Needed while there are blockers.';
  return errors;
}

/** One request for each recipient. Call with a draft that has no errors. */
export function requestsOf(spec: PackSpec, draft: ExportDraft): PackRequest[] {
  const formats = formatsFor(spec, draft.formats);
  const destroyBy = readDate(draft.destroyBy);
  return recipientsOf(draft.recipients).map((recipient) => ({
    ...choiceOf(spec, draft, releasesOf(draft.decisions)),
    formats,
    recipient,
    reason: draft.reason.trim(),
    ...(destroyBy === null ? {} : { destroyBy }),
    ...(formats.includes('xlsx') && draft.password !== '' ? { password: draft.password } : {}),
  }));
}

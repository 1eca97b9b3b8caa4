/** The end of an operation as the window and the command line see it. Dates are ISO days. */
import { z } from 'zod';
import { retentionGroups } from '../reference/retention.ts';

const day = z.iso.date().nullable();

/** Where the criminal case stands, as the Criminal Procedure and Investigations Act 1996 needs it. */
export const CaseState = z.strictObject({
  proceedings: z.enum(['undecided', 'none', 'open', 'concluded']),
  concludedOn: day,
  convictedOn: day,
  /** Of the last person in custody or hospital under the sentence. */
  releasedOn: day,
  /** Whether a sentence of custody was given; then the day of release counts. */
  custody: z.boolean(),
  appeal: z.enum(['none', 'pending', 'decided']),
  appealDecidedOn: day,
});
export type CaseState = z.infer<typeof CaseState>;

export const CaseReport = z.object({
  state: CaseState,
  /** First day on which material may go; null where it is not known yet. */
  earliest: z.string().nullable(),
  /** Why, in one sentence. */
  why: z.string(),
  mayErase: z.boolean(),
  archivedAt: z.string().nullable(),
});
export type CaseReport = z.infer<typeof CaseReport>;

export const RetentionGroup = z.enum(retentionGroups.map(({ code }) => code) as [string, ...string[]]);

export const RetentionRow = z.object({
  ref: z.string(),
  label: z.string(),
  group: z.string().nullable(),
  /** Newest day in the evidence on which the person came to notice. */
  lastNotice: z.string().nullable(),
  /** Day on which a review is due; null where no group was chosen or no day is known. */
  reviewOn: z.string().nullable(),
  due: z.boolean(),
  reason: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decidedBy: z.string().nullable(),
});
export type RetentionRow = z.infer<typeof RetentionRow>;

const yesNo = z.enum(['yes', 'no']).nullable();

/** What a person says of an item for the schedules. */
export const ItemJudgement = z.strictObject({
  relevant: yesNo,
  used: z.enum(['used', 'unused']).nullable(),
  sensitive: yesNo,
  sensitiveReason: z.string().trim().max(2000).nullable(),
  description: z.string().trim().max(2000).nullable(),
  location: z.string().trim().max(500).nullable(),
  /** May undermine the prosecution or assist the defence: for the report of the disclosure officer. */
  undermines: yesNo,
});
export type ItemJudgement = z.infer<typeof ItemJudgement>;

export const MaterialItem = ItemJudgement.extend({
  /** INT-5, PACK-2, SRC-1, PHOTO-7, IMP-3/rejected. */
  item: z.string(),
  kind: z.enum(['source', 'intelligence', 'pack', 'photograph', 'product', 'negative']),
  /** What it is, without anything that says who a source is. */
  suggested: z.string(),
  at: z.string().nullable(),
  cNumber: z.number().nullable(),
  dNumber: z.number().nullable(),
});
export type MaterialItem = z.infer<typeof MaterialItem>;

/** A place that still tells of an erased person. */
export const LeftOver = z.object({
  /** A record, an entry of the record (#12), or null for a place of the workspace itself. */
  ref: z.string().nullable(),
  place: z.string(),
  /** False for an alias alone, which may be somebody else's. */
  sure: z.boolean(),
  count: z.number(),
});
export type LeftOver = z.infer<typeof LeftOver>;

const counts = z.record(z.string(), z.number());

export const ErasurePlan = z.object({
  ref: z.string(),
  refs: z.array(z.string()),
  counts,
  left: z.array(LeftOver),
  /** Backups in the workspace folder, which go. */
  backups: z.number(),
});
export type ErasurePlan = z.infer<typeof ErasurePlan>;

export const Erasure = z.object({
  ref: z.string(),
  refs: z.array(z.string()),
  seq: z.number(),
  at: z.string(),
  by: z.string(),
  reason: z.string(),
  counts,
  headBefore: z.string().nullable(),
  headAfter: z.string().nullable(),
  left: z.array(LeftOver),
  /** Nothing that tells of the person was found afterwards. */
  verified: z.boolean(),
  /** Name of the certificate, where one was written. */
  certificate: z.string().nullable(),
});
export type Erasure = z.infer<typeof Erasure>;

export const ScheduleReport = z.object({
  file: z.string(),
  sha256: z.string(),
  items: z.number(),
  pages: z.number().optional(),
});
export type ScheduleReport = z.infer<typeof ScheduleReport>;

export const ArchiveReport = z.object({
  file: z.string(),
  sha256: z.string(),
  entries: z.number(),
  head: z.string().nullable(),
  sealedAt: z.string(),
  certificate: z.string().nullable(),
});
export type ArchiveReport = z.infer<typeof ArchiveReport>;

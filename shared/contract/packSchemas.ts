import { z } from 'zod';
import { PackFormat, PackSpec, SectionId } from '../packs/packSpec.ts';

/** Packs: what may be asked of them, and what comes back. */

export const PackId = PackSpec.shape.id;

/** A decision that one item with handling conditions goes into this pack; who decided is the user. */
export const Release = z.strictObject({
  ref: z.string().max(40),
  reason: z.string().trim().min(3).max(1000),
});
export type Release = z.infer<typeof Release>;

export const PackChoice = z.strictObject({
  pack: PackId,
  /** Reference, name or call sign of the team; needed where the pack is for one team. */
  team: z.string().max(200).optional(),
  releases: z.array(Release).max(10_000).optional(),
});
export type PackChoice = z.infer<typeof PackChoice>;

export const PackRequest = PackChoice.extend({
  formats: z.array(PackFormat).min(1),
  recipient: z.string().trim().min(1).max(200),
  reason: z.string().trim().min(1).max(1000),
  /** `YYYY-MM-DD`: the day by which the recipient destroys this copy. */
  destroyBy: z.iso.date().optional(),
  /** Protects the workbook (agile encryption). Neither stored nor journaled. */
  password: z.string().min(8).max(255).optional(),
});
export type PackRequest = z.infer<typeof PackRequest>;

export const Withheld = z.array(z.object({ reason: z.string(), count: z.number() }));

export const PackReport = z.object({
  pack: z.string(),
  ref: z.string(),
  version: z.number(),
  copy: z.number(),
  files: z.array(
    z.object({
      file: z.string(),
      format: PackFormat,
      sha256: z.string(),
      pages: z.number().optional(),
      sheets: z.number().optional(),
    }),
  ),
  withheld: Withheld,
  warnings: z.array(z.string()),
});
export type PackReport = z.infer<typeof PackReport>;

/** An intelligence item that stays out, and whether a person may decide otherwise. */
export const BlockedItem = z.object({
  ref: z.string(),
  grade: z.string().nullable(),
  conditions: z.string().nullable(),
  /** Why it stays out, in words for the screen. */
  why: z.string(),
  overridable: z.boolean(),
});

export const PackPreview = z.object({
  sections: z.array(z.object({ title: z.string(), rows: z.number() })),
  withheld: Withheld,
  blocked: z.array(BlockedItem),
  warnings: z.array(z.string()),
  findings: z.object({ blocker: z.number(), warning: z.number(), note: z.number() }),
});
export type PackPreview = z.infer<typeof PackPreview>;

/** The pack as it would be printed, marked as not issued; base64, not checked letter by letter, which costs more than the writing. */
export const PackPages = z.object({ pdf: z.string(), pages: z.number() });

export const PackSpecs = z.object({ shipped: z.array(PackSpec), own: z.array(PackSpec) });

/** What has become of one copy. `stale`: the plan inside it has changed since. */
export const IssuedPack = z.object({
  ref: z.string(),
  pack: z.string(),
  title: z.string(),
  team: z.string().nullable(),
  version: z.number(),
  copy: z.number(),
  recipient: z.string(),
  reason: z.string(),
  at: z.string(),
  user: z.string(),
  marking: z.string(),
  files: z.array(z.object({ file: z.string(), format: z.string(), sha256: z.string(), bytes: z.number() })),
  destroyBy: z.string().nullable(),
  /** True when a later version of the same pack is out. */
  superseded: z.boolean(),
  stale: z.boolean(),
  state: z.enum(['held', 'recalled', 'returned', 'destroyed', 'lost']),
  stateAt: z.string().nullable(),
  stateNote: z.string().nullable(),
  /** Past its destroy-by date and neither returned nor destroyed. */
  overdue: z.boolean(),
});
export type IssuedPack = z.infer<typeof IssuedPack>;

/** What may be said of a copy by hand; `recalled` is set by a recall. */
export const SettledState = z.enum(['held', 'returned', 'destroyed', 'lost']);

export const Settlement = z.strictObject({
  refs: z.array(z.string().max(40)).min(1).max(1000),
  state: SettledState,
  note: z.string().trim().max(1000).optional(),
  /** Moment or day at which it happened; now when left out. */
  at: z.union([z.iso.date(), z.iso.datetime({ local: true, offset: true })]).optional(),
});
export type Settlement = z.infer<typeof Settlement>;

/** All copies of a pack (of one team where it has one) that somebody holds, or these copies. */
export const Recall = z.strictObject({
  pack: PackId.optional(),
  team: z.string().max(200).optional(),
  refs: z.array(z.string().max(40)).min(1).max(1000).optional(),
  reason: z.string().trim().min(1).max(1000),
});
export type Recall = z.infer<typeof Recall>;

/** Who has to be asked for what: copies to be fetched back, and copies that nobody can fetch. */
export const RecallList = z.object({
  at: z.string(),
  by: z.string(),
  reason: z.string(),
  copies: z.array(IssuedPack),
  lost: z.array(IssuedPack),
});
export type RecallList = z.infer<typeof RecallList>;

/** Issues that no longer say what the plan says, with those who hold them. */
export const StaleHolders = z.object({
  copies: z.number(),
  packs: z.array(
    z.object({
      pack: z.string(),
      title: z.string(),
      team: z.string().nullable(),
      version: z.number(),
      holders: z.array(z.object({ ref: z.string(), copy: z.number(), recipient: z.string() })),
      /** In words for the screen, with the names of the holders. */
      message: z.string(),
    }),
  ),
});
export type StaleHolders = z.infer<typeof StaleHolders>;

/** An issued pack written out again, byte for byte. */
export const ReissueReport = z.object({
  ref: z.string(),
  recipient: z.string(),
  files: z.array(z.object({ file: z.string(), format: z.string(), sha256: z.string() })),
});
export type ReissueReport = z.infer<typeof ReissueReport>;

/** Oldest state first: from the issue `against` to `ref`, or from `ref` to the plan as it is. */
export const PackChangesReport = z.object({
  ref: z.string(),
  /** The issue that `ref` is compared with; null for the plan as it is now. */
  against: z.string().nullable(),
  /** Version and moment of the earlier side. */
  since: z.number(),
  sinceAt: z.string(),
  /** Version of the later side; null for the plan as it is now. */
  until: z.number().nullable(),
  rows: z.array(
    z.object({
      section: SectionId,
      ref: z.string(),
      name: z.string(),
      kind: z.enum(['added', 'removed', 'changed']),
      field: z.string().nullable(),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
});
export type PackChangesReport = z.infer<typeof PackChangesReport>;

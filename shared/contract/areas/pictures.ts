/** Pictures of what the operation shows (charts, timelines, maps), kept for packs or written out once. */
import { z } from 'zod';
import { analyst, reader } from '../needs.ts';
import { Withheld } from '../packSchemas.ts';
import { DisclosureReason } from '../schemas.ts';

/** Bytes of a PNG, and the pixels that it may open into: an A3 page at 300 dots to the inch. */
export const mostPictureBytes = 8 * 1024 * 1024;
export const mostPicturePixels = 20_000_000;
export const longestPictureSide = 8_000;
/** Records that a picture may show, and rows of its table. */
export const mostPictureRefs = 20_000;
export const mostPictureRows = 5_000;

export const PictureKind = z.enum(['chart', 'timeline', 'map']);
export type PictureKind = z.infer<typeof PictureKind>;

/** What the picture shows, in words: every row as many cells as there are headings. */
export const PictureTable = z.strictObject({
  headings: z.array(z.string().max(200)).min(1).max(30),
  rows: z.array(z.array(z.string().max(2_000)).max(30)).max(mostPictureRows),
});
export type PictureTable = z.infer<typeof PictureTable>;

/** A picture as the page drew it. Nothing of it is believed: the engine decodes and encodes it again. */
export const DrawnPicture = z.strictObject({
  kind: PictureKind,
  title: z.string().trim().min(1).max(120),
  /** PNG, base64. One that is too large is refused by name; the cap here is for what is no picture at all. */
  png: z.string().min(1).max(32_000_000),
  table: PictureTable,
  /** Every record that it shows. A picture of nothing cannot be judged before it leaves. */
  refs: z.array(z.string().max(40)).min(1).max(mostPictureRefs),
});
export type DrawnPicture = z.infer<typeof DrawnPicture>;

export const KeptPicture = z.object({
  id: z.int(),
  kind: PictureKind,
  title: z.string(),
  /** Why it was kept. */
  note: z.string(),
  by: z.string(),
  at: z.string(),
  /** Entry of the journal whose state it shows. */
  state: z.int(),
  width: z.int(),
  height: z.int(),
  size: z.int(),
  /** How many records it shows, and rows of its table. */
  records: z.int(),
  rows: z.int(),
  /** Something that it shows has changed since. */
  stale: z.boolean(),
});
export type KeptPicture = z.infer<typeof KeptPicture>;

const id = z.int().min(1);

export const picturesContract = {
  /** Keeps a picture in the workspace, for packs. Undoable. */
  keep: analyst
    .input(DrawnPicture.extend({ reason: z.string().trim().min(1).max(1000) }))
    .output(KeptPicture),
  /** The pictures that are kept, newest first. */
  list: reader.output(z.object({ pictures: z.array(KeptPicture) })),
  /** One picture with its table. A consultation. */
  show: reader.input(z.strictObject({ id })).output(
    KeptPicture.extend({
      png: z.string(),
      table: PictureTable,
      shown: z.array(z.object({ ref: z.string(), label: z.string() })),
    }),
  ),
  /** Takes a picture out of the packs. Undoable. */
  remove: analyst.input(z.strictObject({ id })).output(z.object({ removed: z.literal(true) })),
  /**
   * Writes a picture as PNG and its table as CSV into a folder; journaled as a disclosure. Where it shows what may not
   * leave, the table goes alone, without it.
   */
  write: analyst
    .input(
      DrawnPicture.extend({
        folder: z.string().max(100),
        recipient: z.string().trim().min(1).max(200),
        reason: DisclosureReason,
      }),
    )
    .output(
      z.object({
        files: z.array(z.object({ file: z.string(), sha256: z.string() })),
        withheld: Withheld,
        /** Why the picture itself was not written; null where it was. */
        leftOut: z.string().nullable(),
      }),
    ),
} as const;

/** What a user has written and not yet saved, kept encrypted through a lock. */
import { z } from 'zod';
import { reader } from '../needs.ts';

/** Most characters of one draft, as JSON. */
export const longestDraft = 400_000;
/** Most drafts of one user. */
export const mostDrafts = 200;

/** Names the place that it was written in: `briefing`, `record/NOM-7/note`. */
export const DraftKey = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\w./#:@ -]+$/);

export const Draft = z.object({
  key: DraftKey,
  /** What the place keeps, as JSON text; only the place knows its shape. */
  value: z.string().max(longestDraft),
  savedAt: z.string(),
});
export type Draft = z.infer<typeof Draft>;

/** Drafts are a user's own: nobody reads those of another, and they are no part of the plan or its journal. */
export const draftsContract = {
  list: reader.output(z.object({ drafts: z.array(Draft) })),
  /** Keeps what is given under each key, and lets go of the keys whose value is null. */
  keep: reader
    .input(
      z.strictObject({
        drafts: z
          .array(z.strictObject({ key: DraftKey, value: z.string().max(longestDraft).nullable() }))
          .max(mostDrafts),
      }),
    )
    .output(z.object({ kept: z.number() })),
} as const;

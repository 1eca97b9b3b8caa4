/** Who is the same person: pairs, decisions, merging and splitting. */
import { z } from 'zod';
import { longWork } from '../longWork.ts';
import { analyst, reader } from '../needs.ts';

const ref = z.string().max(40);
const reason = z.string().max(1000).optional();

/** Grids in which pairs are looked for. */
export const MatchKind = z.enum(['people', 'premises', 'vehicles', 'phones']);
export type MatchKind = z.infer<typeof MatchKind>;

/** The threshold that holds unless somebody sets another for the workspace: chosen so that hardly any pair above it is wrong. */
export const usualThreshold = 0.95;
export const Threshold = z.number().min(0.5).max(0.9999);

export const MatchReason = z.object({
  /** Name of the field, or `column:HEADING` for a column of a sheet that has no field. */
  field: z.string(),
  title: z.string(),
  /** Whether it speaks for the two being the same. */
  for: z.boolean(),
  /** How much, in bits: each bit doubles or halves the odds. */
  weight: z.number(),
  text: z.string(),
});
export type MatchReason = z.infer<typeof MatchReason>;

export const MatchPair = z.object({
  a: z.string(),
  b: z.string(),
  /** Probability that both are the same, 0 to 1. */
  score: z.number(),
  /** `match`: together at the threshold. `possible`: to be looked at. `unsure`: somebody looked and left it open. */
  decision: z.enum(['match', 'possible', 'unsure']),
  /** The weightiest first. */
  reasons: z.array(MatchReason),
});
export type MatchPair = z.infer<typeof MatchPair>;

export const MatchReport = z.object({
  kind: MatchKind,
  threshold: z.number(),
  /** Best first. What somebody said is different is not among them. */
  pairs: z.array(MatchPair),
  /** References that hang together at the threshold. */
  clusters: z.array(z.array(z.string())),
  labels: z.record(z.string(), z.string()),
  /** What must be seen at once of a person: that they are a child, or a victim first. */
  alerts: z.record(z.string(), z.array(z.string())),
  /** Pairs that were said to be different, or left open. */
  decided: z.array(
    z.object({ a: z.string(), b: z.string(), said: z.enum(['different', 'unsure']), seq: z.number() }),
  ),
  /** Records and pairs that were looked at, and pairs that are worth a look but did not fit in here. */
  records: z.number(),
  compared: z.number(),
  left: z.number(),
});
export type MatchReport = z.infer<typeof MatchReport>;

export const MatchParts = z.object({
  ref: z.string(),
  /** The rows that were merged into it, itself first, each with the rows of evidence that count in it. */
  members: z.array(
    z.object({
      ref: z.string(),
      since: z.string().nullable(),
      by: z.string().nullable(),
      evidence: z.array(
        z.object({
          /** What `split` takes. */
          id: z.number(),
          file: z.string(),
          sheet: z.string(),
          row: z.number(),
          source: z.string(),
          text: z.string(),
        }),
      ),
    }),
  ),
});
export type MatchParts = z.infer<typeof MatchParts>;

const Merged = z.object({ ref: z.string(), seq: z.number() });

export const matchingContract = {
  /** Looks for rows that may be the same. Journaled as a consultation. */
  find: reader
    .input(z.strictObject({ kind: MatchKind, threshold: Threshold.optional() }))
    .output(longWork(MatchReport)),
  /** Keeps the threshold in the workspace: it holds from then on where none is named. Undoable. */
  keepThreshold: analyst
    .input(z.strictObject({ threshold: Threshold }))
    .output(z.object({ saved: z.boolean() })),
  /** Makes one row of several: the first keeps its reference, and what names the others names it. */
  merge: analyst.input(z.strictObject({ refs: z.array(ref).min(2).max(200), reason })).output(Merged),
  /** Merges groups above a threshold that the user set, each as an entry of its own. */
  mergeAll: analyst
    .input(
      z.strictObject({
        groups: z.array(z.array(ref).min(2).max(200)).min(1).max(500),
        threshold: Threshold,
        reason,
      }),
    )
    .output(z.object({ merged: z.array(z.object({ refs: z.array(z.string()), seq: z.number() })) })),
  /** What a row was merged from. */
  parts: reader.input(z.strictObject({ ref })).output(MatchParts),
  /** Takes merged rows or rows of evidence out into a row of their own; the two are then remembered as different. */
  split: analyst
    .input(
      z.strictObject({
        ref,
        members: z.array(ref).max(200).optional(),
        evidence: z.array(z.int()).max(5000).optional(),
        reason,
      }),
    )
    .output(Merged),
  /** Remembers that two are different, or that it was left open; null takes that back. */
  decide: analyst
    .input(z.strictObject({ a: ref, b: ref, said: z.enum(['different', 'unsure']).nullable(), reason }))
    .output(z.object({ seq: z.number() })),
} as const;

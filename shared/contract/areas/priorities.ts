/** Who and what comes first: for safeguarding, and for enforcement. */
import { z } from 'zod';
import {
  concernNames,
  confidenceNames,
  factorNames,
  gapNames,
  lackNames,
  urgencyNames,
} from '../../domain/priorities/kinds.ts';
import { mostNarrowing } from '../../grid/narrowing.ts';
import { priorityWeights, type Weights, weightNames } from '../../reference/priorityWeights.ts';
import { longWork } from '../longWork.ts';
import { analyst, reader } from '../needs.ts';
import { Finding } from '../schemas.ts';

export const PriorityWeights = z.strictObject(
  Object.fromEntries(
    weightNames.map((name) => {
      const { least, most } = priorityWeights[name];
      return [name, z.number().min(least).max(most)];
    }),
  ) as Record<keyof Weights, z.ZodNumber>,
);

const Ref = z.string().max(40);
const Kind = z.enum(['people', 'premises', 'lines']);
export type PriorityKind = z.infer<typeof Kind>;

/** The field of a record in which something is said; its row opens by `sources.view`. */
const Origin = z.object({ ref: Ref, field: z.string() });

/** One who says it: a row of a sheet, or an analyst. */
const PrioritySource = Origin.extend({
  value: z.string(),
  /** `analyst` for a manual entry. */
  file: z.string(),
  sheet: z.string().nullable(),
  row: z.number().nullable(),
  grade: z.string().nullable(),
  by: z.string().nullable(),
  at: z.string().nullable(),
  /** Its sheet, `SRC-n`: with the row, what `sources.view` opens. */
  sheetRef: Ref.nullable(),
  /** Its place in the order of the sources of the field, as `sources.view` counts it. */
  which: z.number(),
});
export type PrioritySource = z.infer<typeof PrioritySource>;

const sources = z.array(PrioritySource).optional();

const Factor = z.object({
  factor: z.enum(factorNames),
  /** Tenths at most. */
  points: z.number(),
  most: z.number(),
  value: z.string(),
  reasons: z.array(z.string()),
  origins: z.array(Origin),
  by: z.string().optional(),
  at: z.string().optional(),
  sources,
});
export type PriorityFactor = z.infer<typeof Factor>;

export const EnforcementPriority = z.object({
  ref: Ref,
  kind: Kind,
  label: z.string(),
  /** An order for reading. No probability. */
  points: z.number(),
  band: z.enum(['high', 'medium', 'low']).nullable(),
  confidence: z.enum(confidenceNames),
  /** Exploited too, or may be: the words of `exploitedFirst` stand with it. */
  isExploited: z.boolean(),
  isChild: z.boolean(),
  target: Ref.nullable(),
  /** Why it stands on the list of safeguarding too. */
  concerns: z.array(z.enum(concernNames)),
  lacks: z.array(z.enum(lackNames)),
  factors: z.array(Factor),
});
export type EnforcementPriority = z.infer<typeof EnforcementPriority>;

const Concern = z.object({
  concern: z.enum(concernNames),
  words: z.string(),
  origins: z.array(Origin),
  sources,
});
export type PriorityConcern = z.infer<typeof Concern>;

export const SafeguardingPriority = z.object({
  ref: Ref,
  kind: Kind,
  label: z.string(),
  urgency: z.enum(urgencyNames),
  concerns: z.array(Concern),
  gaps: z.array(z.object({ gap: z.enum(gapNames), words: z.string() })),
  plans: z.array(Ref),
  newPlan: z.object({ subject: Ref, kind: z.enum(['child', 'adult']) }).nullable(),
});
export type SafeguardingPriority = z.infer<typeof SafeguardingPriority>;

export const PriorityReport = z.object({
  /** ISO day on which ages count, and whether it is the strike. */
  day: z.string(),
  isStrike: z.boolean(),
  /** Before filters, and what the filters leave. */
  counts: z.object({
    safeguarding: z.number(),
    safeguardingShown: z.number(),
    enforcement: z.number(),
    enforcementShown: z.number(),
    /** People of whom nothing is on either list. */
    neither: z.number(),
    concerns: z.partialRecord(z.enum(concernNames), z.number()),
    /** Of the list of safeguarding, those of whom something is missing; and by what it is. */
    withGaps: z.number(),
    gaps: z.partialRecord(z.enum(gapNames), z.number()),
  }),
  safeguarding: z.array(SafeguardingPriority),
  enforcement: z.array(EnforcementPriority),
  weights: PriorityWeights,
  isDefault: z.boolean(),
});
export type PriorityReport = z.infer<typeof PriorityReport>;

export const PriorityDetail = z.object({
  ref: Ref,
  safeguarding: SafeguardingPriority.nullable(),
  enforcement: EnforcementPriority.nullable(),
  /** What readiness says of the record, with the mends. */
  findings: z.array(Finding),
  labels: z.record(z.string(), z.string()),
});
export type PriorityDetail = z.infer<typeof PriorityDetail>;

export const prioritiesContract = {
  /** Both lists, each in its order. Names people: a consultation. */
  list: reader
    .input(
      z.strictObject({
        kind: Kind.optional(),
        /** Part of a name, an address or a reference. */
        text: z.string().max(200).optional(),
        concern: z.enum(concernNames).optional(),
        /** Those of whom something is missing. */
        gaps: z.boolean().optional(),
        /** What everything is narrowed to: these records and what has to do with them. */
        refs: z.array(Ref).max(mostNarrowing).optional(),
        /** Of each list at most so many. */
        limit: z.int().min(1).max(5000).optional(),
        /** Who says it, for each factor and concern: at most so many. */
        sources: z.int().min(0).max(50).optional(),
      }),
    )
    .output(longWork(PriorityReport)),
  /** One record on both lists, with who says what. A consultation. */
  about: reader.input(z.strictObject({ ref: Ref })).output(PriorityDetail),
  weights: reader.output(z.object({ weights: PriorityWeights, defaults: PriorityWeights })),
  /** Kept in the workspace, journaled, undoable. */
  saveWeights: analyst
    .input(z.strictObject({ weights: PriorityWeights }))
    .output(z.object({ saved: z.boolean() })),
} as const;

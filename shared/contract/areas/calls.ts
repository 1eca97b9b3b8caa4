/** Deal lines and call data: what the calls show. */
import { z } from 'zod';
import { findingKinds } from '../../domain/calls/findingKinds.ts';
import { callThresholds, type Thresholds, thresholdNames } from '../../reference/callThresholds.ts';
import { longWork } from '../longWork.ts';
import { analyst, reader } from '../needs.ts';

export const CallThresholds = z.strictObject(
  Object.fromEntries(
    thresholdNames.map((name) => {
      const { least, most } = callThresholds[name];
      return [name, z.number().min(least).max(most)];
    }),
  ) as Record<keyof Thresholds, z.ZodNumber>,
);

const Ref = z.string().max(40);

/** Where a row of evidence stands. */
const CallSource = z.object({ ref: Ref, file: z.string(), sheet: z.string(), row: z.number() });

/** A number with what the workspace calls it. Times are ISO on the UK clock. */
const CallNumber = z.object({
  ref: Ref,
  number: z.string(),
  /** Line, person or subscriber; null where nothing is known. */
  label: z.string().nullable(),
  isService: z.boolean(),
});
export type CallNumber = z.infer<typeof CallNumber>;

export const CallFinding = z.object({
  /** Stands for the finding as long as the calls and the thresholds are the same. */
  id: z.string().max(200),
  kind: z.enum(findingKinds),
  /** E.164, the one that it is chiefly about first. */
  phones: z.array(z.string()),
  phoneRefs: z.array(Ref),
  /** People, lines, custody records and warrants that it names. */
  refs: z.array(Ref),
  from: z.string(),
  to: z.string(),
  score: z.number(),
  reasons: z.array(z.string()),
  against: z.array(z.string()),
  /** People linked with its chief numbers who are or may be under 18, victims or at risk. */
  safeguarding: z.array(Ref),
  rule: z.string(),
  /** How many rows it rests on, and the first of them. */
  rows: z.number(),
  sources: z.array(CallSource),
});
export type CallFinding = z.infer<typeof CallFinding>;

export const CallFindings = z.object({
  findings: z.array(CallFinding),
  total: z.number(),
  /** By kind: found, but with a score below the least. */
  leftOut: z.record(z.string(), z.number()),
  /** What was not looked at in whole, in sentences: too many pairs for a threshold that is very low. */
  cut: z.array(z.string()),
  thresholds: CallThresholds,
  labels: z.record(z.string(), z.string()),
});
export type CallFindings = z.infer<typeof CallFindings>;

const CallContact = CallNumber.extend({
  out: z.number(),
  in: z.number(),
  texts: z.number(),
  durationS: z.number(),
  first: z.string(),
  last: z.string(),
  days: z.number(),
});

export const CallPicture = z.object({
  ref: Ref,
  label: z.string(),
  /** The numbers of the line, or the one phone, that are in the calls; the first is what is shown. */
  numbers: z.array(CallNumber.extend({ first: z.string(), last: z.string(), events: z.number() })),
  /** The number whose calls these are; null where none is in the call data. */
  shown: Ref.nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** Calls and texts, each once; rows that told of one a second time; rows without a time, of the workspace. */
  events: z.number(),
  repeats: z.number(),
  withoutTime: z.number(),
  contacts: z.object({ total: z.number(), services: z.number(), rows: z.array(CallContact) }),
  /** Seven rows of 24 hours, Monday first. */
  heat: z.array(z.array(z.number())),
  broadcasts: z.array(
    z.object({
      at: z.string(),
      until: z.string(),
      recipients: z.number(),
      answers: z.number(),
      wording: z.string().nullable(),
    }),
  ),
  customers: z.array(CallNumber.extend({ answers: z.number() })),
  devices: z.array(
    z.object({
      imei: z.string().nullable(),
      imsi: z.string().nullable(),
      first: z.string(),
      last: z.string(),
      rows: z.number(),
    }),
  ),
  movement: z.object({
    /** Rows that name an area, of all rows about the phone. */
    rowsWithArea: z.number(),
    rows: z.number(),
    towns: z.array(
      z.object({
        name: z.string(),
        areas: z.array(z.string()),
        cells: z.array(z.string()),
        rows: z.number(),
        nights: z.number(),
        first: z.string(),
        last: z.string(),
      }),
    ),
    /** Places in `towns`. */
    ways: z.array(z.object({ from: z.number(), to: z.number(), count: z.number() })),
    journeys: z.array(z.object({ from: z.number(), to: z.number(), left: z.string(), arrived: z.string() })),
    journeyCount: z.number(),
  }),
  silences: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      isOpen: z.boolean(),
      /** The return of the number may end there. */
      endsWithReturn: z.boolean(),
      events: z.array(z.object({ ref: Ref, what: z.string(), begins: z.boolean(), ends: z.boolean() })),
    }),
  ),
  /** Custody, arrests and warrants of the people linked with the phone, within its period. */
  dates: z.array(z.object({ ref: Ref, what: z.string(), from: z.string(), to: z.string().nullable() })),
  attributions: z.array(
    z.object({
      ref: Ref,
      name: z.string(),
      isChild: z.boolean(),
      isAtRisk: z.boolean(),
      score: z.number(),
      reasons: z.array(z.string()),
      against: z.array(z.string()),
      /** What comes before any use of it, for a child or a person at risk. */
      safeguarding: z.string().nullable(),
    }),
  ),
  thresholds: CallThresholds,
  labels: z.record(z.string(), z.string()),
});
export type CallPicture = z.infer<typeof CallPicture>;

export const CallOverview = z.object({
  calls: z.number(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  lines: z.array(z.object({ ref: Ref, name: z.string(), numbers: z.number(), events: z.number() })),
  /** The busiest numbers, services left out. */
  busiest: z.array(CallNumber.extend({ events: z.number() })),
});
export type CallOverview = z.infer<typeof CallOverview>;

/** The record that was made or changed, and the entry of the journal; null where nothing had to change. */
const Made = z.object({ ref: Ref.nullable(), seq: z.number().nullable() });

export const callsContract = {
  /** What there is to look at. Names people: a consultation. */
  overview: reader.output(CallOverview),
  /** Everything that the calls of one phone or line show. A consultation. */
  picture: reader.input(z.strictObject({ ref: Ref, shown: Ref.optional() })).output(CallPicture),
  /** Everything that was found in all calls, or about one phone or line. A consultation. */
  findings: reader
    .input(
      z.strictObject({
        kind: z.enum(findingKinds).optional(),
        ref: Ref.optional(),
        /** The first rows of each with file, sheet and row: at most so many. */
        sources: z.int().min(0).max(50).optional(),
        limit: z.int().min(1).max(5000).optional(),
      }),
    )
    .output(longWork(CallFindings)),
  thresholds: reader.output(z.object({ thresholds: CallThresholds, defaults: CallThresholds })),
  /** Kept in the workspace, journaled, undoable. */
  saveThresholds: analyst
    .input(z.strictObject({ thresholds: CallThresholds }))
    .output(z.object({ saved: z.boolean() })),
  /** An ungraded intelligence record that says what the data shows, with its rows as provenance. */
  makeIntelligence: analyst.input(z.strictObject({ id: z.string().max(200) })).output(Made),
  /** The same words and rows, at the end of the grounds of a target. */
  addToTarget: analyst.input(z.strictObject({ id: z.string().max(200), target: Ref })).output(Made),
} as const;

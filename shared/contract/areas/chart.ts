/** The link chart: who and what is linked, grown from the records it starts with. */
import { z } from 'zod';
import type { GridName } from '../../grid/types.ts';
import { longWork } from '../longWork.ts';
import { reader } from '../needs.ts';

/** Records that one chart holds at most. */
export const mostChartNodes = 2000;

/** Kinds of records that a chart shows, in the order in which lists show them. */
export const chartKinds = [
  'people',
  'phones',
  'premises',
  'vehicles',
  'lines',
  'groups',
  'targets',
  'warrants',
  'safeguarding',
  'intelligence',
  'custody',
  'referrals',
  'crimes',
  'arrests',
  'seizures',
] as const satisfies readonly GridName[];
export type ChartKind = (typeof chartKinds)[number];

/** Whether records of a grid can stand in a chart. */
export const canChart = (grid: string): grid is ChartKind => (chartKinds as readonly string[]).includes(grid);

/** What says that two are linked: rows of evidence, the call data, or what an analyst decided. */
export const tieKinds = ['evidence', 'calls', 'plan'] as const;
export type TieKind = (typeof tieKinds)[number];

/** Stands for rows that have no grade among the grades of a filter. */
export const ungraded = 'none';

const Ref = z.string().max(40);
const Day = z.iso.date();
const Kind = z.enum(chartKinds);

/** Which links count. What is left out lets everything through; rows without a date are inside every period. */
export const ChartFilter = z.strictObject({
  /** Grades of intelligence as `2CP`, and `none`. They concern links of evidence alone. */
  grades: z.array(z.string().max(20)).max(200).optional(),
  ties: z.array(z.enum(tieKinds)).optional(),
  /** ISO days on the UK clock, both inside. */
  from: Day.optional(),
  to: Day.optional(),
});
export type ChartFilter = z.infer<typeof ChartFilter>;

export const ChartNode = z.object({
  ref: Ref,
  kind: Kind,
  label: z.string(),
  /** What tells it from others of the name: an age, a subscriber, a postcode. */
  sub: z.string().nullable(),
  /** What must be known first of somebody or a place that is protected: `Child, 15`. Null for all others. */
  sign: z.string().nullable(),
  isChild: z.boolean(),
  /** A short code, a service number or voicemail: no contact. */
  isService: z.boolean(),
  /** A target of the operation names it. */
  isTarget: z.boolean(),
  /** Grades of the rows behind the record, each once. */
  grades: z.array(z.string()),
  /** Rows of evidence behind the record. */
  rows: z.number(),
  /** Deal lines and groups that it belongs to, shown or not. */
  lines: z.array(Ref),
  groups: z.array(Ref),
  /** Neighbours that are not shown, by kind: those that the filter lets through. */
  hidden: z.partialRecord(Kind, z.number()),
});
export type ChartNode = z.infer<typeof ChartNode>;

export const ChartLink = z.object({
  id: z.string().max(300),
  from: Ref,
  to: Ref,
  kind: z.enum(tieKinds),
  /** What the one is to the other, in words. */
  relation: z.string(),
  /** Rows of evidence, calls and texts, or records of the plan that say so. */
  rows: z.number(),
  /** How many of them the filter lets through; 0 puts the link outside of it. */
  inside: z.number(),
  grades: z.array(z.string()),
  /** ISO day, or day and time, on the UK clock: the first and the last of what the filter lets through. */
  first: z.string().nullable(),
  last: z.string().nullable(),
  /** What is meant to be done, not what was seen. */
  isPlanned: z.boolean(),
});
export type ChartLink = z.infer<typeof ChartLink>;

export const ChartPicture = z.object({
  nodes: z.array(ChartNode),
  links: z.array(ChartLink),
  /** What an expansion brought, in the order of its strength. */
  added: z.array(Ref),
  /** What was asked for and is no more. */
  gone: z.array(Ref),
  /** More would have come, and the chart holds no more. */
  isFull: z.boolean(),
  /** Every grade among the links, for the filter. */
  grades: z.array(z.string()),
  /** Of lines and groups that are not shown themselves. */
  labels: z.record(z.string(), z.string()),
});
export type ChartPicture = z.infer<typeof ChartPicture>;

const RowBehind = z.object({
  /** The sheet it stands in (`SRC-2`), with its name and the number of the row. */
  source: Ref,
  file: z.string(),
  sheet: z.string(),
  row: z.number(),
  /** ISO, where the row says when. */
  at: z.string().nullable(),
  grade: z.string().nullable(),
});

export const LinkRows = z.object({
  ties: z.array(
    z.object({
      from: Ref,
      to: Ref,
      kind: z.enum(tieKinds),
      relation: z.string(),
      total: z.number(),
      rows: z.array(RowBehind),
      /** Records of the plan that say so. */
      records: z.array(Ref),
    }),
  ),
  labels: z.record(z.string(), z.string()),
});
export type LinkRows = z.infer<typeof LinkRows>;

/** How a user left the chart. Places are in pixels at full size. */
export const ChartState = z.strictObject({
  nodes: z
    .array(
      z.strictObject({
        ref: Ref,
        x: z.number().min(-1e6).max(1e6),
        y: z.number().min(-1e6).max(1e6),
        pinned: z.boolean(),
      }),
    )
    .max(mostChartNodes),
  kinds: z.array(Kind),
  filter: ChartFilter,
  /** Whether links outside of the filter are left out, not only drawn faintly. */
  leaveOut: z.boolean(),
  groupBy: z.enum(['kind', 'line', 'group']).nullable(),
});
export type ChartState = z.infer<typeof ChartState>;

export const chartContract = {
  /**
   * These records and what links them; with `expand` also the nearest of their neighbours of these kinds, the
   * strongest first. A consultation of everybody shown.
   */
  around: reader
    .input(
      z.strictObject({
        refs: z.array(Ref).max(mostChartNodes),
        expand: z.array(Ref).max(200).optional(),
        kinds: z.array(Kind).optional(),
        filter: ChartFilter.optional(),
        /** How many neighbours each expanded record brings at most. */
        limit: z.int().min(1).max(500).optional(),
      }),
    )
    .output(longWork(ChartPicture)),
  /** The rows behind every link of two records. A consultation. */
  rows: reader.input(z.strictObject({ a: Ref, b: Ref, filter: ChartFilter.optional() })).output(LinkRows),
  /** How this user left the chart; null for the first time. */
  load: reader.output(z.object({ state: ChartState.nullable() })),
  save: reader.input(z.strictObject({ state: ChartState })).output(z.object({ saved: z.boolean() })),
} as const;

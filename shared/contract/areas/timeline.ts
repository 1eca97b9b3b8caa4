/** Calls, intelligence, custody, safeguarding and the plan on one axis of time, all on the clock of the United Kingdom. */
import { z } from 'zod';
import { grains, readMoment } from '../../domain/timeGrain.ts';
import { markKinds, timelineLanes } from '../../domain/timelineKinds.ts';
import { mostNarrowing } from '../../grid/narrowing.ts';
import { CellValue, GridName } from '../../grid/query.ts';
import { longWork } from '../longWork.ts';
import { reader } from '../needs.ts';

const Ref = z.string().max(40);

/** A day (2026-09-14) or a day and a time (2026-09-14T05:30) of the UK clock. */
const WrittenMoment = z
  .string()
  .max(19)
  .refine(
    (text) => text.length >= 10 && readMoment(text) !== null,
    'a date such as 2026-09-14, or a date and time',
  );

/** Whom and what a timeline can follow. */
export const followedGrids = [
  'people',
  'phones',
  'lines',
  'premises',
  'vehicles',
  'groups',
  'targets',
] as const;

/** Whether a timeline can follow records of a grid. */
export const canFollow = (grid: GridName): boolean => (followedGrids as readonly GridName[]).includes(grid);

export const TimelineRequest = z.strictObject({
  /** What is in view; everything, or the last two years of it, where it is left out. A day counts whole. */
  from: WrittenMoment.optional(),
  to: WrittenMoment.optional(),
  /** People, phones, lines, premises, vehicles, groups or targets to follow: each has lanes of its own. */
  refs: z.array(Ref).max(8).optional(),
  /** Narrows everything to these records and what stands beside them. */
  only: z.array(Ref).max(mostNarrowing).optional(),
  /** Into how many pieces of time what is counted is cut at most. */
  bins: z.int().min(10).max(600).optional(),
});
export type TimelineRequest = z.infer<typeof TimelineRequest>;

/** A piece of time; `to` is its end and belongs to the next. */
const TimelineBin = z.object({
  from: z.string(),
  to: z.string(),
  count: z.number(),
  /** Of calls: how many are texts, and how many data sessions, voicemail and what has no kind. */
  texts: z.number(),
  other: z.number(),
});
export type TimelineBin = z.infer<typeof TimelineBin>;

export const TimelineMark = z.object({
  ref: Ref,
  what: z.enum(markKinds),
  /** As the record has it: a time, a day (2026-03-14) or a month (2026-03). */
  from: z.string(),
  /** The end, of what lasts; null for a moment, and where no end is known. */
  to: z.string().nullable(),
  /** It lasts, and nothing says until when. */
  isOpen: z.boolean(),
  /** Of intelligence: the period that the information is about. */
  about: z.object({ from: z.string(), to: z.string() }).nullable(),
  /** What the record says of it, by its columns; long texts are cut. */
  values: z.record(z.string(), CellValue),
  /** It concerns somebody who is or may be under 18, or at risk: safeguarding comes first. */
  safeguarding: z.boolean(),
  /** Of intelligence: it has the name of whom is followed among its subjects, and nothing links the two. */
  byName: z.boolean(),
});
export type TimelineMark = z.infer<typeof TimelineMark>;

export const TimelineLaneView = z.object({
  lane: z.enum(timelineLanes),
  /** Marks that have a date: in view, before it and after it. */
  inView: z.number(),
  before: z.number(),
  after: z.number(),
  /** Records without a date that could be read, by grid. */
  undated: z.array(z.object({ grid: GridName, count: z.number() })),
  /** Each by itself; null where there are too many. */
  marks: z.array(TimelineMark).nullable(),
  /** Counted by pieces of time, those with none left out: of calls always, of other lanes where there are many marks. */
  bins: z.array(TimelineBin).nullable(),
  /** Of calls: when a followed phone was not used, as far as the data tells. */
  silences: z.array(
    z.object({
      phone: Ref,
      from: z.string(),
      to: z.string(),
      isOpen: z.boolean(),
      endsWithReturn: z.boolean(),
    }),
  ),
});
export type TimelineLaneView = z.infer<typeof TimelineLaneView>;

export const TimelineGroup = z.object({
  /** Who or what is followed; null for everything. */
  ref: Ref.nullable(),
  /** A person who is or may be under 18, or at risk. */
  safeguarding: z.boolean(),
  /** The phones whose calls these are. */
  phones: z.array(Ref),
  lanes: z.array(TimelineLaneView),
});
export type TimelineGroup = z.infer<typeof TimelineGroup>;

export const Timeline = z.object({
  /** What is in view; `to` is its end. ISO date and time, UK clock. */
  from: z.string(),
  to: z.string(),
  grain: z.enum(grains),
  /** From the first to the last of everything that these groups have, and the strike; null where they have no date. */
  extent: z.object({ from: z.string(), to: z.string() }).nullable(),
  /** How much there is along the whole extent: calls, and marks of every other lane. */
  overview: z.array(z.object({ from: z.string(), to: z.string(), calls: z.number(), marks: z.number() })),
  strike: z.string().nullable(),
  groups: z.array(TimelineGroup),
  /** Of the whole workspace. */
  calls: z.object({ total: z.number(), withoutTime: z.number(), repeats: z.number() }),
  labels: z.record(z.string(), z.string()),
});
export type Timeline = z.infer<typeof Timeline>;

export const timelineContract = {
  /** Everything with a date, lane by lane. A consultation. */
  lanes: reader.input(TimelineRequest).output(longWork(Timeline)),
} as const;

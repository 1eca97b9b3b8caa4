/** One search over everything. */
import { z } from 'zod';
import { GridName, SourcePlace } from '../../grid/query.ts';
import { longWork } from '../longWork.ts';
import { reader } from '../needs.ts';

/** Longest text that is searched for. */
export const longestSearch = 400;

export const SearchQuestion = z.strictObject({
  text: z.string().max(longestSearch),
  /** Only in these grids; original rows are in `sources`. */
  in: z.array(GridName).max(40).optional(),
  /** A sheet (`SRC-n`) that has to say it. */
  source: z.string().max(40).optional(),
  /** A grade, as the intelligence has it. */
  grade: z.string().max(20).optional(),
  /** Days, ISO, both inside. Records without a day are left out. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});
export type SearchQuestion = z.infer<typeof SearchQuestion>;

export const SearchMatch = z.object({
  /** Field of the grid; of an original row the heading of its column. */
  field: z.string(),
  /** The value, or the part of a long one around what was found. */
  text: z.string(),
  /** What was found in `text`: from a character to before another. */
  ranges: z.array(z.tuple([z.number(), z.number()])),
  /** Another source says so; the record shows another value. */
  other: z.literal(true).optional(),
});
export type SearchMatch = z.infer<typeof SearchMatch>;

/** Who or what must be protected: told first, wherever it is found. */
export const SearchCare = z.enum(['child', 'at-risk', 'protected-place']);
export type SearchCare = z.infer<typeof SearchCare>;

export const SearchHit = z.object({
  /** The record, or `SRC-n` for an original row. */
  ref: z.string(),
  grid: GridName,
  label: z.string(),
  score: z.number(),
  matched: z.array(SearchMatch),
  /** What tells it from others of the same name: a date of birth, a colour and make, a grade. */
  about: z.array(z.object({ field: z.string(), text: z.string() })).optional(),
  care: SearchCare.optional(),
  /** Targets and warrants about it. */
  plan: z.array(z.string()).optional(),
  /** Of an original row: where it stands, and the records that were read from it. */
  row: z.number().optional(),
  records: z.array(z.string()).optional(),
  sources: z.array(SourcePlace).optional(),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** What the text was read as besides words. */
export const SearchReading = z.object({
  kind: z.enum(['reference', 'phone', 'vehicle', 'postcode', 'identifier', 'date']),
  text: z.string(),
});

/** How far the index is: what is not in it cannot be found yet. */
export const SearchIndex = z.object({ ready: z.boolean(), waiting: z.number(), share: z.number() });
export type SearchIndex = z.infer<typeof SearchIndex>;

export const SearchAnswer = z.object({
  hits: z.array(SearchHit),
  /** Offset of the next page; null when these are the last. A page may have fewer than were asked for. */
  next: z.number().nullable(),
  readings: z.array(SearchReading),
  /** Words that were taken for typed ones where those are few. */
  instead: z.array(z.object({ typed: z.string(), words: z.array(z.string()) })),
  labels: z.record(z.string(), z.string()),
  index: SearchIndex,
});
export type SearchAnswer = z.infer<typeof SearchAnswer>;

const Count = z.object({ count: z.number() });

export const SearchFacets = z.object({
  /** How many there are; where `complete` is false, at least so many. */
  total: z.number(),
  complete: z.boolean(),
  grids: z.array(Count.extend({ grid: GridName })),
  sources: z.array(Count.extend({ ref: z.string(), label: z.string() })),
  grades: z.array(Count.extend({ grade: z.string() })),
  years: z.array(Count.extend({ year: z.string() })),
});
export type SearchFacets = z.infer<typeof SearchFacets>;

export const searchContract = {
  /** The best records and original rows first. A consultation where people are shown. */
  find: reader
    .input(
      SearchQuestion.extend({
        offset: z.int().min(0).max(1000).optional(),
        limit: z.int().min(1).max(200).optional(),
        /** Add the rows of sheets behind each record. */
        sources: z.boolean().optional(),
      }),
    )
    .output(SearchAnswer),
  /** How many there are, by kind, source, grade and year. */
  facets: reader.input(SearchQuestion).output(SearchFacets),
  /** Builds what of the index is not built yet, and checks that it fits. */
  index: reader.output(longWork(SearchIndex)),
};

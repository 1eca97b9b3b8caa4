/** Where things are: a postcode file and an outline that the user loads, and what can be placed by them. */
import { z } from 'zod';
import { Where } from '../../grid/query.ts';
import { longWork } from '../longWork.ts';
import { analyst, reader } from '../needs.ts';
import { Grant } from '../schemas.ts';

const Ref = z.string().max(40);

/** Words that the licence of open data asks for, shown wherever the data is. */
const Attribution = z.string().trim().max(300);

/** What a postcode file held. rows = loaded + refused + blank. */
export const PostcodeReport = z.object({
  file: z.string(),
  sha256: z.string(),
  rows: z.number(),
  loaded: z.number(),
  /** Of the loaded: no longer in use. */
  ended: z.number(),
  blank: z.number(),
  /** How many rows for each reason. */
  refused: z.record(z.string(), z.number()),
  /** The headings that were used, or letters of columns. */
  columns: z.array(z.string()),
  districts: z.number(),
  attribution: z.string(),
});
export type PostcodeReport = z.infer<typeof PostcodeReport>;

export const OutlineReport = z.object({
  file: z.string(),
  sha256: z.string(),
  shapes: z.number(),
  /** As they stood in the file, and as they are drawn. */
  points: z.number(),
  drawn: z.number(),
  /** The largest distance in metres by which a drawn line leaves the one of the file. */
  tolerance: z.number(),
  /** Shapes that are no line and no area, which were left out. */
  leftOut: z.number(),
  attribution: z.string(),
});
export type OutlineReport = z.infer<typeof OutlineReport>;

const Metres = z.number().min(-1_000_000).max(3_000_000);
export const MapBox = z.strictObject({ west: Metres, south: Metres, east: Metres, north: Metres });
export type MapBox = z.infer<typeof MapBox>;

const loaded = { at: z.string(), by: z.string() };
export const PlacesStatus = z.object({
  postcodes: PostcodeReport.extend(loaded).nullable(),
  outline: OutlineReport.extend(loaded).nullable(),
  /** Where the loaded postcodes lie; null where none are. */
  extent: MapBox.nullable(),
});
export type PlacesStatus = z.infer<typeof PlacesStatus>;

/** Kinds of things on the map. */
export const placedKinds = ['premises', 'warrant', 'person', 'crime', 'cell'] as const;

/**
 * How well a place is known: by a position that was given, by a square of the grid, or as the area of a postcode, a
 * sector or a district. Nothing is ever drawn as a point.
 */
export const placedBases = ['position', 'grid', 'postcode', 'sector', 'district'] as const;

export const unplacedReasons = ['nothing', 'no-file', 'not-in-file', 'stand-in', 'outside'] as const;

export const Placed = z.object({
  /** The record; of a cell of call data its name. */
  ref: z.string(),
  kind: z.enum(placedKinds),
  label: z.string(),
  /** Metres of the National Grid, and the radius of the circle in which the place lies. */
  easting: z.number(),
  northing: z.number(),
  radius: z.number(),
  basis: z.enum(placedBases),
  /** Postcode or part of one, or the grid reference, as it was used. */
  by: z.string(),
  /** The premises through which a person or a warrant is placed. */
  via: Ref.optional(),
  /** The premises is one of the plan: it has a target, a warrant or a team. */
  planned: z.boolean().optional(),
  /** Day or month, ISO, of a crime. */
  on: z.string().optional(),
  /** What comes before any enforcement there, in words. */
  safeguarding: z.string().optional(),
  /** Month in which the postcode ended (199706), 0 where it is not known. */
  ended: z.number().optional(),
  /** Kilometres between the position that was given and the postcode, where they do not agree. */
  apart: z.number().optional(),
  /** Rows of call data that name the cell. */
  rows: z.number().optional(),
});
export type Placed = z.infer<typeof Placed>;

const Unplaced = z.object({
  ref: z.string(),
  kind: z.enum(placedKinds),
  label: z.string(),
  reason: z.enum(unplacedReasons),
  /** What stood there. */
  by: z.string(),
});
export type Unplaced = z.infer<typeof Unplaced>;

export const PlacesMap = z.object({
  placed: z.array(Placed),
  unplaced: z.array(Unplaced),
  /** By reason: how many could not be placed; `unplaced` lists the first of them. */
  unplacedCounts: z.record(z.string(), z.number()),
  /** By kind: how many there are beyond what a map can show. */
  leftOut: z.record(z.string(), z.number()),
});
export type PlacesMap = z.infer<typeof PlacesMap>;

export const MapGround = z.object({
  /** Side of the squares in metres. */
  metres: z.number(),
  /** East, north (south-west corner in metres) and number of postcodes, one square after another. */
  squares: z.array(z.number()),
  districts: z.array(
    z.object({ name: z.string(), easting: z.number(), northing: z.number(), postcodes: z.number() }),
  ),
});
export type MapGround = z.infer<typeof MapGround>;

const Refused = z.object({ row: z.number(), reason: z.string(), text: z.string() });

export const placesContract = {
  status: reader.output(PlacesStatus),
  /** Takes the place of the postcodes that were loaded before. */
  load: analyst
    .input(z.strictObject({ grant: Grant, attribution: Attribution.optional() }))
    .output(longWork(PostcodeReport)),
  /** Rows of the postcode file that gave no place, in the order of the file. */
  refused: reader
    .input(z.strictObject({ after: z.int().min(0).optional(), limit: z.int().min(1).max(1000).optional() }))
    .output(z.object({ rows: z.array(Refused), listed: z.number(), total: z.number() })),
  /** Takes the place of the outline that was loaded before. */
  loadOutline: analyst
    .input(z.strictObject({ grant: Grant, attribution: Attribution.optional() }))
    .output(longWork(OutlineReport)),
  removeOutline: analyst.output(z.object({ removed: z.boolean() })),
  outline: reader.output(
    z.object({ shapes: z.array(z.object({ name: z.string(), rings: z.array(z.array(z.number())) })) }),
  ),
  /** Everything that can be placed, and what cannot. A consultation. */
  map: reader
    .input(
      z.strictObject({
        where: z
          .strictObject({
            premises: Where.optional(),
            people: Where.optional(),
            crimes: Where.optional(),
            warrants: Where.optional(),
          })
          .optional(),
      }),
    )
    .output(PlacesMap),
  /** What is drawn below: squares with postcodes, and the names of districts. */
  ground: reader
    .input(z.strictObject({ box: MapBox, metres: z.int().min(1000).max(100_000) }))
    .output(MapGround),
} as const;

import type { PackSpec, SectionId } from './packSpec.ts';

/**
 * Everything that a pack prints, as plain JSON. The writers see nothing else: not the database, not
 * the clock. The same PackData gives the same bytes, so an issued pack can be written again.
 *
 * Dates are `YYYY-MM-DD`, moments are ISO 8601 (with a zone, or UK local time without one), phones
 * are E.164. Formatting for paper is done by `formatValue`. A `null` prints as an empty cell.
 */
export interface PackData {
  readonly spec: PackSpec;
  readonly header: PackHeader;
  /** IIMARCH headings in their order, each with the text that the planner wrote. */
  readonly briefing: readonly BriefingRow[];
  readonly targets: readonly TargetRow[];
  readonly warrants: readonly WarrantRow[];
  readonly premises: readonly PremisesRow[];
  readonly people: readonly PersonRow[];
  readonly intelligence: readonly IntelligenceRow[];
  readonly teams: readonly TeamRow[];
  readonly officers: readonly OfficerRow[];
  readonly safeguarding: readonly SafeguardingRow[];
  /** The files that the printed values came from, once each. */
  readonly sourceFiles: readonly SourceFileRow[];
  /** One entry for each printed value and place that it came from. */
  readonly sources: readonly SourceEntry[];
  readonly findings: readonly PackFinding[];
  readonly withheld: readonly WithheldCount[];
  /** What is known about each photograph; the bytes travel beside, in `PackPhotographs`. */
  readonly photographs: readonly PackPhotograph[];
}

/** Bytes of the photographs by `PackPhotograph.id`. */
export type PackPhotographs = ReadonlyMap<string, Uint8Array>;

export interface PackHeader {
  readonly operation: string;
  /** Reference of the operation or of the order, as the force numbers it. */
  readonly reference: string | null;
  readonly force: string | null;
  /** The whole marking line, for example `OFFICIAL-SENSITIVE - RECIPIENTS ONLY`. Printed in capitals. */
  readonly marking: string;
  readonly version: number;
  readonly copy: number;
  readonly recipient: string;
  readonly reason: string;
  readonly preparedBy: string;
  /** Moment at which the pack was made. */
  readonly preparedAt: string;
  /** Moment of the last change that the pack holds. */
  readonly dataAsAt: string;
  readonly strikeDate: string | null;
  /** `HH:MM`, UK local time. */
  readonly strikeTime: string | null;
  readonly destroyBy: string | null;
  /** Name of the team, when the pack is for one team. */
  readonly team: string | null;
}

export interface PackRow {
  /** The record's reference, unique in its section. */
  readonly ref: string;
}

export interface BriefingRow extends PackRow {
  readonly heading: string;
  readonly text: string;
}

export interface TargetRow extends PackRow {
  readonly personRef: string | null;
  readonly name: string;
  readonly photograph: string | null;
  readonly photographDate: string | null;
  readonly dateOfBirth: string | null;
  /** Whole years on the strike day. */
  readonly age: number | null;
  readonly role: string | null;
  readonly victimStatus: string | null;
  readonly warnings: readonly string[];
  readonly priority: string | null;
  readonly premisesRef: string | null;
  readonly address: string | null;
  readonly team: string | null;
  readonly objective: string | null;
  readonly grounds: string | null;
  readonly risk: string | null;
  readonly status: string | null;
  readonly notes: string | null;
}

export interface WarrantRow extends PackRow {
  readonly power: string;
  readonly number: string | null;
  readonly court: string | null;
  readonly issued: string | null;
  readonly expires: string | null;
  readonly entries: string | null;
  readonly premisesRef: string | null;
  readonly address: string | null;
  readonly subject: string | null;
  readonly team: string | null;
  readonly authority: string | null;
  readonly status: string | null;
  readonly notes: string | null;
}

export interface PremisesRow extends PackRow {
  readonly address: string;
  readonly postcode: string | null;
  readonly uprn: string | null;
  readonly gridReference: string | null;
  readonly kind: string | null;
  readonly access: string | null;
  readonly dogs: string | null;
  readonly hazards: string | null;
  readonly occupants: string | null;
  readonly children: string | null;
  readonly vulnerableAdults: string | null;
  /** `Yes`, `Suspected`, `No` or null when nobody has looked. */
  readonly cuckooed: string | null;
  readonly riskAssessment: string | null;
  readonly entryMethod: string | null;
  readonly rendezvous: string | null;
  readonly team: string | null;
  readonly photographs: readonly string[];
  readonly notes: string | null;
}

export interface PersonRow extends PackRow {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly photograph: string | null;
  readonly photographDate: string | null;
  readonly dateOfBirth: string | null;
  readonly age: number | null;
  readonly role: string | null;
  readonly victimStatus: string | null;
  /** Data subject categories (DPA 2018 s.38(3)). */
  readonly categories: readonly string[];
  readonly warnings: readonly string[];
  readonly description: string | null;
  readonly addresses: readonly string[];
  readonly phones: readonly string[];
  readonly vehicles: readonly string[];
  readonly associates: readonly string[];
  readonly pncId: string | null;
  readonly cro: string | null;
  readonly notes: string | null;
}

export interface IntelligenceRow extends PackRow {
  readonly urn: string | null;
  readonly reported: string | null;
  readonly period: string | null;
  readonly subjects: readonly string[];
  /** References of the records that the item is linked to; for the profile pages, not printed. */
  readonly about: readonly string[];
  readonly text: string;
  /** 3x5x2 grade as three characters, for example `2BP`. */
  readonly grade: string;
  readonly handling: 'P' | 'C';
  readonly conditions: string | null;
  /** Who decided that an item with conditions may go into this pack, and why. */
  readonly released: string | null;
}

export interface TeamRow extends PackRow {
  readonly name: string;
  readonly callSign: string | null;
  readonly leader: string | null;
  readonly members: readonly string[];
  readonly vehicles: readonly string[];
  readonly briefing: string | null;
  readonly rendezvous: string | null;
  readonly strike: string | null;
  readonly premises: readonly string[];
  readonly targets: readonly string[];
  readonly notes: string | null;
}

export interface OfficerRow extends PackRow {
  readonly collar: string | null;
  readonly rank: string | null;
  readonly name: string;
  readonly team: string | null;
  readonly callSign: string | null;
  readonly duty: string | null;
  readonly skills: readonly string[];
  readonly phone: string | null;
  readonly notes: string | null;
}

export interface SafeguardingRow extends PackRow {
  readonly name: string;
  /** `Child` or `Adult at risk`. */
  readonly kind: string;
  readonly dateOfBirth: string | null;
  readonly age: number | null;
  readonly premisesRef: string | null;
  readonly address: string | null;
  readonly concern: string | null;
  readonly plan: string | null;
  readonly lead: string | null;
  readonly agencies: readonly string[];
  readonly appropriateAdult: string | null;
  readonly referral: string | null;
  /** What is still missing, one line each. Empty means that nothing is. */
  readonly gaps: readonly string[];
}

export interface SourceFileRow extends PackRow {
  readonly file: string;
  readonly sheets: readonly string[];
  readonly sha256: string;
  readonly imported: string;
  /** How many printed values came from the file. */
  readonly values: number;
}

export interface SourceEntry {
  readonly section: SectionId;
  readonly ref: string;
  readonly field: string;
  /** The value as the pack prints it, when the field holds several; null for the whole field. */
  readonly value: string | null;
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number | null;
  readonly column: string | null;
  /** What stood in the cell. */
  readonly raw: string;
}

export interface PackFinding {
  readonly severity: 'blocker' | 'warning' | 'note';
  readonly rule: string;
  readonly refs: readonly string[];
  readonly message: string;
  readonly mend: string;
}

export interface WithheldCount {
  readonly reason: WithheldReason;
  readonly count: number;
}

export type WithheldReason = 'handling conditions' | 'not graded' | 'needs regrading' | 'restricted';

export interface PackPhotograph {
  readonly id: string;
  /** Text for people who cannot see the photograph, and for the tag of the PDF. */
  readonly alt: string;
  readonly takenOn: string | null;
}

import type {
  ActionRow,
  ArrestRow,
  BriefingRow,
  CommanderRow,
  CommunicationRow,
  ContactRow,
  CustodyRow,
  DecisionRow,
  IntelligenceRow,
  LineRow,
  LinkRow,
  OfficerRow,
  OutcomeRow,
  PackRow,
  PersonRow,
  PhoneRow,
  PictureRow,
  PremisesRow,
  ResultRow,
  RiskRow,
  SafeguardingRow,
  SearchRow,
  SeizureRow,
  TallyRow,
  TargetRow,
  TeamRow,
  TimingRow,
  VehicleRow,
  WarrantRow,
} from './packRows.ts';
import type { PackSpec, SectionId } from './packSpec.ts';

export type * from './packRows.ts';

/**
 * Everything that a pack prints, as plain JSON. The writers see nothing else: not the database, not
 * the clock. The same PackData gives the same bytes, so an issued pack can be written again.
 *
 * Dates are `YYYY-MM-DD`, moments are ISO 8601 (with a zone, or UK local time without one), phones
 * are E.164. A date of birth that is not known to the day stands as it was written. Formatting for paper is done by `formatValue`. A `null` prints as an empty cell.
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
  readonly pictures: readonly PictureRow[];
  readonly teams: readonly TeamRow[];
  readonly officers: readonly OfficerRow[];
  readonly safeguarding: readonly SafeguardingRow[];
  readonly commanders: readonly CommanderRow[];
  readonly timings: readonly TimingRow[];
  readonly lines: readonly LineRow[];
  readonly phones: readonly PhoneRow[];
  readonly vehicles: readonly VehicleRow[];
  readonly links: readonly LinkRow[];
  readonly search: readonly SearchRow[];
  readonly custody: readonly CustodyRow[];
  readonly risk: readonly RiskRow[];
  readonly communications: readonly CommunicationRow[];
  readonly contacts: readonly ContactRow[];
  readonly actions: readonly ActionRow[];
  readonly decisions: readonly DecisionRow[];
  readonly results: readonly ResultRow[];
  readonly arrests: readonly ArrestRow[];
  readonly seizures: readonly SeizureRow[];
  readonly outcomes: readonly OutcomeRow[];
  readonly tally: readonly TallyRow[];
  /** Rows of the forms that come back filled in; empty when the pack has none. */
  readonly forms: readonly FormRow[];
  /** What is different from the last issue of this pack; null for a first issue. Not part of the content. */
  readonly changes: PackChanges | null;
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

export type WithheldReason =
  | 'handling conditions'
  | 'not graded'
  | 'needs regrading'
  | 'restricted'
  /** Marked above what the readers may hold. */
  | 'marking'
  /** Name of a person under 18, printed as initials or not at all. */
  | 'child'
  /** Name of a victim, printed as initials or not at all. */
  | 'victim'
  /** An address or a person of another team. */
  | 'other team'
  /** A picture that shows what the readers may not have: its table stands alone. */
  | 'picture left out'
  /** A row of a picture's table that tells of what stays. */
  | 'row of a picture';

/**
 * One row of a form: what it is about, and the sign by which the row is known when it comes back. The
 * sign binds workspace, pack, form and record; a changed or invented one is refused.
 */
export interface FormRow {
  readonly form: 'results' | 'exhibits';
  readonly sign: string;
  /** Warrant, or premises where no warrant is. */
  readonly about: string;
  readonly premises: string | null;
  readonly address: string | null;
  readonly team: string | null;
  /** What the plan held at issue, by field of the results grid; blank fields are left out. */
  readonly known: Readonly<Record<string, string>>;
}

/** What changed between two issues of one pack. */
export interface PackChanges {
  /** Version that this one is compared with. */
  readonly since: number;
  readonly sinceAt: string;
  readonly rows: readonly PackChange[];
}

export interface PackChange {
  readonly section: SectionId;
  readonly ref: string;
  /** What the record is called. */
  readonly name: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Heading of the field; null for a whole record. */
  readonly field: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

export interface PackPhotograph {
  readonly id: string;
  /** Text for people who cannot see the photograph, and for the tag of the PDF. */
  readonly alt: string;
  readonly takenOn: string | null;
}

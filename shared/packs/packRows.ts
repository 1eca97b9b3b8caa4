/** The rows of a pack's sections. Formats as in `PackData`; a `null` prints as an empty cell. */

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
  /** Why arrest is necessary (PACE Code G). */
  readonly necessity: string | null;
  readonly risk: string | null;
  /** Band and score by the operation's own matrix: `High (16)`. */
  readonly riskBand: string | null;
  /** Number of the warrant that names the target. */
  readonly warrant: string | null;
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
  /** When the entry is planned, where it is not at the strike. */
  readonly plannedAt: string | null;
  readonly entryNumber: number | null;
  /** Written authority for a second or later entry. */
  readonly entryAuthority: string | null;
  readonly applicant: string | null;
  readonly executedAt: string | null;
  readonly endorsedOn: string | null;
  readonly returnedOn: string | null;
  readonly foundSought: string | null;
  readonly seizedOther: string | null;
  readonly copyLeft: string | null;
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
  /** Floors, doors, locks, cameras, utilities and tenancy, one line each. */
  readonly building: string | null;
  readonly escapeRoutes: string | null;
  readonly previousVisits: string | null;
  /** What a check for firearms at the address gave. */
  readonly firearms: string | null;
  readonly what3words: string | null;
  /** What is arranged for the tenant of a cuckooed address. */
  readonly tenantPlan: string | null;
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
  /** Wanted, on recall or on bail. */
  readonly wanted: string | null;
  readonly vulnerability: string | null;
  /** `Yes`, `Suspected`, `No` or null when nobody has looked. */
  readonly adultAtRisk: string | null;
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
  readonly channel: string | null;
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
  /** An adult's informed consent to the NRM; a child is referred without. */
  readonly consent: string | null;
  readonly firstResponder: string | null;
  readonly nrmReference: string | null;
  readonly referredOn: string | null;
  /** Duty to Notify. */
  readonly notifiedOn: string | null;
  readonly socialWorker: string | null;
  readonly supportProvider: string | null;
  readonly authorityReference: string | null;
  /** Modern Slavery Act 2015 s.45. */
  readonly defenceRaised: string | null;
  readonly risk: string | null;
  readonly status: string | null;
  readonly notes: string | null;
  /** What is still missing, one line each. Empty means that nothing is. */
  readonly gaps: readonly string[];
}

/** One person in the command structure of the day. */
export interface CommanderRow extends PackRow {
  readonly role: string;
  readonly area: string | null;
  readonly name: string | null;
  readonly callSign: string | null;
  readonly contact: string | null;
  readonly notes: string | null;
}

/** One time of the day: a team's briefing, rendezvous, strike or finish. Sorted by time. */
export interface TimingRow extends PackRow {
  readonly at: string;
  readonly event: string;
  readonly team: string;
  readonly callSign: string | null;
  readonly place: string | null;
}

export interface LineRow extends PackRow {
  readonly name: string;
  readonly numbers: readonly string[];
  readonly holders: readonly string[];
  readonly exportingArea: string | null;
  readonly importingArea: string | null;
  readonly drugs: string | null;
  readonly crimeGroup: string | null;
  readonly children: string | null;
  readonly violence: string | null;
  readonly status: string | null;
  readonly firstActive: string | null;
  readonly lastActive: string | null;
  readonly notes: string | null;
}

export interface PhoneRow extends PackRow {
  readonly number: string;
  readonly people: readonly string[];
  readonly subscriber: string | null;
  readonly attribution: string | null;
  readonly network: string | null;
  readonly imei: string | null;
  readonly imsi: string | null;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly notes: string | null;
}

export interface VehicleRow extends PackRow {
  readonly mark: string;
  readonly description: string | null;
  readonly keeper: string | null;
  readonly people: readonly string[];
  readonly warnings: readonly string[];
  readonly notes: string | null;
}

/** One link between two records of the pack, with how many evidence rows say so. */
export interface LinkRow extends PackRow {
  readonly from: string;
  readonly fromName: string;
  readonly to: string;
  readonly toName: string;
  readonly kind: string;
  /** Evidence rows that hold the link. */
  readonly rows: number;
}

/** What is to be searched at one address, under which warrant, by whom. */
export interface SearchRow extends PackRow {
  readonly address: string;
  readonly warrant: string | null;
  readonly team: string | null;
  readonly plan: string | null;
  readonly hazards: string | null;
  readonly dogs: string | null;
  readonly children: string | null;
  readonly targets: readonly string[];
}

/** One person who may come into custody; victims are listed as victims first. */
export interface CustodyRow extends PackRow {
  readonly name: string;
  readonly dateOfBirth: string | null;
  readonly age: number | null;
  readonly suite: string | null;
  readonly victimStatus: string | null;
  readonly warnings: readonly string[];
  readonly vulnerability: string | null;
  readonly appropriateAdult: string | null;
  readonly grounds: string | null;
  readonly necessity: string | null;
  readonly team: string | null;
  /** Other targets with the same premises, line or address, to be kept apart. */
  readonly keepApart: readonly string[];
}

/** A risk as written, about the operation, an address, a team or a target. */
export interface RiskRow extends PackRow {
  readonly about: string;
  readonly kind: string;
  readonly band: string | null;
  readonly text: string;
}

/** Call sign and channel of one team or commander. */
export interface CommunicationRow extends PackRow {
  readonly callSign: string | null;
  readonly who: string;
  readonly role: string;
  readonly channel: string | null;
  readonly contact: string | null;
}

export interface ContactRow extends PackRow {
  readonly name: string;
  readonly role: string;
  readonly organisation: string | null;
  readonly callSign: string | null;
  readonly contact: string | null;
  readonly notes: string | null;
}

export interface ActionRow extends PackRow {
  readonly title: string;
  readonly strand: string | null;
  readonly type: string | null;
  readonly owner: string | null;
  readonly partner: string | null;
  readonly due: string | null;
  readonly status: string | null;
  readonly about: string | null;
  readonly outcome: string | null;
}

export interface DecisionRow extends PackRow {
  readonly title: string;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly options: string | null;
  readonly decision: string | null;
  readonly rationale: string | null;
}

export interface ResultRow extends PackRow {
  readonly warrant: string | null;
  readonly address: string | null;
  readonly team: string | null;
  readonly enteredAt: string | null;
  readonly leftAt: string | null;
  readonly entryMethod: string | null;
  readonly found: string | null;
  readonly childrenSafeguarded: number | null;
  readonly adultsSafeguarded: number | null;
  readonly damage: string | null;
  readonly notes: string | null;
}

export interface ArrestRow extends PackRow {
  readonly name: string;
  readonly age: number | null;
  readonly offence: string | null;
  readonly arrestedAt: string | null;
  readonly address: string | null;
  readonly team: string | null;
  readonly suite: string | null;
  readonly custodyNumber: string | null;
  readonly disposal: string | null;
  readonly charges: string | null;
}

export interface SeizureRow extends PackRow {
  readonly exhibit: string | null;
  readonly what: string;
  readonly category: string | null;
  readonly quantity: string | null;
  readonly weight: string | null;
  readonly value: string | null;
  readonly cash: string | null;
  readonly seizedAt: string | null;
  readonly address: string | null;
  readonly person: string | null;
  readonly sealNumber: string | null;
}

export interface OutcomeRow extends PackRow {
  readonly name: string;
  readonly offence: string | null;
  readonly court: string | null;
  readonly hearingOn: string | null;
  readonly stage: string | null;
  readonly plea: string | null;
  readonly verdict: string | null;
  readonly sentence: string | null;
  readonly orders: string | null;
}

/** A picture that was kept for packs, and its table. */
export interface PictureRow extends PackRow {
  readonly title: string;
  /** Link chart, timeline or map. */
  readonly kind: string;
  /** When it was kept: it shows what the workspace said then. */
  readonly asAt: string;
  /** Entry of the journal whose state it shows. */
  readonly state: number;
  readonly keptBy: string;
  /** Says that something that it shows has changed since; null where nothing has. */
  readonly stale: string | null;
  /** Id in `PackPhotographs`; null where the picture itself stays out. */
  readonly image: string | null;
  /** Why it stays out; null where it does not. */
  readonly leftOut: string | null;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What it shows, for the rules alone: empty in a pack that is printed. */
  readonly shown: readonly {
    readonly ref: string;
    readonly label: string;
    /** What else the picture may write beside it: texts, and references of others. */
    readonly said: readonly string[];
  }[];
}

/** One figure of the tally (domain facts 8.1); persons and events are counted apart. */
export interface TallyRow extends PackRow {
  readonly metric: string;
  readonly figure: string;
  readonly note: string | null;
}

/** What the workspace knows beside the calls: whose phones they may be, which are lines, who was when in custody. */

export interface KnownPhone {
  /** PHN-3. */
  ref: string;
  subscriber: string | null;
  attribution: string | null;
  note: string | null;
  /** First fourteen digits; 0 for none. */
  handset: number;
  /** People whom evidence or an analyst links with the phone. */
  people: string[];
}

export interface KnownLine {
  ref: string;
  name: string;
  aliases: string[];
  /** Numbers in `communication` of the phones that are or were the line's. */
  phones: number[];
  /** References of people who are named as its holders. */
  holders: string[];
}

export interface KnownPerson {
  ref: string;
  name: string;
  aliases: string[];
  /** Under 18, or may be. */
  isChild: boolean;
  /** An adult at risk, a victim or possible victim, or recorded as exploited. */
  isAtRisk: boolean;
  /** Town or district words of the addresses that evidence links with them, upper case. */
  places: string[];
}

/** A time after which a phone may fall silent: custody, an arrest, a warrant that was executed. */
export interface KnownEvent {
  ref: string;
  what: 'custody' | 'arrest' | 'warrant';
  /** References of the people whom it concerns. */
  people: string[];
  /** Seconds; `to` is NaN where nothing says when it ended. */
  from: number;
  to: number;
}

export interface KnownSeizure {
  ref: string;
  text: string;
  person: string | null;
}

export interface CallFacts {
  /** By number in `communication`. */
  phones: ReadonlyMap<number, KnownPhone>;
  lines: readonly KnownLine[];
  people: ReadonlyMap<string, KnownPerson>;
  events: readonly KnownEvent[];
  seizures: readonly KnownSeizure[];
}

/** The line whose number this is, by its number in `communication`. */
export const lineOfPhone = (facts: CallFacts, id: number | undefined): KnownLine | undefined =>
  id === undefined ? undefined : facts.lines.find((line) => line.phones.includes(id));

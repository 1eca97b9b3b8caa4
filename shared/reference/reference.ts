/**
 * How reference data says where it comes from. A force must be able to see, and change, every code list
 * and period; nothing of the kind stands in code.
 */

/**
 * `stated`: read in the named source. `unconfirmed-…`: not confirmed from a primary source, with how
 * likely it is to be right. `design`: a decision of this product, not a published rule.
 */
export type Confidence = 'stated' | 'unconfirmed-high' | 'unconfirmed-medium' | 'unconfirmed-low' | 'design';

export interface Sourced {
  source: string;
  /** ISO date on which the source was last looked at. */
  checked: string;
  confidence: Confidence;
}

export interface Code {
  code: string;
  label: string;
  /** Other ways of writing it that an import or a typist may use; compared without case or punctuation. */
  also?: readonly string[];
  /** One line for people. */
  note?: string;
  /** Only where one entry differs from its list. */
  confidence?: Confidence;
}

export interface CodeList extends Sourced {
  title: string;
  codes: readonly Code[];
}

/** Date on which this edition of the reference data was checked. */
export const checkedOn = '2026-11-24';

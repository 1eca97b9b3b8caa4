/** What priorities are worked out from: plain facts about people, premises and lines, nothing of the database. */

import type { Weights } from '../../reference/priorityWeights.ts';
import type { FindingKind } from '../calls/findingKinds.ts';
import type { Row } from '../readiness/facts.ts';
import type { RiskMatrix } from '../riskMatrix.ts';
import type { AgeKnown } from './age.ts';

/** Where something is said: a field of a record. Its row of evidence opens from there. */
export interface Origin {
  ref: string;
  field: string;
}

/** One who says a value: a row of a sheet, or an analyst. */
export interface Saying {
  value: string;
  grade: string | null;
  /** Number of the sheet; null for an analyst. */
  sheet: number | null;
}

/** A report. What several rows say in the same words is one report. */
export interface Report {
  /** The reports that say it, the best graded first. */
  refs: readonly string[];
  grade: string | null;
  /** ISO day to which the information goes, else of the report. */
  date: string | null;
  sheets: readonly number[];
  /** It speaks of somebody missing or exploited. */
  isOfExploitation: boolean;
  isOfMissing: boolean;
  isOfChild: boolean;
}

export interface CallFact {
  kind: FindingKind;
  /** 0 to 100. */
  score: number;
  /** The phone that it is chiefly about. */
  phone: string;
}

export interface Judgement {
  target: string;
  /** 0 to 1 of the highest score. */
  share: number;
  harm: number;
  likelihood: number;
  confidence: string | null;
  by: string | null;
  at: string | null;
}

/** A record with what it is called. */
export interface Labelled {
  ref: string;
  label: string;
}

interface Common {
  ref: string;
  label: string;
  row: Row;
  /** By field who says it. */
  sayings: ReadonlyMap<string, readonly Saying[]>;
  reports: readonly Report[];
  calls: readonly CallFact[];
  /** Targets of which it is the subject and that the day still counts on. */
  targets: readonly Row[];
  judgement: Judgement | null;
  plans: readonly Row[];
  /** Reports name somebody by a name that several people have. */
  hasSharedName: boolean;
}

export interface PersonFacts extends Common {
  kind: 'people';
  age: AgeKnown;
  referrals: readonly Row[];
  /** Warrants for premises that the person is linked with. */
  atWarrants: readonly { premises: string; warrant: string }[];
  /** Lines that name the person as a holder. */
  holderOf: readonly string[];
}

export interface PlaceFacts extends Common {
  kind: 'premises';
  people: readonly PersonFacts[];
  /** Warrants that the day still counts on. */
  warrants: readonly Labelled[];
  /** Lines that name it as cuckooed. */
  cuckooedBy: readonly Labelled[];
}

export interface LineFacts extends Common {
  kind: 'lines';
  people: readonly PersonFacts[];
}

export type SubjectFacts = PersonFacts | PlaceFacts | LineFacts;

/** What all are measured by. */
export interface Frame {
  /** ISO day on which ages count: the strike, else today. */
  day: string;
  isStrike: boolean;
  today: string;
  weights: Weights;
  matrix: RiskMatrix;
}

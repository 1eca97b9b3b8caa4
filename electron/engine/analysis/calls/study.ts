/**
 * What every analysis works on: the calls, the user's thresholds, and what the workspace knows beside the calls. And
 * what every analysis gives: a finding with its score, the reasons for it and against it, and the rows it rests on.
 */
import type { FindingKind } from '../../../../shared/domain/calls/findingKinds.ts';
import { formatPhone } from '../../../../shared/domain/phone.ts';
import type { Thresholds } from '../../../../shared/reference/callThresholds.ts';
import type { CallTable } from './callTable.ts';
import { kindCode } from './callTable.ts';
import type { CallFacts } from './facts.ts';

export interface Study {
  table: CallTable;
  thresholds: Thresholds;
  facts: CallFacts;
}

export interface Found {
  kind: FindingKind;
  /** Places of the phones in the table, the one that it is chiefly about first. */
  phones: number[];
  /** References of people, lines, custody records and warrants that it names. */
  refs: string[];
  /** Seconds since 1970 of the UK clock. */
  from: number;
  to: number;
  /** 0 to 100. An order for reading, no probability. */
  score: number;
  reasons: string[];
  against: string[];
  /** The thresholds that it passed, in words. */
  rule: string;
  /** Rows of the table. */
  rows: number[];
  /** People linked with its chief numbers who are or may be under 18, victims or at risk: to be seen to first. */
  safeguarding?: string[];
}

/** Points for and against, each with its reason. */
export class Score {
  points: number;
  readonly reasons: string[] = [];
  readonly against: string[] = [];

  constructor(points: number) {
    this.points = points;
  }

  add(points: number, reason: string): void {
    this.points += points;
    (points < 0 ? this.against : this.reasons).push(reason);
  }

  get value(): number {
    return Math.max(0, Math.min(100, Math.round(this.points)));
  }
}

export const hour = 3600;
export const day = 24 * hour;

export const startOf = (table: CallTable, row: number): number => table.start[row] ?? 0;

/** The other party of a call of this phone. */
export const otherOf = (table: CallTable, row: number, phone: number): number =>
  (table.from[row] === phone ? table.to[row] : table.from[row]) ?? -1;

/** Neither a withheld number nor a service: somebody who can be a contact. */
export const isPerson = (table: CallTable, phone: number): boolean =>
  phone >= 0 && table.phones[phone]?.isService === false;

/** A text, or what may be one where the data has no type. */
export function isText(table: CallTable, row: number): boolean {
  return (
    table.kind[row] === kindCode.text ||
    (table.kind[row] === kindCode.unknown && (table.duration[row] ?? -1) <= 0)
  );
}

/** A call or text that was made or taken by a person: no data session and no voicemail. */
export const isContact = (table: CallTable, row: number): boolean =>
  table.kind[row] !== kindCode.data && table.kind[row] !== kindCode.voicemail;

export const numberOf = (table: CallTable, phone: number): string => table.phones[phone]?.number ?? '';
export const shownNumber = (table: CallTable, phone: number): string => formatPhone(numberOf(table, phone));

const two = (value: number) => String(value).padStart(2, '0');

/** ISO without zone, as the UK clock showed it. */
export function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19);
}

/** 14/09/2026 10:05. */
export function shownTime(seconds: number): string {
  const at = new Date(seconds * 1000);
  return `${shownDay(seconds)} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

export function shownDay(seconds: number): string {
  const at = new Date(seconds * 1000);
  return `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`;
}

/** Seconds of an ISO date or time on the UK clock; NaN for anything else. */
export function secondsOfIso(iso: string): number {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(:\d{2})?)?/.exec(iso);
  return match ? Date.parse(`${match[1]}T${match[2] ?? '00:00'}${match[3] ?? ':00'}Z`) / 1000 : Number.NaN;
}

/** 3 days, 5 hours, 40 minutes: the largest unit that says something. */
export function shownSpan(seconds: number): string {
  const say = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (seconds >= 2 * day) return say(Math.round(seconds / day), 'day');
  if (seconds >= 2 * hour) return say(Math.round(seconds / hour), 'hour');
  return say(Math.max(1, Math.round(seconds / 60)), 'minute');
}

export const percent = (share: number): string => `${Math.round(share * 100)} %`;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** First place in rows of a phone at or after a time. */
export function firstAt(table: CallTable, rows: Uint32Array, seconds: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(table, rows[middle] ?? 0) < seconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

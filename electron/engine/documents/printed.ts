/**
 * Documents that leave a workspace and are no pack: the report of the record, its printed head, disclosure schedules,
 * certificates. Everything in them is a string that is printed as it stands; the writers see nothing else.
 */
import { cleanText } from '../../../shared/packs/format.ts';

export interface PrintedTable {
  title: string;
  headings: readonly string[];
  /** Shares of the width, one for each column. */
  widths: readonly number[];
  rows: readonly (readonly string[])[];
  /** What is said where there are no rows. */
  empty: string;
  /** A line below. */
  note: string;
}

export interface PrintedDocument {
  /** Protective marking, as printed. */
  marking: string;
  title: string;
  /** Banner above the title; blank for none. */
  draft: string;
  footer: string;
  /** The instant of printing, ISO with zone. */
  at: string;
  landscape: boolean;
  facts: readonly (readonly [label: string, value: string])[];
  paragraphs: readonly string[];
  /** A hash in groups, set large. */
  groups: readonly string[];
  tables: readonly PrintedTable[];
  /** Labels of the lines to fill in and sign. */
  signatures: readonly string[];
}

/** A document with nothing in it yet. */
export const emptyDocument = {
  draft: '',
  landscape: false,
  facts: [],
  paragraphs: [],
  groups: [],
  tables: [],
  signatures: [],
} satisfies Partial<PrintedDocument>;

/** Every string, cleaned, with places to break in words too long for a line; a fingerprint stays whole. */
export function cleanAll<T>(value: T): T {
  return cleanValue(value) as T;
}

function cleanValue(value: unknown): unknown {
  if (typeof value === 'string')
    return cleanText(value).replace(/[^\s\u200b]{25,}/gu, (word) =>
      /^[\da-f]{64}$/.test(word) ? word : word.replace(/(.{12})(?=.)/gu, '$1\u200b'),
    );
  if (Array.isArray(value)) return value.map(cleanValue);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, cleanValue(entry)]));
  return value;
}

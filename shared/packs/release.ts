import { highestMarking } from '../domain/markings.ts';
import { ruleOnConditions } from './conditions.ts';
import type { WithheldCount, WithheldReason } from './packData.ts';
import type { PackSpec } from './packSpec.ts';

/** A named person's decision that one item with handling conditions may go into this pack. */
export interface ReleaseDecision {
  /** Reference of the intelligence item. */
  readonly ref: string;
  readonly decidedBy: string;
  readonly reason: string;
}

export interface ReleaseDecisions {
  readonly items: readonly ReleaseDecision[];
}

/** What the rules need to know about an item; the item itself may hold more. */
export interface ReleaseCandidate {
  readonly ref: string;
  /** 3x5x2 grade, or null when the item has none. */
  readonly grade: string | null;
  readonly handling: string | null;
  /** Handling conditions in words. */
  readonly conditions: string | null;
  /** Protective marking of the item's own, or null. */
  readonly marking: string | null;
  readonly needsRegrade: boolean;
  /** True for what the originator has shut away: it never leaves, whoever decides. */
  readonly restricted: boolean;
}

/** Of a pack's spec, what decides on release. */
export type Audience = Pick<PackSpec, 'readers' | 'conditional' | 'ceiling'>;

export type ReleaseRuling =
  | { readonly released: true; readonly decision: ReleaseDecision | null }
  | {
      readonly released: false;
      readonly reason: WithheldReason;
      /** In words for the screen. */
      readonly why: string;
      /** True where a named person may decide that it goes, and say why. */
      readonly overridable: boolean;
    };

/** An item that stays out. */
export interface BlockedItem {
  readonly ref: string;
  readonly grade: string | null;
  readonly conditions: string | null;
  readonly why: string;
  readonly overridable: boolean;
}

export interface SourceWarning {
  readonly ref: string;
  readonly field: string;
  readonly rule: 'source words' | 'source reference' | 'reporter name' | 'Crimestoppers';
  /** Says what to look at without repeating the words: a warning may be shown where the text may not. */
  readonly message: string;
}

/** Fields that no pack may hold, whatever its audience (source, provenance and reporter of a report). */
export const restrictedFields: readonly string[] = [
  'source',
  'sourceName',
  'sourceReference',
  'sourceRef',
  'isr',
  'provenance',
  'provenanceNote',
  'sourcingNote',
  'officer',
  'reportingOfficer',
  'reportingUnit',
  'reportingForce',
  'evaluatedBy',
  'referrer',
  'crimestoppersReference',
];

/** Order in which reasons are listed, so that the same counts print the same way. */
const reasonOrder: readonly WithheldReason[] = [
  'restricted',
  'not graded',
  'needs regrading',
  'handling conditions',
  'marking',
  'child',
  'victim',
  'other team',
  'picture left out',
  'row of a picture',
];

/** Words that show that a person told somebody (design rule of the project, not statute). */
const sourceWords = /\b(source|informant|chis|caller|told me|he said|she said|overheard)\b/i;

const currentGrade = /^[123][A-E][PC]$/;

/**
 * Rules whether one intelligence item may go into a pack. Handling P may; handling C only where the pack
 * takes such items, its conditions leave room for these readers, and a decision names the item (design rule on
 * the 3x5x2 handling codes, domain facts 1.3); an item that is ungraded, graded in a retired scheme or waiting
 * for regrading may not, because its handling is unknown; nor one that is marked above what the readers may hold.
 */
export function ruleOnRelease(
  candidate: ReleaseCandidate,
  decisions: ReleaseDecisions,
  audience: Audience,
): ReleaseRuling {
  if (candidate.restricted) return stay('restricted', 'It is restricted and never leaves the workspace.');
  if (isAbove(candidate.marking, audience.ceiling))
    return stay(
      'marking',
      `It is marked above ${audience.ceiling}, which is the most that these readers may hold.`,
    );
  const grade = normaliseGrade(candidate.grade);
  if (grade === '') return stay('not graded', 'It has no grade. Grade it first.');
  if (candidate.needsRegrade || !currentGrade.test(grade))
    return stay('needs regrading', 'Its grade is of a retired scheme or incomplete. Grade it anew first.');
  const handling = candidate.handling?.trim().toUpperCase() || grade.slice(2);
  if (handling === 'P' && grade.endsWith('P')) return { released: true, decision: null };
  const conditions = ruleOnConditions(candidate.conditions, audience.readers);
  if (!conditions.open) return stay('handling conditions', conditions.why);
  if (audience.conditional === 'never')
    return stay('handling conditions', 'This pack takes no items with handling conditions.');
  const decision = decisions.items.find((item) => item.ref === candidate.ref);
  if (decision === undefined || decision.decidedBy.trim() === '' || decision.reason.trim() === '') {
    return {
      ...stay('handling conditions', 'It has handling conditions. Decide whether it goes, and say why.'),
      overridable: true,
    };
  }
  return { released: true, decision };
}

/** True when the marking is above the ceiling; an old or unreadable one counts as OFFICIAL-SENSITIVE (design). */
export function isAbove(marking: string | null, ceiling: PackSpec['ceiling']): boolean {
  return ceiling === 'OFFICIAL' && highestMarking([marking]) !== 'OFFICIAL';
}

const stay = (reason: WithheldReason, why: string) =>
  ({ released: false, reason, why, overridable: false }) as const;

/**
 * Parts the items into those that may go and those that may not, with counts by reason. Restricted fields
 * are taken off the items that go.
 */
export function releaseItems<Item extends ReleaseCandidate>(
  items: readonly Item[],
  decisions: ReleaseDecisions,
  audience: Audience,
): {
  released: { item: Item; decision: ReleaseDecision | null }[];
  blocked: BlockedItem[];
  withheld: WithheldCount[];
} {
  const released: { item: Item; decision: ReleaseDecision | null }[] = [];
  const blocked: BlockedItem[] = [];
  const counts = new Map<WithheldReason, number>();
  for (const item of items) {
    const ruling = ruleOnRelease(item, decisions, audience);
    if (ruling.released) released.push({ item: dropRestrictedFields(item), decision: ruling.decision });
    else {
      const { ref, grade, conditions } = item;
      blocked.push({ ref, grade, conditions, why: ruling.why, overridable: ruling.overridable });
      counts.set(ruling.reason, (counts.get(ruling.reason) ?? 0) + 1);
    }
  }
  return { released, blocked, withheld: countWithheld(counts) };
}

/** A copy of the record without any field of `restrictedFields`. */
export function dropRestrictedFields<Item extends object>(item: Item): Item {
  return Object.fromEntries(
    Object.entries(item).filter(([field]) => !restrictedFields.includes(field)),
  ) as Item;
}

/**
 * Looks for text that may show who a source is: telling words, the source's own reference, the
 * surname of the reporting officer, Crimestoppers. The warnings are for a person to judge; they hold no text.
 */
export function checkForSources(
  ref: string,
  field: string,
  text: string,
  secrets: { readonly sourceReferences: readonly string[]; readonly reporterSurnames: readonly string[] },
): SourceWarning[] {
  const warnings: SourceWarning[] = [];
  const warn = (rule: SourceWarning['rule'], message: string) =>
    warnings.push({ ref, field, rule, message: `${ref}: ${message}` });
  if (sourceWords.test(text))
    warn(
      'source words',
      'the text has words that may show that a person gave the information. Sanitise it before it goes out.',
    );
  if (crimestoppersWord.test(text))
    warn(
      'Crimestoppers',
      'the text speaks of Crimestoppers. Take it out, and quote no such report word for word, before it goes out.',
    );
  if (secrets.sourceReferences.some((reference) => holdsWord(text, reference)))
    warn(
      'source reference',
      'the text holds the reference of its source. Take the reference out before it goes out.',
    );
  if (secrets.reporterSurnames.some((surname) => holdsWord(text, surname)))
    warn('reporter name', 'the text names the person who reported it. Take the name out before it goes out.');
  return warnings;
}

const crimestoppersWord = /\bcrime[\s-]?stoppers?\b/i;

/**
 * `Crimestoppers ref 12345678`, `Crimestoppers report no: AB-4471/26`, `CS/2026/0448`: the name, at most a few words
 * that announce a number, and the number. The form of the numbers is not published (design).
 */
const crimestoppersNumber =
  /\b(?:crime[\s-]?stoppers?|CS(?:UK|T)?)\b(?:[\s:#.,/()-]|\b(?:UK|trust|online|ref(?:erence)?s?|report|log|case|form|number|num|no|nr|id|is|was|under|as|per|see)\b){0,12}(?=[\w/-]*\d{3})[A-Z\d]+(?:[/-][A-Z\d]+)*/gi;

/** Printed in place of the reference of a Crimestoppers report. */
export const crimestoppersToken = '[Crimestoppers reference]';

/** The text without the references of Crimestoppers reports (domain facts 5.9): what stands between them. */
export function splitAtCrimestoppers(text: string): string[] {
  return text.split(crimestoppersNumber);
}

function normaliseGrade(grade: string | null): string {
  return (grade ?? '').toUpperCase().replace(/[\s/-]/g, '');
}

function holdsWord(text: string, word: string): boolean {
  const wanted = word.trim().toLowerCase();
  if (wanted.length < 2) return false;
  const within = text.toLowerCase();
  for (let at = within.indexOf(wanted); at !== -1; at = within.indexOf(wanted, at + 1)) {
    if (!isWordCharacter(within[at - 1]) && !isWordCharacter(within[at + wanted.length])) return true;
  }
  return false;
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

/** Counts by reason in the order in which they are listed everywhere; nothing counted is left out. */
export function countWithheld(counts: ReadonlyMap<WithheldReason, number>): WithheldCount[] {
  return reasonOrder.flatMap((reason) => {
    const count = counts.get(reason) ?? 0;
    return count === 0 ? [] : [{ reason, count }];
  });
}

/** Several lists of counts as one. */
export function addWithheld(...lists: readonly (readonly WithheldCount[])[]): WithheldCount[] {
  const counts = new Map<WithheldReason, number>();
  for (const { reason, count } of lists.flat()) counts.set(reason, (counts.get(reason) ?? 0) + count);
  return countWithheld(counts);
}

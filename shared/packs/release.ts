import type { WithheldCount, WithheldReason } from './packData.ts';

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
  readonly needsRegrade: boolean;
  /** True for what the originator has shut away: it never leaves, whoever decides. */
  readonly restricted: boolean;
}

export type ReleaseRuling =
  | { readonly released: true; readonly decision: ReleaseDecision | null }
  | { readonly released: false; readonly reason: WithheldReason };

export interface SourceWarning {
  readonly ref: string;
  readonly field: string;
  readonly rule: 'source words' | 'source reference' | 'reporter name';
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
];

/** Order in which reasons are listed, so that the same counts print the same way. */
const reasonOrder: readonly WithheldReason[] = [
  'restricted',
  'not graded',
  'needs regrading',
  'handling conditions',
];

/** Words that show that a person told somebody (design rule of the project, not statute). */
const sourceWords = /\b(source|informant|chis|caller|told me|he said|she said|overheard)\b/i;

const currentGrade = /^[123][A-E][PC]$/;

/**
 * Rules whether one intelligence item may go into a pack. Handling P may; handling C may only where
 * a decision names the item (design rule on the 3x5x2 handling codes); an item that is ungraded,
 * graded in a retired scheme or waiting for regrading may not, because its handling is unknown.
 */
export function ruleOnRelease(candidate: ReleaseCandidate, decisions: ReleaseDecisions): ReleaseRuling {
  if (candidate.restricted) return { released: false, reason: 'restricted' };
  const grade = normaliseGrade(candidate.grade);
  if (grade === '') return { released: false, reason: 'not graded' };
  if (candidate.needsRegrade || !currentGrade.test(grade)) {
    return { released: false, reason: 'needs regrading' };
  }
  const handling = candidate.handling?.trim().toUpperCase() || grade.slice(2);
  if (handling === 'P' && grade.endsWith('P')) return { released: true, decision: null };
  const decision = decisions.items.find((item) => item.ref === candidate.ref);
  if (decision === undefined || decision.decidedBy.trim() === '' || decision.reason.trim() === '') {
    return { released: false, reason: 'handling conditions' };
  }
  return { released: true, decision };
}

/**
 * Parts the items into those that may go and counts of those that may not, by reason. Restricted
 * fields are taken off the items that go.
 */
export function releaseItems<Item extends ReleaseCandidate>(
  items: readonly Item[],
  decisions: ReleaseDecisions,
): {
  released: { item: Item; decision: ReleaseDecision | null }[];
  withheld: WithheldCount[];
} {
  const released: { item: Item; decision: ReleaseDecision | null }[] = [];
  const counts = new Map<WithheldReason, number>();
  for (const item of items) {
    const ruling = ruleOnRelease(item, decisions);
    if (ruling.released) released.push({ item: dropRestrictedFields(item), decision: ruling.decision });
    else counts.set(ruling.reason, (counts.get(ruling.reason) ?? 0) + 1);
  }
  return { released, withheld: listCounts(counts) };
}

/** A copy of the record without any field of `restrictedFields`. */
export function dropRestrictedFields<Item extends object>(item: Item): Item {
  return Object.fromEntries(
    Object.entries(item).filter(([field]) => !restrictedFields.includes(field)),
  ) as Item;
}

/**
 * Looks for text that may show who a source is: telling words, the source's own reference, the
 * surname of the reporting officer. The warnings are for a person to judge; they hold no text.
 */
export function checkForSources(
  ref: string,
  field: string,
  text: string,
  secrets: { readonly sourceReferences: readonly string[]; readonly reporterSurnames: readonly string[] },
): SourceWarning[] {
  const warnings: SourceWarning[] = [];
  if (sourceWords.test(text)) {
    warnings.push({
      ref,
      field,
      rule: 'source words',
      message: `${ref}: the text has words that may show that a person gave the information. Sanitise it before it goes out.`,
    });
  }
  if (secrets.sourceReferences.some((reference) => holdsWord(text, reference))) {
    warnings.push({
      ref,
      field,
      rule: 'source reference',
      message: `${ref}: the text holds the reference of its source. Take the reference out before it goes out.`,
    });
  }
  if (secrets.reporterSurnames.some((surname) => holdsWord(text, surname))) {
    warnings.push({
      ref,
      field,
      rule: 'reporter name',
      message: `${ref}: the text names the person who reported it. Take the name out before it goes out.`,
    });
  }
  return warnings;
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

function listCounts(counts: ReadonlyMap<WithheldReason, number>): WithheldCount[] {
  return reasonOrder.flatMap((reason) => {
    const count = counts.get(reason) ?? 0;
    return count === 0 ? [] : [{ reason, count }];
  });
}

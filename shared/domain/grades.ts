import {
  handlingCodes,
  handlingConditions,
  intelligenceAssessments,
  legacyLabels,
  legacyProposals,
  sourceEvaluations,
} from '../reference/grades.ts';
import type { Code } from '../reference/reference.ts';
import type { Flag } from './cleaned.ts';
import { isPlaceholder, tidyIdentifier } from './tidy.ts';

export type GradeScheme = '3x5x2' | '5x5x5' | 'two-part';

/** What an old grade would become; every part is for the analyst to decide. */
export interface GradeProposal {
  /** null: there is no equivalent, the analyst must choose. */
  source: '1' | '2' | '3' | null;
  assessment: 'A' | 'B' | 'C' | 'D' | 'E' | null;
  handling: 'P' | 'C' | null;
  condition: string | null;
}

export interface ParsedGrade {
  scheme: GradeScheme | null;
  /** Number in 3x5x2, letter in the old schemes. */
  source: string | null;
  /** Letter in 3x5x2, number in the old schemes. */
  assessment: string | null;
  handling: string | null;
  /** Words after the grade, such as 'A1, S2'; null when there are none. */
  conditions: string | null;
  /** The text as it stood. Keep it for ever. */
  original: string;
  /** True unless this is a complete 3x5x2 grade. */
  needsRegrade: boolean;
  /** Proposal for an old grade in short, '?' where the analyst must choose: 'E41' → '2DP'. */
  proposal: string | null;
  conversion: GradeProposal | null;
  flag?: Flag;
}

const current = /^([1-3])[\s/\-.,|]*([A-E])[\s/\-.,|]*([PC])(?![A-Z0-9])(.*)$/s;
const legacy = /^([A-E])[\s/\-.,|]*([1-5])[\s/\-.,|]*([1-5])(?![A-Z0-9])(.*)$/s;
/** Two grades in one cell: which of them counts is not for a program to say. */
const secondGrade = /^[\s,;/&+]*(?:AND\b\s*|OR\b\s*)?(?:[1-3][A-E][PC]|[A-E][1-5][1-5])(?![A-Z0-9])/;
const twoPart = /^([A-E])[\s/\-.,|]*([1-5])$/;

function tidyConditions(text: string): string | null {
  const words = text.replace(/^[\s/\-:;,.([|]+|[\s)\],;.]+$/g, '').trim();
  return words === '' ? null : words;
}

function warn(code: string, message: string): Flag {
  return { code, message, severity: 'warning' };
}

/** Code of a list whose label, or the code with its label, a part of a written grade is. */
function codeOfWords(codes: readonly Code[], part: string): string | undefined {
  const words = part
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  return codes.find((entry) => {
    const labels = [entry.label, ...(entry.also ?? [])].map((label) => label.toLowerCase());
    const code = entry.code.toLowerCase();
    return words === code || labels.some((label) => words === label || words === `${code} ${label}`);
  })?.code;
}

/**
 * A 3x5x2 grade written in words, part by part: 'Untested / Known directly / Lawful sharing permitted',
 * '2 - Untested, D - Not known, P'. Null unless all three parts are read: nothing is filled in.
 */
function readWords(tidy: string): string | null {
  const named =
    /^source:?\s*(.+?)[\s,;/]+(?:assessment|intel(?:ligence)?):?\s*(.+?)[\s,;/]+handling:?\s*(.+)$/i.exec(
      tidy,
    );
  const parts = named ? named.slice(1, 4) : tidy.split(/\s*[/,;|]\s*/);
  if (parts.length !== 3) return null;
  const [source = '', assessment = '', handling = ''] = parts;
  const codes = [
    codeOfWords(sourceEvaluations.codes, source),
    codeOfWords(intelligenceAssessments.codes, assessment),
    codeOfWords(handlingCodes.codes, handling),
  ];
  return codes.every((code) => code !== undefined) ? codes.join('') : null;
}

/** Proposes a 3x5x2 grade for an old one by the reference table; a missing part stays open. */
export function proposeGrade(source: string, information: string, handling: string | null): GradeProposal {
  const rule = handling === null ? undefined : legacyProposals.handling[handling];
  return {
    source: legacyProposals.sources[source] ?? null,
    assessment: legacyProposals.information[information] ?? null,
    handling: rule?.code ?? null,
    condition: rule?.condition ?? null,
  };
}

function unread(original: string, flag: Flag): ParsedGrade {
  return {
    scheme: null,
    source: null,
    assessment: null,
    handling: null,
    conditions: null,
    original,
    needsRegrade: true,
    proposal: null,
    conversion: null,
    flag,
  };
}

/**
 * Reads an intelligence grade in any of three schemes (domain facts 1.4): 3x5x2 ('2CP'), 5x5x5 ('E41')
 * and its two-part form ('B3'). Letter and number change places between the schemes, so nothing is
 * mapped by character; an old grade is kept and comes with a proposal; a missing or unreadable grade
 * stays blank and is never taken to be shareable.
 *
 * A 3x5x2 grade in words is read where all three parts are there; a cell with two grades counts as ungraded
 * (`grade.several`).
 *
 * Flags, all warnings: `grade.missing`, `grade.unreadable`, `grade.legacy`, `grade.conditions-missing`
 * (handling C without a word of condition here; it may stand in another column).
 */
export function parseGrade(text: string): ParsedGrade {
  const original = text.trim();
  const tidy = tidyIdentifier(text);
  if (tidy === '' || isPlaceholder(tidy)) {
    return unread(
      original,
      warn('grade.missing', 'The item has no grade; it stays ungraded until someone grades it.'),
    );
  }
  const bare = tidy.replace(
    /^(?:(?:3x5x2|5x5x5|grad(?:e|ing)|eval(?:uation)?|g)\s*[:=-]?\s*)+(?=[A-E1-3])/i,
    '',
  );
  const worded = readWords(bare);
  const upper = worded ?? bare.toUpperCase();
  const now = current.exec(upper);
  const rest = now?.[4] ?? legacy.exec(upper)?.[4] ?? '';
  if (secondGrade.test(rest)) {
    return unread(
      original,
      warn('grade.several', 'The cell holds more than one grade; the item counts as ungraded.'),
    );
  }
  if (now) {
    const [, source = '', assessment = '', handling = ''] = now;
    const conditions = rest === '' ? null : tidyConditions(bare.slice(bare.length - rest.length));
    const grade: ParsedGrade = {
      scheme: '3x5x2',
      source,
      assessment,
      handling,
      conditions,
      original,
      needsRegrade: false,
      proposal: null,
      conversion: null,
    };
    if (handling === 'C' && grade.conditions === null) {
      grade.flag = warn('grade.conditions-missing', 'Handling C needs its conditions in words.');
    }
    return grade;
  }
  const old = legacy.exec(upper) ?? twoPart.exec(upper);
  if (!old) {
    return unread(
      original,
      warn('grade.unreadable', 'The grade cannot be read; the item counts as ungraded.'),
    );
  }
  const [, source = '', information = '', handling = null] = old;
  const conversion = proposeGrade(source, information, handling);
  return {
    scheme: handling === null ? 'two-part' : '5x5x5',
    source,
    assessment: information,
    handling,
    conditions: old[4] ? tidyConditions(bare.slice(bare.length - old[4].length)) : null,
    original,
    needsRegrade: true,
    proposal: `${conversion.source ?? '?'}${conversion.assessment ?? '?'}${conversion.handling ?? '?'}`,
    conversion,
    flag: warn(
      'grade.legacy',
      'An old grade: kept as written, with a proposal that an analyst has to decide on.',
    ),
  };
}

/** True for a complete grade in the scheme in use: '2CP'. */
export function isCurrentGrade(grade: string): boolean {
  return /^[1-3][A-E][PC]$/.test(grade);
}

function labelIn(codes: readonly Code[], code: string | undefined): string {
  return codes.find((entry) => entry.code === code)?.label ?? '';
}

/** A grade in words, part by part; '' for a text that is no grade. */
export function describeGrade(grade: string): string {
  const { scheme, source, assessment, handling } = parseGrade(grade);
  if (scheme === null || source === null || assessment === null) return '';
  const isCurrent = scheme === '3x5x2';
  const parts = [
    `${source} ${labelIn(isCurrent ? sourceEvaluations.codes : legacyLabels.sources, source)}`,
    `${assessment} ${labelIn(isCurrent ? intelligenceAssessments.codes : legacyLabels.information, assessment)}`,
  ];
  if (handling !== null) {
    parts.push(`${handling} ${labelIn(isCurrent ? handlingCodes.codes : legacyLabels.handling, handling)}`);
  }
  return parts.join('; ');
}

/** Handling conditions with their labels: 'A1, S2' → 'A1 Covert development; S2 Consult originator …'. */
export function describeConditions(conditions: string): string {
  return conditions
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const code = handlingConditions.codes.find((entry) => entry.code === part.toUpperCase());
      return code ? `${code.code} ${code.label}` : part;
    })
    .join('; ');
}

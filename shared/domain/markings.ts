import { descriptors, legacyMarkings } from '../reference/markings.ts';
import type { Flag } from './cleaned.ts';
import { isPlaceholder, tidyIdentifier } from './tidy.ts';

/** Markings that the product may hold, lowest first. */
export type Marking = 'OFFICIAL' | 'OFFICIAL-SENSITIVE';

export interface ParsedMarking {
  /** null when there is none, when it belongs to the old scheme, or when it is above the ceiling. */
  marking: Marking | null;
  scheme: 'gsc' | 'gpms' | null;
  /** True for SECRET and above and for the old CONFIDENTIAL: this material must not be held here. */
  refused: boolean;
  descriptor: string | null;
  handling: string | null;
  original: string;
  flag?: Flag;
}

const label = /^(?:(?:GSC|GPMS|(?:PROTECTIVE )?MARKING|(?:SECURITY )?CLASSIFICATION)\s*[:=-]\s*)+/;
const aboveCeiling = /(?<![A-Z])(?:TOP ?)?SECRET(?![A-Z])|UK EYES ONLY/;
/** SECRET with blanks or dots between the letters. */
const spacedOut = /^(?:UK)?(?:TOPSECRET|SECRET)$/;
const sensitive = /^(?:OFFICIAL[\s_]*[-:–]?\s*\(?\s*SENSITIVE\)?|O\s*[-:/]\s*S|OS)(?![A-Z])/;
const official = /^(?:OFFICIAL|O)(?![A-Z])/;
const legacy = new RegExp(
  `^(?:${legacyMarkings.codes
    .flatMap(({ code, also }) => [code, ...(also ?? []).map((words) => words.toUpperCase())])
    .join('|')})(?![A-Z])`,
);

/** Splits what follows the tier into a known descriptor and the handling instruction. */
function splitRest(rest: string): { descriptor: string | null; handling: string | null } {
  let words = rest.replace(/^[\s\-:,/]+|\s+$/g, '').replace(/^[([](.*)[)\]]$/, '$1');
  let descriptor: string | null = null;
  for (const { code } of descriptors.codes) {
    if (words === code || (words.startsWith(code) && /^[\s\-:,]/.test(words.slice(code.length)))) {
      descriptor = code;
      words = words.slice(code.length).replace(/^[\s\-:,]+/, '');
      break;
    }
  }
  return { descriptor, handling: words === '' ? null : words };
}

/**
 * Reads a protective marking. OFFICIAL-SENSITIVE is a marking within OFFICIAL; old markings (PROTECT,
 * RESTRICTED) are never converted.
 *
 * Flags: `marking.above-ceiling` (refused: SECRET, TOP SECRET, old CONFIDENTIAL), `marking.legacy`
 * (warning), `marking.unreadable` (warning). A blank gives no marking and no flag.
 */
export function parseMarking(text: string): ParsedMarking {
  const original = text.trim();
  const upper = tidyIdentifier(text).toUpperCase().replace(label, '');
  const none: ParsedMarking = {
    marking: null,
    scheme: null,
    refused: false,
    descriptor: null,
    handling: null,
    original,
  };
  if (upper === '' || isPlaceholder(upper)) return none;
  const isSecret = aboveCeiling.test(upper) || spacedOut.test(upper.replace(/[\s._-]/g, ''));
  if (isSecret || /^(?:UK |NATO )?CONFIDENTIAL(?![A-Z])/.test(upper)) {
    return {
      ...none,
      scheme: isSecret ? 'gsc' : 'gpms',
      refused: true,
      flag: {
        code: 'marking.above-ceiling',
        message: 'This marking is above OFFICIAL; the material must not be held in this product.',
        severity: 'reject',
      },
    };
  }
  const tier = sensitive.exec(upper) ?? official.exec(upper);
  // A misspelt SENSITIVE must not pass as plain OFFICIAL.
  if (tier && !(tier[0] === 'OFFICIAL' && /^[\s_:(-]*SEN/.test(upper.slice(tier[0].length)))) {
    const marking: Marking = sensitive.test(upper) ? 'OFFICIAL-SENSITIVE' : 'OFFICIAL';
    return { ...none, marking, scheme: 'gsc', ...splitRest(upper.slice(tier[0].length)) };
  }
  if (legacy.test(upper)) {
    return {
      ...none,
      scheme: 'gpms',
      flag: {
        code: 'marking.legacy',
        message: 'An old marking without equivalent: the originator or the lead has to mark it anew.',
        severity: 'warning',
      },
    };
  }
  return {
    ...none,
    flag: {
      code: 'marking.unreadable',
      message: 'This is no known protective marking.',
      severity: 'warning',
    },
  };
}

/** Marking line as printed: `OFFICIAL-SENSITIVE PERSONAL DATA - RECIPIENTS ONLY`, in capitals. */
export function formatMarking(parts: {
  marking: Marking;
  descriptor?: string | null;
  handling?: string | null;
}): string {
  const descriptor = parts.descriptor ? ` ${parts.descriptor}` : '';
  const handling = parts.handling ? ` - ${parts.handling}` : '';
  return `${parts.marking}${descriptor}${handling}`.toUpperCase();
}

/**
 * Marking of a document from the markings of what is in it. Blank ones do not count; an old or unreadable
 * one counts as OFFICIAL-SENSITIVE, to be on the safe side (design). OFFICIAL when there is none.
 */
export function highestMarking(markings: readonly (string | null | undefined)[]): Marking {
  const isHigh = markings.some((text) => {
    if (!text || tidyIdentifier(text) === '') return false;
    return parseMarking(text).marking !== 'OFFICIAL';
  });
  return isHigh ? 'OFFICIAL-SENSITIVE' : 'OFFICIAL';
}

import type { PackSpec } from './packSpec.ts';

type Readers = PackSpec['readers'];

/** Whether the conditions of an item leave room for a decision, and if not, why. */
export type ConditionsRuling = { readonly open: true } | { readonly open: false; readonly why: string };

/** The originator keeps it: old handling 4 and 5 (domain facts 1.5), and words to the same effect. */
const closed =
  /\b(?:originat(?:or|ing)(?:\s+(?:agency|force|unit|organi[sz]ation|officer))?(?:['’]?s)?(?:\s+use)?(?:\s+and\s+\w+)?\s+only|(?:only|solely)\s+(?:for|by)\s+(?:the\s+)?originat\w+|refer(?:red)?\s+(?:back\s+)?to\s+(?:the\s+)?originat\w+|eyes\s+only)\b/i;

/** "No further dissemination", "not to be shared …", "do not disclose …", with what follows up to the next clause. */
const forbids =
  /\b(?:no\s+(?:further\s+|onward\s+)?(?:dissemination|disclosure|sharing|release)|not?\s+(?:for|to\s+be|to)\s+(?:(?:be|any)\s+)?(?:further\s+|onward\s+)?(?:dissemin|disclos|shar|releas|us)\w*|(?:do|must|may|should)\s+not\s+(?:be\s+)?(?:further\s+)?(?:dissemin|disclos|shar|releas|us)\w*|(?:dissemination|disclosure|sharing|release)\s+(?:is\s+)?(?:not\s+(?:permitted|allowed|authorised)|forbidden|prohibited))[^.;\n]*/gi;

/** Whom a prohibition spares the police: it names readers outside. */
const outsiders =
  /\b(?:outside|partners?|agenc(?:y|ies)|courts?|defen[cd]e|third\s+part(?:y|ies)|public|media|press|subject|suspect|non-?police|overt)\b/i;

/** Conditions that only police readers can meet. */
const policeOnly =
  /\b(?:A1|A2|S2|covert(?:ly)?|consult(?:ation|ing)?|consent\s+of|originat\w+|police\s+(?:use\s+)?only|law\s+enforcement\s+only)\b/i;

const forCourts = /\b(?:A3|overt\s+use|evidential|court|prosecut\w+)\b/i;
const forPartners =
  /\b(?:partners?|safeguarding|social\s+(?:care|services)|non-?prosecuting|health|housing|education|probation|local\s+authority)\b/i;

/**
 * Rules on the conditions of an item with handling C. DESIGN, since the conditions of a force are its own words
 * (domain facts 1.3, 1.5, 1.6):
 *
 * - without conditions in words nobody can say that they are met: it stays, until they are recorded;
 * - "originating agency only", "refer to originator", "no further dissemination" and the like: it stays, whoever decides;
 * - "consult originator" (S2), covert development and use (A1, A2), anything about the originator: police readers, by decision;
 * - courts: by decision, where the conditions speak of overt use (A3), evidence, courts or prosecution;
 * - partners: by decision, where the conditions speak of partners by name or kind, or of non-prosecuting parties;
 * - police readers otherwise: by decision.
 */
export function ruleOnConditions(conditions: string | null, readers: Readers): ConditionsRuling {
  const text = (conditions ?? '').replace(/\s+/g, ' ').trim();
  if (text === '') return no('It has handling C and no conditions in words. Record the conditions first.');
  if (closed.test(text))
    return no(
      'Its conditions keep it with its originator. Ask the originator for a version that may be shared.',
    );
  const prohibitions = text.match(forbids) ?? [];
  if (prohibitions.some((words) => !outsiders.test(words)))
    return no('Its conditions forbid sharing. Ask the originator for a version that may be shared.');
  if (readers === 'police') return { open: true };
  if (prohibitions.length > 0 || policeOnly.test(text))
    return no('Its conditions keep it within the police.');
  const allowed = (readers === 'court' ? forCourts : forPartners).test(text);
  if (allowed) return { open: true };
  return no(
    readers === 'court'
      ? 'Its conditions do not say that a court may have it.'
      : 'Its conditions do not say that partners may have it.',
  );
}

const no = (why: string): ConditionsRuling => ({ open: false, why });

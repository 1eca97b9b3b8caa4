/**
 * Words by which texts and markers are seen to speak of violence and weapons, or of somebody who is missing, exploited,
 * vulnerable or a child. They point to a text for somebody to read; they decide nothing.
 */
import { checkedOn, type Sourced } from './reference.ts';

export interface WordGroup extends Sourced {
  title: string;
  /** Sought in small letters without accents, from the start of a word. */
  words: readonly string[];
}

export const priorityWords = {
  violence: {
    title: 'Violence',
    words: ['violen', 'assault'],
    source: 'Warning markers of a target profile: violence (domain facts 3.4)',
    checked: checkedOn,
    confidence: 'design',
  },
  weapons: {
    title: 'Weapons',
    words: ['weapon', 'firearm', 'gun', 'knife', 'knives', 'sword', 'machete'],
    source: 'Warning markers (domain facts 3.4) and the weapons that tallies count (8.1)',
    checked: checkedOn,
    confidence: 'design',
  },
  missing: {
    title: 'Missing',
    words: [
      'missing episode',
      'missing person',
      'missing from',
      'missing since',
      'missing overnight',
      'missing child',
      'missing again',
      'missing once',
      'missing twice',
      'missing three',
      'missing four',
      'missing five',
      'missing several',
      'missing many',
      'reported missing',
      'goes missing',
      'gone missing',
      'going missing',
      'went missing',
      'been missing',
      'regularly missing',
      'frequently missing',
      'is missing',
      'was missing',
      'misper',
      'found out of area',
    ],
    source: 'Indicators of exploitation: missing, found out of area (domain facts 5.4)',
    checked: checkedOn,
    confidence: 'unconfirmed-high',
  },
  exploited: {
    title: 'Exploited',
    words: [
      'exploited',
      'groomed',
      'trafficked',
      'cuckooed',
      'debt bondage',
      'coerced',
      'flat taken over',
      'home taken over',
      'house taken over',
      'address taken over',
    ],
    source: 'Indicators of exploitation and cuckooing (domain facts 5.1, 5.2, 5.4)',
    checked: checkedOn,
    confidence: 'design',
  },
  child: {
    title: 'A child',
    words: [
      'child',
      'children',
      'juvenile',
      'minors',
      'schoolboy',
      'schoolgirl',
      'toddler',
      'baby',
      'under 18',
      'u18',
    ],
    source: 'Premises profile: occupants including children (domain facts 3.4)',
    checked: checkedOn,
    confidence: 'design',
  },
  vulnerable: {
    title: 'Vulnerable',
    words: [
      'vulnerab',
      'learning diff',
      'learning disab',
      'dementia',
      'mental health',
      'lacks capacity',
      'self harm',
    ],
    source: 'Warning markers of a target profile: self-harm, mental health (domain facts 3.4)',
    checked: checkedOn,
    confidence: 'design',
  },
} as const satisfies Record<string, WordGroup>;

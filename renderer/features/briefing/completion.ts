/** What is offered while a text is written: facts after two opening braces, and other spellings of a word. Pure. */
import type { BriefingFact } from '../../../shared/domain/briefingFacts.ts';

export interface Misspelling {
  at: number;
  word: string;
  suggestions: readonly string[];
}

export interface Choice {
  id: string;
  label: string;
  note: string;
  /** What replaces the text from `from` to `to`; null leaves the word and forgets it. */
  insert: string | null;
}

/** Choices for a piece of the text. */
export interface Offer {
  kind: 'facts' | 'spelling';
  from: number;
  to: number;
  choices: readonly Choice[];
}

const openFact = /\{\{([^{}\n]{0,60})$/;

/** The facts that fit what stands between two opening braces and the caret; null outside of them. */
export function offerFacts(text: string, caret: number, facts: readonly BriefingFact[]): Offer | null {
  const match = openFact.exec(text.slice(0, caret));
  if (!match) return null;
  const typed = (match[1] ?? '').trim().toLowerCase();
  const close = /^[^{}\n]{0,60}\}\}/.exec(text.slice(caret))?.[0].length ?? 0;
  const fits = (fact: BriefingFact) => fact.name.includes(typed) || fact.title.toLowerCase().includes(typed);
  const rank = (fact: BriefingFact) => (fact.name.startsWith(typed) ? 0 : fact.name.includes(typed) ? 1 : 2);
  return {
    kind: 'facts',
    from: match.index,
    to: caret + close,
    choices: facts
      .filter(fits)
      .sort((one, other) => rank(one) - rank(other))
      .map((fact) => ({
        id: fact.name,
        label: fact.title,
        note: fact.value === '' ? 'not known yet' : fact.value,
        insert: `{{${fact.name}}}`,
      })),
  };
}

/** Other spellings of a word, and leaving it. */
export function offerSpelling(found: Misspelling, leave: string): Offer {
  return {
    kind: 'spelling',
    from: found.at,
    to: found.at + found.word.length,
    choices: [
      ...found.suggestions.map((word) => ({ id: word, label: word, note: '', insert: word })),
      { id: 'leave', label: leave, note: '', insert: null },
    ],
  };
}

/** The next misspelt word behind the caret, else the first. */
export function nextMisspelling(words: readonly Misspelling[], caret: number): Misspelling | null {
  return words.find((each) => each.at >= caret) ?? words[0] ?? null;
}

export interface Piece {
  text: string;
  mark: 'plain' | 'fact' | 'unknown' | 'misspelt';
  at: number;
}

const fact = /\{\{\s*([^{}]{1,60}?)\s*\}\}/g;

/** The text in pieces that together are the text: facts, facts that the plan lacks, misspelt words, and the rest. */
export function markText(
  text: string,
  facts: readonly BriefingFact[],
  misspelt: readonly Misspelling[],
): Piece[] {
  const known = new Set(facts.filter((each) => each.value !== '').map((each) => each.name));
  const marks: Piece[] = [...text.matchAll(fact)].map((match) => ({
    text: match[0],
    mark: known.has((match[1] ?? '').toLowerCase()) ? 'fact' : 'unknown',
    at: match.index,
  }));
  for (const { at, word } of misspelt) {
    // What was found in an earlier state of the text is shown only where the word still stands.
    const stands = text.slice(at, at + word.length);
    if (stands.replaceAll('’', "'") === word) marks.push({ text: stands, mark: 'misspelt', at });
  }
  marks.sort((one, other) => one.at - other.at);
  const pieces: Piece[] = [];
  let end = 0;
  for (const mark of marks) {
    if (mark.at < end) continue;
    if (mark.at > end) pieces.push({ text: text.slice(end, mark.at), mark: 'plain', at: end });
    pieces.push(mark);
    end = mark.at + mark.text.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), mark: 'plain', at: end });
  return pieces;
}

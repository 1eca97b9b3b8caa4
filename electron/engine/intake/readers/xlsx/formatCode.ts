/**
 * Parses a number format code (ECMA-376 18.8.31) into sections of tokens. What a token means for a
 * value is the business of formatNumber.ts and formatDate.ts.
 */

export type FormatToken =
  | { type: 'literal'; text: string }
  /** `0`, `#` or `?`, one each. */
  | { type: 'digit'; text: string }
  | { type: 'point' | 'comma' | 'percent' | 'slash' | 'general' | 'text' }
  /** `E+` or `E-`, in either case. */
  | { type: 'exponent'; plus: boolean; letter: string }
  /** A run of one date letter: y, m (month), d, h, n (minute), s, or e/b for years. */
  | { type: 'date'; letter: string; count: number }
  | { type: 'elapsed'; letter: string; count: number }
  | { type: 'fraction-of-second'; count: number }
  | { type: 'meridiem'; short: boolean; lower: boolean }
  /** Long date or time of the system (`[$-F800]`, `[$-F400]`). */
  | { type: 'system'; which: 'date' | 'time' };

export interface FormatCondition {
  operator: '<' | '<=' | '>' | '>=' | '=' | '<>';
  value: number;
}

export interface FormatSection {
  tokens: FormatToken[];
  condition: FormatCondition | undefined;
  /** What the section makes of a number. */
  kind: 'number' | 'general' | 'text' | 'date' | 'datetime' | 'time' | 'duration';
}

/** The sections of a format code; always at least one, never more than four. */
export function parseFormatCode(code: string): FormatSection[] {
  return splitSections(code)
    .slice(0, 4)
    .map((section) => parseSection(section));
}

function splitSections(code: string): string[] {
  const sections: string[] = [];
  let start = 0;
  for (let at = 0; at < code.length; at++) {
    const character = code[at];
    if (character === '\\' || character === '_' || character === '*') at++;
    else if (character === '"') at = skipTo(code, '"', at);
    else if (character === '[') at = skipTo(code, ']', at);
    else if (character === ';') {
      sections.push(code.slice(start, at));
      start = at + 1;
    }
  }
  sections.push(code.slice(start));
  return sections;
}

function skipTo(code: string, mark: string, at: number): number {
  const found = code.indexOf(mark, at + 1);
  return found < 0 ? code.length : found;
}

function parseSection(code: string): FormatSection {
  const tokens: FormatToken[] = [];
  let condition: FormatCondition | undefined;
  const literal = (text: string) => {
    const last = tokens.at(-1);
    if (last?.type === 'literal') last.text += text;
    else if (text !== '') tokens.push({ type: 'literal', text });
  };
  let at = 0;
  while (at < code.length) {
    const character = code[at] as string;
    const rest = code.slice(at);
    const isExponent = /^e[+-]/i.test(rest);
    if (character === '"') {
      const end = skipTo(code, '"', at);
      literal(code.slice(at + 1, end));
      at = end + 1;
    } else if (character === '\\') {
      literal(code[at + 1] ?? '');
      at += 2;
    } else if (character === '_') {
      // The width of a character, which text can only show as a space.
      literal(' ');
      at += 2;
    } else if (character === '*') {
      at += 2;
    } else if (character === '[') {
      const end = skipTo(code, ']', at);
      condition = parseBracket(code.slice(at + 1, end), tokens, literal) ?? condition;
      at = end + 1;
    } else if (/^general/i.test(rest)) {
      tokens.push({ type: 'general' });
      at += 7;
    } else if (/^(?:am\/pm|a\/p)/i.test(rest)) {
      const short = rest[1] === '/';
      tokens.push({ type: 'meridiem', short, lower: character === 'a' });
      at += short ? 3 : 5;
    } else if ((/[ymdhsebgYMDHSBG]/.test(character) && !isExponent) || (character === 'E' && !isExponent)) {
      const letter = character.toLowerCase();
      const count = /^(.)\1*/i.exec(rest)?.[0].length ?? 1;
      tokens.push({ type: 'date', letter, count });
      at += count;
    } else {
      at += parseSymbol(rest, tokens, literal);
    }
  }
  resolveMinutes(tokens);
  return { tokens, condition, kind: classify(tokens) };
}

function parseSymbol(rest: string, tokens: FormatToken[], literal: (text: string) => void): number {
  const character = rest[0] as string;
  switch (character) {
    case '0':
    case '#':
    case '?':
      tokens.push({ type: 'digit', text: character });
      return 1;
    case '.': {
      const zeros = /^\.0+/.exec(rest)?.[0].length ?? 0;
      if (zeros > 1 && followsSeconds(tokens)) {
        tokens.push({ type: 'fraction-of-second', count: zeros - 1 });
        return zeros;
      }
      tokens.push({ type: 'point' });
      return 1;
    }
    case ',':
      tokens.push({ type: 'comma' });
      return 1;
    case '%':
      tokens.push({ type: 'percent' });
      return 1;
    case '/':
      tokens.push({ type: 'slash' });
      return 1;
    case '@':
      tokens.push({ type: 'text' });
      return 1;
    case 'E':
    case 'e':
      tokens.push({ type: 'exponent', plus: rest[1] === '+', letter: character });
      return 2;
    default:
      literal(character);
      return 1;
  }
}

function followsSeconds(tokens: FormatToken[]): boolean {
  const last = tokens.at(-1);
  return (last?.type === 'date' || last?.type === 'elapsed') && last.letter === 's';
}

function parseBracket(
  inside: string,
  tokens: FormatToken[],
  literal: (text: string) => void,
): FormatCondition | undefined {
  const condition = /^(<=|>=|<>|<|>|=)\s*(-?[\d.]+(?:E[+-]?\d+)?)$/i.exec(inside.trim());
  if (condition) {
    return { operator: condition[1] as FormatCondition['operator'], value: Number(condition[2]) };
  }
  if (/^(h+|m+|s+)$/i.test(inside)) {
    const letter = (inside[0] as string).toLowerCase();
    tokens.push({ type: 'elapsed', letter: letter === 'm' ? 'n' : letter, count: inside.length });
  } else if (/^\$-(?:x-sysdate|f800)/i.test(inside)) {
    tokens.push({ type: 'system', which: 'date' });
  } else if (/^\$-(?:x-systime|f400)/i.test(inside)) {
    tokens.push({ type: 'system', which: 'time' });
  } else if (inside.startsWith('$')) {
    // Currency sign before the dash, locale after it: only the sign is shown.
    const dash = inside.indexOf('-');
    literal(dash < 0 ? inside.slice(1) : inside.slice(1, dash));
  }
  return undefined;
}

/**
 * `m` means minutes right after hours or right before seconds, and after seconds where there are no
 * minutes yet (`ss:mm`), else months.
 */
function resolveMinutes(tokens: FormatToken[]): void {
  const clock = tokens.filter((token) => token.type === 'date' || token.type === 'elapsed') as Extract<
    FormatToken,
    { type: 'date' | 'elapsed' }
  >[];
  clock.forEach((token, index) => {
    if (token.letter !== 'm' || token.count > 2) return;
    const before = clock[index - 1]?.letter;
    const after = clock[index + 1]?.letter;
    const known = clock.some((each) => each.letter === 'n');
    if (before === 'h' || after === 's' || (before === 's' && !known)) token.letter = 'n';
  });
}

function classify(tokens: FormatToken[]): FormatSection['kind'] {
  let date = false;
  let time = false;
  let digits = false;
  for (const token of tokens) {
    if (token.type === 'elapsed') return 'duration';
    if (token.type === 'system') return token.which;
    if (token.type === 'meridiem') time = true;
    if (token.type === 'digit') digits = true;
    if (token.type === 'date') {
      if ('hns'.includes(token.letter)) time = true;
      else date = true;
    }
  }
  if (date) return time ? 'datetime' : 'date';
  if (time) return 'time';
  if (digits) return 'number';
  if (tokens.some((token) => token.type === 'general')) return 'general';
  return tokens.some((token) => token.type === 'text') ? 'text' : 'number';
}

import { roundDecimals, significantDigits } from './decimalDigits.ts';
import { type FormatSection, type FormatToken, parseFormatCode } from './formatCode.ts';
import { compileDate, unshowable } from './formatDate.ts';
import { formatFraction } from './formatFraction.ts';
import { formatPlaces } from './formatPlaces.ts';
import { days1904 } from './serialDate.ts';

export type FormatKind = FormatSection['kind'];

/** A format code made ready to show many values. */
export interface CompiledFormat {
  code: string;
  /** What the format makes of an ordinary positive number. */
  kind: FormatKind;
  /** True when whole numbers show as their plain digits (`General`, `0`, `@`). */
  plainDigits: boolean;
  /** Day numbers are of the 1900 system: shift those of a 1904 workbook first. */
  show(value: number): { text: string; kind: FormatKind };
  /** Shows text through the text section, if there is one. */
  showText(text: string): string;
}

/**
 * Shows a number under an Excel format code as an Excel set to English (United Kingdom) does, in a
 * column wide enough.
 *
 * @param value what the cell stores
 * @param code the format code, not a built-in id
 * @returns the shown text, and what kind of value the chosen section makes of the number
 */
export function formatNumber(
  value: number,
  code: string,
  options: { date1904?: boolean } = {},
): { text: string; kind: FormatKind } {
  const format = compileFormat(code);
  const dated = format.kind === 'date' || format.kind === 'datetime';
  return format.show(options.date1904 && dated ? value + days1904 : value);
}

/** Compiles a format code. Never throws: what cannot be understood is shown as General. */
export function compileFormat(code: string): CompiledFormat {
  const sections = parseFormatCode(code);
  const first = sections[0] as FormatSection;
  const last = sections.at(-1) as FormatSection;
  const textSection =
    sections.length === 4 || last.tokens.some((token) => token.type === 'text') ? last : undefined;
  const numeric = (textSection && sections.length > 1 ? sections.slice(0, -1) : sections).map(readySection);
  const prefixed = textSection?.tokens.some((token) => token.type !== 'text') ?? false;
  return {
    code,
    kind: first.kind,
    plainDigits:
      sections.length === 1 &&
      (first.kind === 'general' || first.kind === 'text' || code === '0') &&
      !prefixed,
    show: (value) => showNumber(numeric, value),
    showText: (text) => (textSection && prefixed ? showText(textSection, text) : text),
  };
}

/** The format of cells without one. */
export const generalFormat: CompiledFormat = compileFormat('General');

/**
 * A number as General shows it: up to eleven characters, then rounded, then in scientific form. The
 * sign does not count. Below a ten-thousandth a number is shown in full or in scientific form, never
 * rounded.
 */
export function formatGeneral(value: number): string {
  if (value === 0) return '0';
  if (!Number.isFinite(value)) return String(value);
  const magnitude = Math.abs(value);
  const quick = magnitude >= 0.1 && magnitude < 1e9 ? formatOrdinary(magnitude) : undefined;
  const sign = value < 0 ? '-' : '';
  if (quick !== undefined) return sign + quick;
  // Ten digits, because what a calculation leaves behind them is not shown: 0.1 * 0.0001 is 0.00001.
  const { digits, exponent } = significantDigits(value, magnitude < 0.001 ? 10 : 15);
  const needed = digits.replace(/0+$/, '').length - 1 - exponent;
  if (exponent >= 11 || (exponent < -4 && needed > 9)) return sign + formatScientific(value);
  const { whole, fraction } = roundDecimals(value, exponent >= 0 ? Math.max(0, 9 - exponent) : 9);
  if (whole.length > 11) return sign + formatScientific(value);
  const trimmed = fraction.replace(/0+$/, '');
  return sign + (whole || '0') + (trimmed === '' ? '' : `.${trimmed}`);
}

/** The usual case without taking digits apart; undefined where binary rounding might not be decimal rounding. */
function formatOrdinary(magnitude: number): string | undefined {
  const decimals = 10 - (magnitude < 10 ? 1 : Math.floor(Math.log10(magnitude)) + 1);
  const scaled = magnitude * 10 ** decimals;
  const part = scaled - Math.floor(scaled);
  if (part > 0.4999 && part < 0.5001) return undefined;
  const text = magnitude.toFixed(decimals);
  let end = text.length;
  while (text.charCodeAt(end - 1) === 48) end--;
  if (text.charCodeAt(end - 1) === 46) end--;
  return text.slice(0, end);
}

function formatScientific(value: number): string {
  const { digits, exponent } = significantDigits(value, 6);
  const fraction = digits.slice(1).replace(/0+$/, '');
  const power = Math.abs(exponent);
  return `${digits[0]}${fraction === '' ? '' : `.${fraction}`}E${exponent < 0 ? '-' : '+'}${power < 10 ? '0' : ''}${power}`;
}

interface ReadySection extends FormatSection {
  showDate: ((serial: number) => string) | undefined;
}

function readySection(section: FormatSection): ReadySection {
  const dated = ['date', 'datetime', 'time', 'duration'].includes(section.kind);
  return { ...section, showDate: dated ? compileDate(section.tokens) : undefined };
}

/** What a number that no condition takes is shown by where the format has only one section. */
const generalSection = readySection(parseFormatCode('General')[0] as FormatSection);
/** The same where it has two with conditions: Excel fills the cell with hashes. */
const noSection = readySection(parseFormatCode(`"${unshowable}"`)[0] as FormatSection);

function showNumber(sections: readonly ReadySection[], value: number): { text: string; kind: FormatKind } {
  const { section, magnitude, signed } = chooseSection(sections, value);
  switch (section.kind) {
    case 'general':
    case 'text':
      return { text: fillGeneral(section.tokens, signed ? value : magnitude), kind: section.kind };
    case 'date':
    case 'datetime':
    case 'time':
    case 'duration':
      return { text: section.showDate?.(signed ? value : magnitude) ?? '', kind: section.kind };
    case 'number': {
      const sign = signed && value < 0 ? '-' : '';
      const isFraction = section.tokens.some((token) => token.type === 'slash');
      const fraction = isFraction ? formatFraction(section.tokens, magnitude) : undefined;
      const text = fraction ?? formatPlaces(section.tokens, magnitude);
      return { text: sign + text, kind: 'number' };
    }
  }
}

/**
 * Which section a number is shown by. A section for negatives shows no sign of its own; the only
 * section, or one chosen by a condition that takes both signs, does.
 */
function chooseSection(
  sections: readonly ReadySection[],
  value: number,
): { section: ReadySection; magnitude: number; signed: boolean } {
  const magnitude = Math.abs(value);
  const first = sections[0] as ReadySection;
  const second = sections[1];
  const third = sections[2];
  if (first.condition || second?.condition) {
    if (!first.condition ? value > 0 : meets(first, value))
      return { section: first, magnitude, signed: !takesNegativesAlone(first) };
    if (second && (second.condition ? meets(second, value) : !third || value < 0)) {
      const onlyNegatives = second.condition
        ? takesNegativesAlone(second)
        : first.condition !== undefined &&
          ['>', '>='].includes(first.condition.operator) &&
          first.condition.value <= 0;
      return { section: second, magnitude, signed: !onlyNegatives };
    }
    return { section: third ?? (second ? noSection : generalSection), magnitude, signed: true };
  }
  if (!second) return { section: first, magnitude, signed: true };
  if (value < 0) return { section: second, magnitude, signed: false };
  return { section: value === 0 && third ? third : first, magnitude, signed: true };
}

function takesNegativesAlone({ condition }: FormatSection): boolean {
  return condition !== undefined && ['<', '<='].includes(condition.operator) && condition.value <= 0;
}

function meets(section: FormatSection, value: number): boolean {
  const condition = section.condition;
  if (!condition) return true;
  switch (condition.operator) {
    case '<':
      return value < condition.value;
    case '<=':
      return value <= condition.value;
    case '>':
      return value > condition.value;
    case '>=':
      return value >= condition.value;
    case '=':
      return value === condition.value;
    case '<>':
      return value !== condition.value;
  }
}

function fillGeneral(tokens: readonly FormatToken[], value: number): string {
  if (tokens.length === 1) return formatGeneral(value);
  let text = '';
  for (const token of tokens) {
    if (token.type === 'literal') text += token.text;
    else if (token.type === 'general' || token.type === 'text') text += formatGeneral(value);
  }
  return text;
}

function showText(section: FormatSection, text: string): string {
  let shown = '';
  for (const token of section.tokens) {
    if (token.type === 'literal') shown += token.text;
    else if (token.type === 'text' || token.type === 'general') shown += text;
  }
  // A section that hides text (`;;;`) must not hide evidence.
  return shown.includes(text) ? shown : text;
}

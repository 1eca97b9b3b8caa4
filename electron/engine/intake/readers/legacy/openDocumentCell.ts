import type { StoredValue } from '../types.ts';
import { formatGeneral } from '../xlsx/formatNumber.ts';
import { parseIsoSerial, storeSerial } from '../xlsx/serialDate.ts';
import { readAttribute, type XmlToken } from './xmlTokens.ts';

export interface DocumentCell {
  text: string;
  stored?: StoredValue | undefined;
  /** The attributes of its tag: repeats and spans. */
  attributes: string;
}

/** Parts of a cell that are no content of it: comments, drawings, tables of their own. */
const asides = /^(?:office:annotation|draw:|dr3d:|table:shapes|table:table$|table:detective|office:event)/;

/** Gathers one cell from the tokens between its tags. */
export class CellReader {
  isOpen = false;
  private attributes = '';
  private name = '';
  private paragraphs: string[] = [];
  private inParagraph = false;
  private aside: { name: string; depth: number } | undefined;

  /** Begins a cell; it is returned at once when its tag has no content. */
  open(token: XmlToken & { type: 'open' }): DocumentCell | undefined {
    this.attributes = token.attributes;
    this.name = token.name;
    this.paragraphs = [];
    this.inParagraph = false;
    this.aside = undefined;
    if (token.empty) return makeCell(this.attributes, undefined);
    this.isOpen = true;
    return undefined;
  }

  /** The next token of an open cell; the cell, when that was its end. */
  take(token: XmlToken): DocumentCell | undefined {
    if (this.aside) this.passAside(token, this.aside);
    else if (token.type === 'text') {
      if (this.inParagraph) this.append(token.text.replace(/[ \t\r\n]+/g, ' '), true);
    } else if (token.type === 'close') {
      if (token.name === this.name) {
        this.isOpen = false;
        return makeCell(
          this.attributes,
          this.paragraphs.length === 0 ? undefined : this.paragraphs.join('\n'),
        );
      }
      if (token.name === 'text:p') this.inParagraph = false;
    } else this.openWithin(token);
    return undefined;
  }

  private openWithin(token: XmlToken & { type: 'open' }): void {
    if (asides.test(token.name)) {
      if (!token.empty) this.aside = { name: token.name, depth: 1 };
    } else if (token.name === 'text:p') {
      this.paragraphs.push('');
      this.inParagraph = !token.empty;
    } else if (this.inParagraph) {
      if (token.name === 'text:s') {
        const count = Math.min(Number(readAttribute(token.attributes, 'text:c') ?? '1') || 1, 32_767);
        this.append(' '.repeat(Math.max(1, count)), false);
      } else if (token.name === 'text:tab') this.append('\t', false);
      else if (token.name === 'text:line-break') this.append('\n', false);
    }
  }

  /** White space of the markup collapses; spaces that count are elements of their own (ODF 1.3 part 3, 6.1.2). */
  private append(text: string, collapsing: boolean): void {
    const last = this.paragraphs.length - 1;
    const before = this.paragraphs[last] ?? '';
    const after = collapsing && before === '' ? text.replace(/^ /, '') : text;
    this.paragraphs[last] = before + after;
  }

  private passAside(token: XmlToken, aside: { name: string; depth: number }): void {
    if (token.type === 'text' || token.name !== aside.name) return;
    if (token.type === 'close') aside.depth--;
    else if (!token.empty) aside.depth++;
    if (aside.depth === 0) this.aside = undefined;
  }
}

function makeCell(attributes: string, shown: string | undefined): DocumentCell {
  const stored = readStored(attributes, shown ?? '');
  const text =
    shown === undefined
      ? stored
        ? showStored(stored)
        : (readAttribute(attributes, 'office:string-value') ?? '')
      : stored
        ? showHere(shown, stored)
        : shown;
  return { text, stored, attributes };
}

/** What the attributes of a cell store (ODF 1.3 part 3, 19.387); undefined for text. */
function readStored(attributes: string, shown: string): StoredValue | undefined {
  const type = readAttribute(attributes, 'office:value-type');
  if (type === undefined) return undefined;
  if (readAttribute(attributes, 'calcext:value-type') === 'error') return { type: 'error', value: shown };
  switch (type) {
    case 'float':
    case 'percentage':
    case 'currency': {
      const value = Number(readAttribute(attributes, 'office:value') ?? Number.NaN);
      // LibreOffice writes the result of a logical formula as a number that shows as TRUE or FALSE.
      if (/^(?:TRUE|FALSE)$/.test(shown) && value === Number(shown === 'TRUE')) {
        return { type: 'boolean', value: value === 1 };
      }
      return Number.isFinite(value) ? { type: 'number', value } : undefined;
    }
    case 'boolean':
      return { type: 'boolean', value: readAttribute(attributes, 'office:boolean-value') === 'true' };
    case 'date': {
      const written = readAttribute(attributes, 'office:date-value') ?? '';
      const serial = parseIsoSerial(written);
      if (serial === undefined) return undefined;
      // The calendar of OpenDocument has no false leap day, so early dates are kept as they are written.
      if (!/T/.test(written)) return { type: 'date', value: written.slice(0, 10) };
      if (serial < 61) return { type: 'datetime', value: written.slice(0, 19) };
      return storeSerial(serial, 'datetime');
    }
    case 'time': {
      const days = parseDuration(readAttribute(attributes, 'office:time-value') ?? '');
      if (days === undefined) return undefined;
      return storeSerial(days, days >= 0 && days < 1 ? 'time' : 'duration');
    }
    default:
      return undefined;
  }
}

/**
 * A short date follows the settings of the machine, so one that was saved as month, day, year shows here as
 * day, month, year: `9/11/2011` would be read as the ninth of November. Other text stays as it was saved.
 */
function showHere(shown: string, stored: StoredValue): string {
  if (stored.type !== 'date' && stored.type !== 'datetime') return shown;
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d\d)(?=$|\s)/.exec(shown);
  if (!match) return shown;
  const [year, month, day] = String(stored.value).slice(0, 10).split('-');
  const american = Number(match[1]) === Number(month) && Number(match[2]) === Number(day);
  return american ? `${day}/${month}/${year}${shown.slice(match[0].length)}` : shown;
}

function showStored({ type, value }: StoredValue): string {
  if (typeof value === 'number') return formatGeneral(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return type === 'datetime' ? value.replace('T', ' ') : value;
}

/** An ISO 8601 duration of hours, minutes and seconds, in days. */
function parseDuration(text: string): number | undefined {
  const match = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/.exec(text);
  if (!match) return undefined;
  const seconds = Number((match[5] ?? '0').replace(',', '.'));
  const hours = Number(match[2] ?? 0) * 24 + Number(match[3] ?? 0);
  const days = (hours * 3600 + Number(match[4] ?? 0) * 60 + seconds) / 86_400;
  return match[1] === '-' ? -days : days;
}

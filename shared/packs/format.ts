import type { PackColumnKind } from './columns.ts';
import type { PackHeader } from './packData.ts';

const ukMoment = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/**
 * A value as people read it on paper: dates DD/MM/YYYY, UK national phone numbers, one list entry a
 * line. `null`, `undefined` and empty lists give an empty string.
 */
export function formatValue(value: unknown, kind: PackColumnKind): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) {
    const mark = kind === 'warnings' ? '▲ ' : '';
    return value.map((entry) => mark + formatValue(entry, kind === 'phones' ? 'phones' : 'text')).join('\n');
  }
  const text = String(value);
  if (kind === 'date') return formatDate(text);
  if (kind === 'moment') return formatMoment(text);
  if (kind === 'phones') return formatPhone(text);
  if (kind === 'grade') return [...text].join(' ');
  return text;
}

/** `2026-11-26` as `26/11/2026`; anything else as it stands. */
export function formatDate(iso: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:$|T)/.exec(iso);
  return match === null ? iso : `${match[3]}/${match[2]}/${match[1]}`;
}

/** A moment in UK local time, `26/11/2026 05:30`; a time without a zone is taken as local already. */
export function formatMoment(iso: string): string {
  const local = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?$/.exec(iso);
  if (local !== null) return `${formatDate(local[1] ?? '')} ${local[2]}`;
  if (!iso.includes('T')) return formatDate(iso);
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime()) ? iso : ukMoment.format(moment).replace(', ', ' ');
}

/** `+447700900123` as `07700 900123`; a foreign number keeps its prefix. */
export function formatPhone(phone: string): string {
  const national = /^\+44(\d{9,10})$/.exec(phone)?.[1];
  if (national === undefined) return phone;
  const split = national.startsWith('2') ? 2 : 4;
  return `0${national.slice(0, split)} ${national.slice(split)}`;
}

/** The marking as it must be printed: capitals, one line. */
export function formatMarking(marking: string): string {
  return marking.toUpperCase().replace(/\s+/g, ' ').trim();
}

/** The day and time of the strike in one line, or the words that none is set. */
export function formatStrike(header: PackHeader): string {
  if (header.strikeDate === null) return 'Not set';
  const day = formatDate(header.strikeDate);
  return header.strikeTime === null ? `${day}, time not set` : `${day} at ${header.strikeTime}`;
}

/**
 * Text that every writer may take: line ends as `\n`, no control characters, no halves of surrogate
 * pairs, none of the invisible marks that turn the direction of the text around them (a name that
 * holds one could make another value on the page read backwards).
 */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/[^\n\P{Cc}]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .toWellFormed();
}

/** A word that is safe in a file name on every system; never empty. */
export function fileWord(text: string): string {
  const word = text
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/g, '');
  return word === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(word)
    ? `pack-${word}`.replace(/-$/, '')
    : word;
}

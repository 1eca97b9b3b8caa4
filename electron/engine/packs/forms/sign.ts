/**
 * The sign of a form's row: `RF-WAR3-1C7K4M-K7QX-2M9D-H3TWA`. It says in clear which form and which record the
 * row is about, and in code which state of the plan was printed and to whom it went; the last three groups are a
 * keyed hash over all of that. A person can read it out and copy it; nobody without the workspace can make one.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { gridList, makeRef, parseRef } from '../../../../shared/grid/grids.ts';
import type { FormName } from '../../../../shared/packs/forms.ts';
import type { ReadDatabase, WriteDatabase } from '../../database/connection.ts';
import { get, run } from '../../database/sql.ts';

export interface SignedRow {
  readonly form: FormName;
  /** Warrant or premises. */
  readonly about: string;
  /** Number of the last journal entry that changed what the pack printed. */
  readonly state: number;
  /** Short code of the pack, team and recipient: rows of two people's forms are told apart. */
  readonly issue: string;
}

/** Digits and letters that are not mistaken for each other (Crockford's base 32). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 13 characters of 5 bits: 65 bits of the hash. */
const codeLength = 13;
const issueLength = 4;
const prefixes: Readonly<Record<FormName, string>> = { results: 'RF', exhibits: 'EF' };

const keyName = 'forms.key';

/** Gives the workspace its key for signs, once. It lies in the encrypted database and never leaves it. */
export function keepFormKey(database: WriteDatabase): void {
  if (readFormKey(database) !== null) return;
  run(
    database,
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING',
    keyName,
    randomBytes(32).toString('base64'),
  );
}

/** The key for signs; null in a workspace that was never given one. */
export function readFormKey(database: ReadDatabase): Buffer | null {
  const row = get<{ value: string }>(database, 'SELECT value FROM setting WHERE key = ?', keyName);
  return row === undefined ? null : Buffer.from(row.value, 'base64');
}

/** The code of a pack for one team (or '') and one recipient. */
export function codeOfIssue(key: Buffer, pack: string, team: string, recipient: string): string {
  return encode(digest(key, ['issue', pack, team, recipient.trim()]), issueLength);
}

/** The sign of a row. The same row gives the same sign. */
export function makeSign(key: Buffer, row: SignedRow): string {
  const code = hashRow(key, row);
  const place = row.about.replace('-', '');
  const state = encodeNumber(row.state) + row.issue;
  return [prefixes[row.form], place, state, code.slice(0, 4), code.slice(4, 8), code.slice(8)].join('-');
}

/** Whether a text was meant to be a sign, right or wrong. */
export function looksLikeSign(text: string): boolean {
  return /^[RE]F-\S+$/.test(tidySign(text));
}

/** What a sign says, or null when this workspace did not make it or it was changed since. */
export function readSign(key: Buffer, text: string): SignedRow | null {
  const parts = /^(RF|EF)-([A-Z]+)(\d+)-([0-9A-Z]+)-([0-9A-Z]{4})-([0-9A-Z]{4})-([0-9A-Z]{5})$/.exec(
    tidySign(text),
  );
  if (parts === null) return null;
  const [, prefix, place, number, stateAndIssue = '', ...code] = parts;
  // The letters of a copy follow those of the grid: PRMA3 is PRM-A3.
  const grid = gridList
    .filter((each) => place?.startsWith(each.prefix))
    .sort((a, b) => b.prefix.length - a.prefix.length)[0];
  const found = grid ? parseRef(`${grid.prefix}-${place?.slice(grid.prefix.length)}${number}`) : null;
  const plain = plainCharacters(stateAndIssue);
  const state = decodeNumber(plain.slice(0, -issueLength));
  if (found === null || state === null || plain.length <= issueLength) return null;
  const row: SignedRow = {
    form: prefix === 'RF' ? 'results' : 'exhibits',
    about: makeRef(found.grid.name, found.id),
    state,
    issue: plain.slice(-issueLength),
  };
  const given = Buffer.from(plainCharacters(code.join('')));
  return timingSafeEqual(given, Buffer.from(hashRow(key, row))) ? row : null;
}

/** Copied by hand or by a word processor: small letters, long dashes, blanks. */
function tidySign(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/\p{Pd}/gu, '-')
    .replace(/\s+/g, '');
}

const plainCharacters = (text: string) => text.replaceAll('O', '0').replace(/[IL]/g, '1');

function hashRow(key: Buffer, { form, about, state, issue }: SignedRow): string {
  return encode(digest(key, ['row', form, about, String(state), issue]), codeLength);
}

/** HMAC-SHA-256 over the parts, which cannot run into each other. */
function digest(key: Buffer, parts: readonly string[]): Buffer {
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest();
}

/** The first `length` characters of 5 bits each. */
function encode(bytes: Buffer, length: number): string {
  let bits = BigInt(`0x${bytes.toString('hex')}`) >> BigInt(bytes.length * 8 - length * 5);
  let text = '';
  for (let place = 0; place < length; place += 1) {
    text = alphabet.charAt(Number(bits & 31n)) + text;
    bits >>= 5n;
  }
  return text;
}

function encodeNumber(number: number): string {
  let text = '';
  for (let rest = number; rest > 0 || text === ''; rest = Math.floor(rest / 32))
    text = alphabet.charAt(rest % 32) + text;
  return text;
}

function decodeNumber(text: string): number | null {
  let number = 0;
  for (const character of text) {
    const digit = alphabet.indexOf(character);
    if (digit < 0) return null;
    number = number * 32 + digit;
  }
  return text !== '' && Number.isSafeInteger(number) ? number : null;
}

/** Sheets of invented people and intelligence, as large as a trial wants them. */
import { writeFileSync } from 'node:fs';
import { createRandom, numberAt } from './callFile.ts';

const syllables =
  'ba ber bo can cor dal den dor el fen gar hal hol ken lan lo mar mel nor os pen ran ros sel tam ter ul van wen wil'.split(
    ' ',
  );

/** A word by its place: the same place gives the same word. */
export function wordAt(place: number): string {
  let word = '';
  for (let rest = place + 31; rest > 0; rest = Math.floor(rest / syllables.length))
    word += syllables[rest % syllables.length];
  return word;
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const two = (value: number) => String(value).padStart(2, '0');

/** Few names are had by many, many by few. */
const skewed = (random: (limit: number) => number, limit: number) =>
  Math.floor(limit ** (random(1_000_000) / 1_000_000)) - 1;

export const forenames = 400;
export const surnames = 12_000;
export const words = 40_000;

export const surnameAt = (place: number): string => capital(wordAt(5000 + place));
export const forenameAt = (place: number): string => capital(wordAt(100 + place));

/** A mark of the current shape by its place. */
export function markAt(place: number): string {
  const letter = (at: number) => 'ABCDEFGHJKLMNOPRSTUVWXY'.charAt(at % 23);
  return `${letter(place)}${letter(place * 7 + 3)}${two(place % 80)} ${letter(place * 3)}${letter(place * 5 + 1)}${letter(place * 11 + 2)}`;
}

/** People with a date of birth, and a phone for every second one. */
export function writePeopleFile(path: string, rows: number): void {
  const random = createRandom(11);
  let text = 'Surname,Forename,DOB,Mobile,Remark\r\n';
  for (let row = 0; row < rows; row += 1) {
    const dob = `${two(1 + random(28))}/${two(1 + random(12))}/${1960 + random(55)}`;
    const phone = row % 2 === 0 ? numberAt(random(20_000)) : '';
    text += `${surnameAt(skewed(random, surnames))},${forenameAt(skewed(random, forenames))},${dob},${phone},${wordAt(skewed(random, words))} ${wordAt(random(words))}\r\n`;
  }
  writeFileSync(path, text);
}

/** Reports of some thirty words that name a person, and sometimes a number or a mark. */
export function writeIntelligenceFile(path: string, rows: number): void {
  const random = createRandom(13);
  let text = 'URN,Date,Intelligence,Grade\r\n';
  for (let row = 0; row < rows; row += 1) {
    const date = `${two(1 + random(28))}/${two(1 + random(12))}/2026`;
    const said = Array.from({ length: 26 }, () => wordAt(skewed(random, words)));
    said.push(forenameAt(skewed(random, forenames)), surnameAt(skewed(random, surnames)));
    if (row % 3 === 0) said.push(numberAt(random(20_000)));
    if (row % 5 === 0) said.push(markAt(random(4000)));
    text += `INT/${row},${date},${said.join(' ')}.,${['2CP', '1AP', '2DP'][row % 3]}\r\n`;
  }
  writeFileSync(path, text);
}

import { crc32 } from 'node:zlib';
import { encodeUtf8, toCsv } from './csv.ts';
import { toDayFirst } from './dates.ts';
import { findPerson, type Person } from './people.ts';

const width = 120;
const height = 150;

/** Background, silhouette, band, lettering. */
const palettes = [
  [0xdfe6ee, 0x8a9bb0, 0x33475b, 0xffffff],
  [0xe9e4da, 0xa89b84, 0x5b4a33, 0xffffff],
  [0xe0ebe4, 0x8fae9b, 0x2f5140, 0xffffff],
] as const;

/** Capital letters on a grid of 5 by 7, one number of five bits per line. */
const glyphs: Readonly<Record<string, readonly number[]>> = {
  A: [14, 17, 17, 31, 17, 17, 17],
  B: [30, 17, 17, 30, 17, 17, 30],
  C: [14, 17, 16, 16, 16, 17, 14],
  D: [30, 17, 17, 17, 17, 17, 30],
  E: [31, 16, 16, 30, 16, 16, 31],
  F: [31, 16, 16, 30, 16, 16, 16],
  H: [17, 17, 17, 31, 17, 17, 17],
  J: [7, 2, 2, 2, 2, 18, 12],
  K: [17, 18, 20, 24, 20, 18, 17],
  L: [16, 16, 16, 16, 16, 16, 31],
  M: [17, 27, 21, 21, 17, 17, 17],
  O: [14, 17, 17, 17, 17, 17, 14],
  P: [30, 17, 17, 30, 16, 16, 16],
  R: [30, 17, 17, 30, 20, 18, 17],
  T: [31, 4, 4, 4, 4, 4, 4],
  V: [17, 17, 17, 17, 17, 10, 4],
  W: [17, 17, 17, 21, 21, 27, 17],
  Z: [31, 1, 2, 4, 8, 16, 31],
};

/** Date on which each photograph was taken; the second is old, and several targets have none. */
const taken: readonly (readonly [string, string])[] = [
  ['Harcastle', '2026-03-14'],
  ['Okonjo-Reid', '2018-06-30'],
  ['Wierzba', '2026-10-04'],
  ['Adeyemi-Cole', '2026-06-25'],
  ['Trelawick', '2026-09-03'],
  ['Vasquez-Holt', '2025-12-21'],
  ['Dunmail', '2026-10-11'],
  ['Farraday-Nash', '2026-10-28'],
  ['Mensah-Doyle', '2026-02-18'],
  ['Bowfell-James', '2026-11-13'],
  ['Castellane', '2026-05-17'],
  ['Pendragon-Fox', '2026-07-22'],
];

export interface Photograph {
  person: Person;
  file: string;
  takenOn: string;
}

/** The twelve photographs: drawings, since nobody of the operation exists. */
export const photographs: readonly Photograph[] = taken.map(([surname, takenOn]) => {
  const person = findPerson(surname);
  return { person, file: `photographs/${person.ref}.png`, takenOn };
});

function writeChunk(type: string, body: Uint8Array): Buffer {
  const chunk = Buffer.alloc(12 + body.length);
  chunk.writeUInt32BE(body.length, 0);
  chunk.write(type, 4, 'latin1');
  chunk.set(body, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + body.length)), 8 + body.length);
  return chunk;
}

/**
 * A zlib stream of one stored block. Compression gives other bytes on other machines; a picture of
 * five kilobytes does not need it.
 */
function storeZlib(body: Uint8Array): Buffer {
  const stream = Buffer.alloc(body.length + 11);
  stream.writeUInt16BE(0x7801, 0);
  stream.writeUInt8(1, 2);
  stream.writeUInt16LE(body.length, 3);
  stream.writeUInt16LE(~body.length & 0xffff, 5);
  stream.set(body, 7);
  let low = 1;
  let high = 0;
  for (const byte of body) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  stream.writeUInt32BE(high * 65_536 + low, body.length + 7);
  return stream;
}

function findColour(x: number, y: number, initials: string): number {
  if (y >= 126) return findLettering(x, y - 126, initials) ? 3 : 2;
  const head = ((x - 60) / 22) ** 2 + ((y - 48) / 27) ** 2 <= 1;
  const shoulders = ((x - 60) / 46) ** 2 + ((y - 130) / 48) ** 2 <= 1;
  return head || shoulders ? 1 : 0;
}

function findLettering(x: number, y: number, initials: string): boolean {
  const scale = 2;
  const left = 60 - initials.length * 6;
  const column = Math.floor((x - left) / scale);
  const line = Math.floor((y - 5) / scale);
  if (column < 0 || line < 0 || line > 6 || column % 6 === 5) return false;
  const glyph = glyphs[initials.charAt(Math.floor(column / 6))];
  return glyph !== undefined && (((glyph[line] ?? 0) >> (4 - (column % 6))) & 1) === 1;
}

/** A PNG of 120 by 150 in four colours: a silhouette and initials. */
export function drawPhotograph(initials: string, variant: number): Uint8Array {
  const palette = palettes[variant % palettes.length] ?? palettes[0];
  const lineLength = width / 4 + 1;
  const pixels = new Uint8Array(lineLength * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * lineLength + 1 + (x >> 2);
      pixels[at] = (pixels[at] ?? 0) | (findColour(x, y, initials) << (6 - 2 * (x & 3)));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Two bits per pixel, palette.
  header.set([2, 3, 0, 0, 0], 8);
  const colours = palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    writeChunk('IHDR', header),
    writeChunk('PLTE', Uint8Array.from(colours)),
    writeChunk('IDAT', storeZlib(pixels)),
    writeChunk('IEND', new Uint8Array(0)),
  ]);
}

/** Two initials without accents; Ł has no plain letter of its own in Unicode. */
export function writeInitials(person: Person): string {
  const first = person.forenames.charAt(0) + person.surname.charAt(0);
  return first.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('Ł', 'L').toUpperCase();
}

/** The list that says whose photograph each file is and when it was taken. */
export function drawPhotographList(): Uint8Array {
  const rows = photographs.map((photograph) => [
    photograph.person.ref,
    photograph.file,
    toDayFirst(photograph.takenOn),
  ]);
  return encodeUtf8(toCsv([['Nominal Ref', 'File', 'Date taken'], ...rows], ','));
}

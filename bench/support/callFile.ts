/** Call data as a provider returns it, made up: written to a file in pieces, never held whole. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

export interface CallFileShape {
  rows: number;
  distinctNumbers: number;
  /** Returns stand in order of time; `mixed` shuffles the times, the hardest case for the index of times. */
  order?: 'time' | 'mixed';
}

export const callHeadings = [
  'Calling Number',
  'Called Number',
  'Call Type',
  'Direction',
  'Start Date',
  'Start Time',
  'Duration (s)',
  'IMEI',
  'IMSI',
  'First Cell ID',
];

/** Rows above the heading, as they stand in providers' returns. */
export const preamble = [
  'Communications data return',
  'Request reference,FELL-0001',
  'Period,01/01/2026 to 30/06/2026',
  'Times are UTC',
  '',
];

/** A small generator of numbers below a limit, the same for a seed on every machine. */
export function createRandom(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
  };
}

/**
 * A number by its place: first the thousand that Ofcom keeps for drama, then 0710, a range of which
 * nothing is given to any provider.
 */
export function numberAt(place: number): string {
  if (place < 1000) return `07700900${String(place).padStart(3, '0')}`;
  return `0710${String(place - 1000).padStart(7, '0')}`;
}

const two = (value: number) => String(value).padStart(2, '0');

/** Writes the file and returns its size in bytes. About 110 bytes a row. */
export async function writeCallFile(path: string, shape: CallFileShape): Promise<number> {
  const random = createRandom(7);
  const dates: string[] = [];
  for (let day = 0; day < 181; day += 1) {
    const date = new Date(Date.UTC(2026, 0, 1 + day));
    dates.push(`${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()}`);
  }
  const span = dates.length * 86_400;
  const types = ['Voice', 'Voice', 'Voice', 'SMS', 'SMS', 'Data'];
  const out = createWriteStream(path);
  let bytes = 0;
  const write = async (text: string) => {
    bytes += text.length;
    if (!out.write(text)) await once(out, 'drain');
  };
  let piece = `${preamble.join('\r\n')}\r\n${callHeadings.join(',')}\r\n`;
  for (let row = 0; row < shape.rows; row += 1) {
    // Every number comes up at least once; the rest is a few busy numbers and many quiet ones.
    const a =
      row < shape.distinctNumbers
        ? row
        : Math.floor(random(shape.distinctNumbers) ** 2 / shape.distinctNumbers);
    const b = random(shape.distinctNumbers);
    const type = types[random(types.length)] ?? 'Voice';
    const at =
      shape.order === 'mixed' ? random(span) : Math.min(span - 1, Math.floor((row / shape.rows) * span));
    const seconds = at % 86_400;
    const handset = a % 40_000;
    piece += `${numberAt(a)},${numberAt(b)},${type},${random(2) === 0 ? 'MO' : 'MT'},${dates[Math.floor(at / 86_400)]},${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)},${type === 'Voice' ? random(3600) : 0},3569${String(handset).padStart(10, '0')}0,23415${String(handset).padStart(10, '0')},234-15-${1000 + random(60)}-${10_000 + random(900)}\r\n`;
    if (piece.length > 1 << 18) {
      await write(piece);
      piece = '';
    }
  }
  await write(piece);
  out.end();
  await once(out, 'finish');
  return bytes;
}

/**
 * The phones of call data while it is imported: which row a number has, and how often it was seen when.
 * Numbers are digits, so they are kept as numbers in flat arrays: a million texts in a map cost ten times
 * the time and the memory.
 */

/** A table this full is written out and begun again, so that memory stays bounded. */
export const fullTable = 1_500_000;

const firstSize = 1 << 16;
const firstPlaces = 1024;

/**
 * The digits of an E.164 number as a number, or -1 for everything else. Fifteen digits are exact in a
 * number; a leading zero would be lost, and there is none in E.164.
 */
export function digitsKey(number: string): number {
  const { length } = number;
  if (length < 8 || length > 16 || number.charCodeAt(0) !== 43 || number.charCodeAt(1) === 48) return -1;
  let key = 0;
  for (let at = 1; at < length; at += 1) {
    const digit = number.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    key = key * 10 + digit;
  }
  return key;
}

export class PhoneTable {
  /** Open addressing: the place of the phone in the arrays below, plus one. */
  private places = new Int32Array(firstSize);
  private readonly odd = new Map<string, number>();
  private readonly oddNumbers: string[] = [];
  /** `digitsKey` of the phone at a place, or minus one and its place in `oddNumbers`. */
  private numbers = new Float64Array(firstPlaces);
  private ids = new Float64Array(firstPlaces);
  /** 1 where the phone has no row yet. */
  private fresh = new Uint8Array(firstPlaces);
  private counts = new Uint32Array(firstPlaces);
  private firsts = new Float64Array(firstPlaces);
  private lasts = new Float64Array(firstPlaces);
  size = 0;
  private numeric = 0;

  /** Place of a number by its `digitsKey`, or -1. */
  find(key: number): number {
    const mask = this.places.length - 1;
    for (let at = spread(key) & mask; ; at = (at + 1) & mask) {
      const place = this.places[at] ?? 0;
      if (place === 0) return -1;
      if (this.numbers[place - 1] === key) return place - 1;
    }
  }

  /** Place of a number that is no plain E.164 (a short code), or -1. */
  findOdd(number: string): number {
    return this.odd.get(number) ?? -1;
  }

  /** Place of a number, however it is written, or -1. */
  findNumber(number: string): number {
    const key = digitsKey(number);
    return key < 0 ? this.findOdd(number) : this.find(key);
  }

  /** Adds a number that is not there. `fresh` says that it has no row yet. */
  add(key: number, id: number, fresh: boolean): number {
    if (this.numeric * 2 >= this.places.length) this.grow();
    this.numeric += 1;
    const place = this.newPlace(key, id, fresh);
    this.put(key, place + 1);
    return place;
  }

  addOdd(number: string, id: number, fresh: boolean): number {
    const place = this.newPlace(-1 - this.oddNumbers.length, id, fresh);
    this.oddNumbers.push(number);
    this.odd.set(number, place);
    return place;
  }

  /** Number of the phone at a place. */
  numberAt(place: number): string {
    const number = this.numbers[place] ?? 0;
    return number < 0 ? (this.oddNumbers[-1 - number] ?? '') : `+${number}`;
  }

  /** Row id of the phone at a place. */
  idAt(place: number): number {
    return this.ids[place] ?? 0;
  }

  /** Counts an event of the phone at a place, at a time in seconds. */
  count(place: number, at: number): void {
    const seen = this.counts[place] ?? 0;
    this.counts[place] = seen + 1;
    if (seen === 0) {
      this.firsts[place] = at;
      this.lasts[place] = at;
      return;
    }
    if (at < (this.firsts[place] ?? at)) this.firsts[place] = at;
    if (at > (this.lasts[place] ?? at)) this.lasts[place] = at;
  }

  /** Every phone, in the order of first sight: place, how many, first and last time in seconds. */
  forEachSeen(visit: (place: number, count: number, first: number, last: number) => void): void {
    for (let place = 0; place < this.size; place += 1)
      visit(place, this.counts[place] ?? 0, this.firsts[place] ?? 0, this.lasts[place] ?? 0);
  }

  /** Every phone without a row, nearly in the order of the numbers' text: index pages are then filled one by one. */
  forEachFresh(visit: (place: number) => void): void {
    const { numbers } = this;
    const places = Uint32Array.from({ length: this.size }, (_, place) => place)
      .filter((place) => this.fresh[place] === 1)
      .sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0));
    for (const place of places) visit(place);
  }

  clear(): void {
    this.places = new Int32Array(firstSize);
    this.odd.clear();
    this.oddNumbers.length = 0;
    this.numbers = new Float64Array(firstPlaces);
    this.fresh = new Uint8Array(firstPlaces);
    this.ids = new Float64Array(firstPlaces);
    this.counts = new Uint32Array(firstPlaces);
    this.firsts = new Float64Array(firstPlaces);
    this.lasts = new Float64Array(firstPlaces);
    this.size = 0;
    this.numeric = 0;
  }

  private newPlace(number: number, id: number, fresh: boolean): number {
    const place = this.size;
    if (place === this.ids.length) {
      this.numbers = longer(this.numbers, Float64Array);
      this.fresh = longer(this.fresh, Uint8Array);
      this.ids = longer(this.ids, Float64Array);
      this.counts = longer(this.counts, Uint32Array);
      this.firsts = longer(this.firsts, Float64Array);
      this.lasts = longer(this.lasts, Float64Array);
    }
    this.numbers[place] = number;
    this.fresh[place] = fresh ? 1 : 0;
    this.ids[place] = id;
    this.size += 1;
    return place;
  }

  private put(key: number, stored: number): void {
    const mask = this.places.length - 1;
    let at = spread(key) & mask;
    while (this.places[at] !== 0) at = (at + 1) & mask;
    this.places[at] = stored;
  }

  private grow(): void {
    const { places } = this;
    this.places = new Int32Array(places.length * 2);
    for (const stored of places) if (stored !== 0) this.put(this.numbers[stored - 1] ?? 0, stored);
  }
}

function spread(key: number): number {
  const high = Math.floor(key / 4_294_967_296);
  let mixed = Math.imul((key - high * 4_294_967_296) ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  mixed ^= mixed >>> 15;
  return mixed ^ (mixed >>> 7);
}

function longer<Kind extends Float64Array | Uint32Array | Uint8Array>(
  array: Kind,
  kind: new (length: number) => Kind,
): Kind {
  const next = new kind(array.length * 2);
  next.set(array);
  return next;
}

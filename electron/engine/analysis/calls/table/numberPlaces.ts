/**
 * Numbers as places 0, 1, 2 … in the order in which they are first seen, in flat arrays: a million look-ups in a map
 * whose keys are no small integers cost five times as much.
 */
export class NumberPlaces {
  size = 0;
  /** Open addressing: the place of a number, plus one. */
  private slots = new Int32Array(1 << 10);
  private numbers = new Float64Array(1 << 9);

  /** The place of a number, which is given one where it has none. */
  placeOf(number: number): number {
    const mask = this.slots.length - 1;
    let at = spread(number) & mask;
    for (let stored = this.slots[at] ?? 0; stored !== 0; stored = this.slots[at] ?? 0) {
      if (this.numbers[stored - 1] === number) return stored - 1;
      at = (at + 1) & mask;
    }
    if (this.size === this.numbers.length) {
      this.grow();
      return this.placeOf(number);
    }
    this.numbers[this.size] = number;
    this.size += 1;
    this.slots[at] = this.size;
    return this.size - 1;
  }

  /** The number at a place. */
  numberAt(place: number): number {
    return this.numbers[place] ?? 0;
  }

  private grow(): void {
    const numbers = new Float64Array(this.numbers.length * 2);
    numbers.set(this.numbers);
    this.numbers = numbers;
    this.slots = new Int32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    for (let place = 0; place < this.size; place += 1) {
      let at = spread(numbers[place] ?? 0) & mask;
      while (this.slots[at] !== 0) at = (at + 1) & mask;
      this.slots[at] = place + 1;
    }
  }
}

function spread(number: number): number {
  const high = Math.floor(number / 4_294_967_296);
  let mixed = Math.imul((number - high * 4_294_967_296) ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  mixed ^= mixed >>> 15;
  return mixed ^ (mixed >>> 7);
}

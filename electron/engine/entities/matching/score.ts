/** From levels to a probability: the weight of each level in bits, rare values weighing more, and the odds before looking. */
import type { Pairs } from './blocking.ts';
import type { Comparison } from './comparison.ts';
import type { Item } from './items.ts';
import type { Model, Pause } from './learn.ts';

/** How much the frequencies of the workspace count: as if so many more values were known. */
const knownValues = 100;
/** Fewer pairs of people of one home than this teach nothing of homes. */
const fewHomes = 5;
const sharedAtHome = new Set(['forenames', 'surname', 'dob', 'sex', 'premises', 'phones']);
/** A single reason never weighs more than this, however rare what agrees. */
const mostBits = 16;

interface Rarity {
  count: Map<number, number>;
  total: number;
}

export interface Weighed {
  readonly field: string;
  readonly title: string;
  /** Level, from 1. */
  readonly level: number;
  readonly bits: number;
}

export class Scorer {
  readonly comparisons: readonly Comparison[];
  /** Bits of each level, by comparison and level - 1. */
  readonly weights: readonly Float64Array[];
  private readonly sameShare: readonly number[];
  private readonly other: Model['other'];
  /** Share of each level in two people of one home, by comparison; null for what tells them apart. */
  private readonly home: Model['home'];
  private readonly rarity: readonly (Rarity | null)[];
  /** Bits of the odds that two rows picked at random are the same. */
  prior = 0;

  constructor(comparisons: readonly Comparison[], model: Model, items: readonly Item[]) {
    this.comparisons = comparisons;
    this.weights = comparisons.map((comparison, at) => weigh(comparison, model, at));
    this.sameShare = model.same.map((shares) => shares[0] ?? 1);
    this.home = model.home;
    this.other = model.other;
    this.rarity = comparisons.map((comparison) => countValues(comparison, items));
  }

  /** Bits for the pair being the same, beside the prior. */
  bits(a: Item, b: Item): number {
    let sum = 0;
    let home = 0;
    for (let at = 0; at < this.comparisons.length; at++) {
      const comparison = this.comparisons[at] as Comparison;
      const level = comparison.compare(a, b);
      if (level === 0) continue;
      const other = this.otherOf(at, comparison, level, a, b);
      sum += this.bitsOf(at, comparison, level, other);
      home += Math.log2((this.home.levels[at]?.[level - 1] ?? other) / other);
    }
    return sum - this.homeBits(home);
  }

  /** What is taken off because two people of one home may agree in as much. */
  private homeBits = (home: number): number => Math.log2(1 + this.home.share * 2 ** home);

  /** How often two different people agree to this level, in this very value where it is the same one. */
  private otherOf(at: number, comparison: Comparison, level: number, a: Item, b: Item): number {
    const usual = this.other[at]?.[level - 1] ?? 1;
    const rarity = this.rarity[at];
    if (level !== 1 || !rarity) return usual;
    const value = comparison.shared?.(a, b) ?? -1;
    if (value < 0) return usual;
    // The others who have it, among all the others.
    const count = Math.max(1, (rarity.count.get(value) ?? 1) - 1);
    return Math.min(1, (count + knownValues * usual) / (rarity.total - 1 + knownValues));
  }

  private bitsOf(at: number, comparison: Comparison, level: number, other: number): number {
    if (level !== 1) return this.weights[at]?.[level - 1] ?? 0;
    if (comparison.neutral?.includes(1)) return 0;
    const bits = Math.min(mostBits, Math.log2((this.sameShare[at] ?? 1) / other));
    return Math.max(bits, this.weights[at]?.[1] ?? 0, 0);
  }

  /** How well two rows agree in a field; 0 where one of them says nothing. */
  levelOf(field: string, a: Item, b: Item): number {
    return this.comparisons.find((comparison) => comparison.field === field)?.compare(a, b) ?? 0;
  }

  /**
   * Bits for the two being the same rather than two people of one home, from what neither a home nor a name explains:
   * identifiers, street names, columns of the sheets. Null where the workspace holds no homes to speak of.
   */
  beyondHome(a: Item, b: Item): number | null {
    if (this.home.seen < fewHomes) return null;
    let sum = 0;
    this.comparisons.forEach((comparison, at) => {
      if (sharedAtHome.has(comparison.field)) return;
      const level = comparison.compare(a, b);
      if (level === 0) return;
      const other = this.otherOf(at, comparison, level, a, b);
      sum +=
        this.bitsOf(at, comparison, level, other) -
        Math.log2((this.home.levels[at]?.[level - 1] ?? other) / other);
    });
    return sum;
  }

  /** What speaks for and against, one by one, and what a common home takes off. */
  weighed(a: Item, b: Item): { reasons: Weighed[]; home: number } {
    let home = 0;
    const reasons = this.comparisons.flatMap((comparison, at) => {
      const level = comparison.compare(a, b);
      if (level === 0) return [];
      const other = this.otherOf(at, comparison, level, a, b);
      home += Math.log2((this.home.levels[at]?.[level - 1] ?? other) / other);
      const { field, title } = comparison;
      return [{ field, title, level, bits: this.bitsOf(at, comparison, level, other) }];
    });
    return { reasons, home: this.homeBits(home) };
  }

  probability = (bits: number): number => 1 / (1 + 2 ** -(bits + this.prior));
}

function weigh(comparison: Comparison, model: Model, at: number): Float64Array {
  const bits = Float64Array.from(comparison.levels, (_, level) =>
    comparison.neutral?.includes(level + 1)
      ? 0
      : Math.min(mostBits, Math.log2((model.same[at]?.[level] ?? 1) / (model.other[at]?.[level] ?? 1))),
  );
  // Agreeing less never weighs more. The last two levels of a date of birth are of another order.
  const ordered = comparison.field === 'dob' ? 5 : bits.length;
  for (let level = 1; level < ordered; level++)
    bits[level] = Math.min(bits[level] ?? 0, bits[level - 1] ?? 0);
  // What is different is never a reason for.
  const last = ordered - 1;
  if (last > 0) bits[last] = Math.min(bits[last] ?? 0, 0);
  return bits;
}

function countValues(comparison: Comparison, items: readonly Item[]): Rarity | null {
  const { valuesOf } = comparison;
  if (!valuesOf) return null;
  const count = new Map<number, number>();
  let total = 0;
  for (const item of items) {
    const values = valuesOf(item);
    if (values.length > 0) total += 1;
    for (const value of values) count.set(value, (count.get(value) ?? 0) + 1);
  }
  return { count, total: Math.max(total, 2) };
}

/** Pairs that are worth telling, with their bits. */
export interface ScoredPairs {
  /** Places of the items. */
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  readonly bits: Float32Array;
}

/** Pairs below this are forgotten at once. */
const leastBits = -4;

/**
 * Scores candidate pairs and finds the prior that agrees with them: the share of all pairs that are the same is what the
 * scores add up to.
 */
export async function scorePairs(
  scorer: Scorer,
  items: readonly Item[],
  pairs: Pairs,
  candidates: Float64Array,
  pause: Pause,
  progress: (done: number) => void,
): Promise<ScoredPairs> {
  const all = (items.length * (items.length - 1)) / 2;
  const bits = new Float32Array(candidates.length);
  for (let at = 0; at < candidates.length; at++) {
    const key = candidates[at] ?? 0;
    bits[at] = scorer.bits(items[pairs.first(key)] as Item, items[pairs.second(key)] as Item);
    if (at % 4000 === 3999) {
      progress(at + 1);
      await pause();
    }
  }
  let expected = 0.05 * items.length;
  for (let round = 0; round < 12; round++) {
    scorer.prior = Math.log2(expected / Math.max(all - expected, 1));
    let sum = 0;
    for (let at = 0; at < bits.length; at++) sum += scorer.probability(bits[at] ?? 0);
    // A tenth of the start stays, so that a workspace without any pair does not become certain that there are none.
    const next = Math.min(Math.max(sum, 0.005 * items.length, 0.1), all / 2);
    if (Math.abs(next - expected) < 0.001 * expected) break;
    expected = next;
  }
  scorer.prior = Math.log2(expected / Math.max(all - expected, 1));
  const kept: number[] = [];
  for (let at = 0; at < bits.length; at++) if ((bits[at] ?? 0) + scorer.prior >= leastBits) kept.push(at);
  return {
    a: Uint32Array.from(kept, (at) => pairs.first(candidates[at] ?? 0)),
    b: Uint32Array.from(kept, (at) => pairs.second(candidates[at] ?? 0)),
    bits: Float32Array.from(kept, (at) => bits[at] ?? 0),
  };
}

/** From levels to a probability: the weight of each level in bits, rare values weighing more, and the odds before looking. */
import type { Pairs } from './blocking.ts';
import type { Comparison } from './comparison.ts';
import type { Item } from './items.ts';
import type { Model, Pause } from './learn.ts';

/** How much the frequencies of the workspace count: as if so many more values were known. */
const knownValues = 100;
/** Fewer pairs of people of one home than this teach nothing of homes. */
const fewHomes = 5;
const sharedAtHome = new Set([
  'forenames',
  'surname',
  'middle',
  'dob',
  'age',
  'sex',
  'generation',
  'premises',
  'phones',
]);
/** Of what lies beyond a home, less than this does not count. */
const tellingBits = 3;
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

/** How often strangers agree who agree in nothing, in their names, in their date of birth, or in both. */
interface Table {
  /** Share of each level in two different people, by comparison. */
  readonly other: readonly Float64Array[];
  /** Bits of each level, by comparison and level - 1. */
  readonly weights: readonly Float64Array[];
}

export class Scorer {
  readonly comparisons: readonly Comparison[];
  private readonly sameShare: readonly number[];
  private readonly tables: readonly Table[];
  /** Per condition: the places of the comparisons that have to agree. */
  private readonly conditions: readonly (readonly number[])[];
  /** Share of each level in two people of one home, by comparison; null for what tells them apart. */
  private readonly home: Model['home'];
  private readonly rarity: readonly (Rarity | null)[];
  private readonly levels: Uint8Array;
  /** Bits of the odds that two rows picked at random are the same. */
  prior = 0;

  constructor(comparisons: readonly Comparison[], model: Model, items: readonly Item[]) {
    this.comparisons = comparisons;
    this.sameShare = model.same.map((shares) => shares[0] ?? 1);
    this.home = model.home;
    this.rarity = comparisons.map((comparison) => countValues(comparison, items));
    this.levels = new Uint8Array(comparisons.length);
    this.conditions = model.given.map(({ fields }) =>
      fields.map((field) => comparisons.findIndex((comparison) => comparison.field === field)),
    );
    // One table for each set of conditions that hold.
    this.tables = Array.from({ length: 2 ** model.given.length }, (_, holds) =>
      tableOf(
        comparisons,
        model,
        model.given.filter((__, at) => holds & (1 << at)),
      ),
    );
  }

  /** Looks at all of a pair: the levels, and the table that holds for it. */
  private look(a: Item, b: Item): Table {
    const { levels, comparisons } = this;
    for (let at = 0; at < comparisons.length; at++) levels[at] = comparisons[at]?.compare(a, b) ?? 0;
    let holds = 0;
    for (let at = 0; at < this.conditions.length; at++)
      if (this.conditions[at]?.every((place) => (levels[place] ?? 0) > 0 && (levels[place] ?? 0) <= agrees))
        holds |= 1 << at;
    return this.tables[holds] as Table;
  }

  /** Bits for the pair being the same, beside the prior. */
  bits(a: Item, b: Item): number {
    const table = this.look(a, b);
    let sum = 0;
    let home = 0;
    for (let at = 0; at < this.comparisons.length; at++) {
      const level = this.levels[at] ?? 0;
      if (level === 0) continue;
      const other = this.otherOf(table, at, level, a, b);
      sum += this.bitsOf(table, at, level, other);
      home += Math.log2((this.home.levels[at]?.[level - 1] ?? other) / other);
    }
    return sum - this.homeBits(home);
  }

  /** What is taken off because two people of one home may agree in as much. */
  private homeBits = (home: number): number => Math.log2(1 + this.home.share * 2 ** home);

  /** How often two different people agree to this level, in this very value where it is the same one. */
  private otherOf(table: Table, at: number, level: number, a: Item, b: Item): number {
    const usual = table.other[at]?.[level - 1] ?? 1;
    const rarity = this.rarity[at];
    if (level !== 1 || !rarity) return usual;
    const value = this.comparisons[at]?.shared?.(a, b) ?? -1;
    if (value < 0) return usual;
    // The others who have it, among all the others.
    const count = Math.max(1, (rarity.count.get(value) ?? 1) - 1);
    const anybody = this.tables[0]?.other[at]?.[0] ?? usual;
    const rare = Math.min(1, (count + knownValues * anybody) / (rarity.total - 1 + knownValues));
    // Among those of one name or date, a rare value is no rarer than what depends on it.
    return usual > anybody ? Math.max(rare, usual) : rare;
  }

  private bitsOf(table: Table, at: number, level: number, other: number): number {
    const weights = table.weights[at];
    if (level !== 1) return weights?.[level - 1] ?? 0;
    if (this.comparisons[at]?.neutral?.includes(1)) return 0;
    const bits = Math.min(mostBits, Math.log2((this.sameShare[at] ?? 1) / other));
    return Math.max(bits, weights?.[1] ?? 0, 0);
  }

  /** How well two rows agree in a field; 0 where one of them says nothing. */
  levelOf(field: string, a: Item, b: Item): number {
    return this.comparisons.find((comparison) => comparison.field === field)?.compare(a, b) ?? 0;
  }

  /** Bits against the two being the same from one of these fields: the most. */
  against(fields: readonly string[], a: Item, b: Item): number {
    const table = this.look(a, b);
    return this.comparisons.reduce((least, { field }, at) => {
      const level = this.levels[at] ?? 0;
      return level > 1 && fields.includes(field)
        ? Math.min(least, table.weights[at]?.[level - 1] ?? 0)
        : least;
    }, 0);
  }

  /**
   * Bits for the two being the same rather than two people of one home, from what neither a home nor a name explains:
   * identifiers, street names, columns of the sheets. Null where the workspace holds no homes to speak of.
   */
  beyondHome(a: Item, b: Item): number | null {
    if (this.home.seen < fewHomes) return null;
    const table = this.look(a, b);
    let sum = 0;
    this.comparisons.forEach((comparison, at) => {
      const level = this.levels[at] ?? 0;
      if (level === 0 || sharedAtHome.has(comparison.field)) return;
      const other = this.otherOf(table, at, level, a, b);
      const bits =
        this.bitsOf(table, at, level, other) -
        Math.log2((this.home.levels[at]?.[level - 1] ?? other) / other);
      // Small things in common, such as where both were born, are no proof however many there are.
      if (bits < 0 || bits >= tellingBits) sum += bits;
    });
    return sum;
  }

  /** What speaks for and against, one by one, and what a common home takes off. */
  weighed(a: Item, b: Item): { reasons: Weighed[]; home: number } {
    const table = this.look(a, b);
    let home = 0;
    const reasons = this.comparisons.flatMap(({ field, title }, at) => {
      const level = this.levels[at] ?? 0;
      if (level === 0) return [];
      const other = this.otherOf(table, at, level, a, b);
      home += Math.log2((this.home.levels[at]?.[level - 1] ?? other) / other);
      return [{ field, title, level, bits: this.bitsOf(table, at, level, other) }];
    });
    return { reasons, home: this.homeBits(home) };
  }

  probability = (bits: number): number => 1 / (1 + 2 ** -(bits + this.prior));
}

/** Up to this level a name or a date of birth agrees. */
const agrees = 2;

function tableOf(
  comparisons: readonly Comparison[],
  model: Model,
  given: readonly Model['given'][number][],
): Table {
  // Where two conditions hold, strangers agree as often as under the one under which they agree more.
  const other = comparisons.map((_, at) =>
    (model.other[at] ?? new Float64Array()).map((usual, level) => {
      const shares = given.flatMap(({ levels }) => levels[at]?.[level] ?? []);
      const isLast = level === (comparisons[at]?.levels.length ?? 0) - 1;
      return isLast ? Math.min(usual, ...shares) : Math.max(usual, ...shares);
    }),
  );
  return {
    other,
    weights: comparisons.map((comparison, at) =>
      weigh(comparison, model.same[at] ?? new Float64Array(), other[at] ?? new Float64Array()),
    ),
  };
}

function weigh(comparison: Comparison, same: Float64Array, other: Float64Array): Float64Array {
  const bits = Float64Array.from(comparison.levels, (_, level) =>
    comparison.neutral?.includes(level + 1)
      ? 0
      : Math.min(mostBits, Math.log2((same[level] ?? 1) / (other[level] ?? 1))),
  );
  // Agreeing less never weighs more.
  for (let level = 1; level < bits.length; level++)
    bits[level] = Math.min(bits[level] ?? 0, bits[level - 1] ?? 0);
  // What is different is never a reason for.
  const last = bits.length - 1;
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

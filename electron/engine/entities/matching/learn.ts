/**
 * The probabilistic model of Fellegi and Sunter (1969), learned without labels: how often a level is seen in two records
 * of different people is counted over random pairs, how often in two records of the same person is found by
 * expectation-maximisation over pairs that share one thing, leaving out what they were chosen by (as Splink does it).
 * What is known beforehand counts as so many pairs, so that a workspace of ten people does not learn nonsense.
 *
 * It learns from records, not from rows: rows of the same name and date of birth have been joined already, and without
 * them a date of birth that agrees would look like a sign of two people.
 */
import { setImmediate } from 'node:timers/promises';
import type { BlockRule } from './blocking.ts';
import { addBlock, Pairs } from './blocking.ts';
import type { Comparison } from './comparison.ts';
import type { Item } from './items.ts';

/** Per comparison: the share of each level, by level - 1. */
export interface Model {
  readonly same: readonly Float64Array[];
  readonly other: readonly Float64Array[];
  /**
   * Two people of one home: they share surname, address and phone and are not the same. Without them a model takes
   * families for one person. How often such a pair is met among all pairs, and the share of each level.
   */
  readonly given: readonly Given[];
  readonly home: { readonly share: number; readonly levels: readonly Float64Array[]; readonly seen: number };
}

/** How often two different people agree who agree in these fields: null for what does not depend on them. */
export interface Given {
  readonly fields: readonly string[];
  readonly levels: readonly (Float64Array | null)[];
}

/** A way of choosing pairs, and the fields that it chooses by: those learn nothing from it. */
export interface Training {
  readonly rule: BlockRule;
  readonly fields: readonly string[];
}

const randomPairs = 100_000;
const trainingPairs = 30_000;
const knownOther = 300;
const knownSame = 12;
const rounds = 25;

/** The same numbers for the same workspace: nothing in the answer hangs on luck. */
export function steadyRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Lets others in, and throws when the work was cancelled. */
export type Pause = () => Promise<void>;

export const pauseWith =
  (signal: AbortSignal | undefined): Pause =>
  async () => {
    signal?.throwIfAborted();
    await setImmediate();
    signal?.throwIfAborted();
  };

async function countOther(
  records: readonly Item[],
  comparisons: readonly Comparison[],
  pause: Pause,
): Promise<Float64Array[]> {
  const counts = comparisons.map((comparison) =>
    Float64Array.from(comparison.other, (share) => share * knownOther),
  );
  const n = records.length;
  const all = (n * (n - 1)) / 2;
  const look = (i: number, j: number) => {
    const a = records[i];
    const b = records[j];
    if (!a || !b || a.id === b.id) return;
    comparisons.forEach((comparison, at) => {
      const level = comparison.compare(a, b);
      const row = counts[at];
      if (level > 0 && row) row[level - 1] = (row[level - 1] ?? 0) + 1;
    });
  };
  if (all <= randomPairs) {
    for (let i = 1; i < n; i++) {
      for (let j = 0; j < i; j++) look(i, j);
      if (i % 50 === 0) await pause();
    }
  } else {
    const random = steadyRandom(20_261_130);
    for (let drawn = 0; drawn < randomPairs; drawn++) {
      const i = Math.floor(random() * n);
      const j = Math.floor(random() * n);
      if (i !== j) look(i, j);
      if (drawn % 5000 === 0) await pause();
    }
  }
  return counts.map(shares);
}

function shares(counts: Float64Array): Float64Array {
  let sum = 0;
  for (const count of counts) sum += count;
  return counts.map((count) => Math.max(count / sum, 1e-6));
}

/** Learns the shares. `records`: one item per record; `training`: how pairs are chosen to learn from. */
export async function learn(
  records: readonly Item[],
  comparisons: readonly Comparison[],
  training: readonly Training[],
  pause: Pause,
): Promise<Model> {
  const other = await countOther(records, comparisons, pause);
  const totals = comparisons.map((comparison) =>
    Float64Array.from(comparison.same, (share) => share * knownSame),
  );
  const start = comparisons.map((comparison) => Float64Array.from(comparison.same));
  const given: Given[] = [];
  for (const { rule, fields } of training) {
    await pause();
    const pairs = new Pairs(records.length);
    addBlock(records, rule, pairs, 30);
    const chosen = sample(pairs.all());
    if (chosen.length < 10) continue;
    const used = comparisons.flatMap((comparison, at) => (fields.includes(comparison.field) ? [] : [at]));
    const levels = new Uint8Array(chosen.length * used.length);
    for (let at = 0; at < chosen.length; at++) {
      const a = records[pairs.first(chosen[at] ?? 0)];
      const b = records[pairs.second(chosen[at] ?? 0)];
      if (!a || !b) continue;
      for (let c = 0; c < used.length; c++)
        levels[at * used.length + c] = comparisons[used[c] ?? 0]?.compare(a, b) ?? 0;
      if (at % 2000 === 0) await pause();
    }
    const { counts, strangers } = await maximise(levels, used, comparisons, start, other, pause);
    given.push({
      fields,
      levels: comparisons.map((comparison, at) =>
        comparison.dependent ? (strangers[used.indexOf(at)] ?? null) : null,
      ),
    });
    used.forEach((at, c) => {
      const into = totals[at];
      const from = counts[c];
      if (into && from)
        for (let level = 0; level < into.length; level++)
          into[level] = (into[level] ?? 0) + (from[level] ?? 0);
    });
  }
  const same = totals.map(shares);
  return { same, other, given, home: await learnHome(records, comparisons, same, other, pause) };
}

/** Fields by which one person of a home is told from another: of two of them they are no likelier to agree. */
const ownFields: ReadonlySet<string> = new Set([
  'forenames',
  'middle',
  'dob',
  'age',
  'sex',
  'generation',
  'aliases',
  'pncId',
  'croNumber',
  'nino',
  'localRef',
]);
const knownHome = 10;
/** Twins, and children who were given a parent's name: of two people of one home, how many agree all the same. */
const alikeAtHome: Readonly<Record<string, number>> = { dob: 0.015, forenames: 0.03, sex: 0.1 };
/** By these the pairs are chosen: they say nothing of which of the two a pair is. */
const chosenBy: ReadonlySet<string> = new Set(['premises', 'phones']);

/**
 * Records that share an address or a phone are of one person or of two of a home. Which, is told by what one person of a
 * home has for his own; what else two of a home share is found by expectation-maximisation over these pairs.
 */
async function learnHome(
  records: readonly Item[],
  comparisons: readonly Comparison[],
  same: readonly Float64Array[],
  other: readonly Float64Array[],
  pause: Pause,
): Promise<Model['home']> {
  const pairs = new Pairs(records.length);
  addBlock(records, (item) => item.premises, pairs, 30);
  addBlock(records, (item) => item.phones.map((phone) => `p${phone}`), pairs, 8);
  const found = pairs.all();
  const looked = sample(found);
  const width = comparisons.length;
  const levels = new Uint8Array(looked.length * width);
  for (let at = 0; at < looked.length; at++) {
    const a = records[pairs.first(looked[at] ?? 0)];
    const b = records[pairs.second(looked[at] ?? 0)];
    if (at % 2000 === 0) await pause();
    if (!a || !b || a.id === b.id) continue;
    for (let c = 0; c < width; c++) levels[at * width + c] = comparisons[c]?.compare(a, b) ?? 0;
  }
  // A column that hardly anybody shares with a stranger may be a person's own number: at first little is thought of it.
  const known = comparisons.map(({ field }, c) =>
    Float64Array.from(other[c] ?? [], (share, level) => {
      const alike = alikeAtHome[field] ?? 0;
      if (ownFields.has(field)) return share * (1 - alike) + (level === 0 ? alike : 0);
      const shared = field.startsWith('column:') ? 0.02 : 0.5;
      return (1 - shared) * share + shared * (same[c]?.[level] ?? 0);
    }),
  );
  let home: Float64Array[] = known;
  let share = 0.5;
  let met = 0;
  for (let round = 0; round < rounds && looked.length > 0; round++) {
    await pause();
    const counts = known.map((row) => row.map((value) => value * knownHome));
    const odds = Math.log(share / (1 - share));
    const weights = home.map((row, c) =>
      row.map((value, level) => Math.log(value / (same[c]?.[level] ?? 1))),
    );
    met = 0;
    for (let at = 0; at < looked.length; at++) {
      let weight = odds;
      let isPair = false;
      for (let c = 0; c < width; c++) {
        const level = levels[at * width + c] ?? 0;
        if (level === 0) continue;
        isPair = true;
        if (!chosenBy.has(comparisons[c]?.field ?? '')) weight += weights[c]?.[level - 1] ?? 0;
      }
      if (!isPair) continue;
      const probability = 1 / (1 + Math.exp(-weight));
      met += probability;
      for (let c = 0; c < width; c++) {
        const level = levels[at * width + c] ?? 0;
        const row = counts[c];
        if (level > 0 && row) row[level - 1] = (row[level - 1] ?? 0) + probability;
      }
    }
    home = counts.map((row, c) =>
      ownFields.has(comparisons[c]?.field ?? '') ? (known[c] ?? row) : shares(row),
    );
    const next = Math.min(0.99, Math.max(0.001, (met + 0.5) / (looked.length + 1)));
    const settled = Math.abs(next - share) < 1e-5;
    share = next;
    if (settled && round > 5) break;
  }
  const all = Math.max(1, (records.length * (records.length - 1)) / 2);
  const pairsMet = looked.length === 0 ? 0 : (met / looked.length) * found.length;
  return { share: (pairsMet + 0.002 * records.length) / all, levels: home.map(shares), seen: met };
}

function sample(pairs: Float64Array): Float64Array {
  if (pairs.length <= trainingPairs) return pairs;
  const step = pairs.length / trainingPairs;
  return Float64Array.from({ length: trainingPairs }, (_, at) => pairs[Math.floor(at * step)] ?? 0);
}

/** Pairs of strangers as which the usual shares count, beside those that agree in what a choice went by. */
const knownGiven = 40;

/**
 * EM over the pairs of one choice: the expected counts of each level among pairs of the same person, and the shares
 * among those of different people, which are learned for what depends on the choice and stay as they are for the rest.
 */
async function maximise(
  levels: Uint8Array,
  used: readonly number[],
  comparisons: readonly Comparison[],
  start: readonly Float64Array[],
  other: readonly Float64Array[],
  pause: Pause,
): Promise<{ counts: Float64Array[]; strangers: Float64Array[] }> {
  const width = used.length;
  const count = width === 0 ? 0 : levels.length / width;
  let same: Float64Array[] = used.map((at) => Float64Array.from(start[at] ?? []));
  let counts: Float64Array[] = [];
  const usual: Float64Array[] = used.map((at) => Float64Array.from(other[at] ?? []));
  let strangers: Float64Array[] = usual;
  let share = 0.3;
  for (let round = 0; round < rounds; round++) {
    await pause();
    const weights = used.map((at, c) =>
      Float64Array.from({ length: comparisons[at]?.levels.length ?? 0 }, (_, level) =>
        Math.log((same[c]?.[level] ?? 1) / (strangers[c]?.[level] ?? 1)),
      ),
    );
    counts = used.map((at) => new Float64Array(comparisons[at]?.levels.length ?? 0));
    const others = usual.map((row) => row.map((value) => value * knownGiven));
    let sum = 0;
    const odds = Math.log(share / (1 - share));
    for (let at = 0; at < count; at++) {
      let weight = odds;
      for (let c = 0; c < width; c++) {
        const level = levels[at * width + c] ?? 0;
        if (level > 0) weight += weights[c]?.[level - 1] ?? 0;
      }
      const probability = 1 / (1 + Math.exp(-weight));
      sum += probability;
      for (let c = 0; c < width; c++) {
        const level = levels[at * width + c] ?? 0;
        const row = counts[c];
        const apart = others[c];
        if (level === 0 || !row || !apart) continue;
        row[level - 1] = (row[level - 1] ?? 0) + probability;
        apart[level - 1] = (apart[level - 1] ?? 0) + 1 - probability;
      }
    }
    strangers = others.map((row, c) =>
      comparisons[used[c] ?? 0]?.dependent ? shares(row) : (usual[c] ?? row),
    );
    same = counts.map((row, c) => {
      const known = comparisons[used[c] ?? 0]?.same ?? [];
      return shares(row.map((value, level) => value + (known[level] ?? 0) * knownSame));
    });
    const next = Math.min(0.99, Math.max(0.001, (sum + 1) / (count + 4)));
    const settled = Math.abs(next - share) < 1e-5;
    share = next;
    if (settled && round > 5) break;
  }
  return { counts, strangers };
}

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
  readonly home: { readonly share: number; readonly levels: readonly Float64Array[]; readonly seen: number };
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
    const counts = await maximise(levels, used, comparisons, start, other, pause);
    used.forEach((at, c) => {
      const into = totals[at];
      const from = counts[c];
      if (into && from)
        for (let level = 0; level < into.length; level++)
          into[level] = (into[level] ?? 0) + (from[level] ?? 0);
    });
  }
  return { same: totals.map(shares), other, home: await learnHome(records, comparisons, other, pause) };
}

/** Fields by which one person of a home is told from another: of two of them they are no likelier to agree. */
const ownFields: ReadonlySet<string> = new Set([
  'forenames',
  'dob',
  'sex',
  'aliases',
  'pncId',
  'croNumber',
  'nino',
  'localRef',
]);
const knownHome = 10;
/** Twins, and children who were given a parent's name: of two people of one home, how many agree all the same. */
const alikeAtHome: Readonly<Record<string, number>> = { dob: 0.015, forenames: 0.03, sex: 0.1 };

/**
 * People who share an address or a phone, and whose forenames and dates of birth are so different that they are
 * certainly two: what else do they share?
 */
async function learnHome(
  records: readonly Item[],
  comparisons: readonly Comparison[],
  other: readonly Float64Array[],
  pause: Pause,
): Promise<Model['home']> {
  const pairs = new Pairs(records.length);
  addBlock(records, (item) => item.premises, pairs, 30);
  addBlock(records, (item) => item.phones.map((phone) => `p${phone}`), pairs, 8);
  const found = pairs.all();
  const looked = sample(found);
  const forename = comparisons.find((comparison) => comparison.field === 'forenames');
  const dob = comparisons.find((comparison) => comparison.field === 'dob');
  const counts = comparisons.map((comparison, at) =>
    Float64Array.from(other[at] ?? [], (share, level) =>
      ownFields.has(comparison.field)
        ? share * (1 - (alikeAtHome[comparison.field] ?? 0)) +
          (level === 0 ? (alikeAtHome[comparison.field] ?? 0) : 0)
        : knownHome * (0.5 * share + 0.5 * (comparison.same[level] ?? 0)),
    ),
  );
  let certain = 0;
  for (let at = 0; at < looked.length; at++) {
    const a = records[pairs.first(looked[at] ?? 0)];
    const b = records[pairs.second(looked[at] ?? 0)];
    if (at % 2000 === 0) await pause();
    if (!a || !b || a.id === b.id) continue;
    if (forename?.compare(a, b) !== forename?.levels.length) continue;
    const born = dob?.compare(a, b) ?? 0;
    if (born !== 4 && born !== 5 && born !== 7) continue;
    certain += 1;
    comparisons.forEach((comparison, c) => {
      const level = comparison.compare(a, b);
      const row = counts[c];
      if (level > 0 && row && !ownFields.has(comparison.field)) row[level - 1] = (row[level - 1] ?? 0) + 1;
    });
  }
  const all = Math.max(1, (records.length * (records.length - 1)) / 2);
  // As many again are not so certainly two.
  const met = looked.length === 0 ? 0 : (certain / looked.length) * found.length * 1.2;
  return { share: (met + 0.002 * records.length) / all, levels: counts.map(shares), seen: certain };
}

function sample(pairs: Float64Array): Float64Array {
  if (pairs.length <= trainingPairs) return pairs;
  const step = pairs.length / trainingPairs;
  return Float64Array.from({ length: trainingPairs }, (_, at) => pairs[Math.floor(at * step)] ?? 0);
}

/** EM over the pairs of one choice: the expected counts of each level among pairs of the same person. */
async function maximise(
  levels: Uint8Array,
  used: readonly number[],
  comparisons: readonly Comparison[],
  start: readonly Float64Array[],
  other: readonly Float64Array[],
  pause: Pause,
): Promise<Float64Array[]> {
  const width = used.length;
  const count = width === 0 ? 0 : levels.length / width;
  let same: Float64Array[] = used.map((at) => Float64Array.from(start[at] ?? []));
  let counts: Float64Array[] = [];
  let share = 0.3;
  for (let round = 0; round < rounds; round++) {
    await pause();
    const weights = used.map((at, c) =>
      Float64Array.from({ length: comparisons[at]?.levels.length ?? 0 }, (_, level) =>
        Math.log((same[c]?.[level] ?? 1) / (other[at]?.[level] ?? 1)),
      ),
    );
    counts = used.map((at) => new Float64Array(comparisons[at]?.levels.length ?? 0));
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
        if (level > 0 && row) row[level - 1] = (row[level - 1] ?? 0) + probability;
      }
    }
    same = counts.map((row, c) => {
      const known = comparisons[used[c] ?? 0]?.same ?? [];
      return shares(row.map((value, level) => value + (known[level] ?? 0) * knownSame));
    });
    const next = Math.min(0.99, Math.max(0.001, (sum + 1) / (count + 4)));
    const settled = Math.abs(next - share) < 1e-5;
    share = next;
    if (settled && round > 5) break;
  }
  return counts;
}

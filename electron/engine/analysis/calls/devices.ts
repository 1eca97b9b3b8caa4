/**
 * Handsets and SIM cards: the SIM or number stays and the handset is new (handset change), or the handset stays and
 * the SIM or number is new (SIM change). IMEIs are compared by their first fourteen digits. Pure.
 */

import type { CallTable } from './callTable.ts';
import { rowsAtOnce, type Steps } from './slices.ts';
import type { Found, Study } from './study.ts';
import { Score, shownNumber, shownTime, startOf } from './study.ts';

/** A stretch of time in which a phone was seen in one handset with one SIM. */
export interface DeviceUse {
  /** First fourteen digits; 0 where the rows do not say. */
  imei: number;
  imsi: number;
  first: number;
  last: number;
  rows: number[];
}

/** Fourteen digits as people compare them. */
export const shownHandset = (imei: number): string => String(imei).padStart(14, '0');

/** Handsets in which a phone was seen, by their first fourteen digits. */
export function handsetsOf(table: CallTable, phone: number): Set<number> {
  const handsets = new Set<number>();
  for (const row of table.ownRowsOf(phone)) handsets.add(table.imei[row] ?? 0);
  handsets.delete(0);
  return handsets;
}

/** Handsets and SIM cards of a phone in the order of their first use, with all rows of each. */
export function devicesOf(table: CallTable, phone: number): DeviceUse[] {
  const uses = new Map<string, DeviceUse>();
  for (const row of table.ownRowsOf(phone)) {
    const [imei, imsi] = [table.imei[row] ?? 0, table.imsi[row] ?? 0];
    if (imei === 0 && imsi === 0) continue;
    const at = startOf(table, row);
    const key = `${imei} ${imsi}`;
    const use = uses.get(key);
    if (use) {
      use.last = at;
      use.rows.push(row);
    } else uses.set(key, { imei, imsi, first: at, last: at, rows: [row] });
  }
  return [...uses.values()];
}

interface Use {
  value: number;
  first: number;
  last: number;
  rows: number[];
}

function usesBy(table: CallTable, rows: Iterable<number>, readValue: (row: number) => number): Use[] {
  const uses = new Map<number, Use>();
  for (const row of rows) {
    const value = readValue(row);
    if (value <= 0) continue;
    const at = startOf(table, row);
    const use = uses.get(value);
    if (use) {
      use.last = at;
      use.rows.push(row);
    } else uses.set(value, { value, first: at, last: at, rows: [row] });
  }
  return [...uses.values()].sort((x, y) => x.first - y.first);
}

/** The rows around a change: the last of what was before, the first of what came. */
const aroundChange = (before: Use, after: Use) => [...before.rows.slice(-10), ...after.rows.slice(0, 10)];

/** Handset changes of one number. */
export function findHandsetChanges({ table, thresholds }: Study, phone: number): Found[] {
  const own = table.ownRowsOf(phone);
  const uses = usesBy(table, own, (row) => table.imei[row] ?? 0).filter(
    (use) => use.rows.length >= thresholds.changeRows,
  );
  return uses.slice(1).flatMap((use, index) => {
    const before = uses[index];
    if (!before) return [];
    const score = new Score(60);
    const sims = [
      ...new Set([...before.rows.slice(-20), ...use.rows.slice(0, 20)].map((row) => table.imsi[row] ?? 0)),
    ].filter((imsi) => imsi > 0);
    score.add(
      0,
      `${shownNumber(table, phone)} was in handset ${shownHandset(before.value)} until ${shownTime(before.last)}, and from ${shownTime(use.first)} in ${shownHandset(use.value)}.`,
    );
    if (sims.length === 1) score.add(20, `The SIM stayed: ${sims[0]}.`);
    else if (sims.length > 1) score.add(5, 'The SIM changed as well.');
    else score.add(10, 'The number stayed. The data does not name the SIM.');
    if (Math.min(before.rows.length, use.rows.length) >= 3 * thresholds.changeRows)
      score.add(10, `${before.rows.length} rows with the old handset, ${use.rows.length} with the new.`);
    if (before.last > use.first) score.add(-20, 'Both handsets are used by turns after that.');
    return [
      {
        kind: 'handset-change' as const,
        phones: [phone],
        refs: [],
        from: Math.min(before.last, use.first),
        to: use.first,
        score: score.value,
        reasons: score.reasons,
        against: score.against,
        rule: `at least ${thresholds.changeRows} rows with each handset`,
        rows: aroundChange(before, use),
      },
    ];
  });
}

/** More numbers than this in one handset: a filler that networks give to many, no handset of somebody. */
const mostNumbers = 6;

/** SIM changes: by handset for numbers that change, by number for a SIM that was replaced. */
export function* findSimChanges(study: Study): Steps<Found[]> {
  const { table, thresholds } = study;
  const found: Found[] = [];
  for (const [imei, rows] of yield* rowsByHandset(table)) {
    yield;
    const owners = usesBy(table, rows, (row) => (table.owner[row] ?? -1) + 1);
    if (owners.length > mostNumbers) continue;
    const uses = owners.filter((use) => use.rows.length >= thresholds.changeRows);
    uses.slice(1).forEach((use, index) => {
      const before = uses[index];
      if (before) found.push(simChange(study, imei, before, use));
    });
  }
  for (let phone = 0; phone < table.phones.length; phone += 1) {
    const own = table.ownRowsOf(phone);
    if (phone % 64 === 0) yield;
    if (own.length < 2 * thresholds.changeRows) continue;
    const uses = usesBy(table, own, (row) => table.imsi[row] ?? 0).filter(
      (use) => use.rows.length >= thresholds.changeRows,
    );
    uses.slice(1).forEach((use, index) => {
      const before = uses[index];
      if (!before) return;
      const handsets = new Set(
        [...before.rows.slice(-20), ...use.rows.slice(0, 20)].map((row) => table.imei[row] ?? 0),
      );
      handsets.delete(0);
      // With the handset new too, it is told there.
      if (handsets.size > 1) return;
      const score = new Score(65);
      score.add(
        0,
        `${shownNumber(table, phone)} was on SIM ${before.value} until ${shownTime(before.last)}, and from ${shownTime(use.first)} on ${use.value}.`,
      );
      if (handsets.size === 1) score.add(15, `The handset stayed: ${shownHandset([...handsets][0] ?? 0)}.`);
      if (before.last > use.first) score.add(-15, 'Both SIM cards are used by turns after that.');
      found.push(toFound(study, [phone], before, use, score));
    });
  }
  return found;
}

function simChange(study: Study, imei: number, before: Use, use: Use): Found {
  const { table } = study;
  const [old, next] = [before.value - 1, use.value - 1];
  const score = new Score(65);
  score.add(
    0,
    `Handset ${shownHandset(imei)} was used with ${shownNumber(table, old)} until ${shownTime(before.last)}, and from ${shownTime(use.first)} with ${shownNumber(table, next)}.`,
  );
  if (before.last <= use.first) score.add(15, 'The old number is not seen in the handset again.');
  else score.add(-10, 'Both numbers are used in it by turns: it may take two SIM cards.');
  return toFound(study, [next, old], before, use, score);
}

function toFound({ thresholds }: Study, phones: number[], before: Use, use: Use, score: Score): Found {
  return {
    kind: 'sim-change',
    phones,
    refs: [],
    from: Math.min(before.last, use.first),
    to: use.first,
    score: score.value,
    reasons: score.reasons,
    against: score.against,
    rule: `at least ${thresholds.changeRows} rows with each SIM`,
    rows: aroundChange(before, use),
  };
}

/** Rows about any phone, of each handset in which there was more than one phone, in order of time. */
function* rowsByHandset(table: CallTable): Steps<Map<number, number[]>> {
  const ownerOf = new Map<number, number>();
  const shared = new Set<number>();
  let looked = 0;
  for (let phone = 0; phone < table.phones.length; phone += 1)
    for (const row of table.ownRowsOf(phone)) {
      looked += 1;
      if (looked % rowsAtOnce === 0) yield;
      const imei = table.imei[row] ?? 0;
      if (imei === 0) continue;
      const owner = ownerOf.get(imei);
      if (owner === undefined) ownerOf.set(imei, phone);
      else if (owner !== phone) shared.add(imei);
    }
  const found = new Map<number, number[]>([...shared].map((imei) => [imei, []]));
  for (let phone = 0; phone < table.phones.length; phone += 1)
    for (const row of table.ownRowsOf(phone)) {
      looked += 1;
      if (looked % rowsAtOnce === 0) yield;
      found.get(table.imei[row] ?? 0)?.push(row);
    }
  for (const rows of found.values()) {
    yield;
    rows.sort((x, y) => startOf(table, x) - startOf(table, y));
  }
  return found;
}

/** Contacts that two phones share beyond chance: a customer base that two lines have in common. Pure. */
import { callThresholds } from '../../../../shared/reference/callThresholds.ts';
import type { CallTable } from './callTable.ts';
import { kindCode } from './callTable.ts';
import type { ContactSets } from './contacts.ts';
import { chanceShared, isBeyondChance, sharedContacts } from './contacts.ts';
import { lineOfPhone } from './facts.ts';
import { holdersOf, lifeOf, rowsWith } from './rebranded.ts';
import { rowsAtOnce, type Steps } from './slices.ts';
import type { Found, Study } from './study.ts';
import { day, isContact, median, otherOf, percent, Score, startOf } from './study.ts';

const mostKnown = 300;
/** More pairs than this are what any two phones of a town have in common, and more than anybody reads. */
const mostPairs = 20_000;
/** Under a threshold at which any two phones have enough in common, so many are weighed and no more. */
const mostJudged = 2_000_000;

/** Whether most of what a phone does is to take short calls from many: how a deal line is used. */
function looksLikeLine(table: CallTable, sets: ContactSets, phone: number): boolean {
  if (sets.setOf(phone).length < 15) return false;
  let [incoming, calls] = [0, 0];
  const durations: number[] = [];
  for (const row of table.rowsOf(phone)) {
    if (!isContact(table, row) || table.kind[row] === kindCode.text) continue;
    calls += 1;
    if (table.to[row] !== phone) continue;
    incoming += 1;
    if ((table.duration[row] ?? 0) > 0) durations.push(table.duration[row] ?? 0);
  }
  return calls >= 30 && incoming / calls >= 0.6 && (durations.length === 0 || median(durations) <= 120);
}

export interface CommonFound {
  found: Found[];
  /** In words what was not looked at or not kept, because the threshold is so low; null where everything was. */
  cut: string | null;
}

const byScore = (x: Found, y: Found) => y.score - x.score;

/** Pairs of phones that share contacts. Stops after every so many, so that others are answered meanwhile. */
export function* findCommon(
  study: Study,
  sets: ContactSets,
  senders: ReadonlySet<number>,
  businesses: ReadonlySet<number>,
): Steps<CommonFound> {
  const { table, thresholds } = study;
  const holders = yield* holdersOf(table, sets);
  const shared = new Int32Array(table.phones.length);
  const found: Found[] = [];
  let [judged, weaker, unseen] = [0, 0, 0];
  for (let phone = 0; phone < table.phones.length; phone += 1) {
    if (phone % rowsAtOnce === 0) yield;
    if (sets.setOf(phone).length < thresholds.commonNumbers) continue;
    yield;
    const touched: number[] = [];
    for (const contact of sets.setOf(phone)) {
      const others = holders(contact);
      if (others.length > mostKnown) continue;
      for (const other of others) {
        if (other <= phone) continue;
        if (shared[other] === 0) touched.push(other);
        shared[other] = (shared[other] ?? 0) + 1;
      }
    }
    for (const other of touched) {
      const count = shared[other] ?? 0;
      shared[other] = 0;
      if (count < thresholds.commonNumbers) continue;
      if (judged === mostJudged) {
        unseen += 1;
        continue;
      }
      judged += 1;
      yield;
      const pair = judge(study, sets, senders, businesses, { phone, other, count });
      if (pair) found.push(pair);
      if (found.length < 2 * mostPairs) continue;
      weaker += found.length - mostPairs;
      found.sort(byScore).length = mostPairs;
    }
  }
  if (found.length > mostPairs) {
    weaker += found.length - mostPairs;
    found.sort(byScore).length = mostPairs;
  }
  return { found, cut: tellCut(thresholds.commonNumbers, weaker, unseen) };
}

const counted = (count: number) => count.toLocaleString('en-GB');

function tellCut(numbers: number, weaker: number, unseen: number): string | null {
  if (weaker + unseen === 0) return null;
  const parts = [
    ...(weaker > 0
      ? [`the ${counted(mostPairs)} strongest pairs are here, ${counted(weaker)} weaker are not`]
      : []),
    ...(unseen > 0 ? [`${counted(unseen)} pairs more were not weighed`] : []),
  ];
  return `Common numbers: with ${numbers} in common ${parts.join('; ')}. Raise the threshold “${callThresholds.commonNumbers.title}”.`;
}

function judge(
  study: Study,
  sets: ContactSets,
  senders: ReadonlySet<number>,
  businesses: ReadonlySet<number>,
  { phone, other, count }: { phone: number; other: number; count: number },
): Found | null {
  const { table, thresholds, facts } = study;
  const [one, two] = [lifeOf(table, phone), lifeOf(table, other)];
  const together = Math.min(one.last, two.last) - Math.max(one.first, two.first);
  // One after the other: told as contacts carried to a new number.
  if (together < Math.min(2 * day, (table.last - table.first) / 2)) return null;
  const share = count / Math.min(sets.setOf(phone).length, sets.setOf(other).length);
  if (share < 0.2) return null;
  const chance = chanceShared(sets, phone, other);
  if (!isBeyondChance(count, chance)) return null;
  const lift = count / Math.max(0.2, chance);
  const score = new Score(35);
  score.add(
    share >= 0.3 ? 15 : 5,
    `${count} numbers are in contact with both: ${percent(share)} of the contacts of the one that has fewer, ${lift >= 20 ? 'far' : `${lift.toFixed(1)} times`} more than chance would give.`,
  );
  if (count >= 2 * thresholds.commonNumbers) score.add(10, 'That is twice what the threshold asks for.');
  const lines = [phone, other].map((each) => lineOfPhone(facts, table.phones[each]?.id));
  const sending = [phone, other].filter((each) => senders.has(each)).length;
  const alike = [phone, other].filter((each) => looksLikeLine(table, sets, each)).length;
  if (sending > 0)
    score.add(15 + 5 * sending, sending === 2 ? 'Both send bulk texts.' : 'One of them sends bulk texts.');
  else if (alike === 2) score.add(15, 'Both mostly take short calls from many numbers.');
  for (const line of new Set(lines))
    if (line) score.add(10, `${line.ref} ${line.name} has one of the numbers.`);
  const direct = table
    .rowsOf(phone)
    .filter((row) => table.from[row] === other || table.to[row] === other).length;
  if (direct > 0)
    score.add(
      sending === 0 ? -10 : 0,
      `The two are in contact with each other (${direct} times): a family, a household or a firm shares contacts.`,
    );
  if ([phone, other].some((each) => businesses.has(each)))
    score.add(-30, 'One of them looks like a taxi firm, a clinic or a shop: much of a town calls it.');
  return {
    kind: 'common-numbers',
    phones: [phone, other],
    refs: lines.flatMap((line) => (line ? [line.ref] : [])),
    from: Math.max(one.first, two.first),
    to: Math.min(one.last, two.last),
    score: score.value,
    reasons: score.reasons,
    against: score.against,
    rule: `${thresholds.commonNumbers} numbers in common`,
    rows: rowsWith(table, [phone, other], new Set(sharedContacts(sets, phone, other))),
  };
}

/**
 * Numbers that behave like a taxi firm, a clinic or a takeaway: many contacts, each of whom is in touch on few of the
 * days, and no bulk texts that bring them back.
 */
export function* findBusinesses(
  table: CallTable,
  sets: ContactSets,
  senders: ReadonlySet<number>,
): Steps<Set<number>> {
  const found = new Set<number>();
  for (let phone = 0; phone < table.phones.length; phone += 1) {
    const contacts = sets.setOf(phone);
    if (phone % rowsAtOnce === 0) yield;
    if (contacts.length < 40 || senders.has(phone)) continue;
    yield;
    const lastDays = new Map<number, number>();
    const days = new Set<number>();
    let meetings = 0;
    for (const row of table.rowsOf(phone)) {
      const other = otherOf(table, row, phone);
      const on = Math.floor(startOf(table, row) / day);
      days.add(on);
      if (lastDays.get(other) !== on) meetings += 1;
      lastDays.set(other, on);
    }
    if (days.size >= 3 && meetings / contacts.length <= Math.max(1.5, 0.15 * days.size)) found.add(phone);
  }
  return found;
}

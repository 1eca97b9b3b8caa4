/**
 * Bulk "marketing" texts: many different numbers within minutes. Schools, clinics and taxi firms send many texts too;
 * what tells a deal line is that the same recipients get them again and again and that they call back. Pure.
 */
import { phoneKind } from '../../../../shared/domain/phone.ts';
import type { CallTable } from './callTable.ts';
import { lineOfPhone } from './facts.ts';
import type { Found, Study } from './study.ts';
import {
  firstAt,
  isContact,
  isPerson,
  isText,
  median,
  numberOf,
  percent,
  Score,
  shownNumber,
  shownTime,
  startOf,
} from './study.ts';

export interface Broadcast {
  at: number;
  until: number;
  recipients: number[];
  rows: number[];
  /** Most frequent wording, or null where the data has none. */
  wording: string | null;
  /** Share of the texts that have it. */
  alike: number;
  /** Recipients who called or texted back in time, and their rows. */
  answers: { phone: number; row: number }[];
  /** Texts to somebody who had just been in touch: an answer, no offer. */
  prompted: number;
}

const promptSeconds = 30 * 60;

/** Broadcasts of one phone, the earliest first. */
export function broadcastsOf(
  { table, thresholds }: Pick<Study, 'table' | 'thresholds'>,
  phone: number,
): Broadcast[] {
  const texts: number[] = [];
  for (const row of table.rowsOf(phone))
    if (table.from[row] === phone && isText(table, row) && isPerson(table, table.to[row] ?? -1))
      texts.push(row);
  if (texts.length < thresholds.broadcastNumbers) return [];
  const window = thresholds.broadcastMinutes * 60;
  const within = new Map<number, number>();
  let first = 0;
  /** Place in `texts` from which the broadcast that is open began, and where it ends so far. */
  let open: { from: number; to: number } | null = null;
  const spans: { from: number; to: number }[] = [];
  for (let place = 0; place < texts.length; place += 1) {
    const row = texts[place] ?? 0;
    const to = table.to[row] ?? -1;
    within.set(to, (within.get(to) ?? 0) + 1);
    while (startOf(table, row) - startOf(table, texts[first] ?? 0) > window) {
      const gone = table.to[texts[first] ?? 0] ?? -1;
      const left = (within.get(gone) ?? 1) - 1;
      if (left === 0) within.delete(gone);
      else within.set(gone, left);
      first += 1;
    }
    if (within.size < thresholds.broadcastNumbers) continue;
    if (open && first <= open.to) open.to = place;
    else {
      open = { from: first, to: place };
      spans.push(open);
    }
  }
  return spans.map((span) =>
    readBroadcast(table, phone, texts.slice(span.from, span.to + 1), thresholds.answerMinutes * 60),
  );
}

function readBroadcast(table: CallTable, phone: number, rows: number[], answerSeconds: number): Broadcast {
  const sent = new Map<number, number>();
  const wordings = new Map<number, number>();
  let prompted = 0;
  for (const row of rows) {
    const to = table.to[row] ?? -1;
    if (!sent.has(to)) {
      sent.set(to, startOf(table, row));
      const theirs = latestFrom(table, phone, to, startOf(table, row));
      if (startOf(table, row) - theirs <= promptSeconds) prompted += 1;
    }
    const wording = table.wording[row] ?? -1;
    if (wording >= 0) wordings.set(wording, (wordings.get(wording) ?? 0) + 1);
  }
  const [most] = [...wordings].sort((x, y) => y[1] - x[1]);
  const at = startOf(table, rows[0] ?? 0);
  const until = startOf(table, rows.at(-1) ?? 0);
  return {
    at,
    until,
    recipients: [...sent.keys()],
    rows,
    wording: most === undefined ? null : (table.wordings[most[0]] ?? null),
    alike: most === undefined ? 0 : most[1] / rows.length,
    answers: answersTo(table, phone, sent, at, until + answerSeconds, answerSeconds),
    prompted,
  };
}

/** When `from` last called or texted `phone` before a time. Looks back as far as a prompt counts. */
function latestFrom(table: CallTable, phone: number, from: number, before: number): number {
  const rows = table.rowsOf(phone);
  for (let place = firstAt(table, rows, before) - 1; place >= 0; place -= 1) {
    const row = rows[place] ?? 0;
    if (before - startOf(table, row) > promptSeconds) break;
    if (table.from[row] === from) return startOf(table, row);
  }
  return Number.NEGATIVE_INFINITY;
}

function answersTo(
  table: CallTable,
  phone: number,
  sent: ReadonlyMap<number, number>,
  from: number,
  until: number,
  answerSeconds: number,
): Broadcast['answers'] {
  const rows = table.rowsOf(phone);
  const answered = new Map<number, number>();
  for (let place = firstAt(table, rows, from); place < rows.length; place += 1) {
    const row = rows[place] ?? 0;
    const at = startOf(table, row);
    if (at > until) break;
    const from = table.from[row] ?? -1;
    const text = sent.get(from);
    if (table.to[row] !== phone || text === undefined || at < text || at - text > answerSeconds) continue;
    if (isContact(table, row) && !answered.has(from)) answered.set(from, row);
  }
  return [...answered].map(([from, row]) => ({ phone: from, row }));
}

export interface Sender {
  phone: number;
  broadcasts: Broadcast[];
  /** Times as often as by chance do recipients get in touch after a broadcast; NaN where nobody ever does. */
  lift: number;
  answered: number;
  /** Share of recipients who had the broadcast before too. */
  repeated: number;
  finding: Found;
}

/** Every phone that sends broadcasts, with its finding whatever the score. */
export function findSender(study: Study, phone: number): Sender | null {
  const { table, thresholds, facts } = study;
  const broadcasts = broadcastsOf(study, phone);
  if (broadcasts.length === 0) return null;
  const recipients = new Set(broadcasts.flatMap((broadcast) => broadcast.recipients));
  const sent = broadcasts.reduce((sum, each) => sum + each.recipients.length, 0);
  const answers = broadcasts.reduce((sum, each) => sum + each.answers.length, 0);
  const prompted = broadcasts.reduce((sum, each) => sum + each.prompted, 0) / sent;
  const { lift, inbound } = liftOf(table, phone, broadcasts, recipients, thresholds.answerMinutes * 60);
  const repeated = repeatedShare(broadcasts);
  const answered = answers / sent;
  const score = new Score(50);
  const last = broadcasts.at(-1);
  const most = Math.max(...broadcasts.map((each) => each.recipients.length));
  score.add(
    0,
    `${broadcasts.length === 1 ? 'One bulk text' : `${broadcasts.length} bulk texts`}, the largest to ${most} numbers; first ${shownTime(broadcasts[0]?.at ?? 0)}, last ${shownTime(last?.at ?? 0)}.`,
  );
  if (broadcasts.length >= 3 && repeated >= 0.45)
    score.add(15, `${percent(repeated)} of the recipients had one of the last ${recent} texts too.`);
  if (answered >= 0.08 && lift >= 2)
    score.add(
      20,
      `${percent(answered)} of the recipients got in touch within ${thresholds.answerMinutes} minutes, ${lift.toFixed(1)} times as often as at other times.`,
    );
  const alike = broadcasts.filter((each) => each.alike >= 0.6 && each.wording !== null);
  if (alike.length > 0) score.add(10, 'The texts have the same wording.');
  const line = lineOfPhone(facts, table.phones[phone]?.id);
  if (line) score.add(15, `It is a number of ${line.ref} ${line.name}.`);
  if (prompted >= 0.4)
    score.add(
      -35,
      `${percent(prompted)} of the texts follow a call or text from the recipient: they may be answers, as a taxi firm or a clinic sends them.`,
    );
  if (!/^uk-mobile|^international/.test(phoneKind(numberOf(table, phone))))
    score.add(-20, 'The number is no mobile: it may be a school, a clinic or a business.');
  if (broadcasts.length >= 3 && repeated < 0.35)
    score.add(-30, 'Hardly anybody gets a second text: reminders or deliveries look like that.');
  if (inbound >= 10 && (answered < 0.03 || lift < 1.3))
    score.add(
      -35,
      'Recipients do not get in touch after the texts more than at other times: a school or a club looks like that.',
    );
  return {
    phone,
    broadcasts,
    lift,
    answered,
    repeated,
    finding: {
      kind: 'broadcast',
      phones: [phone],
      refs: line ? [line.ref] : [],
      from: broadcasts[0]?.at ?? 0,
      to: last?.until ?? 0,
      score: score.value,
      reasons: score.reasons,
      against: score.against,
      rule: `${thresholds.broadcastNumbers} numbers within ${thresholds.broadcastMinutes} minutes`,
      rows: broadcasts.flatMap((each) => each.rows),
    },
  };
}

/** How many broadcasts back a recipient counts as one who gets them again. */
const recent = 4;

/** Share of the recipients who were among those of one of the last broadcasts; of half of the broadcasts at least so much. */
function repeatedShare(broadcasts: readonly Broadcast[]): number {
  const shares = broadcasts.slice(1).map(({ recipients }, place) => {
    const before = new Set(
      broadcasts.slice(Math.max(0, place + 1 - recent), place + 1).flatMap((each) => each.recipients),
    );
    return recipients.filter((phone) => before.has(phone)).length / recipients.length;
  });
  return shares.length === 0 ? 0 : median(shares);
}

/** How much more often recipients call in the windows after broadcasts than outside them. */
function liftOf(
  table: CallTable,
  phone: number,
  broadcasts: readonly Broadcast[],
  recipients: ReadonlySet<number>,
  window: number,
): { lift: number; inbound: number } {
  const rows = table.rowsOf(phone);
  const [first, last] = [startOf(table, rows[0] ?? 0), startOf(table, rows.at(-1) ?? 0)];
  let [inside, outside, place, covered, coveredTo] = [0, 0, 0, 0, Number.NEGATIVE_INFINITY];
  for (const { at, until } of broadcasts) {
    const [from, to] = [Math.max(at, coveredTo), until + window];
    covered += Math.max(0, Math.min(to, last) - from);
    coveredTo = Math.max(coveredTo, to);
  }
  for (const row of rows) {
    if (table.to[row] !== phone || !recipients.has(table.from[row] ?? -1) || !isContact(table, row)) continue;
    const at = startOf(table, row);
    while (place < broadcasts.length - 1 && (broadcasts[place + 1]?.at ?? Number.POSITIVE_INFINITY) <= at)
      place += 1;
    const broadcast = broadcasts[place];
    if (broadcast && at >= broadcast.at && at <= broadcast.until + window) inside += 1;
    else outside += 1;
  }
  const rest = Math.max(window, last - first - covered);
  const usual = (outside + 0.5) / rest;
  return { lift: inside / Math.max(window, covered) / usual, inbound: inside + outside };
}

/** The customers of a sender: who answers its broadcasts. Null where they are too few or come as often at other times. */
export function findCustomers(study: Study, sender: Sender): Found | null {
  const { table, thresholds } = study;
  const times = new Map<number, number>();
  const rows: number[] = [];
  for (const { answers } of sender.broadcasts)
    for (const answer of answers) {
      times.set(answer.phone, (times.get(answer.phone) ?? 0) + 1);
      rows.push(answer.row);
    }
  if (times.size < thresholds.customersLeast || sender.lift < 1.5) return null;
  const ranked = [...times].sort((x, y) => y[1] - x[1] || x[0] - y[0]);
  const again = ranked.filter(([, count]) => count > 1).length;
  const score = new Score(sender.finding.score - 10);
  score.add(
    Math.min(15, sender.lift * 2),
    `${times.size} numbers got in touch within ${thresholds.answerMinutes} minutes of a bulk text, ${again} of them after more than one.`,
  );
  const durations = rows
    .filter((row) => (table.duration[row] ?? 0) > 0)
    .map((row) => table.duration[row] ?? 0);
  if (durations.length >= 5 && median(durations) <= 120)
    score.add(5, `Their calls are short: half of them last at most ${median(durations)} seconds.`);
  score.add(
    0,
    `Most often ${ranked
      .slice(0, 3)
      .map(([phone, count]) => `${shownNumber(table, phone)} (${count})`)
      .join(', ')}.`,
  );
  score.against.push(...sender.finding.against);
  return {
    kind: 'customers',
    phones: [sender.phone, ...ranked.map(([phone]) => phone)],
    refs: sender.finding.refs,
    from: sender.finding.from,
    to: sender.finding.to,
    score: score.value,
    reasons: score.reasons,
    against: score.against,
    rule: `${thresholds.customersLeast} numbers within ${thresholds.answerMinutes} minutes of a bulk text`,
    rows,
  };
}

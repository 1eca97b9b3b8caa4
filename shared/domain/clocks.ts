/**
 * The periods that run, one pure function each: from the facts of a record to the last moment inside the
 * period. Moments are ISO 8601 on the clock of the United Kingdom. Periods and their sources are reference
 * data (`shared/reference/powers.ts`); the count is stated with each rule, for the force to rule on.
 */
import { findPower, periods } from '../reference/powers.ts';
import { addDays, isIsoDate } from './calendar.ts';
import { addElapsedHours } from './ukClock.ts';
import { lastDayOf } from './warrants.ts';
import { cashDetentionDeadline, workingDaysAfter } from './workingDays.ts';

export interface Period {
  /** When it began; null where only its end is known. */
  from: string | null;
  /** Last moment inside the period. */
  due: string;
  /** The rule in words, with its source. */
  rule: string;
}

export type PeriodState = 'running' | 'soon' | 'over' | 'met';

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?/;

/** The end of a day on the clock. */
const endOf = (day: string) => `${day}T23:59:59`;

function dayIn(iso: string | null): string | null {
  const day = iso?.slice(0, 10) ?? '';
  return isIsoDate(day) ? day : null;
}

const uncertain = ' The bank holidays of that year are not in the reference data: check the date.';

/**
 * Where a period stands. `soonHours`: how long before its end it counts as soon, on the clock (design).
 * `metAt`: when what it asks for was done; done too late, the period is over.
 */
export function stateOf(period: Period, now: string, metAt: string | null, soonHours: number): PeriodState {
  if (metAt !== null) return (metAt.length <= 10 ? metAt : metAt.slice(0, 19)) <= period.due ? 'met' : 'over';
  if (now > period.due) return 'over';
  return addElapsedHours(now, soonHours) >= period.due ? 'soon' : 'running';
}

/** The time in which a warrant can be executed; null where its last day is not known. Domain facts 4.1, 4.2. */
export function warrantPeriod(facts: {
  power: string | null;
  issued: string | null;
  expires: string | null;
}): Period | null {
  const last = lastDayOf(facts);
  if (last === null) return null;
  const power = facts.power === null ? undefined : findPower(facts.power);
  return {
    from: dayIn(facts.issued),
    due: endOf(last),
    rule: power
      ? `${power.validityText}; it can be executed on its last day. ${power.source}.`
      : 'Last day as entered; it can be executed on that day.',
  };
}

/**
 * 48 hours of cash detention before a court order, from the seizure; null below the minimum amount or
 * without a time. Saturdays, Sundays, Christmas Day, Good Friday and bank holidays do not count.
 * POCA 2002 s.295; domain facts 4.1.
 */
export function cashPeriod(facts: { cash: number | null; seizedAt: string | null }): Period | null {
  if (facts.cash === null || facts.cash < periods.cashMinimumPounds.value) return null;
  if (facts.seizedAt === null || !moment.test(facts.seizedAt) || dayIn(facts.seizedAt) === null) return null;
  const { deadline, certain } = cashDetentionDeadline(facts.seizedAt);
  return {
    from: facts.seizedAt,
    due: deadline,
    rule: `${periods.cashDetentionHours.value} hours without Saturdays, Sundays, Christmas Day, Good Friday and bank holidays (POCA 2002 s.295).${certain ? '' : uncertain}`,
  };
}

/** The provider's compliance with a DDTRO: the end of the 5th working day after the order. SI 2017/1240 reg 3. */
export function ddtroPeriod(madeOn: string | null): Period | null {
  const day = dayIn(madeOn);
  if (day === null) return null;
  const { deadline, certain } = workingDaysAfter(day, periods.ddtroWorkingDays.value);
  return {
    from: day,
    due: endOf(deadline),
    rule: `The provider complies by the end of the ${periods.ddtroWorkingDays.value}th working day after the order, unless the court agrees otherwise (SI 2017/1240 reg 3).${certain ? '' : uncertain}`,
  };
}

/** The target for a reasonable-grounds decision: 5 working days after the referral. Domain facts 5.5. */
export function reasonableGroundsPeriod(referredOn: string | null): Period | null {
  const day = dayIn(referredOn);
  if (day === null) return null;
  const { deadline, certain } = workingDaysAfter(day, periods.nrmReasonableGroundsWorkingDays.value);
  return {
    from: day,
    due: endOf(deadline),
    rule: `A reasonable-grounds decision is aimed at within ${periods.nrmReasonableGroundsWorkingDays.value} working days of the referral (National Referral Mechanism; unconfirmed).${certain ? '' : uncertain}`,
  };
}

/** The recovery period after positive reasonable grounds: at least 30 days. Domain facts 5.5. */
export function recoveryPeriod(reasonableGroundsOn: string | null): Period | null {
  const day = dayIn(reasonableGroundsOn);
  if (day === null) return null;
  return {
    from: day,
    due: endOf(addDays(day, periods.nrmRecoveryDays.value)),
    rule: `At least ${periods.nrmRecoveryDays.value} days of recovery after positive reasonable grounds (Nationality and Borders Act 2022 s.61; unconfirmed).`,
  };
}

/**
 * How long a closure notice lasts: 24 hours, 48 where a superintendent (or the authority's chief executive)
 * issued it; Christmas Day is disregarded. ASBCPA 2014 s.77; domain facts 4.1.
 */
export function closureNoticePeriod(facts: { servedAt: string | null; by: string | null }): Period | null {
  if (facts.servedAt === null || !moment.test(facts.servedAt) || dayIn(facts.servedAt) === null) return null;
  const hours =
    facts.by === 'superintendent'
      ? periods.closureNoticeSuperintendentHours.value
      : periods.closureNoticeHours.value;
  const year = facts.servedAt.slice(0, 4);
  const christmas = `${year}-12-25`;
  // Served on Christmas Day itself it begins to run with the day after.
  const start = facts.servedAt.startsWith(christmas) ? `${year}-12-26T00:00:00` : facts.servedAt;
  let due = addElapsedHours(start, hours);
  if (start.slice(0, 10) < christmas && due > `${christmas}T00:00:00`) due = addElapsedHours(due, 24);
  return {
    from: facts.servedAt,
    due,
    rule: `${hours} hours from service, Christmas Day disregarded (Anti-social Behaviour, Crime and Policing Act 2014 s.77).`,
  };
}

/**
 * Detention without charge: 24 hours from the relevant time, before any extension. PACE 1984 s.41; not in
 * the domain facts, so marked unconfirmed in the reference data.
 */
export function custodyPeriod(detentionFrom: string | null): Period | null {
  if (detentionFrom === null || !moment.test(detentionFrom) || dayIn(detentionFrom) === null) return null;
  return {
    from: detentionFrom,
    due: addElapsedHours(detentionFrom, periods.custodyHours.value),
    rule: `${periods.custodyHours.value} hours of detention without charge from the relevant time, before any extension (PACE 1984 s.41; unconfirmed).`,
  };
}

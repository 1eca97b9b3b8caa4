import { type AuthorityLevel, findPower, type Period, type Power, periods } from '../reference/powers.ts';
import { addCalendarMonths, addDays, daysBetween, formatDate, isIsoDate } from './calendar.ts';

/** Facts of one warrant as the plan holds them; dates are ISO, null where not known. */
export interface WarrantFacts {
  /** Key of `shared/reference/powers.ts`. */
  power: string | null;
  /** Who issued it, as written. */
  authority: string | null;
  issued: string | null;
  /** Last day on which it can be executed, as the warrant says. */
  expires: string | null;
  /** 'single' or 'multiple'; one entry unless the warrant says otherwise. */
  entries: string | null;
  /** Which entry is planned, 1 for the first. */
  entryNumber: number | null;
  /** Who authorised a later entry, or premises not named, in writing. */
  entryAuthority: string | null;
  executedAt: string | null;
  endorsedAt: string | null;
  returnedAt: string | null;
  status: string | null;
}

export interface WarrantContext {
  /** When the entry is planned, ISO date or date and time; null when not set. */
  strike: string | null;
  /** ISO date. */
  today: string;
}

export interface WarrantFinding {
  rule: string;
  severity: 'blocker' | 'warning' | 'note';
  field: keyof WarrantFacts | 'strike';
  message: string;
  mend: string;
}

/** How the last day is counted. Shown wherever a last day is shown; the count is for the force to rule. */
export const expiryConvention =
  'Last day: the same day of the month as the date of issue, that many months later (the last day of a shorter month). It can be executed on that day.';

const ordinals: Readonly<Record<string, number>> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  initial: 1,
};

/**
 * Which entry a remark speaks of: '2nd entry planned 04/12' → 2, 'entry no. 3' → 3, 're-entry' → 2.
 * null when it names none, or several different ones.
 */
export function readEntryNumber(text: string): number | null {
  const lower = text.toLowerCase().slice(0, 1000);
  const found = new Set<number>();
  for (const match of lower.matchAll(
    /\b(?:(\d{1,2})(?:st|nd|rd|th)|(first|second|third|fourth|fifth|initial))\s+entry\b/g,
  )) {
    found.add(Number(match[1] ?? ordinals[match[2] ?? '']));
  }
  for (const match of lower.matchAll(/\bentry\s*(?:no\.?|number|#)?\s*(\d{1,2})(?![\d/.:-])/g))
    found.add(Number(match[1]));
  if (found.size === 0 && /\bre-?entry\b/.test(lower)) found.add(2);
  found.delete(0);
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

const rankOrder: readonly AuthorityLevel[] = ['constable', 'sergeant', 'inspector', 'superintendent'];

function dayOf(iso: string | null): string | null {
  const day = iso?.slice(0, 10) ?? '';
  return isIsoDate(day) ? day : null;
}

/** Adds a period to a date by the convention above. Hours count as whole days, rounded up. */
function addPeriod(isoDate: string, period: Period): string {
  switch (period.unit) {
    case 'months':
      return addCalendarMonths(isoDate, period.amount);
    case 'years':
      return addCalendarMonths(isoDate, period.amount * 12);
    case 'days':
      return addDays(isoDate, period.amount);
    case 'hours':
      return addDays(isoDate, Math.ceil(period.amount / 24));
  }
}

/**
 * Last day on which a warrant can be executed, from its power and date of issue (ISO). null for a power
 * that is no warrant or has no fixed period, and for a date that is none. See `expiryConvention`.
 */
export function warrantExpiry(powerKey: string, issued: string): string | null {
  const power = findPower(powerKey);
  const day = dayOf(issued);
  if (!power?.isWarrant || power.validity === null || day === null) return null;
  return addPeriod(day, power.validity);
}

/** Office or rank named in a text, or null when it names none that is known. */
export function readAuthority(text: string): AuthorityLevel | null {
  const words = text
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim();
  if (
    /\b(?:jp|justice|justices|magistrate|magistrates|district judge|dj|circuit judge|recorder|bench|judge|legal adviser)\b/.test(
      words,
    )
  ) {
    return 'justice';
  }
  if (/\bcourt\b/.test(words)) return 'court';
  if (/\b(?:superintendent|supt|dsu|csupt|dcs|commander|acc|dcc|chief constable)\b/.test(words))
    return 'superintendent';
  if (/\b(?:inspector|insp|di|dci|ci|pi)\b/.test(words)) return 'inspector';
  if (/\b(?:sergeant|sgt|ps|ds|det sgt)\b/.test(words)) return 'sergeant';
  if (/\b(?:constable|pc|dc|pcso)\b/.test(words)) return 'constable';
  return null;
}

/** True when the office suffices: a higher police rank does, and a court counts as justices. */
export function isAuthoritySufficient(given: AuthorityLevel, needed: AuthorityLevel): boolean {
  const isJudicial = (level: AuthorityLevel) => level === 'justice' || level === 'court';
  if (isJudicial(needed)) return isJudicial(given);
  return isJudicial(given) || rankOrder.indexOf(given) >= rankOrder.indexOf(needed);
}

const authorityWords: Record<AuthorityLevel, string> = {
  constable: 'a constable',
  sergeant: 'a sergeant',
  inspector: 'an inspector or above',
  superintendent: 'a superintendent or above',
  justice: 'a justice of the peace',
  court: 'a court',
};

function checkPower(facts: WarrantFacts, power: Power | undefined): WarrantFinding[] {
  if (facts.power === null) {
    return [
      {
        rule: 'warrant.no-power',
        severity: 'blocker',
        field: 'power',
        message: 'The warrant has no power, so nothing about it can be checked.',
        mend: 'Choose the power that the warrant was issued under.',
      },
    ];
  }
  if (!power) {
    return [
      {
        rule: 'warrant.unknown-power',
        severity: 'warning',
        field: 'power',
        message: 'The power is not in the reference data, so its period and authority cannot be checked.',
        mend: 'Choose a power from the list, or check the warrant by hand.',
      },
    ];
  }
  const findings: WarrantFinding[] = [];
  if (!power.isWarrant) {
    findings.push({
      rule: 'warrant.not-a-warrant',
      severity: 'note',
      field: 'power',
      message: `${power.label} is used without a warrant.`,
      mend: `Check the authority and the record due: ${power.recordDue}`,
    });
  }
  const given = facts.authority === null ? null : readAuthority(facts.authority);
  if (given !== null && !isAuthoritySufficient(given, power.authority)) {
    findings.push({
      rule: 'warrant.authority',
      severity: 'blocker',
      field: 'authority',
      message: `${power.label} needs ${authorityWords[power.authority]}; the authority given is not enough.`,
      mend: 'Correct the authority, or apply to the right one.',
    });
  }
  return findings;
}

function checkDates(
  facts: WarrantFacts,
  power: Power | undefined,
  context: WarrantContext,
): WarrantFinding[] {
  const findings: WarrantFinding[] = [];
  const issued = dayOf(facts.issued);
  const expires = dayOf(facts.expires);
  const strike = dayOf(context.strike);
  const limit = power && issued ? warrantExpiry(power.key, issued) : null;
  if (issued === null) {
    findings.push({
      rule: 'warrant.no-issued',
      severity: 'blocker',
      field: 'issued',
      message: 'The warrant has no date of issue, so its last day is not known.',
      mend: 'Enter the date on which it was issued.',
    });
  } else if (strike !== null && issued > strike) {
    findings.push({
      rule: 'warrant.issued-after-strike',
      severity: 'blocker',
      field: 'issued',
      message: `The warrant is dated ${formatDate(issued)}, after the strike on ${formatDate(strike)}.`,
      mend: 'Correct the date of issue, or plan the entry after it.',
    });
  } else if (issued > context.today) {
    findings.push({
      rule: 'warrant.issued-in-future',
      severity: 'warning',
      field: 'issued',
      message: `The warrant is dated ${formatDate(issued)}, which is still to come.`,
      mend: 'Correct the date, or enter it once the warrant has been issued.',
    });
  }
  const executed = dayOf(facts.executedAt);
  const returned = dayOf(facts.returnedAt);
  if (issued !== null && executed !== null && executed < issued) {
    findings.push({
      rule: 'warrant.executed-before-issued',
      severity: 'blocker',
      field: 'executedAt',
      message: `It was executed on ${formatDate(executed)}, before its date of issue ${formatDate(issued)}.`,
      mend: 'Check the dates; if they are right, take legal advice before using what was found.',
    });
  }
  if (executed !== null && returned !== null && returned < executed) {
    findings.push({
      rule: 'warrant.returned-before-executed',
      severity: 'warning',
      field: 'returnedAt',
      message: 'The date of return is before the date of execution.',
      mend: 'Correct one of the two dates.',
    });
  }
  if (issued !== null && expires !== null && expires < issued) {
    findings.push({
      rule: 'warrant.expires-before-issued',
      severity: 'blocker',
      field: 'expires',
      message: 'The last day is before the date of issue.',
      mend: 'Correct one of the two dates from the warrant itself.',
    });
  }
  if (power && limit !== null && expires !== null && expires > limit) {
    const beyond = strike !== null && strike > limit;
    findings.push({
      rule: 'warrant.too-long',
      severity: beyond ? 'blocker' : 'warning',
      field: 'expires',
      message: `The warrant says ${formatDate(expires)}, but ${power.label} allows until ${formatDate(limit)} (${power.validityText}).`,
      mend: 'Correct the last day or the power; take legal advice if the warrant itself says so.',
    });
  }
  if (issued !== null && expires === null && limit !== null) {
    findings.push({
      rule: 'warrant.no-expiry',
      severity: 'note',
      field: 'expires',
      message: `No last day is entered; by the power it is ${formatDate(limit)}.`,
      mend: 'Enter the last day that stands on the warrant.',
    });
  }
  return findings;
}

/** Last day by the warrant and by its power, whichever is earlier. */
export function lastDayOf(facts: Pick<WarrantFacts, 'power' | 'issued' | 'expires'>): string | null {
  const issued = dayOf(facts.issued);
  const expires = dayOf(facts.expires);
  const limit = facts.power !== null && issued ? warrantExpiry(facts.power, issued) : null;
  if (expires === null) return limit;
  return limit !== null && limit < expires ? limit : expires;
}

function isFinished(facts: WarrantFacts): boolean {
  if (facts.status !== null && /^(?:executed|returned|unexecuted|refused|cancelled)$/.test(facts.status))
    return true;
  return facts.executedAt !== null && facts.entries !== 'multiple' && (facts.entryNumber ?? 1) < 2;
}

function checkLastDay(facts: WarrantFacts, context: WarrantContext): WarrantFinding[] {
  const last = lastDayOf(facts);
  if (last === null) return [];
  const executed = dayOf(facts.executedAt);
  if (executed !== null && executed > last) {
    return [
      {
        rule: 'warrant.executed-after-expiry',
        severity: 'blocker',
        field: 'executedAt',
        message: `It was executed on ${formatDate(executed)}, after its last day ${formatDate(last)}.`,
        mend: 'Check the dates; if they are right, take legal advice before using what was found.',
      },
    ];
  }
  if (isFinished(facts)) return [];
  const strike = dayOf(context.strike);
  const day = strike ?? context.today;
  const when = strike === null ? 'today' : `the strike on ${formatDate(day)}`;
  const left = daysBetween(day, last);
  if (left < 0) {
    return [
      {
        rule: 'warrant.expired',
        severity: 'blocker',
        field: 'expires',
        message: `The last day is ${formatDate(last)}, before ${when}.`,
        mend: 'Apply for a new warrant, or bring the entry forward.',
      },
    ];
  }
  if (left <= periods.warrantAmberDays.value) {
    const red = left <= periods.warrantRedDays.value;
    return [
      {
        rule: red ? 'warrant.expires-within-48-hours' : 'warrant.expires-within-7-days',
        severity: 'warning',
        field: 'expires',
        message: `The last day is ${formatDate(last)}, ${left === 0 ? 'the same day as' : `${left} ${left === 1 ? 'day' : 'days'} after`} ${when}.`,
        mend: 'Leave no room for delay, or apply for a new warrant.',
      },
    ];
  }
  return [];
}

function checkEntries(facts: WarrantFacts, power: Power | undefined): WarrantFinding[] {
  const findings: WarrantFinding[] = [];
  const given = facts.entryAuthority === null ? null : readAuthority(facts.entryAuthority);
  const isEnough = (needed: AuthorityLevel) =>
    facts.entryAuthority !== null && (given === null || isAuthoritySufficient(given, needed));
  if ((facts.entryNumber ?? 1) >= 2) {
    const needed = power?.laterEntryAuthority ?? 'inspector';
    if (facts.entries !== 'multiple') {
      findings.push({
        rule: 'warrant.second-entry',
        severity: 'blocker',
        field: 'entryNumber',
        message: 'A second or later entry is planned on a warrant for one entry.',
        mend: 'Apply for another warrant, or correct the number of entries if the warrant allows several.',
      });
    } else if (!isEnough(needed)) {
      findings.push({
        rule: 'warrant.entry-authority',
        severity: 'blocker',
        field: 'entryAuthority',
        message: `A second or later entry needs the written authority of ${authorityWords[needed]}, each time.`,
        mend: 'Get the authority in writing and enter who gave it.',
      });
    }
  }
  const unspecified = power?.unspecifiedPremisesAuthority ?? null;
  if (unspecified !== null && facts.entryAuthority === null) {
    findings.push({
      rule: 'warrant.unspecified-premises',
      severity: 'warning',
      field: 'entryAuthority',
      message: `Premises that the warrant does not name need the written authority of ${authorityWords[unspecified]}.`,
      mend: 'Enter who authorised these premises, or that the warrant names them.',
    });
  }
  return findings;
}

function checkExecution(facts: WarrantFacts): WarrantFinding[] {
  const wasExecuted = facts.executedAt !== null || facts.status === 'executed' || facts.status === 'returned';
  if (!wasExecuted) return [];
  const findings: WarrantFinding[] = [];
  if (facts.endorsedAt === null) {
    findings.push({
      rule: 'warrant.not-endorsed',
      severity: 'warning',
      field: 'endorsedAt',
      message:
        'It was executed but is not endorsed: what was found, and what else was seized (PACE s.16(9)).',
      mend: 'Endorse it for each premises and enter the date.',
    });
  }
  if (facts.returnedAt === null && facts.status !== 'returned') {
    findings.push({
      rule: 'warrant.not-returned',
      severity: 'warning',
      field: 'returnedAt',
      message: 'It was executed but has not been returned to the court (PACE s.16(10)).',
      mend: 'Return it to the court and enter the date.',
    });
  }
  return findings;
}

/**
 * Everything that is wrong or should be known about a warrant, worst first. Pure and total: facts that
 * are missing are findings, never errors. Source: domain facts 4.1 and 4.2.
 */
export function checkWarrant(facts: WarrantFacts, context: WarrantContext): WarrantFinding[] {
  if (facts.status === 'cancelled' || facts.status === 'refused') return [];
  const power = facts.power === null ? undefined : findPower(facts.power);
  const findings = [...checkPower(facts, power)];
  if (!power || power.isWarrant) {
    findings.push(...checkDates(facts, power, context), ...checkLastDay(facts, context));
    findings.push(...checkEntries(facts, power), ...checkExecution(facts));
  }
  const rank = { blocker: 0, warning: 1, note: 2 };
  return findings.sort((a, b) => rank[a.severity] - rank[b.severity]);
}

/** When material may go, and when a person's record is to be reviewed. Pure; all dates are ISO days. */
import { cpiaRetention, retentionGroups } from '../reference/retention.ts';
import { addCalendarMonths } from './calendar.ts';

export interface CaseDates {
  proceedings: 'undecided' | 'none' | 'open' | 'concluded';
  concludedOn: string | null;
  convictedOn: string | null;
  releasedOn: string | null;
  custody: boolean;
  appeal: 'none' | 'pending' | 'decided';
  appealDecidedOn: string | null;
}

export interface EarliestDay {
  /** First day on which relevant material may go; null where it is not known, or there is none to wait for. */
  earliest: string | null;
  /** Whether it may go on the day asked for. */
  free: boolean;
  why: string;
}

/** CPIA 1996 (domain facts 6.4, unconfirmed): what is missing keeps the material. */
export function earliestRemoval(dates: CaseDates, today: string): EarliestDay {
  const kept = (why: string): EarliestDay => ({ earliest: null, free: false, why });
  if (dates.proceedings === 'undecided')
    return kept('It has not been said whether there are criminal proceedings.');
  if (dates.proceedings === 'none')
    return { earliest: null, free: true, why: 'There are no criminal proceedings and none are expected.' };
  if (dates.proceedings === 'open') return kept('Criminal proceedings are open: nothing relevant may go.');
  if (dates.appeal === 'pending') return kept('An appeal is pending: nothing relevant may go.');
  if (dates.concludedOn === null) return kept('The day on which the proceedings ended is missing.');
  const days = [dates.concludedOn];
  if (dates.appeal === 'decided') {
    if (dates.appealDecidedOn === null) return kept('The day on which the appeal was decided is missing.');
    days.push(dates.appealDecidedOn);
  }
  if (dates.convictedOn !== null) {
    days.push(addCalendarMonths(dates.convictedOn, cpiaRetention.monthsAfterConviction));
    if (dates.custody) {
      if (dates.releasedOn === null) return kept('The day of release from custody is missing.');
      days.push(dates.releasedOn);
    }
  }
  const earliest = newest(days);
  return {
    earliest,
    free: today >= earliest,
    why:
      today >= earliest
        ? 'The proceedings are decided and the period after them has passed.'
        : 'The period after the proceedings has not passed yet.',
  };
}

/**
 * Day of the next review of a person's record: the clear period after the last day on which they came to notice or,
 * where an age decides how long it is kept, the years between reviews after it; later where a review decided so. Null
 * where nothing can be said.
 */
export function reviewDay(facts: {
  group: string | null;
  lastNotice: string | null;
  decidedReview: string | null;
}): string | null {
  const group = retentionGroups.find(({ code }) => code === facts.group);
  if (!group) return null;
  const years = group.clearYears ?? group.reviewYears;
  const known = facts.decidedReview === null ? [] : [facts.decidedReview];
  if (years !== null && facts.lastNotice !== null)
    known.push(addCalendarMonths(facts.lastNotice, years * 12));
  return known.length === 0 ? null : newest(known);
}

/** The last of days. */
const newest = (days: readonly string[]) => days.toSorted().at(-1) ?? '';

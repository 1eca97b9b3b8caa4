import { formatDate, formatDateTime } from '../calendar.ts';
import {
  cashPeriod,
  closureNoticePeriod,
  custodyPeriod,
  ddtroPeriod,
  type Period,
  reasonableGroundsPeriod,
} from '../clocks.ts';
import { lastDayOf } from '../warrants.ts';
import type { ReadinessRule, Row } from './facts.ts';
import { textOf } from './facts.ts';
import { rowOf } from './planIndex.ts';

const orNull = (row: Row, field: string) => textOf(row, field) || null;

/** True where the period has ended and nothing was done, or it was done too late. */
function isMissed(period: Period | null, now: string, metAt: string): period is Period {
  if (period === null) return false;
  return metAt === '' ? now > period.due : metAt.slice(0, 19) > period.due;
}

/** Rules about periods that run and about what happened on the day. */
export const courseRules: readonly ReadinessRule[] = [
  {
    rule: 'seizure.cash-without-hearing',
    severity: 'blocker',
    why: 'Cash is detained for 48 hours only; then a court has to order it.',
    source: 'Proceeds of Crime Act 2002 s.295; domain-facts 4.1',
    check: (plan) =>
      plan.seizures.flatMap((seizure) => {
        const cash = typeof seizure.cash === 'number' ? seizure.cash : null;
        const period = cashPeriod({ cash, seizedAt: orNull(seizure, 'seizedAt') });
        const hearing = textOf(seizure, 'cashHearingOn');
        if (period === null || (hearing !== '' && hearing.slice(0, 19) <= period.due)) return [];
        return [
          {
            refs: [seizure.ref],
            field: 'cashHearingOn',
            message: `Cash was seized and ${hearing === '' ? 'no hearing is entered' : `the hearing on ${formatDate(hearing)} is too late`}: it can be detained until ${formatDateTime(period.due)}.`,
            mend: 'Apply to the magistrates’ court before then and enter the date of the hearing.',
          },
        ];
      }),
  },
  {
    rule: 'premises.closure-notice-over',
    severity: 'blocker',
    why: 'A closure notice ends after its hours; without an order the premises are open again.',
    source: 'Anti-social Behaviour, Crime and Policing Act 2014 s.77; domain-facts 4.1',
    check: (plan) =>
      plan.premises.flatMap((premises) => {
        const period = closureNoticePeriod({
          servedAt: orNull(premises, 'closureNoticeAt'),
          by: orNull(premises, 'closureNoticeBy'),
        });
        if (period === null || plan.now <= period.due || textOf(premises, 'closureOrderUntil') !== '')
          return [];
        return [
          {
            refs: [premises.ref],
            field: 'closureOrderUntil',
            message: `The closure notice ended on ${formatDateTime(period.due)} and no closure order is entered.`,
            mend: 'Enter the closure order, or have another notice issued if it is still necessary.',
          },
        ];
      }),
  },
  {
    rule: 'premises.closure-order-over',
    severity: 'note',
    why: 'After its last day a closure order excludes nobody.',
    source: 'Anti-social Behaviour, Crime and Policing Act 2014 s.80; domain-facts 4.1',
    check: (plan) =>
      plan.premises
        .filter((premises) => {
          const until = textOf(premises, 'closureOrderUntil');
          return until !== '' && until < plan.today;
        })
        .map((premises) => ({
          refs: [premises.ref],
          field: 'closureOrderUntil',
          message: `The closure order ended on ${formatDate(textOf(premises, 'closureOrderUntil'))}.`,
          mend: 'Apply for an extension if it is needed, and look after whoever returns.',
        })),
  },
  {
    rule: 'line.ddtro-overdue',
    severity: 'warning',
    why: 'The provider complies by the end of the fifth working day; a line that still works is not closed.',
    source: 'SI 2017/1240 reg 3; domain-facts 4.1',
    check: (plan) =>
      plan.lines.flatMap((line) => {
        const period = ddtroPeriod(orNull(line, 'ddtroMadeOn'));
        if (!isMissed(period, plan.now, textOf(line, 'confirmedDeadOn'))) return [];
        return [
          {
            refs: [line.ref],
            field: 'confirmedDeadOn',
            message: `The order had to be complied with by ${formatDate(period.due)} and the line is not confirmed dead in time.`,
            mend: 'Ask the provider, test the number, and enter the day on which it was dead.',
          },
        ];
      }),
  },
  {
    rule: 'line.closed-without-charge',
    severity: 'warning',
    why: 'A Type 1 closure is the arrest and charge of a line holder; anything else is Type 2.',
    source: 'Home Office County Lines Programme definitions; domain-facts 5.3',
    check: (plan) =>
      plan.lines
        .filter(
          (line) =>
            textOf(line, 'status') === 'closed-type-1' &&
            textOf(line, 'holderChargedOn') === '' &&
            !plan.arrests.some(
              (arrest) =>
                textOf(arrest, 'chargedAt') !== '' &&
                textOf(line, 'holder') !== '' &&
                textOf(arrest, 'person') === textOf(line, 'holder'),
            ),
        )
        .map((line) => ({
          refs: [line.ref],
          field: 'holderChargedOn',
          message: 'The line counts as closed Type 1 and no charge of a line holder is recorded.',
          mend: 'Enter the charge, or count it as Type 2.',
        })),
  },
  {
    rule: 'safeguarding.grounds-overdue',
    severity: 'note',
    why: 'A decision on reasonable grounds is aimed at within five working days; ask when it is late.',
    source: 'National Referral Mechanism, target (unconfirmed); domain-facts 5.5',
    check: (plan) =>
      plan.safeguarding.flatMap((row) => {
        if (textOf(row, 'notifiedOn') !== '' || textOf(row, 'referral') === 'duty-to-notify') return [];
        const period = reasonableGroundsPeriod(orNull(row, 'referredOn'));
        if (period === null || textOf(row, 'reasonableGroundsOn') !== '' || plan.now <= period.due) return [];
        return [
          {
            refs: [row.ref],
            field: 'reasonableGroundsOn',
            message: `The reasonable-grounds decision was aimed at for ${formatDate(period.due)}.`,
            mend: 'Ask the competent authority, and enter the decision.',
          },
        ];
      }),
  },
  {
    rule: 'arrest.detention-over',
    severity: 'blocker',
    why: 'Detention without charge ends unless it is extended.',
    source: 'Police and Criminal Evidence Act 1984 s.41 (unconfirmed)',
    check: (plan) =>
      plan.arrests.flatMap((arrest) => {
        const period = custodyPeriod(orNull(arrest, 'detentionFrom'));
        const isHeld = ['', 'in-custody'].includes(textOf(arrest, 'disposal'));
        if (!isHeld || !isMissed(period, plan.now, textOf(arrest, 'chargedAt'))) return [];
        return [
          {
            refs: [arrest.ref],
            field: 'disposal',
            message: `Detention without charge was possible until ${formatDateTime(period.due)} and no disposal is entered.`,
            mend: 'Enter the disposal, or the extension in the note, and ask the custody officer.',
          },
        ];
      }),
  },
  {
    rule: 'arrest.charged-before-arrest',
    severity: 'warning',
    why: 'Times that run backwards spoil the custody clock.',
    source: 'Design of this product',
    check: (plan) =>
      plan.arrests
        .filter((arrest) => {
          const [from, charged] = [textOf(arrest, 'arrestedAt'), textOf(arrest, 'chargedAt')];
          return from !== '' && charged !== '' && charged < from;
        })
        .map((arrest) => ({
          refs: [arrest.ref],
          field: 'chargedAt',
          message: 'The charge is dated before the arrest.',
          mend: 'Correct one of the two times.',
        })),
  },
  {
    rule: 'result.entry-outside-warrant',
    severity: 'blocker',
    why: 'An entry before the issue or after the last day of the warrant is not covered by it.',
    source: 'Police and Criminal Evidence Act 1984 s.16; domain-facts 4.2',
    check: (plan) =>
      plan.results.flatMap((result) => {
        const entered = textOf(result, 'enteredAt').slice(0, 10);
        const warrant = rowOf(plan, textOf(result, 'warrant'));
        if (entered === '' || warrant === undefined) return [];
        const issued = textOf(warrant, 'issued');
        const last = lastDayOf({
          power: orNull(warrant, 'power'),
          issued: orNull(warrant, 'issued'),
          expires: orNull(warrant, 'expires'),
        });
        const isOutside = (issued !== '' && entered < issued) || (last !== null && entered > last);
        return isOutside
          ? [
              {
                refs: [result.ref, warrant.ref],
                field: 'enteredAt',
                message: `The entry on ${formatDate(entered)} lies outside the days of the warrant.`,
                mend: 'Check the dates; if they are right, take legal advice before using what was found.',
              },
            ]
          : [];
      }),
  },
  {
    rule: 'result.other-premises',
    severity: 'warning',
    why: 'A result recorded for other premises than its warrant names is entered twice or in the wrong place.',
    source: 'Police and Criminal Evidence Act 1984 s.16(9) (endorsed per premises); domain-facts 4.2',
    check: (plan) =>
      plan.results.flatMap((result) => {
        const warrant = rowOf(plan, textOf(result, 'warrant'));
        const [entered, named] = [textOf(result, 'premises'), textOf(warrant, 'premises')];
        return warrant && entered !== '' && named !== '' && entered !== named
          ? [
              {
                refs: [result.ref, warrant.ref, entered, named],
                field: 'premises',
                message: 'The result is for other premises than those of its warrant.',
                mend: 'Correct the premises or the warrant of the result.',
              },
            ]
          : [];
      }),
  },
];

/** The rules of warrants: what `checkWarrant` finds for each, and the list of them for people. */
import type { WarrantFacts } from '../warrants.ts';
import { checkWarrant } from '../warrants.ts';
import type { PlanFacts, ReadinessFinding, ReadinessRule, Row } from './facts.ts';
import { textOf } from './facts.ts';

/** A rule for the list; its findings come with the one look at each warrant, in `warrantFindings`. */
export type ListedRule = Omit<ReadinessRule, 'check'>;

const pace16 = 'Police and Criminal Evidence Act 1984 s.16; domain-facts 4.2';
const listed = (rule: string, severity: ListedRule['severity'], why: string, source: string): ListedRule => ({
  rule: `warrant.${rule}`,
  severity,
  why,
  source,
});

/** Every rule of `checkWarrant`. */
export const warrantRules: readonly ListedRule[] = [
  listed(
    'no-power',
    'blocker',
    'Without its power nothing about a warrant can be checked.',
    'domain-facts 4.1',
  ),
  listed(
    'unknown-power',
    'warning',
    'A power that is not in the reference data has no known period.',
    'domain-facts 4.1',
  ),
  listed(
    'not-a-warrant',
    'note',
    'Some powers are used without a warrant and leave another record.',
    'domain-facts 4.1',
  ),
  listed(
    'authority',
    'blocker',
    'A warrant from somebody who cannot issue it is none.',
    'domain-facts 4.1 (who authorises)',
  ),
  listed('no-issued', 'blocker', 'Without the date of issue the last day is not known.', pace16),
  listed('issued-after-strike', 'blocker', 'A warrant cannot be used before it is issued.', pace16),
  listed(
    'issued-in-future',
    'warning',
    'A date of issue still to come is a slip or an application.',
    'Design of this product',
  ),
  listed('expires-before-issued', 'blocker', 'One of the two dates is wrong.', 'Design of this product'),
  listed(
    'too-long',
    'warning',
    'The power allows less time than the warrant says; a blocker where the strike lies beyond.',
    'PACE 1984 s.16(3); Misuse of Drugs Act 1971 s.23(3): one month; domain-facts 4.1',
  ),
  listed('no-expiry', 'note', 'The last day that stands on the warrant is not entered.', pace16),
  listed('expired', 'blocker', 'A warrant cannot be executed after its last day.', pace16),
  listed(
    'expires-within-48-hours',
    'warning',
    'A delay of a day or two would leave no warrant.',
    'Design of this product (red at 48 hours)',
  ),
  listed(
    'expires-within-7-days',
    'warning',
    'A postponed strike would leave no warrant.',
    'Design of this product (amber at 7 days)',
  ),
  listed(
    'executed-before-issued',
    'blocker',
    'It was executed before it was issued: a date is wrong, or the entry was unlawful.',
    pace16,
  ),
  listed('executed-after-expiry', 'blocker', 'It was executed after its last day.', pace16),
  listed(
    'second-entry',
    'blocker',
    'A warrant is for one entry unless it says otherwise.',
    'PACE 1984 s.8(1C)–(1D), s.16; domain-facts 4.1',
  ),
  listed(
    'entry-authority',
    'blocker',
    'Each later entry needs an inspector’s written authority.',
    'PACE 1984 s.16(3B); domain-facts 4.1',
  ),
  listed(
    'unspecified-premises',
    'warning',
    'Premises that the warrant does not name need written authority.',
    'PACE 1984 s.16(3A); domain-facts 4.1',
  ),
  listed(
    'not-endorsed',
    'warning',
    'An executed warrant is endorsed with what was found and what else was seized.',
    'PACE 1984 s.16(9); domain-facts 4.2',
  ),
  listed(
    'not-returned',
    'warning',
    'An executed warrant goes back to the court.',
    'PACE 1984 s.16(10); domain-facts 4.2',
  ),
  listed('returned-before-executed', 'warning', 'The dates of execution and return run backwards.', pace16),
];

const orNull = (row: Row, field: string) => textOf(row, field) || null;

/** Findings of a warrant's row with the days they were found for: a row that has not changed is not judged again. */
const judged = new WeakMap<Row, { days: string; findings: ReadinessFinding[] }>();

/** What is wrong with the warrants of the plan. */
export function warrantFindings(plan: PlanFacts): ReadinessFinding[] {
  const days = `${plan.today} ${textOf(plan.operation, 'strike')}`;
  return plan.warrants.flatMap((warrant) => {
    const known = judged.get(warrant);
    if (known?.days === days) return known.findings;
    const facts: WarrantFacts = {
      power: orNull(warrant, 'power'),
      authority: orNull(warrant, 'authority'),
      issued: orNull(warrant, 'issued'),
      expires: orNull(warrant, 'expires'),
      entries: orNull(warrant, 'entries'),
      entryNumber: typeof warrant.entryNumber === 'number' ? warrant.entryNumber : null,
      entryAuthority: orNull(warrant, 'entryAuthority'),
      executedAt: orNull(warrant, 'executedAt'),
      endorsedAt: orNull(warrant, 'endorsedAt'),
      returnedAt: orNull(warrant, 'returnedAt'),
      status: orNull(warrant, 'status'),
    };
    const strike = orNull(warrant, 'strike') ?? orNull(plan.operation, 'strike');
    const findings = checkWarrant(facts, { strike, today: plan.today }).map((finding) => ({
      rule: finding.rule,
      severity: finding.severity,
      refs: [warrant.ref],
      field: finding.field,
      message: `${textOf(warrant, 'number') || warrant.ref}: ${finding.message}`,
      mend: finding.mend,
    }));
    judged.set(warrant, { days, findings });
    return findings;
  });
}

/**
 * The running tally of an operation (domain-facts 8.1). Persons are counted once however many rows name them, places
 * once however often they were visited; figures stay provisional while weights and cash are being checked. Pure.
 */
import { labelOf } from '../reference/codeLists.ts';
import type { Row } from './readiness/facts.ts';
import { saysPresent, textOf } from './readiness/facts.ts';

export interface ResultFacts {
  lines: readonly Row[];
  results: readonly Row[];
  seizures: readonly Row[];
  arrests: readonly Row[];
  outcomes: readonly Row[];
  warrants: readonly Row[];
  safeguarding: readonly Row[];
  premises: readonly Row[];
}

export interface TallyFigure {
  key: string;
  title: string;
  value: number;
  unit: 'count' | 'GBP' | 'grams';
  /** The rows behind the figure. */
  refs: string[];
}

const number = (row: Row, field: string) => (typeof row[field] === 'number' ? (row[field] as number) : 0);
const title = (key: string) => labelOf('resultMetric', key);
const charged = new Set(['charged', 'remanded']);
const referred = new Set(['nrm-referred', 'positive-grounds', 'negative-grounds', 'duty-to-notify']);
const toNrm = new Set(['nrm-referred', 'positive-grounds', 'negative-grounds']);

/** Rows grouped by a field; a row with a blank is a group of its own. */
function byField(rows: readonly Row[], field: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = textOf(row, field) || row.ref;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

/** Counts groups, so that one person or place counts once; the refs are all rows behind it. */
function once(key: string, rows: readonly Row[], field: string, words = title(key)): TallyFigure {
  return {
    key,
    title: words,
    value: byField(rows, field).size,
    unit: 'count',
    refs: rows.map((row) => row.ref),
  };
}

function sum(
  key: string,
  rows: readonly Row[],
  field: string,
  unit: TallyFigure['unit'],
  words = title(key),
): TallyFigure {
  const counted = rows.filter((row) => number(row, field) !== 0);
  const value = counted.reduce((total, row) => total + number(row, field), 0);
  // What is recorded is kept to the last digit that a balance shows; sums of decimals would show their own rounding.
  return {
    key,
    title: words,
    value: Math.round(value * 1e6) / 1e6,
    unit,
    refs: counted.map((row) => row.ref),
  };
}

/** Arrests with a name are persons; a control room's bare count adds only what no named arrest of it covers. */
function arrestFigure(facts: ResultFacts): TallyFigure {
  const named = once('arrests', facts.arrests, 'person');
  let unnamed = 0;
  const refs: string[] = [];
  for (const result of facts.results) {
    const own = new Set(
      facts.arrests
        .filter((row) => textOf(row, 'result') === result.ref)
        .map((row) => textOf(row, 'person') || row.ref),
    );
    const rest = Math.max(0, number(result, 'arrests') - own.size);
    if (rest > 0) refs.push(result.ref);
    unnamed += rest;
  }
  return { ...named, value: named.value + unnamed, refs: [...named.refs, ...refs] };
}

/** The rest that a total of people safeguarded does not split into children and adults. */
function safeguardedFigures(results: readonly Row[]): TallyFigure[] {
  const rest = results.map((row) => ({
    ref: row.ref,
    rest: Math.max(
      0,
      number(row, 'safeguarded') - number(row, 'childrenSafeguarded') - number(row, 'adultsSafeguarded'),
    ),
  }));
  const unsplit = rest.filter((row) => row.rest > 0);
  return [
    sum('children-safeguarded', results, 'childrenSafeguarded', 'count'),
    sum('adults-safeguarded', results, 'adultsSafeguarded', 'count'),
    ...(unsplit.length > 0
      ? [
          {
            key: 'safeguarded-unsplit',
            title: 'Safeguarded, child or adult not recorded',
            value: unsplit.reduce((total, row) => total + row.rest, 0),
            unit: 'count' as const,
            refs: unsplit.map((row) => row.ref),
          },
        ]
      : []),
  ];
}

function seizureFigures(seizures: readonly Row[]): TallyFigure[] {
  const of = (category: string) => seizures.filter((row) => textOf(row, 'category') === category);
  const drugs = of('drugs');
  // Without a name the drug is a group of its own, so that crack and an unnamed powder are never added up.
  const names = new Map<string, Row[]>();
  for (const row of drugs) {
    const name = textOf(row, 'drug').toLowerCase() || 'drug not named';
    names.set(name, [...(names.get(name) ?? []), row]);
  }
  const cash = seizures.filter((row) => textOf(row, 'category') === 'cash' || number(row, 'cash') !== 0);
  return [
    once('phones-seized', of('phone'), 'ref'),
    ...[...names]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, rows]) =>
        sum(`drugs-weight:${name}`, rows, 'weightG', 'grams', `Drugs seized: ${name} (provisional)`),
      ),
    sum('drugs-value', drugs, 'value', 'GBP', `${title('drugs-value')} (provisional)`),
    sum('cash-seized', cash, 'cash', 'GBP', `${title('cash-seized')} (provisional)`),
    once('weapons', of('weapon'), 'ref'),
  ];
}

/** Every figure, in the order of the published tallies. */
export function tallyOf(facts: ResultFacts): TallyFigure[] {
  const { lines, arrests, results, safeguarding, premises } = facts;
  const isCuckooed = (result: Row) =>
    textOf(result, 'cuckooedVisit') === 'yes' ||
    (textOf(result, 'cuckooedVisit') !== 'no' &&
      textOf(
        premises.find((place) => place.ref === textOf(result, 'premises')),
        'cuckooed',
      ) === 'yes');
  const closed = (status: string) => lines.filter((line) => textOf(line, 'status') === status);
  const withReferral = safeguarding.filter(
    (row) => referred.has(textOf(row, 'referral')) || textOf(row, 'localAuthorityRef') !== '',
  );
  const executed = facts.warrants.filter(
    (row) => ['executed', 'returned'].includes(textOf(row, 'status')) || textOf(row, 'executedAt') !== '',
  );
  return [
    once('lines-closed-type-1', closed('closed-type-1'), 'ref'),
    once('lines-closed-type-2', closed('closed-type-2'), 'ref'),
    once(
      'line-holders-charged',
      arrests.filter((row) => textOf(row, 'lineHolder') === 'yes' && charged.has(textOf(row, 'disposal'))),
      'person',
    ),
    arrestFigure(facts),
    once('safeguarding-referrals', withReferral, 'subject'),
    ...safeguardedFigures(results),
    once(
      'nrm-referrals',
      safeguarding.filter((row) => toNrm.has(textOf(row, 'referral'))),
      'subject',
    ),
    once('cuckooed-visits', results.filter(isCuckooed), 'premises'),
    ...seizureFigures(facts.seizures),
    once('warrants-executed', executed, 'ref'),
    once(
      'charged',
      arrests.filter((row) => charged.has(textOf(row, 'disposal'))),
      'person',
      'People charged',
    ),
    once(
      'convicted',
      facts.outcomes.filter((row) => textOf(row, 'verdict') === 'convicted'),
      'person',
      'People convicted',
    ),
    sum('custodial-months', facts.outcomes, 'sentenceMonths', 'count', 'Custodial months'),
  ];
}

export interface Outstanding {
  title: string;
  ref: string;
  /** ISO date or moment; null where no period runs. */
  due: string | null;
  mend: string;
}

/** What is still to be done before the operation can close. `cashDue` is the end of the 48 hours of a seizure. */
export function outstandingOf(facts: ResultFacts, cashDue: (seizure: Row) => string | null): Outstanding[] {
  const found: Outstanding[] = [];
  const say = (
    rows: readonly Row[],
    words: string,
    mend: string,
    due: (row: Row) => string | null = () => null,
  ) => {
    for (const row of rows) found.push({ title: words, ref: row.ref, due: due(row), mend });
  };
  const executed = (row: Row) => textOf(row, 'status') === 'executed' || textOf(row, 'executedAt') !== '';
  const { warrants, seizures, safeguarding, arrests, outcomes, lines, results } = facts;
  say(
    warrants.filter((row) => executed(row) && textOf(row, 'endorsedAt') === ''),
    'Warrant to endorse',
    'Endorse it: whether what was sought was found, and whether anything else was seized.',
  );
  say(
    warrants.filter((row) => executed(row) && textOf(row, 'returnedAt') === ''),
    'Warrant to return',
    'Return it to the court and enter the date.',
    (row) => textOf(row, 'expires') || null,
  );
  say(
    warrants.filter((row) => executed(row) && !results.some((each) => textOf(each, 'warrant') === row.ref)),
    'Result to enter',
    'Enter what came of the warrant.',
  );
  say(
    seizures.filter((row) => cashDue(row) !== null && textOf(row, 'cashHearingOn') === ''),
    'Cash hearing',
    'Apply to the magistrates’ court before the 48 hours end, and enter the hearing.',
    cashDue,
  );
  say(
    seizures.filter((row) => textOf(row, 'forensic') === 'to-submit'),
    'Forensic submission',
    'Submit the exhibit and set its forensic work to submitted.',
  );
  say(
    seizures.filter((row) => textOf(row, 'forensic') === 'submitted'),
    'Forensic result awaited',
    'Enter the result when it is back.',
  );
  say(
    safeguarding.filter(
      (row) =>
        textOf(row, 'kind') === 'child' &&
        !referred.has(textOf(row, 'referral')) &&
        textOf(row, 'referral') !== 'not-indicated',
    ),
    'Child: NRM referral',
    'Refer the child: consent is not needed.',
  );
  say(
    safeguarding.filter(
      (row) =>
        (textOf(row, 'consent') === 'declined' || textOf(row, 'referral') === 'declined') &&
        textOf(row, 'notifiedOn') === '' &&
        textOf(row, 'referral') !== 'duty-to-notify',
    ),
    'Duty to Notify',
    'Make the Duty to Notify report; it is anonymous if the adult does not agree to share details.',
  );
  say(
    arrests.filter((row) => ['', 'in-custody'].includes(textOf(row, 'disposal'))),
    'Disposal of an arrest',
    'Enter how the arrest ended.',
  );
  say(
    lines.filter(
      (row) =>
        textOf(row, 'status').startsWith('closed') &&
        textOf(row, 'confirmedDeadOn') === '' &&
        saysPresent(textOf(row, 'ddtroMadeOn')),
    ),
    'Line: confirmation by the network',
    'Enter when the network confirmed that the number is dead.',
  );
  say(
    lines.filter((row) => textOf(row, 'checkBackOn') !== '' && textOf(row, 'status').startsWith('closed')),
    'Line: check back',
    'Check that the number stays out of use.',
    (row) => textOf(row, 'checkBackOn'),
  );
  const decided = new Set(
    outcomes
      .filter((row) => !['', 'awaited'].includes(textOf(row, 'verdict')))
      .map((row) => textOf(row, 'person')),
  );
  say(
    arrests.filter((row) => charged.has(textOf(row, 'disposal')) && !decided.has(textOf(row, 'person'))),
    'Court outcome awaited',
    'Enter the outcome when the court has decided.',
  );
  return found.sort((a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999'));
}

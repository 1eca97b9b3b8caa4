import type { Row } from '../../../../shared/domain/readiness/facts.ts';
import { type TallyFigure, tallyOf } from '../../../../shared/domain/tally.ts';
import type {
  ArrestRow,
  OutcomeRow,
  ResultRow,
  SeizureRow,
  TallyRow,
} from '../../../../shared/packs/packData.ts';
import { label, nameOf, type Snapshot, type SnapshotRow, text } from '../snapshot.ts';
import { formatGrams, formatPounds } from './amounts.ts';
import { rowsOf, type Scope } from './scope.ts';
import { addressOf, joinLines, numberOf, teamName } from './words.ts';

/** What came of each warrant and address. */
export function resultRows(snapshot: Snapshot): ResultRow[] {
  return rowsOf(snapshot, 'results').map((row) => {
    const warrant = snapshot.byRef.get(text(row, 'warrant') ?? '');
    const premises = text(row, 'premises') ?? text(warrant, 'premises');
    return {
      ref: row.ref,
      warrant: warrant === undefined ? null : (text(warrant, 'number') ?? warrant.ref),
      address: addressOf(snapshot, premises) ?? text(warrant, 'premisesText'),
      team: teamName(snapshot, text(row, 'team')),
      enteredAt: text(row, 'enteredAt'),
      leftAt: text(row, 'leftAt'),
      entryMethod: label(row, 'entryMethod', 'entryMethod'),
      found: foundIn(snapshot, row),
      childrenSafeguarded: numberOf(row, 'childrenSafeguarded'),
      adultsSafeguarded: numberOf(row, 'adultsSafeguarded'),
      damage: joinLines([text(row, 'damage'), prefixed('Made secure by ', text(row, 'repairedBy'))]),
      notes: text(row, 'note'),
    };
  });
}

export function arrestRows(snapshot: Snapshot): ArrestRow[] {
  return rowsOf(snapshot, 'arrests').map((row) => {
    const person = text(row, 'person');
    return {
      ref: row.ref,
      name: nameOf(snapshot, person) ?? 'Not named',
      age: numberOf(person === null ? undefined : snapshot.byRef.get(person), 'age'),
      offence: text(row, 'offence'),
      arrestedAt: text(row, 'arrestedAt'),
      address: addressOf(snapshot, placeOf(snapshot, row)),
      team: teamName(snapshot, text(row, 'team')),
      suite: text(row, 'custodySuite'),
      custodyNumber: text(row, 'custodyNumber'),
      disposal: label(row, 'disposal', 'disposal'),
      charges: text(row, 'charges'),
    };
  });
}

export function seizureRows(snapshot: Snapshot): SeizureRow[] {
  return rowsOf(snapshot, 'seizures').map((row) => {
    const drug = text(row, 'drug');
    const what = text(row, 'what') ?? 'Not described';
    return {
      ref: row.ref,
      exhibit: text(row, 'exhibit'),
      what: drug === null || what.toLowerCase().includes(drug.toLowerCase()) ? what : `${what} (${drug})`,
      category: label(row, 'category', 'seizureType'),
      quantity: text(row, 'quantity'),
      weight: amount(row, 'weightG', formatGrams),
      value: amount(row, 'value', formatPounds),
      cash: amount(row, 'cash', formatPounds),
      seizedAt: text(row, 'seizedAt'),
      address: addressOf(snapshot, placeOf(snapshot, row)),
      person: nameOf(snapshot, text(row, 'person')),
      sealNumber: text(row, 'sealNumber'),
    };
  });
}

export function outcomeRows(snapshot: Snapshot): OutcomeRow[] {
  return rowsOf(snapshot, 'outcomes').map((row) => ({
    ref: row.ref,
    name: nameOf(snapshot, text(row, 'person')) ?? 'Not named',
    offence: text(row, 'offence'),
    court: text(row, 'court'),
    hearingOn: text(row, 'hearingOn'),
    stage: text(row, 'stage'),
    plea: label(row, 'plea', 'plea'),
    verdict: label(row, 'verdict', 'verdict'),
    sentence: text(row, 'sentence'),
    orders: text(row, 'orders'),
  }));
}

/** How a figure is counted, by its key; sums of weight, value and cash say so by their unit. */
const counting: Readonly<Record<string, string>> = {
  arrests: 'Each person once; a count without names adds only what no named arrest covers.',
  'line-holders-charged': 'Each line holder once.',
  'safeguarding-referrals': 'Each person or address once.',
  'nrm-referrals': 'Each person once.',
  'cuckooed-visits': 'Each address once.',
  'children-safeguarded': 'As entered for each address.',
  'adults-safeguarded': 'As entered for each address.',
  'safeguarded-unsplit': 'The part of the totals that is not told apart.',
  charged: 'Each person once.',
  convicted: 'Each person once.',
  'custodial-months': 'Months of all sentences together.',
};

/** The tally of the operation, or of one team, as it stands (domain facts 8.1). */
export function tallyRows(scope: Scope): TallyRow[] {
  const rows = (grid: Parameters<typeof rowsOf>[1]) => rowsOf(scope.snapshot, grid) as readonly Row[];
  return tallyOf({
    lines: rows('lines'),
    results: rows('results'),
    seizures: rows('seizures'),
    arrests: rows('arrests'),
    outcomes: rows('outcomes'),
    warrants: rows('warrants'),
    safeguarding: rows('safeguarding'),
    premises: rows('premises'),
  }).map((figure) => ({
    ref: figure.key,
    metric: figure.title,
    figure: figureText(figure),
    note: noteOf(figure),
  }));
}

function figureText({ unit, value }: TallyFigure): string {
  if (unit === 'GBP') return formatPounds(value);
  return unit === 'grams' ? formatGrams(value) : String(value);
}

function noteOf(figure: TallyFigure): string | null {
  if (figure.refs.length === 0) return null;
  const way =
    counting[figure.key] ?? (figure.unit === 'count' ? 'Each record once.' : 'As recorded, added up.');
  return `${way} From ${figure.refs.join(', ')}.`;
}

/** What was found, in lines: as sought or not, nobody in, how many arrests, each seizure of the result. */
function foundIn(snapshot: Snapshot, row: SnapshotRow): string | null {
  const found = text(row, 'found');
  const arrests = numberOf(row, 'arrests');
  const seizures = rowsOf(snapshot, 'seizures').filter((each) => text(each, 'result') === row.ref);
  return joinLines([
    found === 'yes' ? 'What was sought was found' : null,
    found === 'no' ? 'What was sought was not found' : null,
    text(row, 'nobodyIn') === 'yes' ? 'Nobody in' : null,
    arrests === null ? null : arrests === 1 ? '1 arrest' : `${arrests} arrests`,
    ...seizures.map((each) => prefixed('Seized: ', text(each, 'what'))),
  ]);
}

/** The place of an arrest or a seizure: its own, else that of its result. */
function placeOf(snapshot: Snapshot, row: SnapshotRow): string | null {
  const result = snapshot.byRef.get(text(row, 'result') ?? '');
  return text(row, 'premises') ?? text(result, 'premises');
}

function amount(row: SnapshotRow, field: string, format: (value: number) => string): string | null {
  const value = numberOf(row, field);
  return value === null ? null : format(value);
}

function prefixed(prefix: string, words: string | null): string | null {
  return words === null ? null : `${prefix}${words}`;
}

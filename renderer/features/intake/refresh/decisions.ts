import type { RefreshReport, RefreshRow } from '../../../../shared/contract/intakeSchemas.ts';
import type { RefreshChoice } from '../../../../shared/contract/schemas.ts';

type RefreshDecision = RefreshChoice['new'];

/** States of a row that are decided on; an unchanged row needs no decision. */
export const decidedStates = ['new', 'changed', 'conflicting', 'vanished'] as const;
export type DecidedState = (typeof decidedStates)[number];

export const stateWords: Readonly<
  Record<DecidedState, { title: string; take: string; leave: string; note: string }>
> = {
  new: {
    title: 'New',
    take: 'Import',
    leave: 'Leave out',
    note: 'Rows that the earlier issue did not have.',
  },
  changed: {
    title: 'Changed',
    take: 'Take the new values',
    leave: 'Keep the old values',
    note: 'A blank in the new issue never overwrites a value.',
  },
  conflicting: {
    title: 'Conflicting',
    take: 'Take the new values',
    leave: 'Keep what was entered by hand',
    note: 'Somebody entered a value by hand that differs. It is never deleted.',
  },
  vanished: {
    title: 'Vanished',
    take: 'Withdraw what it said',
    leave: 'Let it stand',
    note: 'Rows of the earlier issue that the new one does not have.',
  },
};

/** Before anybody decides: what is new comes in, what was entered by hand and what vanished stands. */
export function startChoice(against: string, key: readonly number[]): RefreshChoice {
  return {
    against,
    key: [...key],
    new: 'take',
    changed: 'take',
    conflicting: 'leave',
    vanished: 'leave',
  };
}

/** True for a row that a decision is made about. */
export function isDecided(row: RefreshRow): row is RefreshRow & { state: DecidedState } {
  return row.state !== 'unchanged';
}

/** What happens to a row: its own decision, else that of its state. */
export function decisionOf(choice: RefreshChoice, row: RefreshRow): RefreshDecision {
  if (!isDecided(row)) return 'leave';
  return choice.rows?.[row.key] ?? choice[row.state];
}

/** The choice with one row decided; an exception that is none any more is forgotten. */
export function decideRow(choice: RefreshChoice, row: RefreshRow, decision: RefreshDecision): RefreshChoice {
  if (!isDecided(row)) return choice;
  const { [row.key]: _, ...others } = choice.rows ?? {};
  const rows = decision === choice[row.state] ? others : { ...others, [row.key]: decision };
  const { rows: __, ...rest } = choice;
  return Object.keys(rows).length === 0 ? rest : { ...rest, rows };
}

/** The choice with a whole state decided; the exceptions of its rows are forgotten. */
export function decideState(
  choice: RefreshChoice,
  state: DecidedState,
  decision: RefreshDecision,
  report: RefreshReport,
): RefreshChoice {
  const ofState = new Set(report.rows.filter((row) => row.state === state).map(({ key }) => key));
  const rows = Object.fromEntries(Object.entries(choice.rows ?? {}).filter(([key]) => !ofState.has(key)));
  const { rows: _, ...rest } = choice;
  return { ...rest, [state]: decision, ...(Object.keys(rows).length === 0 ? {} : { rows }) };
}

/** A review in a sentence: what becomes of each state, and how many rows differ from that. */
export function decisionWords(choice: RefreshChoice): string {
  const parts = decidedStates.map(
    (state) => `${stateWords[state].title.toLowerCase()}: ${stateWords[state][choice[state]].toLowerCase()}`,
  );
  const exceptions = Object.keys(choice.rows ?? {}).length;
  return `Decided: ${parts.join('; ')}${exceptions === 0 ? '' : `; ${exceptions} ${exceptions === 1 ? 'row' : 'rows'} otherwise`}.`;
}

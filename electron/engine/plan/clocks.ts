/** Every period that runs over the plan as it stands, the next to end first. The periods themselves are pure rules. */
import type { Clock, Tally } from '../../../shared/contract/planSchemas.ts';
import type { Period } from '../../../shared/domain/clocks.ts';
import {
  cashPeriod,
  closureNoticePeriod,
  custodyPeriod,
  ddtroPeriod,
  reasonableGroundsPeriod,
  stateOf,
  warrantPeriod,
} from '../../../shared/domain/clocks.ts';
import type { Row } from '../../../shared/domain/readiness/facts.ts';
import { textOf } from '../../../shared/domain/readiness/facts.ts';
import type { ResultFacts } from '../../../shared/domain/tally.ts';
import { outstandingOf, tallyOf } from '../../../shared/domain/tally.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import type { Moment } from '../database/queries/expressions.ts';
import { readLabels } from '../database/queries/rows.ts';
import { readRows } from './readPlan.ts';

/** Hours before its end from which a period counts as soon (design: red at 48 hours for a warrant). */
const soonHours = {
  warrant: 48,
  cash: 12,
  ddtro: 24,
  nrm: 24,
  closure: 6,
  custody: 4,
  return: 48,
  action: 48,
} as const;

type Draft = Omit<Clock, 'label'>;
type Kind = Clock['kind'];

const orNull = (row: Row, field: string) => textOf(row, field) || null;

const cashPeriodOf = (seizure: Row) =>
  cashPeriod({
    cash: typeof seizure.cash === 'number' ? seizure.cash : null,
    seizedAt: orNull(seizure, 'seizedAt'),
  });

/** Reads the rows of a grid; the clocks ask for those that they need. */
type RowsOf = (grid: GridName) => readonly Row[];

/** `now` is ISO 8601 on the clock of the United Kingdom. Pure. */
function runningClocks(rowsOf: RowsOf, now: string): Draft[] {
  const clocks: Draft[] = [];
  const add = (row: Row, kind: Kind, title: string, period: Period | null, metAt: string | null) => {
    if (period)
      clocks.push({
        ref: row.ref,
        kind,
        title,
        from: period.from,
        due: period.due,
        state: stateOf(period, now, metAt, soonHours[kind]),
        rule: period.rule,
      });
  };
  for (const row of rowsOf('warrants')) {
    if (['refused', 'cancelled', 'draft', 'applied', 'unexecuted'].includes(textOf(row, 'status'))) continue;
    const period = warrantPeriod({
      power: orNull(row, 'power'),
      issued: orNull(row, 'issued'),
      expires: orNull(row, 'expires'),
    });
    // Without a time of execution the status says that it was used; a returned warrant runs no longer either.
    const used = ['executed', 'returned'].includes(textOf(row, 'status'));
    const executed = orNull(row, 'executedAt') ?? (used ? (period?.from ?? period?.due ?? null) : null);
    add(row, 'warrant', 'Warrant can be executed until', period, executed);
  }
  for (const row of rowsOf('seizures'))
    add(
      row,
      'cash',
      'Cash: application to the magistrates’ court by',
      cashPeriodOf(row),
      orNull(row, 'cashHearingOn'),
    );
  for (const row of rowsOf('lines'))
    add(
      row,
      'ddtro',
      'DDTRO: the provider complies by',
      ddtroPeriod(orNull(row, 'ddtroMadeOn')),
      orNull(row, 'confirmedDeadOn'),
    );
  for (const row of rowsOf('safeguarding'))
    add(
      row,
      'nrm',
      'NRM: reasonable-grounds decision aimed at by',
      reasonableGroundsPeriod(orNull(row, 'referredOn')),
      orNull(row, 'reasonableGroundsOn'),
    );
  for (const row of rowsOf('premises'))
    add(
      row,
      'closure',
      'Closure notice ends',
      closureNoticePeriod({ servedAt: orNull(row, 'closureNoticeAt'), by: orNull(row, 'closureNoticeBy') }),
      orNull(row, 'closureOrderUntil') === null ? null : textOf(row, 'closureNoticeAt'),
    );
  for (const row of rowsOf('arrests')) {
    const ended = !['', 'in-custody'].includes(textOf(row, 'disposal'));
    const from = orNull(row, 'detentionFrom');
    add(
      row,
      'custody',
      'Detention without charge until',
      custodyPeriod(from),
      ended ? (orNull(row, 'chargedAt') ?? from) : null,
    );
  }
  for (const row of rowsOf('actions')) {
    const due = orNull(row, 'due');
    const done = ['done', 'cancelled'].includes(textOf(row, 'status'));
    if (due)
      add(
        row,
        'action',
        'Action due',
        { from: null, due: `${due.slice(0, 10)}T23:59:59`, rule: 'As agreed for the action.' },
        done ? due.slice(0, 10) : null,
      );
  }
  return clocks.sort((a, b) => a.due.localeCompare(b.due) || a.ref.localeCompare(b.ref));
}

/** The clocks of the plan, or of one record and what is about it. */
export function readClocks(database: ReadDatabase, moment: Moment, now: string, ref?: string): Clock[] {
  const drafts = database.transaction(() => runningClocks((grid) => readRows(database, grid, moment), now))();
  const wanted = ref === undefined ? drafts : drafts.filter((clock) => clock.ref === ref.toUpperCase());
  const labels = readLabels(
    database,
    wanted.map((clock) => clock.ref),
  );
  return wanted.map((clock) => ({ ...clock, label: labels[clock.ref] ?? clock.ref }));
}

/** The running tally, and what is still to be done. */
export function readTally(database: ReadDatabase, moment: Moment): Tally {
  return database.transaction(() => {
    const read = (grid: GridName) => readRows(database, grid, moment);
    const facts: ResultFacts = {
      lines: read('lines'),
      results: read('results'),
      seizures: read('seizures'),
      arrests: read('arrests'),
      outcomes: read('outcomes'),
      warrants: read('warrants'),
      safeguarding: read('safeguarding'),
      premises: read('premises'),
    };
    const outstanding = outstandingOf(facts, (seizure) => cashPeriodOf(seizure)?.due ?? null);
    const labels = readLabels(
      database,
      outstanding.map((each) => each.ref),
    );
    return {
      lines: tallyOf(facts),
      outstanding: outstanding.map((each) => ({ ...each, label: labels[each.ref] ?? each.ref })),
    };
  })();
}

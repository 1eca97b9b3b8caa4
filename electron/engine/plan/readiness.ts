/** What the readiness rules find in the plan, and the first screen's counts. */
import type {
  CheckReport,
  CheckRequest,
  Finding,
  FindingCounts,
  Overview,
} from '../../../shared/contract/schemas.ts';
import { acceptanceTest } from '../../../shared/domain/readiness/acceptance.ts';
import { checkPlan } from '../../../shared/domain/readiness/checkPlan.ts';
import type { PlanFacts, ReadinessFinding, Row } from '../../../shared/domain/readiness/facts.ts';
import { textOf } from '../../../shared/domain/readiness/facts.ts';
import { mendAction } from '../../../shared/domain/readiness/mends.ts';
import { mapOf } from '../../../shared/domain/readiness/planIndex.ts';
import { gridList, grids } from '../../../shared/grid/grids.ts';
import type { GridRow } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import type { Moment } from '../database/queries/expressions.ts';
import { labelOf, readLabels, selectList, toGridRow } from '../database/queries/rows.ts';
import { all, get, identifier } from '../database/sql.ts';
import type { Session } from '../session.ts';
import { findAccepted } from './acceptances.ts';
import type { PlanRows } from './planRows.ts';
import { readPlanForRules, readRows } from './readPlan.ts';

/**
 * What the rules found in a state of the plan. A finding is completed only where somebody looks at it: thousands of
 * findings stay what they were through an edit, and nobody reads them all.
 */
interface Found {
  findings: readonly ReadinessFinding[];
  /** Those that were set aside and still say the same, completed. */
  accepted: ReadonlyMap<ReadinessFinding, Finding>;
  /** Says of each whether it may be set aside, was set aside, and what can be clicked. */
  complete(some: readonly ReadinessFinding[]): Finding[];
  labels(refs: Iterable<string>): Record<string, string>;
}

function findIn(database: ReadDatabase, moment: Moment, kept?: PlanRows): Found {
  const plan = database.transaction(() => readPlanForRules(database, moment, kept))();
  const findings = checkPlan(plan, kept?.memory);
  let test: ReturnType<typeof acceptanceTest> | undefined;
  const finish = (finding: ReadinessFinding): Finding => {
    test ??= acceptanceTest(plan);
    const action = mendAction(finding);
    return { ...finding, acceptable: test(finding), ...(action ? { action } : {}) };
  };
  const accepted = findAccepted(database, findings, finish);
  return {
    findings,
    accepted,
    complete: (some) => some.map((finding) => accepted.get(finding) ?? finish(finding)),
    labels: (refs) => labelFrom(database, plan, refs),
  };
}

/** Grids whose rows the rules have with all that their labels are made of. */
const labelled = (
  ['people', 'premises', 'warrants', 'teams', 'officers', 'lines', 'targets', 'safeguarding'] as const
).map((name) => ({ name, prefix: `${grids[name].prefix}-` }));

/** The record of a reference among those that the rules have read, with its label. */
function findLabelled(plan: PlanFacts, ref: string): { row: Row; label: string } | undefined {
  const name = labelled.find(({ prefix }) => ref.startsWith(prefix))?.name;
  const row = name && mapOf(plan[name]).get(ref);
  if (!row) return undefined;
  if (name !== 'targets' && name !== 'safeguarding') return { row, label: labelOf(grids[name], row) };
  // Named after whom it is for.
  const subject = textOf(row, 'subject');
  const label = subject === '' ? ref : findLabelled(plan, subject)?.label;
  return label === undefined ? undefined : { row, label };
}

/** Labels from the rows that were read for the rules; what is not among them is read. */
function labelFrom(database: ReadDatabase, plan: PlanFacts, refs: Iterable<string>): Record<string, string> {
  const labels: Record<string, string> = {};
  const unknown: string[] = [];
  for (const ref of new Set(refs)) {
    const known = findLabelled(plan, ref);
    // Under the row's own text of the reference: thousands of texts that are new as keys cost more than the rules.
    if (known) labels[known.row.ref] = known.label;
    else unknown.push(ref);
  }
  return unknown.length > 0 ? { ...readLabels(database, unknown), ...labels } : labels;
}

type FindingGroup = keyof FindingCounts;

const groupOf = (found: Found, finding: ReadinessFinding): FindingGroup =>
  found.accepted.has(finding) ? 'accepted' : finding.severity;

function countFound(found: Found): FindingCounts {
  const counts: FindingCounts = { blocker: 0, warning: 0, note: 0, accepted: 0 };
  for (const finding of found.findings) counts[groupOf(found, finding)] += 1;
  return counts;
}

/** The report: every finding, or at most so many of each group, the worst first. */
function reportOf(found: Found, most?: CheckRequest['most']): CheckReport {
  const counts = countFound(found);
  const left = { ...counts, ...most };
  const shown = most
    ? found.findings.filter((finding) => {
        const group = groupOf(found, finding);
        left[group] -= 1;
        return left[group] >= 0;
      })
    : found.findings;
  return {
    ready: counts.blocker === 0,
    counts,
    findings: found.complete(shown),
    labels: found.labels(shown.flatMap((finding) => finding.refs)),
  };
}

/** Every finding of what the database holds now, worked out from nothing. */
export function checkReadiness(database: ReadDatabase, moment: Moment): CheckReport {
  return database.transaction(() => reportOf(findIn(database, moment)))();
}

/** What is worked out once per state of the plan: `caches` is emptied by every change. */
function foundOf(session: Session, moment: Moment): Found {
  // Periods of hours end within the day: an answer is kept for a minute of the clock at most.
  const key = `found ${(moment.now ?? moment.today).slice(0, 16)} ${moment.strike}`;
  const known = session.caches.get(key) as Found | undefined;
  if (known !== undefined) return known;
  const found = findIn(session.reader, moment, session.planRows);
  session.caches.set(key, found);
  return found;
}

/** The findings of the plan as it stands, without the labels of the records that they name. */
export function findingsOf(session: Session, moment: Moment): Finding[] {
  const found = foundOf(session, moment);
  return found.complete(found.findings);
}

/** Those that name one of `refs`: an edit tells at once what it causes, so the others are not completed for it. */
export function findingsAbout(session: Session, moment: Moment, refs: ReadonlySet<string>): Finding[] {
  const found = foundOf(session, moment);
  return found.complete(found.findings.filter((finding) => finding.refs.some((ref) => refs.has(ref))));
}

/** The report of the plan as it stands: every finding, or at most `most` of each group. */
export function readinessOf(session: Session, moment: Moment, most?: CheckRequest['most']): CheckReport {
  return session.reader.transaction(() => reportOf(foundOf(session, moment), most))();
}

/** How many findings of the plan as it stands are open, by severity, and how many were set aside. */
export function findingCounts(session: Session, moment: Moment): FindingCounts {
  return countFound(foundOf(session, moment));
}

export function countFindings(findings: readonly Finding[]): Overview['findings'] {
  const count = (severity: Finding['severity']) =>
    findings.filter((finding) => finding.severity === severity && !finding.accepted).length;
  return { blocker: count('blocker'), warning: count('warning'), note: count('note') };
}

export function countRows(database: ReadDatabase): { grid: GridName; count: number }[] {
  return gridList
    .filter((grid) => grid.name !== 'operation')
    .map((grid) => ({
      grid: grid.name,
      count:
        get<{ count: number }>(database, `SELECT count(*) AS count FROM ${identifier(grid.table)}`)?.count ??
        0,
    }));
}

/** What the first screen shows: counts, strike date, what is missing, the last imports and packs. */
export function readOverview(
  database: ReadDatabase,
  moment: Moment,
  findings: Overview['findings'],
): Overview {
  const operation = readRows(database, 'operation', moment)[0];
  const counts = countRows(database);
  const none = (grid: GridName) => (counts.find((each) => each.grid === grid)?.count ?? 0) === 0;
  const missing: Overview['missing'] = [];
  if (none('imports'))
    missing.push({
      message: 'Nothing has been imported.',
      mend: 'Import the spreadsheets of the operation.',
      grid: 'imports',
    });
  if (!operation?.strike)
    missing.push({
      message: 'The strike date is not set.',
      mend: 'Set the date and time of the strike.',
      ref: 'OP-1',
    });
  if (!none('people') && none('targets'))
    missing.push({
      message: 'There are no targets.',
      mend: 'Make targets from people or premises.',
      grid: 'people',
    });
  if (!none('targets') && none('warrants'))
    missing.push({
      message: 'There are no warrants.',
      mend: 'Import or add the warrants.',
      grid: 'warrants',
    });
  if (!none('targets') && none('teams'))
    missing.push({ message: 'There are no teams.', mend: 'Add the teams and their leaders.', grid: 'teams' });
  const latest = (grid: GridName): GridRow[] =>
    all<Record<string, never>>(
      database,
      `SELECT ${selectList(grids[grid], moment)} FROM ${identifier(grids[grid].table)} AS t ORDER BY t.id DESC LIMIT 5`,
    ).map((row) => toGridRow(grids[grid], row));
  return {
    name: String(operation?.name ?? ''),
    marking: String(operation?.marking ?? ''),
    strike: (operation?.strike as string | null) ?? null,
    counts,
    missing,
    findings,
    lastImports: latest('imports'),
    lastPacks: latest('packs'),
  };
}

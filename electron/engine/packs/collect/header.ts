import { highestMarking, parseMarking } from '../../../../shared/domain/markings.ts';
import type { BriefingRow, PackFinding, PackHeader } from '../../../../shared/packs/packData.ts';
import type { PackSpec } from '../../../../shared/packs/packSpec.ts';
import { isAbove } from '../../../../shared/packs/release.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import { get } from '../../database/sql.ts';
import { oncePerState } from '../../database/stateMemo.ts';
import { readBriefing } from '../../plan/briefing.ts';
import { checkReadiness } from '../../plan/readiness.ts';
import type { PackRequest } from '../request.ts';
import { label, type SnapshotRow, text } from '../snapshot.ts';

/** The facts of the issue; `markings` are those of the items in the pack, which may raise its own. */
export function buildHeader(
  database: ReadDatabase,
  request: PackRequest,
  operation: SnapshotRow | undefined,
  team: SnapshotRow | undefined,
  markings: readonly (string | null)[],
): PackHeader {
  const strike = text(team, 'strikeAt') ?? text(operation, 'strike');
  const changed = get<{ at: string }>(
    database,
    `SELECT at FROM journal WHERE operation IN ('collection', 'alteration', 'combination', 'erasure')
     ORDER BY seq DESC LIMIT 1`,
  );
  const own = label(operation, 'marking', 'marking') ?? 'OFFICIAL-SENSITIVE';
  // The marking of a document is that of its most sensitive part; it is raised, never lowered.
  const raised =
    parseMarking(own).marking === 'OFFICIAL' && highestMarking(markings) === 'OFFICIAL-SENSITIVE';
  return {
    operation: text(operation, 'name') ?? 'Operation not named',
    reference: null,
    force: text(operation, 'force'),
    marking: raised ? 'OFFICIAL-SENSITIVE' : own,
    version: request.version,
    copy: request.copy,
    recipient: request.recipient.trim(),
    reason: request.reason.trim(),
    preparedBy: request.user,
    preparedAt: request.now,
    dataAsAt: changed?.at ?? request.now,
    strikeDate: strike?.slice(0, 10) ?? null,
    strikeTime: strike !== null && strike.length >= 16 ? strike.slice(11, 16) : null,
    destroyBy: request.destroyBy ?? null,
    team: team === undefined ? null : (text(team, 'name') ?? team.ref),
  };
}

export interface Briefing {
  readonly rows: readonly BriefingRow[];
  /** Markings of the sections that have one of their own. */
  readonly markings: readonly (string | null)[];
  /** How many sections are marked above what the readers may hold, and stay out. */
  readonly above: number;
}

/**
 * The sections with their facts filled in as the plan is now; a marking of its own stands in the heading. Those
 * that are marked above the ceiling stay out.
 */
export function readBriefingRows(
  database: ReadDatabase,
  moment: Moment,
  ceiling: PackSpec['ceiling'],
): Briefing {
  const written = readBriefing(database, moment).sections.filter(({ text: words }) => words !== '');
  const sections = written.filter(({ marking }) => !isAbove(marking, ceiling));
  return {
    rows: sections.map(({ key, title, marking, filled }) => ({
      ref: key,
      heading: marking ? `${title} (${marking})` : title,
      text: filled,
    })),
    markings: sections.map(({ marking }) => marking),
    above: written.length - sections.length,
  };
}

export function readFindings(database: ReadDatabase, moment: Moment): PackFinding[] {
  // Many packs are collected from one state when it is asked which of them are stale.
  const { findings } = oncePerState(database, `findings ${moment.strike} ${moment.today}`, () =>
    checkReadiness(database, moment),
  );
  return findings.map(({ severity, rule, refs, message, mend, accepted }) => ({
    severity,
    rule,
    refs,
    message,
    mend: accepted ? `Accepted by ${accepted.by}: ${accepted.reason}` : mend,
  }));
}

/** The day of a moment in the United Kingdom, ISO. */
export function dayInLondon(moment: string): string {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return moment.slice(0, 10);
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(at);
}

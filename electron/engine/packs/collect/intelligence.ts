import { formatDate } from '../../../../shared/packs/format.ts';
import type { IntelligenceRow, WithheldCount } from '../../../../shared/packs/packData.ts';
import {
  type Audience,
  type BlockedItem,
  checkForSources,
  type ReleaseDecisions,
  releaseItems,
  type SourceWarning,
} from '../../../../shared/packs/release.ts';
import { entries, linked, type Snapshot, type SnapshotRow, text } from '../snapshot.ts';
import { rowsOf } from './scope.ts';
import { surnamesOf } from './secrets.ts';

/** Releases what may go. `only` limits the items to those linked to these records. */
export function collectIntelligence(
  snapshot: Snapshot,
  decisions: ReleaseDecisions,
  audience: Audience,
  only: ReadonlySet<string> | null,
  included: boolean,
): {
  intelligence: { rows: IntelligenceRow[]; markings: (string | null)[] };
  blocked: BlockedItem[];
  withheld: WithheldCount[];
  warnings: SourceWarning[];
} {
  if (!included) return { intelligence: { rows: [], markings: [] }, blocked: [], withheld: [], warnings: [] };
  const candidates = rowsOf(snapshot, 'intelligence')
    .filter((row) => only === null || aboutOf(snapshot, row).some((ref) => only.has(ref)))
    .map((row) => ({
      ref: row.ref,
      row,
      grade: text(row, 'grade'),
      handling: null,
      conditions: text(row, 'conditions'),
      marking: text(row, 'marking'),
      needsRegrade: text(row, 'needsRegrade') === 'yes',
      restricted: false,
    }));
  const { released, blocked, withheld } = releaseItems(candidates, decisions, audience);
  const warnings = released.flatMap(({ item }) =>
    checkForSources(item.ref, 'text', text(item.row, 'text') ?? '', {
      sourceReferences: entries(item.row, 'sourceRef', ';'),
      reporterSurnames: surnamesOf(text(item.row, 'officer')),
    }),
  );
  const rows = released.map(({ item, decision }): IntelligenceRow => {
    const { row } = item;
    const grade = (item.grade ?? '').toUpperCase().replace(/[\s/-]/g, '');
    return {
      ref: row.ref,
      urn: text(row, 'urn'),
      reported: text(row, 'reportDate'),
      period: periodOf(row),
      subjects: entries(row, 'subjects', ';'),
      about: aboutOf(snapshot, row),
      text: text(row, 'text') ?? '',
      grade,
      handling: grade.endsWith('C') ? 'C' : 'P',
      conditions: text(row, 'conditions'),
      released: decision === null ? null : `Released by ${decision.decidedBy}: ${decision.reason}`,
    };
  });
  return {
    intelligence: { rows, markings: released.map(({ item }) => text(item.row, 'marking')) },
    blocked,
    withheld,
    warnings,
  };
}

/**
 * Records that an item is about: those it is linked to, those whose name, address, number or mark stands
 * among its subjects, and the targets of which they are the subject.
 */
function aboutOf(snapshot: Snapshot, row: SnapshotRow): string[] {
  const direct = new Set(
    ['NOM-', 'PRM-', 'PHN-', 'VEH-'].flatMap((prefix) => linked(snapshot, row.ref, prefix)),
  );
  const names = namesOf(snapshot);
  for (const subject of entries(row, 'subjects', ';').map((each) => each.toLowerCase())) {
    // A subject may go on after the name: `Ada Brackley, 1 Quarry Row`.
    for (let end = subject.length; end > 0; end = subject.lastIndexOf(',', end - 1))
      for (const ref of names.get(subject.slice(0, end)) ?? []) direct.add(ref);
  }
  const targets = rowsOf(snapshot, 'targets').filter((target) => direct.has(text(target, 'subject') ?? ''));
  return [...direct, ...targets.map(({ ref }) => ref)];
}

const knownNames = new WeakMap<Snapshot, ReadonlyMap<string, readonly string[]>>();

/** What the records of the snapshot are called, in lower case, with their references. */
function namesOf(snapshot: Snapshot): ReadonlyMap<string, readonly string[]> {
  const known = knownNames.get(snapshot);
  if (known !== undefined) return known;
  const fields = [
    ['people', 'name'],
    ['premises', 'address'],
    ['phones', 'number'],
    ['vehicles', 'vrm'],
    ['lines', 'name'],
  ] as const;
  const names = new Map<string, string[]>();
  for (const [grid, field] of fields) {
    for (const row of rowsOf(snapshot, grid)) {
      const name = text(row, field)?.toLowerCase();
      if (name !== undefined && name.length > 3) names.set(name, [...(names.get(name) ?? []), row.ref]);
    }
  }
  knownNames.set(snapshot, names);
  return names;
}

function periodOf(row: SnapshotRow): string | null {
  const from = text(row, 'infoFrom');
  const to = text(row, 'infoTo');
  if (from === null) return to === null ? null : `to ${formatDate(to)}`;
  return to === null || to === from ? formatDate(from) : `${formatDate(from)} to ${formatDate(to)}`;
}

/** What of the plan, and which issued packs, rest on records that a refresh changed. */
import type { ImportReport } from '../../../../shared/contract/schemas.ts';
import { findColumn, grids, makeRef } from '../../../../shared/grid/grids.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import type { RefreshDone } from './refreshDone.ts';
import { labelled, readRests } from './restsOn.ts';

const maximum = 1000;

/** The first thousand, each with why; undefined when nothing was refreshed. Values are not named, fields are. */
export function listAffected(
  database: ReadDatabase,
  refreshes: readonly RefreshDone[],
): ImportReport['affected'] {
  if (refreshes.length === 0) return undefined;
  const rests = readRests(database);
  const reasons = new Map<string, Map<string, Set<string>>>();
  const changedRefs = new Set<string>();
  for (const { grid, id, since, fields } of refreshes.flatMap((each) => each.changed)) {
    const changed = makeRef(grid, id);
    for (const ref of rests.of(changed, since)) {
      if (reasons.size >= maximum && !reasons.has(ref)) continue;
      const because = reasons.get(ref) ?? new Map<string, Set<string>>();
      reasons.set(ref, because);
      const titles = because.get(changed) ?? new Set<string>();
      because.set(changed, titles);
      changedRefs.add(changed);
      for (const field of fields) titles.add(findColumn(grids[grid], field)?.title ?? field);
    }
  }
  const labels = labelled(database, [...reasons.keys(), ...changedRefs]);
  const name = (ref: string) => {
    const label = labels.get(ref)?.label ?? ref;
    return label === ref ? ref : `${ref} (${label})`;
  };
  return [...reasons].map(([ref, because]) => ({
    ref,
    label: labels.get(ref)?.label ?? ref,
    because: [...because]
      .slice(0, 20)
      .map(([changed, titles]) =>
        titles.size > 0
          ? `${name(changed)} changed: ${[...titles].join(', ')}`
          : `${name(changed)} is no longer in the sheet`,
      )
      .join('; '),
  }));
}

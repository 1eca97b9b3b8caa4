/** The map as somebody looks at it: it names people and their addresses, so the look is on record. */
import type { PlacesMap } from '../../../../shared/contract/areas/places.ts';
import { recordsField } from '../../../../shared/grid/narrowing.ts';
import type { Where } from '../../../../shared/grid/query.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import { recordRead } from '../../journal/journal.ts';
import type { Session } from '../../session.ts';
import { type MapWhere, readMap } from './readMap.ts';

export function lookAtMap(session: Session, moment: Moment, where: MapWhere | undefined): PlacesMap {
  const map = readMap(session.reader, moment, where);
  const counts = new Map<string, number>();
  for (const { kind } of map.placed) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const shown = (kind: string) => (counts.get(kind) ?? 0).toLocaleString('en-GB');
  recordRead(session, {
    operation: 'consultation',
    method: 'places.map',
    summary: `Looked at the map: ${shown('premises')} premises, ${shown('person')} addresses of people, ${shown('warrant')} warrants, ${shown('crime')} crimes`,
    ...(where ? { after: { where: withoutRecords(where) } } : {}),
  });
  return map;
}

/** Filters as they were set; of records that narrow everything only how many, for there may be thousands. */
function withoutRecords(where: MapWhere): Record<string, Where> {
  return Object.fromEntries(
    Object.entries(where).map(([grid, conditions]: [string, Where]) => {
      const { [recordsField]: records, ...others } = conditions;
      const list = typeof records === 'object' ? records?.in : undefined;
      return [grid, list ? { ...others, [recordsField]: `${list.length} records` } : conditions];
    }),
  );
}

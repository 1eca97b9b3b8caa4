/**
 * What of a record still counts once a later issue of its sheet has come. Pure.
 *
 * A superseded row loses the fields that the later row says anew; a field that the later row leaves blank stands: blanks
 * never overwrite. A withdrawn row loses all of them, and so do the rows that it had superseded. Where nothing else is
 * left of a thing, what was said last stays readable: a row that others may name never turns blank; it only rests on
 * no source any more.
 */
import type { CellValue } from '../../../shared/grid/query.ts';

export interface RefreshedRecord {
  evidence_id: number;
  fields: string;
  state: 'superseded' | 'withdrawn' | null;
  /** Row of the later issue, for a superseded record. */
  by_evidence: number | null;
}

type Counts = (record: RefreshedRecord, field: string) => boolean;

const always: Counts = () => true;

interface Fate {
  withdrawn: boolean;
  /** Fields that later issues say. */
  said: Set<string>;
}

/**
 * Which fields of the records of one row count.
 *
 * @param byHand the row was added by hand, so that it does not need what was withdrawn
 */
export function standingOf(records: readonly RefreshedRecord[], byHand: boolean): Counts {
  if (!records.some((record) => record.state !== null)) return always;
  const fates = new Map<RefreshedRecord, Fate>();
  const fateOf = (record: RefreshedRecord): Fate => {
    const known = fates.get(record);
    if (known) return known;
    const fate: Fate = { withdrawn: record.state === 'withdrawn', said: new Set() };
    fates.set(record, fate);
    if (record.state !== 'superseded') return fate;
    for (const later of records) {
      if (later.evidence_id !== record.by_evidence) continue;
      const after = fateOf(later);
      if (after.withdrawn) fate.withdrawn = true;
      for (const field of after.said) fate.said.add(field);
      for (const [field, value] of Object.entries(JSON.parse(later.fields) as Record<string, CellValue>))
        if (value !== null && value !== '') fate.said.add(field);
    }
    return fate;
  };
  const anyStands = byHand || records.some((record) => !fateOf(record).withdrawn);
  return (record, field) => {
    const fate = fateOf(record);
    return !(anyStands && fate.withdrawn) && !fate.said.has(field);
  };
}

import { formatPhone } from '../../../../shared/packs/format.ts';
import { label, nameOf, type Snapshot, type SnapshotRow, text } from '../snapshot.ts';

/** Address and postcode in one line. */
export function addressOf(snapshot: Snapshot, ref: string | null): string | null {
  const row = ref === null ? undefined : snapshot.byRef.get(ref);
  const address = text(row, 'address');
  const postcode = text(row, 'postcode');
  if (address === null) return postcode;
  return postcode === null || address.toUpperCase().includes(postcode) ? address : `${address}, ${postcode}`;
}

/** Name and age; null for a person who was not read. */
export function personInShort(snapshot: Snapshot, ref: string): string | null {
  const name = nameOf(snapshot, ref);
  const age = numberOf(snapshot.byRef.get(ref), 'age');
  return name === null || name === ref ? null : age === null ? name : `${name} (${age})`;
}

/** Rank, collar number, name and phone of an officer; the reference itself when it was not read. */
export function officerName(snapshot: Snapshot, ref: string | null): string | null {
  const row = ref === null ? undefined : snapshot.byRef.get(ref);
  if (row === undefined) return ref;
  const phone = text(row, 'phone');
  const words = [label(row, 'rank', 'rank'), text(row, 'collar'), text(row, 'name')].filter(
    (word) => word !== null,
  );
  return phone === null ? words.join(' ') : `${words.join(' ')}, ${formatPhone(phone)}`;
}

/** A number of a row; null for a blank. */
export function numberOf(row: SnapshotRow | undefined, field: string): number | null {
  const value = row?.[field];
  return typeof value === 'number' ? value : null;
}

/** The parts that are there, one a line; null when none is. */
export function joinLines(parts: readonly (string | null)[]): string | null {
  const lines = parts.filter((part) => part !== null);
  return lines.length === 0 ? null : lines.join('\n');
}

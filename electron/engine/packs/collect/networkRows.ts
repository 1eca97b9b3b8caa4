import { formatPhone } from '../../../../shared/packs/format.ts';
import type { LineRow, LinkRow, PhoneRow, VehicleRow } from '../../../../shared/packs/packData.ts';
import { entries, label, linked, nameOf, type Snapshot, type SnapshotRow, text } from '../snapshot.ts';
import { rowsOf, type Scope } from './scope.ts';
import { namesOfRefs, yesNo } from './words.ts';

/** The deal lines with the numbers that they used, the current ones first. */
export function lineRows(snapshot: Snapshot): LineRow[] {
  return rowsOf(snapshot, 'lines').map((row) => ({
    ref: row.ref,
    name: text(row, 'name') ?? row.ref,
    numbers: numbersOfLine(snapshot, row).map((ref) => numberOfPhone(snapshot, ref)),
    holders: namesOfRefs(snapshot, [...entries(row, 'holder', ','), ...entries(row, 'holders', ',')]),
    exportingArea: text(row, 'exportingArea'),
    importingArea: text(row, 'importingArea'),
    drugs: text(row, 'drugs'),
    crimeGroup: nameOf(snapshot, text(row, 'crimeGroup')),
    children: text(row, 'children'),
    violence: yesNo(row, 'violence'),
    status: label(row, 'status', 'lineStatus'),
    firstActive: text(row, 'firstActive'),
    lastActive: text(row, 'lastActive'),
    notes: text(row, 'note'),
  }));
}

/** Phones of the lines of a pack: the current number, numbers in use, then numbers that were given up. */
export function numbersOfLine(snapshot: Snapshot, line: SnapshotRow): string[] {
  const used = rowsOf(snapshot, 'lineNumbers').filter((row) => text(row, 'line') === line.ref);
  const inUse = used.filter((row) => text(row, 'usedTo') === null);
  const givenUp = used.filter((row) => text(row, 'usedTo') !== null).reverse();
  return [
    ...new Set([
      ...entries(line, 'phone', ','),
      ...[...inUse, ...givenUp].flatMap((row) => entries(row, 'phone', ',')),
    ]),
  ];
}

/** Phones of the pack's people and lines. */
export function phoneRows(scope: Scope): PhoneRow[] {
  const { snapshot } = scope;
  const held = new Set([...networkOf(scope)].filter((ref) => ref.startsWith('PHN-')));
  return rowsOf(snapshot, 'phones')
    .filter(({ ref }) => held.has(ref))
    .map((row) => ({
      ref: row.ref,
      number: numberOfPhone(snapshot, row.ref),
      people: namesOfRefs(snapshot, linked(snapshot, row.ref, 'NOM-')),
      subscriber: text(row, 'subscriber'),
      attribution: text(row, 'attribution'),
      network: text(row, 'network'),
      imei: text(row, 'imei'),
      imsi: text(row, 'imsi'),
      firstSeen: text(row, 'firstSeen'),
      lastSeen: text(row, 'lastSeen'),
      notes: text(row, 'note'),
    }));
}

/** Vehicles of the pack's people, premises and lines. */
export function vehicleRows(scope: Scope): VehicleRow[] {
  const { snapshot } = scope;
  const held = networkOf(scope);
  return rowsOf(snapshot, 'vehicles')
    .filter(({ ref }) => held.has(ref))
    .map((row) => ({
      ref: row.ref,
      mark: text(row, 'vrm') ?? row.ref,
      description:
        [text(row, 'make'), text(row, 'model'), text(row, 'colour')]
          .filter((word) => word !== null)
          .join(' ') || null,
      keeper: text(row, 'keeper'),
      people: namesOfRefs(snapshot, linked(snapshot, row.ref, 'NOM-')),
      warnings: entries(row, 'markers', ';'),
      notes: text(row, 'note'),
    }));
}

/**
 * Links between records of the pack, each pair and kind once: `rows` counts the rows of evidence that hold
 * the link; 0 for a holder or number of a line that only the plan names.
 */
export function linkRows(scope: Scope): LinkRow[] {
  const { snapshot } = scope;
  const held = networkOf(scope);
  const found = new Map<string, { from: string; to: string; kind: string; evidence: Set<number> }>();
  const add = (from: string, to: string, kind: string, evidenceId?: number) => {
    const key = `${from} ${to} ${kind}`;
    const known = found.get(key) ?? { from, to, kind, evidence: new Set() };
    if (evidenceId !== undefined) known.evidence.add(evidenceId);
    found.set(key, known);
  };
  for (const ref of held) {
    for (const link of snapshot.links.get(ref) ?? []) {
      if (link.from !== ref || !held.has(link.to) || link.to === ref) continue;
      const [from, to] = inOrder(link.from, link.to);
      add(from, to, link.relation, link.evidenceId);
    }
  }
  for (const line of rowsOf(snapshot, 'lines')) {
    for (const ref of [...entries(line, 'holder', ','), ...entries(line, 'holders', ',')])
      if (held.has(ref)) add(ref, line.ref, 'line holder');
    for (const ref of numbersOfLine(snapshot, line)) if (held.has(ref)) add(line.ref, ref, 'line number');
  }
  return [...found]
    .sort(([first], [second]) => compareRefs(first, second))
    .map(([key, { from, to, kind, evidence }]) => ({
      ref: key,
      from,
      fromName: shownName(snapshot, from),
      to,
      toName: shownName(snapshot, to),
      kind: kind === '' ? 'Linked' : `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`,
      rows: evidence.size,
    }));
}

const networks = new WeakMap<Scope, ReadonlySet<string>>();

/** People and premises of the pack, their phones and vehicles, and those of its lines. */
function networkOf(scope: Scope): ReadonlySet<string> {
  const known = networks.get(scope);
  if (known !== undefined) return known;
  const { snapshot } = scope;
  const records = [...scope.people, ...scope.premises].map(({ ref }) => ref);
  const network = new Set([
    ...records,
    ...records.flatMap((ref) => [...linked(snapshot, ref, 'PHN-'), ...linked(snapshot, ref, 'VEH-')]),
    ...rowsOf(snapshot, 'lines').flatMap((line) => [
      line.ref,
      ...numbersOfLine(snapshot, line),
      ...entries(line, 'vehicles', ','),
    ]),
  ]);
  networks.set(scope, network);
  return network;
}

/** Two records of one kind in one order, so that the link is one whichever of them a sheet names first. */
export function inOrder(from: string, to: string): [from: string, to: string] {
  const sameKind = from.split('-')[0] === to.split('-')[0];
  return sameKind && compareRefs(from, to) > 0 ? [to, from] : [from, to];
}

function shownName(snapshot: Snapshot, ref: string): string {
  const name = nameOf(snapshot, ref) ?? ref;
  return ref.startsWith('PHN-') ? formatPhone(name) : name;
}

function numberOfPhone(snapshot: Snapshot, ref: string): string {
  return text(snapshot.byRef.get(ref), 'number') ?? 'Number not known';
}

/** By prefix, then by number: `NOM-2` stands before `NOM-10`. */
function compareRefs(first: string, second: string): number {
  return first.localeCompare(second, 'en-GB', { numeric: true });
}

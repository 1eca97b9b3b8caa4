/** The rows of the forms of a pack: one line for each warrant, and for each premises without one. */
import type { GridName } from '../../../../shared/grid/types.ts';
import { type Form, type FormName, forms } from '../../../../shared/packs/forms.ts';
import type { FormRow } from '../../../../shared/packs/packData.ts';
import type { PackSpec } from '../../../../shared/packs/packSpec.ts';
import type { ReadDatabase } from '../../database/connection.ts';
import { get } from '../../database/sql.ts';
import { entries, nameOf, type Snapshot, type SnapshotRow, text } from '../snapshot.ts';
import { codeOfIssue, makeSign, readFormKey } from './sign.ts';

/** Lines to fill in for each warrant or premises of the exhibits form, beside what is known already. */
const emptyLines = 8;

export interface FormsWanted {
  readonly spec: PackSpec;
  /** Reference of the team, or null for a pack of the whole operation. */
  readonly team: string | null;
  readonly recipient: string;
}

/**
 * The rows of each form that the spec asks for, in the order in which they are printed. The snapshot holds the plan
 * as far as the pack may speak of it, results and seizures included: for a team its own premises alone. The same
 * state gives the same signs.
 */
export function listForms(snapshot: Snapshot, wanted: FormsWanted): FormRow[] {
  const { spec, team, recipient } = wanted;
  const plan = snapshot.rows;
  const key = spec.forms.length === 0 ? null : readFormKey(snapshot.database);
  if (key === null) return [];
  const state = readState(snapshot.database);
  const issue = codeOfIssue(key, spec.id, team ?? '', recipient);
  const places = listPlaces(plan);
  return (['results', 'exhibits'] as const)
    .filter((name) => spec.forms.includes(name))
    .flatMap((name) =>
      places.flatMap((place) => {
        const row = {
          form: name,
          sign: makeSign(key, { form: name, about: place.about, state, issue }),
          ...place,
          address: place.premises === null ? null : nameOf(snapshot, place.premises),
          team: teamOf(plan, place.premises),
        };
        return linesOf(name, place, plan).map((known): FormRow => ({ ...row, known }));
      }),
    );
}

interface Place {
  readonly about: string;
  readonly premises: string | null;
}

/** Texts that are references and name nobody. */
const references: ReadonlySet<string> = new Set(['exhibit', 'sealNumber', 'record']);

/**
 * Fields that a form prints when the plan knows them. Free texts stay behind: they are written for the office, and
 * a name that was taken out of one for its reader would come back as if somebody had changed the text.
 */
export function printedFields(form: Form): string[] {
  return form.columns
    .filter(
      ({ field, kind }) =>
        kind === 'moment' ||
        kind === 'number' ||
        kind === 'yesNo' ||
        kind === 'code' ||
        references.has(field),
    )
    .map(({ field }) => field);
}

/** Number of the last entry that changed the plan: issuing and looking change nothing. */
function readState(database: ReadDatabase): number {
  return (
    get<{ seq: number }>(
      database,
      `SELECT seq FROM journal WHERE operation IN ('collection', 'alteration', 'combination', 'erasure')
       ORDER BY seq DESC LIMIT 1`,
    )?.seq ?? 0
  );
}

function listPlaces(plan: ReadonlyMap<GridName, readonly SnapshotRow[]>): Place[] {
  const warrants = (plan.get('warrants') ?? []).map((row) => ({
    about: row.ref,
    premises: text(row, 'premises'),
  }));
  const covered = new Set(warrants.map(({ premises }) => premises));
  const others = new Set([
    ...(plan.get('teams') ?? []).flatMap((row) => entries(row, 'premises', ',')),
    ...(plan.get('targets') ?? []).flatMap((row) => premisesOf(row) ?? []),
  ]);
  return [
    ...warrants,
    ...[...others].filter((ref) => !covered.has(ref)).map((ref) => ({ about: ref, premises: ref })),
  ];
}

/** Names of the teams that go to the premises, by the team itself or by a target there. */
function teamOf(plan: ReadonlyMap<GridName, readonly SnapshotRow[]>, premises: string | null): string | null {
  if (premises === null) return null;
  const sent = new Set(
    (plan.get('targets') ?? []).flatMap((row) =>
      premisesOf(row) === premises ? (text(row, 'team') ?? []) : [],
    ),
  );
  const names = (plan.get('teams') ?? [])
    .filter((row) => sent.has(row.ref) || entries(row, 'premises', ',').includes(premises))
    .map((row) => text(row, 'name') ?? row.ref);
  return names.length === 0 ? null : names.join(', ');
}

/** Where a target is to be found: the premises given, else the target's subject when it is an address. */
function premisesOf(target: SnapshotRow): string | null {
  const ref = text(target, 'premises') ?? text(target, 'subject');
  return ref?.startsWith('PRM-') ? ref : null;
}

/** What the plan holds already, line by line, and for exhibits the lines to fill in. */
function linesOf(
  name: FormName,
  place: Place,
  plan: ReadonlyMap<GridName, readonly SnapshotRow[]>,
): Readonly<Record<string, string>>[] {
  const results = (plan.get('results') ?? []).filter((row) => isAbout(row, place));
  if (name === 'results') {
    const only = results.length === 1 ? results[0] : undefined;
    return [only === undefined ? {} : knownOf(forms.results, only)];
  }
  const refs = new Set(results.map(({ ref }) => ref));
  const known = (plan.get('seizures') ?? []).filter((row) => {
    const result = text(row, 'result');
    return result === null ? isAt(row, place) && isOnly(place, plan) : refs.has(result);
  });
  return [
    ...known.map((row) => knownOf(forms.exhibits, row)),
    ...Array.from({ length: emptyLines }, () => ({})),
  ];
}

const isAt = (row: SnapshotRow, { premises }: Place) =>
  premises !== null && text(row, 'premises') === premises;

function isAbout(row: SnapshotRow, place: Place): boolean {
  const warrant = text(row, 'warrant');
  return warrant === null ? place.about.startsWith('PRM-') && isAt(row, place) : warrant === place.about;
}

/** Whether the premises stand once on the form: what was seized there then belongs to this line. */
function isOnly({ premises }: Place, plan: ReadonlyMap<GridName, readonly SnapshotRow[]>): boolean {
  return (plan.get('warrants') ?? []).filter((row) => text(row, 'premises') === premises).length <= 1;
}

function knownOf(form: Form, row: SnapshotRow): Readonly<Record<string, string>> {
  return Object.fromEntries(
    printedFields(form).flatMap((field) => {
      const value = text(row, field);
      return value === null ? [] : [[field, value]];
    }),
  );
}

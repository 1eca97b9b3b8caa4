import type { Board } from '../../../shared/contract/planSchemas.ts';
import { openPointsOf } from '../../../shared/domain/closing.ts';
import type { GridRow } from '../../../shared/grid/query.ts';

/** One premises of the day, with what was entered for it. */
export interface DayPlace {
  premises: string;
  team: string | null;
  /** The planned warrants of the place, and those that its results name. */
  warrants: string[];
  targets: string[];
  safeguarding: boolean;
  /** In the order in which they were added: a second visit has a result of its own. */
  results: GridRow[];
  state: 'none' | 'entered' | 'closed';
}

const filled = (row: GridRow, field: string) => row[field] !== null && row[field] !== undefined;

/** The premises of the day: those of the board in the order of its teams, then those with a result alone. */
export function placesOfDay(
  board: Board,
  results: readonly GridRow[],
  warrants: readonly GridRow[],
): DayPlace[] {
  const places = new Map<string, DayPlace>();
  const at = (premises: string, team: string | null): DayPlace => {
    const known = places.get(premises);
    if (known) return known;
    const made: DayPlace = {
      premises,
      team,
      warrants: [],
      targets: [],
      safeguarding: false,
      results: [],
      state: 'none',
    };
    places.set(premises, made);
    return made;
  };
  const put = (list: string[], refs: readonly string[]) => {
    for (const ref of refs) if (!list.includes(ref)) list.push(ref);
  };
  const planned = [
    ...board.teams.flatMap((team) => team.tasks.map((task) => ({ ...task, team: team.ref }))),
    ...board.unassigned.map((place) => ({ ...place, team: null })),
  ];
  for (const task of planned) {
    if (task.premises === null) continue;
    const place = at(task.premises, task.team);
    put(place.warrants, task.warrants);
    put(place.targets, task.targets);
    place.safeguarding ||= task.safeguarding;
  }
  for (const result of [...results].sort((a, b) => numberOf(a.ref) - numberOf(b.ref))) {
    const named = typeof result.warrant === 'string' ? result.warrant : null;
    const warrant = warrants.find(({ ref }) => ref === named);
    const premises = filled(result, 'premises') ? result.premises : warrant?.premises;
    if (typeof premises !== 'string') continue;
    const place = at(premises, typeof result.team === 'string' ? result.team : null);
    if (named) put(place.warrants, [named]);
    place.results.push(result);
  }
  // A warrant that was returned is planned no more, and still belongs to the premises that it names.
  for (const warrant of warrants) {
    const place = typeof warrant.premises === 'string' ? places.get(warrant.premises) : undefined;
    if (place && ['executed', 'returned'].includes(String(warrant.status)))
      put(place.warrants, [warrant.ref]);
  }
  for (const place of places.values()) {
    if (place.results.length === 0) continue;
    place.state = place.results.every((row) => filled(row, 'closedAt')) ? 'closed' : 'entered';
  }
  return [...places.values()];
}

function numberOf(ref: string): number {
  return Number(ref.slice(ref.indexOf('-') + 1));
}

/** What keeps a result from being closed, with the warrant it names or the only one of its place. */
export function openPoints(place: DayPlace, result: GridRow | null, warrants: readonly GridRow[]) {
  return openPointsOf(result ?? { ref: '' }, warrantOf(place, result, warrants));
}

/** The warrant of a result: the one it names, else the first of the place. */
export function warrantOf(
  place: DayPlace,
  result: GridRow | null,
  warrants: readonly GridRow[],
): GridRow | undefined {
  const wanted = typeof result?.warrant === 'string' ? result.warrant : place.warrants[0];
  return warrants.find(({ ref }) => ref === wanted);
}

/**
 * A typed time as a moment: `0531`, `5:31`, `5.31` on the given day (ISO), or with a date of its own before it.
 * Null when it is no time. `readLonger` reads what is more than a time.
 */
export function readMoment(
  text: string,
  day: string,
  readLonger: (text: string) => string | null,
): string | null {
  const match = /^(\d{1,2})[:.]?(\d{2})$/.exec(text.trim());
  if (!match) return readLonger(text);
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  if (hours > 23 || minutes > 59) return null;
  return `${day}T${String(hours).padStart(2, '0')}:${match[2]}`;
}

/**
 * Functions of our own that SQL may call, so that values worked out by domain rules filter and sort like
 * any other. They are pure: what depends on today or on the strike comes in as an argument.
 */
import { ageOn } from '../../../shared/domain/dates.ts';
import { warrantExpiry } from '../../../shared/domain/warrants.ts';
import { makeRef, parseRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { warrantState } from '../plan/warrantState.ts';
import type { ReadDatabase } from './connection.ts';

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);

export function registerFunctions(database: ReadDatabase): void {
  database.function('age_on', { deterministic: true }, (dob: unknown, on: unknown) => {
    const born = text(dob);
    const day = text(on);
    return born && day ? ageOn(born, day.slice(0, 10)) : null;
  });
  database.function('warrant_valid_until', { deterministic: true }, (power: unknown, issued: unknown) => {
    const key = text(power);
    const date = text(issued);
    return key && date ? warrantExpiry(key, date) : null;
  });
  // References carry the copy that gave the number: `WAR-A3`.
  database.function('ref_of', { deterministic: true }, (grid: unknown, id: unknown) =>
    typeof id === 'number' ? makeRef(grid as GridName, id) : null,
  );
  database.function('row_of', { deterministic: true }, (ref: unknown) => {
    const found = text(ref);
    return found === null ? null : (parseRef(found)?.id ?? null);
  });
  database.function('warrant_state', { deterministic: true, varargs: true }, (...parts: unknown[]) =>
    warrantState(parts),
  );
}

/** Named views of a grid: columns, order, filter and grouping. Settings of the workspace, encrypted like everything. */
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { SavedView } from '../../../shared/contract/planSchemas.ts';
import { findColumn, grids } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { saveSetting } from '../database/settings.ts';
import { all, get, run, takeNumbers } from '../database/sql.ts';
import type { Session } from '../session.ts';

const prefix = 'view:';
const maximumViews = 200;

/** The views of a grid by name. One that no longer reads is left out. */
export function listViews(database: ReadDatabase, grid: GridName): SavedView[] {
  return all<{ value: string }>(
    database,
    'SELECT value FROM setting WHERE key GLOB ? ORDER BY key',
    `${prefix}*`,
  )
    .flatMap((row) => {
      const parsed = SavedView.safeParse(JSON.parse(row.value));
      return parsed.success && parsed.data.grid === grid ? [parsed.data] : [];
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en-GB'));
}

/** Keeps a view; one of the same grid and name is replaced. @throws AppError `invalid`. */
export async function saveView(session: Session, view: Omit<SavedView, 'id'>): Promise<SavedView> {
  const name = z.string().trim().min(1).max(60).safeParse(view.name);
  if (!name.success) throw new AppError('invalid', 'A view needs a name of at most 60 characters.');
  if (view.groupBy !== null && !findColumn(grids[view.grid], view.groupBy))
    throw new AppError('invalid', `The grid "${view.grid}" has no field "${view.groupBy}" to group by.`);
  return session.exclusively(() =>
    session.writer.transaction(() => {
      const views = listViews(session.writer, view.grid);
      const same = views.find((each) => each.name.toLowerCase() === name.data.toLowerCase());
      if (!same && views.length >= maximumViews)
        throw new AppError('invalid', `A grid keeps at most ${maximumViews} views. Remove one first.`);
      const saved = {
        ...view,
        name: name.data,
        id: same?.id ?? takeNumbers(session.writer, 'views', 1),
      };
      saveSetting(session.writer, `${prefix}${saved.id}`, saved);
      return saved;
    })(),
  );
}

/** @returns false when there was no such view. */
export async function removeView(session: Session, id: number): Promise<boolean> {
  return session.exclusively(() => {
    const key = `${prefix}${id}`;
    const known = get(session.writer, 'SELECT 1 FROM setting WHERE key = ?', key) !== undefined;
    if (known) run(session.writer, 'DELETE FROM setting WHERE key = ?', key);
    return known;
  });
}

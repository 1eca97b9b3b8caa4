import { findColumn, grids } from '../../../shared/grid/grids.ts';

/** Texts of the operation that are written with the briefing but are no section of it. */
const names = [
  'communityImpact',
  'tension',
  'keyIndividuals',
  'mediaLines',
  'contingency',
  'medical',
  'debrief',
];

export const besideFields: readonly { field: string; title: string; hint: string }[] = names.flatMap(
  (name) => {
    const column = findColumn(grids.operation, name);
    return column ? [{ field: name, title: column.title, hint: column.hint ?? '' }] : [];
  },
);

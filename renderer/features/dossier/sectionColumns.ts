import type { Dossier } from '../../../shared/contract/planSchemas.ts';
import { findColumn, grids } from '../../../shared/grid/grids.ts';
import type { Column } from '../../../shared/grid/types.ts';
import { splitRefs } from '../../grid/format.ts';

type Section = Dossier['sections'][number];

const mostColumns = 5;

/** What a reader of a section asks for first, before the order of its grid. */
const foremost: Partial<Record<Section['grid'], readonly string[]>> = {
  people: ['age', 'role', 'victimStatus', 'markers', 'category'],
  safeguarding: ['kind', 'concern', 'plan', 'lead', 'referral'],
  targets: ['objective', 'team', 'premises', 'status', 'priority'],
  warrants: ['state', 'power', 'expires', 'status', 'entries'],
  teams: ['leader', 'briefAt', 'strikeAt', 'finishAt', 'vehicle'],
  premises: ['children', 'vulnerableAdults', 'dogs', 'postcode', 'cuckooed'],
};

/**
 * The columns of a section that say something: filled in some row, not the row's own label, and not merely the record
 * that the dossier is of.
 */
export function columnsOf(section: Section, subject: string): Column[] {
  const grid = grids[section.grid];
  const says = (column: Column) =>
    section.rows.some((row) => {
      const value = row[column.field];
      if (value === null || value === undefined || value === '') return false;
      const refs = column.type === 'ref' || column.type === 'refs' ? splitRefs(value) : [];
      return refs.length === 0 || refs.some((ref) => ref !== subject);
    });
  const first = foremost[section.grid] ?? [];
  const fields = [...first, ...section.fields.filter((field) => !first.includes(field))];
  return fields
    .filter((field) => !grid.label.slice(0, 1).includes(field))
    .map((field) => findColumn(grid, field))
    .filter((column) => column !== undefined)
    .filter(says)
    .slice(0, mostColumns);
}

import { useState } from 'react';
import type { PrioritySource } from '../../../shared/contract/areas/priorities.ts';
import { formatDate } from '../../../shared/domain/dates.ts';
import { findColumn, parseRef } from '../../../shared/grid/grids.ts';
import { openRecord, showSource } from '../../app/navigation.ts';
import { prioritiesCopy } from '../../copy/priorities.ts';
import { formatValue } from '../../grid/format.ts';

const few = 6;
const longest = 160;

/** Who says it: each a way to the row of its sheet, or to what an analyst entered. */
export function Sources({ sources }: { sources: readonly PrioritySource[] | undefined }) {
  const [all, setAll] = useState(false);
  if (!sources || sources.length === 0) return null;
  return (
    <ul className="priority-sources" aria-label={prioritiesCopy.sources}>
      {(all ? sources : sources.slice(0, few)).map((source) => (
        <li key={`${source.ref} ${source.field} ${source.which}`}>
          <button type="button" className="link" onClick={() => open(source)}>
            {placeOf(source)}
          </button>{' '}
          <span className="muted">
            {source.row !== null && `${source.grade ?? prioritiesCopy.noGrade}. `}
            {(source.field === 'text' || isDisputed(source, sources)) && shownValue(source)}
          </span>
        </li>
      ))}
      {sources.length > few && (
        <li>
          <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? prioritiesCopy.fewerSources : prioritiesCopy.moreSources(sources.length - few)}
          </button>
        </li>
      )}
    </ul>
  );
}

/** The preferred value opens with its cell marked, any other by its row. */
function open({ ref, field, row, which, sheetRef }: PrioritySource): void {
  if (row === null) openRecord(ref, field);
  else if (which > 0 && sheetRef !== null) showSource(sheetRef, null, row);
  else showSource(ref, field);
}

function placeOf({ ref, file, sheet, row, by, at }: PrioritySource): string {
  if (row !== null)
    return [file, ...(sheet && sheet !== file ? [sheet] : []), prioritiesCopy.row(row)].join(', ');
  return [by ?? ref, ...(at ? [formatDate(at)] : [])].join(', ');
}

/** Another source says otherwise of the same field. */
const isDisputed = (source: PrioritySource, sources: readonly PrioritySource[]) =>
  sources.some(
    ({ ref, field, value }) => ref === source.ref && field === source.field && value !== source.value,
  );

function shownValue({ ref, field, value }: PrioritySource): string {
  const grid = parseRef(ref)?.grid;
  const column = grid && findColumn(grid, field);
  const text = column ? formatValue(column, value) : value;
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

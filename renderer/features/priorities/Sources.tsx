import type { PrioritySource } from '../../../shared/contract/areas/priorities.ts';
import { formatDate } from '../../../shared/domain/dates.ts';
import { openRecord, showSource } from '../../app/navigation.ts';
import { prioritiesCopy } from '../../copy/priorities.ts';

const few = 6;
const longest = 160;

/** Who says it: each a way to the row of its sheet, or to what an analyst entered. */
export function Sources({ sources }: { sources: readonly PrioritySource[] | undefined }) {
  if (!sources || sources.length === 0) return null;
  return (
    <ul className="priority-sources" aria-label={prioritiesCopy.sources}>
      {sources.slice(0, few).map((source) => (
        <li key={`${source.ref} ${source.field} ${source.which}`}>
          <button
            type="button"
            className="link"
            onClick={() =>
              source.row === null
                ? openRecord(source.ref, source.field)
                : showSource(source.ref, source.field)
            }
          >
            {placeOf(source)}
          </button>{' '}
          <span className="muted">
            {source.row !== null && `${source.grade ?? prioritiesCopy.noGrade}. `}
            {source.field === 'text' && shorten(source.value)}
          </span>
        </li>
      ))}
      {sources.length > few && <li className="muted">{prioritiesCopy.moreSources(sources.length - few)}</li>}
    </ul>
  );
}

function placeOf({ ref, file, sheet, row, by, at }: PrioritySource): string {
  if (row !== null)
    return [file, ...(sheet && sheet !== file ? [sheet] : []), prioritiesCopy.row(row)].join(', ');
  return [by ?? ref, ...(at ? [formatDate(at)] : [])].join(', ');
}

const shorten = (text: string) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

import { Tag } from '@blueprintjs/core';
import type { SearchHit } from '../../../shared/contract/areas/search.ts';
import { findColumn, grids } from '../../../shared/grid/grids.ts';
import type { Column } from '../../../shared/grid/types.ts';
import { searchCopy } from '../../copy/search.ts';
import { formatValue, type Labels, showLabel } from '../../grid/format.ts';
import { MarkedText, showMatch } from './markedText.tsx';

/** Texts of codes come in words already. */
const formatTold = (column: Column, text: string) =>
  column.type === 'code' || column.type === 'codes' ? text : formatValue(column, text);

/** Key of a hit among the others: original rows of a sheet have its reference in common. */
export const hitKey = ({ ref, row }: SearchHit): string => `${ref}-${row ?? ''}`;

/** One result: what it is, who must be protected, and why it was found. */
export function HitRow(props: {
  hit: SearchHit;
  labels: Labels;
  active: boolean;
  onOpen: (everything: boolean) => void;
}) {
  const { hit, labels } = props;
  const isRow = hit.row !== undefined;
  const label = isRow ? hit.label : showLabel(hit.ref, { [hit.ref]: hit.label });
  return (
    <div
      id={`hit-${hitKey(hit)}`}
      data-ref={hit.ref}
      role="option"
      tabIndex={-1}
      aria-selected={props.active}
      className={`hit ${props.active ? 'is-active' : ''}`}
      onClick={(event) => props.onOpen(event.shiftKey)}
      onKeyDown={() => undefined}
    >
      <p className="hit-head">
        <span className="hit-label">{label}</span>
        {hit.about?.map(({ field, text }) => {
          const column = findColumn(grids[hit.grid], field);
          return (
            <span key={field} className="hit-about" title={column?.title}>
              {field in searchCopy.told ? `${searchCopy.told[field as keyof typeof searchCopy.told]} ` : ''}
              {column ? formatTold(column, text) : text}
            </span>
          );
        })}
        {hit.care && (
          <Tag minimal intent="danger" icon="shield" className="hit-care">
            {searchCopy.care[hit.care]}
          </Tag>
        )}
        <span className="hit-ref">
          {hit.ref}
          {isRow ? `, ${searchCopy.row.toLowerCase()} ${hit.row}` : ''}
        </span>
        {hit.plan && (
          <Tag minimal icon="locate">
            {searchCopy.inPlan}: {hit.plan.join(', ')}
          </Tag>
        )}
      </p>
      <ul className="hit-matches">
        {hit.matched.map((match) => {
          const column = isRow ? undefined : findColumn(grids[hit.grid], match.field);
          const shown = showMatch(match, column, labels);
          return (
            <li key={`${match.field} ${match.text}`}>
              <span className="hit-field">{column?.title ?? match.field}</span>{' '}
              <MarkedText text={shown.text} ranges={shown.ranges} />
              {match.other && <span className="muted"> ({searchCopy.otherSource})</span>}
            </li>
          );
        })}
        {hit.records && (
          <li>
            <span className="hit-field">{searchCopy.readFromRow}</span>{' '}
            {hit.records.map((ref) => `${showLabel(ref, labels)} (${ref})`).join(', ')}
          </li>
        )}
      </ul>
    </div>
  );
}

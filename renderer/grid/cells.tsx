import { Icon } from '@blueprintjs/core';
import type { ICellRendererParams } from 'ag-grid-community';
import { isChildOn } from '../../shared/domain/readiness/protection.ts';
import type { GridRow } from '../../shared/grid/query.ts';
import { openRecord } from '../app/navigation.ts';
import { severityIcons } from '../ui/severity.ts';
import { showLabel, splitRefs } from './format.ts';
import type { GridContext } from './gridContext.ts';
import { toneOf } from './tones.ts';

type Params = ICellRendererParams<GridRow, unknown, GridContext>;

/** The reference of the row: opens the record. A sign beside it says that the rules have something against it. */
export function RefCell({ data, context }: Params) {
  if (!data) return <span className="cell-loading" />;
  const worst = context.findings.get(data.ref)?.[0]?.severity;
  return (
    <>
      <button type="button" className="link" tabIndex={-1} onClick={() => openRecord(data.ref)}>
        {data.ref}
      </button>
      {worst && (
        <Icon
          className={`ref-sign ${worst === 'blocker' ? 'tone-danger' : 'tone-warning'}`}
          icon={severityIcons[worst]}
          size={11}
          title={worst === 'blocker' ? 'Has a blocker' : 'Has a warning'}
        />
      )}
    </>
  );
}

/** References as links with their labels; with a pending entry, its label. */
export function RefsCell({ data, value, valueFormatted, context, colDef }: Params) {
  if (!data) return null;
  const field = colDef?.colId ?? '';
  if (context.edits.find(data.ref, field)) return <>{valueFormatted}</>;
  const refs = splitRefs(value);
  return (
    <>
      {refs.map((ref, index) => (
        <span key={ref}>
          {index > 0 && ', '}
          <button type="button" className="link" tabIndex={-1} onClick={() => openRecord(ref)}>
            {showLabel(ref, context.labels)}
          </button>
        </span>
      ))}
    </>
  );
}

/** A state in words with a sign, so that colour is never alone. */
export function StateCell(params: Params) {
  const { data, value, valueFormatted } = params;
  const field = params.colDef?.colId ?? '';
  if (!data || value === null || value === undefined || value === '') return null;
  const tone = toneOf(field, String(value));
  const text = valueFormatted ?? String(value);
  if (!tone) return <>{text}</>;
  return (
    <span className={`state state-${tone.tone}`}>
      <Icon icon={tone.icon} size={12} />
      {text}
    </span>
  );
}

/** An age; it says who is a child, and who may be one where no date of birth is known. */
export function AgeCell({ data, value, context }: Params) {
  const age = typeof value === 'number' ? value : null;
  const isChild =
    data !== undefined && isChildOn(data, (context.strike ?? new Date().toISOString()).slice(0, 10));
  if (!isChild) return <>{age}</>;
  return (
    <span className="state state-warning">
      <Icon icon="heart" size={12} />
      {age === null ? 'May be a child' : `Child (${age})`}
    </span>
  );
}

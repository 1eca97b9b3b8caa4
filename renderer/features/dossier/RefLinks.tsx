import { Icon } from '@blueprintjs/core';
import { parseRef } from '../../../shared/grid/grids.ts';
import type { Column } from '../../../shared/grid/types.ts';
import { openDossier, openRecord } from '../../app/navigation.ts';
import { formatValue, type Labels, showLabel, splitRefs } from '../../grid/format.ts';
import { toneOf } from '../../grid/tones.ts';

/** What came in and went out has no dossier: its record opens beside the view. */
const withoutDossier: ReadonlySet<string> = new Set(['imports', 'sources', 'packs', 'operation']);

export function hasDossier(grid: string): boolean {
  return !withoutDossier.has(grid);
}

/** A reference as a link to everything about it. */
export function RefLink({ reference, labels }: { reference: string; labels: Labels }) {
  const grid = parseRef(reference)?.grid.name;
  const open = grid && hasDossier(grid) ? openDossier : openRecord;
  return (
    <button type="button" className="link" title={reference} onClick={() => open(reference)}>
      {showLabel(reference, labels)}
    </button>
  );
}

/** A value as people read it, its references as links. */
export function ShownCell(props: { column: Column; value: unknown; labels: Labels }) {
  const { column, value, labels } = props;
  const tone = column.field === 'riskBand' ? toneOf(column.field, String(value ?? '')) : null;
  if (tone)
    return (
      <span className={`state state-${tone.tone}`}>
        <Icon icon={tone.icon} size={12} />
        {formatValue(column, value, labels)}
      </span>
    );
  if (column.type !== 'ref' && column.type !== 'refs') return <>{formatValue(column, value, labels)}</>;
  return (
    <>
      {splitRefs(value).map((ref, index) => (
        <span key={ref}>
          {index > 0 && ', '}
          <RefLink reference={ref} labels={labels} />
        </span>
      ))}
    </>
  );
}

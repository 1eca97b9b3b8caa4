import { Button, Icon, Tag } from '@blueprintjs/core';
import { canNarrowByPeriod, canNarrowByRecords } from '../../../shared/grid/narrowing.ts';
import type { Grid } from '../../../shared/grid/types.ts';
import { clearCrossFilter, useCrossFilter } from '../../app/crossFilter.ts';
import { narrowingCopy } from '../../copy/narrowing.ts';

/**
 * Says what everything is narrowed by, and lets go of it; nothing while nothing narrows. For a grid it also says what of
 * it cannot narrow this one; `note` says so of another view.
 */
export function NarrowedChip({ grid, note }: { grid?: Grid; note?: string }) {
  const narrowing = useCrossFilter();
  if (narrowing === null) return null;
  const hasPeriod = narrowing.from !== null || narrowing.to !== null;
  const notes = grid
    ? [
        ...(narrowing.refs !== null && !canNarrowByRecords(grid) ? [narrowingCopy.notByRecords] : []),
        ...(hasPeriod && !canNarrowByPeriod(grid) ? [narrowingCopy.notByPeriod] : []),
        ...(hasPeriod && canNarrowByPeriod(grid) ? [narrowingCopy.withoutDay] : []),
      ]
    : note === undefined
      ? []
      : [note];
  return (
    <div className="narrowed" role="status">
      <Tag
        intent="warning"
        minimal
        icon={<Icon icon="filter" size={12} />}
        title={grid && canNarrowByRecords(grid) && narrowing.refs !== null ? narrowingCopy.related : ''}
      >
        {narrowingCopy.narrowedBy(narrowing.what)}
      </Tag>
      {notes.map((words) => (
        <span key={words} className="muted">
          {words}
        </span>
      ))}
      <Button
        size="small"
        variant="minimal"
        icon="filter-remove"
        text={narrowingCopy.clear}
        title={narrowingCopy.clearKeys}
        onClick={clearCrossFilter}
      />
    </div>
  );
}

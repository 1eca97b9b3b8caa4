import type { Grid } from '../../shared/grid/types.ts';
import { narrowingCopy } from '../copy/narrowing.ts';
import { EmptyState } from '../ui/EmptyState.tsx';

/** What stands over a grid without rows: whether the filters leave none, or there are none yet. */
export function EmptyGrid(props: {
  grid: Grid;
  filtered: boolean;
  /** Narrowed by what was chosen elsewhere. */
  narrowed: boolean;
}) {
  const { grid, filtered, narrowed } = props;
  if (narrowed && !filtered)
    return (
      <div className="grid-empty">
        <EmptyState
          icon="filter-remove"
          title={narrowingCopy.emptyTitle}
          description={narrowingCopy.emptyWords}
        />
      </div>
    );
  return (
    <div className="grid-empty">
      <EmptyState
        icon={filtered ? 'filter-remove' : 'inbox'}
        title={filtered ? 'No rows match the filters' : `No ${grid.title.toLowerCase()} yet`}
        description={
          filtered
            ? narrowed
              ? `Clear the filters to see every row that is left. ${narrowingCopy.emptyWords}`
              : 'Clear the filters to see every row.'
            : grid.addable
              ? 'Import spreadsheets (Ctrl+I), or add one by hand.'
              : 'They appear here when they are made.'
        }
      />
    </div>
  );
}

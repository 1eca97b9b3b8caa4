import type { Grid } from '../../shared/grid/types.ts';
import { EmptyState } from '../ui/EmptyState.tsx';

/** What stands over a grid without rows: whether the filters leave none, or there are none yet. */
export function EmptyGrid({ grid, filtered }: { grid: Grid; filtered: boolean }) {
  return (
    <div className="grid-empty">
      <EmptyState
        icon={filtered ? 'filter-remove' : 'inbox'}
        title={filtered ? 'No rows match the filters' : `No ${grid.title.toLowerCase()} yet`}
        description={
          filtered
            ? 'Clear the filters to see every row.'
            : grid.addable
              ? 'Import spreadsheets (Ctrl+I), or add one by hand.'
              : 'They appear here when they are made.'
        }
      />
    </div>
  );
}

import { Button } from '@blueprintjs/core';
import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../app/connection.ts';
import { showDialog } from '../../app/navigation.ts';
import { chartCopy } from '../../copy/chart.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';

const mostStarts = 100;

/** Ways to begin: the deal lines, the targets of the operation. */
export function EmptyChart({ onStart }: { onStart: (refs: string[], withNeighbours: boolean) => void }) {
  const client = useClient();
  const { data } = useQuery({
    queryKey: ['chart', 'starts'],
    queryFn: async () => {
      const [lines, targets] = await Promise.all([
        client.grids.page({ grid: 'lines', limit: mostStarts }),
        client.grids.page({ grid: 'targets', limit: mostStarts }),
      ]);
      const subjects = targets.rows.flatMap(({ subject }) => (typeof subject === 'string' ? [subject] : []));
      return { lines: lines.rows.map(({ ref }) => ref), targets: [...new Set(subjects)] };
    },
  });
  const hasNothing = data !== undefined && data.lines.length === 0 && data.targets.length === 0;
  return (
    <EmptyState
      icon="graph"
      title={chartCopy.emptyTitle}
      description={hasNothing ? chartCopy.startNothing : chartCopy.empty}
      action={
        <div className="chart-starts">
          {data && data.lines.length > 0 && (
            <Button
              intent="primary"
              icon="flows"
              text={chartCopy.startLines(data.lines.length)}
              onClick={() => onStart(data.lines, true)}
            />
          )}
          {data && data.targets.length > 0 && (
            <Button
              icon="locate"
              text={chartCopy.startTargets(data.targets.length)}
              onClick={() => onStart(data.targets, false)}
            />
          )}
          {hasNothing && (
            <Button icon="import" text={chartCopy.import} onClick={() => showDialog('import')} />
          )}
        </div>
      }
    />
  );
}

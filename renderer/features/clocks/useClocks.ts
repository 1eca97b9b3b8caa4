import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Clock } from '../../../shared/contract/planSchemas.ts';
import { useClient } from '../../app/connection.ts';
import { instantOf } from './remaining.ts';
import { useInstant } from './useInstant.ts';

const soonest = (clocks: readonly Clock[]) => clocks.filter(({ state }) => state !== 'met').slice(0, 3);

/** Every period that runs, and the instant to count down from. States are asked for again each minute. */
export function useClocks() {
  const client = useClient();
  const query = useQuery({
    queryKey: ['clocks'],
    queryFn: () => client.plan.clocks({}),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
  const instant = useInstant();
  // A period that ended since the engine was asked is over at once.
  const clocks = (query.data?.clocks ?? []).map((clock) =>
    clock.state !== 'met' && instantOf(clock.due) < instant ? { ...clock, state: 'over' as const } : clock,
  );
  return { query, clocks, soonest: soonest(clocks), instant };
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useClient } from '../../../app/connection.ts';

/** The copies and what each has. */
export function useExchange() {
  const client = useClient();
  return useQuery({
    queryKey: ['exchange'],
    queryFn: () => client.exchange.status(),
    placeholderData: keepPreviousData,
  });
}

/** What copies say differently. Asked only where there is something: looking at it is recorded. */
export function useConflicts(wanted: boolean) {
  const client = useClient();
  return useQuery({
    queryKey: ['exchange', 'conflicts'],
    queryFn: () => client.exchange.conflicts(),
    placeholderData: keepPreviousData,
    enabled: wanted,
  });
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useClient } from '../../app/connection.ts';

/** Copies that somebody holds and that no longer say what the plan says. */
export function useStaleHolders() {
  const client = useClient();
  return useQuery({
    queryKey: ['pack-stale'],
    queryFn: () => client.packs.staleHolders(),
    placeholderData: keepPreviousData,
  });
}

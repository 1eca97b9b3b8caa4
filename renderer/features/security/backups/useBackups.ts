import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useClient } from '../../../app/connection.ts';

/** The backups of the open workspace, whether one is due, and what is set. */
export function useBackups() {
  const client = useClient();
  return useQuery({
    queryKey: ['backups'],
    queryFn: () => client.backups.list(),
    placeholderData: keepPreviousData,
    // One may be made by itself meanwhile.
    refetchInterval: 60_000,
  });
}

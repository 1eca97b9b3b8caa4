import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../app/connection.ts';

/** Everything about one record. Fetching it is a consultation and is journaled by the engine. */
export function useDossier(ref: string) {
  const client = useClient();
  return useQuery({
    queryKey: ['dossier', ref],
    queryFn: () => client.records.dossier({ ref }),
    placeholderData: (previous) => (previous?.ref === ref ? previous : undefined),
  });
}

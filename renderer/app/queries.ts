import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CheckRequest } from '../../shared/contract/schemas.ts';
import { useClient } from './connection.ts';

/** Name, counts, what is missing, findings and the latest imports and packs. */
export function useOverview() {
  const client = useClient();
  return useQuery({
    queryKey: ['overview'],
    queryFn: () => client.operation.overview(),
    placeholderData: keepPreviousData,
  });
}

/** What undo and redo would do. */
export function useStatus() {
  const client = useClient();
  return useQuery({
    queryKey: ['status'],
    queryFn: () => client.workspace.status(),
    placeholderData: keepPreviousData,
  });
}

/** How many findings there are, and the worst of each group: at most `most` of it. */
export function useReadiness(most: NonNullable<CheckRequest['most']>) {
  const client = useClient();
  return useQuery({
    queryKey: ['readiness', most],
    queryFn: () => client.readiness.check({ most }),
    placeholderData: keepPreviousData,
  });
}

/** One record whole. Fetching it is a consultation and is journaled by the engine: it is not fetched twice. */
export function useRecord(ref: string) {
  const client = useClient();
  return useQuery({
    queryKey: ['record', ref],
    queryFn: () => client.records.show({ ref }),
    placeholderData: (previous) => (previous?.ref === ref ? previous : undefined),
  });
}

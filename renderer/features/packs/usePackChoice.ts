import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PackChoice } from '../../../shared/contract/packSchemas.ts';
import { shippedSpecs } from '../../../shared/packs/packSpecs.ts';
import { useClient } from '../../app/connection.ts';

/** The teams of the plan: reference and what it is called. */
export function useTeams() {
  const client = useClient();
  return useQuery({
    queryKey: ['pack-teams'],
    queryFn: async () => {
      const { rows } = await client.grids.page({ grid: 'teams', limit: 1000 });
      return rows.map((row) => ({
        ref: row.ref,
        title: [row.name, row.callSign].filter(Boolean).join(', ') || row.ref,
      }));
    },
  });
}

/** What a pack would hold; null asks nothing. */
export function usePackPreview(choice: PackChoice | null) {
  const client = useClient();
  return useQuery({
    queryKey: ['pack-preview', choice],
    queryFn: () => (choice ? client.packs.preview(choice) : null),
    enabled: choice !== null,
    staleTime: 0,
    // The same pack with another decision keeps its numbers on screen; another pack does not.
    placeholderData: (previous, query) => {
      const before = query?.queryKey[1] as PackChoice | null | undefined;
      return before?.pack === choice?.pack && before?.team === choice?.team ? previous : undefined;
    },
  });
}

/** The packs that can be issued: those that every operation has, and the force's own. */
export function usePackSpecs() {
  const client = useClient();
  const query = useQuery({
    queryKey: ['pack-specs'],
    queryFn: () => client.packs.specs(),
    placeholderData: keepPreviousData,
  });
  return query.data ?? { shipped: [...shippedSpecs], own: [] };
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { NetworkOptions, NetworkReport } from '../../../shared/contract/areas/network.ts';
import { useClient } from '../../app/connection.ts';
import type { ProgressEvent } from '../../ui/ProgressLine.tsx';

/** The measures of the network, with how far the work is. */
export function useNetwork(options: NetworkOptions) {
  const client = useClient();
  const [progress, setProgress] = useState<ProgressEvent | null>(null);
  const query = useQuery({
    queryKey: ['network', 'measure', options],
    queryFn: async ({ signal }): Promise<NetworkReport> => {
      try {
        for await (const event of await client.network.measure({ options }, { signal })) {
          if (event.type === 'done') return event.report;
          setProgress(event);
        }
        throw new DOMException('stopped', 'AbortError');
      } finally {
        setProgress(null);
      }
    },
    placeholderData: keepPreviousData,
  });
  return { query, progress };
}

/** The links of one record, and what its measures say. */
export function useNetworkLinks(ref: string, options: NetworkOptions) {
  const client = useClient();
  return useQuery({
    queryKey: ['network', 'links', ref, options],
    queryFn: ({ signal }) => client.network.links({ ref, options }, { signal }),
  });
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CallFindings } from '../../../shared/contract/areas/calls.ts';
import { useClient } from '../../app/connection.ts';
import type { ProgressEvent } from '../../ui/ProgressLine.tsx';

/** What call data there is. */
export function useOverviewOfCalls() {
  const client = useClient();
  return useQuery({
    queryKey: ['calls', 'overview'],
    queryFn: ({ signal }) => client.calls.overview(undefined, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** What the calls of a phone or line show; of a line with several numbers those of `shown`. */
export function usePicture(ref: string, shown: string | null) {
  const client = useClient();
  return useQuery({
    queryKey: ['calls', 'picture', ref, shown],
    queryFn: ({ signal }) => client.calls.picture({ ref, ...(shown === null ? {} : { shown }) }, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Rows of each finding that are named with their place. */
const sourcesShown = 3;
const findingsShown = 300;

/** What was found, in all calls or about one phone or line, with how far the search is. */
export function useFindings(ref: string | null) {
  const client = useClient();
  const [progress, setProgress] = useState<ProgressEvent | null>(null);
  const query = useQuery({
    queryKey: ['calls', 'findings', ref],
    queryFn: async ({ signal }): Promise<CallFindings> => {
      try {
        const events = await client.calls.findings(
          { ...(ref === null ? {} : { ref }), sources: sourcesShown, limit: findingsShown },
          { signal },
        );
        for await (const event of events) {
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

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { PriorityKind, PriorityReport } from '../../../shared/contract/areas/priorities.ts';
import type { ConcernName } from '../../../shared/domain/priorities/kinds.ts';
import { useClient } from '../../app/connection.ts';
import type { ProgressEvent } from '../../ui/ProgressLine.tsx';

export interface PriorityFilter {
  kind: PriorityKind | null;
  text: string;
  concern: ConcernName | null;
  gaps: boolean;
}

export const noPriorityFilter: PriorityFilter = { kind: null, text: '', concern: null, gaps: false };

/** Both lists as the filters leave them, with how far the work is and a way to stop it. */
export function usePriorities(filter: PriorityFilter, only: readonly string[] | null, limit: number) {
  const client = useClient();
  const queries = useQueryClient();
  const [progress, setProgress] = useState<ProgressEvent | null>(null);
  const { kind, concern, gaps } = filter;
  const text = useSettled(filter.text.trim(), 200);
  const queryKey = ['priorities', 'list', kind, concern, gaps, text, only, limit];
  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<PriorityReport> => {
      try {
        const events = await client.priorities.list(
          {
            ...(kind === null ? {} : { kind }),
            ...(concern === null ? {} : { concern }),
            ...(gaps ? { gaps } : {}),
            ...(text === '' ? {} : { text }),
            ...(only === null ? {} : { refs: [...only] }),
            limit,
          },
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
  return { query, progress, stop: () => void queries.cancelQueries({ queryKey }) };
}

/** What one record rests on. Fetching it is a consultation, so it waits until the choice has settled. */
export function usePriorityDetail(ref: string | null) {
  const client = useClient();
  const asked = useSettled(ref, 150);
  return useQuery({
    queryKey: ['priorities', 'about', asked],
    queryFn: () => client.priorities.about({ ref: asked ?? '' }),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
  });
}

/** The value once it has stayed the same for so long. */
function useSettled<Value>(value: Value, milliseconds: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const wait = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(wait);
  }, [value, milliseconds]);
  return settled;
}

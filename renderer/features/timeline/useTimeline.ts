import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Timeline } from '../../../shared/contract/areas/timeline.ts';
import { isoOfSeconds } from '../../../shared/domain/timeGrain.ts';
import { useClient } from '../../app/connection.ts';
import type { ProgressEvent } from '../../ui/ProgressLine.tsx';
import type { Period } from './scale.ts';

/** Milliseconds without a further move before a new part is asked for: the marks that are there move at once. */
const settled = 140;

/** A value that has stood still for a moment. */
export function useSettled<Value>(value: Value): Value {
  const [kept, setKept] = useState(value);
  useEffect(() => {
    const wait = setTimeout(() => setKept(value), settled);
    return () => clearTimeout(wait);
  }, [value]);
  return kept;
}

/** Everything in a period; `period` null asks for what is shown at first. */
export function useTimeline(request: {
  refs: readonly string[];
  only: readonly string[] | null;
  period: Period | null;
  bins: number;
}) {
  const client = useClient();
  const [progress, setProgress] = useState<ProgressEvent | null>(null);
  const { refs, only, period, bins } = request;
  const query = useQuery({
    queryKey: ['timeline', refs, only, period, bins],
    queryFn: async ({ signal }): Promise<Timeline> => {
      try {
        const events = await client.timeline.lanes(
          {
            ...(refs.length > 0 ? { refs: [...refs] } : {}),
            ...(only ? { only: [...only] } : {}),
            ...(period ? { from: isoOfSeconds(period.from), to: isoOfSeconds(period.to) } : {}),
            bins,
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
    // Each place on the axis is an answer of its own; those that were left are soon let go.
    gcTime: 15_000,
  });
  return { query, progress };
}

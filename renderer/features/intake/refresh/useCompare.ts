import { useEffect, useState } from 'react';
import type { EngineClient } from '../../../../shared/contract/client.ts';
import type { RefreshReport } from '../../../../shared/contract/intakeSchemas.ts';
import type { SheetMapping } from '../../../../shared/contract/schemas.ts';
import { describeError } from '../../../app/reportError.ts';
import type { ProgressEvent } from '../../../ui/ProgressLine.tsx';

type Comparison =
  | { state: 'working'; progress: ProgressEvent | null }
  | { state: 'failed'; message: string }
  | { state: 'done'; report: RefreshReport };

/** A sheet against its earlier issue; compared afresh when the issue or the key changes, cancelled when left. */
export function useCompare(
  client: EngineClient,
  input: {
    grant: string;
    password: string | null;
    mapping: SheetMapping;
    against: string;
    key: readonly number[];
  },
): Comparison {
  const [comparison, setComparison] = useState<Comparison>({ state: 'working', progress: null });
  const { refresh: _, ...mapping } = input.mapping;
  const asked = JSON.stringify({
    grant: input.grant,
    ...(input.password ? { password: input.password } : {}),
    mapping,
    against: input.against,
    key: input.key,
  });
  useEffect(() => {
    const controller = new AbortController();
    setComparison({ state: 'working', progress: null });
    const compare = async () => {
      try {
        const events = await client.imports.compare(JSON.parse(asked), { signal: controller.signal });
        for await (const event of events) {
          if (controller.signal.aborted) return;
          if (event.type === 'done') setComparison({ state: 'done', report: event.report });
          else setComparison({ state: 'working', progress: event });
        }
      } catch (caught) {
        if (!controller.signal.aborted) {
          setComparison({ state: 'failed', message: describeError(caught).message });
        }
      }
    };
    void compare();
    return () => controller.abort();
  }, [client, asked]);
  return comparison;
}

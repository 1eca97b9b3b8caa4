import { useCallback, useEffect, useRef, useState } from 'react';
import type { EngineClient } from '../../../shared/contract/client.ts';
import type { PreviewRow, RowFilter } from '../../../shared/contract/intakeSchemas.ts';
import type { SheetMapping } from '../../../shared/contract/schemas.ts';
import { describeError } from '../../app/reportError.ts';

const pageSize = 200;
/** A changed mapping is asked for when nothing has changed for this long: a typed row number is one change. */
const settleMilliseconds = 200;

interface Loaded {
  rows: readonly PreviewRow[];
  /** Row to go on from; null at the end. */
  next: number | null;
  /** Row that the list begins with; null is the top of the sheet. */
  from: number | null;
  /** The rows belong to the mapping before this one. */
  stale: boolean;
  error: string | null;
}

/** What a row has that a person wants to come to: something skipped, rejected, flagged or repaired. */
export function isRemarkable(row: PreviewRow): boolean {
  return (
    row.outcome !== 'import' ||
    row.issues.length > 0 ||
    row.cells.some(({ issue, repaired }) => issue !== null || repaired !== null)
  );
}

/** Rows of one sheet as the import would read them, page by page; asked for afresh when the mapping changes. */
export function usePreviewRows(
  client: EngineClient,
  input: { grant: string; password: string | null; mapping: SheetMapping; only: RowFilter },
) {
  const { grant, password, mapping, only } = input;
  const [loaded, setLoaded] = useState<Loaded>({
    rows: [],
    next: null,
    from: null,
    stale: true,
    error: null,
  });
  const [busy, setBusy] = useState(false);
  const abort = useRef<AbortController | null>(null);
  // The decisions of a review change nothing of how rows are read: no reason to read them again.
  const { refresh: _, ...reading } = mapping;
  const asked = JSON.stringify([grant, password, reading, only]);

  const fetchPage = useCallback(
    async (from: number | null, keep: readonly PreviewRow[] | null, limit = pageSize, filter?: RowFilter) => {
      abort.current?.abort();
      const controller = new AbortController();
      abort.current = controller;
      const [askedGrant, askedPassword, askedMapping, askedOnly] = JSON.parse(asked) as [
        string,
        string | null,
        SheetMapping,
        RowFilter,
      ];
      setBusy(true);
      try {
        const page = await client.imports.rows(
          {
            grant: askedGrant,
            ...(askedPassword ? { password: askedPassword } : {}),
            mapping: askedMapping,
            only: filter ?? askedOnly,
            ...(from === null ? {} : { from }),
            limit,
          },
          { signal: controller.signal },
        );
        if (controller.signal.aborted) return null;
        if (filter === undefined) {
          setLoaded((now) => ({
            rows: keep ? [...keep, ...page.rows] : page.rows,
            next: page.next,
            from: keep ? now.from : from,
            stale: false,
            error: null,
          }));
        }
        return page.rows;
      } catch (caught) {
        const { code, message } = describeError(caught);
        if (!controller.signal.aborted && code !== 'cancelled' && code !== 'engine.gone') {
          setLoaded({ rows: [], next: null, from: null, stale: false, error: message });
        }
        return null;
      } finally {
        if (abort.current === controller) setBusy(false);
      }
    },
    [client, asked],
  );

  useEffect(() => {
    setLoaded((now) => ({ ...now, stale: true }));
    const timer = setTimeout(() => void fetchPage(null, null), settleMilliseconds);
    return () => {
      clearTimeout(timer);
      abort.current?.abort();
    };
  }, [fetchPage]);

  const loadMore = useCallback(() => {
    if (busy || loaded.next === null || loaded.stale) return;
    void fetchPage(loaded.next, loaded.rows);
  }, [busy, loaded, fetchPage]);

  /** Shows the list from a row on; null is the top. */
  const showFrom = useCallback((from: number | null) => fetchPage(from, null), [fetchPage]);

  /** Number of the first remarkable row from a row on that is not loaded; null when there is none. */
  const findAhead = useCallback(async (): Promise<number | null> => {
    if (loaded.next === null) return null;
    const found: number[] = [];
    for (const filter of ['problems', 'repaired', 'skipped', 'rejected'] as const) {
      const rows = await fetchPage(loaded.next, null, 1, filter);
      if (rows === null) return null;
      if (rows[0]) found.push(rows[0].row);
    }
    return found.length === 0 ? null : Math.min(...found);
  }, [loaded.next, fetchPage]);

  return { ...loaded, busy, loadMore, showFrom, findAhead };
}

export type PreviewRows = ReturnType<typeof usePreviewRows>;

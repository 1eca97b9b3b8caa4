import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { GridApi } from 'ag-grid-community';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { GridRow } from '../../shared/grid/query.ts';
import { useClient } from '../app/connection.ts';
import type { AfterEditing } from './afterEditing.ts';
import type { GridContext } from './gridContext.ts';
import { findingsByRef } from './rowFindings.ts';

/** A moment in which somebody who scrolls has not stopped yet. */
const pause = 80;

/**
 * Keeps what the rules say of the rows that are drawn in the grid's context: of a plan with thousands of findings nobody
 * needs more. The answer is to be called whenever other rows are drawn.
 */
export function useRowFindings(props: {
  api: RefObject<GridApi<GridRow> | null>;
  context: GridContext;
  after: AfterEditing;
}): () => void {
  const { api, context, after } = props;
  const client = useClient();
  /** References of the rows drawn, joined: the same text while the same rows are drawn. */
  const [drawn, setDrawn] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const look = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const nodes = api.current?.getRenderedNodes() ?? [];
      setDrawn(
        nodes
          .flatMap(({ data }) => data?.ref ?? [])
          .sort()
          .join(','),
      );
    }, pause);
  }, [api]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const { data } = useQuery({
    queryKey: ['readiness', 'about', drawn],
    queryFn: async () =>
      drawn === '' ? { findings: [] } : client.readiness.about({ refs: drawn.split(',') }),
    placeholderData: keepPreviousData,
  });
  useEffect(() => {
    const before = context.findings;
    const now = findingsByRef(data?.findings ?? []);
    context.findings = now;
    after.do(() => {
      const rowNodes = (api.current?.getRenderedNodes() ?? []).filter(
        ({ data: row }) =>
          row !== undefined && JSON.stringify(before.get(row.ref)) !== JSON.stringify(now.get(row.ref)),
      );
      if (rowNodes.length > 0) api.current?.refreshCells({ rowNodes, force: true });
    });
  }, [context, data, after, api]);
  return look;
}

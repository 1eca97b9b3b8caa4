import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Edit } from '../../../shared/contract/schemas.ts';
import type { CellValue, GridPage, GridRow } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { reportError } from '../../app/reportError.ts';

const most = 5000;

type Page = { rows: GridRow[]; labels: GridPage['labels'] };

function usePage(grid: GridName) {
  const client = useClient();
  return useQuery<Page>({
    queryKey: ['day', grid],
    queryFn: () => client.grids.page({ grid, limit: most }),
    placeholderData: keepPreviousData,
  });
}

/** What the entry of results works on: the board, and the rows that came of the day. */
export function useDay() {
  const client = useClient();
  const board = useQuery({
    queryKey: ['board'],
    queryFn: () => client.plan.board(),
    placeholderData: keepPreviousData,
  });
  const [results, arrests, seizures, warrants] = [
    usePage('results'),
    usePage('arrests'),
    usePage('seizures'),
    usePage('warrants'),
  ];
  const pages = [results, arrests, seizures, warrants];
  const labels: Record<string, string> = { ...board.data?.labels };
  for (const page of pages) Object.assign(labels, page.data?.labels);
  return {
    board: board.data,
    results: results.data?.rows,
    arrests: arrests.data?.rows ?? [],
    seizures: seizures.data?.rows ?? [],
    warrants: warrants.data?.rows ?? [],
    labels,
    error: [board, ...pages].find((query) => query.error)?.error ?? null,
  };
}

export function useTally() {
  const client = useClient();
  return useQuery({
    queryKey: ['tally'],
    queryFn: () => client.plan.tally(),
    placeholderData: keepPreviousData,
  });
}

export type Values = Record<string, CellValue>;

/** The result that values belong to: one that is there, or one to be added for the premises. */
export interface ResultKey {
  premises: string;
  ref: string | null;
  /** What a new result begins with. */
  base: Values;
}

/**
 * Saves one after the other, in the order in which fields were left: the first value for a premises adds its result,
 * and those that follow find it.
 */
export function useDaySaver() {
  const client = useClient();
  const queries = useQueryClient();
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const made = useRef(new Map<string, string>());

  function inTurn<T>(work: () => Promise<T>): Promise<T | null> {
    const turn = line.current.then(async () => {
      try {
        const done = await work();
        await queries.invalidateQueries({ queryKey: ['day'] });
        refreshQueries();
        return done;
      } catch (error) {
        reportError(error);
        return null;
      }
    });
    line.current = turn;
    return turn;
  }

  /** The result as it is known now: one that was added a moment ago, unless that was undone. */
  function known(key: ResultKey): string | null {
    if (key.ref !== null) return key.ref;
    const ref = made.current.get(key.premises);
    const rows = queries.getQueryData<Page>(['day', 'results'])?.rows ?? [];
    return ref !== undefined && rows.some((row) => row.ref === ref) ? ref : null;
  }

  async function addResult(key: ResultKey, values: Values): Promise<string | null> {
    const { rows } = await client.records.add({
      grid: 'results',
      values: { premises: key.premises, ...key.base, ...values },
    });
    const ref = rows[0]?.ref ?? null;
    if (ref !== null) made.current.set(key.premises, ref);
    return ref;
  }

  /** Values of the result, and with them those of other records, in one entry where the result is there. */
  const saveResult = (key: ResultKey, values: Values, also: readonly Edit[] = []) =>
    inTurn(async () => {
      const ref = known(key);
      if (ref !== null) await client.records.set({ edits: [{ ref, values }, ...also] });
      else {
        await addResult(key, values);
        if (also.length > 0) await client.records.set({ edits: [...also] });
      }
    });

  const saveEdits = (edits: Edit[]) => inTurn(() => client.records.set({ edits }));

  /** A row under the result; the result is added first where there is none. */
  const addRow = (key: ResultKey, grid: 'arrests' | 'seizures', values: Values) =>
    inTurn(async () => {
      const result = known(key) ?? (await addResult(key, {}));
      await client.records.add({ grid, values: { ...values, premises: key.premises, result } });
      return true;
    });

  /** A person who is in no source yet; answers with the reference. */
  const addPerson = (name: string) =>
    inTurn(async () => {
      const { rows } = await client.records.add({ grid: 'people', values: { name } });
      return rows[0]?.ref ?? null;
    });

  const remove = (ref: string) => inTurn(() => client.records.remove({ refs: [ref] }));

  /** Another visit begins: what was added a moment ago is not meant any more. */
  const forget = (premises: string) => made.current.delete(premises);

  return { saveResult, saveEdits, addRow, addPerson, remove, forget };
}

export type DaySaver = ReturnType<typeof useDaySaver>;

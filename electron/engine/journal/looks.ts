/** What the engine remembers of what the user of a session has looked at, and why. */
import type { GridName } from '../../../shared/grid/types.ts';

/** The same record within a minute is the same look. */
const sameLook = 60_000;
/** A grid that nobody touched for a quarter of an hour is looked at anew. */
export const sameView = 15 * 60_000;
export interface PageView {
  grid: GridName;
  key: string;
  found: number;
  shown: number;
  recorded: number;
  at: number;
}

export interface PendingFind {
  method: 'records.find' | 'search.find';
  text: string;
  /** Every row that was shown, original rows among them. */
  shown: Set<string>;
  refs: Set<string>;
  timer: ReturnType<typeof setTimeout>;
}

/** What tells one look from another. */
interface Look {
  method: string;
  target?: string;
  summary: string;
}

/** What the engine remembers of the reads of one session. */
export interface Reads {
  /** What the user said the work is; null before. */
  justification: string | null;
  /** Whether this was looked at within a minute, or so many milliseconds, and from now on it was. */
  lookedJustNow(look: Look, covered: readonly string[], at: number, within?: number): boolean;
  pages: Map<GridName, PageView>;
  find: PendingFind | null;
}

export function createReads(): Reads {
  const looks = new Map<string, number>();
  return {
    justification: null,
    lookedJustNow({ method, target, summary }, covered, at, within = sameLook) {
      const key = `${method} ${target ?? ''} ${summary}`;
      const recent = (name: string) => {
        const last = looks.get(name);
        return last !== undefined && at - last < within && at >= last;
      };
      const again = recent(key) || covered.some((other) => recent(`${other} ${target ?? ''}`));
      if (looks.size > 2000) looks.clear();
      looks.set(key, at);
      looks.set(`${method} ${target ?? ''}`, at);
      return again;
    },
    pages: new Map(),
    find: null,
  };
}

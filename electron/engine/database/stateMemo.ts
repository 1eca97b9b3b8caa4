/** Answers that hold as long as the database is as it is. */
import type { ReadDatabase } from './connection.ts';
import { get } from './sql.ts';

const memos = new WeakMap<ReadDatabase, { state: string; answers: Map<string, unknown> }>();

/**
 * The answer of `work` under this name, worked out once for each state of the database as this connection sees it.
 * The answer is shared: nobody may change it.
 */
export function oncePerState<Answer>(database: ReadDatabase, name: string, work: () => Answer): Answer {
  const state = stateOf(database);
  let memo = memos.get(database);
  if (memo?.state !== state) {
    memo = { state, answers: new Map() };
    memos.set(database, memo);
  }
  const { answers } = memo;
  if (!answers.has(name)) answers.set(name, work());
  return answers.get(name) as Answer;
}

/** Changes with every commit of another connection and with every row that this one changes. */
function stateOf(database: ReadDatabase): string {
  const others = get<{ data_version: number }>(database, 'PRAGMA data_version')?.data_version;
  const own = get<{ changes: number }>(database, 'SELECT total_changes() AS changes')?.changes;
  return `${others} ${own}`;
}

import { currentClient, refreshQueries } from './connection.ts';
import { showMessage } from './messages.ts';
import { goToGrid } from './navigation.ts';
import { reportError } from './reportError.ts';

/** Undoes the newest change that stands, or the one named, and says what it was. */
export async function undo(seq?: number): Promise<void> {
  const client = currentClient();
  if (!client) return;
  try {
    const { summary } = await client.history.undo(seq === undefined ? {} : { seq });
    showMessage({
      tone: 'done',
      text: `Undone: ${summary}`,
      action: { label: 'Redo', run: () => void redo() },
    });
  } catch (error) {
    reportError(error);
  }
  refreshQueries();
}

/** Undoes an import by its reference (`IMP-n`), whatever has been done since; what rests on it is named instead. */
export async function undoImport(ref: string): Promise<void> {
  try {
    const history = await currentClient()?.history.list({ ref, limit: 100 });
    const entry = history?.entries.find(
      ({ method, state }) => method === 'imports.commit' && state === 'done',
    );
    if (entry) await undo(entry.seq);
  } catch (error) {
    reportError(error);
  }
}

/** Applies again what was undone last. */
export async function redo(): Promise<void> {
  const client = currentClient();
  if (!client) return;
  try {
    const { summary } = await client.history.redo();
    showMessage({ tone: 'done', text: `Done again: ${summary}` });
  } catch (error) {
    reportError(error);
  }
  refreshQueries();
}

/** Takes rows that were added by hand out of the plan; offered to be undone at once. */
export async function removeRecords(refs: readonly string[]): Promise<void> {
  const client = currentClient();
  if (!client || refs.length === 0) return;
  try {
    await client.records.remove({ refs: [...refs] });
    showMessage({
      tone: 'done',
      text: refs.length === 1 ? `${refs[0]} taken out.` : `${refs.length} rows taken out.`,
      action: { label: 'Undo', run: () => void undo() },
    });
  } catch (error) {
    reportError(error);
  }
  refreshQueries();
}

/** Makes targets of people, premises or lines, and says how many. */
export async function makeTargets(refs: readonly string[]): Promise<void> {
  const client = currentClient();
  if (!client || refs.length === 0) return;
  try {
    const { rows } = await client.records.makeTargets({ refs: [...refs] });
    const text =
      rows.length === 0
        ? 'Already targets: nothing was added.'
        : rows.length === 1
          ? '1 target made.'
          : `${rows.length} targets made.`;
    showMessage({ tone: 'done', text, action: { label: 'Show targets', run: () => goToGrid('targets') } });
  } catch (error) {
    reportError(error);
  }
  refreshQueries();
}

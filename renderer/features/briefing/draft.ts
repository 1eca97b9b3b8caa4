import type { Briefing } from '../../../shared/contract/planSchemas.ts';
import type { GridRow } from '../../../shared/grid/query.ts';
import { currentClient, queryClient } from '../../app/connection.ts';
import { hasShapeOf, keepDraft, readDraft } from '../../app/drafts.ts';
import { showMessage } from '../../app/messages.ts';
import { describeError } from '../../app/reportError.ts';
import { createStore, useStore } from '../../app/store.ts';
import { setUnsaved } from '../../app/unsaved.ts';
import { briefingCopy } from '../../copy/briefing.ts';
import type { Changes, Stored, StoredTexts } from './changes.ts';
import {
  afterSave,
  findConflicts,
  keepMine,
  pickChanges,
  withChange,
  withoutChange,
  withoutIdle,
} from './changes.ts';
import { besideFields } from './fields.ts';

/**
 * The draft outlives the view: who looks something up in the plan finds the text again. It outlives a lock too: it is
 * kept in the workspace until it is saved or dropped.
 */
const changes = createStore<Changes>({});
const workspace = createStore<string | null>(null);

/** The briefing and the operation as they were fetched last. */
export interface Loaded {
  briefing: Briefing;
  operation: GridRow;
}

export const briefingKey = ['briefing'];

/** Sections and fields as the engine has them, by key. */
export function storedOf({ briefing, operation }: Loaded): StoredTexts {
  const texts: Record<string, Stored> = {};
  for (const { key, text, marking } of briefing.sections) texts[key] = { text, marking };
  for (const { field } of besideFields)
    texts[field] = { text: String(operation[field] ?? ''), marking: null };
  return texts;
}

function keep(next: Changes): void {
  changes.set(next);
  keepDraft('briefing', Object.keys(next).length === 0 ? null : next);
  setUnsaved(Object.keys(next).length === 0 ? null : { save: saveDraft });
}

/** A draft belongs to one workspace: what was kept of it is shown again, that of another one is not. */
export function beginDraft(workspaceId: string): void {
  if (workspace.get() === workspaceId) return;
  workspace.set(workspaceId);
  keep(readDraft('briefing', isChanges) ?? {});
}

const isChange = hasShapeOf({ text: '', base: { text: '' } });

function isChanges(value: unknown): value is Changes {
  return typeof value === 'object' && value !== null && Object.values(value).every(isChange);
}

export const useChanges = (): Changes => useStore(changes);

export function editDraft(loaded: Loaded, key: string, change: Partial<Stored>): void {
  keep(withChange(changes.get(), storedOf(loaded), key, change));
}

export const dropChange = (key: string): void => keep(withoutChange(changes.get(), key));
export const dropDraft = (): void => keep({});
export const keepOwn = (loaded: Loaded, key: string): void =>
  keep(keepMine(changes.get(), storedOf(loaded), key));

let saving: Promise<boolean> = Promise.resolve(true);

/** Saves what was written; one after the other, so that a second press never meets the first as somebody else. */
export function saveDraft(): Promise<boolean> {
  saving = saving.then(saveNow);
  return saving;
}

/** Shows at once what the engine answered: the next save rests on it. */
function showLoaded(change: Partial<Loaded>): void {
  queryClient.setQueryData<Loaded>(briefingKey, (now) => (now ? { ...now, ...change } : now));
}

/** Sections are saved as the next version, fields as values of the operation. */
async function saveNow(): Promise<boolean> {
  const client = currentClient();
  const loaded = queryClient.getQueryData<Loaded>(briefingKey);
  if (!client || !loaded) return false;
  const stored = storedOf(loaded);
  if (findConflicts(changes.get(), stored).length > 0) {
    showMessage({ tone: 'warning', text: briefingCopy.resolveFirst });
    return false;
  }
  keep(withoutIdle(changes.get(), stored));
  const sectionKeys = new Set(loaded.briefing.sections.map((section) => section.key));
  const sections = pickChanges(changes.get(), stored, sectionKeys);
  const fields = pickChanges(changes.get(), stored, new Set(besideFields.map(({ field }) => field)));
  try {
    if (Object.keys(fields).length > 0) {
      const { rows } = await client.records.set({
        edits: [
          {
            ref: loaded.operation.ref,
            values: Object.fromEntries(
              Object.entries(fields).map(([field, { text }]) => [field, text || null]),
            ),
            ...(loaded.operation.revision === undefined ? {} : { revision: loaded.operation.revision }),
          },
        ],
      });
      keep(afterSave(changes.get(), fields));
      if (rows[0]) showLoaded({ operation: rows[0] });
    }
    if (Object.keys(sections).length > 0) {
      const briefing = await client.briefing.save({
        model: loaded.briefing.model,
        sections: Object.fromEntries(
          Object.entries(sections).map(([key, { text, marking }]) => [key, { text, marking }]),
        ),
        version: loaded.briefing.version,
      });
      keep(afterSave(changes.get(), sections));
      showLoaded({ briefing });
      showMessage({ tone: 'done', text: briefingCopy.saved(briefing.version) });
    } else {
      const done = Object.keys(fields).length > 0 ? briefingCopy.savedFields : briefingCopy.nothingToSave;
      showMessage({ tone: 'done', text: done });
    }
    return true;
  } catch (error) {
    const { code, message, hint } = describeError(error);
    const after = code === 'stale' ? briefingCopy.staleHint : hint;
    showMessage({ tone: 'danger', text: after ? `${message} ${after}` : message });
    return false;
  } finally {
    void queryClient.invalidateQueries();
  }
}

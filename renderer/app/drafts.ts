import { useEffect, useState } from 'react';
import { DraftKey, longestDraft, mostDrafts } from '../../shared/contract/areas/drafts.ts';
import { currentClient, isWorkspaceOpen } from './connection.ts';
import { reportError } from './reportError.ts';

/**
 * What is written in the window and not yet saved. It is kept in the workspace within half a second, encrypted, under
 * the name of its place: a lock, a crash of the engine or of the page, and an empty battery lose nothing that stood
 * on screen for longer. The place that wrote it reads it again when it is next shown.
 */

const millisecondsToKeep = 400;

/** As the engine has them, as JSON text. */
const kept = new Map<string, string>();
/** Keys that the engine has, or may have. */
const stored = new Set<string>();
/** What the engine does not have yet; null where it is to let go of one. */
const changed = new Map<string, string | null>();
let timer: ReturnType<typeof setTimeout> | undefined;
let sending: Promise<void> = Promise.resolve();
let told = false;
/** The workspace that all of this belongs to. */
let holder: string | null = null;

/** Reads what was kept when the workspace was last open. What this window still holds for it is newer. */
export async function loadDrafts(workspaceId: string): Promise<void> {
  const client = currentClient();
  if (!client) return;
  // Of another workspace, whose engine went before it was sent: it goes to no other.
  if (holder !== workspaceId) changed.clear();
  holder = workspaceId;
  await flushDrafts();
  const { drafts } = await client.drafts.list();
  kept.clear();
  stored.clear();
  for (const { key, value } of drafts) {
    kept.set(key, value);
    stored.add(key);
  }
}

/** Keys of what is kept, the oldest first. */
export const keptKeys = (): string[] => [...kept.keys()];

/** What was kept under a key, where it has the right shape; an older version may have kept another. */
export function readDraft<T>(key: string, isRight: (value: unknown) => value is T): T | null {
  const text = kept.get(key);
  if (text === undefined) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isRight(value) ? value : null;
  } catch {
    return null;
  }
}

/** Keeps what is written under a key from now on; null lets go of it, because it was saved or dropped. */
export function keepDraft(key: string, value: unknown): void {
  const text = value === null ? null : JSON.stringify(value);
  if (text === (kept.get(key) ?? null) && !changed.has(key)) return;
  // One that the engine would refuse must not keep the others from it.
  if (!DraftKey.safeParse(key).success || (text !== null && text.length > longestDraft)) return;
  if (text === null) kept.delete(key);
  else kept.set(key, text);
  // Saved before it had to be kept: the engine never hears of it.
  if (text === null && !stored.has(key)) {
    changed.delete(key);
    return;
  }
  changed.set(key, text);
  // Counted from the first key and not from the last: who writes without a pause is kept too.
  timer ??= setTimeout(() => void flushDrafts(), millisecondsToKeep);
}

/** Sends what the engine does not have yet. Never throws: what cannot be sent now is sent the next time. */
export function flushDrafts(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  // Now and not later: while the workspace is being locked there is none that is open.
  const client = isWorkspaceOpen() ? currentClient() : null;
  sending = sending.then(async () => {
    if (changed.size === 0 || !client) return;
    const drafts = [...changed].slice(0, mostDrafts).map(([key, value]) => ({ key, value }));
    for (const { key } of drafts) stored.add(key);
    try {
      await client.drafts.keep({ drafts });
      for (const { key, value } of drafts) {
        if (changed.get(key) !== value) continue;
        changed.delete(key);
        if (value === null) stored.delete(key);
      }
      told = false;
    } catch (error) {
      if (!told) reportError(error);
      told = true;
    }
  });
  return sending;
}

/**
 * Keeps what a part of the window holds unsaved for as long as it is shown. A part that is closed while the workspace
 * is open was left on purpose: what it held is let go. One that goes because of a lock keeps it.
 */
export function useDraft(key: string | undefined, value: unknown): void {
  const text = JSON.stringify(value);
  useEffect(() => {
    if (key !== undefined) keepDraft(key, JSON.parse(text));
  }, [key, text]);
  useEffect(
    () => () => {
      if (key !== undefined && isWorkspaceOpen()) keepDraft(key, null);
    },
    [key],
  );
}

/** `useState` for what a person types: it begins with what was kept, and is kept while it differs from `initial`. */
export function useDraftState<T>(
  key: string,
  initial: T,
  isRight: (value: unknown) => value is T,
): [T, (next: T) => void] {
  const [value, setValue] = useState<T>(() => readDraft(key, isRight) ?? initial);
  useDraft(key, JSON.stringify(value) === JSON.stringify(initial) ? null : value);
  return [value, setValue];
}

/** What was typed into a cell of a grid and refused, and what is being typed into one that is open. */
export const cellKey = (ref: string, field: string): string => `cell/${ref}/${field}`;
export const openCellKey = (ref: string, field: string): string => `open/${ref}/${field}`;

/** What is typed into the field of one value: its text, and what was picked from a list. */
export interface TypedDraft {
  text: string;
  picked: { value: string; label: string }[];
}

export const isText = (value: unknown): value is string => typeof value === 'string';

/** An object with every one of these fields, each of the kind of the one given. */
export function hasShapeOf<T extends object>(like: T): (value: unknown) => value is T {
  return (value): value is T =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(like).every(([field, sample]) => {
      const found = (value as Record<string, unknown>)[field];
      return Array.isArray(sample) ? Array.isArray(found) : typeof found === typeof sample;
    });
}

const isPick = hasShapeOf({ value: '', label: '' });

export const isTyped = (value: unknown): value is TypedDraft =>
  hasShapeOf<TypedDraft>({ text: '', picked: [] })(value) && value.picked.every(isPick);

/** What was written in the window and is not saved yet, section by section. Pure. */

/** A section or a field of the operation as the engine has it. */
export interface Stored {
  text: string;
  marking: string | null;
}

export interface Change extends Stored {
  /** What it was when the writing began: who saved in between is noticed by it. */
  base: Stored;
}

export type Changes = Readonly<Record<string, Change>>;
export type StoredTexts = Readonly<Record<string, Stored>>;

const nothing: Stored = { text: '', marking: null };

/** The engine keeps texts without blanks around them. */
const isSame = (one: Stored, other: Stored) =>
  one.text.trim() === other.text.trim() && one.marking === other.marking;

/** The changes with one more; one that comes back to what is stored is no change. */
export function withChange(
  changes: Changes,
  stored: StoredTexts,
  key: string,
  change: Partial<Stored>,
): Changes {
  const known = changes[key];
  const base = known?.base ?? stored[key] ?? nothing;
  const next = { text: known?.text ?? base.text, marking: known?.marking ?? base.marking, ...change };
  const { [key]: _, ...others } = changes;
  return next.text === base.text && next.marking === base.marking
    ? others
    : { ...others, [key]: { ...next, base } };
}

export function withoutChange(changes: Changes, key: string): Changes {
  const { [key]: _, ...others } = changes;
  return others;
}

/** Sections that somebody else changed while they were written here. Two who wrote the same agree. */
export function findConflicts(changes: Changes, stored: StoredTexts): string[] {
  return Object.entries(changes).flatMap(([key, change]) => {
    const now = stored[key];
    return now && !isSame(now, change.base) && !isSame(now, change) ? [key] : [];
  });
}

/** The change again, now resting on what is stored: it will replace that. */
export function keepMine(changes: Changes, stored: StoredTexts, key: string): Changes {
  const change = changes[key];
  const now = stored[key];
  return change && now ? { ...changes, [key]: { ...change, base: now } } : changes;
}

/** What is saved of the changes: those of sections or fields that there are, without what is stored already. */
export function pickChanges(changes: Changes, stored: StoredTexts, keys: ReadonlySet<string>): Changes {
  return Object.fromEntries(
    Object.entries(changes).filter(([key, change]) => {
      const now = stored[key];
      return keys.has(key) && now !== undefined && !isSame(now, change);
    }),
  );
}

/** The changes without those that come to what is stored anyway. */
export function withoutIdle(changes: Changes, stored: StoredTexts): Changes {
  return Object.fromEntries(
    Object.entries(changes).filter(([key, change]) => {
      const now = stored[key];
      return now === undefined || !isSame(now, change);
    }),
  );
}

/** The changes that are left after some were saved: what was written on meanwhile stays. */
export function afterSave(changes: Changes, saved: Changes): Changes {
  return Object.fromEntries(
    Object.entries(changes).flatMap(([key, change]) => {
      const written = saved[key];
      if (!written) return [[key, change]];
      if (isSame(written, change)) return [];
      return [[key, { ...change, base: { text: written.text.trim(), marking: written.marking } }]];
    }),
  );
}

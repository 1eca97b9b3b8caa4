/**
 * Between the key that opens a cell and the moment its field is there some milliseconds pass. What is typed in
 * that time is kept here and given to the field, so that a fast typist loses nothing.
 */
let waiting = false;
/** A cell's field is on screen: the grid may say only now that the cell has begun to open. */
let fields = 0;
/** Something was typed since the cell began to open. */
let typed = false;
let keys = '';
let end: 'Tab' | 'Enter' | null = null;

/** A cell has begun to open; its field is not there yet. */
export function beginWaiting(): void {
  if (fields > 0) return;
  waiting = true;
  typed = false;
  keys = '';
  end = null;
}

/** A cell's field has appeared. Returns what to call when it goes. */
export function fieldAppears(): () => void {
  fields += 1;
  endWaiting();
  return () => {
    fields -= 1;
  };
}

/** The field is there, or will never be: keys go their usual way again. */
export function endWaiting(): void {
  waiting = false;
  keys = '';
  end = null;
}

/** What was typed so far while waiting. */
export function takeEarlyKeys(): string {
  const early = keys;
  keys = '';
  return early;
}

/** The key with which the cell was left before its field was there, or null. */
export function takeEarlyEnd(): 'Tab' | 'Enter' | null {
  const left = end;
  end = null;
  return left;
}

/** Keeps a key that was pressed while waiting. True when it was kept and must not act elsewhere. */
export function keepEarlyKey(event: {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}): boolean {
  if (!waiting || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (typed && (event.key === 'Tab' || event.key === 'Enter')) {
    end = event.key;
    return true;
  }
  // What comes after the end belongs to nobody yet: better lost than in the wrong cell.
  if (event.key.length !== 1) return false;
  typed = true;
  if (end === null) keys += event.key;
  return true;
}

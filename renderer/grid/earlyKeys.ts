/**
 * Between the key that opens a cell and the moment its field is there some milliseconds pass. What is typed in
 * that time is kept here and given to the field, so that a fast typist loses nothing.
 */
let waiting = false;
let keys = '';

/** A cell has begun to open; its field is not there yet. */
export function beginWaiting(): void {
  waiting = true;
  keys = '';
}

/** The field is there, or will never be: keys go their usual way again. */
export function endWaiting(): void {
  waiting = false;
  keys = '';
}

/** What was typed so far while waiting. */
export function takeEarlyKeys(): string {
  const typed = keys;
  keys = '';
  return typed;
}

/** Keeps a key that was pressed while waiting. True when it was kept and must not act elsewhere. */
export function keepEarlyKey(event: {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}): boolean {
  if (!waiting || event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return false;
  keys += event.key;
  return true;
}

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
let givingUp: ReturnType<typeof setTimeout> | undefined;

/** A cell has begun to open; its field is not there yet. */
export function beginWaiting(): void {
  if (fields > 0 || waiting) return;
  waiting = true;
  typed = false;
  keys = '';
  end = null;
}

/** How long after a press a cell has begun to open, if it opens at all. */
const millisecondsToOpen = 150;

/**
 * A press was made that opens a cell, if the grid will have it so: the grid itself says so too late for what is typed
 * at once. `withKey`: the press is the first key of what is typed.
 */
export function expectField(isOpening: () => boolean, withKey: boolean): void {
  if (fields > 0 || waiting) return;
  beginWaiting();
  typed = withKey;
  givingUp = setTimeout(() => {
    if (!isOpening()) endWaiting();
  }, millisecondsToOpen);
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
  clearTimeout(givingUp);
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

/**
 * Gives a field what was typed before it had the focus, as if it had been typed into it, and then the key that left it.
 * A field that is on screen does not have the focus yet: what is typed until then is still kept here. Returns what to
 * call when the field goes.
 */
export function handOver(field: HTMLInputElement | HTMLTextAreaElement): () => void {
  let gone: () => void = () => undefined;
  const take = () => {
    const early = keys;
    const left = end;
    gone = fieldAppears();
    if (early !== '') document.execCommand('insertText', false, early);
    // The text has to have arrived before it is left.
    if (left !== null)
      setTimeout(() => {
        field.dispatchEvent(new KeyboardEvent('keydown', { key: left, bubbles: true, cancelable: true }));
      }, 0);
  };
  // Whoever gives it the focus selects its text in the same turn: what was typed replaces that.
  const whenFocused = () => queueMicrotask(take);
  if (document.activeElement === field) take();
  else field.addEventListener('focus', whenFocused, { once: true });
  return () => {
    field.removeEventListener('focus', whenFocused);
    gone();
  };
}

/** Keeps a key that was pressed while waiting. True when it was kept and must not act elsewhere. */
export function keepEarlyKey(event: {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}): boolean {
  if (!waiting) return false;
  // The field opens with all of its text chosen: the grid must not choose all of its rows instead.
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') return keys === '';
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
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

/** What is typed between the key that opens a cell and its field. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  endWaiting,
  expectField,
  fieldAppears,
  keepEarlyKey,
  takeEarlyKeys,
} from '../../renderer/grid/earlyKeys.ts';

const key = (text: string) => ({ key: text, ctrlKey: false, metaKey: false, altKey: false });

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  endWaiting();
  vi.useRealTimers();
});

it('a press on a cell that does not open is forgotten', () => {
  expectField(() => false, true);
  expect(keepEarlyKey(key('a'))).toBe(true);
  vi.runAllTimers();
  expect(keepEarlyKey(key('b'))).toBe(false);
  expect(takeEarlyKeys()).toBe('');
});

it('a cell that was opened and left at once does not take the keys of the next', () => {
  let isOpening = true;
  expectField(() => isOpening, true);
  fieldAppears()();
  isOpening = false;
  vi.advanceTimersByTime(100);
  expectField(() => isOpening, true);
  expect(keepEarlyKey(key('b'))).toBe(true);
  // When the first press would have been given up.
  vi.advanceTimersByTime(60);
  expect(keepEarlyKey(key('c'))).toBe(true);
  expect(takeEarlyKeys()).toBe('bc');
});

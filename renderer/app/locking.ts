import { type LockSettings, lockDefaults } from '../../shared/contract/areas/locking.ts';
import type { LockReason } from '../../shared/contract/lockReason.ts';
import { isWorking } from './closeGuard.ts';
import { beginLocking, isWorkspaceOpen } from './connection.ts';
import { flushDrafts, keepDraft } from './drafts.ts';
import { judgeIdle } from './judgeIdle.ts';
import { native } from './native.ts';
import { currentPlace } from './navigation.ts';
import { createStore, useStore } from './store.ts';

/** How long what is written may take to reach the workspace; then it is locked all the same. */
const millisecondsToKeep = 250;

const settings = createStore<LockSettings>(lockDefaults);
/** Seconds that are left before it locks by itself; null while there is time. */
const countdown = createStore<number | null>(null);
let lastActive = Date.now();
let lastTick = Date.now();

/**
 * Locks the workspace: it goes off the screen at once, what is written is kept in it, and then the host ends the
 * engine and this page.
 */
export async function lockWorkspace(reason: LockReason = 'asked'): Promise<void> {
  const host = native();
  if (!host) return;
  if (isWorkspaceOpen()) keepDraft('place', currentPlace());
  const kept = flushDrafts();
  beginLocking();
  await Promise.race([kept, new Promise((resolve) => setTimeout(resolve, millisecondsToKeep))]);
  host.lock(reason);
}

/** Takes what the workspace says about locking. */
export function applyLockSettings(next: LockSettings): void {
  settings.set(next);
  native()?.protectScreen(next.protectScreen);
}

export const useCountdown = (): number | null => useStore(countdown);

/** Somebody is there. */
function noteActivity(): void {
  lastActive = Date.now();
  if (countdown.get() !== null) countdown.set(null);
}

function look(): void {
  const now = Date.now();
  const sinceLastLook = (now - lastTick) / 1000;
  lastTick = now;
  if (!isWorkspaceOpen()) {
    lastActive = now;
    return;
  }
  const judged = judgeIdle({
    idleSeconds: (now - lastActive) / 1000,
    sinceLastLook,
    working: isWorking(),
    idleMinutes: settings.get().idleMinutes,
  });
  if ('lock' in judged) void lockWorkspace(judged.lock);
  else countdown.set(judged.left);
}

/** Watches for people and for the host's wish to lock, for as long as the page lives. */
export function startLocking(): void {
  for (const event of ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'])
    window.addEventListener(event, noteActivity, { capture: true, passive: true });
  setInterval(look, 1000);
  native()?.onLockWanted((reason) => void lockWorkspace(reason));
  for (const event of ['copy', 'cut'])
    window.addEventListener(
      event,
      // Once the text is there.
      () => setTimeout(() => native()?.noteCopied(settings.get().clipboardSeconds), 0),
      { capture: true },
    );
}

import type { LockReason } from '../../shared/contract/lockReason.ts';
import type { StringPort } from '../../shared/contract/port.ts';

/**
 * Keeps the newest port for a page that asks later than the host delivers, and tells the page of each
 * fresh one, of each loss, and of the host's wish to lock.
 */
export function makePortAnnouncer() {
  const portCallbacks: ((port: StringPort) => void)[] = [];
  const goneCallbacks: (() => void)[] = [];
  const lockCallbacks: ((reason: LockReason) => void)[] = [];
  let current: StringPort | null = null;
  return {
    announce(port: StringPort): void {
      current = port;
      for (const callback of portCallbacks) callback(port);
    },
    lose(): void {
      current = null;
      for (const callback of goneCallbacks) callback();
    },
    wantLock(reason: LockReason): void {
      for (const callback of lockCallbacks) callback(reason);
    },
    onLockWanted(callback: (reason: LockReason) => void): void {
      lockCallbacks.push(callback);
    },
    onPort(callback: (port: StringPort) => void): void {
      portCallbacks.push(callback);
      if (current !== null) callback(current);
    },
    onEngineGone(callback: () => void): void {
      goneCallbacks.push(callback);
    },
  };
}

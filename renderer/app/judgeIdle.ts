import type { LockReason } from '../../shared/contract/lockReason.ts';

/** Nobody notices a machine that sleeps, but for the time that is missing afterwards. */
const secondsOfSleep = 90;
const secondsOfCountdown = 30;
/** Longest that an import counts as somebody working. */
const minutesOfWork = 60;

/** What one look at the clock says: how long nobody was there, and whether the machine slept since the last look. */
export function judgeIdle(now: {
  idleSeconds: number;
  sinceLastLook: number;
  working: boolean;
  idleMinutes: number | null;
}): { lock: LockReason } | { left: number | null } {
  if (now.sinceLastLook > secondsOfSleep) return { lock: 'sleep' };
  if (now.idleMinutes === null) return { left: null };
  if (now.working && now.idleSeconds < minutesOfWork * 60) return { left: null };
  const left = Math.ceil(now.idleMinutes * 60 - now.idleSeconds);
  if (left <= 0) return { lock: 'idle' };
  return { left: left <= secondsOfCountdown ? left : null };
}

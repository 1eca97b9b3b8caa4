import { useEffect, useState } from 'react';
import { AppError } from '../../../shared/contract/errors.ts';

/** Counts down what the engine asks to be waited for after wrong passphrases. */
export function useWait() {
  const [until, setUntil] = useState(0);
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (until === 0) return;
    const count = () => {
      const left = Math.ceil((until - Date.now()) / 1000);
      setSeconds(Math.max(0, left));
      if (left <= 0) setUntil(0);
    };
    count();
    const timer = setInterval(count, 250);
    return () => clearInterval(timer);
  }, [until]);
  return {
    seconds,
    /** Whether the error asks to wait; the countdown runs from now on then. */
    take(error: unknown): boolean {
      if (!(error instanceof AppError) || error.code !== 'workspace.wait') return false;
      const asked = Number(error.details?.seconds);
      setUntil(Date.now() + (Number.isFinite(asked) ? asked : 5) * 1000);
      return true;
    },
  };
}

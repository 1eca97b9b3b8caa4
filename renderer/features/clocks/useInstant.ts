import { useEffect, useState } from 'react';

const current = () => Math.floor(Date.now() / 60_000) * 60;

/** The instant in seconds since 1970, new each minute. */
export function useInstant(): number {
  const [instant, setInstant] = useState(current);
  useEffect(() => {
    const timer = setInterval(() => setInstant(current()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return instant;
}

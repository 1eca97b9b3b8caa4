import { useEffect, useState } from 'react';
import type { Strength } from '../../../shared/contract/areas/users.ts';
import { useClient } from '../../app/connection.ts';

/** Milliseconds after the last key before the engine is asked. */
const pause = 150;

/**
 * What the engine says of a passphrase while it is typed; null before it has said anything. Not a query: a passphrase
 * is nothing to be cached.
 */
export function useStrength(passphrase: string, words: readonly string[]): Strength | null {
  const client = useClient();
  const [judged, setJudged] = useState<{ passphrase: string; strength: Strength } | null>(null);
  const known = words.filter((word) => word.trim() !== '').join('\n');
  useEffect(() => {
    if (passphrase === '') {
      setJudged(null);
      return;
    }
    let isOver = false;
    const timer = setTimeout(() => {
      client.users
        .strength({ passphrase, words: known === '' ? [] : known.split('\n') })
        .then((strength) => {
          if (!isOver) setJudged({ passphrase, strength });
        })
        // The engine judges again when the passphrase is set, and says what is wrong then.
        .catch(() => undefined);
    }, pause);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [client, passphrase, known]);
  return judged && passphrase !== '' ? judged.strength : null;
}

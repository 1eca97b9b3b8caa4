import { useEffect, useState } from 'react';
import { useClient } from '../../app/connection.ts';
import { createStore, useStore } from '../../app/store.ts';
import type { Misspelling } from './completion.ts';

/** What was found in texts looked at lately. The engine's dictionary does not change while it runs. */
const known = new Map<string, readonly Misspelling[]>();
/** Words that somebody chose to leave: names above all. Kept as long as the window. */
const left = createStore<ReadonlySet<string>>(new Set());

export function leaveWord(word: string): void {
  left.set((now) => new Set([...now, word]));
}

function remember(text: string, words: readonly Misspelling[]): void {
  if (known.size >= 200) known.delete(known.keys().next().value ?? '');
  known.set(text, words);
}

/**
 * Words of each text that the British dictionary does not know, by the text's key; asked for one text at a time, a
 * moment after the typing has stopped. A text that was not looked at yet has none.
 */
export function useSpelling(texts: Readonly<Record<string, string>>): Record<string, readonly Misspelling[]> {
  const client = useClient();
  const leave = useStore(left);
  const [, setRound] = useState(0);
  const wanted = JSON.stringify(Object.values(texts).filter((text) => text.trim() !== ''));
  useEffect(() => {
    let current = true;
    const missing = (JSON.parse(wanted) as string[]).filter((text) => !known.has(text));
    const wait = setTimeout(async () => {
      for (const text of missing) {
        if (!current) return;
        try {
          remember(text, (await client.briefing.spelling({ text })).words);
        } catch {
          // Spelling is a help: without it the text is written all the same.
          return;
        }
        if (current) setRound((round) => round + 1);
      }
    }, 350);
    return () => {
      current = false;
      clearTimeout(wait);
    };
  }, [client, wanted]);
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      (known.get(text) ?? []).filter((each) => !leave.has(each.word)),
    ]),
  );
}

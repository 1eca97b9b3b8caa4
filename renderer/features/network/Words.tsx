import { Icon } from '@blueprintjs/core';

/** Sentences of the engine; those of somebody who is protected are marked as what comes first. */
export function Words({ words, isProtected = false }: { words: readonly string[]; isProtected?: boolean }) {
  return (
    <ul className={isProtected ? 'network-words is-protected' : 'network-words'}>
      {words.map((each, place) => (
        <li key={each}>
          {isProtected && place === 0 && <Icon icon="heart" size={13} />} {each}
        </li>
      ))}
    </ul>
  );
}

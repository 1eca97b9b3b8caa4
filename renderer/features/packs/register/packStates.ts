import type { IconName } from '@blueprintjs/core';
import type { IssuedPack } from '../../../../shared/contract/packSchemas.ts';

/** One thing to know about a copy: in a sign and words, not in colour alone. */
export interface PackSign {
  words: string;
  icon: IconName;
  tone: '' | 'tone-danger' | 'tone-warning' | 'tone-good' | 'muted';
  hint: string;
}

const stateSigns: Readonly<Record<IssuedPack['state'], PackSign>> = {
  held: { words: 'Held', icon: 'hand', tone: '', hint: 'The recipient has it' },
  recalled: {
    words: 'Recalled',
    icon: 'undo',
    tone: 'tone-warning',
    hint: 'Asked back, and not yet returned or destroyed',
  },
  returned: { words: 'Returned', icon: 'tick-circle', tone: 'tone-good', hint: 'It came back' },
  destroyed: { words: 'Destroyed', icon: 'trash', tone: 'muted', hint: 'The recipient destroyed it' },
  lost: { words: 'Lost', icon: 'error', tone: 'tone-danger', hint: 'Nobody knows who has it' },
};

/** True while somebody may still read the copy. */
export function isOut({ state }: Pick<IssuedPack, 'state'>): boolean {
  return state !== 'returned' && state !== 'destroyed';
}

/** What is to be known of a copy, the state first. Whether the plan still says the same matters while it is out. */
export function signsOf(pack: IssuedPack): PackSign[] {
  const signs = [stateSigns[pack.state]];
  if (pack.overdue)
    signs.push({
      words: 'Overdue',
      icon: 'outdated',
      tone: 'tone-danger',
      hint: 'Its day to be destroyed is over',
    });
  if (!isOut(pack)) return signs;
  if (pack.stale)
    signs.push({
      words: 'Stale',
      icon: 'warning-sign',
      tone: 'tone-warning',
      hint: 'Something in it has changed since it was issued',
    });
  if (pack.superseded)
    signs.push({
      words: 'Superseded',
      icon: 'double-chevron-up',
      tone: 'muted',
      hint: 'A later version is out',
    });
  return signs;
}

export type RegisterFilter = 'all' | 'out' | 'stale' | 'superseded' | 'overdue' | 'recalled' | 'settled';

/** The switches over the register, in their order, with the copies that each shows. */
export const registerFilters: readonly {
  id: RegisterFilter;
  title: string;
  keeps: (pack: IssuedPack) => boolean;
}[] = [
  { id: 'all', title: 'All', keeps: () => true },
  { id: 'out', title: 'Out', keeps: isOut },
  { id: 'stale', title: 'Stale', keeps: (pack) => isOut(pack) && pack.stale },
  { id: 'superseded', title: 'Superseded', keeps: (pack) => isOut(pack) && pack.superseded },
  { id: 'overdue', title: 'Overdue', keeps: ({ overdue }) => overdue },
  { id: 'recalled', title: 'Recalled', keeps: ({ state }) => state === 'recalled' },
  { id: 'settled', title: 'Returned or destroyed', keeps: (pack) => !isOut(pack) },
];

/** True where the words that are looked for stand in what the row shows. */
export function holdsWords(pack: IssuedPack, words: string): boolean {
  const text = [pack.ref, pack.title, pack.team, pack.recipient, pack.reason, pack.user, pack.stateNote]
    .join(' ')
    .toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

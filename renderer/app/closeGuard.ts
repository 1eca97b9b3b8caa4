import { native } from './native.ts';

/** Work that closing the window would lose, the newest last: its words are what the host asks with. */
const held: { message: string }[] = [];

const tell = () => native()?.confirmClose(held.at(-1)?.message ?? null);

/** True while long work runs: nobody needs to touch a key meanwhile. */
export const isWorking = (): boolean => held.length > 0;

/** From now on the host asks with `message` before it closes the window, until the answer is called. */
export function holdClose(message: string): () => void {
  const hold = { message };
  held.push(hold);
  tell();
  return () => {
    const index = held.indexOf(hold);
    if (index >= 0) held.splice(index, 1);
    tell();
  };
}

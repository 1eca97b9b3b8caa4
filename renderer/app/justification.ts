import type { AppError } from '../../shared/contract/errors.ts';
import { createStore, useStore } from './store.ts';

/** The question what the user is doing, while it is asked; `answered` says whether something was said. */
interface Asking {
  answered: (said: boolean) => void;
}

const asking = createStore<Asking | null>(null);
let waiting: Promise<boolean> | null = null;

/** Asks once, however many calls wait for the answer. True when something was said. */
export function askJustification(): Promise<boolean> {
  waiting ??= new Promise<boolean>((resolve) => {
    asking.set({
      answered: (said) => {
        asking.set(null);
        waiting = null;
        resolve(said);
      },
    });
  });
  return waiting;
}

/** A call that was refused for want of a reason is made again once the user has said one. */
export async function justifyRefusal(refusal: AppError): Promise<boolean> {
  return refusal.code === 'justification.required' && (await askJustification());
}

export function useJustificationQuestion(): Asking | null {
  return useStore(asking);
}

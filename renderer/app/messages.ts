import { createStore, useStore } from './store.ts';

export interface Message {
  id: number;
  tone: 'done' | 'warning' | 'danger';
  text: string;
  action?: { label: string; run: () => void } | undefined;
  /** Stands until it is closed, as errors do. */
  stays?: boolean;
}

const messages = createStore<readonly Message[]>([]);
let counter = 0;

/** Shows a message at the foot of the window for some seconds; errors stay until closed. */
export function showMessage(message: Omit<Message, 'id'>): void {
  counter += 1;
  const id = counter;
  messages.set((now) => [...now.slice(-3), { ...message, id }]);
  if (message.tone !== 'danger' && !message.stays)
    setTimeout(() => dismissMessage(id), message.action ? 9_000 : 5_000);
}

export function dismissMessage(id: number): void {
  messages.set((now) => now.filter((message) => message.id !== id));
}

export function useMessages(): readonly Message[] {
  return useStore(messages);
}

import { createStore, useStore } from './store.ts';

export type Theme = 'light' | 'dark';

const key = 'fellside.theme';

function systemWish(): MediaQueryList {
  return window.matchMedia('(prefers-color-scheme: dark)');
}

function readStored(): Theme | null {
  try {
    const stored = localStorage.getItem(key);
    return stored === 'light' || stored === 'dark' ? stored : null;
  } catch {
    // Storage can be switched off; the system's choice is then the only one.
    return null;
  }
}

function currentTheme(): Theme {
  return readStored() ?? (systemWish().matches ? 'dark' : 'light');
}

const themeStore = createStore<Theme>('light');

function show(theme: Theme): void {
  themeStore.set(theme);
  document.documentElement.dataset.theme = theme;
  document.documentElement.classList.toggle('bp6-dark', theme === 'dark');
}

/** Shows the stored theme, else the system's, and follows the system until the user chooses. */
export function startTheme(): void {
  show(currentTheme());
  systemWish().addEventListener('change', () => show(currentTheme()));
}

/** Changes between light and dark and remembers the choice: the only thing kept outside a workspace. */
export function toggleTheme(): void {
  const next: Theme = themeStore.get() === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem(key, next);
  } catch {
    // The choice then lasts until the window closes.
  }
  show(next);
}

export function useTheme(): Theme {
  return useStore(themeStore);
}

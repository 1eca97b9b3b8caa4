/**
 * A bounded memory of finished results. Two generations: when the young one is full the old one is
 * dropped, so what is used often stays and nothing has to be counted.
 */
export interface Memory<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
}

/** Holds at most twice `size` results. */
export function createMemory<T>(size: number): Memory<T> {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  const set = (key: string, value: T) => {
    if (young.size >= size) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  };
  return {
    get(key) {
      const found = young.get(key);
      if (found !== undefined) return found;
      const earlier = old.get(key);
      if (earlier !== undefined) set(key, earlier);
      return earlier;
    },
    set,
  };
}

/** What changed between two texts, word by word. Pure. */

export interface DifferencePart {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Steps after which two texts are so different that one stands for the other as a whole. */
const mostSteps = 800;

/** Words, runs of white space and single other characters: put together again they are the text. */
const split = (text: string): string[] => text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];

/**
 * The shortest way from one list to the other as pairs of places that stay (the greedy search of Myers, 1986), or
 * null when it takes more than `mostSteps`.
 */
function findCommon(before: readonly string[], after: readonly string[]): [number, number][] | null {
  const most = Math.min(before.length + after.length, mostSteps);
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let step = 0; step <= most; step += 1) {
    trace.push(new Map(furthest));
    for (let diagonal = -step; diagonal <= step; diagonal += 2) {
      const down =
        diagonal === -step ||
        (diagonal !== step && (furthest.get(diagonal - 1) ?? -1) < (furthest.get(diagonal + 1) ?? -1));
      let x = down ? (furthest.get(diagonal + 1) ?? 0) : (furthest.get(diagonal - 1) ?? 0) + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x += 1;
      furthest.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length)
        return walkBack(trace, before.length, after.length);
    }
  }
  return null;
}

function walkBack(trace: readonly Map<number, number>[], fromX: number, fromY: number): [number, number][] {
  const common: [number, number][] = [];
  let x = fromX;
  let y = fromY;
  for (let step = trace.length - 1; step >= 0; step -= 1) {
    const furthest = trace[step] ?? new Map<number, number>();
    const diagonal = x - y;
    const down =
      diagonal === -step ||
      (diagonal !== step && (furthest.get(diagonal - 1) ?? -1) < (furthest.get(diagonal + 1) ?? -1));
    const previous = down ? diagonal + 1 : diagonal - 1;
    const beforeX = furthest.get(previous) ?? 0;
    const beforeY = beforeX - previous;
    while (x > beforeX && y > beforeY) {
      x -= 1;
      y -= 1;
      common.push([x, y]);
    }
    if (step === 0) break;
    x = beforeX;
    y = beforeY;
  }
  return common.reverse();
}

/** The parts in order: `same` and `removed` together are `before`, `same` and `added` together are `after`. */
export function compareWords(before: string, after: string): DifferencePart[] {
  const old = split(before);
  const next = split(after);
  let start = 0;
  while (start < old.length && start < next.length && old[start] === next[start]) start += 1;
  let end = 0;
  while (
    end < old.length - start &&
    end < next.length - start &&
    old[old.length - 1 - end] === next[next.length - 1 - end]
  )
    end += 1;
  const oldMiddle = old.slice(start, old.length - end);
  const nextMiddle = next.slice(start, next.length - end);
  const parts: DifferencePart[] = [];
  const put = (kind: DifferencePart['kind'], words: readonly string[]) => {
    const last = parts.at(-1);
    if (words.length === 0) return;
    if (last?.kind === kind) last.text += words.join('');
    else parts.push({ kind, text: words.join('') });
  };
  put('same', old.slice(0, start));
  let x = 0;
  let y = 0;
  for (const [atX, atY] of findCommon(oldMiddle, nextMiddle) ?? []) {
    put('removed', oldMiddle.slice(x, atX));
    put('added', nextMiddle.slice(y, atY));
    put('same', oldMiddle.slice(atX, atX + 1));
    x = atX + 1;
    y = atY + 1;
  }
  put('removed', oldMiddle.slice(x));
  put('added', nextMiddle.slice(y));
  put('same', old.slice(old.length - end));
  return parts;
}

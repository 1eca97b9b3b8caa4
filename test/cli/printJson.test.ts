import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { printJson } from '../../electron/hosts/cli/output.ts';

afterEach(() => vi.restoreAllMocks());

function print(value: unknown): string {
  const pieces: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((piece) => {
    pieces.push(String(piece));
    return true;
  });
  printJson(value);
  vi.restoreAllMocks();
  return pieces.join('');
}

test('what is printed in pieces is what JSON.stringify makes in one', () => {
  fc.assert(
    fc.property(fc.object({ maxDepth: 7, withNullPrototype: false }), (value) => {
      expect(print(value)).toBe(`${JSON.stringify(value, null, 2)}\n`);
    }),
  );
  const odd = { none: undefined, list: [undefined, [], {}], 'a "key"\n': new Date(0), text: 'é\n"' };
  expect(print(odd)).toBe(`${JSON.stringify(odd, null, 2)}\n`);
});

test('a large table is never one string', () => {
  const rows = Array.from({ length: 5000 }, (_unused, row) => [{ text: `cell of row ${row}` }]);
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  printJson({ sheets: [{ rows }] });
  const longest = Math.max(...written.mock.calls.map(([piece]) => piece.length));
  expect(written.mock.calls.length).toBeGreaterThan(3);
  expect(longest).toBeLessThan(100_000);
});

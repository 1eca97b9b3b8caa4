import { afterAll, beforeAll, expect, it } from 'vitest';
import { oncePerState } from '../../electron/engine/database/stateMemo.ts';
import { type Bench, cleanUp, makeWorkspace, sessionOf } from './support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await makeWorkspace();
}, 60_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

it('an answer is worked out once for a state, and anew after a change by either connection', () => {
  const { reader, writer } = sessionOf(bench);
  let works = 0;
  const ask = (database: typeof reader, name = 'premises') =>
    oncePerState(database, name, () => {
      works += 1;
      return (database.prepare('SELECT count(*) AS count FROM premises').get() as { count: number }).count;
    });
  const add = (id: number) =>
    writer.prepare('INSERT INTO premises (id, revision, sources, address) VALUES (?, 1, 0, ?)').run(id, 'x');
  expect([ask(reader), ask(reader), works]).toEqual([0, 0, 1]);
  add(1);
  expect([ask(reader), ask(reader), works]).toEqual([1, 1, 2]);
  // The connection that writes sees what it has not committed yet.
  expect(ask(writer)).toBe(1);
  writer.transaction(() => {
    add(2);
    expect([ask(writer), ask(reader)]).toEqual([2, 1]);
  })();
  expect(ask(reader)).toBe(2);
  // Within a read transaction the state stands still, whatever is committed meanwhile.
  reader.transaction(() => {
    expect(ask(reader)).toBe(2);
    add(3);
    expect([ask(reader), ask(reader, 'again')]).toEqual([2, 2]);
  })();
  expect(ask(reader)).toBe(3);
});

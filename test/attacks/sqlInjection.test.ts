/** SQL in every text of every method: nothing of it is ever run, and no other table answers. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { contract } from '../../shared/contract/contract.ts';
import { cleanUp, makeFolder, sessionOf } from '../engine/support.ts';
import { makeTargetWorkspace, openTarget } from './support/fuzz.ts';
import { makeRandom, valueFor } from './support/hostileValues.ts';

afterAll(cleanUp);

const stolen = join(makeFolder(), 'stolen.db');

const injections = [
  "' OR '1'='1",
  "'; DELETE FROM setting; --",
  "'; UPDATE operation SET name = 'taken'; --",
  '"; DROP TABLE draft; --',
  'name"; DROP TABLE draft; --',
  "x') UNION SELECT value FROM setting --",
  `'; ATTACH DATABASE '${stolen}' AS stolen; --`,
  "'); INSERT INTO draft VALUES (1, 'planted', 'x', 'x'); --",
  'name) FROM person; PRAGMA writable_schema = ON; --',
  'name COLLATE NOCASE; VACUUM; --',
  'char(39) || (SELECT value FROM setting)',
  'x" OR 1=1 --',
  '* FROM person --',
  'rowid',
  'sqlite_master',
  'secret" AS "x',
];

describe('SQL', () => {
  it('in every text of every method changes no table that the method does not, and tells nothing', {
    timeout: 120_000,
  }, async () => {
    const target = await openTarget(makeFolder());
    const { client, engine } = target;
    const refs = await makeTargetWorkspace(target, 'op.fellside');
    const session = sessionOf({ engine } as never);
    const canary = 'CANARY-7f3a';
    session.writer.prepare('INSERT INTO setting (key, value) VALUES (?, ?)').run('canary', canary);
    const schema = () =>
      JSON.stringify(
        session.writer
          .prepare('SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name')
          .all(),
      );
    const before = schema();
    const random = makeRandom(7);
    const known = { refs, grants: injections, fields: [...injections, 'name', 'note'], texts: injections };
    const calls = client as unknown as Record<
      string,
      Record<string, (input: unknown, options: { signal: AbortSignal }) => Promise<unknown>>
    >;
    for (const [area, list] of Object.entries(contract)) {
      // Those that open, close or end the workspace have no text that reaches a query.
      if (['workspace', 'closing', 'events'].includes(area)) continue;
      for (const [method, procedure] of Object.entries(list)) {
        const { inputSchema } = (procedure as never as { '~orpc': { inputSchema?: z.ZodType } })['~orpc'];
        if (inputSchema === undefined) continue;
        for (let round = 0; round < 12; round += 1) {
          const input = valueFor(inputSchema, random, known);
          const signal = AbortSignal.timeout(20_000);
          const answer = await Promise.resolve(calls[area]?.[method]?.(input, { signal })).catch(
            (error: Error) => error.message,
          );
          if (typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer) {
            await (answer as unknown as AsyncIterator<unknown>).return?.();
            continue;
          }
          const told = JSON.stringify(answer) ?? '';
          expect(told.includes(canary), `${area}.${method} told a secret`).toBe(false);
          expect(
            /SQLITE_|syntax error|no such (column|table)/.test(told),
            `${area}.${method}: ${told.slice(0, 300)}`,
          ).toBe(false);
        }
        if (engine.context.session() === null) throw new Error(`${area}.${method} closed the workspace`);
      }
    }
    expect(schema()).toBe(before);
    expect(existsSync(stolen)).toBe(false);
    expect(session.writer.prepare("SELECT value FROM setting WHERE key = 'canary'").pluck().get()).toBe(
      canary,
    );
    expect(session.writer.prepare("SELECT count(*) FROM draft WHERE key = 'planted'").pluck().get()).toBe(0);
    expect(await client.history.verify()).toMatchObject({ ok: true });
    await target.close();
  });
});

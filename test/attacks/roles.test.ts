/**
 * The attack: a user calls what their role may not, by the contract itself and not by a button. Every method there is
 * is called as a reader and as an analyst; what needs more is refused before its input is looked at, and nothing is
 * written. The list of methods is the contract's own: one that is added is tried here too.
 */
import { call, isProcedure } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { Need } from '../../shared/contract/needs.ts';
import type { Bench } from '../engine/support.ts';
import { cleanUp, makeWorkspace, openWorkspaceAt, sessionOf } from '../engine/support.ts';

const words = { reader: 'amber tarn lantern seven', analyst: 'brittle ochre windmill' };

interface Method {
  name: string;
  needs: Need;
}

function methodsOf(router: object, path: string[] = []): Method[] {
  return Object.entries(router).flatMap(([key, value]: [string, unknown]) => {
    const here = [...path, key];
    const meta = (value as { '~orpc'?: { meta: { needs: Need } } })['~orpc']?.meta;
    return meta ? [{ name: here.join('.'), needs: meta.needs }] : methodsOf(value as object, here);
  });
}

const methods = methodsOf(contract);
let workspace: string;

beforeAll(async () => {
  const bench = await makeWorkspace();
  await bench.client.records.add({ grid: 'people', values: { name: 'Wilhelmina Oxthwaite' } });
  const given: string[] = [];
  for (const role of ['reader', 'analyst'] as const)
    given.push((await bench.client.users.add({ name: `The ${role}`, role })).oneTimePassphrase);
  await bench.engine.close();
  workspace = bench.workspace;
  for (const [place, role] of (['reader', 'analyst'] as const).entries()) {
    const first = await openWorkspaceAt(workspace, given[place]);
    await first.client.users.changePassphrase({ current: given[place] ?? '', passphrase: words[role] });
    await first.engine.close();
  }
}, 120_000);

afterAll(cleanUp);

function procedureOf(bench: Bench, name: string) {
  let found: unknown = bench.engine.router;
  for (const part of name.split('.')) found = (found as Record<string, unknown>)[part];
  if (!isProcedure(found)) throw new Error(`${name} has no handler`);
  return found;
}

/** The whole database but the journal, as a number that any change alters. */
function changesOf(bench: Bench): number {
  const { writer } = sessionOf(bench);
  return (writer.prepare('SELECT total_changes() AS n').get() as { n: number }).n;
}

describe('a method', { timeout: 120_000 }, () => {
  it('says what it needs, every one', () => {
    expect(methods.length).toBeGreaterThan(100);
    expect(methods.filter(({ needs }) => !['anyone', 'reader', 'analyst', 'lead'].includes(needs))).toEqual(
      [],
    );
    const byNeed = Object.groupBy(methods, ({ needs }) => needs);
    // What works with no workspace open, or before a role is known: each of these was thought about.
    expect(
      byNeed.anyone
        ?.map(({ name }) => name)
        .filter((name) => !/^(workspace|events|imports|backups|packs)\./.test(name)),
    ).toEqual(['users.strength', 'users.recover']);
    expect(byNeed.lead?.length).toBeGreaterThan(5);
  });

  it.each(['reader', 'analyst'] as const)(
    'that role %s may not call is refused, whatever it is given',
    async (role) => {
      const ranks = { anyone: 0, reader: 1, analyst: 2, lead: 3 };
      const forbidden = methods.filter(({ needs }) => ranks[needs] > ranks[role]);
      expect(forbidden.length).toBeGreaterThan(5);
      const bench = await openWorkspaceAt(workspace, words[role]);
      const before = changesOf(bench);
      const answered: string[] = [];
      for (const { name } of forbidden)
        for (const input of [undefined, {}, { id: 1, role: 'lead', name: 'X', ref: 'NOM-1', edits: [] }]) {
          const outcome = await call(procedureOf(bench, name), input, {
            context: bench.engine.context,
            path: name.split('.'),
          }).then(
            () => 'answered',
            (error: unknown) => (error instanceof AppError ? error.code : String(error)),
          );
          if (outcome !== 'workspace.role') answered.push(`${name} ${outcome}`);
        }
      expect(answered).toEqual([]);
      expect(changesOf(bench)).toBe(before);
      expect(await bench.client.history.verify()).toMatchObject({ ok: true });
      await bench.engine.close();
    },
  );
});

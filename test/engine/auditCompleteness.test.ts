/** Section 62: every method of the contract says which operation it records, and some code writes what it says. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contract } from '../../shared/contract/contract.ts';
import { recorded } from '../../shared/contract/recorded.ts';

const methods = Object.entries(contract).flatMap(([area, list]) =>
  Object.keys(list).map((method) => `${area}.${method}`),
);

const engine = join(import.meta.dirname, '..', '..', 'electron', 'engine');
const sources = readdirSync(engine, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(engine, name), 'utf8'));

/** Whether the engine names the method, as an entry of the journal has to. */
const named = (method: string) => sources.some((text) => text.includes(`'${method}'`));

describe('what is recorded', () => {
  it('is said of every method, and of no other', () => {
    expect({ unsaid: methods.filter((method) => !(method in recorded)) }).toEqual({ unsaid: [] });
    expect({ gone: Object.keys(recorded).filter((method) => !methods.includes(method)) }).toEqual({
      gone: [],
    });
  });

  it('has a reason where it is nothing', () => {
    for (const [method, said] of Object.entries(recorded))
      if ('none' in said) expect({ method, words: said.none.length > 15 }).toEqual({ method, words: true });
  });

  it('is written by the engine', () => {
    const claims = Object.entries(recorded).flatMap(([method, said]) =>
      'none' in said || said.looked !== undefined ? [] : [{ method, under: said.under ?? method }],
    );
    const unwritten = claims.filter(({ under }) => !named(under));
    expect(unwritten).toEqual([]);
  });
});

/** How passphrases are judged, offline, and what is refused. */
import { createRouterClient } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../electron/engine/createEngine.ts';
import { judgePassphrase, refuseWeak } from '../../electron/engine/people/strength.ts';
import { kdfFloor } from '../../electron/engine/workspace/kdf.ts';
import { minimumPassphrase } from '../../shared/contract/areas/users.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { refusal } from '../engine/support.ts';

const known = ['Operation Fellgate', 'R. Sturgess', 'op.fellside'];

describe('a passphrase', { timeout: 60_000 }, () => {
  it.each([
    ['', false, 0],
    ['heron7', false, 4],
    ['password', false, 0],
    ['password1234', false, 1],
    ['aaaaaaaaaaaaaaaa', false, 1],
    ['qwertyuiop12', false, 1],
    ['Operation Fellgate', false, 1],
    ['FellgateSturgess', false, 1],
    ['Sturgess1', false, 1],
    ['fellside demonstration', true, 3],
    ['correct horse battery', true, 4],
    ['slow heron over slate', true, 4],
  ])('%j is taken: %s', async (passphrase, acceptable, most) => {
    const strength = await judgePassphrase(passphrase, known);
    expect(strength.acceptable).toBe(acceptable);
    expect(strength.score).toBeLessThanOrEqual(most);
    if (!acceptable) expect(strength.advice.length).toBeGreaterThan(0);
  });

  it('holds as long as its guesses and the work of each say', async () => {
    const plain = await judgePassphrase('slow heron', known);
    const dear = await judgePassphrase('slow heron', known, {
      ...kdfFloor,
      memoryKiB: kdfFloor.memoryKiB * 4,
    });
    expect(dear.seconds / plain.seconds).toBeCloseTo(4);
    const expected = (10 ** plain.guessesLog10 / 2) * (0.16 / plain.machines);
    expect(Math.abs(Math.log10(plain.seconds / expected))).toBeLessThan(0.06);
    const better = await judgePassphrase('slow heron over slate', known);
    expect(better.seconds).toBeGreaterThan(plain.seconds * 1000);
  });

  it('is the weaker the more of it is known', async () => {
    const unknown = await judgePassphrase('Tarnbeckholm windmill', []);
    const asName = await judgePassphrase('Tarnbeckholm windmill', ['DC Tarnbeckholm']);
    expect(asName.guessesLog10).toBeLessThan(unknown.guessesLog10 - 2);
  });

  it('that is refused is never quoted', async () => {
    for (const words of ['short7c', 'password1234', 'Operation Fellgate']) {
      const error = await refusal(refuseWeak(words, known));
      expect(error.code).toBe('workspace.weak-passphrase');
      expect(error.message).not.toContain(words);
    }
    expect((await refusal(refuseWeak('x'.repeat(minimumPassphrase - 1), known))).message).toContain(
      'too short',
    );
    await refuseWeak('café crossing', known);
  });

  it('is judged as soon as the machine has the memory for a measure of it', async () => {
    let measured = 0;
    const engine = createEngine({
      measureKdf: async () => {
        measured += 1;
        if (measured === 1) throw new AppError('workspace.memory', 'not now');
        return 60_000;
      },
    });
    const client = createRouterClient(engine.router, { context: engine.context });
    const judge = () => client.users.strength({ passphrase: 'slow heron over slate' });
    expect((await refusal(judge())).code).toBe('workspace.memory');
    expect((await judge()).acceptable).toBe(true);
    await judge();
    expect(measured).toBe(2);
    await engine.close();
  });

  it('of any length is judged', async () => {
    const strength = await judgePassphrase('correct horse battery '.repeat(45), known);
    expect(strength.seconds).toBeGreaterThan(0);
    expect(Number.isFinite(strength.seconds)).toBe(true);
  });
});

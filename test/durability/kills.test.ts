/**
 * A process at work is killed at random moments, forty times: the workspace opens each time, everything in it holds,
 * and nothing that was acknowledged is gone. `manyKills.ts` does it as often as wanted.
 */
import { expect, it } from 'vitest';
import { killRounds, noFigures } from './killRounds.ts';

it('no kill loses a committed change or harms the workspace', async () => {
  const figures = noFigures();
  const until = Date.now() + 25_000;
  // As many as fit into half a minute, at least eight: a slow machine does fewer and proves the same.
  while (figures.kills < 40 && (figures.kills < 8 || Date.now() < until))
    await killRounds(figures, 8, Math.random);
  expect(figures).toMatchObject({ opened: figures.kills, whole: figures.kills, lost: 0, problems: [] });
  expect(figures.acknowledged).toBeGreaterThan(figures.kills);
}, 600_000);

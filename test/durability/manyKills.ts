/**
 * The full number of kills, for the figures of a release:
 *
 *   npm run -s kills -- [KILLS]
 *
 * prints one line of JSON after each workspace; the last one is the result. Exit status 1 where anything was lost.
 */
import { killRounds, noFigures } from './killRounds.ts';

const kills = Number(process.argv[2] ?? 1000);
const perWorkspace = 40;
const figures = noFigures();
while (figures.kills < kills) {
  await killRounds(figures, Math.min(perWorkspace, kills - figures.kills), Math.random);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}
process.exitCode = figures.whole === figures.kills && figures.lost === 0 ? 0 : 1;

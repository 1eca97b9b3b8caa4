import { spawnSync } from 'node:child_process';
import { buildAll } from './build.ts';

/**
 * Builds the product and packages it for this platform into release/. Further parameters go to
 * electron-builder (`--dir` for a folder instead of an installer). Needs Electron's binary: it is fetched
 * where the network allows, or taken from a folder with `-c.electronDist=FOLDER`.
 */
await buildAll();
const builder = 'node_modules/electron-builder/cli.js';
const run = spawnSync(process.execPath, [builder, '--publish', 'never', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = run.status ?? 1;

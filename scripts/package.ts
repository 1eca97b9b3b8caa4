import { spawnSync } from 'node:child_process';
import { buildAll } from './build.ts';
import { writeSbom } from './sbom.ts';

/**
 * Builds the product and packages it for this platform into release/. Further parameters go to
 * electron-builder (`--dir` for a folder instead of an installer). Needs Electron's binary: it is fetched
 * where the network allows, or taken from a folder with `-c.electronDist=FOLDER`. Beside the package go the bill of
 * materials and the licence texts; a licence that may not be stops it.
 */
await buildAll();
const faults = writeSbom('release', undefined);
if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exit(1);
}
const builder = 'node_modules/electron-builder/cli.js';
const run = spawnSync(process.execPath, [builder, '--publish', 'never', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = run.status ?? 1;

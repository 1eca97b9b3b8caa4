import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Plain JavaScript without type annotations, because it must start under any Node: the encrypted
// SQLite build crashes an older Node without a word, and an older Node cannot read TypeScript.
const oldestNode = 24;

// As in electron/hosts/engineFlags.ts, which this file cannot read.
const engineFlags = ['--max-semi-space-size=8', '--disable-sigusr1'];

/** The major version of the Node that runs this file. */
function currentMajor() {
  return Number(process.versions.node.split('.')[0]);
}

/** Path of the Node 24 that the `node` package brings, or null when it was not installed. */
export function findBundledNode() {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    const { bin, version } = JSON.parse(readFileSync(manifest, 'utf8'));
    if (Number(version.split('.')[0]) < oldestNode) return null;
    const executable = join(dirname(manifest), typeof bin === 'string' ? bin : bin.node);
    if (existsSync(`${executable}.exe`)) return `${executable}.exe`;
    return existsSync(executable) ? executable : null;
  } catch {
    return null;
  }
}

/**
 * Makes sure that what follows runs under Node 24 or newer. Returns true when it already does.
 * Otherwise it starts `script` again under the bundled Node with the same arguments and standard
 * streams, and leaves with that child's status; without a bundled Node it says so in one line and
 * leaves with status 2.
 */
export function ensureNode(scriptUrl) {
  if (currentMajor() >= oldestNode) return true;
  const node = findBundledNode();
  if (node === null) {
    process.stderr.write(
      `fellside: needs Node ${oldestNode} or newer and this is Node ${process.versions.node}: ` +
        'run `npm rebuild node` in the checkout (it allows the install script of `node`), or install Node 24\n',
    );
    process.exit(2);
  }
  const child = spawn(node, [...engineFlags, fileURLToPath(scriptUrl), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: {
      ...process.env,
      // Whatever the child starts as `node` finds the same Node.
      PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
    },
  });
  // A terminal sends its signals to the whole group, so the parent only has to outlive the child.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT') child.kill(signal);
    });
  }
  child.on('error', (error) => {
    process.stderr.write(`fellside: could not start Node ${oldestNode} from its package: ${error.code}\n`);
    process.exit(2);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 2);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
  return false;
}

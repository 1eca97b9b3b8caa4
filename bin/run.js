import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureNode } from './guard.js';

// `node bin/run.js scripts/build.ts [arguments]`: runs a TypeScript source under Node 24, so that
// the npm scripts work, or refuse in words, whatever Node the machine has.
if (ensureNode(import.meta.url)) {
  const [node, , script, ...rest] = process.argv;
  if (script === undefined) {
    process.stderr.write('fellside: bin/run.js needs the path of a script\n');
    process.exit(2);
  }
  const path = resolve(script);
  process.argv = [node, path, ...rest];
  await import(pathToFileURL(path).href);
}

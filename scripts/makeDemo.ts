/** Writes the demonstration operation to `resources/demo`. Run: `node scripts/makeDemo.ts`. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildDemo } from './demo/build.ts';

const folder = join(import.meta.dirname, '..', 'resources', 'demo');
const files = await buildDemo();
await rm(folder, { recursive: true, force: true });
let total = 0;
for (const [path, bytes] of files) {
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, bytes);
  total += bytes.length;
}
console.log(`${files.size} files, ${(total / 1_000_000).toFixed(2)} MB`);

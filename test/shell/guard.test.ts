import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const checkout = resolve(import.meta.dirname, '../..');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fellside-guard-'));
  cpSync(join(checkout, 'bin'), join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(folder, 'script.ts'),
    'const given: string[] = process.argv.slice(2);\nconsole.log(process.versions.node, given.join("|"));\nprocess.exitCode = 3;\n',
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs bin/run.js under a Node that says it is of an older version. */
function runUnderOldNode(): { status: number | null; stdout: string; stderr: string } {
  const pretend = "Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.1.0'}})";
  return spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(pretend)}`,
      'bin/run.js',
      'script.ts',
      'a b',
      '--c',
    ],
    { cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH } },
  );
}

/** Puts a `node` package into the folder whose executable is this Node. */
function installNode(version: string): void {
  const bundled = join(folder, 'node_modules/node');
  mkdirSync(join(bundled, 'bin'), { recursive: true });
  writeFileSync(join(bundled, 'package.json'), JSON.stringify({ version, bin: { node: 'bin/node' } }));
  writeFileSync(join(bundled, 'bin/node'), `#!/bin/sh\nexec "${process.execPath}" "$@"\n`, { mode: 0o755 });
}

describe.skipIf(process.platform === 'win32')('an older Node', () => {
  test('hands over to the Node that the checkout brings, with parameters and exit status', () => {
    installNode('24.21.0');
    const { status, stdout } = runUnderOldNode();
    expect(stdout.trim()).toBe(`${process.versions.node} a b|--c`);
    expect(status).toBe(3);
  });

  test('is refused in one line where the checkout brings none', () => {
    const { status, stdout, stderr } = runUnderOldNode();
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^fellside: needs Node 24 or newer and this is Node 20\.1\.0: [^\n]+\n$/);
  });

  test('is refused where the Node that the checkout brings is older too', () => {
    installNode('22.0.0');
    expect(runUnderOldNode().status).toBe(2);
  });
});

test('a fitting Node runs the script itself', () => {
  const { status, stdout } = spawnSync(process.execPath, ['bin/run.js', 'script.ts', 'x'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect([status, stdout.trim()]).toEqual([3, `${process.versions.node} x`]);
});

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';

const checkout = resolve(import.meta.dirname, '../..');
const cruiser = join(checkout, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
const configuration = join(checkout, '.dependency-cruiser.cjs');
const installedPackages = [
  'zod',
  '@orpc/contract',
  '@orpc/client',
  '@orpc/server',
  'react',
  'electron',
  'better-sqlite3',
  'playwright-core',
];

let folder = '';

/** Writes a small tree of sources (path → text) beside stand-ins for the packages, and cruises it. */
function cruise(sources: Record<string, string>): string[] {
  folder = mkdtempSync(join(tmpdir(), 'fellside-layers-'));
  const files: Record<string, string> = {
    'package.json': JSON.stringify({
      name: 'planted',
      type: 'module',
      dependencies: Object.fromEntries(installedPackages.map((name) => [name, '1.0.0'])),
    }),
    ...sources,
  };
  for (const name of installedPackages) {
    files[`node_modules/${name}/package.json`] = JSON.stringify({ name, version: '1.0.0', main: 'index.js' });
    files[`node_modules/${name}/index.js`] = 'module.exports = {};\n';
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const tops = [...new Set(Object.keys(sources).map((path) => path.split('/')[0] as string))];
  const run = spawnSync(
    process.execPath,
    [cruiser, '--config', configuration, '--output-type', 'json', ...tops],
    { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  const report = JSON.parse(run.stdout) as {
    summary: { violations: { rule: { name: string; severity: string }; from: string; to: string }[] };
  };
  return report.summary.violations.map(
    (found) => `${found.rule.severity} ${found.rule.name}: ${found.from} → ${found.to}`,
  );
}

afterEach(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
  folder = '';
});

/** rule, the offending file, what it imports, and the file that has to exist for that. */
const planted: [string, string, string, string?][] = [
  ['shared-imports-only-shared', 'shared/domain/a.ts', '../../electron/engine/b.ts', 'electron/engine/b.ts'],
  ['shared-imports-only-shared', 'shared/domain/a.ts', '../../renderer/b.tsx', 'renderer/b.tsx'],
  ['shared-uses-no-node', 'shared/domain/a.ts', 'node:fs'],
  ['shared-uses-zod-alone', 'shared/domain/a.ts', 'react'],
  ['shared-uses-zod-alone', 'shared/domain/a.ts', '@orpc/client'],
  ['contract-uses-zod-and-orpc-contract', 'shared/contract/contract.ts', '@orpc/client'],
  ['transport-uses-orpc-client', 'shared/contract/client.ts', '@orpc/server'],
  ['engine-knows-no-host', 'electron/engine/a.ts', '../main/b.ts', 'electron/main/b.ts'],
  ['engine-knows-no-host', 'electron/engine/a.ts', '../hosts/b.ts', 'electron/hosts/b.ts'],
  ['engine-knows-no-host', 'electron/engine/a.ts', '../../renderer/b.tsx', 'renderer/b.tsx'],
  ['engine-knows-no-host', 'electron/engine/a.ts', '../../test/b.ts', 'test/b.ts'],
  ['engine-knows-no-electron', 'electron/engine/a.ts', 'electron'],
  ['engine-knows-no-electron', 'electron/engine/a.ts', 'playwright-core'],
  [
    'readers-know-no-database',
    'electron/engine/intake/readers/a.ts',
    '../../database/b.ts',
    'electron/engine/database/b.ts',
  ],
  ['readers-know-no-database', 'electron/engine/intake/readers/a.ts', 'better-sqlite3'],
  ['writers-know-no-database', 'electron/engine/packs/xlsx/a.ts', 'better-sqlite3'],
  ['handlers-know-no-sql', 'electron/engine/handlers/a.ts', 'better-sqlite3'],
  ['one-sqlite-opener', 'electron/hosts/a.ts', 'better-sqlite3'],
  ['main-knows-no-engine', 'electron/main/a.ts', '../engine/b.ts', 'electron/engine/b.ts'],
  ['main-knows-no-engine', 'electron/preload/a.ts', '../../renderer/b.tsx', 'renderer/b.tsx'],
  ['preload-passes-the-port-alone', 'electron/preload/a.ts', '../main/b.ts', 'electron/main/b.ts'],
  ['preload-passes-the-port-alone', 'electron/preload/a.ts', 'node:fs'],
  ['hosts-know-no-page', 'electron/hosts/a.ts', '../../renderer/b.tsx', 'renderer/b.tsx'],
  ['hosts-know-no-page', 'electron/hosts/a.ts', '../main/b.ts', 'electron/main/b.ts'],
  ['page-imports-page-and-shared', 'renderer/a.tsx', '../electron/engine/b.ts', 'electron/engine/b.ts'],
  ['page-imports-page-and-shared', 'renderer/a.tsx', '../electron/preload/b.ts', 'electron/preload/b.ts'],
  ['page-uses-no-node', 'renderer/a.tsx', 'node:path'],
  ['page-uses-no-server-package', 'renderer/a.tsx', 'electron'],
  ['page-uses-no-server-package', 'renderer/a.tsx', '@orpc/server'],
  ['product-imports-no-test', 'electron/hosts/a.ts', '../../scripts/b.ts', 'scripts/b.ts'],
  ['electron-in-main-and-preload-alone', 'electron/hosts/a.ts', 'electron'],
  ['no-unclassified-importer', 'plugins/a.ts', '../shared/b.ts', 'shared/b.ts'],
  ['no-unclassified-imported', 'electron/main/a.ts', '../../plugins/b.ts', 'plugins/b.ts'],
  ['no-unclassified-electron', 'electron/extras/a.ts', '../../shared/b.ts', 'shared/b.ts'],
  ['no-import-of-unclassified-electron', 'electron/hosts/a.ts', '../extras/b.ts', 'electron/extras/b.ts'],
  ['no-unresolved', 'shared/domain/a.ts', './nowhere.ts'],
];

/** Gives each planted file a name of its own, so that one run of the tool can judge all of them. */
function plantAll(): { sources: Record<string, string>; froms: string[] } {
  const sources: Record<string, string> = {};
  const froms = planted.map(([, from, specifier, target], index) => {
    const unique = from.startsWith('shared/contract/') ? from : from.replace('/a.ts', `/a${index}.ts`);
    const earlier = sources[unique] ?? '';
    sources[unique] =
      `${earlier}import { b as b${index} } from '${specifier}';\nexport const a${index} = b${index};\n`;
    if (target !== undefined) sources[target] = 'export const b = 1;\n';
    return unique;
  });
  return { sources, froms };
}

describe('the layers', () => {
  test('a violation in every direction is reported', () => {
    const { sources, froms } = plantAll();
    const found = cruise(sources);
    const missed = planted.filter(
      ([rule], index) => !found.some((line) => line.startsWith(`error ${rule}: ${froms[index]} → `)),
    );
    expect(missed).toEqual([]);
  });

  test('a type is an import like any other', () => {
    const found = cruise({
      'electron/engine/a.ts': "import type { B } from '../main/b.ts';\nexport type A = B;\n",
      'electron/main/b.ts': 'export type B = string;\n',
    });
    expect(found.join('\n')).toContain(
      'error engine-knows-no-host: electron/engine/a.ts → electron/main/b.ts',
    );
  });

  test('an import at run time is an import like any other', () => {
    const found = cruise({
      'electron/engine/a.ts': "export const load = () => import('../main/b.ts');\n",
      'electron/main/b.ts': 'export const b = 1;\n',
    });
    expect(found.join('\n')).toContain(
      'error engine-knows-no-host: electron/engine/a.ts → electron/main/b.ts',
    );
  });

  test('modules that import each other are reported', () => {
    const found = cruise({
      'shared/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
      'shared/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
    });
    expect(found.join('\n')).toContain('error no-circular');
  });

  test('what the design allows is not reported', () => {
    const found = cruise({
      'shared/domain/a.ts': "import { z } from 'zod';\nexport const a = z;\n",
      'shared/contract/contract.ts':
        "import { oc } from '@orpc/contract';\nimport { a } from '../domain/a.ts';\nexport const contract = { oc, a };\n",
      'shared/contract/client.ts':
        "import { create } from '@orpc/client';\nimport type { contract } from './contract.ts';\nexport const client = (): typeof contract => create();\n",
      'electron/engine/database/connection.ts':
        "import Database from 'better-sqlite3';\nimport { join } from 'node:path';\nexport const open = [Database, join];\n",
      'electron/engine/handlers/people.ts':
        "import { open } from '../database/connection.ts';\nexport const people = open;\n",
      'electron/hosts/cli.ts':
        "import { people } from '../engine/handlers/people.ts';\nimport { a } from '../../shared/domain/a.ts';\nexport const cli = [people, a];\n",
      'electron/main/index.ts':
        "import { app } from 'electron';\nimport { a } from '../../shared/domain/a.ts';\nexport const main = [app, a];\n",
      'renderer/main.tsx':
        "import { useState } from 'react';\nimport { client } from '../shared/contract/client.ts';\nexport const page = [useState, client];\n",
    });
    expect(found).toEqual([]);
  });
});

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserAdvice, ensureBrowser } from './findBrowser.ts';

// Everything that has to hold before a change is done, in one run: `npm test`. `npm run check` runs the
// static checks alone. The last line counts over all suites; a static check counts as one test.

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const total: Tally = { passed: 0, failed: 0, skipped: 0 };
const scratch = mkdtempSync(join(tmpdir(), 'fellside-test-'));
const packageFolder = (name: string, path: string) => join('node_modules', name, path);

/** Runs a program of node_modules under this Node. Its output is shown live, or kept for a failure. */
function run(script: string, parameters: string[], live: boolean, environment: Record<string, string> = {}) {
  const child = spawnSync(process.execPath, [script, ...parameters], {
    stdio: live ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { ok: child.status === 0, output: live ? '' : `${child.stdout}${child.stderr}` };
}

function report(name: string, tally: Tally, startedAt: number): void {
  total.passed += tally.passed;
  total.failed += tally.failed;
  total.skipped += tally.skipped;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  const { passed, failed, skipped } = tally;
  process.stdout.write(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds} s)\n`);
}

/** A suite that passes or fails as a whole. */
function check(name: string, script: string, parameters: string[]): void {
  const startedAt = performance.now();
  const { ok, output } = run(script, parameters, false);
  if (!ok) process.stdout.write(`${output.trim()}\n`);
  report(name, { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }, startedAt);
}

/** The counts of a runner's own report. A run that broke without a failed test is one failure. */
function tallyOf(path: string, ok: boolean, read: (report: never) => Tally): Tally {
  const tally = existsSync(path)
    ? read(JSON.parse(readFileSync(path, 'utf8')) as never)
    : { passed: 0, failed: 0, skipped: 0 };
  return !ok && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

function runUnitTests(filters: string[]): void {
  const startedAt = performance.now();
  const path = join(scratch, 'unit.json');
  const { ok } = run(
    packageFolder('vitest', 'vitest.mjs'),
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${path}`, ...filters],
    true,
  );
  interface UnitReport {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
  }
  const tally = tallyOf(path, ok, (found: UnitReport) => ({
    passed: found.numPassedTests,
    failed: found.numFailedTests,
    skipped: found.numPendingTests + found.numTodoTests,
  }));
  report('unit and engine', tally, startedAt);
}

function runEndToEndTests(): void {
  const startedAt = performance.now();
  if (ensureBrowser(process.env.CI === 'true') === null) {
    process.stdout.write(`fellside: ${browserAdvice}\n`);
    report('end to end', { passed: 0, failed: 1, skipped: 0 }, startedAt);
    return;
  }
  const path = join(scratch, 'endToEnd.json');
  const { ok } = run(packageFolder('@playwright/test', 'cli.js'), ['test'], true, {
    PLAYWRIGHT_JSON_OUTPUT_FILE: path,
  });
  interface EndToEndReport {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  }
  const tally = tallyOf(path, ok, ({ stats }: EndToEndReport) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }));
  report('end to end', tally, startedAt);
}

const folders = ['bin', 'electron', 'renderer', 'shared', 'scripts', 'bench', 'test'].filter((folder) =>
  existsSync(folder),
);
const biome = packageFolder('@biomejs/biome', 'bin/biome');
const compiler = packageFolder('typescript', 'bin/tsc');
const checksAlone = process.argv.includes('--checks');
const filters = process.argv.slice(2).filter((parameter) => !parameter.startsWith('--'));

// Before the unit tests, some of which open a browser as well.
if (!checksAlone) ensureBrowser(process.env.CI === 'true');
check('format', biome, ['format', '.']);
check('lint', biome, ['lint', '--error-on-warnings', '.']);
check('layers', packageFolder('dependency-cruiser', 'bin/dependency-cruiser.mjs'), [
  '--config',
  '.dependency-cruiser.cjs',
  ...folders,
]);
check('dead code', packageFolder('knip', 'bin/knip.js'), ['--no-progress']);
check('types of engine, hosts and tests', compiler, ['-p', 'tsconfig.node.json']);
check('types of the page', compiler, ['-p', 'tsconfig.renderer.json']);
check('licences of the packages', 'scripts/sbom.ts', []);
check('types of what both share', compiler, ['-p', 'tsconfig.shared.json']);
if (!checksAlone) {
  runUnitTests(filters);
  if (filters.length === 0) runEndToEndTests();
}
rmSync(scratch, { recursive: true, force: true });
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

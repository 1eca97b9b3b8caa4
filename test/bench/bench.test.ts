import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const run = (...words: string[]) =>
  spawnSync(process.execPath, ['--no-warnings', 'bench/run.ts', ...words], { encoding: 'utf8' });

describe('bench/run.ts', () => {
  it('runs baseline and subject of a trial and reports both', () => {
    const child = run('csvImport', 'openWorkspaceTrial', '--quick', '--json');
    expect(child.stderr).not.toMatch(/failed/);
    expect(child.status).toBe(0);
    const { machine, results, failed } = JSON.parse(child.stdout);
    expect(failed).toEqual([]);
    expect(machine.node).toBe(process.version);
    expect(results).toHaveLength(2);
    const [calls, opened] = results;
    expect(calls.sizes.rows).toBe(2000);
    expect(calls.ratio.median).toBeGreaterThan(0);
    expect(calls.baselineCpu.median).toBeGreaterThan(0);
    expect(calls.peakBytes.median).toBeGreaterThan(1e6);
    expect(calls.figures['workspace bytes'].median).toBeGreaterThan(10_000);
    expect(opened.ratio).toBeNull();
    expect(Object.keys(opened.figures)).toContain('open without it, ms');
  }, 180_000);

  it('names no trial that is not there', () => {
    const child = run('no-such-trial');
    expect(child.status).toBe(2);
    expect(child.stderr).toContain('no trial has such a name');
  }, 60_000);

  it('refuses an option that is not there', () => {
    const child = run('open', '--fast');
    expect(child.status).toBe(2);
    expect(child.stderr).toContain('--fast');
  }, 60_000);
});

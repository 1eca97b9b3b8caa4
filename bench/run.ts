/**
 * `npm run bench [names…] [--quick] [--json]`: runs the trials of `bench/trials/` with one of the
 * names: the name of the export, or a part of the file's or the trial's name. Baseline and subject alternate, each in a process of its own under this Node, and every
 * result is a ratio of the two within one run, since the machine and its neighbours change from run to run.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { engineFlags } from '../electron/hosts/engineFlags.ts';
import type { Spread, TrialResult } from './report.ts';
import { describeMachine, printTable } from './report.ts';
import type { PartRequest } from './runPart.ts';
import type { Figures, Measured, Trial } from './trial.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

interface Found {
  file: string;
  exportName: string;
  trial: Trial;
}

async function findTrials(names: readonly string[]): Promise<Found[]> {
  const found: Found[] = [];
  const folder = join(here, 'trials');
  for (const entry of readdirSync(folder).sort()) {
    if (!entry.endsWith('.ts')) continue;
    const file = join(folder, entry);
    const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
    for (const [exportName, value] of Object.entries(module)) {
      if (typeof value !== 'object' || value === null || !('subject' in value)) continue;
      const trial = value as Trial;
      const title = `${entry} ${exportName} ${trial.name}`.toLowerCase();
      if (names.length === 0 || names.some((name) => title.includes(name.toLowerCase())))
        found.push({ file, exportName, trial });
    }
  }
  const exact = found.filter((each) => names.includes(each.exportName));
  return exact.length > 0 ? exact : found;
}

function runPart(request: PartRequest): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--expose-gc', '--no-warnings', ...engineFlags, join(here, 'runPart.ts'), JSON.stringify(request)],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let out = '';
    let error = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      error = (error + chunk.toString()).slice(-4000);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const last = out.trimEnd().split('\n').at(-1) ?? '';
      if (code === 0 && last.startsWith('{')) resolve(JSON.parse(last) as Measured);
      else reject(new Error(`${request.exportName} ${request.part} failed (${code}): ${error.trim()}`));
    });
  });
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: sorted[Math.floor(sorted.length / 2)] ?? 0,
    least: sorted[0] ?? 0,
    most: sorted.at(-1) ?? 0,
  };
}

function figuresOf(runs: readonly Measured[]): Record<string, Spread> {
  const names = [...new Set(runs.flatMap((run) => Object.keys(run.figures)))];
  return Object.fromEntries(
    names.map((name) => [name, spreadOf(runs.flatMap((run) => run.figures[name] ?? []))]),
  );
}

async function runTrial({ file, exportName, trial }: Found, quick: boolean): Promise<TrialResult> {
  const folder = mkdtempSync(join(tmpdir(), 'fellside-bench-'));
  const part = (name: PartRequest['part']) =>
    runPart({ file, exportName, part: name, context: { folder, quick } });
  try {
    const sizes: Figures = trial.prepare ? (await part('prepare')).figures : {};
    const baselines: Measured[] = [];
    const subjects: Measured[] = [];
    const repeats = quick ? 1 : (trial.repeats ?? 3);
    for (let turn = 0; turn < repeats; turn += 1) {
      if (trial.baseline) baselines.push(await part('baseline'));
      subjects.push(await part('subject'));
      process.stderr.write(`${trial.name}: ${turn + 1} of ${repeats}\n`);
    }
    const ratios = subjects.flatMap((subject, turn) => {
      const baseline = baselines[turn];
      return baseline && baseline.cpuSeconds > 0 ? [subject.cpuSeconds / baseline.cpuSeconds] : [];
    });
    return {
      name: trial.name,
      note: trial.note,
      budget: trial.budget ?? null,
      sizes,
      ratio: ratios.length > 0 ? spreadOf(ratios) : null,
      baselineCpu: baselines.length > 0 ? spreadOf(baselines.map((run) => run.cpuSeconds)) : null,
      subjectCpu: spreadOf(subjects.map((run) => run.cpuSeconds)),
      subjectWall: spreadOf(subjects.map((run) => run.wallSeconds)),
      peakBytes: spreadOf(subjects.map((run) => run.peakBytes)),
      figures: { ...figuresOf(baselines), ...figuresOf(subjects) },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<number> {
  const words = process.argv.slice(2);
  const quick = words.includes('--quick');
  const json = words.includes('--json');
  const unknown = words.find((word) => word.startsWith('--') && !['--quick', '--json'].includes(word));
  const trials = await findTrials(words.filter((word) => !word.startsWith('--')));
  if (unknown !== undefined || trials.length === 0) {
    process.stderr.write(
      unknown === undefined
        ? 'bench: no trial has such a name\n'
        : `bench: there is no option ${unknown}; there are --quick and --json\n`,
    );
    return 2;
  }
  const machine = {
    cores: cpus().length,
    model: cpus()[0]?.model ?? 'unknown',
    memoryBytes: totalmem(),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    date: new Date().toISOString().slice(0, 10),
    quick,
  };
  const results: TrialResult[] = [];
  const failed: string[] = [];
  for (const found of trials) {
    try {
      results.push(await runTrial(found, quick));
    } catch (error) {
      failed.push(found.trial.name);
      process.stderr.write(`${found.trial.name}: ${(error as Error).message}\n`);
    }
  }
  if (json) process.stdout.write(`${JSON.stringify({ machine, results, failed }, null, 2)}\n`);
  else process.stdout.write(`${describeMachine(machine)}\n\n${printTable(results)}\n`);
  return failed.length > 0 ? 1 : 0;
}

process.exitCode = await main();

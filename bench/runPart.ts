/** One part of one trial, measured: started by `run.ts` in a process of its own. */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Measured, Trial, TrialContext } from './trial.ts';

export interface PartRequest {
  file: string;
  exportName: string;
  part: 'prepare' | 'baseline' | 'subject';
  context: TrialContext;
}

/** CPU seconds of this process and of the children it has waited for. */
function cpuSeconds(): number {
  const own = process.resourceUsage();
  return (own.userCPUTime + own.systemCPUTime) / 1e6 + childSeconds();
}

function childSeconds(): number {
  try {
    const [user = 0, system = 0] = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
      .slice(13, 15)
      .map(Number);
    return (user + system) / 100;
  } catch {
    return 0;
  }
}

/** Forgets the peak of memory so far, where the system can; else the peak is that of the whole process. */
function forgetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Not Linux: maxRSS covers the setup too.
  }
}

function peakBytes(): number {
  try {
    const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'));
    if (line) return Number(line[1]) * 1024;
  } catch {
    // As above.
  }
  return process.resourceUsage().maxRSS * 1024;
}

async function main(): Promise<void> {
  const request = JSON.parse(process.argv[2] ?? '') as PartRequest;
  const module = (await import(pathToFileURL(request.file).href)) as Record<string, Trial>;
  const trial = module[request.exportName];
  const work = trial?.[request.part];
  if (!trial || !work) throw new Error(`${request.exportName} has no ${request.part}`);
  if (request.part !== 'prepare') await trial.setup?.(request.context);
  (globalThis as { gc?: () => void }).gc?.();
  forgetPeak();
  const cpu = cpuSeconds();
  const wall = performance.now();
  const figures = (await work.call(trial, request.context)) ?? {};
  const measured: Measured = {
    cpuSeconds: cpuSeconds() - cpu,
    wallSeconds: (performance.now() - wall) / 1000,
    peakBytes: peakBytes(),
    figures,
  };
  process.stdout.write(`\n${JSON.stringify(measured)}\n`);
}

await main();
process.exit(0);

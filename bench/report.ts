/** What a run of the trials found, as Markdown. */
import type { Figures } from './trial.ts';

export interface Spread {
  median: number;
  least: number;
  most: number;
}

export interface TrialResult {
  name: string;
  note: string;
  budget: number | null;
  sizes: Figures;
  /** CPU of the subject over CPU of the baseline that ran just before it. */
  ratio: Spread | null;
  baselineCpu: Spread | null;
  subjectCpu: Spread;
  subjectWall: Spread;
  peakBytes: Spread;
  figures: Record<string, Spread>;
}

export interface Machine {
  cores: number;
  model: string;
  memoryBytes: number;
  node: string;
  platform: string;
  date: string;
  quick: boolean;
}

const short = (value: number) =>
  value >= 100 || Number.isInteger(value) ? Math.round(value).toLocaleString('en-GB') : value.toPrecision(3);

const shown = (spread: Spread | null) =>
  spread === null
    ? '–'
    : spread.least === spread.most
      ? short(spread.median)
      : `${short(spread.median)} (${short(spread.least)}–${short(spread.most)})`;

const megabytes = ({ median, least, most }: Spread): Spread => ({
  median: median / 1e6,
  least: least / 1e6,
  most: most / 1e6,
});

export function describeMachine(machine: Machine): string {
  const size = machine.quick ? ', tiny sizes: the figures mean nothing' : '';
  return `${machine.date}: ${machine.cores} cores, ${machine.model.trim()}, ${short(machine.memoryBytes / 1e9)} GB, ${machine.platform}, Node ${machine.node}${size}`;
}

/** One line a trial: median and, in brackets, least–most. */
export function printTable(results: readonly TrialResult[]): string {
  const lines = [
    '| Trial | CPU ratio | Budget | Baseline CPU s | CPU s | Wall s | Peak MB |',
    '|---|---|---|---|---|---|---|',
    ...results.map((result) =>
      [
        '',
        result.name,
        shown(result.ratio),
        result.budget === null ? '–' : String(result.budget),
        shown(result.baselineCpu),
        shown(result.subjectCpu),
        shown(result.subjectWall),
        shown(megabytes(result.peakBytes)),
        '',
      ]
        .join(' | ')
        .trim(),
    ),
  ];
  for (const result of results) {
    lines.push('', `**${result.name}**: ${result.note}.`);
    const sizes = Object.entries(result.sizes).map(([name, value]) => `${name} ${short(value)}`);
    if (sizes.length > 0) lines.push(`Data: ${sizes.join(', ')}.`);
    for (const [name, spread] of Object.entries(result.figures)) lines.push(`- ${name}: ${shown(spread)}`);
  }
  return lines.join('\n');
}

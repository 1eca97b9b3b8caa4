/** Colours of the chart as the theme has them: the canvas takes them from the style sheet. */
import { type ChartKind, chartKinds } from '../../../../shared/contract/areas/chart.ts';

export interface Palette {
  surface: string;
  text: string;
  muted: string;
  accent: string;
  line: string;
  /** Whoever comes under safeguarding. */
  sign: string;
  /** Behind the picture in a record. */
  fills: Readonly<Record<ChartKind, string>>;
  ink: string;
  evidence: string;
  calls: string;
  plan: string;
  frame: string;
}

/** Reads the colours where they are in force. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    surface: of('--surface'),
    text: of('--text'),
    muted: of('--text-muted'),
    accent: of('--accent'),
    line: of('--line-strong'),
    sign: of('--chart-sign'),
    fills: Object.fromEntries(chartKinds.map((kind) => [kind, of(`--chart-${kind}`)])) as Record<
      ChartKind,
      string
    >,
    ink: of('--chart-ink'),
    evidence: of('--chart-evidence'),
    calls: of('--chart-calls'),
    plan: of('--chart-plan'),
    frame: of('--surface-sunk'),
  };
}

/** Red, green and blue of `#rrggbb` or `#rgb`: the build writes colours as short as they go. */
function partsOf(color: string): number[] {
  const hex = color.slice(1);
  const long = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
  return [0, 2, 4].map((at) => Number.parseInt(long.slice(at, at + 2), 16));
}

/** A colour laid over another so that it shines through, as one opaque colour. */
export function blend(color: string, ground: string, share: number): string {
  const under = partsOf(ground);
  const parts = partsOf(color).map((part, index) =>
    Math.round(part * share + (under[index] ?? 0) * (1 - share)),
  );
  return `rgb(${parts.join(' ')})`;
}

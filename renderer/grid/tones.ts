import type { IconName } from '@blueprintjs/core';

export type Tone = 'danger' | 'warning' | 'good';

const signs: Record<Tone, IconName> = { danger: 'error', warning: 'warning-sign', good: 'tick-circle' };

/** Bands of the risk matrix: each has a sign of its own, so that the colour is never alone. */
const bands: Readonly<Record<string, { tone: Tone; icon: IconName }>> = {
  high: { tone: 'danger', icon: 'double-chevron-up' },
  medium: { tone: 'warning', icon: 'chevron-up' },
  low: { tone: 'good', icon: 'chevron-down' },
};

/** Codes of `checkState` and of other state columns by how they should be looked at. */
const byCode: Readonly<Record<string, Tone>> = { ready: 'good', warning: 'warning', blocker: 'danger' };

/** How a value of a state column is shown, or null for plain text. */
export function toneOf(field: string, value: string): { tone: Tone; icon: IconName } | null {
  if (field === 'riskBand') return bands[value.toLowerCase()] ?? null;
  if (field === 'conflicts') return { tone: 'warning', icon: 'split-columns' };
  if (field === 'stale') return value === 'yes' ? { tone: 'warning', icon: 'outdated' } : null;
  if (field === 'victimStatus') {
    return ['to-be-assessed', 'not-identified'].includes(value) ? null : { tone: 'warning', icon: 'heart' };
  }
  const tone = byCode[value.toLowerCase()];
  return tone ? { tone, icon: signs[tone] } : null;
}

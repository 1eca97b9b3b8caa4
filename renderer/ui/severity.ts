import type { IconName } from '@blueprintjs/core';
import type { Finding } from '../../shared/contract/schemas.ts';

export const severityIcons: Readonly<Record<Finding['severity'], IconName>> = {
  blocker: 'error',
  warning: 'warning-sign',
  note: 'info-sign',
};

/** `blocker` for one, `blockers` otherwise. */
export function nameSeverity(severity: Finding['severity'], count: number): string {
  return `${severity}${count === 1 ? '' : 's'}`;
}

export const severityTitles: Readonly<Record<Finding['severity'], string>> = {
  blocker: 'Blockers',
  warning: 'Warnings',
  note: 'Notes',
};

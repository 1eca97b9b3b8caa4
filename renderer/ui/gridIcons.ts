import type { IconName } from '@blueprintjs/core';
import type { GridName } from '../../shared/grid/types.ts';

/** The picture that stands for a grid in lists. */
export const gridIcons: Readonly<Record<GridName, IconName>> = {
  people: 'person',
  phones: 'mobile-phone',
  premises: 'home',
  vehicles: 'drive-time',
  intelligence: 'document',
  communications: 'phone-call',
  crimes: 'shield',
  custody: 'id-number',
  referrals: 'hand',
  lines: 'flows',
  groups: 'people',
  targets: 'locate',
  warrants: 'take-action',
  officers: 'badge',
  teams: 'team',
  safeguarding: 'heart',
  actions: 'tick',
  results: 'clipboard',
  seizures: 'box',
  arrests: 'lock',
  outcomes: 'bank-account',
  lineNumbers: 'numerical',
  commanders: 'crown',
  decisions: 'lightbulb',
  operation: 'dashboard',
  sources: 'th-list',
  imports: 'import',
  packs: 'projects',
};

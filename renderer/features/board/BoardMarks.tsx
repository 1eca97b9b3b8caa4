import { Icon, type IconName } from '@blueprintjs/core';
import type { Board } from '../../../shared/contract/planSchemas.ts';
import type { Finding } from '../../../shared/contract/schemas.ts';
import { severityIcons } from '../../ui/severity.ts';

type WarrantState = Board['unassigned'][number]['warrantState'];

const warrantMarks: Readonly<Record<WarrantState, { words: string; icon: IconName; tone: string }>> = {
  none: { words: 'no warrant', icon: 'ban-circle', tone: 'muted' },
  ready: { words: 'warrant ready', icon: 'tick-circle', tone: 'tone-good' },
  note: { words: 'warrant, with a note', icon: 'info-sign', tone: 'muted' },
  warning: { words: 'warrant: warning', icon: 'warning-sign', tone: 'tone-warning' },
  blocker: { words: 'warrant not valid', icon: 'error', tone: 'tone-danger' },
};

interface Place {
  targets: readonly string[];
  warrantState: WarrantState;
  safeguarding: boolean;
}

/** The marks of a place: safeguarding first and never left out, then warrant and targets. */
export function PlaceMarks({ place }: { place: Place }) {
  const warrant = warrantMarks[place.warrantState];
  return (
    <span className="board-marks">
      {place.safeguarding && (
        <span className="board-safeguarding">
          <Icon icon="heart" size={11} /> Safeguarding
        </span>
      )}
      <span className={warrant.tone}>
        <Icon icon={warrant.icon} size={11} /> {warrant.words}
      </span>
      <span>
        {place.targets.length} {place.targets.length === 1 ? 'target' : 'targets'}
      </span>
    </span>
  );
}

/** The worst of some findings as a sign with a count; the messages are in the tooltip. */
export function ClashMark({ findings }: { findings: readonly Finding[] }) {
  const worst = (['blocker', 'warning', 'note'] as const).find((severity) =>
    findings.some((finding) => finding.severity === severity),
  );
  if (!worst) return null;
  return (
    <span className={`board-clash clash-${worst}`} title={findings.map(({ message }) => message).join('\n')}>
      <Icon icon={severityIcons[worst]} size={12} /> {findings.length}
      <span className="only-spoken"> {findings.length === 1 ? 'clash' : 'clashes'}</span>
    </span>
  );
}

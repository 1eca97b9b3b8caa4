import { Icon } from '@blueprintjs/core';
import type { WorkspaceSummary } from '../../../shared/contract/schemas.ts';
import { daysBetween, formatDateTime } from '../../../shared/domain/dates.ts';
import { redo, undo } from '../../app/actions.ts';
import { goTo } from '../../app/navigation.ts';
import { useOverview, useStatus } from '../../app/queries.ts';
import { useMay } from '../../app/role.ts';
import { shellCopy } from '../../copy/shell.ts';
import { describeDistance, today } from '../../ui/dates.ts';
import { StatusClocks } from '../clocks/SoonestClocks.tsx';
import { StatusPacks } from '../packs/StatusPacks.tsx';
import { StatusBackups } from '../security/backups/StatusBackups.tsx';

/** Readiness, undo and redo, the strike, the user. */
export function StatusBar({ workspace }: { workspace: WorkspaceSummary }) {
  const mayChange = useMay();
  const overview = useOverview();
  const status = useStatus();
  const findings = overview.data?.findings;
  const strike = overview.data ? overview.data.strike : workspace.strike;
  const step = status.data?.undo;
  return (
    <footer className="status-bar">
      <button type="button" className="status-item" onClick={() => goTo({ kind: 'readiness' })}>
        {findings && findings.blocker + findings.warning > 0 ? (
          <>
            <span className={findings.blocker > 0 ? 'tone-danger' : ''}>
              <Icon icon="error" size={12} /> {count(findings.blocker, 'blocker')}
            </span>
            <span className={findings.warning > 0 ? 'tone-warning' : ''}>
              <Icon icon="warning-sign" size={12} /> {count(findings.warning, 'warning')}
            </span>
          </>
        ) : (
          <span>
            <Icon icon="tick-circle" size={12} /> {findings ? shellCopy.ready : '…'}
          </span>
        )}
      </button>
      <button
        type="button"
        className="status-item"
        disabled={!step?.undo || !mayChange}
        title="Ctrl+Z"
        onClick={() => void undo()}
      >
        <Icon icon="undo" size={12} />
        <span className="status-summary">{step?.undo?.summary ?? shellCopy.nothingToUndo}</span>
      </button>
      {step?.redo && mayChange && (
        <button type="button" className="status-item" title="Ctrl+Y" onClick={() => void redo()}>
          <Icon icon="redo" size={12} />
          <span className="status-summary">{step.redo.summary}</span>
        </button>
      )}
      <span className="status-gap" />
      <StatusBackups />
      <StatusPacks />
      <StatusClocks />
      <span className="status-item">
        <Icon icon="calendar" size={12} />
        {strike
          ? `Strike ${formatDateTime(strike)} (${describeDistance(daysBetween(today(), strike))})`
          : shellCopy.noStrike}
      </span>
      <span className="status-item">
        <Icon icon="user" size={12} />
        {workspace.user.name}, {workspace.user.role}
      </span>
      <span className="status-item">
        <span className="engine-dot" />
        Engine running
      </span>
    </footer>
  );
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-GB')} ${noun}${number === 1 ? '' : 's'}`;
}

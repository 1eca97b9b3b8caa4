import { Icon } from '@blueprintjs/core';
import type { BackupItem } from '../../../../shared/contract/areas/backups.ts';
import { backupsCopy } from '../../../copy/backups.ts';
import { showMoment } from '../../../ui/dates.ts';
import { showAge, showBytes } from './sizes.ts';

const tones = { verified: 'tone-good', 'other-key': 'tone-warning', unknown: 'muted' };

/** Backups, newest first. */
export function BackupTable({ backups }: { backups: readonly BackupItem[] }) {
  const { columns, reasons, states } = backupsCopy;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="table-scroll backups-scroll" tabIndex={0} aria-label={backupsCopy.list}>
      <table className="table table-small">
        <thead>
          <tr>
            <th>{columns.when}</th>
            <th>{columns.why}</th>
            <th className="num">{columns.entries}</th>
            <th className="num">{columns.size}</th>
            <th>{columns.state}</th>
            <th>{columns.name}</th>
          </tr>
        </thead>
        <tbody>
          {backups.map((item) => (
            <tr key={item.name}>
              <td>
                {showMoment(item.at)} <span className="muted">{showAge(item.at, Date.now())}</span>
              </td>
              <td>{reasons[item.reason]}</td>
              <td className="num">{item.entries.toLocaleString('en-GB')}</td>
              <td className="num">{showBytes(item.bytes)}</td>
              <td>
                <span className={`backups-state ${tones[item.state]}`}>
                  {item.state !== 'unknown' && (
                    <Icon icon={item.state === 'verified' ? 'tick-circle' : 'warning-sign'} size={12} />
                  )}
                  {states[item.state]}
                </span>
              </td>
              <td className="muted backups-name">{item.name}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

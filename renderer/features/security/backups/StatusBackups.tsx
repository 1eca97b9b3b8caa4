import { Icon } from '@blueprintjs/core';
import { goTo } from '../../../app/navigation.ts';
import { backupsCopy } from '../../../copy/backups.ts';
import { useBackups } from './useBackups.ts';

/** That the last backup is old or failed; nothing where all is well. */
export function StatusBackups() {
  const { data } = useBackups();
  if (!data || (!data.due && !data.failure)) return null;
  return (
    <button
      type="button"
      className="status-item"
      title={data.failure ?? backupsCopy.due}
      onClick={() => goTo({ kind: 'security', section: 'backups' })}
    >
      <span className={data.failure ? 'tone-danger' : 'tone-warning'}>
        <Icon icon="database" size={12} /> {data.failure ? backupsCopy.statusFailed : backupsCopy.status}
      </span>
    </button>
  );
}

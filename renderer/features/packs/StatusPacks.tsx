import { Icon } from '@blueprintjs/core';
import { goToGrid } from '../../app/navigation.ts';
import { showPackPane } from './packPane.ts';
import { useStaleHolders } from './useStaleHolders.ts';

/** How many copies are out that no longer say what the plan says; nothing where none is. */
export function StatusPacks() {
  const { data } = useStaleHolders();
  if (!data || data.copies === 0) return null;
  return (
    <button
      type="button"
      className="status-item"
      title={data.packs.map(({ message }) => message).join('\n')}
      onClick={() => {
        showPackPane('register');
        goToGrid('packs');
      }}
    >
      <span className="tone-warning">
        <Icon icon="projects" size={12} />{' '}
        {data.copies === 1 ? '1 stale copy' : `${data.copies.toLocaleString('en-GB')} stale copies`}
      </span>
    </button>
  );
}

import { Icon } from '@blueprintjs/core';
import type { RecordDetail } from '../../../shared/contract/schemas.ts';
import { isChildOn } from '../../../shared/domain/readiness/protection.ts';
import { findColumn, grids } from '../../../shared/grid/grids.ts';
import { useOverview } from '../../app/queries.ts';
import { formatValue } from '../../grid/format.ts';

/**
 * A person's standing, safeguarding first: a child is named as a child before anything else, and what they may
 * have suffered stands before and beside what they may have done.
 */
export function PersonHead({ detail }: { detail: RecordDetail }) {
  const { age } = detail.row;
  const strike = useOverview().data?.strike ?? new Date().toISOString();
  const isChild = isChildOn(detail.row, strike.slice(0, 10));
  const show = (field: string) => {
    const column = findColumn(grids.people, field);
    return column ? formatValue(column, detail.row[field], detail.labels) : '';
  };
  const safeguarding = detail.links.filter(({ ref }) => ref.startsWith('SAF-'));
  return (
    <section className="person-head">
      {isChild && (
        <p className="person-child">
          <Icon icon="heart" size={14} /> {typeof age === 'number' ? `Child (${age})` : 'May be a child'}
        </p>
      )}
      <dl className="person-standing">
        <div>
          <dt>Victim status</dt>
          <dd>{show('victimStatus') || 'Not assessed'}</dd>
        </div>
        <div>
          <dt>Data-subject category</dt>
          <dd>{show('category') || 'To be assessed'}</dd>
        </div>
        <div>
          <dt>Safeguarding</dt>
          <dd>
            {safeguarding.length > 0
              ? safeguarding.map(({ label }) => label).join(', ')
              : isChild
                ? 'No plan yet'
                : 'None recorded'}
          </dd>
        </div>
        <div>
          <dt>Role on the line</dt>
          <dd>{show('role') || 'Not known'}</dd>
        </div>
      </dl>
    </section>
  );
}

import { Button, Checkbox, HTMLSelect, Tag } from '@blueprintjs/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { RetentionRow } from '../../../../shared/contract/closingSchemas.ts';
import { retentionGroups } from '../../../../shared/reference/retention.ts';
import { useClient } from '../../../app/connection.ts';
import { openRecord } from '../../../app/navigation.ts';
import { describeError } from '../../../app/reportError.ts';
import { closingCopy } from '../../../copy/closing.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { showDay } from './days.ts';
import { ReasonDialog } from './ReasonDialog.tsx';

const copy = closingCopy.retention;
const shownAtOnce = 200;

/** Everybody with their retention group and review; it prompts and never deletes. */
export function RetentionPart({ isLead }: { isLead: boolean }) {
  const client = useClient();
  const selectId = useId();
  const queries = useQueryClient();
  const query = useQuery({ queryKey: ['closing', 'retention'], queryFn: () => client.closing.retention() });
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [group, setGroup] = useState('');
  const [asking, setAsking] = useState<'group' | RetentionRow | null>(null);
  const [shown, setShown] = useState(shownAtOnce);
  const people = query.data?.people ?? [];
  const refresh = () => queries.invalidateQueries({ queryKey: ['closing'] });
  const tick = (refs: readonly string[], on: boolean) => {
    const next = new Set(ticked);
    for (const ref of refs) {
      if (on) next.add(ref);
      else next.delete(ref);
    }
    setTicked(next);
  };
  const visible = people.slice(0, shown);
  const due = people.filter((row) => row.due).length;
  const undecided = people.filter((row) => row.group === null).length;
  if (query.error) return <EmptyState icon="error" title={describeError(query.error).message} />;
  if (query.data && people.length === 0)
    return <EmptyState icon="people" title={copy.empty} description={copy.emptyWords} />;
  return (
    <>
      <p className="muted">{copy.lead}</p>
      <div className="closing-bar">
        <span className={due > 0 ? 'tone-warning' : 'muted'}>{copy.setDue(due)}</span>
        <span className="muted">{copy.undecided(undecided)}</span>
        <span className="closing-gap" />
        <span className="closing-inline">
          <label htmlFor={selectId}>{copy.choose}</label>
          <HTMLSelect id={selectId} value={group} onChange={(event) => setGroup(event.currentTarget.value)}>
            <option value="">{copy.none}</option>
            {retentionGroups.map(({ code, label }) => (
              <option key={code} value={code}>
                {label}
              </option>
            ))}
          </HTMLSelect>
        </span>
        <Button text={copy.apply} disabled={ticked.size === 0} onClick={() => setAsking('group')} />
      </div>
      <div className="table-scroll closing-table">
        <table className="table">
          <thead>
            <tr>
              <th>
                <Checkbox
                  className="closing-tickbox"
                  aria-label={copy.all}
                  checked={visible.length > 0 && visible.every(({ ref }) => ticked.has(ref))}
                  onChange={(event) =>
                    tick(
                      visible.map(({ ref }) => ref),
                      event.currentTarget.checked,
                    )
                  }
                />
              </th>
              {copy.columns.map((title) => (
                <th key={title}>
                  {title === '' ? <span className="only-spoken">{copy.retain}</span> : title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {visible.map((row) => (
              <tr key={row.ref}>
                <td>
                  <Checkbox
                    className="closing-tickbox"
                    aria-label={copy.tick(row.ref)}
                    checked={ticked.has(row.ref)}
                    onChange={(event) => tick([row.ref], event.currentTarget.checked)}
                  />
                </td>
                <td className="nowrap">
                  <button type="button" className="link" onClick={() => openRecord(row.ref)}>
                    {row.ref}
                  </button>
                </td>
                <td>{row.label}</td>
                <td>
                  {retentionGroups.find(({ code }) => code === row.group)?.label ?? (
                    <span className="muted">{copy.none}</span>
                  )}
                </td>
                <td className="nowrap">{showDay(row.lastNotice)}</td>
                <td className="nowrap">
                  {showDay(row.reviewOn)}{' '}
                  {row.due && (
                    <Tag minimal intent="warning">
                      {copy.due}
                    </Tag>
                  )}
                </td>
                <td>
                  {row.decidedBy
                    ? `${copy.kept(row.decidedBy, showDay(row.reviewOn))}. ${row.reason ?? ''}`
                    : (row.reason ?? '')}
                </td>
                <td className="cell-action">
                  {isLead && row.group !== null && (
                    <Button
                      size="small"
                      variant="minimal"
                      text={copy.retain}
                      aria-label={copy.retainTitle(row.ref)}
                      onClick={() => setAsking(row)}
                    />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {people.length > shown && (
          <Button className="more" text={copy.more} onClick={() => setShown(shown + shownAtOnce)} />
        )}
      </div>
      {asking === 'group' && (
        <ReasonDialog
          title={copy.apply}
          lead={`${[...ticked].slice(0, 8).join(', ')}${ticked.size > 8 ? `, and ${ticked.size - 8} more` : ''}`}
          button={copy.apply}
          onClose={() => setAsking(null)}
          onDone={async (reason) => {
            await client.closing.setGroup({ refs: [...ticked], group: group === '' ? null : group, reason });
            setTicked(new Set());
            await refresh();
          }}
        />
      )}
      {asking !== null && asking !== 'group' && (
        <ReasonDialog
          title={copy.retainTitle(asking.ref)}
          lead={copy.retainLead}
          button={copy.retain}
          dayLabel={copy.until}
          onClose={() => setAsking(null)}
          onDone={async (reason, day) => {
            await client.closing.retain({ ref: asking.ref, reviewOn: day, reason });
            await refresh();
          }}
        />
      )}
    </>
  );
}

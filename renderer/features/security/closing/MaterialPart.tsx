import { Button, Checkbox, HTMLSelect } from '@blueprintjs/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { ItemJudgement, MaterialItem } from '../../../../shared/contract/closingSchemas.ts';
import { parseRef } from '../../../../shared/grid/grids.ts';
import { useClient } from '../../../app/connection.ts';
import { openRecord } from '../../../app/navigation.ts';
import { reportError } from '../../../app/reportError.ts';
import { closingCopy } from '../../../copy/closing.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { DescribeDialog } from './DescribeDialog.tsx';
import { ScheduleDialog } from './ScheduleDialog.tsx';

const copy = closingCopy.material;
const shownAtOnce = 200;

/** Whether something has still to be said of an item before it can be on a schedule, or on none. */
const isOpen = (item: MaterialItem) =>
  item.relevant === null ||
  (item.relevant === 'yes' && (item.used === null || (item.used === 'unused' && item.sensitive === null)));

/** Every item of the workspace, judged one by one for the schedules of unused material. */
export function MaterialPart() {
  const client = useClient();
  const selectId = useId();
  const queries = useQueryClient();
  const query = useQuery({ queryKey: ['closing', 'material'], queryFn: () => client.closing.material() });
  const [kind, setKind] = useState('');
  const [onlyOpen, setOnlyOpen] = useState(false);
  const [shown, setShown] = useState(shownAtOnce);
  const [described, setDescribed] = useState<MaterialItem | null>(null);
  const [drafted, setDrafted] = useState<'c' | 'd' | null>(null);
  const items = query.data?.items ?? [];
  const chosen = items.filter((item) => (kind === '' || item.kind === kind) && (!onlyOpen || isOpen(item)));

  async function judge(item: MaterialItem, change: Partial<ItemJudgement>): Promise<void> {
    // A sensitive item needs its reason: it is asked for before anything is kept.
    if (change.sensitive === 'yes' && !item.sensitiveReason) {
      setDescribed({ ...item, sensitive: 'yes' });
      return;
    }
    try {
      queries.setQueryData(
        ['closing', 'material'],
        await client.closing.judge({ items: [item.item], change }),
      );
    } catch (error) {
      reportError(error);
    }
  }

  return (
    <>
      <p className="muted">{copy.lead}</p>
      <div className="closing-bar">
        <span className="closing-inline">
          <label htmlFor={selectId}>{copy.kind}</label>
          <HTMLSelect id={selectId} value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
            <option value="">{copy.anyKind}</option>
            {Object.entries(copy.kinds).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </HTMLSelect>
        </span>
        <Checkbox
          className="closing-tickbox"
          label={copy.onlyOpen}
          checked={onlyOpen}
          onChange={(event) => setOnlyOpen(event.currentTarget.checked)}
        />
        <span className="muted">{query.data && copy.open(query.data.open, items.length)}</span>
        <span className="closing-gap" />
        <Button icon="document" text={copy.draftC} onClick={() => setDrafted('c')} />
        <Button icon="document" text={copy.draftD} onClick={() => setDrafted('d')} />
      </div>
      {query.data && chosen.length === 0 ? (
        <EmptyState icon="filter" title={copy.emptyTitle} />
      ) : (
        <div className="table-scroll closing-table">
          <table className="table">
            <thead>
              <tr>
                {copy.columns.map((title) => (
                  <th key={title}>
                    {title === '' ? <span className="only-spoken">{copy.edit}</span> : title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {chosen.slice(0, shown).map((item) => (
                <ItemRow
                  key={item.item}
                  item={item}
                  onJudge={(change) => void judge(item, change)}
                  onDescribe={() => setDescribed(item)}
                />
              ))}
            </tbody>
          </table>
          {chosen.length > shown && (
            <Button
              className="more"
              text={closingCopy.retention.more}
              onClick={() => setShown(shown + shownAtOnce)}
            />
          )}
        </div>
      )}
      {described && (
        <DescribeDialog
          item={described}
          onClose={() => setDescribed(null)}
          onSave={async (change) => {
            queries.setQueryData(
              ['closing', 'material'],
              await client.closing.judge({ items: [described.item], change }),
            );
          }}
        />
      )}
      {drafted && <ScheduleDialog schedule={drafted} onClose={() => setDrafted(null)} />}
    </>
  );
}

function ItemRow(props: {
  item: MaterialItem;
  onJudge: (change: Partial<ItemJudgement>) => void;
  onDescribe: () => void;
}) {
  const { item } = props;
  const ref = parseRef(item.item) ? item.item : null;
  return (
    <tr>
      <td className="nowrap">
        {ref ? (
          <button type="button" className="link" onClick={() => openRecord(ref)}>
            {item.item}
          </button>
        ) : (
          item.item
        )}
      </td>
      <td className="wide">
        {item.description ?? item.suggested}
        {item.location && <span className="muted closing-line">{item.location}</span>}
        {item.sensitiveReason && <span className="muted closing-line">{item.sensitiveReason}</span>}
      </td>
      <td>
        <Choice
          label={copy.relevantFor(item.item)}
          value={item.relevant}
          options={[
            ['yes', copy.yes],
            ['no', copy.no],
          ]}
          onChange={(relevant) => props.onJudge({ relevant })}
        />
      </td>
      <td>
        <Choice
          label={copy.usedFor(item.item)}
          value={item.used}
          options={[
            ['unused', copy.unused],
            ['used', copy.used],
          ]}
          onChange={(used) => props.onJudge({ used })}
        />
      </td>
      <td>
        <Choice
          label={copy.sensitiveFor(item.item)}
          value={item.sensitive}
          options={[
            ['no', copy.no],
            ['yes', copy.yes],
          ]}
          onChange={(sensitive) => props.onJudge({ sensitive })}
        />
      </td>
      <td className="nowrap">
        {item.sensitive === 'yes' && item.dNumber !== null && `MG6D ${item.dNumber}`}
        {item.sensitive === 'no' && item.cNumber !== null && `MG6C ${item.cNumber}`}
      </td>
      <td className="cell-action">
        <Button
          size="small"
          variant="minimal"
          text={copy.edit}
          aria-label={copy.editTitle(item.item)}
          onClick={props.onDescribe}
        />
      </td>
    </tr>
  );
}

function Choice<Value extends string>(props: {
  label: string;
  value: Value | null;
  options: readonly (readonly [Value, string])[];
  onChange: (value: Value | null) => void;
}) {
  return (
    <HTMLSelect
      aria-label={props.label}
      value={props.value ?? ''}
      onChange={(event) => {
        const { value } = event.currentTarget;
        props.onChange(value === '' ? null : (value as Value));
      }}
    >
      <option value="">{copy.blank}</option>
      {props.options.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </HTMLSelect>
  );
}

import { Button, PopoverNext } from '@blueprintjs/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SavedView } from '../../shared/contract/planSchemas.ts';
import type { GridState } from '../../shared/contract/schemas.ts';
import type { Where } from '../../shared/grid/query.ts';
import type { GridName } from '../../shared/grid/types.ts';
import { useClient } from '../app/connection.ts';
import { describeError } from '../app/reportError.ts';
import { endWaiting, takeEarlyKeys } from './earlyKeys.ts';

/** How the grid stands now, to be kept under a name. */
export interface ViewNow {
  state: GridState;
  where: Where;
  groupBy: string | null;
}

/** The named views of a grid: choose, keep under a name, remove. */
export function ViewsMenu(props: {
  grid: GridName;
  isOpen: boolean;
  onOpen: (open: boolean) => void;
  readView: () => ViewNow;
  onChoose: (view: SavedView) => void;
}) {
  return (
    <PopoverNext
      isOpen={props.isOpen}
      onInteraction={props.onOpen}
      placement="bottom-end"
      arrow={false}
      animation="minimal"
      inheritDarkTheme={false}
      content={<ViewsPanel {...props} />}
    >
      <Button
        size="small"
        icon="eye-open"
        text="Views"
        title="Alt+V"
        onClick={() => props.onOpen(!props.isOpen)}
      />
    </PopoverNext>
  );
}

function ViewsPanel(props: Parameters<typeof ViewsMenu>[0]) {
  const client = useClient();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [error, setError] = useState('');
  const key = ['views', props.grid];
  const views = useQuery({ queryKey: key, queryFn: () => client.grids.views({ grid: props.grid }) });
  const list = views.data?.views ?? [];
  const taken = list.find((view) => view.name.toLowerCase() === name.trim().toLowerCase());

  async function run(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
      setError('');
      await queries.invalidateQueries({ queryKey: key });
    } catch (caught) {
      setError(describeError(caught).message);
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape leaves the panel from anywhere in it
    <div
      className="column-panel views-panel"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        props.onOpen(false);
      }}
    >
      {list.length > 0 && (
        <ul className="view-list" aria-label="Saved views">
          {list.map((view) => (
            <li key={view.id}>
              <Button
                size="small"
                variant="minimal"
                alignText="start"
                fill
                text={view.name}
                onClick={() => {
                  props.onChoose(view);
                  props.onOpen(false);
                }}
              />
              <Button
                size="small"
                variant="minimal"
                icon="trash"
                aria-label={`Remove the view ${view.name}`}
                onClick={() => void run(() => client.grids.removeView({ id: view.id }))}
              />
            </li>
          ))}
        </ul>
      )}
      <form
        className="filter-form"
        onSubmit={(event) => {
          event.preventDefault();
          const kept = name.trim();
          if (kept === '') {
            setError('Give the view a name.');
            return;
          }
          void run(async () => {
            const { state, where, groupBy } = props.readView();
            await client.grids.saveView({ grid: props.grid, name: kept, state, where, groupBy });
            setName('');
          });
        }}
      >
        <label className="view-name">
          Keep this view as
          <input
            className="value-input"
            // biome-ignore lint/a11y/noAutofocus: the panel was opened to type or to choose here
            autoFocus
            maxLength={60}
            value={name}
            onFocus={() => {
              const early = takeEarlyKeys();
              endWaiting();
              setName((now) => now + early);
            }}
            onChange={(event) => {
              setName(event.currentTarget.value);
              setError('');
            }}
          />
        </label>
        <p className="muted">Columns, order, widths, sort, filters and grouping.</p>
        {error && (
          <div className="value-message tone-danger" role="alert">
            {error}
          </div>
        )}
        <div className="filter-buttons">
          <Button type="submit" size="small" intent="primary" text={taken ? 'Replace' : 'Keep'} />
        </div>
      </form>
    </div>
  );
}

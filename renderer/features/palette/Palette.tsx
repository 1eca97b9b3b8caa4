import { Icon, Overlay2 } from '@blueprintjs/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { grids } from '../../../shared/grid/grids.ts';
import { commands } from '../../app/commands.ts';
import { useClient } from '../../app/connection.ts';
import { goTo, goToRecord, openDossier } from '../../app/navigation.ts';
import { useMay } from '../../app/role.ts';
import { searchCopy } from '../../copy/search.ts';
import { endWaiting, takeEarlyKeys } from '../../grid/earlyKeys.ts';
import { showLabel } from '../../grid/format.ts';
import { gridIcons } from '../../ui/gridIcons.ts';
import { showKeys } from '../../ui/keys.ts';

interface Item {
  id: string;
  icon: Parameters<typeof Icon>[0]['icon'];
  title: string;
  note: string;
  run: () => void;
  /** Shift with Enter: everything about a record. */
  runShifted?: () => void;
}

function matches(title: string, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => title.toLowerCase().includes(word));
}

/** Finds any record, view or action by typing. Records are asked of the engine, commands are matched here. */
export function Palette({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const mayChange = useMay();
  const [text, setText] = useState('');
  /** The item that was moved to by key; null is the first. */
  const [moved, setMoved] = useState<string | null>(null);
  /** Enter was pressed before what was typed had its answer. */
  const [awaited, setAwaited] = useState<{ isShifted: boolean } | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const asked = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ['find', asked],
    queryFn: ({ signal }) => client.records.find({ text: asked, limit: 20 }, { signal }),
    enabled: asked.length > 1,
    placeholderData: keepPreviousData,
  });

  const records: Item[] = (asked.length > 1 ? (found.data?.matches ?? []) : []).map(
    ({ ref, grid, label }) => ({
      id: ref,
      icon: gridIcons[grid],
      title: showLabel(ref, { [ref]: label }),
      note: `${grids[grid].noun} ${ref}`,
      run: () => goToRecord(ref),
      runShifted: () => openDossier(ref),
    }),
  );
  const actions: Item[] = commands
    .filter(
      ({ id, title, changes }) =>
        !['palette', 'redo-shift', 'help-f1'].includes(id) && (mayChange || !changes) && matches(title, text),
    )
    .map(({ id, title, group, keys, run }) => ({
      id,
      icon: group === 'Go to' ? 'arrow-right' : 'flash',
      title,
      note: keys ? showKeys(keys) : group,
      run,
    }));
  const meant = text.trim().toLowerCase();
  const isMeant = ({ title }: Item) => title.toLowerCase() === meant;
  // Its whole title before titles that only begin so: 'People' before 'People and keys'.
  const called =
    meant === ''
      ? []
      : actions
          .filter(({ title }) => title.toLowerCase().startsWith(meant))
          .sort((a, b) => Number(isMeant(b)) - Number(isMeant(a)));
  const everywhere: Item[] =
    asked.length > 1
      ? [
          {
            id: 'search-everything',
            icon: 'search',
            title: searchCopy.fromPalette(text.trim()),
            note: 'Ctrl Shift F',
            run: () => goTo({ kind: 'search', asked: { text: text.trim() } }),
          },
        ]
      : [];
  const items = [
    ...called,
    ...records,
    ...everywhere,
    ...actions.filter((action) => !called.includes(action)),
  ].slice(0, 40);
  const chosen = Math.max(
    items.findIndex(({ id }) => id === moved),
    0,
  );
  const isMoved = items[chosen]?.id === moved;
  /** Whether the records listed are those of what is typed now, not of what was typed a moment ago. */
  const isAnswered =
    asked === text.trim() && (asked.length < 2 || (!found.isPlaceholderData && !found.isPending));

  useEffect(() => {
    list.current?.querySelector(`[data-index="${chosen}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  function run(item: Item | undefined, shifted = false): void {
    if (!item) return;
    onClose();
    if (shifted && item.runShifted) item.runShifted();
    else item.run();
  }

  function move(index: number): void {
    const item = items[Math.max(0, Math.min(index, items.length - 1))];
    if (item) setMoved(item.id);
    setAwaited(null);
  }

  function enter(isShifted: boolean): void {
    const item = items[chosen];
    // A record of what was typed a moment ago is not the one that is meant: Enter waits for the answer.
    if (isAnswered || isMoved || (item && called.includes(item))) run(item, isShifted);
    else setAwaited({ isShifted });
  }

  useEffect(() => {
    if (awaited && isAnswered) run(items[0], awaited.isShifted);
  });

  return (
    <Overlay2 isOpen onClose={onClose} className="palette-overlay">
      <div className="palette" role="dialog" aria-label="Find a record or a command">
        <div className="palette-search">
          <Icon icon="search" size={16} />
          <input
            // biome-ignore lint/a11y/noAutofocus: the palette is opened to type into
            autoFocus
            role="combobox"
            aria-expanded
            aria-controls="palette-list"
            aria-activedescendant={items[chosen] ? `palette-${items[chosen].id}` : undefined}
            aria-label="Find a record or a command"
            placeholder="Name, number, address, reference or command"
            value={text}
            onFocus={() => {
              const early = takeEarlyKeys();
              endWaiting();
              setText((now) => now + early);
            }}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setMoved(null);
              setAwaited(null);
            }}
            onKeyDown={(event) => {
              if (event.key === 'ArrowDown') move(chosen + 1);
              else if (event.key === 'ArrowUp') move(chosen - 1);
              else if (event.key === 'Enter') enter(event.shiftKey);
              else if (event.key === 'Escape') onClose();
              else return;
              event.preventDefault();
              event.stopPropagation();
            }}
          />
        </div>
        <div className="palette-list" id="palette-list" role="listbox" aria-label="Results" ref={list}>
          {items.map((item, index) => (
            <div
              key={item.id}
              id={`palette-${item.id}`}
              data-index={index}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              className={`palette-item ${index === chosen ? 'is-active' : ''}`}
              onPointerDown={(event) => {
                event.preventDefault();
                run(item, event.shiftKey);
              }}
            >
              <Icon icon={item.icon} size={13} />
              <span className="palette-title">{item.title}</span>
              <span className="palette-note">{item.note}</span>
            </div>
          ))}
          {items.length === 0 && <p className="muted palette-none">Nothing found.</p>}
        </div>
        {records.length > 0 && (
          <p className="muted palette-hint">
            <kbd>Shift</kbd> + <kbd>Enter</kbd> shows everything about a record.
          </p>
        )}
      </div>
    </Overlay2>
  );
}

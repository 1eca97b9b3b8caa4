import { Button, HTMLSelect, Icon } from '@blueprintjs/core';
import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react';
import { type PackSpec, SectionId } from '../../../../shared/packs/packSpec.ts';
import { findSection } from '../../../../shared/packs/sections.ts';
import { SectionFields } from './SectionFields.tsx';
import { dropSection, moveEntry, sectionsLeft, shownFields } from './specDraft.ts';

/** The sections of a pack in printing order: moved by drag, by the buttons or with Alt and the arrow keys. */
export function SpecSections({ spec, onChange }: { spec: PackSpec; onChange: (spec: PackSpec) => void }) {
  const [open, setOpen] = useState<SectionId | null>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const left = sectionsLeft(spec);

  const move = (from: number, to: number) => {
    const id = spec.sections[from]?.id;
    onChange({ ...spec, sections: moveEntry(spec.sections, from, to) });
    // The section takes the focus along.
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-section="${id}"] .spec-section-name`)?.focus(),
    );
  };
  const press = (event: KeyboardEvent, index: number) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    const to = index + (event.key === 'ArrowDown' ? 1 : -1);
    if (to >= 0 && to < spec.sections.length) move(index, to);
  };
  const drop = (event: DragEvent, index: number) => {
    event.preventDefault();
    // The window takes what is dropped on it for files to import.
    event.stopPropagation();
    if (dragged !== null && dragged !== index) move(dragged, index);
    setDragged(null);
    setOver(null);
  };

  return (
    <div>
      <ol className="spec-sections" ref={list}>
        {spec.sections.map(({ id }, index) => {
          const { title, columns } = findSection(id);
          const shown = shownFields(spec, id).length;
          const isOpen = open === id;
          return (
            <li
              key={id}
              data-section={id}
              draggable
              className={`spec-section ${over === index && dragged !== null ? 'is-over' : ''}`}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = 'move';
                event.dataTransfer.setData('text/plain', title);
                setDragged(index);
              }}
              onDragEnd={() => {
                setDragged(null);
                setOver(null);
              }}
              onDragOver={(event) => {
                if (dragged === null) return;
                event.preventDefault();
                setOver(index);
              }}
              onDrop={(event) => drop(event, index)}
              onKeyDown={(event) => press(event, index)}
            >
              <div className="spec-section-head">
                <Icon icon="drag-handle-vertical" size={12} />
                <button
                  type="button"
                  className="link spec-section-name"
                  aria-expanded={isOpen}
                  title="Alt + Up or Down moves it"
                  onClick={() => setOpen(isOpen ? null : id)}
                >
                  <Icon icon={isOpen ? 'chevron-down' : 'chevron-right'} size={12} /> {title}
                </button>
                <span className="muted">
                  {shown} of {columns.length} columns
                </span>
                <span className="spec-moves">
                  <Button
                    size="small"
                    variant="minimal"
                    icon="arrow-up"
                    aria-label={`${title} earlier`}
                    disabled={index === 0}
                    onClick={() => move(index, index - 1)}
                  />
                  <Button
                    size="small"
                    variant="minimal"
                    icon="arrow-down"
                    aria-label={`${title} later`}
                    disabled={index === spec.sections.length - 1}
                    onClick={() => move(index, index + 1)}
                  />
                  <Button
                    size="small"
                    variant="minimal"
                    icon="cross"
                    aria-label={`Leave out ${title}`}
                    disabled={spec.sections.length === 1}
                    onClick={() => onChange(dropSection(spec, id))}
                  />
                </span>
              </div>
              {isOpen && <SectionFields spec={spec} section={id} onChange={onChange} />}
            </li>
          );
        })}
      </ol>
      {left.length > 0 && (
        <HTMLSelect
          aria-label="Add a section"
          value=""
          onChange={(event) => {
            const added = SectionId.safeParse(event.currentTarget.value);
            if (added.success) onChange({ ...spec, sections: [...spec.sections, { id: added.data }] });
          }}
        >
          <option value="">Add a section</option>
          {left.map((id) => (
            <option key={id} value={id}>
              {findSection(id).title}
            </option>
          ))}
        </HTMLSelect>
      )}
    </div>
  );
}

import { Button } from '@blueprintjs/core';
import type { PackSpec, SectionId } from '../../../../shared/packs/packSpec.ts';
import { listedColumns, moveEntry, showFields, shownFields } from './specDraft.ts';

/** The columns of one section: which go out, and in which order. */
export function SectionFields(props: {
  spec: PackSpec;
  section: SectionId;
  onChange: (spec: PackSpec) => void;
}) {
  const { spec, section, onChange } = props;
  const shown = shownFields(spec, section);
  const move = (field: string, by: 1 | -1) => {
    const index = shown.indexOf(field);
    onChange(showFields(spec, section, moveEntry(shown, index, index + by)));
  };
  return (
    <ul className="spec-fields">
      {listedColumns(spec, section).map(({ column, shown: isShown }) => {
        const index = shown.indexOf(column.field);
        return (
          <li key={column.field} className={isShown ? '' : 'is-hidden'}>
            <label>
              <input
                type="checkbox"
                checked={isShown}
                onChange={() =>
                  onChange(
                    showFields(
                      spec,
                      section,
                      isShown ? shown.filter((field) => field !== column.field) : [...shown, column.field],
                    ),
                  )
                }
              />{' '}
              {column.heading}
            </label>
            {isShown && (
              <span className="spec-moves">
                <Button
                  size="small"
                  variant="minimal"
                  icon="arrow-up"
                  aria-label={`${column.heading} earlier`}
                  disabled={index === 0}
                  onClick={() => move(column.field, -1)}
                />
                <Button
                  size="small"
                  variant="minimal"
                  icon="arrow-down"
                  aria-label={`${column.heading} later`}
                  disabled={index === shown.length - 1}
                  onClick={() => move(column.field, 1)}
                />
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

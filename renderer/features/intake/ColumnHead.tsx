import { HTMLSelect } from '@blueprintjs/core';
import type { SheetGuess, SheetMapping } from '../../../shared/contract/schemas.ts';
import { intakeCopy } from '../../copy/intake.ts';
import { columnLetter, fieldChoices } from './importState.ts';

/** Above a column: its letter and heading, what it is read as, and why. */
export function ColumnHead(props: {
  column: number;
  left: number;
  width: number;
  guess: SheetGuess;
  mapping: SheetMapping;
  heading: string;
  onField: (column: number, field: string | null) => void;
}) {
  const { column, mapping } = props;
  const letter = columnLetter(column);
  const field = mapping.columns[column] ?? null;
  const guessed = props.guess.columns.find(({ index }) => index === column);
  const asGuessed = guessed !== undefined && guessed.field === field && mapping.kind === props.guess.kind;
  const reason = asGuessed
    ? field === null
      ? guessed.reason
      : `${Math.round(guessed.confidence * 100)} %: ${guessed.reason}`
    : field === null
      ? ''
      : 'chosen here';
  return (
    // biome-ignore lint/a11y/useSemanticElements: see PreviewTable
    // biome-ignore lint/a11y/useFocusableInteractive: the choice inside takes the focus
    <div
      role="columnheader"
      aria-colindex={column + 2}
      className={`preview-head ${field === null ? 'is-aside' : ''}`}
      style={{ left: props.left, width: props.width }}
    >
      <div className="head-title" title={props.heading}>
        <span className="column-letter">{letter}</span> {props.heading}
      </div>
      {mapping.kind && mapping.layout !== 'matrix' && (
        <HTMLSelect
          fill
          aria-label={`Column ${letter} ${props.heading} is read as`}
          value={field ?? ''}
          onChange={(event) =>
            props.onField(column, event.currentTarget.value === '' ? null : event.currentTarget.value)
          }
        >
          <option value="">{intakeCopy.columnLeft}</option>
          {fieldChoices(mapping.kind).map((choice) => (
            <option key={choice.field} value={choice.field}>
              {choice.title}
            </option>
          ))}
        </HTMLSelect>
      )}
      <div className="column-reason" title={reason}>
        {reason}
      </div>
    </div>
  );
}

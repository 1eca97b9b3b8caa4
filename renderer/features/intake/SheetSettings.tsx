import { HTMLSelect, NumericInput } from '@blueprintjs/core';
import { type ReactNode, useId } from 'react';
import {
  type CallTimeZone,
  type DateOrder,
  type FormConflicts,
  type ImportKind,
  importKinds,
  type SheetGuess,
  type SheetMapping,
} from '../../../shared/contract/schemas.ts';
import { isForm } from '../../../shared/intake/kinds.ts';
import { describeDateOrder, intakeCopy, kindTitles, timeZones } from '../../copy/intake.ts';
import { asksDateOrder, columnLetter, withHeading, withKind } from './importState.ts';

/** How one sheet is read: what it holds, where its heading is, dates, times, and rows that go on. */
export function SheetSettings(props: {
  guess: SheetGuess;
  mapping: SheetMapping;
  headings: readonly string[];
  onChange: (change: (mapping: SheetMapping) => SheetMapping) => void;
}) {
  const { guess, mapping, onChange } = props;
  const included = mapping.kind !== null;
  const rowsPerHeading = mapping.headerRows ?? 1;
  const dateWords = describeDateOrder(guess.dateOrderReason);
  const asks = asksDateOrder(guess, mapping);
  return (
    <div className="sheet-settings">
      <Setting label={intakeCopy.kind}>
        {(id) => (
          <HTMLSelect
            id={id}
            value={mapping.kind ?? ''}
            onChange={(event) => {
              const kind =
                event.currentTarget.value === '' ? null : (event.currentTarget.value as ImportKind);
              onChange((now) => withKind(guess, now, kind));
            }}
          >
            <option value="">{intakeCopy.leftOut}</option>
            {importKinds.map((kind) => (
              <option key={kind} value={kind}>
                {kindTitles[kind]}
              </option>
            ))}
          </HTMLSelect>
        )}
      </Setting>
      {included && (
        <>
          <Setting label={intakeCopy.headerRow}>
            {(id) => (
              <NumericInput
                id={id}
                className="row-input"
                size="small"
                min={0}
                max={100_000}
                buttonPosition="none"
                value={mapping.headerRow}
                onValueChange={(value) => {
                  if (Number.isInteger(value) && value >= 0 && value !== mapping.headerRow) {
                    onChange((now) => withHeading(guess, now, value, now.headerRows ?? 1));
                  }
                }}
              />
            )}
          </Setting>
          <Setting label={intakeCopy.headerRows}>
            {(id) => (
              <HTMLSelect
                id={id}
                value={rowsPerHeading}
                onChange={(event) => {
                  const lines = Number(event.currentTarget.value);
                  onChange((now) => withHeading(guess, now, now.headerRow, lines));
                }}
              >
                {[1, 2, 3, 4, 5].map((lines) => (
                  <option key={lines} value={lines}>
                    {lines === 1 ? '1 line' : `${lines} lines`}
                  </option>
                ))}
              </HTMLSelect>
            )}
          </Setting>
          {isForm(mapping.kind) && (
            <Setting label={intakeCopy.conflicts}>
              {(id) => (
                <HTMLSelect
                  id={id}
                  value={mapping.conflicts ?? 'keep'}
                  onChange={(event) => {
                    const conflicts = event.currentTarget.value as FormConflicts;
                    onChange((now) => ({ ...now, conflicts }));
                  }}
                >
                  <option value="keep">{intakeCopy.conflictsKept}</option>
                  <option value="take">{intakeCopy.conflictsTaken}</option>
                </HTMLSelect>
              )}
            </Setting>
          )}
          {!isForm(mapping.kind) && (
            <>
              <Setting label={intakeCopy.layout}>
                {(id) => (
                  <HTMLSelect
                    id={id}
                    className="setting-layout"
                    value={mapping.layout ?? 'rows'}
                    onChange={(event) => {
                      const matrix = event.currentTarget.value === 'matrix';
                      onChange(({ layout: _, ...now }) => (matrix ? { ...now, layout: 'matrix' } : now));
                    }}
                  >
                    <option value="rows">{intakeCopy.layouts.rows}</option>
                    <option value="matrix">{intakeCopy.layouts.matrix}</option>
                  </HTMLSelect>
                )}
              </Setting>
              <GoesOn {...props} />
            </>
          )}
          {mapping.kind === 'communication' && (
            <Setting label={intakeCopy.timeZone}>
              {(id) => (
                <HTMLSelect
                  id={id}
                  value={mapping.timeZone ?? 'as-written'}
                  onChange={(event) => {
                    const timeZone = event.currentTarget.value as CallTimeZone;
                    onChange((now) => ({ ...now, timeZone }));
                  }}
                >
                  {Object.entries(timeZones).map(([value, label]) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </HTMLSelect>
              )}
            </Setting>
          )}
          {dateWords && (
            <Setting
              label={intakeCopy.dateOrder}
              asked={asks || (guess.dateOrderReason === 'mixed' && !mapping.dateOrder)}
            >
              {(id) => (
                <HTMLSelect
                  id={id}
                  value={mapping.dateOrder ?? ''}
                  onChange={(event) => {
                    const order = event.currentTarget.value;
                    onChange(({ dateOrder: _, ...now }) =>
                      order === '' ? now : { ...now, dateOrder: order as DateOrder },
                    );
                  }}
                >
                  <option value="">
                    {guess.dateOrderReason === 'ambiguous'
                      ? intakeCopy.dateOrderAsked
                      : intakeCopy.dateOrderByColumn}
                  </option>
                  {Object.entries(intakeCopy.dateOrders).map(([value, label]) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </HTMLSelect>
              )}
            </Setting>
          )}
        </>
      )}
    </div>
  );
}

/** A row that goes on with the thing above: while a column is blank, or blank or the same. */
function GoesOn({ mapping, headings, onChange }: Parameters<typeof SheetSettings>[0]) {
  const { sameWhile } = mapping;
  return (
    <Setting label={intakeCopy.sameWhile}>
      {(id) => (
        <span className="setting-pair">
          <HTMLSelect
            id={id}
            className="setting-column"
            value={sameWhile?.column ?? ''}
            onChange={(event) => {
              const chosen = event.currentTarget.value;
              onChange(({ sameWhile: before, ...now }) =>
                chosen === ''
                  ? now
                  : { ...now, sameWhile: { column: Number(chosen), when: before?.when ?? 'blank' } },
              );
            }}
          >
            <option value="">{intakeCopy.sameWhileNever}</option>
            {mapping.columns.slice(0, 200).map((_, column) => (
              // A column is its place.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <option key={column} value={column}>
                {columnLetter(column)} {headings[column] ?? ''}
              </option>
            ))}
          </HTMLSelect>
          {sameWhile && (
            <HTMLSelect
              aria-label={intakeCopy.sameWhileWhen}
              value={sameWhile.when}
              onChange={(event) => {
                const when = event.currentTarget.value as 'blank' | 'blank-or-equal';
                onChange((now) => ({ ...now, sameWhile: { column: sameWhile.column, when } }));
              }}
            >
              <option value="blank">{intakeCopy.whenBlank}</option>
              <option value="blank-or-equal">{intakeCopy.whenSame}</option>
            </HTMLSelect>
          )}
        </span>
      )}
    </Setting>
  );
}

function Setting(props: { label: string; asked?: boolean; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className={`setting ${props.asked ? 'is-asked' : ''}`}>
      <label htmlFor={id}>{props.label}</label>
      {props.children(id)}
    </div>
  );
}

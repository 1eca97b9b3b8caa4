import { Button, ButtonGroup, Icon, Spinner } from '@blueprintjs/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { PreviewRow, RowFilter } from '../../../shared/contract/intakeSchemas.ts';
import type { SheetGuess, SheetMapping } from '../../../shared/contract/schemas.ts';
import { useClient } from '../../app/connection.ts';
import { previewFilters } from '../../copy/intake.ts';
import { columnLetter } from './importState.ts';
import { type PreviewPlace, PreviewTable, type TitleLine } from './PreviewTable.tsx';
import { describeCell, outcomeWords } from './previewCells.ts';
import { isRemarkable, usePreviewRows } from './usePreviewRows.ts';

/** The rows of a sheet through the real parser: raw beside cleaned, with ways to come to what needs a look. */
export function SheetPreview(props: {
  grant: string;
  password: string | null;
  guess: SheetGuess;
  mapping: SheetMapping;
  headings: readonly string[];
  onField: (column: number, field: string | null) => void;
}) {
  const { guess, mapping } = props;
  const client = useClient();
  const [only, setOnly] = useState<RowFilter>('all');
  const [place, setPlace] = useState<PreviewPlace | null>(null);
  const [note, setNote] = useState('');
  const back = useRef<number[]>([]);
  const preview = usePreviewRows(client, { grant: props.grant, password: props.password, mapping, only });
  // Titles and heading of a table below another are in its rows too: shown once, as what they are.
  const list = useCallback(
    (all: readonly PreviewRow[]) => (only === 'all' ? all.filter(({ row }) => row > mapping.headerRow) : all),
    [only, mapping.headerRow],
  );
  const rows = useMemo(() => list(preview.rows), [preview.rows, list]);

  const headRows = mapping.headerRows ?? 1;
  const titles = useMemo((): TitleLine[] => {
    if (preview.from !== null || only !== 'all') return [];
    const firstRow = mapping.table?.firstRow ?? 1;
    return guess.sample
      .filter(({ row }) => row <= mapping.headerRow && row >= firstRow)
      .map(({ row, cells }) => ({ row, cells, isHeading: row > mapping.headerRow - headRows }));
  }, [guess.sample, mapping.headerRow, mapping.table, headRows, preview.from, only]);

  const goTo = useCallback(
    (index: number) => {
      const row = rows[index];
      const cell = row?.cells.find(({ issue }) => issue) ?? row?.cells.find(({ repaired }) => repaired);
      setPlace({ index, column: cell?.column ?? mapping.table?.firstColumn ?? 0 });
      setNote('');
    },
    [rows, mapping.table],
  );

  const jump = useCallback(
    async (direction: 1 | -1) => {
      const start = place?.index ?? (direction === 1 ? -1 : rows.length);
      for (let index = start + direction; index >= 0 && index < rows.length; index += direction) {
        const row = rows[index];
        if (row && isRemarkable(row)) {
          goTo(index);
          return;
        }
      }
      if (direction === 1) {
        const row = await preview.findAhead();
        if (row === null) {
          setNote(rows.some(isRemarkable) ? 'That was the last row to look at.' : 'Nothing to look at.');
          return;
        }
        back.current.push(preview.from ?? 0);
        await preview.showFrom(row);
        setPlace({ index: 0, column: mapping.table?.firstColumn ?? 0 });
        return;
      }
      const earlier = back.current.pop();
      if (earlier === undefined) {
        setNote('There is none before this row.');
        return;
      }
      const shown = await preview.showFrom(earlier === 0 ? null : earlier);
      const last = list(shown ?? []).findLastIndex(isRemarkable);
      setPlace({ index: Math.max(0, last), column: mapping.table?.firstColumn ?? 0 });
    },
    [place, rows, list, goTo, preview, mapping.table],
  );

  const active = place ? rows[place.index] : undefined;
  const cell = active?.cells.find(({ column }) => column === place?.column);
  const remarks = active
    ? [
        ...(active.outcome === 'import'
          ? []
          : [`${outcomeWords[active.outcome]}: ${active.reason ?? 'no reason'}`]),
        ...active.issues
          .filter(({ column, message }) => column === null && message !== active.reason)
          .map(({ message }) => message),
      ]
    : [];
  return (
    <section className="sheet-preview" aria-label="Rows">
      <div className="preview-bar">
        <ButtonGroup aria-label="Rows shown">
          {previewFilters.map(({ only: value, title }) => (
            <Button
              key={value}
              size="small"
              text={title}
              active={only === value}
              aria-pressed={only === value}
              onClick={() => {
                setOnly(value);
                setPlace(null);
                back.current = [];
              }}
            />
          ))}
        </ButtonGroup>
        <Button
          size="small"
          variant="minimal"
          icon="arrow-down"
          text="Next to look at"
          title="n, in the rows"
          onClick={() => void jump(1)}
        />
        <Button
          size="small"
          variant="minimal"
          icon="arrow-up"
          text="Previous"
          title="p, in the rows"
          onClick={() => void jump(-1)}
        />
        {preview.from !== null && (
          <Button
            size="small"
            variant="minimal"
            icon="double-chevron-up"
            text={`From row ${preview.from.toLocaleString('en-GB')}: back to the top`}
            onClick={() => {
              back.current = [];
              setPlace(null);
              void preview.showFrom(null);
            }}
          />
        )}
        <span className="status-gap" />
        {preview.busy && <Spinner size={13} aria-label="Reading rows" />}
        <span className="muted" aria-live="polite">
          {note ||
            (preview.stale
              ? 'Reading…'
              : `${rows.length.toLocaleString('en-GB')}${preview.next === null ? '' : ' and more'} ${rows.length === 1 ? 'row' : 'rows'}`)}
        </span>
      </div>
      {preview.error && (
        <p className="preview-error tone-danger" role="alert">
          <Icon icon="error" size={13} /> {preview.error}
        </p>
      )}
      <PreviewTable
        guess={guess}
        mapping={mapping}
        headings={props.headings}
        rows={rows}
        titles={titles}
        stale={preview.stale}
        place={place}
        onPlace={setPlace}
        onField={props.onField}
        onNearEnd={preview.loadMore}
        onJump={(direction) => void jump(direction)}
      />
      <div className="preview-detail" aria-live="polite">
        {active && place ? (
          <>
            <strong>
              {columnLetter(place.column)}
              {active.row}
            </strong>
            {cell ? (
              describeCell(mapping.kind, cell).map((line) => <span key={line}>{line}</span>)
            ) : (
              <span className="muted">Blank</span>
            )}
            {remarks.map((line) => (
              <span key={line} className="tone-warning">
                {line}
              </span>
            ))}
          </>
        ) : (
          <span className="muted">
            Cleaned above, as it stood below. Arrow keys move; n and p go to the rows to look at.
          </span>
        )}
      </div>
    </section>
  );
}

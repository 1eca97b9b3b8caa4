import { Button, Checkbox, Dialog, DialogBody, DialogFooter, HTMLSelect } from '@blueprintjs/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { PasteReport } from '../../shared/contract/planSchemas.ts';
import { findColumn } from '../../shared/grid/grids.ts';
import { undo } from '../app/actions.ts';
import { refreshQueries } from '../app/connection.ts';
import { showMessage } from '../app/messages.ts';
import { describeError } from '../app/reportError.ts';
import type { GridContext } from './gridContext.ts';
import { PasteTable } from './PasteTable.tsx';
import { type BlockField, fieldsFrom, placeRows, readHeadings, refField } from './pasteBlock.ts';
import type { RangeTool } from './rangeTool.ts';

/** A block from the clipboard, and the cell that had the focus. */
export interface PasteBlock {
  cells: string[][];
  /** Null where no cell had the focus: every row of the block is a new one. */
  start: { row: number; field: string } | null;
}

/** The fields under the block as the columns stand on screen. */
function fieldsUnder(context: GridContext, range: RangeTool, block: PasteBlock): BlockField[] {
  const width = block.cells[0]?.length ?? 0;
  const shown = range.fields().filter((field) => field !== refField);
  const editable = context.grid.columns.filter((column) => column.editable).map(({ field }) => field);
  const fields = block.start ? shown : shown.filter((field) => editable.includes(field));
  const at = block.start ? Math.max(0, fields.indexOf(block.start.field)) : 0;
  return fieldsFrom(
    fields.map((field) => findColumn(context.grid, field)),
    at,
    width,
  );
}

/** What a block would do, cell by cell, before it does it; then it is one step. */
export function PasteDialog(props: { context: GridContext; block: PasteBlock; onClose: () => void }) {
  const { context, block } = props;
  const { grid, client, range, bulk } = context;
  const headings = useMemo(() => readHeadings(grid, block.cells[0] ?? []), [grid, block]);
  const [asHeadings, setAsHeadings] = useState(headings !== null && block.cells.length > 1);
  const [fields, setFields] = useState<BlockField[]>(() =>
    headings !== null && block.cells.length > 1 ? headings : fieldsUnder(context, range, block),
  );
  const named = fields.includes(refField);
  const [asNew, setAsNew] = useState(block.start === null || (grid.addable && headings !== null && !named));
  const [blanks, setBlanks] = useState<'keep' | 'clear'>('keep');
  const [leaveOut, setLeaveOut] = useState(false);
  const [refs, setRefs] = useState<(string | null)[] | null>(null);
  const [report, setReport] = useState<PasteReport | null>(null);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const cells = useMemo(() => (asHeadings ? block.cells.slice(1) : block.cells), [asHeadings, block]);

  useEffect(() => {
    let current = true;
    const { start } = block;
    if (asNew || named || !start) {
      setRefs([]);
      return;
    }
    bulk.readRows(start.row, start.row + cells.length - 1).then(
      (rows) => {
        if (current) setRefs(rows.map(({ ref }) => ref));
      },
      (caught: unknown) => {
        if (current) setError(describeError(caught).message);
      },
    );
    return () => {
      current = false;
    };
  }, [asNew, named, block, cells, bulk]);

  const request = useMemo(() => {
    if (refs === null || !fields.some((field) => field !== null && field !== refField)) return null;
    const placed = placeRows(grid, fields, cells, refs);
    return {
      grid: grid.name,
      fields: fields.map((field) => (field === refField ? null : field)),
      // Where rows come from imports alone, there is nothing to be made of those beyond the last.
      rows: grid.addable ? placed : placed.filter(({ ref }) => ref !== null),
      blanks,
    };
  }, [grid, fields, cells, refs, blanks]);
  const beyond = request ? cells.length - request.rows.length : 0;

  useEffect(() => {
    if (!request || request.rows.length === 0) {
      setReport(null);
      return;
    }
    let current = true;
    client.records.paste({ ...request, apply: 'preview' }).then(
      (answer) => {
        if (!current) return;
        Object.assign(context.labels, answer.report.labels);
        setReport(answer.report);
        setError('');
      },
      (caught: unknown) => {
        if (!current) return;
        setReport(null);
        setError(describeError(caught).message);
      },
    );
    return () => {
      current = false;
    };
  }, [client, request, context]);

  const counts = report?.counts ?? {};
  const refused = counts.refused ?? 0;
  const changing = (counts.new ?? 0) + (counts.changed ?? 0);
  const ready = report !== null && changing > 0 && (refused === 0 || leaveOut);
  const confirm = useRef<HTMLButtonElement>(null);
  const opened = useRef(false);
  useEffect(() => {
    // Once, when the block has been read: Enter then does what was asked for.
    if (!ready || opened.current) return;
    opened.current = true;
    confirm.current?.focus();
  }, [ready]);

  async function apply(): Promise<void> {
    if (!request) return;
    setBusy(true);
    try {
      const { result } = await client.records.paste({
        ...request,
        apply: leaveOut ? 'without-refused' : 'all',
      });
      refreshQueries();
      props.onClose();
      const rows = result?.rows.length ?? 0;
      showMessage({
        tone: 'done',
        text: rows === 1 ? '1 row pasted.' : `${rows.toLocaleString('en-GB')} rows pasted.`,
        action: { label: 'Undo', run: () => void undo() },
      });
    } catch (caught) {
      setError(describeError(caught).words);
      setBusy(false);
    }
  }

  const startRef = refs?.[0];
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={`Paste into ${grid.title}`}
      className="paste-dialog"
      canOutsideClickClose={false}
    >
      <DialogBody>
        <div className="paste-options">
          {headings !== null && (
            <Checkbox
              checked={asHeadings}
              label="The first line holds headings"
              onChange={() => {
                setFields(asHeadings ? fieldsUnder(context, range, block) : headings);
                setAsHeadings(!asHeadings);
              }}
            />
          )}
          {!named && block.start && grid.addable && (
            <span className="paste-option">
              Goes into{' '}
              <HTMLSelect
                aria-label="Where the block goes"
                value={asNew ? 'new' : 'here'}
                onChange={(event) => setAsNew(event.currentTarget.value === 'new')}
                options={[
                  {
                    value: 'here',
                    label: startRef ? `the rows from ${startRef} down` : 'the rows from here down',
                  },
                  { value: 'new', label: 'new rows' },
                ]}
              />
            </span>
          )}
          <span className="paste-option">
            A blank cell{' '}
            <HTMLSelect
              aria-label="What a blank cell does"
              value={blanks}
              onChange={(event) => setBlanks(event.currentTarget.value === 'clear' ? 'clear' : 'keep')}
              options={[
                { value: 'keep', label: 'leaves the value as it is' },
                { value: 'clear', label: 'blanks the value' },
              ]}
            />
          </span>
        </div>
        {named && (
          <p className="muted">The column Ref says which rows are meant; a blank one is a new row.</p>
        )}
        {beyond > 0 && (
          <p className="tone-warning">
            {beyond === 1 ? '1 row has' : `${beyond} rows have`} no row to go into: {grid.title.toLowerCase()}{' '}
            come from imports.
          </p>
        )}
        {error && (
          <p className="tone-danger" role="alert">
            {error}
          </p>
        )}
        <PasteTable
          grid={grid}
          labels={context.labels}
          fields={fields}
          cells={request ? request.rows.map((row) => row.cells) : cells}
          headings={asHeadings ? (block.cells[0] ?? null) : null}
          report={report}
          onFields={setFields}
        />
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Leave" onClick={props.onClose} />
            <Button
              ref={confirm}
              intent="primary"
              text="Paste"
              disabled={!ready}
              loading={busy}
              onClick={() => void apply()}
            />
          </>
        }
      >
        {refused > 0 ? (
          <Checkbox
            className="paste-leave"
            checked={leaveOut}
            label={`Leave the ${refused === 1 ? 'refused cell' : `${refused.toLocaleString('en-GB')} refused cells`} out`}
            onChange={() => setLeaveOut(!leaveOut)}
          />
        ) : (
          report && changing === 0 && <span className="muted">The block changes nothing.</span>
        )}
      </DialogFooter>
    </Dialog>
  );
}

import {
  Button,
  Callout,
  Dialog,
  DialogBody,
  DialogFooter,
  NumericInput,
  Spinner,
  Tag,
} from '@blueprintjs/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RecordDetail, SourcedValue } from '../../../shared/contract/schemas.ts';
import { findColumn, grids, parseRef } from '../../../shared/grid/grids.ts';
import { useClient } from '../../app/connection.ts';
import { type AskedSource, useAskedSource } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { formatValue, showLabel } from '../../grid/format.ts';
import { DisclosureDialog } from '../../ui/DisclosureDialog.tsx';
import { showMoment } from '../../ui/dates.ts';
import { SourceSheet } from './SourceSheet.tsx';

const startAround = 6;
const mostAround = 50;

/** The row of the sheet that a value came from, as it stood there; where there are several, each in turn. */
export function SourceDialog({ onClose }: { onClose: () => void }) {
  const asked = useAskedSource();
  if (!asked) return null;
  const isSheet = parseRef(asked.ref)?.grid.name === 'sources';
  return (
    <Dialog isOpen onClose={onClose} title={titleOf(asked)} className="source-dialog" aria-label="Source row">
      {isSheet ? <SheetStart asked={asked} /> : <RecordSources asked={asked} />}
    </Dialog>
  );
}

function titleOf(asked: AskedSource): string {
  const grid = parseRef(asked.ref)?.grid;
  const column = grid && asked.field ? findColumn(grid, asked.field) : undefined;
  if (grid?.name === 'sources') return `Rows of ${asked.ref}`;
  return column ? `Where ${column.title} of ${asked.ref} came from` : `Where ${asked.ref} came from`;
}

/** The rows of a sheet from below its heading, or from the row asked for. */
function SheetStart({ asked }: { asked: AskedSource }) {
  const client = useClient();
  const record = useQuery({
    queryKey: ['record', asked.ref],
    queryFn: () => client.records.show({ ref: asked.ref }),
  });
  if (record.error) return <Failure error={record.error} />;
  if (!record.data) return <Waiting />;
  const headerRow = Number(record.data.row.headerRow ?? 0);
  return <SheetRow asked={{ ...asked, row: asked.row ?? headerRow + 1 }} which={null} sources={null} />;
}

/** Sources of one field of a record, the one that is shown first; the others one key away. */
function RecordSources({ asked }: { asked: AskedSource }) {
  const client = useClient();
  const record = useQuery({
    queryKey: ['record', asked.ref],
    queryFn: () => client.records.show({ ref: asked.ref }),
  });
  const [which, setWhich] = useState(0);
  if (record.error) return <Failure error={record.error} />;
  if (!record.data) return <Waiting />;
  const sources = (asked.field ? record.data.values[asked.field] : undefined) ?? [];
  const source = sources[which];
  const switcher =
    sources.length > 1 ? (
      <SourceSwitch
        detail={record.data}
        field={asked.field ?? ''}
        sources={sources}
        which={which}
        onChoose={setWhich}
      />
    ) : null;
  if (source && source.row === null) {
    return <Manual detail={record.data} field={asked.field ?? ''} source={source} switcher={switcher} />;
  }
  return <SheetRow key={which} asked={asked} which={sources.length > 0 ? which : null} sources={switcher} />;
}

/** The list of sources, the one that is shown marked. */
function SourceSwitch(props: {
  detail: RecordDetail;
  field: string;
  sources: readonly SourcedValue[];
  which: number;
  onChoose: (which: number) => void;
}) {
  const column = findColumn(grids[props.detail.grid], props.field);
  return (
    <fieldset className="source-switch" aria-label="Sources of this value">
      {props.sources.map((source, index) => (
        <button
          // The order is all that tells two alike sources apart.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={index}
          type="button"
          className="source-choice"
          aria-pressed={index === props.which}
          onClick={() => props.onChoose(index)}
        >
          <strong>
            {(column ? formatValue(column, source.value, props.detail.labels) : String(source.value)) ||
              'blank'}
          </strong>
          <span className="muted">
            {source.by
              ? `by hand, ${source.by}`
              : `${source.file}${source.row === null ? '' : `, row ${source.row}`}`}
          </span>
          {source.preferred && <Tag minimal>Shown</Tag>}
          {source.superseded && <Tag minimal>Said anew since</Tag>}
          {source.withdrawn && <Tag minimal>Withdrawn</Tag>}
        </button>
      ))}
    </fieldset>
  );
}

/** A value that stood in no sheet: who entered it, and when. */
function Manual(props: {
  detail: RecordDetail;
  field: string;
  source: SourcedValue;
  switcher: React.ReactNode;
}) {
  const { detail, source } = props;
  const column = findColumn(grids[detail.grid], props.field);
  const value = column ? formatValue(column, source.value, detail.labels) : String(source.value ?? '');
  return (
    <DialogBody className="source-body">
      {props.switcher}
      <Callout compact icon="edit">
        <p>
          <strong>{value || 'Blank'}</strong> was entered by hand
          {source.by ? ` by ${source.by}` : ''}
          {source.at ? ` on ${showMoment(source.at)}` : ''}. It stood in no sheet.
        </p>
        <p className="muted">
          {showLabel(detail.ref, { [detail.ref]: detail.label })}
          {column ? `, ${column.title}` : ''}
          {source.grade ? `, grade ${source.grade}` : ''}
        </p>
      </Callout>
    </DialogBody>
  );
}

function SheetRow(props: { asked: AskedSource; which: number | null; sources: React.ReactNode }) {
  const { asked } = props;
  const client = useClient();
  const [around, setAround] = useState(startAround);
  const [row, setRow] = useState(asked.row ?? undefined);
  const [saving, setSaving] = useState(false);
  const isSheet = parseRef(asked.ref)?.grid.name === 'sources';
  const view = useQuery({
    queryKey: ['source', asked.ref, asked.field, props.which, row ?? null, around],
    queryFn: () =>
      client.sources.view({
        ref: asked.ref,
        ...(asked.field && !isSheet ? { field: asked.field } : {}),
        ...(props.which === null ? {} : { which: props.which }),
        ...(isSheet ? { row: row ?? 1 } : {}),
        around,
      }),
    // A consultation is recorded each time: what was fetched stands while the dialog is open.
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (previous) => previous,
  });
  const goTo = isSheet ? <GoToRow row={row ?? 1} onRow={setRow} /> : null;
  if (view.error) {
    return (
      <>
        {props.sources && <DialogBody className="source-body">{props.sources}</DialogBody>}
        <Failure error={view.error} />
        {goTo && <DialogFooter>{goTo}</DialogFooter>}
      </>
    );
  }
  if (!view.data) return <Waiting />;
  const found = view.data;
  return (
    <>
      <DialogBody className="source-body">
        {props.sources}
        <p className="source-origin">
          <strong>
            {found.file} › {found.sheet} › row {found.row.toLocaleString('en-GB')}
          </strong>
          <span className="muted">
            imported {showMoment(found.importedAt)} by {found.importedBy}
          </span>
        </p>
        {found.issues.length > 0 && (
          <ul className="source-issues">
            {found.issues.map((issue, index) => (
              // One row can have the same complaint twice.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <li key={index} className="tone-warning">
                {issue.column ? `${issue.column}: ` : ''}
                {issue.message}
              </li>
            ))}
          </ul>
        )}
        <SourceSheet view={found} />
      </DialogBody>
      <DialogFooter
        actions={<Button icon="floppy-disk" text="Save the original file…" onClick={() => setSaving(true)} />}
      >
        {goTo}
        {around < mostAround && (
          <Button
            icon="more"
            text="More neighbours"
            onClick={() => setAround(Math.min(mostAround, around + 15))}
          />
        )}
      </DialogFooter>
      {saving && (
        <DisclosureDialog
          title={`Original of ${found.source}`}
          lead={`${found.file} as it was imported, byte for byte.`}
          button="Save the file"
          onClose={() => setSaving(false)}
          onWrite={async (folder, reason) => {
            const { file } = await client.sources.exportOriginal({ ref: found.source, folder, reason });
            return file;
          }}
        />
      )}
    </>
  );
}

/** Another row of a sheet, by its number. */
function GoToRow(props: { row: number; onRow: (row: number) => void }) {
  return (
    <span className="source-go">
      <label htmlFor="source-row">Row</label>
      <NumericInput
        id="source-row"
        className="row-input"
        size="small"
        min={1}
        max={1_048_576}
        buttonPosition="none"
        value={props.row}
        onValueChange={(value) => {
          if (Number.isInteger(value) && value >= 1) props.onRow(value);
        }}
      />
      <Button icon="chevron-up" text="Before" onClick={() => props.onRow(Math.max(1, props.row - 12))} />
      <Button icon="chevron-down" text="After" onClick={() => props.onRow(props.row + 12)} />
    </span>
  );
}

function Waiting() {
  return (
    <DialogBody className="source-body">
      <div className="source-wait">
        <Spinner size={20} aria-label="Looking for the source row" />
      </div>
    </DialogBody>
  );
}

function Failure({ error }: { error: unknown }) {
  const { message, hint } = describeError(error);
  return (
    <DialogBody className="source-body">
      <Callout intent="warning" compact role="alert">
        {hint ? `${message} ${hint}` : message}
      </Callout>
    </DialogBody>
  );
}

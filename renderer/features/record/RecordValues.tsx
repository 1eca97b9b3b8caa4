import { Button, Icon, Tag } from '@blueprintjs/core';
import { useEffect, useRef, useState } from 'react';
import type { RecordDetail, SourcedValue } from '../../../shared/contract/schemas.ts';
import type { Column } from '../../../shared/grid/types.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { isTyped, readDraft } from '../../app/drafts.ts';
import { openRecord, showSource } from '../../app/navigation.ts';
import { useOverview } from '../../app/queries.ts';
import { describeError } from '../../app/reportError.ts';
import { useGrid } from '../../app/role.ts';
import { exchangeCopy } from '../../copy/exchange.ts';
import { repairWords } from '../../copy/repairs.ts';
import { asCellValue, formatValue, showLabel, splitRefs } from '../../grid/format.ts';
import { hintOf } from '../../grid/hints.ts';
import type { EditDraft } from '../../grid/readEdit.ts';
import { checkWarrantDraft } from '../../grid/warrantCheck.ts';
import { showMoment } from '../../ui/dates.ts';
import { ValueEditor } from '../../ui/ValueEditor.tsx';
import { TextBasis, takesBasis } from './TextBasis.tsx';

const draftKey = (detail: RecordDetail, column: Column) => `record/${detail.ref}/${column.field}`;

/** Every value of a record with where it came from; where sources disagree, all of them one click away. */
export function RecordValues({ detail, field }: { detail: RecordDetail; field: string | null }) {
  const [all, setAll] = useState(false);
  const columns = useGrid(detail.grid).columns;
  const filled = columns.filter(
    (column) =>
      asCellValue(detail.row[column.field]) !== null || (detail.values[column.field]?.length ?? 0) > 0,
  );
  const shown = columns.filter(
    (column) =>
      all ||
      filled.includes(column) ||
      column.field === field ||
      readDraft(draftKey(detail, column), isTyped),
  );
  const hiddenCount = columns.length - shown.length;
  return (
    <section className="panel-section">
      <h3>Values</h3>
      <dl className="values">
        {shown.map((column) => (
          <ValueLine key={column.field} detail={detail} column={column} sought={column.field === field} />
        ))}
      </dl>
      {(hiddenCount > 0 || all) && (
        <Button
          size="small"
          variant="minimal"
          icon={all ? 'chevron-up' : 'chevron-down'}
          text={all ? 'Only what is known' : `${hiddenCount} blank ${hiddenCount === 1 ? 'value' : 'values'}`}
          onClick={() => setAll(!all)}
        />
      )}
    </section>
  );
}

function ValueLine({ detail, column, sought }: { detail: RecordDetail; column: Column; sought: boolean }) {
  const [open, setOpen] = useState(false);
  const key = draftKey(detail, column);
  const [editing, setEditing] = useState(() => readDraft(key, isTyped) !== null);
  const line = useRef<HTMLDivElement>(null);
  const sources = detail.values[column.field] ?? [];
  const value = asCellValue(detail.row[column.field]);
  // What a later issue said anew, or withdrew, is shown but disagrees with nothing.
  const standing = sources.filter(({ superseded, withdrawn }) => !superseded && !withdrawn);
  const distinct = new Set(standing.map((source) => String(source.value))).size;
  const best = sources.find((source) => source.preferred) ?? sources[0];

  useEffect(() => {
    if (sought) line.current?.scrollIntoView({ block: 'center' });
  }, [sought]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: F4 on any of the line's own buttons; each has a button too
    <div
      ref={line}
      onKeyDown={(event) => {
        if (event.key !== 'F4' || editing) return;
        event.preventDefault();
        showSource(detail.ref, column.field);
      }}
      className={`value-line ${sought ? 'is-sought' : ''}`}
    >
      <dt title={hintOf(detail.grid, column)}>{column.title}</dt>
      <dd>
        {editing ? (
          <ValueForm detail={detail} column={column} onDone={() => setEditing(false)} />
        ) : (
          <div className="value-shown">
            <ShownValue column={column} value={value} labels={detail.labels} />
            {distinct > 1 && (
              <Tag minimal intent="warning" icon="split-columns" interactive onClick={() => setOpen(!open)}>
                {distinct} values
              </Tag>
            )}
            <span className="value-buttons">
              {sources.length > 0 && (
                <Button
                  size="small"
                  variant="minimal"
                  icon={open ? 'chevron-up' : 'info-sign'}
                  aria-expanded={open}
                  aria-label={`Where ${column.title} came from`}
                  onClick={() => setOpen(!open)}
                />
              )}
              {sources.length > 0 && (
                <Button
                  size="small"
                  variant="minimal"
                  icon="th-derived"
                  title="F4"
                  aria-label={`Show where ${column.title} stood in its sheet`}
                  onClick={() => showSource(detail.ref, column.field)}
                />
              )}
              {column.editable && (
                <Button
                  size="small"
                  variant="minimal"
                  icon="edit"
                  aria-label={`Change ${column.title}`}
                  onClick={() => setEditing(true)}
                />
              )}
            </span>
          </div>
        )}
        {takesBasis(detail, column) && !editing && <TextBasis detail={detail} column={column} />}
        {!open && best && !editing && <p className="value-origin">{describeOrigin(best)}</p>}
        {open && (
          <ul className="value-sources">
            {sources.map((source, index) => (
              // Two rows may give the same value from the same place: order is all that tells them apart.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <li key={index} className={source.preferred ? 'is-preferred' : ''}>
                <SourceLine column={column} source={source} detail={detail} />
              </li>
            ))}
          </ul>
        )}
      </dd>
    </div>
  );
}

function ShownValue(props: { column: Column; value: unknown; labels: Readonly<Record<string, string>> }) {
  const { column, value, labels } = props;
  if (value === null || value === '') return <span className="muted">blank</span>;
  if (column.type === 'ref' || column.type === 'refs') {
    return (
      <span>
        {splitRefs(value).map((ref, index) => (
          <span key={ref}>
            {index > 0 && ', '}
            <button type="button" className="link" onClick={() => openRecord(ref)}>
              {showLabel(ref, labels)}
            </button>
          </span>
        ))}
      </span>
    );
  }
  return <span className="value-text">{formatValue(column, value, labels)}</span>;
}

/** `people.xlsx › Nominals › row 14 › Surname`, or who entered it and when. */
function describeOrigin(source: SourcedValue): string {
  if (source.by)
    return `Entered by ${source.by}${source.copy === undefined ? '' : ` on ${exchangeCopy.nameOf(source.copy)}`}${source.at ? `, ${showMoment(source.at)}` : ''}`;
  return [source.file, source.sheet, source.row === null ? null : `row ${source.row}`, source.column]
    .filter((part) => part !== null && part !== '')
    .join(' › ');
}

function SourceLine({
  column,
  source,
  detail,
}: {
  column: Column;
  source: SourcedValue;
  detail: RecordDetail;
}) {
  const shown = formatValue(column, source.value, detail.labels);
  return (
    <>
      <div className="source-value">
        <span>{shown || 'blank'}</span>
        {source.preferred && <Tag minimal>Shown</Tag>}
        {source.superseded && <Tag minimal>Said anew since</Tag>}
        {source.withdrawn && <Tag minimal>Withdrawn</Tag>}
        {source.grade && <Tag minimal>Grade {source.grade}</Tag>}
      </div>
      <p className="value-origin">{describeOrigin(source)}</p>
      {source.raw !== null && source.raw !== shown && (
        <p className="value-origin">
          Stood there: <q>{source.raw}</q>
        </p>
      )}
      {source.repaired && (
        <p className="value-origin">
          <Icon icon="wrench" size={11} /> {repairWords(source.repaired)}
        </p>
      )}
    </>
  );
}

function ValueForm({ detail, column, onDone }: { detail: RecordDetail; column: Column; onDone: () => void }) {
  const client = useClient();
  const overview = useOverview();
  const [draft, setDraft] = useState<EditDraft | null>(null);
  const [error, setError] = useState('');

  async function save(next: EditDraft | null): Promise<void> {
    if (!next) return;
    if (!next.ok) {
      setError(next.message);
      return;
    }
    try {
      await client.records.set({
        edits: [
          {
            ref: detail.ref,
            values: { [column.field]: next.value },
            ...(detail.row.revision === undefined ? {} : { revision: detail.row.revision }),
          },
        ],
      });
      onDone();
      refreshQueries();
    } catch (caught) {
      const { message, hint } = describeError(caught);
      setError(hint ? `${message} ${hint}` : message);
    }
  }

  return (
    <div className="value-form">
      <ValueEditor
        column={column}
        value={asCellValue(detail.row[column.field])}
        labels={detail.labels}
        client={client}
        draftKey={draftKey(detail, column)}
        autoFocus
        check={
          detail.grid === 'warrants'
            ? (next) => checkWarrantDraft(detail.row, column.field, next, overview.data?.strike ?? null)
            : undefined
        }
        onDraft={setDraft}
        onCommit={(next) => void save(next)}
        onCancel={onDone}
      />
      <div className="form-actions">
        <Button size="small" variant="minimal" text="Leave" onClick={onDone} />
        <Button size="small" intent="primary" text="Save" onClick={() => void save(draft)} />
      </div>
      {error && (
        <p className="tone-danger" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

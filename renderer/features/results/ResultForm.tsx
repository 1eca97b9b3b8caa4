import { Button, Icon } from '@blueprintjs/core';
import { formatDateTime } from '../../../shared/domain/dates.ts';
import { findColumn, grids } from '../../../shared/grid/grids.ts';
import type { CellValue, GridRow } from '../../../shared/grid/query.ts';
import { openDossier } from '../../app/navigation.ts';
import { showLabel } from '../../grid/format.ts';
import { ukNow } from '../clocks/remaining.ts';
import { RefLink } from '../dossier/RefLinks.tsx';
import { ArrestRows } from './ArrestRows.tsx';
import { type DayPlace, openPoints, warrantOf } from './dayPlaces.ts';
import { SavedField, YesNoField } from './SavedField.tsx';
import { SeizureRows } from './SeizureRows.tsx';
import type { DaySaver, ResultKey } from './useDay.ts';

interface FormProps {
  place: DayPlace;
  /** The visit that is entered; null begins one. */
  result: GridRow | null;
  warrants: readonly GridRow[];
  arrests: readonly GridRow[];
  seizures: readonly GridRow[];
  labels: Record<string, string>;
  /** The day of the operation, ISO. */
  day: string;
  saver: DaySaver;
  onVisit: (ref: string | 'new') => void;
}

/** What came of one premises: each field is saved when it is left. */
export function ResultForm(props: FormProps) {
  const { place, result, labels, saver } = props;
  const warrant = warrantOf(place, result, props.warrants);
  const key: ResultKey = {
    premises: place.premises,
    ref: result?.ref ?? null,
    base: { team: place.team, ...(warrant ? { warrant: warrant.ref } : {}) },
  };
  const day = typeof result?.enteredAt === 'string' ? result.enteredAt.slice(0, 10) : props.day;
  const moment = () => (typeof result?.enteredAt === 'string' ? result.enteredAt : ukNow());
  const belongs = (row: GridRow) =>
    result !== null &&
    (row.result === result.ref ||
      ((row.result === null || row.result === undefined) &&
        row.premises === place.premises &&
        result.ref === place.results[0]?.ref));
  const field = (name: string, fill?: { words: string; value: () => CellValue }) => {
    const column = findColumn(grids.results, name);
    return column ? (
      <SavedField
        column={column}
        value={result?.[name] ?? null}
        draftKey={`result/${result?.ref ?? place.premises}/${name}`}
        day={day}
        fill={fill}
        onSave={(value) => void saver.saveResult(key, { [name]: value })}
      />
    ) : null;
  };
  const yesNo = (name: string) => (
    <YesNoField
      title={findColumn(grids.results, name)?.title ?? name}
      value={result?.[name] ?? null}
      onSave={(value) => void saver.saveResult(key, { [name]: value })}
    />
  );
  const now = { words: 'Now', value: ukNow };
  return (
    <div className="entry-form" data-entry-form>
      <header className="entry-head">
        <h3>
          <button type="button" className="link" onClick={() => openDossier(place.premises)}>
            {showLabel(place.premises, labels)}
          </button>
        </h3>
        {place.team && <RefLink reference={place.team} labels={labels} />}
        {place.safeguarding && (
          <span className="board-safeguarding">
            <Icon icon="heart" size={11} /> Safeguarding
          </span>
        )}
        <span className="status-gap" />
        <Visits {...props} />
      </header>
      <section className="entry-part entry-grid">
        {field('enteredAt', now)}
        {field('entryMethod')}
        {yesNo('nobodyIn')}
        {field('leftAt', now)}
      </section>
      <WarrantPart {...props} warrant={warrant} resultKey={key} day={day} />
      <ArrestRows
        rows={props.arrests.filter(belongs)}
        labels={labels}
        day={day}
        moment={moment}
        resultKey={key}
        saver={saver}
      />
      <SeizureRows
        rows={props.seizures.filter(belongs)}
        day={day}
        moment={moment}
        resultKey={key}
        saver={saver}
      />
      <section className="entry-part">
        <h3>Safeguarded and left behind</h3>
        <div className="entry-grid">
          {field('childrenSafeguarded')}
          {field('adultsSafeguarded')}
          {yesNo('cuckooedVisit')}
          {field('record')}
          {field('damage')}
          {field('repairedBy')}
        </div>
        {field('note')}
      </section>
      <ClosePart {...props} resultKey={key} />
    </div>
  );
}

/** Further visits to the same premises, each with a result of its own. */
function Visits({ place, result, saver, onVisit }: FormProps) {
  if (place.results.length === 0) return null;
  return (
    <div className="entry-visits">
      {(place.results.length > 1 || result === null) &&
        place.results.map((row, index) => (
          <button
            key={row.ref}
            type="button"
            className="kind-switch"
            aria-pressed={row.ref === result?.ref}
            onClick={() => onVisit(row.ref)}
          >
            Visit {index + 1}
          </button>
        ))}
      {result === null ? (
        <span className="muted">New visit</span>
      ) : (
        <Button
          size="small"
          variant="minimal"
          icon="plus"
          text="Another visit"
          onClick={() => {
            saver.forget(place.premises);
            onVisit('new');
          }}
        />
      )}
    </div>
  );
}

function WarrantPart(props: FormProps & { warrant: GridRow | undefined; resultKey: ResultKey; day: string }) {
  const { place, result, warrant, saver, labels, resultKey } = props;
  const found = findColumn(grids.results, 'found');
  const saveFound = (value: CellValue) =>
    void saver.saveResult(
      resultKey,
      { found: value },
      warrant ? [{ ref: warrant.ref, values: { foundSought: value } }] : [],
    );
  const save = (name: string, value: CellValue) =>
    warrant && void saver.saveEdits([{ ref: warrant.ref, values: { [name]: value } }]);
  const field = (name: string, fill?: { words: string; value: () => CellValue }) => {
    const column = findColumn(grids.warrants, name);
    return column && warrant ? (
      <SavedField
        column={column}
        value={warrant[name] ?? null}
        draftKey={`result/${warrant.ref}/${name}`}
        day={props.day}
        fill={fill}
        onSave={(value) => save(name, value)}
      />
    ) : null;
  };
  const entered = typeof result?.enteredAt === 'string' ? result.enteredAt : null;
  return (
    <section className="entry-part">
      <h3>
        Warrant
        {warrant ? (
          <RefLink reference={warrant.ref} labels={labels} />
        ) : (
          <span className="muted">none names these premises</span>
        )}
        {place.warrants.length > 1 && (
          <select
            className="value-input entry-warrant"
            aria-label="Warrant of this result"
            value={warrant?.ref ?? ''}
            onChange={(event) => void saver.saveResult(resultKey, { warrant: event.currentTarget.value })}
          >
            {place.warrants.map((ref) => (
              <option key={ref} value={ref}>
                {showLabel(ref, labels)}
              </option>
            ))}
          </select>
        )}
      </h3>
      <div className="entry-grid">
        <YesNoField title={found?.title ?? 'Found'} value={result?.found ?? null} onSave={saveFound} />
        {warrant && (
          <>
            <YesNoField
              title="Something else was seized"
              value={warrant.seizedOther ?? null}
              onSave={(value) => save('seizedOther', value)}
            />
            <YesNoField
              title="Copy left"
              value={warrant.copyLeft ?? null}
              onSave={(value) => save('copyLeft', value)}
            />
            {field('executedAt', entered ? { words: 'As entered', value: () => entered } : undefined)}
            {field('endorsedAt')}
            {field('returnedAt')}
          </>
        )}
      </div>
    </section>
  );
}

function ClosePart(props: FormProps & { resultKey: ResultKey }) {
  const { place, result, saver, resultKey } = props;
  const points = openPoints(place, result, props.warrants);
  const explained = typeof result?.note === 'string' && result.note.trim() !== '';
  const closedAt = typeof result?.closedAt === 'string' ? result.closedAt : null;
  const canClose = result !== null && (points.length === 0 || explained);
  return (
    <section className={`entry-part entry-close ${closedAt ? 'is-closed' : ''}`} aria-label="Closing">
      {closedAt ? (
        <>
          <Icon icon="tick-circle" className="tone-good" size={16} />
          <p>Closed {formatDateTime(closedAt)}.</p>
          <Button
            size="small"
            text="Open again"
            onClick={() => void saver.saveResult(resultKey, { closedAt: null })}
          />
        </>
      ) : (
        <>
          <p>
            {points.length === 0 && result !== null ? (
              'Nothing is left to enter.'
            ) : (
              <>
                Still to enter: {points.map(({ words }) => words).join('; ')}.{' '}
                <span className="muted">
                  {explained
                    ? 'The note explains what stays blank.'
                    : 'Or say in the note why it stays blank.'}
                </span>
              </>
            )}
          </p>
          <Button
            size="small"
            intent="primary"
            icon="tick"
            text="Close the result"
            data-entry
            disabled={!canClose}
            onClick={() => void saver.saveResult(resultKey, { closedAt: ukNow() })}
          />
        </>
      )}
    </section>
  );
}

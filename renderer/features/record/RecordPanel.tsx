import { Button, Icon, Spinner } from '@blueprintjs/core';
import { useEffect, useState } from 'react';
import { canChart } from '../../../shared/contract/areas/chart.ts';
import { canFollow } from '../../../shared/contract/areas/timeline.ts';
import type { RecordDetail } from '../../../shared/contract/schemas.ts';
import { grids } from '../../../shared/grid/grids.ts';
import { makeTargets } from '../../app/actions.ts';
import { goTo, goToRecord, openDossier, openRecord } from '../../app/navigation.ts';
import { useRecord } from '../../app/queries.ts';
import { describeError } from '../../app/reportError.ts';
import { useMay } from '../../app/role.ts';
import { chartCopy } from '../../copy/chart.ts';
import { timelineCopy } from '../../copy/timeline.ts';
import { showLabel } from '../../grid/format.ts';
import { showMoment } from '../../ui/dates.ts';
import { gridIcons } from '../../ui/gridIcons.ts';
import { severityIcons } from '../../ui/severity.ts';
import { hasDossier } from '../dossier/RefLinks.tsx';
import { MergedParts } from '../matching/MergedParts.tsx';
import { ImportDetail } from './ImportDetail.tsx';
import { PersonHead } from './PersonHead.tsx';
import { Photographs } from './Photographs.tsx';
import { RecordValues } from './RecordValues.tsx';

const widthLimits = { least: 320, most: 900, start: 430 };
let lastWidth = widthLimits.start;

/** The record at the right: what is known of it, where that came from, and what it hangs together with. */
export function RecordPanel(props: { reference: string; field: string | null; onClose: () => void }) {
  const [width, setWidth] = useState(lastWidth);
  const record = useRecord(props.reference);
  const { onClose } = props;

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      const target = event.target as HTMLElement | null;
      if (target?.closest('.overlays') || target?.matches('input, textarea, select')) return;
      onClose();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [onClose]);

  const resize = (next: number) => {
    lastWidth = Math.min(widthLimits.most, Math.max(widthLimits.least, next));
    setWidth(lastWidth);
  };

  return (
    <aside className="record-panel" style={{ width }} aria-label="Record">
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is a window splitter, not a rule */}
      <div
        className="panel-edge"
        role="separator"
        aria-orientation="vertical"
        aria-label="Width of the record panel"
        aria-valuenow={width}
        aria-valuemin={widthLimits.least}
        aria-valuemax={widthLimits.most}
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.key === 'ArrowLeft') resize(width + 24);
          if (event.key === 'ArrowRight') resize(width - 24);
        }}
        onPointerDown={(event) => {
          const startX = event.clientX;
          const startWidth = width;
          const edge = event.currentTarget;
          edge.setPointerCapture(event.pointerId);
          edge.onpointermove = (move) => resize(startWidth + startX - move.clientX);
          edge.onpointerup = () => {
            edge.onpointermove = null;
          };
        }}
      />
      {record.isPending && (
        <div className="panel-loading">
          <Spinner size={20} aria-label="Loading the record" />
        </div>
      )}
      {record.error && (
        <div className="panel-head">
          <p className="tone-danger" role="alert">
            {describeError(record.error).message}
          </p>
          <CloseButton onClose={onClose} />
        </div>
      )}
      {record.data && (
        <RecordBody detail={record.data} asked={props.reference} field={props.field} onClose={onClose} />
      )}
    </aside>
  );
}

function CloseButton({ onClose }: { onClose: () => void }) {
  return (
    <Button
      variant="minimal"
      size="small"
      icon="cross"
      aria-label="Close the record"
      title="Esc"
      onClick={onClose}
    />
  );
}

function RecordBody(props: {
  detail: RecordDetail;
  asked: string;
  field: string | null;
  onClose: () => void;
}) {
  const { detail } = props;
  const grid = grids[detail.grid];
  const canTarget = useMay() && ['people', 'premises', 'lines'].includes(detail.grid);
  return (
    <>
      <header className="panel-head">
        <Icon icon={gridIcons[detail.grid]} size={16} />
        <div className="panel-title">
          <h2>{showLabel(detail.ref, { [detail.ref]: detail.label })}</h2>
          <button type="button" className="link" onClick={() => goToRecord(detail.ref)}>
            {grid.noun} {detail.ref}
          </button>
        </div>
        {canChart(detail.grid) && (
          <Button
            size="small"
            variant="minimal"
            icon="graph"
            aria-label={chartCopy.showIn}
            title={chartCopy.showIn}
            onClick={() => goTo({ kind: 'chart', from: [detail.ref] })}
          />
        )}
        {canFollow(detail.grid) && (
          <Button
            size="small"
            variant="minimal"
            icon="timeline-line-chart"
            aria-label={timelineCopy.showIn}
            title={timelineCopy.showIn}
            onClick={() => goTo({ kind: 'timeline', refs: [detail.ref] })}
          />
        )}
        {hasDossier(detail.grid) && (
          <Button
            size="small"
            variant="minimal"
            icon="id-number"
            aria-label="Everything about it"
            title="Everything about it (F8)"
            onClick={() => openDossier(detail.ref)}
          />
        )}
        {canTarget && (
          <Button
            size="small"
            icon="locate"
            text="Make target"
            onClick={() => void makeTargets([detail.ref])}
          />
        )}
        <CloseButton onClose={props.onClose} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
      <div className="panel-body" tabIndex={0}>
        {detail.grid === 'people' && <PersonHead detail={detail} />}
        <MergedParts detail={detail} asked={props.asked} />
        <Findings detail={detail} />
        {detail.grid === 'imports' && <ImportDetail reference={detail.ref} />}
        <RecordValues detail={detail} field={props.field} />
        {(detail.grid === 'people' || detail.photographs.length > 0) && <Photographs detail={detail} />}
        <Links detail={detail} />
        <RecordHistory detail={detail} />
      </div>
    </>
  );
}

function Findings({ detail }: { detail: RecordDetail }) {
  if (detail.findings.length === 0) return null;
  return (
    <section className="panel-section">
      <h3>Findings</h3>
      {detail.findings.map((finding) => (
        <div key={finding.rule + finding.message} className={`panel-finding finding-${finding.severity}`}>
          <Icon icon={severityIcons[finding.severity]} size={13} />
          <div>
            <p>{finding.message}</p>
            <p className="muted">{finding.mend}</p>
          </div>
        </div>
      ))}
    </section>
  );
}

function Links({ detail }: { detail: RecordDetail }) {
  if (detail.links.length === 0) return null;
  return (
    <section className="panel-section">
      <h3>Linked to</h3>
      <ul className="link-list">
        {detail.links.map((link) => (
          <li key={`${link.relation}-${link.ref}`}>
            <span className="link-relation">{link.relation}</span>
            <button type="button" className="link" onClick={() => openRecord(link.ref)} title={link.ref}>
              {showLabel(link.ref, { [link.ref]: link.label })}
            </button>
            {link.sources.length > 0 && (
              <span
                className="muted link-sources"
                title={link.sources
                  .map(({ file, sheet, row }) =>
                    [file, sheet, row === null ? null : `row ${row}`].filter(Boolean).join(' › '),
                  )
                  .join('\n')}
              >
                {link.sources.length === 1 ? '1 row' : `${link.sources.length} rows`}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function RecordHistory({ detail }: { detail: RecordDetail }) {
  if (detail.history.length === 0) return null;
  return (
    <section className="panel-section">
      <h3>History</h3>
      <ul className="panel-history">
        {detail.history.map((entry) => (
          <li key={entry.seq} className={entry.state === 'undone' ? 'row-undone' : ''}>
            <span className="muted nowrap">{showMoment(entry.at)}</span>
            <span>
              {entry.summary} <span className="muted">{entry.user}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

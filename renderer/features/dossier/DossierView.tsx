import { Button, Icon, Spinner } from '@blueprintjs/core';
import { canChart } from '../../../shared/contract/areas/chart.ts';
import { canFollow } from '../../../shared/contract/areas/timeline.ts';
import type { Dossier } from '../../../shared/contract/planSchemas.ts';
import { grids } from '../../../shared/grid/grids.ts';
import { makeTargets } from '../../app/actions.ts';
import { goBack, goTo, goToRecord, openRecord } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { chartCopy } from '../../copy/chart.ts';
import { timelineCopy } from '../../copy/timeline.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { gridIcons } from '../../ui/gridIcons.ts';
import { severityIcons } from '../../ui/severity.ts';
import { ClockLines } from '../clocks/ClockList.tsx';
import { useInstant } from '../clocks/useInstant.ts';
import { Photograph } from '../record/Photograph.tsx';
import { DossierSection, DossierValues, titleOf } from './DossierSection.tsx';
import { FindingLines } from './FindingLines.tsx';
import { RefLink } from './RefLinks.tsx';
import { useDossier } from './useDossier.ts';

/** Everything about one record on one screen: what must be known first, then who and what stands beside it. */
export function DossierView({ reference }: { reference: string }) {
  const query = useDossier(reference);
  const dossier = query.data;
  return (
    <section className="view dossier" aria-label="Dossier">
      {query.isPending && (
        <div className="panel-loading">
          <Spinner size={20} aria-label="Loading the dossier" />
        </div>
      )}
      {query.error && (
        <EmptyState
          icon="error"
          title="The dossier could not be made"
          description={describeError(query.error).message}
          action={<Button icon="arrow-left" text="Back" onClick={goBack} />}
        />
      )}
      {dossier && (
        <>
          <DossierHead dossier={dossier} />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
          <section className="dossier-body" tabIndex={0} aria-label={`Everything about ${titleOf(dossier)}`}>
            <Alerts dossier={dossier} />
            <div className="dossier-columns">
              <DossierValues dossier={dossier}>
                <Photographs dossier={dossier} />
              </DossierValues>
              {dossier.sections.map((section) => (
                <DossierSection
                  key={section.grid}
                  section={section}
                  subject={dossier.ref}
                  labels={dossier.labels}
                />
              ))}
              <Findings dossier={dossier} />
              <Clocks dossier={dossier} />
            </div>
            {dossier.sections.length === 0 && (
              <p className="muted">Nothing is linked with this record yet, and no record names it.</p>
            )}
          </section>
        </>
      )}
    </section>
  );
}

function DossierHead({ dossier }: { dossier: Dossier }) {
  const grid = grids[dossier.grid];
  return (
    <header className="dossier-head">
      <Button
        size="small"
        variant="minimal"
        icon="arrow-left"
        aria-label="Back"
        title="Alt + Left"
        onClick={goBack}
      />
      <Icon icon={gridIcons[dossier.grid]} size={18} />
      <div className="dossier-title">
        <h2>{titleOf(dossier)}</h2>
        <p className="muted">
          {grid.noun} {dossier.ref}
        </p>
      </div>
      <span className="status-gap" />
      {['people', 'premises', 'lines'].includes(dossier.grid) && (
        <Button
          size="small"
          icon="locate"
          text="Make target"
          onClick={() => void makeTargets([dossier.ref])}
        />
      )}
      {dossier.grid === 'premises' && (
        <Button
          size="small"
          icon="form"
          text="Enter results"
          onClick={() => goTo({ kind: 'results', premises: dossier.ref })}
        />
      )}
      {canChart(dossier.grid) && (
        <Button
          size="small"
          icon="graph"
          text={chartCopy.showIn}
          onClick={() => goTo({ kind: 'chart', from: [dossier.ref] })}
        />
      )}
      {canFollow(dossier.grid) && (
        <Button
          size="small"
          icon="timeline-line-chart"
          text={timelineCopy.showIn}
          onClick={() => goTo({ kind: 'timeline', refs: [dossier.ref] })}
        />
      )}
      <Button size="small" icon="edit" text="Values and sources" onClick={() => openRecord(dossier.ref)} />
      <Button
        size="small"
        icon="th"
        text={`In ${grid.title.toLowerCase()}`}
        onClick={() => goToRecord(dossier.ref)}
      />
    </header>
  );
}

function Alerts({ dossier }: { dossier: Dossier }) {
  if (dossier.alerts.length === 0) return null;
  return (
    <ul className="dossier-alerts" aria-label="To be known first">
      {dossier.alerts.map((alert) => (
        <li key={alert.text} className={`alert-${alert.severity}`}>
          <Icon icon={alert.severity === 'blocker' ? 'heart' : severityIcons[alert.severity]} size={14} />
          <span>{alert.text}</span>
          {alert.refs
            .filter((ref) => ref !== dossier.ref)
            .map((ref) => (
              <RefLink key={ref} reference={ref} labels={{ [ref]: `Open ${ref}` }} />
            ))}
        </li>
      ))}
    </ul>
  );
}

function Photographs({ dossier }: { dossier: Dossier }) {
  if (dossier.photographs.length === 0) {
    if (dossier.grid !== 'people') return null;
    return (
      <p className="muted dossier-no-photograph">
        No photograph.{' '}
        <button type="button" className="link" onClick={() => openRecord(dossier.ref)}>
          Attach one
        </button>
      </p>
    );
  }
  return (
    <div className="photographs">
      {dossier.photographs.slice(0, 3).map((photograph) => (
        <Photograph key={photograph.id} label={titleOf(dossier)} {...photograph} />
      ))}
    </div>
  );
}

function Findings({ dossier }: { dossier: Dossier }) {
  if (dossier.findings.length === 0) return null;
  return (
    <section className="dossier-section">
      <h3>
        <Icon icon="endorsed" size={13} /> Findings{' '}
        <span className="finding-count">{dossier.findings.length}</span>
      </h3>
      <FindingLines findings={dossier.findings} labels={dossier.labels} />
    </section>
  );
}

function Clocks({ dossier }: { dossier: Dossier }) {
  const instant = useInstant();
  if (dossier.clocks.length === 0) return null;
  return (
    <section className="dossier-section">
      <h3>
        <Icon icon="time" size={13} /> Clocks
      </h3>
      <ClockLines clocks={dossier.clocks} instant={instant} />
    </section>
  );
}

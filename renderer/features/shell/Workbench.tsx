import { Icon, Portal } from '@blueprintjs/core';
import { useState } from 'react';
import type { WorkspaceSummary } from '../../../shared/contract/schemas.ts';
import { parseRef } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { useChangeFeed } from '../../app/changes.ts';
import { useClient } from '../../app/connection.ts';
import { useCrossFilterEnd } from '../../app/crossFilter.ts';
import { showMessage } from '../../app/messages.ts';
import { closeRecord, importDropped, usePlace } from '../../app/navigation.ts';
import { reportError } from '../../app/reportError.ts';
import { mayNow, useGrid } from '../../app/role.ts';
import { useShortcuts } from '../../app/useShortcuts.ts';
import { intakeCopy } from '../../copy/intake.ts';
import { shellCopy } from '../../copy/shell.ts';
import { RecordGrid } from '../../grid/RecordGrid.tsx';
import { BoardView } from '../board/BoardView.tsx';
import { BriefingView } from '../briefing/BriefingView.tsx';
import { CallsView } from '../calls/CallsView.tsx';
import { ChartView } from '../chart/ChartView.tsx';
import { ClocksView } from '../clocks/ClocksView.tsx';
import { DossierView } from '../dossier/DossierView.tsx';
import { HistoryView } from '../history/HistoryView.tsx';
import { droppedFiles } from '../intake/droppedFiles.ts';
import { MapView } from '../map/MapView.tsx';
import { MatchesView } from '../matching/MatchesView.tsx';
import { NetworkView } from '../network/NetworkView.tsx';
import { OverviewView } from '../overview/OverviewView.tsx';
import { PacksView } from '../packs/PacksView.tsx';
import { PrioritiesView } from '../priorities/PrioritiesView.tsx';
import { ReadinessView } from '../readiness/ReadinessView.tsx';
import { RecordPanel } from '../record/RecordPanel.tsx';
import { ResultsView } from '../results/ResultsView.tsx';
import { SearchView } from '../search/SearchView.tsx';
import { JustificationDialog } from '../security/audit/JustificationDialog.tsx';
import { IdleWatch } from '../security/lock/IdleWatch.tsx';
import { SecurityView } from '../security/SecurityView.tsx';
import { TimelineView } from '../timeline/TimelineView.tsx';
import { Dialogs } from './Dialogs.tsx';
import { Rail } from './Rail.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TitleBar } from './TitleBar.tsx';

/** The window once a workspace is open. */
export function Workbench({ workspace }: { workspace: WorkspaceSummary }) {
  const client = useClient();
  const place = usePlace();
  useChangeFeed(client);
  useShortcuts();
  useCrossFilterEnd();
  const [dragging, setDragging] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files may be dropped anywhere; the button and Ctrl+I do the same
    <div
      className="workbench"
      onDragEnter={(event) => {
        if (event.dataTransfer.types.includes('Files')) setDragging(true);
      }}
      onDragOver={(event) => event.preventDefault()}
      onDragLeave={(event) => {
        // Leaving the window, not one element for the next inside it.
        if (event.relatedTarget === null) setDragging(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setDragging(false);
        if (mayNow('analyst')) droppedFiles(event.dataTransfer).then(importDropped, reportError);
        else showMessage({ tone: 'warning', text: shellCopy.readerOnly });
      }}
    >
      <TitleBar workspace={workspace} />
      <Rail view={place.view} />
      <main className="main" aria-label="Work">
        <MainView workspace={workspace} />
      </main>
      {place.record && !isInRegister(place) && (
        <RecordPanel key={place.record} reference={place.record} field={place.field} onClose={closeRecord} />
      )}
      <StatusBar workspace={workspace} />
      <Dialogs />
      <JustificationDialog />
      <IdleWatch />
      {dragging && (
        <Portal>
          <div className="drop-hint">
            <Icon icon="import" size={40} />
            <p>{intakeCopy.dropHint}</p>
          </div>
        </Portal>
      )}
    </div>
  );
}

/** The register shows its copies itself. */
function isInRegister({ view, record }: ReturnType<typeof usePlace>): boolean {
  return view.kind === 'grid' && view.grid === 'packs' && parseRef(record ?? '')?.grid.name === 'packs';
}

/** A grid as the user may work in it. */
function OneGrid({ name }: { name: GridName }) {
  return <RecordGrid grid={useGrid(name)} />;
}

function MainView({ workspace }: { workspace: WorkspaceSummary }) {
  const { view, record } = usePlace();
  if (view.kind === 'grid' && view.grid === 'packs') return <PacksView record={record} />;
  if (view.kind === 'grid') return <OneGrid key={view.grid} name={view.grid} />;
  if (view.kind === 'readiness') return <ReadinessView />;
  if (view.kind === 'history') return <HistoryView />;
  if (view.kind === 'board') return <BoardView />;
  if (view.kind === 'clocks') return <ClocksView />;
  if (view.kind === 'briefing')
    return <BriefingView workspaceId={workspace.workspaceId} section={view.section} />;
  if (view.kind === 'results') return <ResultsView premises={view.premises} />;
  if (view.kind === 'dossier') return <DossierView key={view.ref} reference={view.ref} />;
  if (view.kind === 'matches') return <MatchesView />;
  if (view.kind === 'search') return <SearchView asked={view.asked} />;
  if (view.kind === 'calls') return <CallsView key={view.ref} reference={view.ref} />;
  if (view.kind === 'chart') return <ChartView from={view.from} />;
  if (view.kind === 'timeline')
    return <TimelineView refs={view.refs} kept={view.period ?? null} marking={workspace.marking} />;
  if (view.kind === 'map') return <MapView />;
  if (view.kind === 'network') return <NetworkView />;
  if (view.kind === 'priorities') return <PrioritiesView />;
  if (view.kind === 'security') return <SecurityView section={view.section} />;
  return <OverviewView />;
}

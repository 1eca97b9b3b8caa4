import { BlueprintProvider } from '@blueprintjs/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { lockingCopy } from '../copy/locking.ts';
import { shellCopy } from '../copy/shell.ts';
import { RestoreDrafts } from '../features/security/lock/RestoreDrafts.tsx';
import { MarkingBar } from '../features/shell/MarkingBar.tsx';
import { Messages } from '../features/shell/Messages.tsx';
import { Workbench } from '../features/shell/Workbench.tsx';
import { FirstPassphrase } from '../features/unlock/FirstPassphrase.tsx';
import { UnlockScreen } from '../features/unlock/UnlockScreen.tsx';
import { OverlayContext } from '../ui/overlays.ts';
import { queryClient, useConnection } from './connection.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';

/**
 * The window: marking bars at top and bottom, and between them an area of its own stacking order. Overlays of
 * the kit and of the grid are all put inside that area, so that nothing can ever cover a bar.
 */
export function App() {
  const connection = useConnection();
  const [overlays, setOverlays] = useState<HTMLDivElement | null>(null);
  const marking = connection.phase === 'connected' ? (connection.open?.marking ?? null) : null;
  return (
    <div className="window">
      <MarkingBar marking={marking} edge="top" />
      <div className="area">
        {overlays && (
          <OverlayContext value={overlays}>
            <BlueprintProvider portalContainer={overlays}>
              <QueryClientProvider client={queryClient}>
                <ErrorBoundary>
                  <Screen />
                </ErrorBoundary>
                <Messages />
              </QueryClientProvider>
            </BlueprintProvider>
          </OverlayContext>
        )}
        <div className="overlays" ref={setOverlays} />
      </div>
      <MarkingBar marking={marking} edge="bottom" />
    </div>
  );
}

function Screen() {
  const connection = useConnection();
  if (connection.phase === 'no-host') return <PlainLine text={shellCopy.noHost} />;
  if (connection.phase === 'locking') return <PlainLine text={lockingCopy.locking} />;
  if (connection.phase === 'connecting') {
    return (
      <PlainLine
        text={connection.notice ? `${shellCopy.engineGone} ${shellCopy.connecting}…` : shellCopy.connecting}
      />
    );
  }
  if (!connection.open) return <UnlockScreen notice={connection.notice ? shellCopy.engineGone : null} />;
  if (connection.open.mustChange) return <FirstPassphrase workspace={connection.open} />;
  return (
    <RestoreDrafts workspaceId={connection.open.workspaceId}>
      <Workbench workspace={connection.open} />
    </RestoreDrafts>
  );
}

function PlainLine({ text }: { text: string }) {
  return (
    <main className="plain-line">
      <p role="status">{text}</p>
    </main>
  );
}

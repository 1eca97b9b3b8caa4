import { useConnection } from '../../app/connection.ts';
import { type Granted, native } from '../../app/native.ts';
import { reportError } from '../../app/reportError.ts';
import { createStore, useStore } from '../../app/store.ts';

/** The folder that packs go to, and the workspace and engine for which it was chosen. */
const remembered = createStore<{ folder: Granted; workspace: string; engine: object } | null>(null);

/**
 * The folder that packs go to: chosen once, kept until the workspace is locked. A grant dies with the engine
 * that gave it, and the folder of one operation is never offered to another.
 */
export function useExportFolder(): { folder: Granted | null; choose: () => Promise<void> } {
  const connection = useConnection();
  const kept = useStore(remembered);
  const engine = connection.phase === 'connected' ? connection.client : null;
  const workspace = connection.phase === 'connected' ? (connection.open?.workspaceId ?? null) : null;
  const isOurs = kept !== null && kept.engine === engine && kept.workspace === workspace;
  return {
    folder: isOurs ? kept.folder : null,
    choose: async () => {
      try {
        const folder = await native()?.pickFolder({ purpose: 'export' });
        if (folder && engine && workspace) remembered.set({ folder, workspace, engine });
      } catch (error) {
        reportError(error);
      }
    },
  };
}

/** Opening a workspace of a million calls. */
import { join } from 'node:path';
import { readPage } from '../../electron/engine/database/queries/grid.ts';
import { noMoment } from '../../electron/engine/database/queries/rows.ts';
import { readHeader } from '../../electron/engine/workspace/header.ts';
import { unlockHeader } from '../../electron/engine/workspace/unlock.ts';
import { openNamed, passphrase, prepareWorkspace } from '../support/workspace.ts';
import type { Trial } from '../trial.ts';

export const openWorkspaceTrial: Trial = {
  name: 'Open a workspace of 1,000,000 calls',
  note: 'milliseconds; opening with the key derivation taken off under 500',
  prepare: (context) => prepareWorkspace(context, 0.025),
  async subject(context) {
    const header = readHeader(join(context.folder, 'calls.fellside'));
    const before = performance.now();
    await unlockHeader(header, passphrase);
    const derived = performance.now();
    const { session, engine } = await openNamed(context, 'calls');
    const opened = performance.now();
    readPage(session.reader, { grid: 'communications', limit: 200 }, noMoment, session.caches);
    const shown = performance.now();
    await engine.close();
    return {
      'key derivation, ms': derived - before,
      'open without it, ms': Math.max(0, opened - derived - (derived - before)),
      'first page of calls after it, ms': shown - opened,
    };
  },
};

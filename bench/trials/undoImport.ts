/** Taking an import of a million calls back, doing it again, and stopping one in the middle. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { get } from '../../electron/engine/database/sql.ts';
import { redo, undo } from '../../electron/engine/journal/undo.ts';
import { importCalls, newWorkspace, openNamed, prepareWorkspace, rowsOf } from '../support/workspace.ts';
import type { Trial, TrialContext } from '../trial.ts';

function copyWorkspace(context: TrialContext, name: string): void {
  const target = join(context.folder, `${name}.fellside`);
  rmSync(target, { recursive: true, force: true });
  cpSync(join(context.folder, 'calls.fellside'), target, { recursive: true });
}

const countCalls = (session: Awaited<ReturnType<typeof openNamed>>['session']) =>
  get<{ calls: number }>(session.writer, 'SELECT count(*) AS calls FROM communication')?.calls ?? -1;

export const undoImport: Trial = {
  name: 'Undo of an import of 1,000,000 calls',
  note: 'seconds; peak memory under 400 MB',
  repeats: 1,
  prepare: (context) => prepareWorkspace(context, 0.025),
  async setup(context) {
    copyWorkspace(context, 'undone');
  },
  async subject(context) {
    const { session, engine } = await openNamed(context, 'undone');
    const started = performance.now();
    await undo(session);
    const seconds = (performance.now() - started) / 1000;
    if (countCalls(session) !== 0) throw new Error('calls are left after the undo');
    await engine.close();
    return { 'undo, s': seconds };
  },
};

export const redoImport: Trial = {
  name: 'Redo of an import of 1,000,000 calls',
  note: 'seconds; every reference comes back; peak memory under 400 MB',
  repeats: 1,
  async prepare(context) {
    const sizes = await prepareWorkspace(context, 0.025);
    const { session, engine } = await openNamed(context, 'calls');
    await undo(session);
    await engine.close();
    return sizes;
  },
  async setup(context) {
    copyWorkspace(context, 'redone');
  },
  async subject(context) {
    const { session, engine } = await openNamed(context, 'redone');
    const started = performance.now();
    await redo(session);
    const seconds = (performance.now() - started) / 1000;
    if (countCalls(session) !== rowsOf(context)) throw new Error('calls are missing after the redo');
    await engine.close();
    return { 'redo, s': seconds };
  },
};

export const cancelImport: Trial = {
  name: 'Cancel of an import of 1,000,000 calls half way',
  note: 'seconds from the cancel to the answer; nothing is left',
  repeats: 1,
  prepare: (context) => prepareWorkspace(context, 0.025),
  async subject(context) {
    rmSync(join(context.folder, 'cancelled.fellside'), { recursive: true, force: true });
    const { session, engine } = await newWorkspace(context, 'cancelled');
    const abort = new AbortController();
    let stopped = 0;
    const timer = setTimeout(
      () => {
        stopped = performance.now();
        abort.abort();
      },
      context.quick ? 0 : 4000,
    );
    const outcome = await importCalls(context, session, abort.signal).then(
      () => 'done',
      (error: { code?: string }) => error.code,
    );
    clearTimeout(timer);
    const seconds = (performance.now() - stopped) / 1000;
    const left = countCalls(session);
    await engine.close();
    if (outcome === 'cancelled' && left !== 0) throw new Error('calls are left after the cancel');
    return { 'cancel, s': outcome === 'cancelled' ? seconds : 0 };
  },
};

/** What every handler gets. Only handlers and `createEngine` know this shape. */
import { implement } from '@orpc/server';
import { contract } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { ChangeEvent } from '../../shared/contract/schemas.ts';
import type { Moment } from './database/queries/expressions.ts';
import { get } from './database/sql.ts';
import type { Grants } from './grants.ts';
import type { PreviewCursors } from './intake/rowPreview/previewCursors.ts';
import { stalePacks } from './packs/stalePacks.ts';
import type { Recents } from './recents.ts';
import type { Session } from './session.ts';
import { now, today } from './session.ts';
import type { Clock, Workspace } from './workspace/workspace.ts';

export interface EngineContext {
  readonly clock: Clock;
  readonly device: string;
  readonly grants: Grants;
  readonly previews: PreviewCursors;
  readonly recents: Recents;
  readonly resources: string | undefined;
  /** The open workspace, or null. */
  session(): Session | null;
  attach(workspace: Workspace): Session;
  detach(): Promise<boolean>;
  /** Change events from now on, until the signal ends. */
  changes(signal: AbortSignal | undefined): AsyncGenerator<ChangeEvent>;
}

/** Builders of handlers, typed by the contract. */
export const procedures = implement(contract).$context<EngineContext>();

/** The open session. @throws AppError `workspace.none`. */
export function openSession(context: EngineContext): Session {
  const session = context.session();
  if (!session) throw new AppError('workspace.none', 'No workspace is open. Open one first.');
  return session;
}

/** Writing needs a role that may. @throws AppError `workspace.read-only`. */
export function writingSession(context: EngineContext): Session {
  const session = openSession(context);
  if (session.workspace.user.role === 'reader') {
    throw new AppError(
      'workspace.read-only',
      'You have the role of a reader in this workspace. Ask the lead for another role.',
    );
  }
  return session;
}

/** Strike date and today, for every rule that needs them. */
export function momentOf(session: Session): Moment {
  const strike =
    get<{ strike: string | null }>(session.reader, 'SELECT strike FROM operation WHERE id = 1')?.strike ??
    null;
  return {
    strike,
    today: today(session),
    now: now(session),
    stalePacks: () => stalePacks(session),
  };
}

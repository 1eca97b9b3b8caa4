/** What every handler gets. Only handlers and `createEngine` know this shape. */
import type { AnySchema } from '@orpc/contract';
import { implement } from '@orpc/server';
import { contract } from '../../shared/contract/contract.ts';
import { isEventIterator, mapIteratorErrors } from '../../shared/contract/errorMapping.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { mayCall } from '../../shared/contract/needs.ts';
import { recordedOf } from '../../shared/contract/recorded.ts';
import type { ChangeEvent } from '../../shared/contract/schemas.ts';
import { refuseArchived } from './closing/refuseArchived.ts';
import { namedFailure } from './database/connection.ts';
import type { Moment } from './database/queries/expressions.ts';
import { get } from './database/sql.ts';
import type { Grants } from './grants.ts';
import type { PreviewCursors } from './intake/rowPreview/previewCursors.ts';
import { missingJustification } from './journal/justification.ts';
import { recordLooked } from './journal/reads.ts';
import { stalePacks } from './packs/stalePacks.ts';
import type { AttemptGate } from './people/attempts.ts';
import type { Recents } from './recents.ts';
import type { Session } from './session.ts';
import { now, today } from './session.ts';
import { diskOrDamage } from './workspace/durable.ts';
import type { KdfCost } from './workspace/kdf.ts';
import type { KnownHeads } from './workspace/knownHeads.ts';
import type { Clock, Workspace } from './workspace/workspace.ts';

export interface EngineContext {
  readonly clock: Clock;
  readonly device: string;
  readonly grants: Grants;
  readonly previews: PreviewCursors;
  readonly recents: Recents;
  readonly attempts: AttemptGate;
  /** What trying a new passphrase shall cost, measured on this machine once. */
  kdf(): Promise<KdfCost>;
  /** Heads of journals that were seen on this machine. */
  readonly heads: KnownHeads;
  readonly resources: string | undefined;
  /** The open workspace, or null. */
  session(): Session | null;
  attach(workspace: Workspace): Session;
  /** Closes the workspace; `why` is its last entry in the journal. False where none was open. */
  detach(why?: { method: string; summary: string }): Promise<boolean>;
  /** Change events from now on, until the signal ends. */
  changes(signal: AbortSignal | undefined): AsyncGenerator<ChangeEvent>;
}

/** Builders of handlers, typed by the contract. No handler runs for a user whose role may not call its method. */
export const procedures = implement(contract)
  .$context<EngineContext>()
  .use(async ({ context, next }) => {
    const began = context.session();
    const named = (error: unknown): Error => {
      const open = context.session();
      if (began !== open && isClosedDatabase(error)) return closedMeanwhile();
      const failure = open ? diskOrDamage(namedFailure(error), open.workspace.folder) : namedFailure(error);
      return failure instanceof Error ? failure : new Error(String(failure));
    };
    try {
      const result = await next();
      // Long work fails while its events are read.
      return isEventIterator(result.output)
        ? { ...result, output: mapIteratorErrors(result.output, named) }
        : result;
    } catch (error) {
      throw named(error);
    }
  })
  .use(async ({ context, procedure, path, next }, input) => {
    const { needs } = procedure['~orpc'].meta;
    if (needs === 'anyone') return next();
    const session = openSession(context);
    if (!mayCall(session.workspace.user.role, needs))
      throw new AppError('workspace.role', roleRefusals[needs]);
    const method = path.join('.');
    if (session.workspace.keys.oneTime && !beforeOwnPassphrase.has(method)) throw ownPassphraseFirst();
    refuseArchived(session, method);
    const missing = missingJustification(session, method, input);
    // What is not understood is refused as that, by the step after this one.
    if (missing && (await isValid(procedure['~orpc'].inputSchema, input))) throw missing;
    const answer = await next();
    const recorded = recordedOf(method);
    if (recorded && 'looked' in recorded && recorded.looked)
      recordLooked(session, method, recorded.looked, input);
    return answer;
  });

async function isValid(schema: AnySchema | undefined, input: unknown): Promise<boolean> {
  const result = await schema?.['~standard'].validate(input);
  return result?.issues === undefined;
}

/** What the driver says to work that goes on after the workspace was closed or locked under it. */
const isClosedDatabase = (error: unknown): boolean =>
  error instanceof TypeError && error.message === 'The database connection is not open';

const closedMeanwhile = () =>
  new AppError('cancelled', 'The workspace was closed meanwhile; what was asked for was not finished.');

/** What works while the passphrase is one that a lead gave. */
const beforeOwnPassphrase = new Set(['users.changePassphrase', 'locking.settings']);

const ownPassphraseFirst = () =>
  new AppError(
    'users.one-time',
    'The passphrase that you were given opens the workspace once. Set one of your own first.',
  );

const roleRefusals = {
  reader: 'You have no role in this workspace. Ask the lead.',
  analyst:
    'You have the role of a reader in this workspace: you can look, not change. Ask the lead for another role.',
  lead: 'Only a lead of this workspace may do that. Ask the lead.',
} as const;

/** The open session. @throws AppError `workspace.none`. */
export function openSession(context: EngineContext): Session {
  const session = context.session();
  if (!session) throw new AppError('workspace.none', 'No workspace is open. Open one first.');
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

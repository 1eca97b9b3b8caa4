/**
 * Every error that may carry words to a user. Anything else that is thrown becomes `internal`
 * at the boundary: the stack stays in the engine's memory, the user gets a reference.
 *
 * A message names what went wrong and what to do about it. It never holds a passphrase, a key,
 * a cell of an imported file or a person's data.
 */
export const errorCodes = [
  'usage',
  'internal',
  'cancelled',
  'not-found',
  'invalid',
  'stale',
  'busy',
  'engine.gone',
  'grant.unknown',
  'workspace.none',
  'workspace.exists',
  'workspace.missing',
  'workspace.foreign',
  'workspace.damaged',
  'workspace.newer',
  'workspace.altered',
  'workspace.locked',
  'workspace.wrong-passphrase',
  'workspace.weak-passphrase',
  'workspace.read-only',
  'workspace.full',
  'workspace.disk',
  'workspace.role',
  'workspace.older',
  'workspace.wait',
  'workspace.memory',
  'justification.required',
  'users.last-lead',
  'users.taken',
  'users.one-time',
  'users.recovery',
  'backup.foreign',
  'backup.newer',
  'backup.damaged',
  'exchange.foreign',
  'exchange.forged',
  'exchange.replayed',
  'exchange.gap',
  'exchange.twin',
  'closing.open',
  'closing.archived',
  'file.missing',
  'file.unreadable',
  'file.empty',
  'file.too-large',
  'file.unsupported',
  'file.not-spreadsheet',
  'file.damaged',
  'file.encrypted',
  'file.hostile',
  'file.too-many-sheets',
  'file.too-many-rows',
  'file.marking',
  'sheet.missing',
  'mapping.misfit',
  'journal.nothing',
  'journal.blocked',
  'journal.broken',
  'pack.unknown',
  'pack.marking',
  'pack.release',
  'pack.failed',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** An error whose message is meant for the user. `details` is JSON and holds no personal data. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, message: string, details?: Record<string, unknown>) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

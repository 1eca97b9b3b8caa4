import { AppError, type ErrorCode } from '../../shared/contract/errors.ts';
import { errorHints } from '../copy/errors.ts';
import { showMessage } from './messages.ts';

export interface ReportedError {
  code: ErrorCode;
  /** What went wrong, for the user. */
  message: string;
  /** What to do about it, when the message does not say. */
  hint: string | undefined;
  /** Both, one after the other. */
  words: string;
}

/** Any thrown value as words. Only `AppError` carries words of its own; all else is a fault of the program. */
export function describeError(error: unknown): ReportedError {
  const known = error instanceof AppError;
  const code = known ? error.code : 'internal';
  const message = known ? error.message : 'Something went wrong in this window.';
  const hint = errorHints[code];
  return { code, message, hint, words: hint ? `${message} ${hint}` : message };
}

/**
 * THE place that decides how an error is shown that belongs to no field on screen: not at all when the user
 * cancelled or the unlock screen already tells (the engine stopped), as a message otherwise.
 */
export function reportError(error: unknown): void {
  const { code, words } = describeError(error);
  if (code === 'cancelled' || code === 'engine.gone') return;
  showMessage({ tone: 'danger', text: words });
}

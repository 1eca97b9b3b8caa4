import type { ErrorCode } from '../../shared/contract/errors.ts';

/** What to do about an error, shown after the engine's own words. */
export const errorHints: Partial<Record<ErrorCode, string>> = {
  internal: 'Nothing that was saved is lost. Try again; if it happens again, restart Fellside.',
  stale: 'The row has changed since it was shown.',
  'workspace.wrong-passphrase': 'Check Caps Lock and try again.',
  'workspace.read-only': 'Copy the workspace folder to a place that can be written to.',
};

/**
 * Grants: what the page holds instead of paths. A dialog (or the command line) makes one; only the engine
 * knows the path behind it. They live as long as the engine.
 */
import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { AppError } from '../../shared/contract/errors.ts';
import type { GrantKind } from '../../shared/contract/native.ts';

export interface Grants {
  /** Makes a grant for a path. */
  add(path: string, kind: GrantKind): string;
  /** The path behind a grant of one of these kinds. @throws AppError `grant.unknown`. */
  resolve(grant: string, ...kinds: GrantKind[]): string;
  nameOf(grant: string): string;
}

const maximumGrants = 10_000;

export function createGrants(): Grants {
  const known = new Map<string, { path: string; kind: GrantKind }>();
  return {
    add(path, kind) {
      const oldest = known.keys().next().value;
      if (known.size >= maximumGrants && oldest !== undefined) known.delete(oldest);
      const grant = `${kind}-${randomBytes(15).toString('base64url')}`;
      known.set(grant, { path, kind });
      return grant;
    },
    resolve(grant, ...kinds) {
      const found = known.get(grant);
      if (!found || !kinds.includes(found.kind)) {
        throw new AppError(
          'grant.unknown',
          'That file or folder was not chosen in this session. Choose it again.',
        );
      }
      return found.path;
    },
    nameOf(grant) {
      return basename(known.get(grant)?.path ?? '');
    },
  };
}
